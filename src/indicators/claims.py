"""Claims: each SQL file of `sql/claims` run by DuckDB over a folder of Parquet and nothing else.

What does not belong here: any judgement. The SQL has the rule, so that a reader with DuckDB alone gets the verdict.
Know before editing:
- A SELECT gives one row per evaluation: `claim_id`, `evaluation_code`, `verdict_code`, `reason`, `coverage_note` and `evidence`, a list
  of structs with the fields of `EVIDENCE`. A field that a claim has no use for may be left out, and `evidence` may be null.
- A SELECT sees the tables that its header names in `reads`, and no others.
- `at_publication` takes facts up to the day of the text, `latest` all of them; both as known now.
"""

from pathlib import Path

import duckdb
import polars as pl
from polars._typing import PolarsDataType

from indicators.measures import connect
from indicators.model import EVALUATIONS, Claim, IndicatorsError

VERDICT: dict[str, PolarsDataType] = {
    "claim_id": pl.String,
    "evaluation_code": pl.String,
    "verdict_code": pl.String,
    "reason": pl.String,
    "coverage_note": pl.String,
}
EVIDENCE: dict[str, PolarsDataType] = {
    "place": pl.Int32,
    "criterion": pl.String,
    "role_code": pl.String,
    "value": pl.Float64,
    "lower": pl.Float64,
    "upper": pl.Float64,
    "unit": pl.String,
    "threshold": pl.Float64,
    "comparison_code": pl.String,
    "is_met": pl.Boolean,
    "period_end": pl.Date,
    "coverage_share": pl.Float64,
    "names": pl.List(pl.String),
}


def definitions(sql: Path) -> list[Claim]:
    """Every claim of a folder of SQL files, by id; raises IndicatorsError where two files are of one claim."""
    found = [Claim.read(path) for path in sorted(sql.glob("*.sql"))]
    twice = sorted({claim.id for claim in found if [other.id for other in found].count(claim.id) > 1})
    if twice:
        raise IndicatorsError(f"sql/claims has several files of {twice}; a claim has one")
    return found


def judge(claim: Claim, tables: Path) -> pl.DataFrame:
    """The verdicts on one claim, a row per evaluation and criterion; raises IndicatorsError where its SQL fails or judges another."""
    try:
        with connect(tables, only=claim.reads) as connection:
            rows: pl.DataFrame = connection.sql(claim.sql).pl()
    except duckdb.Error as error:
        raise IndicatorsError(f"sql/claims/{claim.file} failed: {error}") from error
    judged = sorted(rows.select("claim_id", "evaluation_code").iter_rows())
    if judged != [(claim.id, code) for code in EVALUATIONS]:
        raise IndicatorsError(f"sql/claims/{claim.file} judges {judged}; it must give {claim.id} once for each of {list(EVALUATIONS)}")
    return _spread(rows)


def verdicts(sql: Path, tables: Path) -> pl.DataFrame:
    """Every claim over a folder of Parquet, a row per evaluation and criterion, with what its header says."""
    return pl.concat([judge(claim, tables).join(_stated(claim), on="claim_id") for claim in definitions(sql)])


def _spread(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per criterion, in the types of `EVIDENCE`; a verdict without evidence keeps one row, whose criterion is null."""
    verdict = rows.select(pl.col(name).cast(kind) for name, kind in VERDICT.items())
    if not isinstance(rows.schema["evidence"], pl.List):
        return verdict.with_columns(pl.lit(None, dtype=kind).alias(name) for name, kind in EVIDENCE.items())
    items = verdict.with_columns(rows["evidence"]).explode("evidence")
    held = {field.name for field in items["evidence"].dtype.fields}  # type: ignore[attr-defined]
    fields = [
        (pl.col("evidence").struct.field(name) if name in held else pl.lit(None)).cast(kind).alias(name) for name, kind in EVIDENCE.items()
    ]
    return items.select(*VERDICT, *fields).sort("claim_id", "evaluation_code", "place")


def _stated(claim: Claim) -> pl.DataFrame:
    """What the header says, as one row."""
    schema: dict[str, PolarsDataType] = {"indicator_ids": pl.List(pl.String), "rule_version": pl.Int32}
    told = {
        "claim_id": claim.id,
        "claim": claim.claim,
        "indicator_ids": list(claim.indicators),
        "rule": claim.rule,
        "caveats": claim.caveats,
    }
    return pl.DataFrame([told | {"rule_version": claim.rule_version, "sql": claim.sql}], schema_overrides=schema)
