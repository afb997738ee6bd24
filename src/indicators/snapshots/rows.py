"""Rows of a source for a table builder: per file, the newest good snapshot, else the baseline; and which it was.

Know before editing:
- This never asks a server. What is stale is decided from the log alone (did the last check of the file succeed?), so the
  same state gives the same release, whenever it is read.
- A part is read when it is asked for and not held, so that memory does not grow with the number of files.
- Past editions that the log or the baseline holds come after the source's own files, oldest first. They never change: no later
  check makes one stale, and one that can no longer be read stops the run, for nothing else stands in for it.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal

import polars as pl

from indicators.model import BadPayload, File, IndicatorsError, Parser, Source
from indicators.snapshots import baseline
from indicators.snapshots.store import Check, Store

Origin = Literal["live", "snapshot", "baseline"]


@dataclass(frozen=True)
class Provenance:
    """Where the rows of one file came from."""

    source_id: str
    file_name: str
    url: str
    origin_code: Origin
    sha256: str
    bytes: int
    rows: int
    as_of_date: date | None
    retrieved_at: str
    checked_at: str
    trouble: str
    """Why the newest check did not confirm these bytes; empty where it did, or where none was made."""
    note: str = ""
    """What to know of the bytes themselves, such as a copy that leaves cells out."""
    is_past: bool = False
    """True for a past edition, which never changes."""

    @property
    def is_stale(self) -> bool:
        """True unless the newest check of the file confirmed these very bytes with the server, or they are a past edition."""
        return self.origin_code != "live" and not self.is_past


@dataclass(frozen=True)
class Part:
    """The provenance of one file's rows, and how to read them."""

    provenance: Provenance
    read: Callable[[], pl.DataFrame]

    @property
    def frame(self) -> pl.DataFrame:
        """The rows, read anew."""
        return self.read()


@dataclass(frozen=True)
class _Found:
    """What the snapshots of a file give: rows (none for an index), the files it names, and any doubt; or doubt alone."""

    is_usable: bool
    part: Part | None
    further: tuple[File, ...]
    doubt: str


def read_rows(source: Source, parse: Parser, store: Store, folder: Path) -> list[Part]:
    """Every file's rows, in the order of the source's files, then past editions; raises IndicatorsError where there should be some."""
    stored = baseline.files(folder, source.id)
    past = _held_editions(source, store, stored)
    parse = _once(parse) if past else parse
    parts: list[Part] = []
    waiting = [(file, "") for file in source.files]
    while waiting:
        file, doubt = waiting.pop(0)
        found = _newest_good(source, parse, store, file, doubt)
        if found.is_usable:
            waiting = [(further, found.doubt) for further in found.further] + waiting
            parts += [found.part] if found.part else []
        elif not file.is_data:
            others = {known.name for known in (*source.files, *past)}
            named = [entry for name, entry in stored.items() if name not in others]
            parts += [_from_baseline(source, folder, entry, found.doubt) for entry in named]
        elif file.name in stored:
            parts.append(_from_baseline(source, folder, stored[file.name], found.doubt))
    if not parts and not source.may_be_absent:
        raise IndicatorsError(f"{source.id}: neither a snapshot nor a baseline; run `indicators refresh`")
    return parts + [_past_edition(source, parse, store, folder, file, stored.get(file.name)) for file in past]


def missing_editions(source: Source, store: Store, folder: Path, days: Iterable[date]) -> list[date]:
    """The days whose past edition neither an intact snapshot nor the baseline holds."""
    stored, newest = baseline.files(folder, source.id), store.files()
    names = {file.name for file in _held_editions(source, store, stored)}
    held = {name for name in names if name in stored or store.is_intact(newest[name].sha256)}
    return [day for day in days if source.past_edition(day).name not in held]


def _held_editions(source: Source, store: Store, stored: Mapping[str, baseline.BaselineFile]) -> list[File]:
    """Past editions that the log or the baseline holds, oldest first."""
    days = {name: entry.as_of_date for name, entry in stored.items()} | {name: check.as_of_date for name, check in store.files().items()}
    past = sorted(day for name, day in days.items() if source.is_past_edition(name, day))
    return [source.past_edition(date.fromisoformat(day)) for day in past]


