"""organization_aliases: every spelling of an organisation that a source uses, and whom it means.

Every spelling of Epoch AI's models stands here, most of them as themselves; other sources add theirs by curation, one reason a row.
An unknown spelling stops the build of the table that meets it (`_identity.organization_ids`).
"""

import polars as pl

from indicators.model import Column, ContractBroken, Rule, Table
from indicators.tables._identity import EPOCH
from indicators.tables._printed import canonical

ITSELF = "The spelling of the source"

TABLE = Table(
    name="organization_aliases",
    title="Spellings of organisations",
    description="One row per source and spelling. A spelling of epoch_ai_models counts for every source that has no own row for it.",
    key=("source_id", "alias"),
    row_bounds=(950, 2_240),
    max_loss_share=0.05,
    columns=(
        Column("alias", pl.String, "Spelling, without outer white space", pattern=r"^\S(?:.*\S)?$"),
        Column("source_id", pl.String, "Source that spells it so", pattern="^[a-z0-9_]+$"),
        Column("organization_id", pl.String, "Whom it means", links_to="organizations.organization_id"),
        Column("basis", pl.String, "Why", pattern=r"\S"),
    ),
    rules=(
        Rule("Is every organisation met under one spelling at least, or curated?",
             "SELECT o.* FROM organizations o ANTI JOIN organization_aliases USING (organization_id) "
             "WHERE country_basis_code <> 'curated'"),
        Rule("Does no list hide in one spelling (a name with a comma is a firm's, or an institute's of a place)?",
             "SELECT * FROM organization_aliases WHERE source_id = 'epoch_ai_models' AND contains(alias, ',') "
             "AND NOT regexp_matches(alias, ', ?(Ltd|Inc)|^(NERSC|Booz Allen Hamilton|AI for Science Institute), ')", is_warning=True),
    ),
)  # fmt: skip


def build(epoch_ai_models: pl.DataFrame, reference_organization_aliases: pl.DataFrame, organizations: pl.DataFrame) -> pl.DataFrame:
    """Return one row per source and spelling; raises ContractBroken for a curated alias of nobody."""
    met = epoch_ai_models.select(alias=pl.col("organizations").explode()).drop_nulls().unique()
    spelt = met.with_columns(
        source_id=pl.lit(EPOCH),
        organization_name=canonical(pl.col("alias"), reference_organization_aliases, "organization_name"),
        reason=pl.lit(ITSELF),
    )
    curated = reference_organization_aliases.select(spelt.columns)
    every = pl.concat([curated, spelt.join(curated, on=["alias", "source_id"], how="anti")])
    named = every.join(organizations.select("organization_name", "organization_id"), on="organization_name", how="left")
    nobody = sorted(named.filter(pl.col("organization_id").is_null())["organization_name"].unique())
    if nobody:
        raise ContractBroken(f"{TABLE.name}: aliases of unknown organisations {nobody[:10]}; add each to data/reference/organizations.csv")
    return named.select("alias", "source_id", "organization_id", basis="reason")
