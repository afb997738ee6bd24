"""Whose a scored model is: cells of organisations and countries to one organisation and one country, each with its basis.

Only for the modules of this package. Know before editing:
- Where a cell names one country, that is the model's. Where it names several, the seats of its organisations decide if they are one
  (Google DeepMind was printed as United Kingdom and United States until 2026-04); else there is none. `Multinational` stays none.
- A blank organisation is filled from the curated `eci_organizations.csv`, one reason a row; what is still unknown stays null.
"""

from dataclasses import dataclass

import polars as pl

from indicators.tables._identity import organization_ids
from indicators.tables._printed import printed_countries

BASES = ("source", "seat", "curated", "several", "unknown")


@dataclass(frozen=True)
class Known:
    """What is known of organisations and countries, and who asks."""

    curated: pl.DataFrame
    """`eci_organizations`: the organisation of a model that the source leaves blank."""
    organizations: pl.DataFrame
    organization_aliases: pl.DataFrame
    country_codes: pl.DataFrame
    country_aliases: pl.DataFrame
    table: str


def placed(rows: pl.DataFrame, names: pl.Expr, source_id: str, known: Known) -> pl.DataFrame:
    """Return the rows with `organization_id`, `organization_name`, `country_code` and `country_basis_code`.

    `names` is what the curated table calls a row's model. Raises ContractBroken for a country or an organisation nobody knows.
    """
    curated = known.curated.select(curated_for="model_name", curated_name="organization_name", curated_code="country_code")
    joined = rows.with_columns(curated_for=names).join(curated, on="curated_for", how="left", maintain_order="left").with_row_index("row")
    is_blank = pl.col("organizations").is_null() & pl.col("countries").is_null()
    named = joined.with_columns(
        organization_name=pl.when(is_blank).then("curated_name").otherwise("organizations"),
        curated_code=pl.when(is_blank).then("curated_code"),
    )
    everyone = named.join(_seats(named, source_id, known), on="row", how="left").join(_countries(named, known), on="row", how="left")
    placing = everyone.sort("row").with_columns(country_basis_code=_basis())
    by_basis = {"source": "printed_code", "seat": "seat_code", "curated": "curated_code"}
    code = pl.coalesce(pl.when(pl.col("country_basis_code") == basis).then(column) for basis, column in by_basis.items())
    return placing.with_columns(country_code=code).select(
        *rows.columns, "organization_id", "organization_name", "country_code", "country_basis_code"
    )


def _basis() -> pl.Expr:
    """Where the country of a row comes from, or why there is none."""
    return (
        pl.when(pl.col("printed_code").is_not_null())
        .then(pl.lit("source"))
        .when(pl.col("is_several") & pl.col("seat_code").is_not_null() & ~pl.col("is_multinational"))
        .then(pl.lit("seat"))
        .when("is_several")
        .then(pl.lit("several"))
        .when(pl.col("curated_code").is_not_null())
        .then(pl.lit("curated"))
        .otherwise(pl.lit("unknown"))
    )


def _seats(rows: pl.DataFrame, source_id: str, known: Known) -> pl.DataFrame:
    """One row per `row`: the first organisation's id, and the country in which all its organisations have their seat."""
    listed = rows.select("row", name=pl.col("organization_name").str.split(",")).explode("name")
    ids = organization_ids(listed["name"].str.strip_chars(), source_id, known.organization_aliases, known.table)
    seats = listed.with_columns(organization_id=ids).join(
        known.organizations.select("organization_id", seat="country_code"), on="organization_id", how="left", maintain_order="left"
    )
    is_one = (pl.col("seat").n_unique() == 1) & pl.col("seat").is_not_null().all()
    return seats.group_by("row").agg(pl.col("organization_id").first(), seat_code=pl.when(is_one).then(pl.col("seat").first()))


def _countries(rows: pl.DataFrame, known: Known) -> pl.DataFrame:
    """One row per `row`: the one country printed, and whether there are several or Multinational stands for them."""
    cells = rows.select("row", countries=pl.col("countries").str.split(",").list.eval(pl.element().str.strip_chars()))
    printed = printed_countries(cells, known.country_codes, known.country_aliases, known.table)
    is_several = pl.col("is_multinational") | (pl.col("country_codes").list.len() > 1)
    return printed.select(
        "row", "is_multinational", is_several=is_several, printed_code=pl.when(~is_several).then(pl.col("country_codes").list.first())
    )
