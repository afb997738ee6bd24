"""A small world of organisations, countries and models, in which scores are placed: what the tests of scored models share."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from indicators import measures
from indicators.model import Indicator, Rule
from indicators.sources import epoch_benchmark_hub, epoch_eci
from indicators.tables.capability import benchmark_scores, benchmarks, capability_scores

PROJECT = Path(__file__).resolve().parents[1]
NAMES = ["China", "United States of America", "France", "United Kingdom of Great Britain and Northern Ireland"]
CODES = pl.DataFrame({"official_name": NAMES, "display_name": NAMES, "un_short_name": NAMES, "iso3_code": ["CHN", "USA", "FRA", "GBR"]})
SEATS = {"Some Lab": "CHN", "Other Lab": "CHN", "Curated Lab": "CHN", "US Lab": "USA", "US Lab Research": "USA", "French Lab": "FRA"}
ORGANIZATIONS = pl.DataFrame(
    {
        "organization_id": [name.lower().replace(" ", "-") for name in SEATS],
        "organization_name": list(SEATS),
        "country_code": list(SEATS.values()),
    }
)
SPELLINGS = pl.DataFrame(
    {"alias": list(SEATS), "source_id": ["epoch_ai_models"] * len(SEATS), "organization_id": ORGANIZATIONS["organization_id"]}
)
MODELS = pl.DataFrame({"model_id": ["model-1", "model-2", "twin-a", "twin-b"], "model_name": ["Model 1", "Model 2", "Twin", "Twin"]})
MODEL_ALIASES = pl.DataFrame({"alias": ["Model 2 (May 2024)"], "source_id": ["epoch_eci"], "model_name": ["Model 2"]})
WORLD = {
    "reference_eci_organizations": pl.DataFrame({"model_name": ["Blank 1"], "organization_name": ["Curated Lab"], "country_code": ["CHN"]}),
    "reference_version_dates": pl.DataFrame(
        {"model_version": ["K2-0905"], "printed_date": ["2024-09-05"], "release_date": ["2025-09-05"], "reason": ["a year early"]}
    ),
    "reference_model_aliases": MODEL_ALIASES,
    "reference_country_aliases": pl.DataFrame({"alias": ["Korea (Republic of)"], "country_code": ["KOR"]}),
    "country_codes": CODES,
    "organizations": ORGANIZATIONS,
    "organization_aliases": SPELLINGS,
    "models": MODELS,
}
PLANS = pl.read_csv(PROJECT / "data" / "reference" / "benchmarks.csv", infer_schema=False)


def hub(*rows: dict[str, Any]) -> pl.DataFrame:
    """Rows of the hub, sound but for what is told; every version stands in the index too unless a row of it is given."""
    usual = {"benchmark_file": "mmlu_external", "model_version": "m-1", "score": 0.5, "release_date": date(2024, 9, 1)}
    usual |= {"organizations": "Some Lab", "countries": "China"}
    whole: list[dict[str, Any]] = [usual | row for row in rows]
    listed = {row["model_version"] for row in whole if row["benchmark_file"] == epoch_benchmark_hub.INDEX}
    for row in [row for row in whole if row["model_version"] and row["model_version"] not in listed]:
        listed.add(row["model_version"])
        whole.append(row | {"benchmark_file": epoch_benchmark_hub.INDEX, "score": None, "standard_error": None, "setting": None})
    return pl.DataFrame(whole, schema=dict(epoch_benchmark_hub.SOURCE.schema))


def version(name: str, model: str, day: date | None, **cells: Any) -> dict[str, Any]:
    """A version in the hub's index."""
    return {
        "benchmark_file": epoch_benchmark_hub.INDEX,
        "model_version": name,
        "model_name": model,
        "release_date": day,
        "score": None,
        **cells,
    }


def scored(*rows: dict[str, Any]) -> pl.DataFrame:
    """The table benchmark_scores for rows of the hub."""
    built = benchmark_scores.build(epoch_benchmark_hub=hub(*rows), reference_benchmarks=PLANS, **WORLD)
    return benchmark_scores.TABLE.conform(built)


def listed(*rows: dict[str, Any]) -> pl.DataFrame:
    """The table benchmarks for rows of the hub."""
    return benchmarks.TABLE.conform(benchmarks.build(hub(*rows), PLANS))


def indexed(*models: dict[str, Any], versions: Sequence[dict[str, Any]] = ()) -> pl.DataFrame:
    """The table capability_scores for models of the index, with versions that the hub lists."""
    usual = {
        "model_name": "Model 1",
        "eci": 130.0,
        "eci_low": 128.0,
        "eci_high": 132.0,
        "release_date": date(2024, 9, 1),
        "organizations": "Some Lab",
        "countries": "China",
        "accessibility": "API access",
    }
    rows = pl.DataFrame([usual | model for model in models], schema=dict(epoch_eci.SOURCE.schema))
    built = capability_scores.build(epoch_eci=rows, epoch_benchmark_hub=hub(*versions), **WORLD)
    return capability_scores.TABLE.conform(built)


def failing(rules: Sequence[Rule], words: str, **tables: pl.DataFrame) -> list[tuple[Any, ...]]:
    """The rows that fail the one rule whose question holds these words, over the given tables."""
    (rule,) = [rule for rule in rules if words in rule.question]
    with duckdb.connect() as connection:
        for name, frame in tables.items():
            connection.register(name, frame)
        return connection.sql(rule.failing_rows).fetchall()


def measured(indicator_id: str, **tables: pl.DataFrame) -> list[dict[str, Any]]:
    """The rows of an indicator of the project over the given tables."""
    with duckdb.connect() as connection:
        for name, frame in tables.items():
            connection.register(name, frame)
        return measures.measure(Indicator.read(PROJECT / "sql" / "indicators" / f"{indicator_id}.sql"), connection).to_dicts()
