"""Comparing two folders of tables: keys with nulls, both states of a changed cell, tables and columns on one side only."""

from pathlib import Path

import polars as pl
import pytest

from indicators.release import cells, compare

KEY = ("id", "dimension")
Told = list[tuple[str | None, ...]]


def folder(place: Path, rows: list[tuple[str, str | None, float | None]], name: str = "figures") -> Path:
    place.mkdir(exist_ok=True)
    pl.DataFrame(rows, schema={"id": pl.String, "dimension": pl.String, "value": pl.Float64}, orient="row").write_parquet(
        place / f"{name}.parquet"
    )
    return place


def told(before: Path, after: Path, key: tuple[str, ...] = KEY, earlier: tuple[str, ...] | None = None) -> Told:
    """What differs in `figures`, without its name."""
    changes = compare(before, after, {"figures": key}, {"figures": earlier or key})
    return cells(changes).filter(table_name="figures").drop("table_name").rows()


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    before = folder(tmp_path / "a", [("x", None, 1.0), ("y", "v", None), ("z", None, 3.0)])
    after = folder(tmp_path / "b", [("x", None, 2.0), ("y", "v", None), ("w", None, 3.0)])
    return before, after


def test_a_null_in_a_key_is_a_value_and_null_equals_null(two: tuple[Path, Path]) -> None:
    change = compare(*two, {"figures": KEY})["figures"]
    assert (change.rows_added, change.rows_removed, change.rows_changed, change.values_changed) == (1, 1, 1, {"value": 1})


def test_a_restated_cell_shows_both_states_and_a_row_is_told_once(two: tuple[Path, Path]) -> None:
    assert told(*two) == [
        ("added", '{"id":"w","dimension":null}', None, None, None),
        ("removed", '{"id":"z","dimension":null}', None, None, None),
        ("restated", '{"id":"x","dimension":null}', "value", "1.0", "2.0"),
    ]


def test_two_folders_with_the_same_bytes_do_not_differ(two: tuple[Path, Path]) -> None:
    assert told(two[0], two[0]) == []


def test_a_table_on_one_side_is_told_once_and_counted_row_by_row(two: tuple[Path, Path]) -> None:
    folder(two[0], [("x", None, 1.0)], "gone")
    folder(two[1], [("x", None, 1.0), ("y", None, 1.0)], "come")
    changes = compare(*two, {})
    assert (changes["gone"].rows_removed, changes["come"].rows_added) == (1, 2)
    assert cells({"come": changes["come"]}).rows() == [("come", "added", None, None, None, None)]
    assert cells({"gone": changes["gone"]}).rows() == [("gone", "removed", None, None, None, None)]


def test_a_first_release_has_counts_and_no_differences(two: tuple[Path, Path]) -> None:
    changes = compare(None, two[1], {"figures": KEY})
    assert changes["figures"].rows_added == 3
    assert cells(changes).is_empty()


def rewritten(two: tuple[Path, Path], *expressions: pl.Expr, drop: tuple[str, ...] = ()) -> tuple[Path, Path]:
    """The first folder, and a copy whose table was changed."""
    after = folder(two[0].parent / "c", [])
    pl.read_parquet(two[0] / "figures.parquet").with_columns(*expressions).drop(drop).write_parquet(after / "figures.parquet")
    return two[0], after


def test_an_added_column_is_a_change_without_any_row_changed(two: tuple[Path, Path]) -> None:
    pair = rewritten(two, pl.lit("new").alias("note"))
    change = compare(*pair, {"figures": KEY})["figures"]
    assert (change.columns_added, change.rows_changed, change.is_change) == (["note"], 0, True)
    assert told(*pair) == [("added", None, "note", None, "VARCHAR")]


def test_a_removed_column_is_told_once(two: tuple[Path, Path]) -> None:
    assert told(*rewritten(two, drop=("value",))) == [("removed", None, "value", "DOUBLE", None)]


def test_a_retyped_column_is_told_once_even_where_its_values_cannot_be_cast(two: tuple[Path, Path]) -> None:
    pair = rewritten(two, pl.lit("unknown").alias("value"))
    assert told(*pair) == [("restated", None, "value", "DOUBLE", "VARCHAR")]
    assert compare(*pair, {"figures": KEY})["figures"].is_change


def test_another_key_restates_the_table_as_a_whole(two: tuple[Path, Path]) -> None:
    assert told(*two, key=("id",), earlier=KEY) == [("restated", None, None, '["id","dimension"]', '["id"]')]


def test_a_key_of_another_type_restates_the_table_as_a_whole(two: tuple[Path, Path]) -> None:
    pair = rewritten(two, pl.lit(1).alias("dimension"))
    assert [row[:3] for row in told(*pair)] == [("restated", None, None)]


def test_lists_are_json_and_a_quote_in_a_key_is_kept(tmp_path: Path) -> None:
    for name, listed in (("a", ["x"]), ("b", ["x", "y z"])):
        (tmp_path / name).mkdir()
        pl.DataFrame({"id": ["O'\"Neil"], "dimension": [7], "names": [listed]}).write_parquet(tmp_path / name / "figures.parquet")
    assert told(tmp_path / "a", tmp_path / "b") == [
        ("restated", '{"id":"O\'\\"Neil","dimension":7}', "names", '["x"]', '["x","y z"]'),
    ]  # fmt: skip
