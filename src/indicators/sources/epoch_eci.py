"""Epoch AI's capabilities index (ECI): one fitted score per model, with its 90% interval.

Know before editing:
- The index is refitted at each update: scores of two captures are not comparable, so a release uses one capture only.
- The two anchors (Claude 3.5 Sonnet = 130, GPT-5 = 150) have no interval.
- Organization and country cells may be blank (17 of 222 on 2026-08-11) and are patched later, by a curated table.
- Several organisations stand in one cell, separated by commas; so would several countries.
"""

from datetime import timedelta

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._csv import dates, numbers, read_text_columns, require_unique, require_words

ALIASES = {
    "model_name": ["Model"],
    "eci": ["eci", "ECI Score"],
    "eci_low": ["eci_ci_low"],
    "eci_high": ["eci_ci_high"],
    "release_date": ["date", "Release date"],
    "organizations": ["Organization"],
    "countries": ["Country (of organization)", "Country"],
    "accessibility": ["Model accessibility"],
}
IGNORED = ("Display name", "Accessibility group", "model_versions")
ACCESSIBILITY = (
    "API access",
    "Hosted access (no API)",
    "Open weights (unrestricted)",
    "Open weights (restricted use)",
    "Open weights (non-commercial)",
    "Unreleased",
    "Unknown",
)

SOURCE = Source(
    id="epoch_eci",
    title="Epoch Capabilities Index",
    publisher="Epoch AI",
    homepage="https://epoch.ai/benchmarks",
    license="CC-BY-4.0",
    redistribution="open",
    attribution="Epoch AI, 'Epoch Capabilities Index', CC BY 4.0",
    cadence=timedelta(days=7),
    files=(File("eci_scores.csv", "https://epoch.ai/data/eci_scores.csv"),),
    schema={
        "model_name": pl.String,
        "eci": pl.Float64,
        "eci_low": pl.Float64,
        "eci_high": pl.Float64,
        "release_date": pl.Date,
        "organizations": pl.String,
        "countries": pl.String,
        "accessibility": pl.String,
    },
    max_bytes=5_000_000,
)


def parse(payload: bytes, _file: File) -> pl.DataFrame:
    """Return one row per model: score and interval in index points, release date, organisations and countries as printed."""
    rows = read_text_columns(payload, SOURCE.id, ALIASES, IGNORED)
    require_unique(rows, "model_name", SOURCE.id)
    require_words(rows, "accessibility", ACCESSIBILITY, SOURCE.id)
    rows = dates(numbers(rows, ["eci", "eci_low", "eci_high"], SOURCE.id), ["release_date"], SOURCE.id)
    unscored = rows.filter(pl.col("eci").is_null() | pl.col("release_date").is_null())["model_name"].to_list()
    if unscored:
        raise BadPayload(f"{SOURCE.id}: no score or no date for {unscored[:5]} ({len(unscored)} rows); upstream must be asked")
    return rows.select(list(SOURCE.schema))
