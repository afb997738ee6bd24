"""Names in the graph: one key a source, table, curated file and release step, and the groups they are drawn in."""

import dagster as dg

from indicators.tables import REFERENCE

SOURCES, TABLES, RELEASE, CURATED = "sources", "tables", "release", "curated"
PRIVATE_SOURCES, PRIVATE = "private_sources", "private"
"""What the terms keep on this machine: in groups of its own, so that no job that releases holds it."""
CANDIDATE = dg.AssetKey(["release", "candidate"])
PUBLISHED = dg.AssetKey(["release", "published"])
HISTORY = dg.AssetKey(["release", "history"])


def source_key(source_id: str) -> dg.AssetKey:
    """The asset that fetches a source."""
    return dg.AssetKey(["source", source_id])


def table_key(name: str) -> dg.AssetKey:
    """The asset that builds a table."""
    return dg.AssetKey(["table", name])


def reference_key(name: str) -> dg.AssetKey:
    """The curated file that a table asks for."""
    return dg.AssetKey(["reference", name.removeprefix(REFERENCE)])
