"""What stands beside the releases and names them: `index.json`, the pointers to the newest, and the feed, all drawn from the folders.

Know before editing:
- Everything here is made anew each time, so a crash halfway heals at the next publish. Each file takes its place by a rename.
- The order counts: a release's folder is whole before anything names it, the index lists it before a pointer points to it, and the feed,
  which sends readers there, comes last.
- `latest.json` and `latest.txt` are for readers over HTTP and of object stores, where no link is followed; `latest` is for local ones.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from indicators.model import PROJECT_NAME
from indicators.quality import file_sha256
from indicators.release import feed
from indicators.release.shelf import PACKAGE, SUMS, Release, Shelf, Withdrawal, replace_text

FILES = ("index.json", "latest.json", "latest.txt", "feed.xml")
"""In the order of writing; a copy for other readers is to be made in the same order, after the folders."""
LINK = "latest"


def draw(shelf: Shelf) -> None:
    """Write every file of `FILES` and the link; where no release stands, no pointer does."""
    releases, gone, newest = shelf.releases(), shelf.withdrawals(), shelf.latest()
    entries = [_entry(release, gone.get(release.version)) for release in releases]
    index = {"name": PROJECT_NAME, "latest": newest.version if newest else None, "releases": entries}
    texts: dict[str, str | None] = {
        "index.json": _json(index),
        "latest.json": _json(_pointer(newest)) if newest else None,
        "latest.txt": f"{newest.version}\n" if newest else None,
        "feed.xml": feed.text(releases, gone) if releases else None,
    }
    shelf.folder.mkdir(parents=True, exist_ok=True)
    for name in FILES[:-1]:
        _put(shelf.folder / name, texts[name])
    _point(shelf.folder / LINK, newest)
    _put(shelf.folder / FILES[-1], texts[FILES[-1]])


def _entry(release: Release, withdrawal: Withdrawal | None) -> dict[str, Any]:
    """All that a reader needs to choose a release and to check what was downloaded."""
    status = {"status": "withdrawn", "withdrawn": asdict(withdrawal)} if withdrawal else {"status": "published"}
    tables = {resource["name"]: {key: resource[key] for key in ("path", "rows", "bytes", "hash")} for resource in release.resources}
    return {**_name(release), **status, "tables": tables}


def _pointer(release: Release) -> dict[str, Any]:
    return {"name": PROJECT_NAME, **_name(release), "datapackage": f"{release.version}/{PACKAGE}"}


def _name(release: Release) -> dict[str, Any]:
    return {
        "version": release.version,
        "created": release.package["created"],
        "schema_version": release.schema_version,
        "path": f"{release.version}/",
        "checksums": {"path": f"{release.version}/{SUMS}", "hash": f"sha256:{file_sha256(release.folder / SUMS)}"},
    }


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _put(path: Path, text: str | None) -> None:
    """The text in the file's place, or no file where there is nothing to say."""
    if text is None:
        path.unlink(missing_ok=True)
    else:
        replace_text(path, text)


def _point(link: Path, target: Release | None) -> None:
    """Make `link` point to a release in one step, or remove it."""
    if target is None:
        link.unlink(missing_ok=True)
        return
    draft = link.with_name(f".{link.name}.part")
    draft.unlink(missing_ok=True)
    draft.symlink_to(target.version)
    draft.replace(link)
