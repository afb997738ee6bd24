"""model_organizations: who developed each model, one row a model and organisation, so that any rule of counting is a query.

Know before editing:
- Any-country: a model counts once for each distinct country. Fractional: each country has the sum of its `share`. First: `ordinal` 1.
- An organisation's country is its own (`organizations`). Where that is unknown, it is the one country printed for the model that none of
  its other organisations accounts for; else null. What is printed is a set, so nothing can be read from the order of a cell.
- Which models came, went or were renamed since the last release is asked here, where both models and developers stand.
"""

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.tables._identity import EPOCH, organization_ids

LIKE = 0.95
"""Jaro-Winkler similarity from which two ids of one developer are read as one model."""
LISTED = 200
"""How many names of a kind the audit lists at most."""
RENAMES = f"""
    WITH before AS (
        SELECT model_id, model_name, publication_date, list(organization_id) AS developers
        FROM previous_models LEFT JOIN previous_model_organizations USING (model_id) GROUP BY ALL
    ), now AS (
        SELECT model_id, model_name, publication_date, list(organization_id) AS developers
        FROM models LEFT JOIN model_organizations USING (model_id) GROUP BY ALL
    ), gone AS (FROM before ANTI JOIN now USING (model_id)), come AS (FROM now ANTI JOIN before USING (model_id)
    ), pairs AS (
        SELECT g.model_id AS was, c.model_id AS is_now, g.model_name || ' → ' || c.model_name AS named
        FROM gone g JOIN come c ON list_has_any(g.developers, c.developers) AND (g.publication_date = c.publication_date
            OR jaro_winkler_similarity(g.model_id, c.model_id) >= {LIKE})
    ), readings AS (
        SELECT 'probably renamed' AS reading, named FROM pairs
        UNION ALL SELECT 'vanished', model_name FROM gone WHERE model_id NOT IN (SELECT was FROM pairs)
        UNION ALL SELECT 'appeared', model_name FROM come WHERE model_id NOT IN (SELECT is_now FROM pairs)
    )
    SELECT reading, count(*) AS models, list(named ORDER BY named)[:{LISTED}] AS names FROM readings GROUP BY ALL ORDER BY ALL"""  # noqa: S608

TABLE = Table(
    name="model_organizations",
    title="Developers of AI models",
    description="One row per model and developing organisation, with the organisation's country and its equal share in the model.",
    key=("model_id", "organization_id"),
    row_bounds=(1_280, 10_600),
    max_loss_share=0.15,
    columns=(
        Column("model_id", pl.String, "The model", links_to="models.model_id"),
        Column("organization_id", pl.String, "One of its developers", links_to="organizations.organization_id"),
        Column("ordinal", pl.Int32, "Place in the order printed", minimum=1, maximum=200),
        Column("country_code", pl.String, "Country the developer counts for; null where unknown, several or none", is_nullable=True,
               links_to="countries.country_code"),
        Column("country_basis_code", pl.String, "Whose word: the organisation's own country, what is printed for this model, or none",
               values=("organization", "printed", "unknown")),
        Column("share", pl.Float64, "One over the number of its developers", unit="share", minimum=0, maximum=1),
    ),
    rules=(
        Rule("Is every model of the last release still there by its name, and none new (renames go to model_aliases.csv)?", RENAMES,
             is_warning=True),
        Rule("Do the shares of every model add up to one?",
             "SELECT model_id, sum(share) AS shares FROM model_organizations GROUP BY ALL HAVING abs(sum(share) - 1) > 1e-9"),
        Rule("Have nine in ten developers a country?",
             "SELECT count(*) AS developers, count(country_code) AS with_country FROM model_organizations "
             "HAVING count(country_code) < 0.9 * count(*)"),
        Rule("Have nine in ten notable models with a developer a country for each of them?",
             "SELECT avg(is_known::INT) AS known_share FROM (SELECT model_id, bool_and(o.country_code IS NOT NULL) AS is_known "
             "FROM model_organizations o JOIN models USING (model_id) WHERE is_notable GROUP BY ALL) HAVING avg(is_known::INT) < 0.9"),
        Rule("Is every developer's country among those printed for the model (Google DeepMind was the United Kingdom's)?",
             "SELECT o.model_id, organization_id, country_code, country_codes FROM model_organizations o JOIN models m USING (model_id) "
             "WHERE len(country_codes) > 0 AND NOT is_multinational AND NOT list_contains(country_codes, country_code)",
             is_warning=True),
        Rule("Is every printed country some developer's?",
             "SELECT model_id, code FROM (SELECT model_id, unnest(country_codes) AS code FROM models) p WHERE NOT EXISTS "
             "(FROM model_organizations o WHERE o.model_id = p.model_id AND o.country_code = p.code)", is_warning=True),
        Rule("Has every developer a country?", "SELECT * FROM model_organizations WHERE country_code IS NULL", is_warning=True),
        Rule("Has every model a developer?", "SELECT m.model_name FROM models m ANTI JOIN model_organizations USING (model_id)",
             is_warning=True),
    ),
)  # fmt: skip


def build(models: pl.DataFrame, organizations: pl.DataFrame, organization_aliases: pl.DataFrame) -> pl.DataFrame:
    """Return one row per model and organisation that developed it; raises ContractBroken for a spelling nobody knows."""
    listed = models.select("model_id", "country_codes", "is_multinational", name="organization_names").explode("name")
    named = listed.filter(pl.col("name").is_not_null())
    ids = organization_ids(named["name"], EPOCH, organization_aliases, TABLE.name).alias("organization_id")
    stated = named.with_columns(ids).unique(["model_id", "organization_id"], keep="first", maintain_order=True)
    own = organizations.select("organization_id", own_code="country_code")
    coded = _with_left(stated.join(own, on="organization_id", maintain_order="left"))
    is_own, is_left = pl.col("own_code").is_not_null(), pl.col("left_code").is_not_null()
    left = pl.when(is_left).then(pl.lit("printed")).otherwise(pl.lit("unknown"))
    return coded.select(
        "model_id",
        "organization_id",
        ordinal=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("model_id"),
        country_code=pl.coalesce("own_code", "left_code"),
        country_basis_code=pl.when(is_own).then(pl.lit("organization")).otherwise(left),
        share=1 / pl.len().over("model_id"),
    )


def _with_left(stated: pl.DataFrame) -> pl.DataFrame:
    """Add `left_code`: the one printed country that no developer of the model accounts for, or the only one printed; else null."""
    accounted = stated.group_by("model_id").agg(accounted=pl.col("own_code").drop_nulls())
    printed = pl.when(~pl.col("is_multinational")).then("country_codes")
    left = printed.list.set_difference("accounted")
    candidates = pl.when(left.list.len() == 0).then(printed).otherwise(left)
    one = pl.when(candidates.list.len() == 1).then(candidates.list.first())
    return stated.join(accounted, on="model_id", maintain_order="left").with_columns(left_code=one)
