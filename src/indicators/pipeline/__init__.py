"""The steps from bytes to a release, as plain functions of folders: what `definitions` draws and the CLI runs.

What does not belong here: how a step does its work (each has a module) and when it runs (Dagster).
Know before editing: one Pipeline serves one run; it reads each source's rows once and forgets them with the run.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import polars as pl
from filelock import FileLock, Timeout

from indicators import claims, measures
from indicators.history import History
from indicators.model import AuditFailed, Busy, Folders, IndicatorsError, NotFresh, Parser, Table
from indicators.pipeline import origins, parts, permissions, verdicts
from indicators.quality import Previous, TableAudit, audit_table, file_sha256
from indicators.release import Candidate, Published, Shelf, publish
from indicators.snapshots import Check, Progress, Store, Transport, baseline, missing_editions, no_progress, read_rows, refresh, remembering
from indicators.snapshots.rows import Part
from indicators.sources import sources
from indicators.tables import REFERENCE, inputs, lineage, tables

Given = ParamSpec("Given")
Result = TypeVar("Result")


def _alone(step: Callable[Concatenate["Pipeline", Given], Result]) -> Callable[Concatenate["Pipeline", Given], Result]:
    """A step that writes: no other process writes to the data folder meanwhile."""

    @wraps(step)
    def guarded(self: "Pipeline", /, *args: Given.args, **kwargs: Given.kwargs) -> Result:
        with self.alone():
            return step(self, *args, **kwargs)

    return guarded


@dataclass
class Pipeline:
    """The steps of one run over one pair of folders."""

    folders: Folders
    progress: Progress = no_progress
    transport: Callable[[], Transport] = Transport
    parts: dict[str, list[Part]] = field(default_factory=dict)
    checks: dict[str, list[Check]] = field(default_factory=dict)
    """What this run's refresh found, by source."""
    rebuilt: dict[str, int] = field(default_factory=dict)
    """How many parts of a table this run had to build, for tables built in parts."""
    outcome: Published | None = None
    """What came of publishing, once it was tried in this run."""

    def __post_init__(self) -> None:
        """Know the lock of the data folder; nothing is locked yet."""
        self._lock = FileLock(self.folders.data / ".lock")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes from writing; raises Busy where one does. A run that holds it can take it again."""
        self.folders.data.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise Busy(f"another run is writing to {self.folders.data}; wait until it has ended") from error
        try:
            yield
        finally:
            self._lock.release()

    @property
    def shelf(self) -> Shelf:
        """The releases."""
        return Shelf(self.folders.releases)

    @property
    def history(self) -> History:
        """The history of released rows."""
        return History(self.folders.history, self.folders.sql / "history")

    def store(self, source_id: str) -> Store:
        """The snapshots of a source."""
        return Store(self.folders.snapshots / source_id)

    def parser(self, source_id: str) -> Parser:
        """A source's parser, which does not read the same bytes twice."""
        return remembering(sources()[source_id].parse, self.store(source_id).folder / "rows")

    @_alone
    def refresh(self, source_id: str) -> list[Check]:
        """Fetch one source; returns a check a file and never raises for a bad server."""
        module = sources()[source_id]
        self.parts.pop(source_id, None)
        self.checks[source_id] = refresh(module.SOURCE, self.parser(source_id), self.store(source_id), self.transport(), self.progress)
        return self.checks[source_id]

    def missing_editions(self, source_id: str, days: Iterable[date]) -> list[date]:
        """The days among these whose past edition is not held yet."""
        return missing_editions(sources()[source_id].SOURCE, self.store(source_id), self.folders.baseline, days)

    @_alone
    def backfill(self, source_id: str, days: Iterable[date]) -> list[Check]:
        """Fetch past editions of one source; returns a check a day. No job of the graph: an edition is fetched once and never changes."""
        module = sources()[source_id]
        self.parts.pop(source_id, None)
        editions = [module.SOURCE.past_edition(day) for day in days]
        return refresh(module.SOURCE, self.parser(source_id), self.store(source_id), self.transport(), self.progress, editions)

    def rows(self, source_id: str) -> list[Part]:
        """A source's rows with their provenance, one part a file."""
        if source_id not in self.parts:
            module = sources()[source_id]
            self.parts[source_id] = read_rows(module.SOURCE, self.parser(source_id), self.store(source_id), self.folders.baseline)
        return self.parts[source_id]

    def standing_in(self) -> dict[str, str]:
        """By source, in words: what stands in for the files that this run's refresh could not use."""
        unusable = {source_id: {check.file for check in checks if not check.is_good} for source_id, checks in self.checks.items()}
        return {source_id: self._standing_in(source_id, names) for source_id, names in unusable.items() if names}

    def _standing_in(self, source_id: str, unusable: set[str]) -> str:
        try:
            found = [part.provenance for part in self.rows(source_id)]
        except IndicatorsError as error:
            return str(error)
        return origins.standing_in(found, unusable - {file.name for file in sources()[source_id].SOURCE.files if not file.is_data})

    def require_fresh(self) -> None:
        """Raise NotFresh naming every file whose bytes the last check did not confirm, or whose check is overdue."""
        late = [
            origins.reason(part.provenance)
            for source_id in permissions.public_sources()
            for part in self.rows(source_id)
            if origins.is_late(part.provenance)
        ]
        if late:
            listed = "\n".join(f"  {line}" for line in late)
            raise NotFresh(f"{len(late)} files are not fresh:\n{listed}\nrun `indicators refresh`, or release without --require-fresh")

    @_alone
    def build(self, name: str) -> Path:
        """Build one table from what it asks for, hold it to its contract, and write it."""
        module = tables()[name]
        permissions.require_kept_in(module.TABLE)
        given = partial(self._given, module.TABLE)
        if module.TABLE.parts_of:
            files = self._files(module.TABLE)
            path, self.rebuilt[name] = parts.build(module, files, given, self.folders.working, self.place(module.TABLE))
            return path
        frame = module.build(**{asked: given(asked) for asked in inputs(module)})
        return module.TABLE.write(frame, self.place(module.TABLE))

    def place(self, table: Table) -> Path:
        """The folder a table is written to."""
        if permissions.is_private(table.name):
            return self.folders.private
        return self.folders.candidate / "tables" if table.is_released else self.folders.working

    @_alone
    def audit(self, name: str) -> TableAudit:
        """Judge one built table and keep the verdict beside the candidate."""
        table = tables()[name].TABLE
        private = [self.folders.private] if permissions.is_private(name) else []
        read = self.judged_with(name) | {name}
        with measures.connect(self.folders.candidate / "tables", self.folders.working, *private, only=read) as connection:
            audit = audit_table(table, self.place(table), connection, self._previous(), permissions.refused(table))
        kept = next(iter(private), self.folders.candidate) / "audit" / f"{name}.json"
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside = {other: file_sha256(self.place(tables()[other].TABLE) / f"{other}.parquet") for other in sorted(read - {name})}
        _write_json(kept, audit.as_json() | {"beside": beside})
        return audit

    def judged_with(self, name: str) -> set[str]:
        """The other tables that a table's audit reads: those it links to and those its rules name."""
        table = tables()[name].TABLE
        named = {word for rule in table.rules for word in re.findall(r"\w+", rule.failing_rows)}
        return (table.links | (named & set(tables()))) - {name}

    @_alone
    def assemble(self, *, require_fresh: bool = False) -> Candidate:
        """Put the candidate together: audited tables and no others, `audit.json`, `sources.json`; raises AuditFailed."""
        if require_fresh:
            self.require_fresh()
        _prune(self.folders.candidate / "tables", {table.name for table in self.candidate().tables})
        audits = [verdicts.read_audit(self.folders.candidate / "audit" / f"{name}.json") for name in permissions.public_tables()]
        _write_json(self.folders.candidate / "audit.json", verdicts.audit_document(audits))
        _write_json(self.folders.candidate / "sources.json", self.provenance().to_dicts())
        verdicts.require_judged_together(audits)
        failed = [audit["table"] for audit in audits if not audit["passed"]]
        if failed:
            raise AuditFailed(f"tables {failed} failed their audit; read {self.folders.candidate / 'audit.json'}")
        return self.candidate()

    @_alone
    def rebuild_history(self) -> list[str]:
        """Replay all releases into a new history; returns the versions it holds."""
        self.history.rebuild([release.folder for release in self.shelf.releases()])
        return self.history.releases()

    def candidate(self) -> Candidate:
        """The candidate as it lies there, judged or not."""
        released = [module.TABLE for module in tables().values() if module.TABLE.is_released]
        return Candidate(self.folders.candidate, released, self.folders.sql, self.folders.app)

    @_alone
    def publish(self) -> Published:
        """Publish the candidate; raises ReleaseRefused."""
        self.outcome = publish(self.candidate(), self.shelf)
        return self.outcome

    @_alone
    def record(self) -> list[str]:
        """Bring the history up to the newest release; returns the versions that were recorded."""
        held, releases = self.history.releases(), self.shelf.releases()
        waiting = [release for release in releases if release.version not in held or release == releases[-1]]
        return [release.version for release in waiting if self.history.record(release.folder)]

    def provenance(self) -> pl.DataFrame:
        """Every input behind the released tables, one row a file: sources first, then curated facts."""
        made = [name for name in permissions.public_tables() if name != "sources"]
        used = set().union(*(permissions.behind(name) for name in made))
        rows = [origins.source_row(part.provenance) for source_id in sorted(used) for part in self.rows(source_id)]
        rows += [
            origins.reference_row(self.folders.reference / f"{name.removeprefix(REFERENCE)}.csv")
            for name in sorted(set().union(*(lineage(name) for name in made)))
            if name.startswith(REFERENCE)
        ]
        return pl.DataFrame(rows, schema_overrides=origins.NULLABLE, infer_schema_length=None)

    @_alone
    def write_baseline(self, source_id: str, note: str = "") -> list[baseline.BaselineFile]:
        """Make a source's newest snapshots the baseline, with a note on their bytes; files without one keep their baseline rows."""
        permissions.require_baseline_allowed(sources()[source_id].SOURCE)
        entries = [(origins.baseline_file(part.provenance, note), part.frame) for part in self.rows(source_id)]
        baseline.write_baseline(self.folders.baseline, sources()[source_id].SOURCE, entries)
        return [entry for entry, _ in entries]

    def _files(self, table: Table) -> list[Part]:
        """The files a table is built from one at a time, as far as the terms of their source allow."""
        is_withheld = permissions.is_withheld(table, sources()[table.parts_of].SOURCE)
        return [] if is_withheld else self.rows(table.parts_of)

    def _given(self, table: Table, asked: str) -> pl.DataFrame:
        """What a table's `build` asked for by that name, as far as the terms of a source allow."""
        if asked in sources() and permissions.is_withheld(table, sources()[asked].SOURCE):
            return _nothing(asked)
        return self._input(asked)

    def _input(self, name: str) -> pl.DataFrame:
        """What lies behind a name that a table may ask for."""
        if name in sources():
            parts = [part.frame.with_columns(file_name=pl.lit(part.provenance.file_name)) for part in self.rows(name)]
            return pl.concat([_nothing(name), *parts])
        if name in tables():
            return self._built(tables()[name].TABLE)
        if name.startswith(REFERENCE):
            return pl.read_csv(self.folders.reference / f"{name.removeprefix(REFERENCE)}.csv", infer_schema=False)
        made: dict[str, Callable[[], pl.DataFrame]] = {
            "definitions": lambda: measures.definition_rows(self.folders.sql / "indicators"),
            "measurements": self._measurements,
            "verdicts": self._verdicts,
            "provenance": self.provenance,
        }
        if name in made:
            return made[name]()
        raise IndicatorsError(f"a table asks for {name!r}, which is no source, table, curated file or run input")

    def _built(self, table: Table) -> pl.DataFrame:
        path = self.place(table) / f"{table.name}.parquet"
        if not path.exists():
            raise IndicatorsError(f"{table.name} is not built yet; run `indicators release`")
        return pl.read_parquet(path)

    def _measurements(self) -> pl.DataFrame:
        """The indicators over released tables and no others; raises ContractBroken where one tells more than its tables' terms allow."""
        sql, folder = self.folders.sql / "indicators", self.folders.candidate / "tables"
        _prune(folder, {table.name for table in self.candidate().tables})
        measured = measures.measurements(sql, folder)
        permissions.require_statistics(measured, measures.definitions(sql))
        return measured

    def _verdicts(self) -> pl.DataFrame:
        """The verdicts on the claims over released tables and no others; raises ContractBroken where a claim reads beyond its terms."""
        sql, folder = self.folders.sql / "claims", self.folders.candidate / "tables"
        permissions.require_ledger(claims.definitions(sql))
        return claims.verdicts(sql, folder)

    def _previous(self) -> Previous | None:
        last = self.shelf.latest()
        today = {name: frozenset(module.TABLE.column_names) for name, module in tables().items()}
        return Previous(last.version, last.schema_version, last.tables, today) if last else None


def _nothing(source_id: str) -> pl.DataFrame:
    """No rows of a source, with the column that names the file."""
    return sources()[source_id].SOURCE.nothing.with_columns(file_name=pl.lit(None, dtype=pl.String))


def _prune(folder: Path, names: set[str]) -> None:
    """Remove tables that are no longer declared."""
    for path in folder.glob("*.parquet"):
        if path.stem not in names:
            path.unlink()


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False, default=date.isoformat) + "\n", encoding="utf-8")
