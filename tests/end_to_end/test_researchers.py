"""The conference tables from the raw captures: how much memory they take, and how long."""

import json
import subprocess
import sys
from pathlib import Path

import house

LIMIT = 2 * 1024**3
BUILD = """
import functools, json, resource, sys, time
from pathlib import Path
import polars as pl
from indicators.model import Folders
from indicators.pipeline import Pipeline
from indicators.snapshots import Transport
from indicators.tables import tables
pipeline = Pipeline(Folders(Path(sys.argv[1])), transport=functools.partial(Transport, mirror=sys.argv[2]))
begun = time.monotonic()
assert all(check.is_good for source in ("paperlists", "university_domains") for check in pipeline.refresh(source))
parts = [name for name, module in tables().items() if module.TABLE.parts_of == "paperlists"]
for name in ("institution_keys", *parts):
    pipeline.build(name)
spent = time.monotonic() - begun
slots = pl.read_parquet(pipeline.folders.working / "papers.parquet")["author_slot_count"].sum()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"peak": peak, "seconds": spent, "slots": slots, "built": pipeline.rebuilt}))
"""


def test_the_conference_tables_are_built_from_the_captures_in_under_two_gibibytes(tmp_path: Path) -> None:
    house.captures()
    with house.mirror() as address:
        ended = subprocess.run([sys.executable, "-c", BUILD, str(tmp_path), address], capture_output=True, text=True, check=True)
    told = json.loads(ended.stdout)
    print(f"{told['seconds'] * 1e6 / told['slots']:.0f} s for a million author positions, peak {told['peak'] / 1024**2:.0f} MiB")  # noqa: T201
    assert told["slots"] > 200_000
    assert set(told["built"].values()) == {85}
    assert told["peak"] < LIMIT
