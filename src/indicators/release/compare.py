"""What differs between two folders of tables: rows added, removed and changed by key, and columns.

DuckDB compares; a value that is null on both sides has not changed.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from indicators.model import IndicatorsError, sql_text


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

    @property
    def is_change(self) -> bool:
        """True where any row or column differs."""
        rows = self.rows_added + self.rows_removed + self.rows_changed
        return bool(rows or self.columns_added or self.columns_removed or self.columns_retyped)

    def as_json(self) -> dict[str, Any]:
        """The change as plain values."""
        return asdict(self)


def compare(before: Path | None, after: Path, keys: Mapping[str, tuple[str, ...]]) -> dict[str, TableChange]:
    """The change of every table in either folder, by name; `keys` gives each table's key columns."""
    names = sorted({path.stem for folder in (before, after) if folder for path in folder.glob("*.parquet")})
    with duckdb.connect() as connection:
        return {name: _table(connection, _file(before, name), _file(after, name), keys.get(name, ())) for name in names}


def row_changes(before: Path, after: Path, table: str, key: tuple[str, ...]) -> pl.DataFrame:
    """Every row that was added, removed or changed, with `change` first and both states of a changed row."""
    then, now = _file(before, table), _file(after, table)
    if not (then and now):
        raise IndicatorsError(f"table {table!r} is not in both releases")
    names = ", ".join(f'"{name}"' for name in key)
    same = " AND ".join(f's."{name}" IS NOT DISTINCT FROM told."{name}"' for name in key)
    with duckdb.connect() as connection:
        shared = ", ".join(f'"{name}"' for name in _columns(connection, now) if name in _columns(connection, then))
        gone, come = f"FROM {sql_text(then)} SELECT {shared}", f"FROM {sql_text(now)} SELECT {shared}"
        sql = f"""
            WITH gone AS (({gone}) EXCEPT ({come})), come AS (({come}) EXCEPT ({gone})),
            stayed AS (SELECT {names} FROM gone INTERSECT SELECT {names} FROM come),
            told AS (SELECT 'before' AS side, * FROM gone UNION ALL SELECT 'after' AS side, * FROM come)
            SELECT CASE WHEN EXISTS (SELECT 1 FROM stayed s WHERE {same}) THEN 'changed_' || side
                        WHEN side = 'before' THEN 'removed' ELSE 'added' END AS change, * EXCLUDE (side)
            FROM told ORDER BY {names}, change DESC"""  # noqa: S608
        rows: pl.DataFrame = connection.sql(sql).pl()
        return rows


def _file(folder: Path | None, table: str) -> Path | None:
    path = folder / f"{table}.parquet" if folder else None
    return path if path and path.exists() else None


def _columns(connection: duckdb.DuckDBPyConnection, path: Path | None) -> dict[str, str]:
    described = connection.sql(f"DESCRIBE FROM {sql_text(path)}").fetchall() if path else []
    return {str(row[0]): str(row[1]) for row in described}


def _count(connection: duckdb.DuckDBPyConnection, path: Path | None) -> int:
    return int(connection.sql(f"SELECT count(*) FROM {sql_text(path)}").fetchall()[0][0]) if path else 0  # noqa: S608


def _table(connection: duckdb.DuckDBPyConnection, before: Path | None, after: Path | None, key: tuple[str, ...]) -> TableChange:
    then, now = _columns(connection, before), _columns(connection, after)
    rows_before, rows_after = _count(connection, before), _count(connection, after)
    columns: dict[str, Any] = {
        "rows_before": rows_before,
        "rows_after": rows_after,
        "columns_added": [name for name in now if name not in then],
        "columns_removed": [name for name in then if name not in now],
        "columns_retyped": [name for name in now if name in then and now[name] != then[name]],
    }
    if not (before and after):
        return TableChange(**columns, rows_added=rows_after, rows_removed=rows_before)
    if not key or any(name not in then or name not in now for name in key):
        return TableChange(**columns, rows_added=rows_after, rows_removed=rows_before)
    return TableChange(**columns, **_rows(connection, before, after, key, [name for name in now if name in then and name not in key]))


def _rows(connection: duckdb.DuckDBPyConnection, before: Path, after: Path, key: tuple[str, ...], values: list[str]) -> dict[str, Any]:
    """Counts by a full join on the key; a null in a key column is a value like any other."""
    match = " AND ".join(f'b."{name}" IS NOT DISTINCT FROM a."{name}"' for name in key)
    differs = {name: f'b."{name}" IS DISTINCT FROM a."{name}"' for name in values}
    present = "b.present IS NOT NULL AND a.present IS NOT NULL"
    anything = " OR ".join(differs.values()) or "false"
    counted = ", ".join(f"count(*) FILTER ({present} AND {test})" for test in ["true", f"({anything})", *differs.values()])
    then, now = (f"(SELECT *, true AS present FROM {sql_text(path)})" for path in (before, after))  # noqa: S608
    sql = f"""SELECT count(*) FILTER (b.present IS NULL), count(*) FILTER (a.present IS NULL), {counted}
        FROM {then} b FULL JOIN {now} a ON {match}"""  # noqa: S608
    added, removed, _both, changed, *by_column = connection.sql(sql).fetchall()[0]
    told = {name: count for name, count in zip(values, by_column, strict=True) if count}
    return {"rows_added": added, "rows_removed": removed, "rows_changed": changed, "values_changed": told}
