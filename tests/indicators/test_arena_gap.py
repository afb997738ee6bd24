"""arena_gap: the best US rating minus the best Chinese one on the same board, with a closed-form interval."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from indicators import measures
from indicators.model import Indicator

SQL = Path(__file__).resolve().parents[2] / "sql" / "indicators" / "arena_gap.sql"
DAY, LATER = date(2025, 1, 24), date(2025, 7, 27)


def entry(model: str, country: str | None, rating: float, low: float | None, high: float | None, **cells: Any) -> dict[str, Any]:
    usual = {
        "leaderboard_date": DAY,
        "category_code": "overall",
        "model_name": model,
        "country_code": country,
        "rating": rating,
        "rating_low": low,
        "rating_high": high,
        "votes": 5_000,
        "method_code": "unweighted",
    }
    return usual | cells


def measured(*entries: dict[str, Any]) -> pl.DataFrame:
    with duckdb.connect() as connection:
        connection.register("arena_ratings", pl.DataFrame(list(entries), infer_schema_length=None))
        return measures.measure(Indicator.read(SQL), connection)


FLASH = entry("Flash", "USA", 1382.0, 1376.0, 1390.0)
R1 = entry("R1", "CHN", 1357.0, 1344.0, 1369.0)


def test_the_gap_names_both_leaders_and_adds_their_errors_as_independent_ones() -> None:
    (row,) = measured(FLASH, R1, entry("V3", "CHN", 1317.0, 1312.0, 1323.0), entry("open", None, 1300.0, 1290.0, 1310.0)).to_dicts()
    assert (row["subject_code"], row["value"], row["n"], row["coverage_share"]) == ("USA-CHN", 25.0, 3, 0.75)
    assert (row["lower"], row["upper"]) == (round(25 - (6**2 + 12**2) ** 0.5, 2), round(25 + (8**2 + 13**2) ** 0.5, 2))
    assert row["basis"] == ["Flash", "R1"]


def test_the_gap_turns_negative_where_china_leads() -> None:
    (row,) = measured(entry("a", "USA", 1300.0, 1295.0, 1305.0), entry("b", "CHN", 1310.0, 1305.0, 1315.0)).to_dicts()
    assert (row["value"], row["lower"] < -10 < row["upper"]) == (-10.0, True)


def test_leaders_of_different_boards_are_never_compared() -> None:
    assert measured(FLASH, R1 | {"leaderboard_date": LATER}).is_empty()


def test_a_board_without_one_side_gives_no_row() -> None:
    assert measured(FLASH, entry("b", "FRA", 1310.0, 1305.0, 1315.0)).is_empty()


def test_other_categories_are_other_boards() -> None:
    coding = R1 | {"category_code": "coding", "rating": 1500.0, "rating_high": 1510.0}
    unknown = entry("open", None, 1300.0, 1290.0, 1310.0, category_code="coding")
    assert measured(FLASH, R1, coding, unknown).select("value", "n", "coverage_share").rows() == [(25.0, 2, 1.0)]


def test_a_break_of_method_shows_in_the_dimension() -> None:
    later = [told | {"leaderboard_date": LATER, "method_code": "reweighted"} for told in (FLASH, R1)]
    rows = measured(FLASH, R1, *later).sort("period_end")
    assert rows.select("period_end", "dimension").rows() == [(DAY, "unweighted"), (LATER, "reweighted")]


@pytest.mark.parametrize("missing", ["rating_low", "rating_high"])
def test_an_unknown_bound_leaves_the_interval_open_and_the_value_known(missing: str) -> None:
    (row,) = measured(FLASH | {missing: None}, R1).to_dicts()
    assert (row["value"], {"rating_low": row["lower"], "rating_high": row["upper"]}[missing]) == (25.0, None)
