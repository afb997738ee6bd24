"""Releases to a place where readers read them: verified before they are copied, whole before the index names them.

Know before editing: the order of writing is what a killed run may be cut at.
1. `.pending/<version>/SHA256SUMS` says which release is on its way. What lies in the folder of an unfinished release is trusted only
   under it: files appear whole, so one that is there has the checksum that was announced, and is not sent again.
2. The files, then `<version>/SHA256SUMS`, which seals the release: from then on nothing in its folder is ever written over.
3. The index, last.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from indicators.model import ReleaseRefused
from indicators.release.remote_index import FILES, named, write_index
from indicators.release.shelf import SUMS, Release, Shelf
from indicators.release.target import PENDING, Target
from indicators.release.verify import verify

SHOWN = 3
REMEDY = "a release that is out never changes: publish to another place, or find out which of the two is the one that people cite"
UNFINISHED = "that upload was never finished: finish it where it was begun, or remove {version} and .pending/{version} there"
Progress = Callable[[str, int, int], None]
"""Told what is being done, bytes copied so far, and bytes in all."""


@dataclass(frozen=True)
class Outgoing:
    """A release, and which of its files the target lacks."""

    release: Release
    missing: list[str]

    @property
    def bytes(self) -> int:
        """Bytes to send."""
        return sum((self.release.folder / name).stat().st_size for name in self.missing)


@dataclass(frozen=True)
class Uploaded:
    """What came of it: files and bytes sent by release, 0 where it was there already, and the index files that were written."""

    files: dict[str, int]
    bytes: int
    index: list[str]


def upload(shelf: Shelf, target: Target, versions: Sequence[str], progress: Progress) -> Uploaded:
    """Bring releases of a shelf to a target (all, where none is named); raises ReleaseRefused before a byte is sent."""
    chosen = [shelf.get(version) for version in dict.fromkeys(versions)] or shelf.releases() or [shelf.get()]
    named(target)  # refuses a place with another index, before anything is sent
    outgoing = [_compare(release, target) for release in chosen]
    for one in outgoing:
        if one.missing:
            progress(f"verifying {one.release.version}", 0, 1)
            _require_verified(one.release)
    total, done = sum(one.bytes for one in outgoing), 0
    for one in outgoing:
        for name, size in _send(one, target):
            done += size
            progress(name, done, total)
    written = write_index(target, shelf)
    target.clear([*(release.version for release in chosen), *FILES])
    return Uploaded({one.release.version: len(one.missing) for one in outgoing}, total, written)


def _compare(release: Release, target: Target) -> Outgoing:
    """What the target lacks of a release; raises ReleaseRefused where it holds something else under that id."""
    version, sums = release.version, (release.folder / SUMS).read_bytes()
    ours, there, seal = _hashes(sums), target.sizes(version), target.read(f"{version}/{SUMS}")
    stated = seal if seal is not None else target.read(f"{PENDING}/{version}/{SUMS}")
    if stated is None and there:
        raise ReleaseRefused(f"{version}: {target.address} holds {_some(there)} of it, and nothing says which release that is; remove them")
    if stated is not None and stated != sums:
        _require_verified(release)
        differing = {name for name, _ in ours.items() ^ _hashes(stated).items()}
        told = f"{version}: {target.address} holds another release of that id ({_some(differing)} differ)"
        raise ReleaseRefused(f"{told}; {REMEDY if seal is not None else UNFINISHED.format(version=version)}")
    sizes = {name: _size(release.folder / name) for name in (*ours, SUMS)}
    foreign = [name for name in there if name not in sizes or (seal is not None and there[name] != sizes[name])]
    if foreign:
        _require_verified(release)
        raise ReleaseRefused(f"{version}: at {target.address}, {_some(foreign)} differ from what was released; {REMEDY}")
    return Outgoing(release, [name for name in sizes if there.get(name) != sizes[name]])


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.exists() else None


def _require_verified(release: Release) -> None:
    """Raise ReleaseRefused with what is wrong with a release."""
    wrong = [f"{verdict.subject}: {verdict.detail}" for verdict in verify(release) if not verdict.passed]
    if wrong:
        told = "; ".join(wrong[:SHOWN])
        raise ReleaseRefused(f"{release.version} is not as it was released, and nothing was copied: {told}; `indicators verify` shows all")


def _send(outgoing: Outgoing, target: Target) -> Iterator[tuple[str, int]]:
    """Announce a release, send what is missing, seal it; yields each file sent, and its bytes."""
    version, folder = outgoing.release.version, outgoing.release.folder
    if not outgoing.missing:
        return
    target.put(folder / SUMS, f"{PENDING}/{version}/{SUMS}")
    with ThreadPoolExecutor(target.lanes) as pool:
        files = [name for name in outgoing.missing if name != SUMS]
        for name, _ in zip(files, pool.map(lambda name: target.put(folder / name, f"{version}/{name}"), files), strict=True):
            yield name, (folder / name).stat().st_size
    if SUMS in outgoing.missing:
        target.put(folder / SUMS, f"{version}/{SUMS}")
        yield SUMS, (folder / SUMS).stat().st_size


def _hashes(sums: bytes) -> dict[str, str]:
    """By file: the checksum that SHA256SUMS states."""
    lines = (line.partition("  ") for line in sums.decode("utf-8", errors="replace").splitlines())
    return {name: sha256 for sha256, _, name in lines}


def _some(names: Collection[str]) -> str:
    """The first of many names, and how many more."""
    shown = ", ".join(sorted(names)[:SHOWN])
    return shown if len(names) <= SHOWN else f"{shown} and {len(names) - SHOWN} more"