def _past_edition(source: Source, parse: Parser, store: Store, folder: Path, file: File, entry: baseline.BaselineFile | None) -> Part:
    """The rows of a past edition; raises IndicatorsError where neither its snapshot nor the baseline can be read."""
    found = _newest_good(source, parse, store, file, doubt="")
    part = found.part or (_from_baseline(source, folder, entry, found.doubt) if entry else None)
    if part is None:
        told = f"the past edition {file.name} cannot be read ({found.doubt.partition('; run ')[0]})"
        raise IndicatorsError(f"{source.id}: {told}; run `indicators backfill {source.id} --as-of {file.as_of_date} --again`")
    provenance = replace(part.provenance, is_past=True)
    newest = store.files().get(file.name)
    if newest and newest.sha256 == provenance.sha256:
        provenance = replace(provenance, origin_code="live", trouble="")
    return replace(part, provenance=provenance)


def _once(parse: Parser) -> Parser:
    """The same parser, which reads the same bytes once; for sources whose rows say nothing of their file's name."""
    read: dict[bytes, pl.DataFrame] = {}

    def parsed(payload: bytes, file: File) -> pl.DataFrame:
        digest = hashlib.sha256(payload).digest()
        if digest not in read:
            read[digest] = parse(payload, file)
        return read[digest]

    return parsed


def _newest_good(source: Source, parse: Parser, store: Store, file: File, doubt: str) -> _Found:
    """The newest usable snapshot of a file; `doubt` says why the file that named this one was not confirmed."""
    for check in store.good(file.name):
        seen = File(file.name, check.url, date.fromisoformat(check.as_of_date) if check.as_of_date else None, file.is_data)
        try:
            payload = store.read(check.sha256)
            further = source.follow(payload, seen)
            rows = source.conform(parse(payload, seen)).height if file.is_data else None
        except BadPayload as error:
            doubt = doubt or str(error)
            continue
        doubt = doubt or _trouble(store, file.name)
        if rows is None:
            return _Found(is_usable=True, part=None, further=further, doubt=doubt)
        part = Part(_from_check(source, check, seen, rows, doubt), partial(_snapshot, source, parse, store, check.sha256, seen))
        return _Found(is_usable=True, part=part, further=further, doubt=doubt)
    return _Found(is_usable=False, part=None, further=(), doubt=doubt or _trouble(store, file.name))


def _snapshot(source: Source, parse: Parser, store: Store, sha256: str, file: File) -> pl.DataFrame:
    """The rows of one snapshot."""
    return source.conform(parse(store.read(sha256), file))


def _from_check(source: Source, check: Check, file: File, rows: int, doubt: str) -> Provenance:
    return Provenance(
        source_id=source.id,
        file_name=file.name,
        url=check.url,
        origin_code="snapshot" if doubt else "live",
        sha256=check.sha256,
        bytes=check.size,
        rows=rows,
        as_of_date=file.as_of_date,
        retrieved_at=check.changed_at,
        checked_at=check.checked_at,
        trouble=doubt,
    )


def _trouble(store: Store, file_name: str) -> str:
    """Why the last check of a file gave nothing; empty where it was never asked."""
    last = store.last(file_name)
    return last.error if last else ""


def _from_baseline(source: Source, folder: Path, entry: baseline.BaselineFile, trouble: str) -> Part:
    provenance = Provenance(
        source_id=source.id,
        file_name=entry.file_name,
        url=entry.url,
        origin_code="baseline",
        sha256=entry.sha256,
        bytes=entry.bytes,
        rows=entry.rows,
        as_of_date=date.fromisoformat(entry.as_of_date) if entry.as_of_date else None,
        retrieved_at="",
        checked_at="",
        trouble=trouble,
        note=entry.note,
    )
    return Part(provenance, partial(baseline.read, folder, source, entry.file_name))
