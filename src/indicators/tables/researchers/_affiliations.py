"""Which country an affiliation lies in, and why: deterministic, one reason each. Only for the modules of this folder.

Know before editing:
- The place of the affiliation counts, not the seat of its owner: Microsoft Research Asia is in China, Microsoft in Redmond is not.
  So nothing is ever learnt from how often a name stands beside a country; each affiliation is resolved from what stands beside it.
- In this order: what the source states (`source`; `territory_rule` where its "China" is Hong Kong, Macau or Taiwan, or where a code of
  these is a mainland campus); a campus that is all the string names (`place`); the domain's longest known suffix (`domain`); what the
  string names (`place`, `alias`, `university_name`); at last, for organisations with laboratories in several countries, the `seat`,
  which is assumed and not read. What stays is `unresolved`.
- A string may name institutions in several countries ("ETH Zurich and CMU"): each becomes an affiliation of its own.
- Distinct combinations are resolved once; a row costs a join only.
"""

import polars as pl

from indicators.tables._countries import codes_by_name, country_code
from indicators.tables.researchers._resolver import Resolver

BASES = ("source", "territory_rule", "domain", "place", "alias", "university_name", "seat", "unresolved")
PRINTED = ("institution_name", "campus_name", "domain", "stated", "layout_code")
_LAST: list[tuple[pl.DataFrame, Resolver]] = []
"""The keys last asked with, and their resolver: every part of a table asks with the same frame, and many strings return."""
ANSWERS = {"part": pl.Int32, "answer_name": pl.String, "country_code": pl.String, "basis_code": pl.String}


def resolved(rows: pl.DataFrame, countries: pl.DataFrame, aliases: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """Return rows with `institution_name` canonical, `country_code` and `basis_code`; one row for each institution that a string names.

    Raises ContractBroken for a stated country that nobody knows.
    """
    stated = country_code(rows["country_name"], codes_by_name(countries, aliases), "paper_affiliations")
    printed = pl.col("institution_name").str.strip_chars()
    rows = rows.with_columns(stated.alias("stated"), institution_name=pl.when(printed != "").then(printed))
    told = rows.join(_told(rows, _resolver(keys)), on=PRINTED, nulls_equal=True)
    ordinal = pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("paper_id", "slot")
    ordered = told.sort("paper_id", "slot", "ordinal", "part").with_columns(ordinal=ordinal, institution_name=pl.col("answer_name"))
    return ordered.drop("stated", "part", "answer_name")


def _resolver(keys: pl.DataFrame) -> Resolver:
    """The resolver of these keys, with every string it has read."""
    if not any(known is keys for known, _ in _LAST):
        _LAST[:] = [(keys, Resolver.of(keys))]
    return _LAST[0][1]


def _told(rows: pl.DataFrame, resolver: Resolver) -> pl.DataFrame:
    """One row per distinct combination of what is printed, and answer."""
    found = [
        (*printed, part, *answer)
        for printed in rows.select(PRINTED).unique(maintain_order=True).iter_rows()
        for part, answer in enumerate(resolver.answered(*printed), start=1)
    ]
    return pl.DataFrame(found, schema={**dict.fromkeys(PRINTED, pl.String), **ANSWERS}, orient="row")
