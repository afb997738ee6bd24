"""Which releases there are: the folders themselves, and the `index.json` and `latest` that are drawn from them.

Know before editing: a folder counts once it carries SHA256SUMS, which is written last before the rename. The index is
made anew from the folders each time, so a crash between rename and index heals at the next publish.
"""

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from indicators.model import PROJECT_NAME, IndicatorsError

VERSION = re.compile(r"^(\d{4})\.(\d{2})\.(\d+)$")
SUMS = "SHA256SUMS"
PACKAGE = "datapackage.json"


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

    @property
    def schema_version(self) -> str:
        """SemVer of its schema."""
        return str(self.document(PACKAGE)["schema_version"])


@dataclass(frozen=True)
class Shelf:
    """All releases of one data folder."""

    folder: Path

    def releases(self) -> list[Release]:
        """Every release, oldest first."""
        found = [
            path
            for path in self.folder.glob("*.*.*")
            if VERSION.match(path.name) and all((path / name).is_file() for name in (SUMS, PACKAGE))
        ]
        return [Release(path.name, path) for path in sorted(found, key=lambda path: sort_key(path.name))]

    def latest(self) -> Release | None:
        """The newest release."""
        return next(reversed(self.releases()), None)

    def get(self, version: str = "latest") -> Release:
        """A release by id, or the newest; raises IndicatorsError naming those there are."""
        known = {release.version: release for release in self.releases()}
        if not known:
            raise IndicatorsError(f"no release in {self.folder} yet; make one with `indicators release`")
        wanted = next(reversed(known)) if version == "latest" else version
        if wanted not in known:
            raise IndicatorsError(f"no release {version!r} in {self.folder}; there are {', '.join(known)}")
        return known[wanted]

    def write_index(self) -> None:
        """Draw `index.json` and the `latest` link from the folders, each by a rename."""
        releases = self.releases()
        entries = [_entry(release) for release in releases]
        newest = releases[-1].version if releases else None
        index = {"name": PROJECT_NAME, "latest": newest, "releases": entries}
        draft = self.folder / ".index.json.part"
        draft.write_text(json.dumps(index, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        draft.replace(self.folder / "index.json")
        if newest:
            _point(self.folder / "latest", newest)


def next_version(shelf: Shelf, today: date) -> str:
    """CalVer `YYYY.MM.N`, N counting the releases of the month."""
    month = [key[2] for release in shelf.releases() if (key := sort_key(release.version))[:2] == (today.year, today.month)]
    return f"{today.year}.{today.month:02}.{max(month, default=0) + 1}"


def _entry(release: Release) -> dict[str, Any]:
    package = release.document(PACKAGE)
    resources = package["resources"]
    return {
        "version": release.version,
        "created": package["created"],
        "schema_version": package["schema_version"],
        "path": f"{release.version}/",
        "tables": {resource["name"]: {key: resource[key] for key in ("path", "rows", "bytes", "hash")} for resource in resources},
    }


def _point(link: Path, target: str) -> None:
    """Make `link` point to `target` in one step."""
    draft = link.with_name(f".{link.name}.part")
    draft.unlink(missing_ok=True)
    draft.symlink_to(target)
    draft.replace(link)
