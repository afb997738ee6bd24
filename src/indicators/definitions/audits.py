"""Audits in the graph: the blocking check of each table, and how its page tells what was found.

Know before editing: the page draws the description of a check as Markdown and tables in full, and hides Markdown metadata behind a
click. So what blocks stands in the description with its rows, every answer in a table, and the rows of warnings behind the click.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import dagster as dg

from indicators.definitions import markdown
from indicators.definitions.keys import table_key
from indicators.pipeline import Pipeline
from indicators.quality import TableAudit
from indicators.quality.judge import Finding

ANSWERS = ("NO", "WARN", "yes")
"""In the order of a page: what blocks, what is published as a known imperfection, what holds."""
FAILURES = "failures"
"""Where a check keeps what blocks as sentences, for the terminal."""
COLUMNS = ("answer", "question", "fails")
SCHEMA = dg.TableSchema([dg.TableColumn(name) for name in COLUMNS])
SHOWN_ROWS = 20
"""Rows of a question on the page; `audit.json` has up to 100 of a warning."""


def audit_check(pipeline: Pipeline, name: str) -> dg.AssetChecksDefinition:
    """The blocking audit of one table, after the tables that its questions read."""
    neighbours = [table_key(other) for other in sorted(pipeline.judged_with(name))]

    @dg.asset_check(asset=table_key(name), name="audit", blocking=True, additional_deps=neighbours, description=f"May {name} be published?")
    def audit() -> dg.AssetCheckResult:
        return _judged(pipeline.audit(name))

    return audit


def answer(finding: Finding) -> str:
    """One of `ANSWERS`."""
    return "yes" if finding.passed else "WARN" if finding.is_warning else "NO"


def _judged(audit: TableAudit) -> dg.AssetCheckResult:
    counts = {"answered_no": len(audit.failures), "warnings": len(audit.warnings), "seconds": audit.seconds_judging}
    told: dict[str, Any] = {FAILURES: dg.MetadataValue.json(audit.message().splitlines())} if audit.failures else {}
    shown = {"rows_of_warnings": dg.MetadataValue.md(_in_detail(audit.warnings))} if audit.warnings else {}
    return dg.AssetCheckResult(
        passed=audit.passed,
        severity=dg.AssetCheckSeverity.ERROR,
        description=_verdict(audit),
        metadata={"answers": _answers(audit.findings), **shown, **counts, **told},
    )


def _verdict(audit: TableAudit) -> str:
    """What the audit says, then each question that blocks with its rows."""
    asked, no, warned = len(audit.findings), len(audit.failures), len(audit.warnings)
    may = "may be published" if audit.passed else "may not be published"
    verdict = f"**{audit.table} {may}.** Of {asked} questions, {no} answered NO and {warned} WARN."
    return f"{verdict}\n\n{_in_detail(audit.failures)}" if audit.failures else verdict


def _in_detail(findings: Iterable[Finding]) -> str:
    """Each question with how much fails it, and some of the rows."""
    return "\n\n".join(
        f"**{answer(finding)}: {finding.question}** {_how_much(finding)}, such as\n\n{markdown.records(finding.sample[:SHOWN_ROWS])}"
        for finding in findings
    )


def _answers(findings: Sequence[Finding]) -> dg.TableMetadataValue:
    """Every question with its answer, what blocks first."""
    ordered = sorted(findings, key=lambda finding: ANSWERS.index(answer(finding)))
    told = [(answer(finding), finding.question, "" if finding.passed else _how_much(finding)) for finding in ordered]
    return dg.MetadataValue.table([dg.TableRecord(dict(zip(COLUMNS, row, strict=True))) for row in told], SCHEMA)


def _how_much(finding: Finding) -> str:
    """Rows, or the share of them where the question is about a share."""
    number = finding.failing_rows
    return f"{number:,.0f} row{'s' * (number != 1)}" if number == int(number) else f"{number:.1%} of the rows"
