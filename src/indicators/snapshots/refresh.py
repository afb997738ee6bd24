"""Fetch a source: each of its files, a few at a time, and the files that those name; or past editions of it, by their days.

Know before editing: nothing here raises for a bad server. Each file ends in a Check (new, changed, unchanged,
rejected, failed), and what was good before stays good. A host that keeps failing is not asked for the rest.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime

from indicators.model import BadPayload, FetchFailed, File, Parser, Source
from indicators.snapshots.store import Check, Outcome, Store, now
from indicators.snapshots.transport import Answer, Progress, Transport, Validators, no_progress

FILES_AT_A_TIME = 4
FAILURES_UNTIL_GIVING_UP = 3
NOT_FOUND = (" answered 404", " is not in the mirror folder")
NOT_ASKED = " was not asked"


@dataclass
class _Refresh:
    """One fetch of one source: what it asks with, and how often the host has failed in a row."""

    source: Source
    parse: Parser
    store: Store
    transport: Transport
    progress: Progress
    failures: list[str] = field(default_factory=list)

    def check(self, file: File) -> tuple[Check, tuple[File, ...]]:
        """Ask for one file, telling of its beginning and its end; returns its check and the files it names."""
        self.progress(file.name, 0, None)
        check, further = self._checked(file)
        self.progress(file.name, check.size, check.size)
        return check, further

    def _checked(self, file: File) -> tuple[Check, tuple[File, ...]]:
        if len(self.failures) >= FAILURES_UNTIL_GIVING_UP:
            told = FetchFailed(f"{file.url}{NOT_ASKED}: {file.host} failed {len(self.failures)} times, first: {self.failures[0]}")
            return self._unusable(file, "failed", told), ()
        try:
            return self._fetch(file)
        except FetchFailed as error:
            if not any(told in str(error) for told in NOT_FOUND):
                self.failures.append(str(error))
            return self._unusable(file, "failed", error), ()
        except BadPayload as error:
            return self._unusable(file, "rejected", error), ()

    def _fetch(self, file: File) -> tuple[Check, tuple[File, ...]]:
        held = next(iter(self.store.good(file.name)), None)
        draft = self.store.draft(file.name)
        try:
            answer = self.transport.fetch(file, self._validators(file, held), self.source.max_bytes, draft, self.progress)
            if answer.path is not None:
                self.store.keep(answer.path, answer.sha256)
        finally:
            draft.unlink(missing_ok=True)
        self.failures.clear()
        sha256 = answer.sha256 if answer.path or held is None else held.sha256
        further = self._judge(self.store.read(sha256), file)
        return self.store.record(_good_check(file, answer, held)), further

    def _validators(self, file: File, held: Check | None) -> Validators:
        """Ask conditionally only where the bytes we hold came from this address and are still whole."""
        if held is None or held.url != file.url or not self.store.is_intact(held.sha256):
            return Validators()
        return Validators(held.etag, held.last_modified)

    def _judge(self, payload: bytes, file: File) -> tuple[File, ...]:
        """Parse once, so that rubbish is known at the door; raises BadPayload."""
        if file.is_data:
            self.source.conform(self.parse(payload, file))
        return self.source.follow(payload, file)

    def _unusable(self, file: File, outcome: Outcome, error: Exception) -> Check:
        day = file.as_of_date.isoformat() if file.as_of_date else ""
        return self.store.record(Check(file.name, file.url, outcome, now(), as_of_date=day, error=str(error)))


def refresh(
    source: Source,
    parse: Parser,
    store: Store,
    transport: Transport,
    progress: Progress = no_progress,
    editions: Sequence[File] | None = None,
) -> list[Check]:
    """Fetch every file of a source, or these past editions of it, and return one check each, in the order of the files."""
    run = _Refresh(source, parse, store, transport, progress)
    checks: list[Check] = []
    waiting = list(source.files if editions is None else editions)
    with ThreadPoolExecutor(FILES_AT_A_TIME) as pool:
        while waiting:
            done = list(pool.map(run.check, waiting))
            checks += [check for check, _ in done]
            waiting = [file for _, further in done for file in further]
    return checks


def is_absent(check: Check) -> bool:
    """True where the server, or the folder in its place, has no such file."""
    return not check.is_good and any(told in check.error for told in NOT_FOUND) and NOT_ASKED not in check.error


def _good_check(file: File, answer: Answer, held: Check | None) -> Check:
    """The three dates: first seen (this file), changed (these bytes), checked (now)."""
    moment = now()
    if held is not None and answer.path is None:
        answer = Answer(None, held.sha256, held.size, Validators(held.etag, held.last_modified))
    outcome: Outcome = "new" if held is None else "unchanged" if answer.sha256 == held.sha256 else "changed"
    return Check(
        file=file.name,
        url=file.url,
        outcome=outcome,
        checked_at=moment,
        first_seen_at=held.first_seen_at if held else moment,
        changed_at=held.changed_at if held and outcome == "unchanged" else moment,
        sha256=answer.sha256,
        size=answer.size,
        etag=answer.validators.etag,
        last_modified=answer.validators.last_modified,
        as_of_date=_as_of(file, answer.validators.last_modified),
    )


def _as_of(file: File, last_modified: str) -> str:
    """The day the content stands for: as the address says, else as the server does, else unknown."""
    if file.as_of_date:
        return file.as_of_date.isoformat()
    try:
        return parsedate_to_datetime(last_modified).astimezone(UTC).date().isoformat()
    except ValueError:
        return ""
