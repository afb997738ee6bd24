"""talent_origin_share and talent_work_share: published shares with the least their uncertainty can be, never one for the other."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from query import ask

from indicators.model import Folders
from indicators.tables.researchers.talent_origins import build

CURATED = pl.read_csv(Folders(Path()).reference / "talent_origins.csv", infer_schema=False)
FIGURES = build(CURATED)


def told(indicator_id: str, country: str, dimension: str, year: int, figures: pl.DataFrame = FIGURES) -> tuple[object, ...]:
    rows = ask(indicator_id, talent_origins=figures)
    assert set(rows["indicator_id"]) == {indicator_id}
    wanted = rows.filter(subject_code=country, dimension=dimension, period_start=date(year, 1, 1), period_end=date(year, 12, 31))
    (row,) = wanted.rows()
    return tuple(row[5:])


def test_china_is_47_per_cent_and_the_united_states_18_of_the_origins_of_2022() -> None:
    assert told("talent_origin_share", "CHN", "top_20", 2022) == (0.47, 0.436777, 0.503223, 867, round(186 / 2671, 6))
    assert told("talent_origin_share", "USA", "top_20", 2022)[0] == 0.18


def test_work_is_another_figure_of_the_same_sample() -> None:
    assert told("talent_work_share", "CHN", "top_20", 2022)[0] == 0.28
    assert told("talent_work_share", "USA", "top_20", 2022)[0] == 0.42
    assert told("talent_work_share", "USA", "top_20", 2019)[0] == 0.59


def test_no_part_of_the_papers_is_made_up_where_it_is_not_known() -> None:
    assert told("talent_origin_share", "CHN", "top_20", 2019)[-2:] == (675, None)
    assert told("talent_origin_share", "CHN", "elite_2_percent", 2022)[-2:] == (955, None)


@pytest.mark.parametrize(("indicator_id", "rows"), [("talent_origin_share", 16), ("talent_work_share", 7)])
def test_regions_unknown_samples_follow_ups_and_coauthors_are_in_neither(indicator_id: str, rows: int) -> None:
    values = ask(indicator_id, talent_origins=FIGURES)
    assert values.height == rows
    assert values["subject_code"].null_count() == 0
    assert set(values["dimension"]) == {"top_20", "elite_2_percent"}
    assert values.filter(~pl.col("value").is_between(pl.col("lower"), pl.col("upper"))).height == 0
    assert set(values["period_end"]) == {date(2019, 12, 31), date(2022, 12, 31)}


def test_a_disputed_figure_has_no_value_and_bounds_that_hold_every_one_of_them() -> None:
    other = CURATED.filter(cohort_year="2022", country_code="CHN", stage_code="undergraduate", tier_code="top_20").head(1)
    figures = build(pl.concat([CURATED, other.with_columns(share=pl.lit("0.40"))]))
    value, lower, upper, *_ = told("talent_origin_share", "CHN", "top_20", 2022, figures)
    assert (value, lower, upper) == (None, round(0.4 - 0.03261, 5), 0.503223)


def test_bounds_are_shares_whatever_the_sample() -> None:
    tiny = build(CURATED.with_columns(sample_size=pl.when(pl.col("sample_size").is_not_null()).then(pl.lit("3"))))
    values = ask("talent_origin_share", talent_origins=tiny)
    assert (values["lower"].min(), values["n"].unique().to_list()) == (0.0, [3])
    assert ask("talent_work_share", talent_origins=tiny)["upper"].max() == 1.0


def test_a_part_of_a_tier_whose_sample_becomes_known_is_a_dimension_of_its_own() -> None:
    is_part = pl.col("population_code") == "at_us_institutions"
    known = build(CURATED.with_columns(sample_size=pl.when(is_part).then(pl.lit("398")).otherwise("sample_size")))
    assert told("talent_origin_share", "CHN", "top_20 at_us_institutions", 2019, known)[0] == 0.27
    assert told("talent_origin_share", "CHN", "top_20", 2019, known)[0] == 0.29
