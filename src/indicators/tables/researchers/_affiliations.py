"""Which country an affiliation lies in, and why: thin, deterministic, one reason each. Only for the modules of this folder.

Know before editing:
- The place of the affiliation counts, not the seat of its owner: Microsoft Research Asia is in China, Microsoft in Redmond is not.
  So nothing is ever learnt from names; each affiliation is resolved from what stands beside it.
- paperlists prints "China" for Hong Kong, Macau and Taiwan too. Where it does, the curated `territory_institutions.csv` (patterns, the
  first match wins) or a domain under .hk, .mo, .tw tells them apart. Its rows for mainland campuses overrule any of these codes.
- A domain tells the country by its longest suffix in the curated `domain_countries.csv`, else by its country top-level domain.
  Companies under .com stay unresolved, and counted.
"""

import re

import polars as pl

from indicators.tables._countries import codes_by_name, country_code

BASES = ("source", "territory_rule", "domain", "unresolved")
TERRITORIES = ("HKG", "MAC", "TWN")


def resolved(
    rows: pl.DataFrame, countries: pl.DataFrame, aliases: pl.DataFrame, places: pl.DataFrame, domains: pl.DataFrame
) -> pl.DataFrame:
    """Add `country_code` and `basis_code`: what the source states, corrected for territories, else what the domain tells."""
    known = codes_by_name(countries, aliases)
    rows = rows.with_columns(
        country_code(rows["country_name"], known, "paper_affiliations").alias("stated"),
        _domain_codes(rows["domain"], countries, domains).alias("by_domain"),
        _place_codes(rows.select("institution_name", "campus_name"), places).alias("by_place"),
    )
    return rows.with_columns(country_code=_code(), basis_code=_basis()).drop("stated", "by_domain", "by_place")


def _territory() -> pl.Expr:
    """Code of a territory, or of a mainland campus, where a rule applies; null elsewhere."""
    stated, by_domain, by_place = pl.col("stated"), pl.col("by_domain"), pl.col("by_place")
    first = pl.coalesce(stated, by_domain)
    is_stated_china = (stated == "CHN") & by_domain.ne_missing("CHN")
    return (
        pl.when((by_place == "CHN") & first.is_in(TERRITORIES)).then(by_place)
        .when(by_place == "CHN").then(None)
        .when(is_stated_china & by_place.is_not_null()).then(by_place)
        .when(is_stated_china & by_domain.is_in(TERRITORIES)).then(by_domain)
    )  # fmt: skip


def _code() -> pl.Expr:
    return pl.coalesce(_territory(), "stated", "by_domain")


def _basis() -> pl.Expr:
    return (
        pl.when(_territory().is_not_null()).then(pl.lit("territory_rule"))
        .when(pl.col("stated").is_not_null()).then(pl.lit("source"))
        .when(pl.col("by_domain").is_not_null()).then(pl.lit("domain"))
        .otherwise(pl.lit("unresolved"))
    )  # fmt: skip


def _domain_codes(hosts: pl.Series, countries: pl.DataFrame, domains: pl.DataFrame) -> pl.Series:
    """Codes of hosts by their longest known suffix; null where that suffix says nothing of the place."""
    own = pl.col("top_level_domain").str.strip_chars(".")
    ranked = countries.filter(own.is_not_null()).sort(own == pl.col("iso2_code").str.to_lowercase(), maintain_order=True)
    suffixes = dict(ranked.select(own, "iso3_code").iter_rows()) | dict(domains.select("domain", "country_code").iter_rows())
    codes = {host: _longest(host, suffixes) for host in hosts.drop_nulls().unique()}
    return hosts.replace_strict(codes, default=None, return_dtype=pl.String)


def _longest(host: str, suffixes: dict[str, str | None]) -> str | None:
    labels = host.split(".")
    known = (".".join(labels[start:]) for start in range(len(labels)))
    return next((suffixes[suffix] for suffix in known if suffix in suffixes), None)


def _place_codes(names: pl.DataFrame, places: pl.DataFrame) -> pl.Series:
    """Codes of institutions (with their campus) by the first curated pattern found in them; null where none is."""
    rules = [(re.compile(pattern, re.IGNORECASE), code) for pattern, code in places.select("pattern", "country_code").iter_rows()]
    texts = names.select(pl.concat_str("institution_name", "campus_name", separator=", ", ignore_nulls=True)).to_series()
    codes = {text: next((code for rule, code in rules if rule.search(text)), None) for text in texts.unique()}
    return texts.replace_strict(codes, default=None, return_dtype=pl.String)
