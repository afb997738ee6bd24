"""Sources in the graph: an asset that fetches each, with a check that warns where a file could not be confirmed."""

import hashlib
from collections.abc import Sequence
from typing import Any

import dagster as dg

from indicators.definitions.keys import PRIVATE_SOURCES, SOURCES, source_key
from indicators.model import Source
from indicators.pipeline import Pipeline
from indicators.snapshots import Check


def source_asset(pipeline: Pipeline, source: Source) -> dg.AssetsDefinition:
    """The asset that fetches one source."""

    @dg.asset(
        key=source_key(source.id),
        group_name=PRIVATE_SOURCES if source.is_private else SOURCES,
        description=f"{source.title}, by {source.publisher}. {source.attribution}.",
        kinds={"http"},
        metadata={
            "homepage": dg.MetadataValue.url(source.homepage),
            "license": source.license,
            "redistribution": source.redistribution,
            "files": len(source.files),
        },
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
    rows = sum(part.provenance.rows for part in pipeline.rows(source.id))
    counts = {
        outcome: sum(check.outcome == outcome for check in checks) for outcome in ("new", "changed", "unchanged", "rejected", "failed")
    }
    listing = "\n".join(f"| {check.file} | {check.outcome} | {check.size:,} | {check.error} |" for check in checks)
    return {
        "dagster/row_count": rows,
        **counts,
        "checks": dg.MetadataValue.md(f"| file | outcome | bytes | |\n|---|---|---|---|\n{listing}"),
    }


def freshness_check(pipeline: Pipeline, source: Source) -> dg.AssetChecksDefinition:
    """A warning, never an error: the release goes on from the last good bytes and names the source as stale."""

    @dg.asset_check(asset=source_key(source.id), name="fresh", description="Was every file confirmed with its server?")
    def fresh() -> dg.AssetCheckResult:
        stale = [part.provenance for part in pipeline.rows(source.id) if part.provenance.is_stale]
        told = "; ".join(f"{file.file_name} from {file.origin_code}: {file.trouble}" for file in stale[:5])
        return dg.AssetCheckResult(passed=not stale, severity=dg.AssetCheckSeverity.WARN, description=told, metadata={"stale": len(stale)})

    return fresh
