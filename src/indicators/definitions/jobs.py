"""Jobs, the schedules of them, and why a run failed."""

import os
from collections.abc import Iterator
from typing import Any

import dagster as dg

from indicators.definitions import keys
from indicators.definitions.audits import FAILURES
from indicators.definitions.releases import run_config
from indicators.model import IndicatorsError

DAILY, MORNING, MONDAY = "17 5 * * *", "17 4 * * *", "17 5 * * 1"

REFRESH = """Fetch every source, conditionally, and keep what is good. A server that fails stops nothing: its check `fresh` turns red
(yellow where only some files failed), the log of the step says why, and the rows of last time stand in."""
RELEASE = """Build every table from what is stored, audit each, publish a release unless nothing changed, and record it in the history.
Needs no network. An audit that fails stops the tables after it and the release; its page shows the question and the rows."""
REFRESH_AND_RELEASE = """Fetch what a release rests on, then do what `release` does. With `require_fresh` in the configuration of
`release__candidate`, as the schedules have it, the run fails where a source could not be confirmed, and nothing is published."""
CROSS_CHECK = """Compare what was built last with sources that may not be republished. What comes of it stays on this machine."""

JOBS = {
    "refresh": dg.define_asset_job("refresh", dg.AssetSelection.groups(keys.SOURCES, keys.PRIVATE_SOURCES), description=REFRESH),
    "release": dg.define_asset_job("release", dg.AssetSelection.groups(keys.TABLES, keys.RELEASE), description=RELEASE),
    "cross_check": dg.define_asset_job("cross_check", dg.AssetSelection.groups(keys.PRIVATE), description=CROSS_CHECK),
    "refresh_and_release": dg.define_asset_job(
        "refresh_and_release", dg.AssetSelection.groups(keys.SOURCES, keys.TABLES, keys.RELEASE), description=REFRESH_AND_RELEASE
    ),
}


def schedules() -> list[dg.ScheduleDefinition]:
    """What can be switched on: all of it daily; or the fetching daily and the release on Mondays. Off until someone switches one on."""
    cron = os.environ.get("INDICATORS_SCHEDULE", DAILY)
    try:
        return [
            _schedule("daily", "refresh_and_release", cron, "Fetch and release once a day; INDICATORS_SCHEDULE sets another cron."),
            _schedule("daily_refresh", "refresh", MORNING, "Fetch once a day, beside `weekly`, so that no state of a source is missed."),
            _schedule("weekly", "refresh_and_release", MONDAY, "Fetch and release on Mondays: one release a week at most."),
        ]
    except dg.DagsterInvalidDefinitionError as error:
        raise IndicatorsError(f"INDICATORS_SCHEDULE={cron!r} is no cron expression; give one, such as {DAILY!r}") from error


def _schedule(name: str, job: str, cron: str, description: str) -> dg.ScheduleDefinition:
    """One schedule, in UTC; one that releases refuses to publish from stale sources."""
    config = run_config(require_fresh=True) if job == "refresh_and_release" else {}
    return dg.ScheduleDefinition(
        name=name, job=JOBS[job], cron_schedule=cron, execution_timezone="UTC", run_config=config, description=description
    )


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
        if not evaluation.passed and evaluation.blocking:
            yield "AuditFailed", "\n".join([f"audit of {evaluation.asset_key.path[-1]}:", *_sentences(evaluation.metadata[FAILURES])])


def _sentences(told: dg.MetadataValue[Any]) -> list[str]:
    """What a check keeps as sentences."""
    return [str(sentence) for sentence in told.value] if isinstance(told, dg.JsonMetadataValue) and isinstance(told.value, list) else []
