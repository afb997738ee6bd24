"""Rows of Epoch AI's models as printed: developers under canonical names, and countries as codes. Only for the modules of this package.

Know before editing:
- Countries in a cell are a set: they repeat, and they are not aligned with the organisations of the row.
- `Multinational` is Epoch's word for organisations of no one country. It is no country: it makes none, and `is_multinational` tells.
"""

import polars as pl

from indicators.tables._countries import codes_by_name, country_code
from indicators.tables._identity import EPOCH

MULTINATIONAL = "Multinational"


def canonical(names: pl.Expr, aliases: pl.DataFrame, target: str) -> pl.Expr:
    """Printed names with Epoch's curated aliases replaced by the name that `target` gives; any other name is its own."""
    own = aliases.filter(pl.col("source_id") == EPOCH)
    return names.replace(own["alias"], own[target])


def developers(rows: pl.DataFrame, aliases: pl.DataFrame) -> pl.DataFrame:
    """One row per `row` (an index over `rows`) and organisation: `organization_name`, in the order printed."""
    listed = rows.select("row", spelling="organizations").explode("spelling").filter(pl.col("spelling").is_not_null())
    named = listed.select("row", organization_name=canonical(pl.col("spelling"), aliases, "organization_name"))
    return named.unique(maintain_order=True)


def printed_countries(rows: pl.DataFrame, country_codes: pl.DataFrame, aliases: pl.DataFrame, table: str) -> pl.DataFrame:
    """One row per `row`: `country_codes`, distinct and in order (empty where none is printed), and `is_multinational`."""
    names = rows.select("row", name="countries").explode("name")
    is_multinational = pl.col("name") == MULTINATIONAL
    countries = names.with_columns(is_multinational=is_multinational.fill_null(value=False), name=pl.when(~is_multinational).then("name"))
    codes = country_code(countries["name"], codes_by_name(country_codes, aliases), table).alias("code")
    return (
        countries.with_columns(codes)
        .group_by("row", maintain_order=True)
        .agg(country_codes=pl.col("code").drop_nulls().unique().sort(), is_multinational=pl.col("is_multinational").any())
    )
