"""Indicators that moved: newest figures, figures of the past, and how large a move is."""

from datetime import date

import polars as pl
import pytest

from indicators.release.movements import READ, Movements

Figure = tuple[str, str | None, int, float | None, float | None, float | None]


def values(*figures: Figure) -> pl.DataFrame:
    """Figures of one indicator: subject, dimension, year, value, lower, upper."""
    rows = [("gap", subject, dimension, date(year, 1, 1), date(year, 12, 31), *told, 9) for subject, dimension, year, *told in figures]
    schema = {"indicator_id": pl.String, "subject_code": pl.String, "dimension": pl.String, "period_start": pl.Date, "period_end": pl.Date,
              "value": pl.Float64, "lower": pl.Float64, "upper": pl.Float64, "n": pl.Int64}  # fmt: skip
    assert tuple(schema) == READ
    return pl.DataFrame(rows, schema=schema, orient="row")


def plain(subject: str, year: int, value: float | None) -> Figure:
    return (subject, None, year, value, None, None)


def told(moved: pl.DataFrame) -> list[tuple[object, ...]]:
    return moved.select("subject_code", pl.col("period_end").dt.year(), "value_before", "value").rows()


def test_the_newest_figure_is_compared_with_the_newest_of_before_whatever_their_periods() -> None:
    moved = Movements(values(plain("USA", 2024, 1.0)), values(plain("USA", 2024, 1.0), plain("USA", 2025, 3.0))).newest
    assert told(moved) == [("USA", 2025, 1.0, 3.0)]
    assert moved["period_end_before"].to_list() == [date(2024, 12, 31)]


def test_a_new_period_with_the_same_figure_is_no_move() -> None:
    movements = Movements(values(plain("USA", 2024, 1.0)), values(plain("USA", 2024, 1.0), plain("USA", 2025, 1.0)))
    assert movements.newest.is_empty()
    assert movements.restated.is_empty()


def test_figures_of_the_past_stand_apart_from_the_newest() -> None:
    before = values(plain("USA", 2023, 1.0), plain("USA", 2024, 2.0))
    after = values(plain("USA", 2023, 1.5), plain("USA", 2024, 2.5))
    movements = Movements(before, after)
    assert told(movements.restated) == [("USA", 2023, 1.0, 1.5)]
    assert told(movements.newest) == [("USA", 2024, 2.0, 2.5)]


def test_a_narrow_interval_does_not_make_a_small_move_large_and_a_wide_one_makes_a_large_move_small() -> None:
    """Values of 0 and 100 make the spread of the dimension."""
    rest = [plain("AAA", 2025, 0.0), plain("BBB", 2025, 100.0)]
    before = values(*rest, ("NAR", None, 2025, 50.0, 49.99, 50.01), plain("PLA", 2025, 50.0), ("WID", None, 2025, 50.0, -500.0, 600.0))
    after = values(*rest, ("NAR", None, 2025, 51.0, 50.99, 51.01), plain("PLA", 2025, 60.0), ("WID", None, 2025, 70.0, -500.0, 600.0))
    moved = Movements(before, after).newest
    assert moved["subject_code"].to_list() == ["PLA", "WID", "NAR"]
    assert moved["size"].is_between(0, 1).all()


def test_a_figure_that_is_known_at_last_or_no_longer_comes_first_without_a_size() -> None:
    before = values(plain("AAA", 2025, 1.0), plain("BBB", 2025, None), plain("CCC", 2025, 5.0))
    after = values(plain("AAA", 2025, 9.0), plain("BBB", 2025, 2.0), plain("CCC", 2025, None))
    moved = Movements(before, after).newest
    assert moved.select("subject_code", pl.col("size").is_null()).rows() == [("BBB", True), ("CCC", True), ("AAA", False)]


def test_a_constant_indicator_can_move() -> None:
    assert Movements(values(plain("USA", 2025, 1.0)), values(plain("USA", 2025, 2.0))).newest["size"].to_list() == [pytest.approx(0.5)]


def test_series_that_began_or_ended_are_counted_by_indicator_and_a_null_dimension_is_one() -> None:
    movements = Movements(
        values(plain("USA", 2025, 1.0), plain("GBR", 2025, 1.0)), values(plain("USA", 2025, 1.0), ("USA", "x", 2025, 1.0, None, None))
    )
    assert (movements.begun, movements.ended) == ({"gap": 1}, {"gap": 1})
