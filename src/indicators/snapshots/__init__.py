"""Bytes of public sources: fetched, kept by their sha256, logged, and read back as rows.

`transport` is the only place that talks to a server; `store` keeps bytes and the log of checks;
`baseline` holds the parsed rows that stand in where nothing was fetched; `refresh` fetches and judges;
`remembered` keeps what was parsed; `rows` gives a table builder the newest good rows of every file, and says where they came from.
"""

from indicators.snapshots.baseline import write_baseline
from indicators.snapshots.refresh import is_absent, refresh
from indicators.snapshots.remembered import remembering
from indicators.snapshots.rows import Provenance, missing_editions, read_rows
from indicators.snapshots.store import Check, Store
from indicators.snapshots.transport import Progress, Transport, no_progress

__all__ = [
    "Check",
    "Progress",
    "Provenance",
    "Store",
    "Transport",
    "is_absent",
    "missing_editions",
    "no_progress",
    "read_rows",
    "refresh",
    "remembering",
    "write_baseline",
]
