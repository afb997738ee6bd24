"""capability_scores: the Epoch Capabilities Index as last fitted, one row a model, with its country and why, and its dates and their kind.

Know before editing:
- A model's country is the headquarters country of the organisation that developed it. A blank organisation upstream (17 of 222 on
  2026-08-11, 10 of them Chinese) is filled from the curated `eci_organizations.csv`, one reason a row; what is still unknown stays null.
- `release_date` is the day Epoch gives, `version_date` that of the version itself; `release_date_kind_code` tells which event the first is.
- Before curation the capture of 2026-08-11 names 138 US and 51 Chinese models (rows whose `country_basis_code` is `source`).
"""

from datetime import date

import polars as pl

from indicators.model import Column, Table
from indicators.sources.epoch_eci import SOURCE
from indicators.tables._identity import model_ids
from indicators.tables.capability._capability_rules import RULES
from indicators.tables.capability._dates import BASES as DATE_BASES
from indicators.tables.capability._dates import KINDS, with_version_dates
from indicators.tables.capability._placement import BASES, Known, placed

ACCESSIBILITY = {
    "API access": "api",
    "Hosted access (no API)": "hosted",
    "Open weights (unrestricted)": "open_unrestricted",
    "Open weights (restricted use)": "open_restricted",
    "Open weights (non-commercial)": "open_noncommercial",
    "Unreleased": "unreleased",
    "Unknown": "unknown",
}

TABLE = Table(
    name="capability_scores",
    title="Epoch Capabilities Index by model",
    description="One row per model of the index as last fitted. Scores of two releases may come from two fits.",
    key=("model_name",),
    row_bounds=(190, 450),
    columns=(
        Column("model_name", pl.String, "Name as the index prints it"),
        Column(
            "model_id",
            pl.String,
            "The model in `models`; null where the name is not there or is ambiguous",
            is_nullable=True,
            links_to="models.model_id",
        ),
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
        Column(
            "version_date",
            pl.Date,
            "Day of the version itself: as the hub dates it, else the first of the month in its name; null where neither tells",
            is_nullable=True,
            minimum=date(2018, 1, 1),
        ),
        Column("version_date_basis_code", pl.String, "Where the version's day comes from", is_nullable=True, values=DATE_BASES),
        Column("release_date_kind_code", pl.String, "Which event `release_date` is, told by the version's day and the name", values=KINDS),
        Column("organization_id", pl.String, "First developing organisation", is_nullable=True, links_to="organizations.organization_id"),
        Column("organization_name", pl.String, "Developing organisations as printed, or as curated where blank", is_nullable=True),
        Column(
            "country_code",
            pl.String,
            "Country of the developing organisations where it is one; null where unknown or several",
            is_nullable=True,
            links_to="countries.country_code",
        ),
        Column("country_basis_code", pl.String, "Where the country comes from", values=BASES),
        Column("accessibility_code", pl.String, "How the model can be used", values=tuple(ACCESSIBILITY.values())),
    ),
    rules=RULES,
)


def build(  # noqa: PLR0913 - parameters name inputs
    *,
    epoch_eci: pl.DataFrame,
    epoch_benchmark_hub: pl.DataFrame,
    reference_eci_organizations: pl.DataFrame,
    reference_version_dates: pl.DataFrame,
    reference_model_aliases: pl.DataFrame,
    reference_country_aliases: pl.DataFrame,
    country_codes: pl.DataFrame,
    organizations: pl.DataFrame,
    organization_aliases: pl.DataFrame,
    models: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row per model of the newest index; raises ContractBroken for a country or an organisation nobody knows."""
    known = Known(reference_eci_organizations, organizations, organization_aliases, country_codes, reference_country_aliases, TABLE.name)
    rows = placed(epoch_eci, pl.col("model_name"), SOURCE.id, known)
    dated = with_version_dates(rows, epoch_benchmark_hub, reference_version_dates)
    return dated.with_columns(
        model_id=model_ids(dated["model_name"], SOURCE.id, models, reference_model_aliases),
        score="eci",
        score_low="eci_low",
        score_high="eci_high",
        accessibility_code=pl.col("accessibility").replace_strict(ACCESSIBILITY),
    ).select(TABLE.column_names)
