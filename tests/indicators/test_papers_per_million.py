"""Papers over inhabitants of the same year, or of the latest year known before it."""

from typing import Any

import polars as pl
from query import ask

Counts = dict[tuple[str, int], int]


def figures(papers: Counts, people: Counts) -> list[tuple[Any, ...]]:
    """Country, conference, year, value and n of the indicator."""
    counts = [{"venue_code": "icml", "year": year, "country_code": code, "paper_count": count} for (code, year), count in papers.items()]
    known = [{"country_code": code, "year": year, "population": count} for (code, year), count in people.items()]
    years = sorted({year for _, year in papers})
    coverage = pl.DataFrame({"venue_code": "icml", "year": years, "slot_coverage_share": 0.9})
    rows = ask("papers_per_million", paper_counts=pl.DataFrame(counts), populations=pl.DataFrame(known), venue_coverage=coverage)
    return rows.select("subject_code", "dimension", pl.col("period_end").dt.year(), "value", "n").rows()


def test_the_population_is_that_of_the_year() -> None:
    assert figures({("FIN", 2018): 11}, {("FIN", 2017): 1, ("FIN", 2018): 5_500_000, ("FIN", 2019): 1}) == [("FIN", "icml", 2018, 2.0, 11)]


def test_a_year_without_a_population_takes_the_latest_before_it_and_never_a_later_one() -> None:
    people = {("FIN", 2020): 5_000_000, ("FIN", 2024): 5_500_000}
    assert figures({("FIN", 2023): 10, ("FIN", 2026): 11}, people) == [("FIN", "icml", 2023, 2.0, 10), ("FIN", "icml", 2026, 2.0, 11)]
    assert figures({("FIN", 2019): 10}, people) == []


def test_a_country_without_population_has_no_figure_and_takes_nobody_elses() -> None:
    assert figures({("TWN", 2018): 10, ("FIN", 2018): 11}, {("FIN", 2018): 5_500_000, ("USA", 2018): 1}) == [("FIN", "icml", 2018, 2.0, 11)]


def test_there_is_no_figure_over_all_conferences() -> None:
    assert {row[1] for row in figures({("FIN", 2018): 11}, {("FIN", 2018): 5_500_000})} == {"icml"}
