"""Where papers and author positions come from: two counting rules, worst cases, years apart."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from query import ask

COUNTED: dict[str, Any] = {"paper_count": pl.Int32, "paper_share_sum": pl.Float64, "author_slot_count": pl.Int32, "author_slot_share_sum": pl.Float64,
           "fully_resolved_papers": pl.Int32}  # fmt: skip
KEY: dict[str, Any] = {"venue_code": pl.String, "year": pl.Int32, "country_code": pl.String}
FIGURES = ("value", "lower", "upper", "n", "coverage_share")


def country(code: str, papers: int, slots: int, slot_share: float, year: int = 2018) -> dict[str, Any]:
    figures = (papers, float(papers), slots, slot_share, papers)
    return {"venue_code": "icml", "year": year, "country_code": code} | dict(zip(COUNTED, figures, strict=True))


def shares(indicator_id: str, *countries: dict[str, Any], known: int = 8, year: int = 2018) -> pl.DataFrame:
    """The indicator over countries and a year of 10 papers and 10 positions, of which some have a country."""
    coverage = {"venue_code": "icml", "year": year, "paper_count": 10, "papers_with_country": known, "fully_resolved_papers": known,
                "slot_count": 10, "slots_with_country": known, "slot_coverage_share": known / 10}  # fmt: skip
    counts = pl.DataFrame(list(countries), schema=KEY | COUNTED)
    return ask(indicator_id, paper_counts=counts, venue_coverage=pl.DataFrame([coverage]))


def of(rows: pl.DataFrame, code: str, dimension: str) -> tuple[Any, ...]:
    return rows.filter(subject_code=code, dimension=dimension).select(FIGURES).row(0)


def test_a_position_in_two_countries_counts_for_both_or_half_for_each() -> None:
    rows = shares("author_share", country("USA", 5, 6, 5.0), country("CHN", 4, 4, 3.0))
    assert of(rows, "USA", "icml whole") == (0.75, 0.6, 0.8, 8, 0.8)
    assert of(rows, "CHN", "icml whole") == (0.5, 0.4, 0.6, 8, 0.8)
    assert of(rows, "USA", "icml fractional") == (0.625, 0.5, 0.7, 8, 0.8)
    assert of(rows, "CHN", "icml fractional") == (0.375, 0.3, 0.5, 8, 0.8)


def test_positions_that_all_have_a_country_leave_no_interval() -> None:
    rows = shares("author_share", country("USA", 5, 10, 10.0), known=10)
    assert of(rows, "USA", "icml whole") == (1.0, 1.0, 1.0, 10, 1.0)


def test_a_year_without_its_coverage_or_without_countries_has_no_figure() -> None:
    assert shares("author_share", country("USA", 5, 6, 5.0, year=2017)).is_empty()
    assert shares("author_share", known=0).is_empty()


def test_the_period_is_the_year_of_the_conference() -> None:
    rows = shares("author_share", country("USA", 5, 6, 5.0))
    assert rows.select("period_start", "period_end").unique().rows() == [(date(2018, 1, 1), date(2018, 12, 31))]


def test_a_paper_is_no_position() -> None:
    rows = shares("paper_share", country("USA", 4, 6, 5.0))
    assert of(rows, "USA", "icml whole") == (0.5, 0.4, 0.6, 8, 0.8)


@pytest.mark.parametrize("indicator_id", ["author_share", "paper_share"])
def test_every_value_lies_in_its_interval(indicator_id: str) -> None:
    rows = shares(indicator_id, country("USA", 5, 6, 5.0), country("CHN", 4, 4, 3.0), country("FRA", 1, 1, 0.5))
    assert rows.filter((pl.col("value") < pl.col("lower")) | (pl.col("value") > pl.col("upper"))).is_empty()
