"""The page of a release from the baseline: every figure on it is a released one, and all of it loads fast."""

import json
from pathlib import Path

import baseline
import pages
import polars as pl
import pytest

from indicators.release.site import FILES
from indicators.release.site.headlines import SECTIONS, Headline, Line

LIMIT_BYTES = 1_500_000
HEADLINES = [headline for found in SECTIONS.values() for headline in found]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release from the baseline."""
    return (baseline.data(tmp_path_factory) / "releases" / "latest").resolve()


def newest(values: pl.DataFrame, headline: Headline, line: Line) -> float:
    """The newest figure that is known of a line, as it was released."""
    is_line = pl.col("dimension").eq_missing(pl.lit(line.dimension)) & (pl.col("subject_code") == line.subject_code)
    found = values.filter(is_line & pl.col("value").is_not_null(), indicator_id=headline.indicator_id)
    return float(found.sort("period_end")["value"][-1])


def test_the_newest_figure_of_every_line_is_the_released_one(release: Path) -> None:
    page, values = pages.read(release, "index"), pl.read_parquet(release / "tables" / "indicator_values.parquet")
    assert set(page.xpath("//figure/@id")) == {headline.id for headline in HEADLINES}
    for headline in HEADLINES:
        bodies = page.xpath(f"//figure[@id='{headline.id}']/details[@class='figures']//tbody")
        shown = [float(body.xpath("(.//data)[1]/@value")[0]) for body in bodies]
        assert shown == [newest(values, headline, line) for line in headline.lines], headline.id


def test_every_figure_that_a_chart_draws_stands_in_its_table(release: Path) -> None:
    for figure in pages.read(release, "index").xpath("//figure[script]"):
        drawn = json.loads(figure.xpath("./script")[0].text)["data"]["values"]
        assert sorted(row["v"] for row in drawn) == sorted(map(float, figure.xpath("./details//data/@value"))), figure.get("id")


def test_every_verdict_is_printed(release: Path) -> None:
    page, claims = pages.read(release, "claims"), pl.read_parquet(release / "tables" / "claims.parquet")
    assert claims.height == 56
    for claim_id, verdict in claims.select("claim_id", "verdict_code").iter_rows():
        assert verdict.replace("_", " ") in pages.words(page.xpath(f"//article[@id='{claim_id}']/p[@class='verdicts']")[0])


def test_every_chip_has_a_word_under_every_rule(release: Path) -> None:
    status = pl.read_parquet(release / "tables" / "accelerator_control_status.parquet").filter(destination_group_code="CHN")
    assert len(pages.read(release, "chips").xpath("//table[@class='matrix']//td[contains(@class, 'need')]")) == status.height


def test_every_table_is_in_the_dictionary_and_in_the_downloads(release: Path) -> None:
    sections = set(pages.read(release, "dictionary").xpath("//section/@id"))
    downloads = {row[0] for row in pages.lines(pages.read(release, "data"))}
    for path in (release / "tables").glob("*.parquet"):
        assert path.stem in sections
        assert path.name in downloads


def test_every_link_into_the_release_leads_somewhere(release: Path) -> None:
    assert pages.astray(release) == []


def test_the_pages_are_small_enough_for_a_slow_line(release: Path) -> None:
    assert sum((release / name).stat().st_size for name in FILES) < LIMIT_BYTES
