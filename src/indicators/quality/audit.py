"""The audit of one table: its verdict, its findings, and the hash of the file that was judged."""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from indicators.model import Table
from indicators.quality.judge import Finding, judge_metrics, judge_rows, load
from indicators.quality.metrics import Previous, measure

Result = TypeVar("Result")

__all__ = ["Previous", "TableAudit", "audit_table", "file_sha256"]


@dataclass(frozen=True)
class TableAudit:
    """What the audit found in one table."""

    table: str
    sha256: str
    passed: bool
    findings: tuple[Finding, ...]
    seconds_loading: float
    """Importing Great Expectations, once a process."""
    seconds_judging: float
    """Great Expectations at work."""
    seconds_measuring: float
    """DuckDB answering what spans tables or releases."""

    @property
    def failures(self) -> list[Finding]:
        """Findings that block a release."""
        return [finding for finding in self.findings if not finding.passed and not finding.is_warning]

    @property
    def warnings(self) -> list[Finding]:
        """Findings that are published with the release."""
        return [finding for finding in self.findings if not finding.passed and finding.is_warning]

    def as_json(self) -> dict[str, Any]:
        """The audit as plain values."""
        return json.loads(json.dumps(asdict(self), default=str))  # type: ignore[no-any-return]

    def message(self) -> str:
        """Every failure in words: table, column, how many rows, which."""
        return "\n".join(_in_words(self.table, finding) for finding in self.failures)


def audit_table(
    table: Table, tables: Path, connection: duckdb.DuckDBPyConnection, previous: Previous | None = None, refused: list[str] | None = None
) -> TableAudit:
    """Judge one written table; `connection` has a view for every table of the folder that it links to."""
    loading = load()
    path = tables / f"{table.name}.parquet"
    findings, judging = _timed(lambda: judge_rows(table, path))
    measuring = 0.0
    if findings[0].passed:
        metrics, measuring = _timed(lambda: measure(table, connection, previous, refused or []))
        judged, again = _timed(lambda: judge_metrics(metrics))
        findings, judging = findings + judged, judging + again
    passed = all(finding.passed or finding.is_warning for finding in findings)
    seconds = [round(spent, 3) for spent in (loading, judging, measuring)]
    return TableAudit(table.name, file_sha256(path), passed, tuple(findings), *seconds)


def file_sha256(path: Path) -> str:
    """The sha256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What some work gave, and the seconds it took."""
    begun = time.monotonic()
    return work(), time.monotonic() - begun


def _in_words(table: str, finding: Finding) -> str:
    place = f"{table}.{finding.column}" if finding.column else table
    return f"{place}: {finding.question} No: {finding.failing_rows:g} failing, e.g. {finding.sample}"
