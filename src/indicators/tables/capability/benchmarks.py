"""benchmarks: what each benchmark of the hub measures, on which scale, who runs it, and how much of it names a model.

Which files there are and how they are read is curated in `benchmarks.csv`, one reason a row; a benchmark that this capture of the hub
no longer holds stays listed, with no rows.
"""

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.sources.epoch_benchmark_hub import SOURCE

EVALUATORS = ("own_runs", "own_fit", "external")
UNITS = ("share", "points", "rating points", "index points", "minutes")

TABLE = Table(
    name="benchmarks",
    title="Benchmarks",
    description="One row per benchmark. Scores of one benchmark are comparable within one release; between benchmarks they never are.",
    key=("benchmark_id",),
    row_bounds=(44, 104),
    columns=(
        Column("benchmark_id", pl.String, "Our id, stable when the hub renames its file", pattern=r"^[a-z0-9_]+$"),
        Column("title", pl.String, "Name of the benchmark"),
        Column("measure_name", pl.String, "Column of the hub that is read as the score, in its newest spelling"),
        Column("unit", pl.String, "Unit of the scores; share: 0 to 1", values=UNITS),
        Column("scale_min", pl.Float64, "Least score there can be"),
        Column("scale_max", pl.Float64, "Highest score there can be; null where there is none", is_nullable=True),
        Column("is_higher_better", pl.Boolean, "Whether a higher score is a better one"),
        Column("evaluator_code", pl.String, "Who scored: Epoch's own runs, Epoch's own fit, or an external leaderboard or paper",
               values=EVALUATORS),
        Column("credit", pl.String, "Whose scores these are: to be credited beside Epoch AI where it is another"),
        Column("source_id", pl.String, "Source the scores are read from", values=(SOURCE.id,)),
        Column("upstream_row_count", pl.Int64, "Rows of the hub's file, in this capture", "rows", minimum=0, maximum=5_000),
        Column("unassigned_row_count", pl.Int64, "Of these, rows that name no model version and are left out", "rows", minimum=0,
               maximum=1_000),
        Column("unscored_row_count", pl.Int64, "Of these, rows that name a version and no score and are left out", "rows", minimum=0,
               maximum=1_000),
        Column("basis", pl.String, "Why this column and this scale"),
    ),
    rules=(
        Rule("Does every scale begin below its end?", "SELECT * FROM benchmarks WHERE scale_min >= scale_max"),
        Rule("Is a share on a scale from 0 to 1?", "SELECT * FROM benchmarks WHERE unit = 'share' AND (scale_min, scale_max) <> (0, 1)"),
        Rule(
            "Are there not more rows left out than there are?",
            "SELECT * FROM benchmarks WHERE unassigned_row_count + unscored_row_count > upstream_row_count",
        ),
        Rule("Is every benchmark in this capture?", "SELECT benchmark_id FROM benchmarks WHERE upstream_row_count = 0", is_warning=True),
        Rule(
            "Does every benchmark name the model in at least half of its rows?",
            "SELECT benchmark_id, unassigned_row_count, upstream_row_count FROM benchmarks "
            "WHERE unassigned_row_count > 0.5 * upstream_row_count",
            is_warning=True,
        ),
    ),
)  # fmt: skip


def build(epoch_benchmark_hub: pl.DataFrame, reference_benchmarks: pl.DataFrame) -> pl.DataFrame:
    """Return one row per curated benchmark with the counts of this capture's rows."""
    is_named = pl.col("model_version").is_not_null()
    counts = epoch_benchmark_hub.group_by(file_name="benchmark_file").agg(
        upstream_row_count=pl.len().cast(pl.Int64),
        unassigned_row_count=(~is_named).sum().cast(pl.Int64),
        unscored_row_count=(is_named & pl.col("score").is_null()).sum().cast(pl.Int64),
    )
    rows = reference_benchmarks.join(counts, on="file_name", how="left").with_columns(pl.col("^.*_row_count$").fill_null(0))
    return rows.select(
        "benchmark_id",
        "title",
        "unit",
        "evaluator_code",
        "credit",
        "^.*_row_count$",
        measure_name=pl.col("score_columns").str.split(";").list.first(),
        scale_min=pl.col("scale_min").cast(pl.Float64),
        scale_max=pl.col("scale_max").cast(pl.Float64),
        is_higher_better=pl.col("is_higher_better") == "true",
        source_id=pl.lit(SOURCE.id),
        basis="reason",
    )
