"""Tables built one file at a time: the same rows as when built whole, and only what changed is built again."""

from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import polars as pl
import pytest

from indicators.model import Column, ContractBroken, Table
from indicators.pipeline import parts
from indicators.snapshots.rows import Part
from indicators.tables import TableModule

TABLE = Table(
    name="sums",
    title="Sums",
    description="One row per group.",
    key=("group", "name"),
    parts_of="numbers",
    row_bounds=(0, 10),
    columns=(Column("group", pl.String, "Group"), Column("name", pl.String, "Name"), Column("total", pl.Int64, "Sum")),
)


def one(name: str, values: list[int]) -> Part:
    """A file whose provenance is its name and nothing else."""
    frame = pl.DataFrame({"group": name, "value": values}, schema={"group": pl.String, "value": pl.Int64})
    return Part(cast(Any, SimpleNamespace(file_name=f"{name}.json")), partial(pl.DataFrame.clone, frame))


def files(**groups: list[int]) -> list[Part]:
    """One file per group."""
    return [one(name, values) for name, values in groups.items()]


def build(numbers: pl.DataFrame, reference_factors: pl.DataFrame) -> pl.DataFrame:
    """The sum of each group, times a curated factor."""
    total = pl.col("value").sum() * reference_factors.item()
    return numbers.group_by("group").agg(total=total).with_columns(name=pl.lit("sum"))


def made(folder: Path, found: list[Part], factor: int = 1) -> tuple[list[tuple[Any, ...]], int]:
    module = cast(TableModule, SimpleNamespace(TABLE=TABLE, build=build, __name__="sums"))
    path, rebuilt = parts.build(module, found, lambda _name: pl.DataFrame({"factor": [factor]}), folder / "working", folder / "tables")
    return pl.read_parquet(path).rows(), rebuilt


def test_the_parts_make_the_table_in_the_order_of_its_key(tmp_path: Path) -> None:
    assert made(tmp_path, files(b=[1, 2], a=[5], c=[])) == ([("a", "sum", 5), ("b", "sum", 3)], 3)


def test_only_a_file_that_changed_or_came_is_built(tmp_path: Path) -> None:
    made(tmp_path, files(a=[1], b=[2]))
    assert made(tmp_path, files(a=[1], b=[2]))[1] == 0
    assert made(tmp_path, files(a=[1], b=[3])) == ([("a", "sum", 1), ("b", "sum", 3)], 1)
    assert made(tmp_path, files(a=[1], b=[3], c=[4])) == ([("a", "sum", 1), ("b", "sum", 3), ("c", "sum", 4)], 1)


def test_a_curated_fact_that_changed_builds_every_part(tmp_path: Path) -> None:
    made(tmp_path, files(a=[1], b=[2]))
    assert made(tmp_path, files(a=[1], b=[2]), 10) == ([("a", "sum", 10), ("b", "sum", 20)], 2)


def test_a_change_of_code_builds_every_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, files(a=[1], b=[2]))
    monkeypatch.setattr(parts, "_code", lambda: "newer")
    assert made(tmp_path, files(a=[1], b=[2]))[1] == 2


def test_a_file_that_went_leaves_nothing(tmp_path: Path) -> None:
    made(tmp_path, files(a=[1], b=[2]))
    assert made(tmp_path, files(b=[2])) == ([("b", "sum", 2)], 0)
    assert [path.name.partition("-")[0] for path in (tmp_path / "working/parts/sums").iterdir()] == ["b.json"]


def test_one_key_in_two_files_is_refused(tmp_path: Path) -> None:
    twice = [files(a=[1])[0], Part(cast(Any, SimpleNamespace(file_name="z.json")), files(a=[1])[0].read)]
    with pytest.raises(ContractBroken, match=r"sums: a\.json.* ends at .*z\.json.* begins at"):
        made(tmp_path, twice)


def test_no_rows_at_all_make_an_empty_table(tmp_path: Path) -> None:
    assert made(tmp_path, files(a=[])) == ([], 1)


def test_joined_parts_have_the_bytes_of_the_table_written_whole(tmp_path: Path) -> None:
    made(tmp_path, files(a=[1], b=[2]))
    whole = pl.DataFrame({"group": ["b", "a"], "name": ["sum", "sum"], "total": [2, 1]})
    assert (tmp_path / "tables/sums.parquet").read_bytes() == TABLE.write(whole, tmp_path / "whole").read_bytes()
