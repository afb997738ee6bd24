"""Epoch AI's benchmarking hub: one CSV a benchmark in one archive, a row per model version, and the index by version.

Know before editing:
- Which files there are, which column is the score, what is set aside and why lies in `data/reference/benchmarks.csv`, one row a file.
  A file that has no row there, or a column that its row does not name, stops the refresh; the last good archive stays in use.
- Files are known by base name: folders in the archive move between captures, and so do columns (`Average` → `Accuracy` in WeirdML,
  `Best score (across scorers)` → `mean_score` in Epoch's own runs).
- Scores stay as printed here: most files print 0 to 1, some 0 to 100, some points; the same file can print its error on another scale.
- A model has many versions (`fireworks/…`, `…_high`, `…_16K`) and a version several rows of one file (shots, scaffolds, agents).
- One row in nine names no version: mixtures of models, or models the hub does not follow. They have neither date nor organisation.
- `epoch_capabilities_index.csv` is an older fit than `eci_scores.csv`, and dates each version; only it names the model of a version.
- A date can be wrong in one capture: `Kimi-K2-Instruct-0905` is dated 2024-09-05 until 2026-01-20, a year early.
- Names of agents are not read: some are accounts of persons. Notes, sources and training compute are not read either.
"""

import csv
from dataclasses import dataclass
from datetime import timedelta

import polars as pl

from indicators.model import BadPayload, File, Folders, Source
from indicators.sources._csv import dates, numbers, read_text_columns, require_unique
from indicators.sources._zip import members

INDEX = "epoch_capabilities_index"
"""The file with every version, its model and its date."""
NOT_SCORES = ("eci_benchmark_difficulties_and_slopes", "eci_scaling", "eci_scores", "eci_benchmarks", "edi_scores")
"""Known files that are about the fit of the index or repeat `epoch_eci`."""
IGNORED = (
    "Name", "Training compute (FLOP)", "Training compute notes", "Source", "Source link", "Source Link", "Source link (site from table)",
    "Notes", "Notes (details)", "id", "ID", "UUID", "Log viewer", "Logs", "Trajectories",
)  # fmt: skip
ALIASES = {
    "model_version": ["Model version"],
    "release_date": ["Release date"],
    "organizations": ["Organization"],
    "countries": ["Country"],
}
UNPACKED_BYTES = 50_000_000

SOURCE = Source(
    id="epoch_benchmark_hub",
    title="AI Benchmarking Hub",
    publisher="Epoch AI",
    homepage="https://epoch.ai/benchmarks",
    license="CC-BY-4.0",
    redistribution="open",
    attribution="Epoch AI, 'AI Benchmarking Hub', CC BY 4.0; external leaderboards are credited in the table benchmarks",
    cadence=timedelta(days=7),
    files=(File("benchmark_data.zip", "https://epoch.ai/data/benchmark_data.zip"),),
    schema={
        "benchmark_file": pl.String,
        "model_version": pl.String,
        "model_name": pl.String,
        "score": pl.Float64,
        "standard_error": pl.Float64,
        "setting": pl.String,
        "release_date": pl.Date,
        "evaluated_date": pl.Date,
        "organizations": pl.String,
        "countries": pl.String,
    },
)


@dataclass(frozen=True)
class Plan:
    """What is read from one file of the archive: a row of `data/reference/benchmarks.csv`."""

    score_columns: tuple[str, ...]
    """Every spelling seen; the first that is there is read."""
    optional: dict[str, str]
    """Our name → the column that only some captures of the file have."""
    ignored_columns: tuple[str, ...]


def parse(payload: bytes, _file: File) -> pl.DataFrame:
    """Return one row per row of every benchmark's file: score and error as printed, version, dates, organisations and countries."""
    plans = _plans()
    found = members(payload, SOURCE.id, UNPACKED_BYTES)
    tables = {name.removesuffix(".csv"): found[name] for name in found if name != "README.md"}
    unknown = sorted(set(tables) - set(plans) - set(NOT_SCORES))
    if unknown:
        remedy = "add a row for each to data/reference/benchmarks.csv, or its name to NOT_SCORES"
        raise BadPayload(f"{SOURCE.id}: unknown files {unknown} in the archive; {remedy}")
    if INDEX not in tables:
        raise BadPayload(
            f"{SOURCE.id}: {INDEX}.csv is gone, which alone names the model of a version; look for its new name and adapt INDEX"
        )
    rows = [_rows(tables[name], name, plans[name]) for name in sorted(set(tables) & set(plans))]
    return pl.concat(rows)


def _plans() -> dict[str, Plan]:
    """The plan of every known file, by base name."""
    path = Folders.from_environment().reference / "benchmarks.csv"
    with path.open(encoding="utf-8", newline="") as opened:
        return {row["file_name"]: _plan(row) for row in csv.DictReader(opened)}


def _plan(row: dict[str, str]) -> Plan:
    optional = {"standard_error": row["error_column"], "setting": row["setting_column"], "evaluated_date": row["evaluated_column"]}
    if row["file_name"] == INDEX:
        optional["model_name"] = "Model name"
    present = {ours: theirs for ours, theirs in optional.items() if theirs}
    return Plan(tuple(row["score_columns"].split(";")), present, tuple(row["ignored_columns"].split(";")))


def _rows(payload: bytes, name: str, plan: Plan) -> pl.DataFrame:
    """The rows of one file in our columns; a column that this capture does not have is null."""
    told = f"{SOURCE.id}: {name}.csv, as data/reference/benchmarks.csv plans it"
    header = payload.decode("utf-8-sig", errors="replace").partition("\n")[0]
    columns = next(csv.reader([header.strip()]), [])
    scores = [column for column in plan.score_columns if column in columns][:1] or list(plan.score_columns)
    optional = {ours: [theirs] for ours, theirs in plan.optional.items() if theirs in columns}
    ignored = (*IGNORED, *plan.ignored_columns, *plan.score_columns)
    rows = read_text_columns(payload, told, {**ALIASES, "score": scores, **optional}, ignored)
    absent = set(SOURCE.schema) - set(rows.columns)
    rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias(column) for column in sorted(absent))
    rows = rows.with_columns(benchmark_file=pl.lit(name), evaluated_date=pl.col("evaluated_date").str.slice(0, 10))
    if name == INDEX:
        require_unique(rows, "model_version", told)
    rows = dates(numbers(rows, ["score", "standard_error"], told), ["release_date", "evaluated_date"], told)
    return rows.select(list(SOURCE.schema))
