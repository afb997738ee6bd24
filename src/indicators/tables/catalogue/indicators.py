"""indicators: what each figure means, read from the header of its SQL file, with the SQL itself."""

import polars as pl

from indicators.model import Column, Table

TABLE = Table(
    name="indicators",
    title="Definitions of the indicators",
    description="One row per indicator: unit, method, how its interval and coverage are made, caveats, and the SQL that computes it.",
    key=("indicator_id",),
    row_bounds=(5, 200),
    max_loss_share=0.0,
    columns=(
        Column("indicator_id", pl.String, "Name of the indicator and of its SQL file", pattern="^[a-z0-9_]+$"),
        Column("title", pl.String, "Title for a chart"),
        Column("unit", pl.String, "Unit of value, lower and upper"),
        Column("method", pl.String, "How the value is computed"),
        Column("interval", pl.String, "What lower and upper mean, and how they are made"),
        Column("coverage", pl.String, "What n counts, and the part of which population coverage_share is"),
        Column("caveats", pl.String, "What the figure cannot say"),
        Column("sql", pl.String, "The definition: one SELECT over released tables, run with views.sql"),
    ),
)


def build(definitions: pl.DataFrame) -> pl.DataFrame:
    """Return one row per SQL file."""
    return definitions.select(TABLE.column_names)
