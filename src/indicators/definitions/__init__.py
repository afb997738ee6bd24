"""The Dagster graph, drawn from the registries: sources, tables with their audits, candidate, release, history.

What does not belong here: logic. Every step is one call into `pipeline`. Adding a source or a table adds its assets.
"""

import dagster as dg

from indicators.definitions.audits import audit_check
from indicators.definitions.jobs import JOBS, failures, schedules
from indicators.definitions.releases import candidate_asset, history_asset, published_asset, run_config
from indicators.definitions.sources import freshness_check, source_asset
from indicators.definitions.tables import curated_specs, table_asset
from indicators.model import Folders
from indicators.pipeline import Pipeline
from indicators.sources import sources
from indicators.tables import tables

__all__ = ["build", "defs", "failures", "run_config"]


def build(pipeline: Pipeline) -> dg.Definitions:
    """The whole graph over one pipeline."""
    upstream = [module.SOURCE for module in sources().values()]
    assets = [*(source_asset(pipeline, source) for source in upstream), *(table_asset(pipeline, name) for name in tables())]
    checks = [*(freshness_check(pipeline, source) for source in upstream), *(audit_check(pipeline, name) for name in tables())]
    return dg.Definitions(
        assets=[*assets, *curated_specs(), candidate_asset(pipeline), published_asset(pipeline), history_asset(pipeline)],
        asset_checks=checks,
        jobs=list(JOBS.values()),
        schedules=schedules(),
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """What Dagster loads: the graph over the folders that the environment says."""
    return build(Pipeline(Folders.from_environment()))
