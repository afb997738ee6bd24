"""Jobs, the daily schedule, and why a run failed."""

import os
from collections.abc import Iterator

import dagster as dg

from indicators.definitions.keys import PRIVATE, PRIVATE_SOURCES, RELEASE, SOURCES, TABLES
from indicators.definitions.releases import run_config
from indicators.model import IndicatorsError

DAILY = "17 5 * * *"

JOBS = {
    "refresh": dg.define_asset_job("refresh", dg.AssetSelection.groups(SOURCES, PRIVATE_SOURCES), description="Fetch every source"),
    "release": dg.define_asset_job(
        "release", dg.AssetSelection.groups(TABLES, RELEASE), description="Build, audit and publish from what is stored"
    ),
    "cross_check": dg.define_asset_job(
        "cross_check", dg.AssetSelection.groups(PRIVATE), description="Compare what was built last with sources that may not be republished"
    ),
    "refresh_and_release": dg.define_asset_job(
        "refresh_and_release",
        dg.AssetSelection.groups(SOURCES, TABLES, RELEASE),
        description="Fetch what a release rests on, build, audit and publish",
    ),
}


def daily() -> dg.ScheduleDefinition:
    """Daily, off until someone switches it on; refuses to publish from stale sources."""
    cron = os.environ.get("INDICATORS_SCHEDULE", DAILY)
    try:
        return dg.ScheduleDefinition(
            name="daily",
            job=JOBS["refresh_and_release"],
            cron_schedule=cron,
            execution_timezone="UTC",
            run_config=run_config(require_fresh=True),
            description="Fetch and release once a day; INDICATORS_SCHEDULE sets another cron.",
        )
    except dg.DagsterInvalidDefinitionError as error:
        raise IndicatorsError(f"INDICATORS_SCHEDULE={cron!r} is no cron expression; give one, such as {DAILY!r}") from error


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
