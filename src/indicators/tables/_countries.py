"""Country names as sources print them, to ISO 3166-1 alpha-3. Only for the modules of this package.

Exact names only (case and outer space aside): the names of `country_codes`, then the curated `reference_country_aliases`.
"""

import polars as pl

from indicators.model import ContractBroken

NAME_COLUMNS = ("official_name", "display_name", "un_short_name")


def codes_by_name(country_codes: pl.DataFrame, aliases: pl.DataFrame) -> dict[str, str]:
    """Return lower-case printed name → alpha-3 code, from ISO names and curated aliases."""
    pairs = [pair for name in NAME_COLUMNS for pair in country_codes.select(name, "iso3_code").iter_rows() if pair[0]]
    pairs += list(aliases.select("alias", "country_code").iter_rows())
    return {name.strip().lower(): code for name, code in pairs}


def country_code(names: pl.Series, known: dict[str, str], table: str) -> pl.Series:
    """Return the codes of printed names, null for null; raises ContractBroken for a name nobody knows."""
    plain = names.str.strip_chars().str.to_lowercase()
    codes = plain.replace_strict(known, default=None, return_dtype=pl.String)
    unknown = sorted(names.filter(names.is_not_null() & codes.is_null()).unique())
    if unknown:
        raise ContractBroken(f"{table}: unknown country names {unknown[:10]}; add each to data/reference/country_aliases.csv")
    return codes
