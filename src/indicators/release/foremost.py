"""The rows of a table whose change matters most, so that ten can stand for thousands.

What counts as consequential, and why:
- First what decides: a code, a verdict or a yes/no that flipped. A flip that few rows share comes first, since one that a whole table
  shares is one decision and no news of a row; one that was unknown before counts half.
- Then figures, by relative move. The move is damped by the column's median, so that the least of many countries going from one paper to
  two is not the news; a figure that was taken back counts as a whole one, a figure that is known at last as half of one.
- Then rows removed, before rows added: what is gone has been quoted. Both newest day first, then largest figure.
- Last everything else: names, days, notes, links.
Each kind has its share: they are taken in turn, the first of each, then the second, until there are ten. And of the rows about one thing
(a chip under every rule) one comes before the second of another is due.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from indicators.model import Column, Table
from indicators.release.compare import TableChange

KINDS = ("flipped", "moved", "removed", "added", "other")
TAKEN_BACK, KNOWN_AT_LAST = 1.0, 0.5
TOLD = 10
CODES = ("_code", "_codes")
NAMES = ("_name", "title", "criterion")
Cell = tuple[Column, str | None, str | None]


@dataclass(frozen=True)
class Row:
    """One row that changed: its kind (of `KINDS`), its key, and the cells to tell, most consequential first."""

    kind: str
    key: dict[str, Any]
    cells: list[Cell]
    """Column, value before, value after; of an added row what names it, after; of a removed one the same, before."""
    name: tuple[Column, str] | None = None
    """What a restated row is called, where its key ends with a mere number."""


def foremost(table: Table, change: TableChange, before: Path, after: Path, limit: int = TOLD) -> list[Row]:
    """The most consequential changed rows of a table that two folders of Parquet have, by kind and then by weight."""
    cells = change.cells.filter(pl.col("key").is_not_null())
    then, now = (folder / f"{table.name}.parquet" for folder in (before, after))
    restated = _restated(table, cells.filter(change_code="restated"), now)
    sides = {code: _one_sided(table, cells.filter(change_code=code), file, code) for code, file in (("removed", then), ("added", now))}
    rows = [restated.unique("key", keep="first", maintain_order=True), *sides.values()]
    weighed = pl.concat(frame.select("key", "kind", "weight") for frame in rows)
    chosen = _in_turn(weighed.sort("kind", -pl.col("weight"), "key"), table.key[0]).head(limit).sort("kind", "place")
    names = _names(table, restated.join(chosen, on="key", how="semi"), now)
    return [
        _row(table, KINDS[kind], key, sides.get(KINDS[kind], restated), names.get(key))
        for kind, key in chosen.select("kind", "key").iter_rows()
    ]


def _in_turn(rows: pl.DataFrame, first_part: str) -> pl.DataFrame:
    """Rows by kinds in turn; of rows that share the first part of their key, the others of their kind come before the second."""
    about = pl.col("key").str.json_path_match(f"$.{first_part}").fill_null("")
    spread = rows.with_columns(turn=pl.int_range(pl.len()).over("kind", about)).sort("kind", "turn", maintain_order=True)
    return spread.with_columns(place=pl.int_range(pl.len()).over("kind")).sort("place", "kind")


def _restated(table: Table, cells: pl.DataFrame, file: Path) -> pl.DataFrame:
    """Restated cells with their kind and weight, most consequential first."""
    kinds = {column.name: KINDS.index(_kind(column)) for column in table.columns}
    moved = [column.name for column in table.columns if _kind(column) == "moved" and column.name in set(cells["column_name"])]
    usual = pl.read_parquet(file, columns=moved).select(pl.all().abs().median()).row(0, named=True) if moved else {}
    name = pl.col("column_name")
    scale = name.replace_strict(usual, default=None, return_dtype=pl.Float64).fill_null(0)
    kind = name.replace_strict(kinds, return_dtype=pl.Int64)
    weight = pl.when(kind == KINDS.index("flipped")).then(_flip()).when(kind == KINDS.index("moved")).then(_move(scale)).otherwise(0)
    place = name.replace_strict({column: place for place, column in enumerate(table.column_names)}, return_dtype=pl.Int64)
    return cells.with_columns(kind=kind, weight=weight.cast(pl.Float64), place=place).sort("kind", -pl.col("weight"), "key", "place")


def _flip() -> pl.Expr:
    """The less, the more cells flipped likewise."""
    alike = 1 / pl.len().over("column_name", "value_before", "value_after")
    return pl.when(pl.col("value_before").is_null()).then(KNOWN_AT_LAST * alike).otherwise(alike)


def _move(scale: pl.Expr) -> pl.Expr:
    """The relative move of a figure, damped by what is usual in its column."""
    before, after = (pl.col(name).cast(pl.Float64, strict=False) for name in ("value_before", "value_after"))
    size = (after - before).abs() / (pl.max_horizontal(before.abs(), after.abs()) + scale)
    return pl.when(after.is_null()).then(TAKEN_BACK).when(before.is_null()).then(KNOWN_AT_LAST).otherwise(size)


def _one_sided(table: Table, cells: pl.DataFrame, file: Path, kind: str) -> pl.DataFrame:
    """Added or removed rows with what names each of them, newest day first, then largest figure."""
    measures = [column.name for column in table.columns if _is_figure(column)]
    order = [*[column.name for column in table.columns if column.kind == pl.Date or column.unit == "year"][:1], *measures[:1]]
    told = [column.name for column in _naming(table)]
    rows = _read(file, {*table.key, *order, *told})
    of_key = rows.join(_keys(table, cells), on=table.key, nulls_equal=True)
    by = [*(pl.col(name) for name in order), pl.col("_key")]
    ordered = of_key.sort(by, descending=[*(True for _ in order), False], nulls_last=True)
    weight = -pl.int_range(pl.len()).cast(pl.Float64)
    return ordered.select(*told, key="_key", kind=pl.lit(KINDS.index(kind), pl.Int64), weight=weight)


def _read(file: Path, names: set[str]) -> pl.DataFrame:
    """Columns of a file; one that an earlier release did not have yet is null."""
    held = names & set(pl.read_parquet_schema(file))
    return pl.read_parquet(file, columns=sorted(held)).with_columns(pl.lit(None).alias(name) for name in sorted(names - held))


def _keys(table: Table, cells: pl.DataFrame) -> pl.DataFrame:
    """The keys of some rows, as the columns that they are made of."""
    stated = {name: table.column(name).kind for name in table.key}
    texts = {name: pl.Int64() if kind.is_integer() else pl.String() for name, kind in stated.items()}
    parts = cells.select(_key="key", part=pl.col("key").str.json_decode(pl.Struct(texts))).unnest("part")
    return parts.with_columns(pl.col(name).str.to_date() if kind == pl.Date else pl.col(name).cast(kind) for name, kind in stated.items())


def _names(table: Table, cells: pl.DataFrame, file: Path) -> dict[str, tuple[Column, str]]:
    """By key: what rows are called whose key ends with a mere number."""
    last, naming = table.column(table.key[-1]), [column for column in _naming(table) if column.kind == pl.String]
    if not naming or not last.kind.is_integer() or last.unit or cells.is_empty():
        return {}
    rows = pl.read_parquet(file, columns=list({*table.key, naming[0].name}))
    named = (
        rows.join(_keys(table, cells.select("key").unique()), on=table.key, nulls_equal=True).select("_key", naming[0].name).drop_nulls()
    )
    return {key: (naming[0], text) for key, text in named.iter_rows()}


def _row(table: Table, kind: str, key: str, frame: pl.DataFrame, name: tuple[Column, str] | None) -> Row:
    of_row = frame.filter(key=key)
    if kind in ("removed", "added"):
        texts = [(column, of_row[column.name].item()) for column in _naming(table)]
        told = [(column, str(value)) for column, value in texts if value not in (None, 0)]
        return Row(kind, json.loads(key), [(column, text, None) if kind == "removed" else (column, None, text) for column, text in told])
    cells = of_row.select("column_name", "value_before", "value_after").iter_rows()
    return Row(kind, json.loads(key), [(table.column(column), before, after) for column, before, after in cells], name)


def _kind(column: Column) -> str:
    if column.kind == pl.Boolean or column.values or column.name.endswith(CODES):
        return "flipped"
    return "moved" if _is_figure(column) else "other"


def _naming(table: Table) -> list[Column]:
    """What names a row beside its key: a name (or else a code), a day and a figure, the first of each."""
    free = [column for column in table.columns if column.name not in table.key]
    names = [column for column in free if column.name.endswith(NAMES)] or [column for column in free if column.name.endswith(CODES[0])]
    days = [column for column in free if column.kind == pl.Date]
    return [found[0] for found in (names, days, [column for column in free if _is_figure(column)]) if found]


def _is_figure(column: Column) -> bool:
    """True for a measure: a number with a unit, or a fraction; a whole number without one is a place or a version."""
    return column.kind.is_float() or (column.kind.is_integer() and column.unit not in ("", "year"))
