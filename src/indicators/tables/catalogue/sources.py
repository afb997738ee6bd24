"""sources: the exact bytes this release was built from, one row a file, and who must be credited.

The table is provenance: when it alone changes (other bytes, same rows), no release is made. When a check was made and
whether it succeeded is a fact about the run, and stands in `sources.json` with the moments. A source whose terms keep it
private is not listed, for nothing here was built from it.
"""

import polars as pl

from indicators.model import Column, Rule, Table

TABLE = Table(
    name="sources",
    title="Sources of this release",
    description="Every file this release was built from, with its address, day, sha256, terms and credit.",
    key=("source_id", "file_name"),
    row_bounds=(20, 2_000),
    is_provenance=True,
    columns=(
        Column("source_id", pl.String, "Source, or `reference` for curated facts of this project", pattern="^[a-z0-9_]+$"),
        Column("file_name", pl.String, "File of the source"),
        Column("source_title", pl.String, "What the source is called"),
        Column("publisher_name", pl.String, "Who publishes it"),
        Column("homepage_url", pl.String, "Where people read about it; null for facts curated here", is_nullable=True, pattern="^https://"),
        Column("url", pl.String, "Address the bytes stand for; null for facts curated here", is_nullable=True, pattern="^https://"),
        Column("license_name", pl.String, "Terms as the source states them"),
        Column(
            "redistribution_code",
            pl.String,
            "What those terms let this dataset publish: rows with credit; rows in a table under the same licence; own aggregates only",
            values=("open", "share_alike", "aggregates_only"),
        ),
        Column("attribution", pl.String, "Credit to carry along"),
        Column(
            "origin_code",
            pl.String,
            "live: confirmed at the last check; snapshot: an older copy; baseline: the project's own; curated: written here",
            values=("live", "snapshot", "baseline", "curated"),
        ),
        Column(
            "is_stale", pl.Boolean, "True unless the last check confirmed these bytes, or they never change (past editions, curated here)"
        ),
        Column("as_of_date", pl.Date, "Day the content stands for, as far as the address or the server says", is_nullable=True),
        Column("sha256", pl.String, "Hash of the bytes that were parsed", pattern="^[0-9a-f]{64}$"),
        Column("bytes", pl.Int64, "Size of those bytes", "bytes", minimum=1),
        Column("rows", pl.Int64, "Rows they hold for this dataset", "rows", minimum=1),
        Column("note", pl.String, "What to know of the bytes, such as a copy that leaves cells out; null where nothing", is_nullable=True),
    ),
    rules=(
        Rule(
            "Is every source confirmed with its server?",
            "SELECT source_id, file_name, origin_code FROM sources WHERE is_stale",
            is_warning=True,
        ),
        Rule(
            "Is every file what its server sends?", "SELECT source_id, file_name, note FROM sources WHERE note IS NOT NULL", is_warning=True
        ),
        Rule(
            "Is a stale file never called live, and a curated one never stale?",
            "SELECT * FROM sources WHERE is_stale AND origin_code IN ('live', 'curated')",
        ),
    ),
)


def build(provenance: pl.DataFrame) -> pl.DataFrame:
    """Return one row per file behind the release."""
    return provenance.select(TABLE.column_names)
