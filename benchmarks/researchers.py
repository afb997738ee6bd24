"""Building the researcher tables file by file beside building them whole: seconds for a million author positions, and memory.

`python -m benchmarks.researchers parts|whole` builds once in a process of its own, so that its peak of memory is its own.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import polars as pl

from indicators.model import Folders
from indicators.pipeline import Pipeline
from indicators.tables import inputs, tables

SOURCE = "paperlists"
KIBIBYTES = 1024


def measured(way: str) -> dict[str, float]:
    """Seconds, peak bytes and author positions of one build in its own process."""
    ended = subprocess.run([sys.executable, "-m", "benchmarks.researchers", way], capture_output=True, text=True, check=True)  # noqa: S603
    return json.loads(ended.stdout)  # type: ignore[no-any-return]


def _build(way: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as place:
        pipeline = Pipeline(Folders(Path(place)))
        domain = [name for name, module in tables().items() if module.TABLE.parts_of == SOURCE]
        asked = {given for name in domain for given in inputs(tables()[name])}
        for needed in sorted(asked & set(tables()) - set(domain)):
            pipeline.build(needed)
        begun = time.perf_counter()
        for name in domain:
            module = tables()[name]
            module.TABLE = replace(module.TABLE, parts_of=SOURCE if way == "parts" else "")
            pipeline.build(name)
        seconds = time.perf_counter() - begun
        slots = pl.scan_parquet(pipeline.folders.working / "papers.parquet").select(pl.sum("author_slot_count")).collect().item()
    return {"seconds": seconds, "bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIBIBYTES, "slots": slots}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_build(sys.argv[1])))
