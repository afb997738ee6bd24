"""Publish: a judged candidate becomes an immutable release, or is refused with the reason.

Know before editing: a Dagster blocking check gates only the run it is in, so everything is asked again here: was every
table audited, did it pass, is each file still the one that was judged? The release is staged beside and renamed.
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indicators.model import SCHEMA_VERSION, ReleaseRefused, Table, is_new_major
from indicators.quality import file_sha256
from indicators.release import companions, index
from indicators.release.compare import TableChange, compare
from indicators.release.edition import Edition
from indicators.release.shelf import SUMS, Release, Shelf, next_version
from indicators.release.site import app


@dataclass(frozen=True)
class Candidate:
    """What may become a release: the folder with `tables/`, `audit.json` and `sources.json`, its contracts, its SQL."""

    folder: Path
    tables: Sequence[Table]
    sql: Path
    app: Path | None = None
    """The program of the page, which travels with the release where it was built."""

    @property
    def files(self) -> Path:
        """Its Parquet files."""
        return self.folder / "tables"

    @property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """Key columns by table."""
        return {table.name: table.key for table in self.tables}


@dataclass(frozen=True)
class Published:
    """What came of publishing: the release, and what changed; `is_new` is False where nothing did."""

    release: Release
    changes: dict[str, TableChange]
    is_new: bool


def publish(candidate: Candidate, shelf: Shelf, moment: datetime | None = None) -> Published:
    """Publish the candidate unless nothing changed; raises ReleaseRefused naming what forbids it."""
    hashes = _require_audited(candidate)
    last = shelf.latest()
    _require_promised(candidate, last)
    changes = compare(last.tables if last else None, candidate.files, candidate.keys, last.keys if last else None)
    provenance = {table.name for table in candidate.tables if table.is_provenance}
    if last and not any(change.is_change for name, change in changes.items() if name not in provenance):
        index.draw(shelf)
        return Published(last, changes, is_new=False)
    created = moment or datetime.now(UTC).replace(microsecond=0)
    version = next_version(shelf, created.date())
    tables = sorted(candidate.tables, key=lambda table: table.name)
    staged = shelf.folder / f".staged-{version}"
    _stage(candidate, Edition(staged, version, created, tables, hashes, last, changes))
    release = Release(version, staged.rename(shelf.folder / version))
    index.draw(shelf)
    return Published(release, changes, is_new=True)


def _require_audited(candidate: Candidate) -> dict[str, str]:
    """The hash of every table's file, once each is the file that passed its audit."""
    path = candidate.folder / "audit.json"
    if not path.exists():
        raise ReleaseRefused(f"nothing was audited: {path} is missing; run `indicators release`, which builds and audits first")
    audits = {audit["table"]: audit for audit in json.loads(path.read_text(encoding="utf-8"))["tables"]}
    hashes: dict[str, str] = {}
    for table in candidate.tables:
        audit, file = audits.get(table.name), candidate.files / f"{table.name}.parquet"
        if audit is None or not file.exists():
            raise ReleaseRefused(f"{table.name}: not audited, or its file is gone; run `indicators release` to build and audit it again")
        if not audit["passed"]:
            raise ReleaseRefused(f"{table.name}: failed its audit; read {path}, mend the cause, build again")
        hashes[table.name] = file_sha256(file)
        if hashes[table.name] != audit["sha256"]:
            raise ReleaseRefused(f"{table.name}: {file.name} changed after its audit; run `indicators release` to judge it again")
    extra = {file.stem for file in candidate.files.glob("*.parquet")} - set(hashes)
    if extra:
        raise ReleaseRefused(f"candidate holds files that no table declares: {sorted(extra)}; remove them")
    return hashes


def _require_promised(candidate: Candidate, last: Release | None) -> None:
    """Refuse to drop a table of the last release, unless a new major version of the schema says so."""
    gone = {path.stem for path in last.tables.glob("*.parquet")} - set(candidate.keys) if last else set()
    if last and gone and not is_new_major(last.schema_version):
        told = f"tables {sorted(gone)} of release {last.version} are gone and the schema is still {SCHEMA_VERSION}"
        raise ReleaseRefused(f"{told}; bring them back, or announce the break with a new major SCHEMA_VERSION")


def _stage(candidate: Candidate, edition: Edition) -> None:
    """Make a complete release folder beside its place, with SHA256SUMS written last."""
    staged = edition.folder
    shutil.rmtree(staged, ignore_errors=True)
    shutil.copytree(candidate.files, edition.files)
    for definitions in (path for name in ("indicators", "claims") if (path := candidate.sql / name).is_dir()):
        shutil.copytree(definitions, staged / "sql" / definitions.name)
    for name in ("audit.json", "sources.json"):
        shutil.copyfile(candidate.folder / name, staged / name)
    app.copy(candidate.app, staged)
    companions.write(edition)
    (staged / SUMS).write_text(_sums(staged), encoding="utf-8")


def _sums(folder: Path) -> str:
    """One line a file, as `sha256sum -c` reads it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    return "".join(f"{file_sha256(path)}  {path.relative_to(folder)}\n" for path in files)
