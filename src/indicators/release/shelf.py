"""Which releases there are, which of them were withdrawn, and which one a reader means.

Know before editing:
- A folder counts once it carries SHA256SUMS, which is written last before the rename.
- A withdrawn release stays as it is, folder and all: `withdrawn.json` beside the folders says when it was withdrawn and why. It is the
  only file here that is not drawn from the folders (`index` draws the others), and nothing takes an entry out of it.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from indicators.model import IndicatorsError

VERSION = re.compile(r"^(\d{4})\.(\d{2})\.(\d+)$")
SUMS = "SHA256SUMS"
PACKAGE = "datapackage.json"
WITHDRAWN = "withdrawn.json"


def sort_key(version: str) -> tuple[int, int, int]:
    """Year, month and number of a CalVer id, so that 2026.11.10 comes after 2026.11.9."""
    found = VERSION.match(version)
    if not found:
        raise IndicatorsError(f"{version!r} is no release id; they look like 2026.11.1")
    return int(found[1]), int(found[2]), int(found[3])


@dataclass(frozen=True)
class Release:
    """One published release."""

    version: str
    folder: Path

    @property
    def tables(self) -> Path:
        """Its Parquet files."""
        return self.folder / "tables"

    def document(self, name: str) -> Any:
        """One of its JSON files."""
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    @cached_property
    def package(self) -> dict[str, Any]:
        """What it says of itself."""
        described: dict[str, Any] = self.document(PACKAGE)
        return described

    @property
    def schema_version(self) -> str:
        """SemVer of its schema."""
        return str(self.package["schema_version"])

    @property
    def resources(self) -> list[dict[str, Any]]:
        """Its tables, as it describes them; the table of its changes is none of them."""
        return [resource for resource in self.package["resources"] if resource["path"].startswith(f"{self.tables.name}/")]

    @property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """Key columns by table, as the release itself states them."""
        schemas = {resource["name"]: resource["schema"] for resource in self.resources}
        return {name: tuple(schema.get("primaryKey") or schema["uniqueKeys"][0]) for name, schema in schemas.items()}


@dataclass(frozen=True)
class Withdrawal:
    """When a release was withdrawn (ISO 8601, UTC), and why."""

    at: str
    reason: str


@dataclass(frozen=True)
class Shelf:
    """All releases of one data folder."""

    folder: Path

    def releases(self) -> list[Release]:
        """Every release, withdrawn or not, oldest first."""
        found = [
            path
            for path in self.folder.glob("*.*.*")
            if VERSION.match(path.name) and all((path / name).is_file() for name in (SUMS, PACKAGE))
        ]
        return [Release(path.name, path) for path in sorted(found, key=lambda path: sort_key(path.name))]

    def published(self) -> list[Release]:
        """Every release that was not withdrawn, oldest first."""
        gone = self.withdrawals()
        return [release for release in self.releases() if release.version not in gone]

    def latest(self) -> Release | None:
        """The newest release that was not withdrawn."""
        return next(reversed(self.published()), None)

    def get(self, version: str = "latest") -> Release:
        """The release of that id, or `latest` or `previous` of those not withdrawn; raises IndicatorsError naming those there are."""
        known = {release.version: release for release in self.releases()}
        if not known:
            raise IndicatorsError(f"no release in {self.folder} yet; make one with `indicators release`")
        back = {"latest": 1, "previous": 2}.get(version)
        standing = self.published()
        if back and len(standing) >= back:
            return standing[-back]
        if version not in known:
            told = "; ".join([f"there are {', '.join(known)}", *(f"{name} is withdrawn" for name in known if name in self.withdrawals())])
            raise IndicatorsError(f"no release {version!r} in {self.folder}; {told}")
        return known[version]

    def withdrawals(self) -> dict[str, Withdrawal]:
        """The withdrawn releases, by version."""
        path = self.folder / WITHDRAWN
        stated: Mapping[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return {version: Withdrawal(**told) for version, told in stated.items()}

    def withdraw(self, version: str, reason: str, moment: datetime | None = None) -> Withdrawal:
        """Withdraw a release for good; raises IndicatorsError where there is none of that id, no reason, or it is withdrawn already."""
        withdrawals = self.withdrawals()
        told = " ".join(reason.split())
        if version not in {release.version for release in self.releases()}:
            sort_key(version)
            self.get(version)
        if not told:
            raise IndicatorsError(
                f"{version} is not withdrawn without a reason; say what is wrong with it, in a sentence that readers will see"
            )
        if version in withdrawals:
            raise IndicatorsError(f"{version} was withdrawn at {withdrawals[version].at} already: {withdrawals[version].reason}")
        made = Withdrawal((moment or datetime.now(UTC)).replace(microsecond=0).isoformat(), told)
        every = {name: asdict(kept) for name, kept in (withdrawals | {version: made}).items()}
        replace_text(self.folder / WITHDRAWN, json.dumps(dict(sorted(every.items())), indent=2, ensure_ascii=False) + "\n")
        return made


def next_version(shelf: Shelf, today: date) -> str:
    """CalVer `YYYY.MM.N`, N counting the releases of the month, withdrawn ones too: an id is never given twice."""
    month = [key[2] for release in shelf.releases() if (key := sort_key(release.version))[:2] == (today.year, today.month)]
    return f"{today.year}.{today.month:02}.{max(month, default=0) + 1}"


def replace_text(path: Path, text: str) -> None:
    """Put a text in a file's place by a rename: whoever reads it has the old one or the new one, whole."""
    draft = path.with_name(f".{path.name}.part")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
