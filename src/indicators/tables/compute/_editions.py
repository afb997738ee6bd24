"""Editions of the Entity List: every entry under one id, and when it came and went. Only for this package.

Know before editing:
- An entry is the same in two editions where country, name as a slug, and ordinal among equals within the edition are the same. A
  party that is renamed, or moves to another heading, leaves as one entry and comes as another, which keeps its first citation.
- The newest edition bears another day at each refresh. What is said of an entry therefore names no day of it but null, so that
  the table changes when the list does and not with the calendar.
- Only editions that are removal evidence say that an entry is gone; see `entity_list_editions`.
"""

import polars as pl

from indicators.tables._countries import codes_by_name, country_code
from indicators.tables._slugs import slug


def identified(listed: pl.DataFrame, country_codes: pl.DataFrame, aliases: pl.DataFrame, table: str) -> pl.DataFrame:
    """Return the rows of all editions with their country's code and `listing_id`; raises ContractBroken for an unknown heading."""
    codes = country_code(listed["country_name"], codes_by_name(country_codes, aliases), table)
    rows = listed.with_columns(address_country_code=codes, slug=slug(pl.col("party_name").str.replace_all("ı", "i")))
    among_equals = pl.int_range(1, pl.len() + 1).over("file_name", "address_country_code", "slug", order_by="ordinal")
    country = pl.col("address_country_code").str.to_lowercase()
    return rows.with_columns(listing_id=pl.concat_str(country, "slug", among_equals, separator="-"))


def newest_rows(identified: pl.DataFrame, editions: pl.DataFrame) -> pl.DataFrame:
    """Return each entry once, as the newest edition that holds it prints it."""
    dated = identified.join(editions.select("file_name", "edition_date"), on="file_name")
    return dated.sort("edition_date", descending=True).unique("listing_id", keep="first", maintain_order=True)


def spans(identified: pl.DataFrame, editions: pl.DataFrame) -> pl.DataFrame:
    """Return per entry the first and last edition that hold it, when it was gone, and the last evidence before it came.

    `first_edition_date`, `last_edition_date` and `removed_by_date` are null where they would be the newest edition's day.
    """
    newest = editions["edition_date"].max()
    held = identified.select("listing_id", "file_name").join(editions, on="file_name")
    ends = held.group_by("listing_id").agg(
        first=pl.col("edition_date").min(),
        last=pl.col("edition_date").max(),
        is_in_force=pl.col("is_newest").any(),
        evidence_held=pl.col("is_removal_evidence").sum(),
    )
    is_gone = ~pl.col("is_in_force") & (pl.col("evidence_held") > 0)
    return ends.join(_around(ends, editions), on="listing_id", how="left").select(
        "listing_id",
        "is_in_force",
        "absent_date",
        first_edition_date=_unless(pl.col("first"), newest),
        last_edition_date=_unless(pl.col("last"), newest),
        removed_by_date=pl.when(is_gone).then(_unless(pl.col("gone_date"), newest)),
        missed_editions=(pl.col("between") - pl.col("evidence_held")).fill_null(0).cast(pl.Int32),
    )


def _around(ends: pl.DataFrame, editions: pl.DataFrame) -> pl.DataFrame:
    """Return per entry the evidence around it: the last day before it came, the first after it left, and how many between."""
    evidence, day = editions.filter("is_removal_evidence").select(day="edition_date"), pl.col("day")
    return (
        ends.join(evidence, how="cross")
        .group_by("listing_id")
        .agg(
            absent_date=day.filter(day < pl.col("first")).max(),
            gone_date=day.filter(day > pl.col("last")).min(),
            between=day.is_between("first", "last").sum(),
        )
    )


def _unless(day: pl.Expr, newest: object) -> pl.Expr:
    return pl.when(day != newest).then(day)
