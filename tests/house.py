"""Running the project as a reader would: the command line, the mirror of captures with faults, plain DuckDB."""

import csv
import importlib.util
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest

from indicators.model import Source

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"


def captures() -> Path:
    """The folder of dated captures; without one the test is skipped, or fails where they were promised to be there."""
    folder = SHARED / "captures"
    if not (folder / "index.csv").exists():
        told = "needs ../shared/captures beside the checkout, which this clone does not have"
        (pytest.fail if os.environ.get("INDICATORS_REQUIRE_CAPTURES") else pytest.skip)(told)
    return folder


def indicators(*words: str, data: Path, expect: int | None = 0, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `indicators …` on a data folder; fails the test unless it ends with the expected exit code (None: any)."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("INDICATORS_", "DAGSTER_"))}
    environment = clean | {"INDICATORS_DATA": str(data)} | settings
    command = [sys.executable, "-m", "indicators.cli", *words]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=data.parent)
    assert expect is None or ended.returncode == expect, f"{words}: {ended.returncode}\n{ended.stdout}\n{ended.stderr}"
    return ended


@contextmanager
def mirror(as_of: date = date.max, faults: Sequence[str] = (), **limits: Any) -> Iterator[str]:
    """The captures as a live server would have answered on a day; yields the base address."""
    server = _server_module().make_server([SHARED / "captures"], as_of, faults=faults, **limits)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.stop.set()
        server.shutdown()
        server.server_close()


def faults(source: Source, kind: str) -> list[str]:
    """A fault on every address of a source, by the ids under which the captures hold it."""
    with (captures() / "index.csv").open(encoding="utf-8", newline="") as index:
        held = [(row["source_id"], urlsplit(row["url"])) for row in csv.DictReader(index)]
    asked = {urlsplit(file.url)[1:3] for file in source.files}
    return sorted({f"{name}={kind}" for name, url in held if name == source.id or url[1:3] in asked})


def parquet(release: Path) -> dict[str, bytes]:
    """The bytes of every table of a release."""
    return {path.name: path.read_bytes() for path in sorted((release / "tables").glob("*.parquet"))}


def document(release: Path, name: str) -> Any:
    """One of a release's JSON files."""
    return json.loads((release / f"{name}.json").read_text(encoding="utf-8"))


def _server_module() -> ModuleType:
    path = SHARED / "tools" / "serve_captures.py"
    spec = importlib.util.spec_from_file_location("serve_captures", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
