"""Great Expectations as the judge: rows of a table, or measured questions a row each, against expectations.

Know before editing: Great Expectations loads in seconds, so it is imported on the first judgement and never before.
"""

import gc
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from indicators.model import Table
from indicators.quality.metrics import SAMPLE_ROWS, Metric


@dataclass(frozen=True)
class Finding:
    """One question, its answer, and, where it is no, how many rows and a few of them."""

    question: str
    passed: bool
    expectation: str
    column: str = ""
    is_warning: bool = False
    failing_rows: float = 0
    sample: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The finding as plain values that JSON can hold."""
        return json.loads(json.dumps(asdict(self), default=str))  # type: ignore[no-any-return]


@cache
def load() -> float:
    """Import Great Expectations once; returns the seconds it took. Without the collector that is a fifth less."""
    begun = time.monotonic()
    gc.disable()
    try:
        import great_expectations  # noqa: F401

        from indicators.quality import questions  # noqa: F401
    finally:
        gc.enable()
    return time.monotonic() - begun


def judge_rows(table: Table, path: Path) -> list[Finding]:
    """Every expectation of the contract, judged on the rows of a Parquet file."""
    load()
    import pandas as pd

    from indicators.quality import questions

    frame = pd.read_parquet(path, dtype_backend="pyarrow")
    has_columns = list(frame.columns) == table.column_names
    asked = questions.of_contract(table) if has_columns else [questions.of_columns(table)]
    findings = _validate(frame, asked, "BOOLEAN_ONLY")
    failed = [expectation for expectation, finding in zip(asked, findings, strict=True) if not finding.passed]
    detail = _detail([name for name in table.key if name in frame.columns])
    details = {finding.question: finding for finding in (_validate(frame, failed, detail) if failed else [])}
    return [details.get(finding.question, finding) for finding in findings]


def judge_metrics(metrics: Sequence[Metric]) -> list[Finding]:
    """Every metric against what is allowed, judged as one frame with a row a question."""
    load()
    import pandas as pd

    from indicators.quality import questions

    frame = pd.DataFrame(
        [{"question": metric.question, "failing": float(metric.failing), "allowed": float(metric.allowed)} for metric in metrics]
    )
    (verdict,) = _validate(frame, [questions.of_metrics()], _detail(("question",), rows=len(metrics)))
    failed = {row["question"] for row in verdict.sample}
    return [_answer(metric, verdict.expectation, passed=metric.question not in failed) for metric in metrics]


def _answer(metric: Metric, expectation: str, *, passed: bool) -> Finding:
    sample = [] if passed else metric.sample
    return Finding(metric.question, passed, expectation, metric.column, metric.is_warning, metric.failing, sample)


def _detail(key: Sequence[str], rows: int = SAMPLE_ROWS) -> dict[str, Any]:
    """A result format that tells up to `rows` of the rows that fail, by their key."""
    return {"result_format": "COMPLETE", "partial_unexpected_count": rows, "unexpected_index_column_names": list(key)}


def _validate(frame: Any, asked: list[Any], told: Any) -> list[Finding]:
    """Findings in the order asked, told in a result format."""
    results = _batch(frame).validate(_suite(asked), result_format=told).results
    rows = told["partial_unexpected_count"] if isinstance(told, dict) else 0
    findings = {finding.question: finding for finding in (_finding(result, rows) for result in results)}
    return [findings[expectation.meta["question"]] for expectation in asked]


def _finding(result: Any, rows: int) -> Finding:
    config, stated = result.expectation_config, dict(result.result or {})
    sample = stated.get("partial_unexpected_index_list") or [{"observed": stated.get("observed_value")}]
    return Finding(
        question=config.meta["question"],
        passed=bool(result.success),
        expectation=config.type,
        column=config.meta["subject"],
        failing_rows=0 if result.success else stated.get("unexpected_count", 0) or 1,
        sample=[] if result.success else _plain(sample[:rows], result),
    )


def _plain(sample: list[dict[str, Any]], result: Any) -> list[dict[str, Any]]:
    """Sample rows as JSON can hold them, or the exception where an expectation could not be asked."""
    raised = result.exception_info if isinstance(result.exception_info, dict) else {}
    if raised.get("raised_exception"):
        return [{"error": str(raised.get("exception_message"))}]
    return [{name: value if isinstance(value, int | float | str | bool) else str(value) for name, value in row.items()} for row in sample]


def _suite(asked: list[Any]) -> Any:
    import great_expectations as gx

    return gx.ExpectationSuite(name="audit", expectations=[expectation.copy(update={"id": None}) for expectation in asked])


def _batch(frame: Any) -> Any:
    return _frames().get_batch({"dataframe": frame})


@cache
def _frames() -> Any:
    """One ephemeral context for the process, without telemetry or progress bars: the definition of a batch that is a whole frame."""
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    asset = context.data_sources.add_pandas("candidate").add_dataframe_asset("table")
    return asset.add_batch_definition_whole_dataframe("whole")
