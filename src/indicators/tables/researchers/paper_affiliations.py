"""paper_affiliations: every affiliation of an accepted paper's author positions, with country and reason. Never released.

Weights: a paper's 1 is split equally over its positions with a country, and a position's part equally over its affiliations
with a country. A paper without any country has no weight.
"""

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.tables.researchers._acceptance import accepted
from indicators.tables.researchers._affiliations import BASES, resolved

TABLE = Table(
    name="paper_affiliations",
    title="Affiliations of accepted papers",
    description="One row per accepted paper, author position and affiliation there. The country is the place of the affiliation.",
    key=("paper_id", "slot", "ordinal"),
    row_bounds=(62_000, 146_000),
    is_released=False,
    columns=(
        Column("paper_id", pl.String, "Paper", links_to="papers.paper_id"),
        Column("slot", pl.Int32, "Author's position; position in the file's list where that names no authors", minimum=1, maximum=3000),
        Column("ordinal", pl.Int32, "Which of the position's affiliations", minimum=1, maximum=30),
        Column("institution_name", pl.String,
               "As printed; null where none is, or where it cannot be told which country is its", is_nullable=True),
        Column("country_code", pl.String, "Place of the affiliation", is_nullable=True, links_to="countries.country_code"),
        Column("basis_code", pl.String, "Where the country comes from", values=BASES),
        Column("paper_share", pl.Float64,
               "This affiliation's part of the paper; null without a country", unit="papers", is_nullable=True, minimum=0, maximum=1),
    ),
    rules=(
        Rule("Has every affiliation with a country a reason, and no other?",
             "SELECT * FROM paper_affiliations WHERE (country_code IS NULL) <> (basis_code = 'unresolved')"),
        Rule("Do a paper's parts make one?",
             "SELECT paper_id FROM paper_affiliations GROUP BY 1 HAVING abs(sum(paper_share) - 1) > 1e-6"),
        Rule("Is no e-mail address in a name?", "SELECT * FROM paper_affiliations WHERE institution_name LIKE '%@%'"),
    ),
)  # fmt: skip


def build(
    paperlists: pl.DataFrame,
    country_codes: pl.DataFrame,
    reference_country_aliases: pl.DataFrame,
    reference_territory_institutions: pl.DataFrame,
    reference_domain_countries: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row per affiliation; raises ContractBroken for a country name nobody knows."""
    rows = accepted(paperlists).filter(pl.col("slot").is_not_null())
    rows = resolved(rows, country_codes, reference_country_aliases, reference_territory_institutions, reference_domain_countries)
    has_country = pl.col("country_code").is_not_null()
    slots = pl.col("slot").filter(has_country).n_unique().over("paper_id")
    affiliations = has_country.sum().over("paper_id", "slot")
    return rows.with_columns(paper_share=pl.when(has_country).then(1 / (slots * affiliations))).select(TABLE.column_names)
