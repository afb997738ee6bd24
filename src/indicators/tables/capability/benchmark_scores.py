"""benchmark_scores: every score of the hub that names a model version, on its benchmark's own scale, with whose model it is and since when.

Know before editing:
- Shares are 0 to 1 whatever the file prints (`benchmarks.csv` holds the divisors); the audit holds every score to its benchmark's scale.
- A version can have several rows of one benchmark (shots, scaffolds, agents, repeated runs): `ordinal` counts them from the best; lines
  that are equal in every column are one.
- Dates are those of the version, not of the model: `o3-2025-04-16_high` is dated 2025-04-16. Dates known to be wrong are set right
  from `version_dates.csv`, only where the hub prints the very date that is wrong.
- The loss since the last release is judged over results dated a month or more before this capture: younger ones, it could not know yet.
  So a live capture older than the baseline it replaces is no loss (of 2025-11 and 2025-12 under that of 2026-04: 36% and 22% of all
  rows are gone, 19% and 11% of these), while one that dropped a quarter of what it had is (between captures in their order: 6% and 2%).
- `hub_capabilities_index` is the index as fitted for this archive; `capability_scores` is a newer fit. Never compare across the two.
"""

from datetime import date

import polars as pl

from indicators.model import Column, Table
from indicators.sources.epoch_benchmark_hub import INDEX, SOURCE
from indicators.tables._identity import model_ids
from indicators.tables.capability._benchmark_rules import RULES
from indicators.tables.capability._dates import corrected
from indicators.tables.capability._placement import BASES, Known, placed

HOST = r"^.*/"
"""Who serves the model: `fireworks/`, `chutes/`, `zai-org/`."""
EFFORT = r"_(none|minimal|low|medium|high|xhigh|max|promax|prounknown|unknown|thinking|\d+[kK])$"
"""How much the model may think: a word, or a budget in tokens."""

CAPTURED = f"(SELECT max(as_of_date) FROM sources WHERE source_id = '{SOURCE.id}')"  # noqa: S608
CORE = f"coalesce(greatest(evaluated_date, release_date), DATE '2018-01-01') <= {CAPTURED} - 30"
"""Results that this capture could know: a month goes by until a result is in the hub. Undated ones are judged too."""

TABLE = Table(
    name="benchmark_scores",
    title="Benchmark scores by model version",
    description="One row per benchmark, model version and result. Rows that name no version are counted in `benchmarks` and left out.",
    key=("benchmark_id", "model_version", "ordinal"),
    row_bounds=(2_100, 7_200),
    core=CORE,
    columns=(
        Column("benchmark_id", pl.String, "Which benchmark", links_to="benchmarks.benchmark_id"),
        Column("model_version", pl.String, "Version as the hub prints it, with host and thinking effort"),
        Column("ordinal", pl.Int64, "1 for the best result of the version, then 2, 3, …", minimum=1, maximum=60),
        Column("base_version", pl.String, "The version without host and thinking effort"),
        Column("effort_code", pl.String, "Thinking effort or budget, where the version names one", is_nullable=True),
        Column("model_name", pl.String, "Model of the version as the hub prints it", is_nullable=True),
        Column("model_id", pl.String, "The model in `models`; null where its name is not there or is ambiguous", is_nullable=True,
               links_to="models.model_id"),
        Column("score", pl.Float64, "The score, 0 to 1 where it is a share", "see benchmarks.unit"),
        Column("standard_error", pl.Float64, "Standard error as stated, on the scale of the score", "see benchmarks.unit", is_nullable=True,
               minimum=0),
        Column("setting", pl.String, "Shots, tools, scaffold or edit format as printed", is_nullable=True),
        Column("release_date", pl.Date, "Day the hub gives for the version", is_nullable=True, minimum=date(2018, 1, 1)),
        Column("release_date_basis_code", pl.String, "Whether that day is the hub's or set right by curation",
               values=("source", "curated", "unknown")),
        Column("evaluated_date", pl.Date, "Day the run began, where stated", is_nullable=True, minimum=date(2020, 1, 1)),
        Column("organization_id", pl.String, "First developing organisation", is_nullable=True,
               links_to="organizations.organization_id"),
        Column("organization_name", pl.String, "Developing organisations as printed, or as curated where blank", is_nullable=True),
        Column("country_code", pl.String, "Country of the developing organisations where it is one", is_nullable=True,
               links_to="countries.country_code"),
        Column("country_basis_code", pl.String, "Where the country comes from", values=BASES),
        Column("source_id", pl.String, "Source of the row", values=(SOURCE.id,)),
    ),
    rules=RULES,
)  # fmt: skip


def build(  # noqa: PLR0913 - parameters name inputs
    *,
    epoch_benchmark_hub: pl.DataFrame,
    reference_benchmarks: pl.DataFrame,
    reference_version_dates: pl.DataFrame,
    reference_eci_organizations: pl.DataFrame,
    reference_model_aliases: pl.DataFrame,
    reference_country_aliases: pl.DataFrame,
    country_codes: pl.DataFrame,
    organizations: pl.DataFrame,
    organization_aliases: pl.DataFrame,
    models: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row per benchmark, version and result; raises ContractBroken for a country or an organisation nobody knows."""
    known = Known(reference_eci_organizations, organizations, organization_aliases, country_codes, reference_country_aliases, TABLE.name)
    named = _with_models(epoch_benchmark_hub).filter(pl.col("model_version").is_not_null() & pl.col("score").is_not_null())
    rows = placed(_on_scale(named, reference_benchmarks), pl.col("model_version"), SOURCE.id, known)
    linked = corrected(rows, reference_version_dates).with_columns(
        model_id=model_ids(rows["model_name"], SOURCE.id, models, reference_model_aliases),
        base_version=pl.col("model_version").str.replace(HOST, "").str.replace(EFFORT, ""),
        effort_code=pl.col("model_version").str.extract(EFFORT).str.to_lowercase(),
        source_id=pl.lit(SOURCE.id),
    )
    return _with_ordinals(linked.select(name for name in TABLE.column_names if name != "ordinal").unique())


def _with_models(rows: pl.DataFrame) -> pl.DataFrame:
    """Every row with the model that the hub's index names for its version."""
    index = rows.filter(pl.col("benchmark_file") == INDEX).select("model_version", "model_name")
    return rows.drop("model_name").join(index, on="model_version", how="left", maintain_order="left")


def _on_scale(rows: pl.DataFrame, plans: pl.DataFrame) -> pl.DataFrame:
    """Scores and errors on the benchmark's scale, under our id; digits beyond the tenth are noise of the division."""
    divisors = plans.select(
        "benchmark_id",
        benchmark_file="file_name",
        score_divisor=pl.col("score_divisor").cast(pl.Float64),
        error_divisor=pl.col("error_divisor").cast(pl.Float64),
    )
    return rows.join(divisors, on="benchmark_file", how="inner", maintain_order="left").with_columns(
        score=(pl.col("score") / pl.col("score_divisor")).round(10),
        standard_error=(pl.col("standard_error") / pl.col("error_divisor")).round(10),
    )


def _with_ordinals(rows: pl.DataFrame) -> pl.DataFrame:
    """Results of one version on one benchmark counted from the best; every column breaks ties, so that the order is always the same."""
    ordered = rows.sort("score", *rows.columns, descending=[True, *[False] * len(rows.columns)], nulls_last=True)
    return ordered.with_columns(ordinal=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("benchmark_id", "model_version"))
