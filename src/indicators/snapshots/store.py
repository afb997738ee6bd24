"""Bytes of one source, each file named by its sha256, and the append-only log of every check.

Know before editing: bytes are written beside and renamed into place, never changed; the log only grows.
A torn line (a crash while writing) is skipped and never glued to; every read hashes the bytes again. What is said of trouble
can be published, so it names neither folders nor mirrors of this machine.
"""

import hashlib
import json
import os
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO, Literal

from indicators.model import BadPayload

Outcome = Literal["new", "changed", "unchanged", "rejected", "failed"]
GOOD = ("new", "changed", "unchanged")


@dataclass(frozen=True)
class Check:
    """One look at one file: what the server said, and the three dates of the bytes that count since then."""

    file: str
    url: str
    outcome: Outcome
    checked_at: str
    first_seen_at: str = ""
    changed_at: str = ""
    sha256: str = ""
    size: int = 0
    etag: str = ""
    last_modified: str = ""
    as_of_date: str = ""
    error: str = ""

    @property
    def is_good(self) -> bool:
        """True where bytes arrived (or were confirmed) and could be parsed."""
        return self.outcome in GOOD


def now() -> str:
    """This moment, UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


class Store:
    """The snapshots of one source: `<folder>/<sha256>` and `<folder>/log.jsonl`."""

    def __init__(self, folder: Path) -> None:
        """Open the store of one source; nothing is created before something is kept."""
        self.folder = folder
        self.log = folder / "log.jsonl"
        self._lock = threading.RLock()
        self._checks: list[Check] | None = None

    def checks(self) -> list[Check]:
        """Every check so far, oldest first; the log is read once, and what this store records is added."""
        with self._lock:
            if self._checks is None:
                text = self.log.read_bytes().decode("utf-8", errors="replace") if self.log.exists() else ""
                self._checks = [check for line in text.split("\n") if (check := _read(line))]
            return self._checks

    def last(self, file: str) -> Check | None:
        """The newest check of a file, good or not."""
        return next(iter(self._newest_first(file)), None)

    def good(self, file: str) -> list[Check]:
        """Good checks of a file, newest first, each content once."""
        distinct: dict[str, Check] = {}
        for check in self._newest_first(file):
            if check.is_good:
                distinct.setdefault(check.sha256, check)
        return list(distinct.values())

    def files(self) -> dict[str, Check]:
        """The newest good check of every file that ever had one, by name."""
        return {check.file: check for check in self.checks() if check.is_good}

    def record(self, check: Check) -> Check:
        """Append a check to the log; returns it."""
        line = json.dumps({name: value for name, value in asdict(check).items() if value != ""}, ensure_ascii=False)
        with self._lock:
            self.checks().append(check)
            self.folder.mkdir(parents=True, exist_ok=True)
            with self.log.open("ab+") as log:
                log.write(("" if _ends_its_line(log) else "\n").encode() + f"{line}\n".encode())
        return check

    def draft(self, file: str) -> Path:
        """A place beside the snapshots to write a body into."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / f".{file.replace('/', '_')}.{os.getpid()}.part"

    def keep(self, draft: Path, sha256: str) -> None:
        """Move complete bytes to their name; the same bytes are kept once."""
        draft.replace(self.folder / sha256)

    def read(self, sha256: str) -> bytes:
        """The bytes of a snapshot; raises BadPayload where they are missing or no longer what was written."""
        path = self.folder / sha256
        if not path.is_file():
            raise BadPayload(f"snapshot {self.folder.name}/{sha256[:12]} is gone; run `indicators refresh` to fetch it again")
        payload = path.read_bytes()
        if hashlib.sha256(payload).hexdigest() != sha256:
            told = f"snapshot {self.folder.name}/{sha256[:12]} is damaged (its sha256 differs from its name)"
            raise BadPayload(f"{told}; run `indicators refresh` to fetch it again")
        return payload

    def is_intact(self, sha256: str) -> bool:
        """True where `read` would succeed."""
        try:
            self.read(sha256)
        except BadPayload:
            return False
        return True

    def _newest_first(self, file: str) -> Iterable[Check]:
        return (check for check in reversed(self.checks()) if check.file == file)


def _ends_its_line(log: BinaryIO) -> bool:
    """True where the log is empty or its last line is whole; a crash may have torn it."""
    if log.seek(0, os.SEEK_END) == 0:
        return True
    log.seek(-1, os.SEEK_END)
    return log.read(1) == b"\n"


def _read(line: str) -> Check | None:
    """A line of the log, or None where a crash or a stranger broke it."""
    try:
        check = Check(**json.loads(line))
        if check.as_of_date:
            date.fromisoformat(check.as_of_date)
    except (ValueError, TypeError):
        return None
    return check if check.outcome in (*GOOD, "rejected", "failed") and isinstance(check.file, str) else None
