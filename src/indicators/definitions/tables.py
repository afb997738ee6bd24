"""Tables in the graph: an asset that builds each, with the blocking audit that decides whether it may be published."""

from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl

from indicators.definitions.keys import CURATED, PRIVATE, TABLES, reference_key, source_key, table_key
from indicators.model import Column
from indicators.pipeline import Pipeline, permissions
from indicators.quality import TableAudit
from indicators.sources import sources
from indicators.tables import OVERLOOKING, REFERENCE, inputs, seen_by, tables

PREVIEW_ROWS = 5


def curated_specs() -> list[dg.AssetSpec]:
    """The curated facts that tables ask for, drawn so that the graph shows them."""
    asked = sorted({name for module in tables().values() for name in inputs(module) if name.startswith(REFERENCE)})
    return [
        dg.AssetSpec(reference_key(name), group_name=CURATED, description=f"data/reference/{name.removeprefix(REFERENCE)}.csv")
        for name in asked
    ]


def _inputs(name: str) -> list[dg.AssetKey]:
    """The assets a table is built from; a source of which it is given no rows is none of them."""
    keys: set[dg.AssetKey] = set()
    table = tables()[name].TABLE
    for asked in inputs(tables()[name]):
        if asked in sources():
            keys |= set() if permissions.is_withheld(table, sources()[asked].SOURCE) else {source_key(asked)}
        elif asked in tables():
            keys.add(table_key(asked))
        elif asked.startswith(REFERENCE):
            keys.add(reference_key(asked))
        elif asked == "provenance":
            keys |= {source_key(source_id) for source_id in permissions.public_sources()}
        elif asked in OVERLOOKING:
            keys |= {table_key(other) for other in seen_by(name)}
    return sorted(keys)


def table_asset(pipeline: Pipeline, name: str) -> dg.AssetsDefinition:
    """The asset that builds one table, with its columns and a preview."""
    table = tables()[name].TABLE
    columns = [dg.TableColumn(column.name, str(column.kind), description=_describe(column)) for column in table.columns]

    @dg.asset(
        key=table_key(name),
        group_name=PRIVATE if permissions.is_private(name) else TABLES,
        deps=_inputs(name),
        description=f"{table.title}. {table.description}",
        kinds={"polars", "parquet"},
        metadata={"dagster/column_schema": dg.TableSchema(columns), "key": ", ".join(table.key), "is_released": table.is_released},
    )
    def made() -> dg.MaterializeResult[Any]:
        return dg.MaterializeResult(metadata=_found(pipeline, name, pipeline.build(name)))

    return made


def _found(pipeline: Pipeline, name: str, path: Path) -> dict[str, Any]:
    """What a page shows of a built table: its size, its first rows, and how many of its parts were built."""
    rows = pl.scan_parquet(path)
    found: dict[str, Any] = {
        "dagster/row_count": rows.select(pl.len()).collect().item(),
        "bytes": path.stat().st_size,
        "preview": dg.MetadataValue.md(_markdown(rows.head(PREVIEW_ROWS).collect())),
        "path": dg.MetadataValue.path(str(path)),
    }
    return found | ({"parts_built": pipeline.rebuilt[name]} if name in pipeline.rebuilt else {})


def _describe(column: Column) -> str:
    return f"{column.description} ({column.unit})" if column.unit else column.description


def _markdown(frame: pl.DataFrame) -> str:
    lines = ["| " + " | ".join(frame.columns) + " |", "|" + "---|" * frame.width]
    return "\n".join(lines + ["| " + " | ".join("" if value is None else str(value) for value in row) + " |" for row in frame.iter_rows()])


def audit_check(pipeline: Pipeline, name: str) -> dg.AssetChecksDefinition:
    """The blocking audit of one table, after the tables that its questions read."""
    neighbours = [table_key(other) for other in sorted(pipeline.judged_with(name))]

    @dg.asset_check(asset=table_key(name), name="audit", blocking=True, additional_deps=neighbours, description=f"May {name} be published?")
    def audit() -> dg.AssetCheckResult:
        return _judged(pipeline.audit(name))

    return audit


def _judged(audit: TableAudit) -> dg.AssetCheckResult:
    rows = [f"| {'yes' if finding.passed else 'WARN' if finding.is_warning else 'NO'} | {finding.question} |" for finding in audit.findings]
    return dg.AssetCheckResult(
        passed=audit.passed,
        severity=dg.AssetCheckSeverity.ERROR,
        description=audit.message() or f"{len(audit.findings)} questions, {len(audit.warnings)} warnings",
        metadata={
            "questions": dg.MetadataValue.md("\n".join(["| | |", "|---|---|", *rows])),
            "warnings": dg.MetadataValue.json([finding.as_json() for finding in audit.warnings]),
            "failures": dg.MetadataValue.json([finding.as_json() for finding in audit.failures]),
            "seconds": audit.seconds_judging,
        },
    )
