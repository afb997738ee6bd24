"""capability_scores: the Epoch Capabilities Index as last fitted, one row a model, each with its country and why.

A model's country is the headquarters country of the organisation that developed it. A blank organisation upstream is
filled from the curated `eci_organizations.csv`, one reason a row; what is still unknown stays null and is counted.
"""

from datetime import date

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.tables._countries import codes_by_name, country_code

ACCESSIBILITY = {
    "API access": "api",
    "Hosted access (no API)": "hosted",
    "Open weights (unrestricted)": "open_unrestricted",
    "Open weights (restricted use)": "open_restricted",
    "Open weights (non-commercial)": "open_noncommercial",
    "Unreleased": "unreleased",
    "Unknown": "unknown",
}

MULTINATIONAL = "Multinational"
"""Epoch's word for organisations of no one country: counted as several."""

TABLE = Table(
    name="capability_scores",
    title="Epoch Capabilities Index by model",
    description="One row per model of the index as last fitted. Scores of two releases may come from two fits.",
    key=("model_id",),
    row_bounds=(190, 450),
    columns=(
        Column("model_id", pl.String, "Slug of the model's printed name", pattern=r"^[a-z0-9][a-z0-9._-]*$"),
        Column("model_name", pl.String, "Name as Epoch prints it"),
        Column("score", pl.Float64, "Epoch Capabilities Index", unit="index points", minimum=0, maximum=300),
        Column(
            "score_low",
            pl.Float64,
            "Lower bound of Epoch's 90% interval; null for anchors",
            "index points",
            is_nullable=True,
            minimum=0,
            maximum=300,
        ),
        Column(
            "score_high",
            pl.Float64,
            "Upper bound of Epoch's 90% interval; null for anchors",
            "index points",
            is_nullable=True,
            minimum=0,
            maximum=300,
        ),
        Column(
            "release_date",
            pl.Date,
            "Day Epoch gives: a preview where a model was shown before, or the first version's for a dated later one",
            minimum=date(2018, 1, 1),
        ),
        Column("organization_id", pl.String, "Slug of the first developing organisation", is_nullable=True),
        Column("organization_name", pl.String, "Developing organisations as printed, or as curated where blank", is_nullable=True),
        Column(
            "country_code",
            pl.String,
            "Country of the developing organisations where it is one; null where unknown or several",
            is_nullable=True,
            links_to="countries.country_code",
        ),
        Column("country_basis_code", pl.String, "Where the country comes from", values=("source", "curated", "several", "unknown")),
        Column("accessibility_code", pl.String, "How the model can be used", values=tuple(ACCESSIBILITY.values())),
    ),
    rules=(
        Rule(
            "Does the score lie inside its own interval?",
            "SELECT * FROM capability_scores WHERE score NOT BETWEEN score_low AND score_high",
        ),
        Rule("Are both bounds given, or neither?", "SELECT * FROM capability_scores WHERE (score_low IS NULL) <> (score_high IS NULL)"),
        Rule(
            "Are the anchors where the index fixes them (Claude 3.5 Sonnet 130, GPT-5 150)?",
            "SELECT * FROM capability_scores WHERE (model_name = 'Claude 3.5 Sonnet' AND abs(score - 130) > 0.01) "
            "OR (model_name = 'GPT-5' AND abs(score - 150) > 0.01)",
        ),
        Rule(
            "Is no model dated before the month in its own name?",
            "SELECT model_name, release_date FROM capability_scores WHERE release_date < "
            "try_strptime(regexp_extract(model_name, '\\(([A-Z][a-z]{2} 20\\d\\d)\\)', 1), '%b %Y')",
            is_warning=True,
        ),
        Rule("Has every model a country?", "SELECT * FROM capability_scores WHERE country_code IS NULL", is_warning=True),
        Rule(
            "Is every model dated no later than its source?",
            "SELECT * FROM capability_scores WHERE release_date > (SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_eci')",
        ),
    ),
)


def build(
    epoch_eci: pl.DataFrame, reference_eci_organizations: pl.DataFrame, country_codes: pl.DataFrame, reference_country_aliases: pl.DataFrame
) -> pl.DataFrame:
    """Return one row per model of the newest index; raises ContractBroken for an unknown country name."""
    known = codes_by_name(country_codes, reference_country_aliases)
    curated = reference_eci_organizations.select(
        "model_name", curated_name=pl.col("organization_name"), curated_code=pl.col("country_code")
    )
    rows = _with_country(epoch_eci, known).join(curated, on="model_name", how="left")
    is_blank = pl.col("organizations").is_null() & pl.col("printed_code").is_null()
    organization = pl.when(is_blank).then("curated_name").otherwise("organizations")
    return rows.select(
        _slug(pl.col("model_name")).alias("model_id"),
        "model_name",
        score="eci",
        score_low="eci_low",
        score_high="eci_high",
        release_date="release_date",
        organization_id=_slug(organization.str.split(",").list.first()),
        organization_name=organization,
        country_code=pl.when(is_blank).then("curated_code").otherwise("printed_code"),
        country_basis_code=_basis(is_blank),
        accessibility_code=pl.col("accessibility").replace_strict(ACCESSIBILITY),
    )  # fmt: skip


def _basis(is_blank: pl.Expr) -> pl.Expr:
    """Where the country of a model comes from."""
    several, printed = pl.col("is_several"), pl.col("printed_code").is_not_null()
    is_curated = is_blank & pl.col("curated_code").is_not_null()
    curated = pl.when(is_curated).then(pl.lit("curated")).otherwise(pl.lit("unknown"))
    return pl.when(several).then(pl.lit("several")).when(printed).then(pl.lit("source")).otherwise(curated)


def _with_country(rows: pl.DataFrame, known: dict[str, str]) -> pl.DataFrame:
    """Add `printed_code`, the one country in the cell, and `is_several`, where there is more than one."""
    printed = rows.select("model_name", country_name=pl.col("countries").str.split(",")).explode("country_name")
    is_multinational = pl.col("country_name").str.strip_chars() == MULTINATIONAL
    names = printed.with_columns(is_several=is_multinational, country_name=pl.when(~is_multinational).then("country_name"))
    coded = names.with_columns(country_code(names["country_name"], known, TABLE.name).alias("code"))
    per_model = coded.group_by("model_name").agg(pl.col("code").drop_nulls().unique(), pl.col("is_several").any())
    is_several = pl.col("is_several").fill_null(value=False) | (pl.col("code").list.len() > 1)
    joined = rows.join(per_model, on="model_name", how="left").with_columns(is_several=is_several)
    return joined.with_columns(printed_code=pl.when(~pl.col("is_several")).then(pl.col("code").list.first()))


def _slug(name: pl.Expr) -> pl.Expr:
    """A name as an id: lower case, runs of other signs as one hyphen; dots and underscores stay."""
    return name.str.to_lowercase().str.replace_all(r"[^a-z0-9._]+", "-").str.strip_chars("-._")
