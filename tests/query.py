"""Running one of the project's indicators over small tables."""

from pathlib import Path

import duckdb
import polars as pl

INDICATORS = Path(__file__).resolve().parents[1] / "sql" / "indicators"


def ask(indicator_id: str, **tables: pl.DataFrame) -> pl.DataFrame:
    """The rows of an indicator over tables given by their names."""
    with duckdb.connect() as connection:
        for name, frame in tables.items():
            connection.register(name, frame)
        rows: pl.DataFrame = connection.sql((INDICATORS / f"{indicator_id}.sql").read_text(encoding="utf-8")).pl()
        return rows
