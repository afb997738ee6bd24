"""What readers transfer to answer a question over HTTP, from nginx's log, beside the table as CSV, gzipped, and as Parquet.

`python -m benchmarks.over_http FOLDER` measures a release with the tests' own readers and server, which it finds on PYTHONPATH.
"""

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from indicators.release.companions.questions import QUESTIONS

TESTS = Path(__file__).resolve().parents[1] / "tests"


def measured(release: Path) -> list[dict[str, Any]]:
    """By question and reader: bytes sent, and bytes of the table in three forms; raises CalledProcessError where a tool is absent."""
    command = [sys.executable, "-m", "benchmarks.over_http", str(release)]
    ended = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(TESTS)}, capture_output=True, text=True, check=True)  # noqa: S603
    return [json.loads(line) for line in ended.stdout.splitlines()]


def _measure(release: Path) -> Iterator[dict[str, Any]]:
    import readers  # noqa: PLC0415  (only the process of its own has the tests on its path)
    from servers import nginx  # noqa: PLC0415

    with nginx(release) as server:
        for question in QUESTIONS:
            forms = _forms(release / "tables" / f"{question.table}.parquet")
            for reader, ask in readers.ASK.items():
                if reader == "duckdb" or question.polars:
                    yield {"reader": reader, "question": question.id, "sent": ask(question, server).sent, **forms}


def _forms(path: Path) -> dict[str, int]:
    """A table's bytes as CSV, as gzipped CSV, and as it is."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "table.csv"
        duckdb.sql(f"COPY (FROM '{path}') TO '{file}'")
        return {"csv": file.stat().st_size, "gzipped": len(gzip.compress(file.read_bytes())), "parquet": path.stat().st_size}


if __name__ == "__main__":
    for row in _measure(Path(sys.argv[1])):
        sys.stdout.write(json.dumps(row) + "\n")
