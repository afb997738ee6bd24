"""Comparing two folders of tables: keys with nulls, both states of a changed row, tables on one side only."""

from pathlib import Path

import polars as pl
import pytest

from indicators.model import IndicatorsError
from indicators.release import compare, row_changes

KEY = ("id", "dimension")


def folder(place: Path, rows: list[tuple[str, str | None, float | None]], name: str = "figures") -> Path:
    place.mkdir(exist_ok=True)
    pl.DataFrame(rows, schema={"id": pl.String, "dimension": pl.String, "value": pl.Float64}, orient="row").write_parquet(
        place / f"{name}.parquet"
    )
    return place


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    before = folder(tmp_path / "a", [("x", None, 1.0), ("y", "v", None), ("z", None, 3.0)])
    after = folder(tmp_path / "b", [("x", None, 2.0), ("y", "v", None), ("w", None, 3.0)])
    return before, after


def test_a_null_in_a_key_is_a_value_and_null_equals_null(two: tuple[Path, Path]) -> None:
    change = compare(*two, {"figures": KEY})["figures"]
    assert (change.rows_added, change.rows_removed, change.rows_changed, change.values_changed) == (1, 1, 1, {"value": 1})


def test_rows_show_both_states(two: tuple[Path, Path]) -> None:
    rows = row_changes(*two, "figures", KEY)
    assert rows.select("change", "id", "value").rows() == [
        ("added", "w", 3.0),
        ("changed_before", "x", 1.0),
        ("changed_after", "x", 2.0),
        ("removed", "z", 3.0),
    ]


def test_a_table_on_one_side_is_all_added_or_all_removed(two: tuple[Path, Path]) -> None:
    folder(two[0], [("x", None, 1.0)], "gone")
    folder(two[1], [("x", None, 1.0)], "come")
    changes = compare(*two, {})
    assert (changes["gone"].rows_removed, changes["come"].rows_added) == (1, 1)
    with pytest.raises(IndicatorsError, match="not in both"):
        row_changes(*two, "gone", KEY)


def test_an_added_column_is_a_change_without_any_row_changed(two: tuple[Path, Path]) -> None:
    before, _ = two
    after = folder(before.parent / "c", [("x", None, 1.0), ("y", "v", None), ("z", None, 3.0)])
    pl.read_parquet(after / "figures.parquet").with_columns(note=pl.lit("new")).write_parquet(after / "figures.parquet")
    change = compare(before, after, {"figures": KEY})["figures"]
    assert change.columns_added == ["note"]
    assert change.rows_changed == 0
    assert change.is_change
