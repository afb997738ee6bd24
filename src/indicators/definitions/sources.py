"""Sources in the graph: an asset that fetches each, with a check that tells whether its server confirmed the files.

Know before editing: a fetch that failed is a materialization all the same, for the release goes on from the last good bytes. So the
freshness policy of the page says when the source was last asked, and the check `fresh` whether it answered: red where no file could be
confirmed, yellow where some could not. Neither stops a run; a schedule that must not publish from stale sources says so (`require_fresh`).
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import dagster as dg

from indicators.definitions import markdown
from indicators.definitions.keys import PRIVATE_SOURCES, SOURCES, source_key
from indicators.model import Source
from indicators.pipeline import Pipeline
from indicators.snapshots import Check, Provenance

OUTCOMES = ("new", "changed", "unchanged", "rejected", "failed")
ORIGINS = ("live", "snapshot", "baseline")


def source_asset(pipeline: Pipeline, source: Source) -> dg.AssetsDefinition:
    """The asset that fetches one source."""

    @dg.asset(
        key=source_key(source.id),
        group_name=PRIVATE_SOURCES if source.is_private else SOURCES,
        description=f"{source.title}, by {source.publisher}. {source.attribution}.",
        kinds={"http"},
        tags={"redistribution": source.redistribution, "cadence": f"{source.cadence.days}-days"},
        metadata=_stated(source),
        freshness_policy=dg.FreshnessPolicy.time_window(fail_window=2 * source.cadence, warn_window=source.cadence),
    )
    def fetch(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
        checks = pipeline.refresh(source.id)
        for check in checks:
            (context.log.info if check.is_good else context.log.warning)(f"{check.file}: {check.outcome} {check.error}".rstrip())
        found = [part.provenance for part in pipeline.rows(source.id)]
        version = dg.DataVersion(hashlib.sha256("".join(file.sha256 for file in found).encode()).hexdigest())
        return dg.MaterializeResult(data_version=version, metadata=_fetched(checks, found))

    return fetch


def _stated(source: Source) -> dict[str, Any]:
    """What a source is, before anything is fetched."""
    homepage = dg.MetadataValue.url(source.homepage)
    return {"homepage": homepage, "publisher": source.publisher, "license": source.license, "files": len(source.files)}


def _fetched(checks: Sequence[Check], found: Sequence[Provenance]) -> dict[str, Any]:
    """What a page shows of a fetch: how its files fared, which days they have, and what rows there are now, file by file."""
    days = {
        "last_checked": _newest(check.checked_at for check in checks),
        "last_confirmed": _newest(file.checked_at for file in found),
        "last_changed": _newest(file.retrieved_at for file in found),
    }
    return {
        "dagster/row_count": sum(file.rows for file in found),
        **{name: moment for name, moment in days.items() if moment},
        "stale": sum(file.is_stale for file in found),
        **{f"from_{origin}": sum(file.origin_code == origin for file in found) for origin in ORIGINS},
        **{outcome: sum(check.outcome == outcome for check in checks) for outcome in OUTCOMES},
        "bytes": sum(file.bytes for file in found),
        "checks": dg.MetadataValue.md(_checks(checks)),
        "origins": dg.MetadataValue.md(_origins(found)),
    }


def _newest(moments: Iterable[str]) -> dg.TimestampMetadataValue | None:
    """The newest of some moments, as the page shows one; None where all are unknown."""
    newest = max(moments, default="")
    return dg.MetadataValue.timestamp(datetime.fromisoformat(newest)) if newest else None


def _checks(checks: Sequence[Check]) -> str:
    """A line a file asked for, what went wrong first."""
    bad_first = sorted(checks, key=lambda check: (check.is_good, check.file))
    rows = [(check.file, check.outcome, f"{check.size:,}", check.changed_at, check.error) for check in bad_first]
    return markdown.table(("file", "outcome", "bytes", "changed", "trouble"), rows)


def _origins(found: Iterable[Provenance]) -> str:
    """A line a file that has rows, what is stale first."""
    stale_first = sorted(found, key=lambda file: (not file.is_stale, file.file_name))
    rows = [(file.file_name, file.origin_code, file.rows, file.as_of_date, file.retrieved_at, file.checked_at) for file in stale_first]
    return markdown.table(("file", "from", "rows", "as of", "retrieved", "checked"), rows)


def freshness_check(pipeline: Pipeline, source: Source) -> dg.AssetChecksDefinition:
    """A check that never blocks: the release goes on from the last good bytes and names the source as stale."""

    @dg.asset_check(asset=source_key(source.id), name="fresh", description="Did the server confirm every file when it was last asked?")
    def fresh() -> dg.AssetCheckResult:
        found = [part.provenance for part in pipeline.rows(source.id)]
        failed = [check for check in pipeline.checks.get(source.id, []) if not check.is_good]
        stale = [file for file in found if file.is_stale]
        confirmed = [file for file in found if not (file.is_stale or file.is_past)]
        return dg.AssetCheckResult(
            passed=not (stale or failed),
            severity=dg.AssetCheckSeverity.WARN if confirmed else dg.AssetCheckSeverity.ERROR,
            description=_told(confirmed, stale, failed),
            metadata={"confirmed": len(confirmed), "stale": len(stale), "not_usable": len(failed)},
        )

    return fresh


def _told(confirmed: Sequence[Provenance], stale: Sequence[Provenance], failed: Sequence[Check]) -> str:
    """How many files were confirmed; where some were not, why, and what stands in for them."""
    if not (stale or failed):
        return f"Confirmed with the server: {len(confirmed)} file{'s' * (len(confirmed) != 1)}."
    why = {check.file: check.error for check in failed}
    instead = {file.file_name: f"{file.origin_code} of {file.as_of_date or file.retrieved_at or 'an unknown day'}" for file in stale}
    why |= {file.file_name: file.trouble or "not asked yet" for file in stale if file.file_name not in why}
    rows = [(name, instead.get(name, "nothing"), trouble) for name, trouble in sorted(why.items())]
    told = f"**Not confirmed: {len(why)} file{'s' * (len(why) != 1)}**, confirmed: {len(confirmed)}. A release says what stands in."
    return f"{told}\n\n{markdown.table(('file', 'stands in', 'trouble'), rows)}"
