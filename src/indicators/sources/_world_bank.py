"""The shape of a World Bank indicator as datahub packages it: country, code, year, value. Only for this package."""

from collections.abc import Mapping

import polars as pl
from polars._typing import PolarsDataType

from indicators.sources._csv import numbers, read_text_columns

ALIASES = {"iso3_code": ["Country Code"], "year": ["Year"], "value": ["Value"]}
IGNORED = ("Country Name",)
SCHEMA: Mapping[str, PolarsDataType] = {"iso3_code": pl.String, "year": pl.Int32, "value": pl.Float64}


def parse_years(payload: bytes, source_id: str) -> pl.DataFrame:
    """Return every known value, one row per code and year; codes are countries and aggregates (WLD, EUU, …) alike."""
    rows = numbers(read_text_columns(payload, source_id, ALIASES, IGNORED), ["year", "value"], source_id)
    return rows.drop_nulls().cast({"year": pl.Int32}).sort("iso3_code", "year").select(list(SCHEMA))


def parse_newest(payload: bytes, source_id: str) -> pl.DataFrame:
    """Return the newest known value of every code."""
    return parse_years(payload, source_id).group_by("iso3_code", maintain_order=True).last()
