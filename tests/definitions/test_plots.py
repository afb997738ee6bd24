"""The small plots of the headlines: drawn at once by Dagster's page, true to the figures, and nothing where there are none."""

import re
from datetime import date
from urllib.parse import unquote

import polars as pl
import pytest
from lxml import etree

from indicators.definitions.drawing import EDGE, HEIGHT, WIDTH, Point, Scale
from indicators.definitions.plots import AT_ONCE, HEADLINES, Plot, plots

SCHEMA = dict.fromkeys(("indicator_id", "subject_code", "dimension"), pl.String())
SCHEMA |= {"period_end": pl.Date()} | dict.fromkeys(("value", "lower", "upper"), pl.Float64())  # type: ignore[arg-type]
MONTHS = [date(year, month, 28) for year in range(2020, 2026) for month in range(1, 13)]


def values(since: int = 0) -> pl.DataFrame:
    """A figure a month for every line of every headline, rising by one, with an interval."""
    rows = [
        (headline.indicator_id, line.subject_code, line.dimension, day, float(number), number - 0.5, number + 0.5)
        for headline in HEADLINES
        for line in headline.lines
        for number, day in enumerate(MONTHS, 1)
        if number > since
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def drawn(text: str) -> etree._Element:
    """The image in some Markdown, as the page will parse it."""
    (address,) = re.findall(r"!\[[\w.-]+\]\(<data:image/svg\+xml,(.+)>\)", text)
    assert not set(address) & set("<>#")
    return etree.fromstring(unquote(address).encode())


def numbers(path: etree._Element) -> list[int]:
    """The numbers of a path: the first place, then how far each is from the one before."""
    return [int(number) for number in re.findall(r"-?\d+", path.get("d", ""))]


@pytest.fixture(scope="module")
def all_plots() -> list[Plot]:
    return list(plots(values()))


def test_every_headline_with_figures_is_drawn_at_once(all_plots: list[Plot]) -> None:
    assert [plot.headline for plot in all_plots] == list(HEADLINES)
    for plot in all_plots:
        text = plot.at_once("Some title of a length that an indicator has, in words", "index points of some kind")
        assert len(text) < AT_ONCE, plot.headline.id
        assert len(drawn(text).findall("{*}text")) == len(plot.lines)


def test_the_image_behind_the_click_has_every_point_and_its_interval(all_plots: list[Plot]) -> None:
    plot = next(plot for plot in all_plots if len(plot.lines) == 2)
    band, line = drawn(plot.in_full("A title", "points")).findall("{*}path")[:2]
    assert len(numbers(line)) == 2 * len(plot.lines[next(iter(plot.lines))])
    assert len(numbers(band)) == 2 * len(numbers(line))


def test_the_newest_figure_is_told_and_the_last_point_is_at_the_right(all_plots: list[Plot]) -> None:
    plot = all_plots[0]
    assert plot.newest.day == MONTHS[-1]
    assert f"**A title**: {len(MONTHS)} points at {MONTHS[-1]}" in plot.at_once("A title", "points")
    (path, *_) = drawn(plot.at_once("A title", "points")).findall("{*}path")
    assert sum(numbers(path)[::2]) == WIDTH - EDGE


def test_an_indicator_without_figures_is_left_out() -> None:
    gone = HEADLINES[0].indicator_id
    kept = {plot.headline.indicator_id for plot in plots(values().filter(pl.col("indicator_id") != gone))}
    assert kept == {headline.indicator_id for headline in HEADLINES} - {gone}
    assert list(plots(values().clear())) == []


def test_zero_has_no_place_on_a_logarithmic_axis() -> None:
    (headline,) = (headline for headline in HEADLINES if headline.is_log)
    zeros = values().with_columns(lower=pl.when(pl.col("value") < 10).then(0.0).otherwise("lower"))
    plot = next(plot for plot in plots(zeros) if plot.headline == headline)
    assert min(point.value for points in plot.lines.values() for point in points) == 10


def test_one_point_alone_is_drawn() -> None:
    (plot, *_) = plots(values(since=len(MONTHS) - 1))
    assert drawn(plot.in_full("A title", "points")).findall("{*}path")


@pytest.mark.parametrize("is_log", [True, False])
def test_places_lie_within_the_image(*, is_log: bool) -> None:
    points = [Point(day, 10.0**number, None, None) for number, day in enumerate(MONTHS[:12])]
    scale = Scale.over(points, is_log=is_log)
    for point in points:
        x, y = scale.place(point.day, point.value)
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT
