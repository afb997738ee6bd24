"""Military expenditure: two countries and the world as stated, never summed, with what its countries cover."""

from datetime import date

import polars as pl
import pytest
from query import ask

ROWS = pl.DataFrame(
    [
        ("USA", 2023, 900.0, 0.034), ("CHN", 2023, 300.0, 0.017), ("FRA", 2023, 50.0, None), ("WLD", 2023, 2500.0, 0.023),
        ("USA", 2024, 950.0, None), ("WLD", 2024, None, 0.024),
    ],
    schema={"economy_code": pl.String, "year": pl.Int32, "expenditure_usd": pl.Float64, "gdp_share": pl.Float64}, orient="row",
)  # fmt: skip
BOTH = ("military_expenditure", "military_expenditure_gdp_share")


def by_subject(indicator_id: str, rows: pl.DataFrame = ROWS) -> dict[tuple[str, int], tuple[float, int, float | None]]:
    found = ask(indicator_id, military_expenditure=rows)
    columns = found.select("subject_code", pl.col("period_end").dt.year(), "value", "n", "coverage_share")
    return {(subject, year): (value, n, covered) for subject, year, value, n, covered in columns.iter_rows()}


def test_the_world_is_as_stated_and_its_countries_are_coverage_only() -> None:
    found = by_subject("military_expenditure")
    assert found["WLD", 2023] == (2500.0, 3, 0.5)
    assert (found["USA", 2023], found["CHN", 2023]) == ((900.0, 3, 1.0), (300.0, 3, 1.0))


def test_what_is_not_stated_has_no_row_and_other_countries_have_none() -> None:
    assert set(by_subject("military_expenditure")) == {("USA", 2023), ("CHN", 2023), ("WLD", 2023), ("USA", 2024)}
    assert set(by_subject("military_expenditure_gdp_share")) == {("USA", 2023), ("CHN", 2023), ("WLD", 2023), ("WLD", 2024)}


def test_a_part_of_gdp_counts_the_countries_that_state_one() -> None:
    assert by_subject("military_expenditure_gdp_share")["WLD", 2023] == (0.023, 2, 0.5)


def test_more_than_the_whole_is_the_whole() -> None:
    assert by_subject("military_expenditure", ROWS.with_columns(expenditure_usd=pl.lit(7.0)))["WLD", 2023][2] == 1.0


@pytest.mark.parametrize("indicator_id", BOTH)
def test_an_empty_table_gives_no_rows(indicator_id: str) -> None:
    assert by_subject(indicator_id, ROWS.clear()) == {}


@pytest.mark.parametrize("indicator_id", BOTH)
def test_a_year_is_a_calendar_year_without_an_interval(indicator_id: str) -> None:
    rows = ask(indicator_id, military_expenditure=ROWS.filter(year=2023))
    assert set(rows.select("period_start", "period_end", "lower", "upper").iter_rows()) == {
        (date(2023, 1, 1), date(2023, 12, 31), None, None)
    }
