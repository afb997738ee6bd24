"""The Dagster graph, drawn from the registries: sources, tables with their audits, candidate, release, history.

What does not belong here: logic. Every step is one call into `pipeline`. Adding a source or a table adds its assets.
Know before editing: no `from __future__ import annotations` here (it breaks `dg.Config`).
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg
import polars as pl

from indicators.model import Column, Folders, IndicatorsError, Source
from indicators.pipeline import Pipeline
from indicators.quality import TableAudit
from indicators.release import Published
from indicators.snapshots import Check
from indicators.sources import sources
from indicators.tables import REFERENCE, inputs, tables

SOURCES, TABLES, RELEASE = "sources", "tables", "release"
CANDIDATE = dg.AssetKey(["release", "candidate"])
PUBLISHED = dg.AssetKey(["release", "published"])
HISTORY = dg.AssetKey(["release", "history"])
DAILY = "17 5 * * *"
PREVIEW_ROWS = 5


class CandidateConfig(dg.Config):
    """How strict a run is about its sources."""

    require_fresh: bool = False


def build(pipeline: Pipeline) -> dg.Definitions:
    """The whole graph over one pipeline."""
    assets = [_source(pipeline, module.SOURCE) for module in sources().values()]
    assets += [_table(pipeline, name) for name in tables()]
    checks = [_freshness(pipeline, module.SOURCE) for module in sources().values()]
    checks += [_audit(pipeline, name) for name in tables()]
    return dg.Definitions(
        assets=[*assets, *_references(), _candidate(pipeline), _published(pipeline), _history(pipeline)],
        asset_checks=checks,
        jobs=[_JOBS["refresh"], _JOBS["release"], _JOBS["refresh_and_release"]],
        schedules=[_schedule()],
        executor=dg.in_process_executor,
    )


def _source_key(source_id: str) -> dg.AssetKey:
    return dg.AssetKey(["source", source_id])


def _table_key(name: str) -> dg.AssetKey:
    return dg.AssetKey(["table", name])


def _source(pipeline: Pipeline, source: Source) -> dg.AssetsDefinition:
    @dg.asset(
        key=_source_key(source.id),
        group_name=SOURCES,
        description=f"{source.title}, by {source.publisher}. {source.attribution}.",
        kinds={"http"},
        metadata={"homepage": dg.MetadataValue.url(source.homepage), "license": source.license, "files": len(source.files)},
        freshness_policy=dg.FreshnessPolicy.time_window(fail_window=2 * source.cadence, warn_window=source.cadence),
    )
    def fetch(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
        checks = pipeline.refresh(source.id)
        for check in checks:
            (context.log.info if check.is_good else context.log.warning)(f"{check.file}: {check.outcome} {check.error}".rstrip())
        hashes = "".join(part.provenance.sha256 for part in pipeline.rows(source.id))
        version = dg.DataVersion(hashlib.sha256(hashes.encode()).hexdigest())
        return dg.MaterializeResult(data_version=version, metadata=_fetched(pipeline, source, checks))

    return fetch


def _fetched(pipeline: Pipeline, source: Source, checks: Sequence[Check]) -> dict[str, Any]:
    rows = sum(part.frame.height for part in pipeline.rows(source.id))
    counts = {
        outcome: sum(check.outcome == outcome for check in checks) for outcome in ("new", "changed", "unchanged", "rejected", "failed")
    }
    listing = "\n".join(f"| {check.file} | {check.outcome} | {check.size:,} | {check.error} |" for check in checks)
    return {
        "dagster/row_count": rows,
        **counts,
        "checks": dg.MetadataValue.md(f"| file | outcome | bytes | |\n|---|---|---|---|\n{listing}"),
    }


def _freshness(pipeline: Pipeline, source: Source) -> dg.AssetChecksDefinition:
    """A warning, never an error: the release goes on from the last good bytes and names the source as stale."""

    @dg.asset_check(asset=_source_key(source.id), name="fresh", description="Was every file confirmed with its server?")
    def fresh() -> dg.AssetCheckResult:
        stale = [part.provenance for part in pipeline.rows(source.id) if part.provenance.is_stale]
        told = "; ".join(f"{file.file_name} from {file.origin_code}: {file.note}" for file in stale[:5])
        return dg.AssetCheckResult(passed=not stale, severity=dg.AssetCheckSeverity.WARN, description=told, metadata={"stale": len(stale)})

    return fresh


def _references() -> list[dg.AssetSpec]:
    """The curated facts that tables ask for, drawn so that the graph shows them."""
    asked = sorted({name for module in tables().values() for name in inputs(module) if name.startswith(REFERENCE)})
    return [
        dg.AssetSpec(_reference_key(name), group_name="curated", description=f"data/reference/{name.removeprefix(REFERENCE)}.csv")
        for name in asked
    ]


def _reference_key(name: str) -> dg.AssetKey:
    return dg.AssetKey(["reference", name.removeprefix(REFERENCE)])


def _inputs(name: str) -> list[dg.AssetKey]:
    """The assets a table is built from."""
    keys: set[dg.AssetKey] = set()
    for asked in inputs(tables()[name]):
        if asked in sources():
            keys.add(_source_key(asked))
        elif asked in tables():
            keys.add(_table_key(asked))
        elif asked.startswith(REFERENCE):
            keys.add(_reference_key(asked))
        elif asked == "provenance":
            keys |= {_source_key(source_id) for source_id in sources()}
        elif asked == "measurements":
            keys |= {_table_key(other) for other, module in tables().items() if module.TABLE.is_released and other != name}
    return sorted(keys)


def _table(pipeline: Pipeline, name: str) -> dg.AssetsDefinition:
    table = tables()[name].TABLE
    columns = [dg.TableColumn(column.name, str(column.kind), description=_describe(column)) for column in table.columns]

    @dg.asset(
        key=_table_key(name),
        group_name=TABLES,
        deps=_inputs(name),
        description=f"{table.title}. {table.description}",
        kinds={"polars", "parquet"},
        metadata={"dagster/column_schema": dg.TableSchema(columns), "key": ", ".join(table.key), "is_released": table.is_released},
    )
    def made() -> dg.MaterializeResult[Any]:
        path = pipeline.build(name)
        frame = pl.read_parquet(path)
        preview = dg.MetadataValue.md(_markdown(frame.head(PREVIEW_ROWS)))
        size = path.stat().st_size
        return dg.MaterializeResult(
            metadata={"dagster/row_count": frame.height, "bytes": size, "preview": preview, "path": dg.MetadataValue.path(str(path))}
        )

    return made


def _describe(column: Column) -> str:
    return f"{column.description} ({column.unit})" if column.unit else column.description


def _markdown(frame: pl.DataFrame) -> str:
    lines = ["| " + " | ".join(frame.columns) + " |", "|" + "---|" * frame.width]
    return "\n".join(lines + ["| " + " | ".join("" if value is None else str(value) for value in row) + " |" for row in frame.iter_rows()])


def _audit(pipeline: Pipeline, name: str) -> dg.AssetChecksDefinition:
    neighbours = [_table_key(other) for other in sorted(pipeline.judged_with(name))]

    @dg.asset_check(
        asset=_table_key(name), name="audit", blocking=True, additional_deps=neighbours, description=f"May {name} be published?"
    )
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


def _candidate(pipeline: Pipeline) -> dg.AssetsDefinition:
    @dg.asset(
        key=CANDIDATE, group_name=RELEASE, deps=[_table_key(name) for name in tables()], description="Audited tables, ready to publish"
    )
    def candidate(config: CandidateConfig) -> dg.MaterializeResult[Any]:
        assembled = pipeline.assemble(require_fresh=config.require_fresh)
        return dg.MaterializeResult(metadata={"tables": len(assembled.tables), "path": dg.MetadataValue.path(str(assembled.folder))})

    return candidate


def _published(pipeline: Pipeline) -> dg.AssetsDefinition:
    @dg.asset(key=PUBLISHED, group_name=RELEASE, deps=[CANDIDATE], description="The newest immutable release", kinds={"parquet"})
    def published() -> dg.MaterializeResult[Any]:
        outcome = pipeline.publish()
        return dg.MaterializeResult(data_version=dg.DataVersion(outcome.release.version), metadata=_release_metadata(outcome))

    return published


def _release_metadata(outcome: Published) -> dict[str, Any]:
    lines = [
        f"| {name} | {change.rows_after:,} | +{change.rows_added:,} | −{change.rows_removed:,} | ±{change.rows_changed:,} |"
        for name, change in outcome.changes.items()
    ]
    table = "\n".join(["| table | rows | added | removed | changed |", "|---|---|---|---|---|", *lines])
    return {
        "version": outcome.release.version,
        "is_new": outcome.is_new,
        "changes": dg.MetadataValue.md(table),
        "path": dg.MetadataValue.path(str(outcome.release.folder)),
    }


def _history(pipeline: Pipeline) -> dg.AssetsDefinition:
    @dg.asset(key=HISTORY, group_name=RELEASE, deps=[PUBLISHED], description="Every version of every released row", kinds={"duckdb"})
    def history() -> dg.MaterializeResult[Any]:
        recorded = pipeline.record()
        versions = pipeline.history.releases()
        return dg.MaterializeResult(
            metadata={"recorded": ", ".join(recorded), "releases": len(versions), "path": str(pipeline.history.file)}
        )

    return history


_JOBS = {
    "refresh": dg.define_asset_job("refresh", dg.AssetSelection.groups(SOURCES), description="Fetch every source"),
    "release": dg.define_asset_job(
        "release", dg.AssetSelection.groups(TABLES, RELEASE), description="Build, audit and publish from what is stored"
    ),
    "refresh_and_release": dg.define_asset_job(
        "refresh_and_release", dg.AssetSelection.groups(SOURCES, TABLES, RELEASE), description="Fetch, build, audit and publish"
    ),
}


def _schedule() -> dg.ScheduleDefinition:
    """Daily, off until someone switches it on; refuses to publish from stale sources."""
    return dg.ScheduleDefinition(
        name="daily",
        job=_JOBS["refresh_and_release"],
        cron_schedule=os.environ.get("INDICATORS_SCHEDULE", DAILY),
        execution_timezone="UTC",
        run_config=run_config(require_fresh=True),
        description="Fetch and release once a day; INDICATORS_SCHEDULE sets another cron.",
    )


def run_config(*, require_fresh: bool) -> dict[str, Any]:
    """Run configuration of a job that assembles a candidate."""
    return {"ops": {"release__candidate": {"config": {"require_fresh": require_fresh}}}}


_EXPECTED = {"IndicatorsError", *(kind.__name__ for kind in IndicatorsError.__subclasses__())}


def failures(result: dg.ExecuteInProcessResult) -> Iterator[tuple[str, str]]:
    """Why a run failed, as (error class, message): our own error or the innermost cause of each step, and each failed audit."""
    for event in result.all_events:
        if event.is_step_failure and event.step_failure_data.error:
            error = event.step_failure_data.error
            while error.cause and error.cls_name not in _EXPECTED:
                error = error.cause
            told = error.message.partition(": ")[2].strip() or error.message
            if error.cls_name != "DagsterAssetCheckFailedError":
                yield error.cls_name or "", f"{(event.step_key or '').replace('__', '/')}: {told}"
    for evaluation in result.get_asset_check_evaluations():
        if not evaluation.passed and evaluation.severity == dg.AssetCheckSeverity.ERROR:
            yield "AuditFailed", f"audit of {evaluation.asset_key.path[-1]}:\n{evaluation.description}"


defs = build(Pipeline(Folders.from_environment()))
