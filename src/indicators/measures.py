"""Indicators: each SQL file of `sql/indicators` run by DuckDB over a folder of Parquet and nothing else.

What does not belong here: any arithmetic. The SQL is the definition, so that a reader with DuckDB alone gets the number.
Know before editing: a SELECT may give `basis`, a list of names, as its last column; where it does not, the column is null.
"""

from collections.abc import Collection
from dataclasses import asdict
from functools import cache
from pathlib import Path

import duckdb
import polars as pl

from indicators.model import Indicator, IndicatorsError, sql_text

BASIS = "basis"
"""The column that an indicator may leave out: the names that a figure rests on."""
VIEW = "CREATE OR REPLACE TEMP VIEW {name} AS FROM read_parquet({path})"


def definitions(sql: Path) -> list[Indicator]:
    """Every indicator defined in a folder of SQL files, by name."""
    return [Indicator.read(path) for path in sorted(sql.glob("*.sql"))]


def definition_rows(sql: Path) -> pl.DataFrame:
    """The definitions as rows: the released table `indicators`."""
    return pl.DataFrame([asdict(indicator) for indicator in definitions(sql)]).rename({"id": "indicator_id"})


def connect(*folders: Path, only: Collection[str] | None = None) -> duckdb.DuckDBPyConnection:
    """A connection of its own to DuckDB in memory, with one view for each Parquet file of some folders, or for those that are named."""
    connection = _engine().cursor()
    for path in sorted(path for folder in folders for path in folder.glob("*.parquet")):
        if only is None or path.stem in only:
            connection.execute(VIEW.format(name=path.stem, path=sql_text(path)))
    return connection


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """One DuckDB a process: opening one costs twenty times what a connection to it does, and temporary views are a connection's own."""
    return duckdb.connect()


def measure(indicator: Indicator, connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """The rows of one indicator; raises IndicatorsError where its SQL fails or speaks of another indicator."""
    try:
        rows: pl.DataFrame = connection.sql(indicator.sql).pl()
    except duckdb.Error as error:
        raise IndicatorsError(f"sql/indicators/{indicator.id}.sql failed: {error}") from error
    named = set(rows["indicator_id"])
    if named - {indicator.id}:
        raise IndicatorsError(f"sql/indicators/{indicator.id}.sql returns indicator_id {sorted(named)}; it must be the file's name")
    basis = pl.col(BASIS) if BASIS in rows.columns else pl.lit(None)
    return rows.with_columns(basis.cast(pl.List(pl.String)).alias(BASIS))


def measurements(sql: Path, tables: Path) -> pl.DataFrame:
    """Every indicator over a folder of Parquet, one frame; raises IndicatorsError naming the SQL file that fails."""
    with connect(tables) as connection:
        return pl.concat([measure(indicator, connection) for indicator in definitions(sql)])
