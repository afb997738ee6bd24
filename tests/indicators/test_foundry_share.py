"""Who makes the new accelerators: halves for two foundries, bounds for what is unstated, whole years only."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from query import ask

SCHEMA: dict[str, Any] = {
    "accelerator_id": pl.String,
    "designer_country_code": pl.String,
    "release_date": pl.Date,
    "is_datacenter_marketed": pl.Boolean,
    "is_implausible": pl.Boolean,
    "foundry_names": pl.List(pl.String),
}
FIGURES = ("value", "lower", "upper", "n", "coverage_share")


def chip(year: int, *foundries: str, country: str = "CHN", **other: Any) -> dict[str, Any]:
    return {
        "accelerator_id": f"{country}-{year}-{foundries}",
        "designer_country_code": country,
        "release_date": date(year, 6, 30),
        "is_datacenter_marketed": True,
        "is_implausible": False,
        "foundry_names": list(foundries) or None,
    } | other


def shares(*chips: dict[str, Any], read_on: date = date(2025, 3, 31)) -> pl.DataFrame:
    sources = pl.DataFrame({"source_id": ["epoch_ml_hardware"], "as_of_date": [read_on]})
    return ask("foundry_share", accelerators=pl.DataFrame(chips, schema=SCHEMA), sources=sources)


def of(rows: pl.DataFrame, foundry: str, year: int, country: str = "CHN") -> tuple[Any, ...]:
    chosen = (pl.col("dimension") == foundry) & (pl.col("period_end").dt.year() == year) & (pl.col("subject_code") == country)
    return rows.filter(chosen).select(FIGURES).row(0)


def test_a_chip_of_two_foundries_counts_half_for_each() -> None:
    rows = shares(chip(2024, "SMIC", "TSMC"), chip(2024, "SMIC"))
    assert of(rows, "SMIC", 2024) == (0.75, 0.75, 0.75, 2, 1.0)
    assert of(rows, "TSMC", 2024) == (0.25, 0.25, 0.25, 2, 1.0)


def test_what_is_unstated_widens_the_interval_and_not_the_share() -> None:
    rows = shares(chip(2024, "SMIC"), chip(2024, "TSMC"), chip(2024), chip(2024))
    assert of(rows, "SMIC", 2024) == (0.5, 0.25, 0.75, 4, 0.5)


def test_a_year_in_which_nothing_is_stated_has_no_share_and_one_without_the_foundry_has_zero() -> None:
    rows = shares(chip(2022), chip(2023, "TSMC"), chip(2024, "SMIC"))
    assert of(rows, "SMIC", 2022) == (None, 0.0, 1.0, 1, 0.0)
    assert of(rows, "SMIC", 2023) == (0.0, 0.0, 0.0, 1, 1.0)


def test_shares_of_a_year_add_up_to_one() -> None:
    rows = shares(chip(2024, "SMIC", "TSMC"), chip(2024, "Samsung"), chip(2024), chip(2024, "TSMC", country="USA"))
    sums = rows.filter(pl.col("value").is_not_null()).group_by("subject_code").agg(pl.col("value").sum().round(5)).sort("subject_code")
    assert sums.rows() == [("CHN", 1.0), ("USA", 1.0)]


def test_a_foundry_has_rows_for_the_countries_whose_designers_use_it_alone() -> None:
    rows = shares(chip(2024, "SMIC"), chip(2024, "Samsung", country="USA"))
    assert rows.select("subject_code", "dimension").rows() == [("CHN", "SMIC"), ("USA", "Samsung")]


@pytest.mark.parametrize("other", [
    {"is_datacenter_marketed": False}, {"is_datacenter_marketed": None}, {"is_implausible": True}, {"release_date": None},
])  # fmt: skip
def test_a_chip_outside_the_population_counts_nowhere(other: dict[str, Any]) -> None:
    assert of(shares(chip(2024, "SMIC"), chip(2024, "TSMC", **other)), "SMIC", 2024) == (1.0, 1.0, 1.0, 1, 1.0)


def test_the_year_in_which_the_table_was_read_is_left_out_until_it_ends() -> None:
    assert shares(chip(2024, "SMIC"), chip(2025, "SMIC"))["period_end"].to_list() == [date(2024, 12, 31)]
    ended = shares(chip(2024, "SMIC"), chip(2025, "SMIC"), read_on=date(2025, 12, 31))
    assert ended["period_start"].to_list() == [date(2024, 1, 1), date(2025, 1, 1)]
