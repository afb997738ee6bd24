"""How a table lies in its file: groups of rows that a question can skip, and not so many that the footer grows."""

from pathlib import Path

import duckdb
import polars as pl
import pytest

from indicators.model import Column, Table

TABLE = Table(
    name="steps",
    title="Steps",
    description="Steps of a test.",
    key=("step",),
    row_bounds=(1, 1_000_000),
    columns=(Column("step", pl.Int64, "Step"),),
)


def written(rows: int, place: Path) -> Path:
    """A table of so many rows."""
    return TABLE.write(pl.DataFrame({"step": range(rows)}), place)


@pytest.mark.parametrize(("rows", "groups"), [(0, 1), (4_096, 1), (4_097, 2), (40_960, 10), (131_072, 32), (1_000_000, 32)])
def test_groups_are_small_until_there_are_many(rows: int, groups: int, tmp_path: Path) -> None:
    file = f"'{written(rows, tmp_path)}'"
    assert duckdb.execute(f"SELECT num_rows, greatest(num_row_groups, 1) FROM parquet_file_metadata({file})").fetchall() == [(rows, groups)]


def test_a_group_says_between_which_keys_it_lies(tmp_path: Path) -> None:
    file = f"'{written(10_000, tmp_path)}'"
    ends = duckdb.execute(
        f"SELECT stats_min_value::INT, stats_max_value::INT FROM parquet_metadata({file}) ORDER BY row_group_id"
    ).fetchall()
    assert ends == [(0, 4_095), (4_096, 8_191), (8_192, 9_999)]


def test_a_table_joined_from_parts_has_the_bytes_of_the_whole(tmp_path: Path) -> None:
    whole = written(10_000, tmp_path / "whole")
    frame = pl.read_parquet(whole)
    parts = [TABLE.write_to(tmp_path / f"{start}.parquet", frame[start:end]) for start, end in ((0, 17), (17, 5_000), (5_000, 10_000))]
    assert TABLE.join(parts, tmp_path / "joined").read_bytes() == whole.read_bytes()
