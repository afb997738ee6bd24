"""What differs between two folders of tables: rows added, removed and restated by key, cell by cell, and columns.

Know before editing:
- DuckDB compares; a value that is null on both sides has not changed. A file with the same bytes is not opened.
- Rows are told apart by the table's key: where the key is another one than before, rows cannot be matched, and the table as a whole is
  restated.
- A table or column that is on one side only is told as such, once, and never row by row; a column of another type, likewise.
"""

import filecmp
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from indicators.model import difference, sql_text

Keys = Mapping[str, tuple[str, ...]]
CELLS = dict.fromkeys(("table_name", "change_code", "key", "column_name", "value_before", "value_after"), pl.String)
ORDER = ("table_name", "change_code", "key", "column_name")
CODES = {"columns_added": "added", "columns_removed": "removed", "columns_retyped": "restated"}


@dataclass(frozen=True)
class TableChange:
    """How one table differs from an earlier one."""

    rows_before: int = 0
    rows_after: int = 0
    rows_added: int = 0
    rows_removed: int = 0
    rows_changed: int = 0
    values_changed: dict[str, int] = field(default_factory=dict)
    """Column → how many of the changed rows differ in it."""
    columns_added: list[str] = field(default_factory=list)
    columns_removed: list[str] = field(default_factory=list)
    columns_retyped: list[str] = field(default_factory=list)
    cells: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=CELLS), repr=False, compare=False)
    """What differs, in the columns of `CELLS`: a row a restated cell or an added or removed row, then columns and the table as a whole."""

    @property
    def is_change(self) -> bool:
        """True where any row or column differs."""
        rows = self.rows_added + self.rows_removed + self.rows_changed
        return bool(rows or self.columns_added or self.columns_removed or self.columns_retyped)

    def as_json(self) -> dict[str, Any]:
        """The counts as plain values."""
        return {told.name: getattr(self, told.name) for told in fields(self) if told.name != "cells"}


def compare(
    before: Path | None, after: Path, keys: Keys, earlier_keys: Keys | None = None, only: str | None = None
) -> dict[str, TableChange]:
    """The change of every table in either folder, or of one; `keys` gives key columns by table, `earlier_keys` where they were others."""
    names = sorted({path.stem for folder in (before, after) if folder for path in folder.glob(f"{only or '*'}.parquet")})
    with duckdb.connect() as connection:
        now = {name: _state(connection, after, name, keys) for name in names}
        if before is None:
            return {name: _first(state) for name, state in now.items()}
        then = {name: _state(connection, before, name, earlier_keys or keys) for name in names}
        return {name: _table(connection, name, then[name], now[name]) for name in names}


def cells(changes: Mapping[str, TableChange]) -> pl.DataFrame:
    """What differs in all tables, in the columns of `CELLS`, sorted; a first release differs from nothing and has no rows here."""
    return pl.concat([pl.DataFrame(schema=CELLS), *(change.cells for change in changes.values())]).sort(ORDER)


@dataclass(frozen=True)
class _State:
    """One table as one of the two folders has it; without a file where it has none."""

    file: Path | None = None
    key: tuple[str, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)
    """Name to DuckDB type."""
    rows: int = 0


def _state(connection: duckdb.DuckDBPyConnection, folder: Path | None, table: str, keys: Keys) -> _State:
    path = folder / f"{table}.parquet" if folder else None
    if path is None or not path.exists():
        return _State()
    described = connection.sql(f"DESCRIBE FROM {sql_text(path)}").fetchall()
    rows = int(pl.scan_parquet(path).select(pl.len()).collect().item())
    return _State(path, keys.get(table, ()), {str(row[0]): str(row[1]) for row in described}, rows)


def _table(connection: duckdb.DuckDBPyConnection, table: str, then: _State, now: _State) -> TableChange:
    """The change of a table that either side has."""
    if then.file and now.file and filecmp.cmp(then.file, now.file, shallow=False):
        return TableChange(rows_before=then.rows, rows_after=now.rows)
    columns = _columns(then.columns, now.columns)
    shape: dict[str, Any] = {"rows_before": then.rows, "rows_after": now.rows, **columns}
    if not (then.file and now.file and _is_matched(then, now)):
        return TableChange(**shape, rows_added=now.rows, rows_removed=then.rows, cells=_whole(table, then, now))
    compared = {name: kind for name, kind in now.columns.items() if then.columns.get(name) == kind and name not in now.key}
    sql = difference(table, f"read_parquet({sql_text(then.file)})", f"read_parquet({sql_text(now.file)})", now.key, compared)
    found: pl.DataFrame = connection.sql(sql).pl()
    told = [(code, name, then.columns.get(name), now.columns.get(name)) for names, code in CODES.items() for name in columns[names]]
    return TableChange(**shape, **_counted(found), cells=pl.concat([found, _cells(table, told)]))


def _first(now: _State) -> TableChange:
    """A table of a first release: the release is new, not its rows."""
    return TableChange(rows_after=now.rows, rows_added=now.rows, columns_added=list(now.columns))


def _is_matched(then: _State, now: _State) -> bool:
    """True where a row of one side can be found on the other: by the same key, of the same types."""
    return bool(now.key) and then.key == now.key and all(then.columns.get(name) == now.columns[name] for name in now.key)


def _columns(then: Mapping[str, str], now: Mapping[str, str]) -> dict[str, list[str]]:
    return {
        "columns_added": [name for name in now if name not in then],
        "columns_removed": [name for name in then if name not in now],
        "columns_retyped": [name for name in now if name in then and now[name] != then[name]],
    }


def _counted(found: pl.DataFrame) -> dict[str, Any]:
    """How many rows of each kind, and cells of each column."""
    restated = found.filter(change_code="restated")
    by_column = restated.group_by("column_name").len().sort("column_name")
    return {
        "rows_added": found.filter(change_code="added").height,
        "rows_removed": found.filter(change_code="removed").height,
        "rows_changed": restated["key"].n_unique(),
        "values_changed": dict(by_column.iter_rows()),
    }


def _whole(table: str, then: _State, now: _State) -> pl.DataFrame:
    """One row for a table as a whole: it came, it went, or its key is another one."""
    if then.file and now.file:
        return _cells(table, [("restated", None, *(json.dumps(state.key, separators=(",", ":")) for state in (then, now)))])
    return _cells(table, [("added" if now.file else "removed", None, None, None)])


def _cells(table: str, told: Sequence[tuple[str | None, ...]]) -> pl.DataFrame:
    """What is told of columns, or of a table, in the columns of `CELLS`."""
    return pl.DataFrame([(table, code, None, *rest) for code, *rest in told], schema=CELLS, orient="row")
