"""Small whole releases on a shelf, made in milliseconds, and a reader who trusts nothing: what the tests of publishing share."""

import hashlib
import json
import random
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import gates
import polars as pl

from indicators.release import Release, Shelf, index

PAGE_BYTES = 3_000


def release(shelf: Path, version: str, pages: int = 0) -> Release:
    """A release that verifies: two tables, what describes them, and pages of noise; other versions have other bytes."""
    folder, number = shelf / version, int(version.rpartition(".")[2])
    (folder / "site").mkdir(parents=True)
    noise = random.Random(version)  # noqa: S311 - noise, no secret
    for page in range(pages):
        (folder / "site" / f"{page}.html").write_bytes(noise.randbytes(PAGE_BYTES))
    tables = {"chips": gates.chips(number), "indicator_values": pl.DataFrame({"indicator_id": [f"i{number}"]})}
    gates.write(folder, tables)
    resources = [_resource(folder, name, frame) for name, frame in tables.items()]
    package = {"created": f"2026-01-{number:02}T00:00:00+00:00", "schema_version": "1.0.0", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(package))
    (folder / "changes.json").write_text(json.dumps({"from": None, "to": version, "tables": {}}))
    seal(folder)
    index.draw(Shelf(shelf))
    return Release(version, folder)


def seal(folder: Path) -> None:
    """Write SHA256SUMS from what is in the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}\n" for path in files]
    (folder / "SHA256SUMS").write_text("".join(lines))


def read(get: Callable[[str], bytes]) -> list[str]:
    """The releases that a reader finds, the newest last, once every file of each has the checksum that the index leads to."""
    told = json.loads(get("index.json"))
    for entry in told["releases"]:
        sums = get(entry["checksums"]["path"])
        assert f"sha256:{hashlib.sha256(sums).hexdigest()}" == entry["checksums"]["hash"]
        for line in sums.decode().splitlines():
            sha256, _, name = line.partition("  ")
            assert hashlib.sha256(get(entry["path"] + name)).hexdigest() == sha256, name
    versions = [str(entry["version"]) for entry in told["releases"]]
    standing = {entry["version"] for entry in told["releases"] if entry["status"] == "published"}
    assert {json.loads(get("latest.json"))["version"], get("latest.txt").decode().strip(), told["latest"]} <= standing
    assert ElementTree.fromstring(get("feed.xml")).tag.endswith("feed")  # noqa: S314 - ours
    return versions


def _resource(folder: Path, name: str, frame: pl.DataFrame) -> dict[str, object]:
    path = f"tables/{name}.parquet"
    content = (folder / path).read_bytes()
    schema = {"fields": [{"name": column} for column in frame.columns], "primaryKey": frame.columns[:1]}
    sha256 = hashlib.sha256(content).hexdigest()
    return {"name": name, "path": path, "rows": frame.height, "bytes": len(content), "hash": f"sha256:{sha256}", "schema": schema}
