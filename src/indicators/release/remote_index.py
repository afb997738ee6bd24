"""The index at a target: what readers go by. It names every whole release there, whoever published it, and is written last.

Know before editing:
- A release or a withdrawal that another machine published is never dropped: the index is drawn (by `index`, as on a shelf) from
  what lies at the target. A stand-in for it is made here, with the few documents of each release that the drawing reads.
- Two machines at once: what was written is read again, until it stays.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

from indicators.model import PROJECT_NAME, IndicatorsError
from indicators.release import feed, index
from indicators.release.shelf import PACKAGE, SUMS, VERSION, WITHDRAWN, Release, Shelf
from indicators.release.target import Target

FILES = (WITHDRAWN, *index.FILES)
"""In the order of writing."""
READ = (PACKAGE, "changes.json")
"""What the drawing reads of a release, SHA256SUMS aside."""
TRIES = 5


def named(target: Target) -> set[str]:
    """The releases that the index at a target names; raises IndicatorsError where what is there is no index of ours."""
    held = _json(target, index.FILES[0])
    if held and held.get("name") != PROJECT_NAME:
        raise IndicatorsError(f"{target.address}: its {index.FILES[0]} is no index of {PROJECT_NAME}; publish to a place of its own")
    return {str(entry["version"]) for entry in held.get("releases", [])}


def write_index(target: Target, shelf: Shelf) -> list[str]:
    """Make the index at a target name every release that is whole there; returns the files that had to be written."""
    written: list[str] = []
    for _ in range(TRIES):
        with tempfile.TemporaryDirectory() as place:
            stand_in = _stand_in(Path(place), target, shelf)
            index.draw(stand_in)
            stale = [name for name in FILES if target.read(name) != _bytes(stand_in.folder / name)]
            for name in stale:
                target.put(stand_in.folder / name, name) if (stand_in.folder / name).exists() else target.remove(name)
        if not stale:
            return written
        written += stale
    raise IndicatorsError(f"{target.address}: others keep writing the index there; all releases are copied; run this again for the index")


def _stand_in(place: Path, target: Target, shelf: Shelf) -> Shelf:
    """A shelf of what is whole at the target; raises IndicatorsError where the index names what is gone."""
    ours = {release.version: release for release in shelf.releases()}
    whole: set[str] = set()
    for version in filter(VERSION.match, target.folders()):
        sums = target.read(f"{version}/{SUMS}")
        if sums is not None:
            whole.add(version)
            _stand(place / version, target, sums, ours.get(version))
    if gone := named(target) - whole:
        told = f"{target.address}: its index names {', '.join(sorted(gone))}, not whole there any more"
        raise IndicatorsError(f"{told}; publish them again from the machine that has them")
    there, here = _json(target, WITHDRAWN), json.loads(_bytes(shelf.folder / WITHDRAWN) or b"{}")
    withdrawn = {version: told for version, told in sorted((here | there).items()) if version in whole}
    if withdrawn:
        (place / WITHDRAWN).write_text(json.dumps(withdrawn, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return Shelf(place)


def _stand(folder: Path, target: Target, sums: bytes, ours: Release | None) -> None:
    """A release for the drawing: our own where it is the same, else its documents; pages that it only points to are left empty."""
    if ours and _bytes(ours.folder / SUMS) == sums:
        folder.symlink_to(ours.folder.resolve())
        return
    listed = {line.partition("  ")[2] for line in sums.decode("utf-8").splitlines()}
    for name in listed & {*READ, *(page for page, _ in feed.PAGES)}:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((target.read(f"{folder.name}/{name}") or b"") if name in READ else b"")
    (folder / SUMS).write_bytes(sums)


def _json(target: Target, name: str) -> dict[str, Any]:
    """A JSON file at the target, empty where there is none; raises IndicatorsError where it is broken."""
    try:
        held: dict[str, Any] = json.loads(target.read(name) or b"{}")
    except ValueError as error:
        raise IndicatorsError(f"{target.address}: its {name} is no JSON ({error}); look who wrote it, and put it right") from error
    return held


def _bytes(path: Path) -> bytes | None:
    """What a file holds, or None where there is none."""
    return path.read_bytes() if path.exists() else None
