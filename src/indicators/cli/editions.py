"""`indicators backfill`: past editions of the sources whose servers have them, fetched once and kept for good.

Know before editing: this is a command and no Dagster job. An edition never changes: there is nothing to schedule, and nothing goes stale.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import click

from indicators.cli import show
from indicators.model import Folders
from indicators.pipeline import Pipeline
from indicators.snapshots import Check, is_absent
from indicators.sources import sources

FAILED = 1
FIRST_DAY = date(2017, 12, 31)
"""The last quarter end before the indicators' first month."""
QUARTER_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))


def backfill(source_ids: Sequence[str], since: date | None, until: date | None, days: Sequence[date], *, again: bool) -> int:
    """Fetch editions of quarter ends, or of the given days, that are not held yet; returns the exit code."""
    folders = Folders.from_environment()
    chosen = _with_past(source_ids)
    asked = _days(since, until, days)
    found: dict[str, list[Check]] = {}
    for source_id in chosen:
        wanted = asked if again else Pipeline(folders).missing_editions(source_id, asked)
        with show.FetchBar(len(wanted)) as bar:
            found[source_id] = Pipeline(folders, bar).backfill(source_id, wanted)
    show.editions(found, len(asked))
    return FAILED if any(_is_failure(checks, len(asked)) for checks in found.values()) else 0


def _with_past(source_ids: Sequence[str]) -> list[str]:
    """The sources named, or all that have past editions; raises UsageError for any other."""
    known = [source_id for source_id, module in sources().items() if module.SOURCE.past]
    for source_id in source_ids:
        if source_id not in known:
            told = "serves only its state of today" if source_id in sources() else "is no source"
            raise click.UsageError(f"{source_id} {told}; past editions are served for: {', '.join(known)}")
    return list(dict.fromkeys(source_ids)) or known


def _days(since: date | None, until: date | None, days: Sequence[date]) -> list[date]:
    """The days to ask for, in order; raises UsageError where they lie ahead, are given in two ways, or there are none."""
    if days and (since or until):
        raise click.UsageError("--as-of names the very days; leave out --since and --until, which are for quarter ends")
    since, today = since or FIRST_DAY, datetime.now(UTC).date()
    last = until or today
    ahead = [day for day in (*days, last) if day > today]
    if ahead:
        raise click.UsageError(f"{ahead[0]} lies ahead (today is {today}, UTC); past editions are of days gone by")
    if days:
        return sorted(set(days))
    if since > last:
        raise click.UsageError(f"--since {since} is after --until {last}; give the earlier day first")
    ends = [date(year, *end) for year in range(since.year, last.year + 1) for end in QUARTER_ENDS]
    asked = [day for day in ends if since <= day <= last]
    if not asked:
        raise click.UsageError(f"no quarter ends between {since} and {last}; name a day with --as-of")
    return asked


def _is_failure(checks: Sequence[Check], asked: int) -> bool:
    """True where an edition failed for another reason than that the server has none, or where none of the days is held now."""
    absent = sum(is_absent(check) for check in checks)
    return absent == asked or any(not check.is_good and not is_absent(check) for check in checks)
