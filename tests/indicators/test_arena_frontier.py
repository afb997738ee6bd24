"""arena_frontier: the best rating of each country on each board, never across boards."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from indicators import measures
from indicators.model import Indicator

SQL = Path(__file__).resolve().parents[2] / "sql" / "indicators" / "arena_frontier.sql"
DAY, LATER = date(2025, 7, 18), date(2025, 7, 27)


def entry(model: str, country: str | None, rating: float | None, **cells: Any) -> dict[str, Any]:
    usual = {
        "leaderboard_date": DAY,
        "category_code": "overall",
        "model_name": model,
        "country_code": country,
        "rating": rating,
        "rating_low": rating and rating - 4,
        "rating_high": rating and rating + 6,
        "votes": 5_000,
        "method_code": "unweighted",
    }
    return usual | cells


def measured(*entries: dict[str, Any]) -> pl.DataFrame:
    with duckdb.connect() as connection:
        connection.register("arena_ratings", pl.DataFrame(list(entries), infer_schema_length=None))
        return measures.measure(Indicator.read(SQL), connection)


def test_the_best_model_of_each_country_leads_with_its_interval_and_its_name() -> None:
    rows = measured(entry("a", "USA", 1400.0), entry("b", "USA", 1410.126), entry("c", "CHN", 1390.0), entry("d", None, 1500.0))
    told = rows.select("subject_code", "value", "lower", "upper", "n", "coverage_share", "basis").rows()
    assert told == [("CHN", 1390.0, 1386.0, 1396.0, 1, 0.75, ["c"]), ("USA", 1410.13, 1406.13, 1416.13, 2, 0.75, ["b"])]


def test_boards_are_single_days_and_none_is_made_up_between_them() -> None:
    rows = measured(entry("a", "USA", 1400.0), entry("a", "USA", 1350.0, leaderboard_date=LATER, method_code="reweighted"))
    told = rows.sort("period_start").select("period_start", "period_end", "dimension", "value").rows()
    assert told == [(DAY, DAY, "unweighted", 1400.0), (LATER, LATER, "reweighted", 1350.0)]


def test_a_model_without_a_rating_counts_for_coverage_and_leads_nothing() -> None:
    rows = measured(entry("a", "USA", None), entry("b", "CHN", 1300.0))
    assert rows.select("subject_code", "coverage_share").rows() == [("CHN", 1.0)]


def test_other_categories_are_other_boards() -> None:
    coding = [entry("b", "USA", 1500.0, category_code="coding"), entry("c", None, 1200.0, category_code="coding")]
    rows = measured(entry("a", "USA", 1400.0), *coding)
    assert rows.select("value", "n", "coverage_share").rows() == [(1400.0, 1, 1.0)]


def test_equal_ratings_go_to_the_one_with_more_votes_then_by_name() -> None:
    tie = [entry("b", "USA", 1400.0), entry("a", "USA", 1400.0), entry("c", "USA", 1400.0, votes=9_000)]
    for entries in (tie, tie[::-1]):
        assert measured(*entries)["basis"].to_list() == [["c"]]
        assert measured(*(told for told in entries if told["model_name"] != "c"))["basis"].to_list() == [["a"]]
