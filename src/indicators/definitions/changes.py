"""How many rows of a built table differ from the last release: counts alone, in milliseconds, for the table's page.

What does not belong here: which rows and which cells; `release.compare` tells them when a release comes of it.
"""

import filecmp
from collections.abc import Sequence
from pathlib import Path

import polars as pl


def counts(before: Path, after: Path, key: Sequence[str]) -> dict[str, int]:
    """Rows added, removed and changed by key; where the key cannot be matched, every row is a new one."""
    if not before.exists() or filecmp.cmp(before, after, shallow=False):
        return _told(0 if before.exists() else pl.read_parquet(after).height)
    then, now = pl.read_parquet(before), pl.read_parquet(after)
    shared = [name for name, kind in now.schema.items() if then.schema.get(name) == kind]
    if not key or not set(key) <= set(shared):
        return _told(now.height, then.height)
    marked = [frame.select(*key, mark=pl.struct(shared).hash()) for frame in (then, now)]
    both = marked[0].join(marked[1], on=key, how="full", nulls_equal=True)
    changed = both.filter(pl.col("mark") != pl.col("mark_right")).height
    return _told(both["mark"].null_count(), both["mark_right"].null_count(), changed)


def _told(added: int, removed: int = 0, changed: int = 0) -> dict[str, int]:
    return {"rows_added": added, "rows_removed": removed, "rows_changed": changed}
