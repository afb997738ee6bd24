"""Release steps in the graph: the audited candidate, the published release, the history.

Know before editing: no `from __future__ import annotations` here (it breaks `dg.Config`).
"""

from typing import Any

import dagster as dg

from indicators.definitions.keys import CANDIDATE, HISTORY, PUBLISHED, RELEASE, table_key
from indicators.pipeline import Pipeline, permissions
from indicators.release import Published


class CandidateConfig(dg.Config):
    """How strict a run is about its sources."""

    require_fresh: bool = False


def candidate_asset(pipeline: Pipeline) -> dg.AssetsDefinition:
    """Tables put together once all have passed, with the quality report."""

    @dg.asset(
        key=CANDIDATE,
        group_name=RELEASE,
        deps=[table_key(name) for name in permissions.public_tables()],
        description="Audited tables, ready to publish",
    )
    def candidate(config: CandidateConfig) -> dg.MaterializeResult[Any]:
        assembled = pipeline.assemble(require_fresh=config.require_fresh)
        return dg.MaterializeResult(metadata={"tables": len(assembled.tables), "path": dg.MetadataValue.path(str(assembled.folder))})

    return candidate


def published_asset(pipeline: Pipeline) -> dg.AssetsDefinition:
    """The release that came of the candidate, or the last one where nothing changed."""

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


def history_asset(pipeline: Pipeline) -> dg.AssetsDefinition:
    """The history, brought up to the newest release."""

    @dg.asset(key=HISTORY, group_name=RELEASE, deps=[PUBLISHED], description="Every version of every released row", kinds={"duckdb"})
    def history() -> dg.MaterializeResult[Any]:
        recorded = pipeline.record()
        versions = pipeline.history.releases()
        return dg.MaterializeResult(
            metadata={"recorded": ", ".join(recorded), "releases": len(versions), "path": str(pipeline.history.file)}
        )

    return history


def run_config(*, require_fresh: bool) -> dict[str, Any]:
    """Run configuration of a job that assembles a candidate."""
    return {"ops": {"release__candidate": {"config": {"require_fresh": require_fresh}}}}
