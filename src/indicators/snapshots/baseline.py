"""The baseline: parsed rows of every source, kept in the project, so that a fresh clone releases offline.

Know before editing: rows are facts and figures as `parse` returns them (no prose, no abstracts, no person), with the
file each came from; `index.csv` says address, day, size and sha256 of the bytes that were parsed, and what to know of them.
"""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from indicators.model import IndicatorsError, Source

FILE_COLUMN = "file_name"
GROUP_ROWS = 8_192
"""Small groups, so that one file's rows are found without reading all."""
INDEX_SCHEMA = {
    "source_id": pl.String,
    "file_name": pl.String,
    "url": pl.String,
    "as_of_date": pl.String,
    "sha256": pl.String,
    "bytes": pl.Int64,
    "rows": pl.Int64,
    "note": pl.String,
}


@dataclass(frozen=True)
class BaselineFile:
    """One file whose rows the baseline holds."""

    source_id: str
    file_name: str
    url: str
    as_of_date: str
    sha256: str
    bytes: int
    rows: int
    note: str = ""
    """What to know of those bytes, where they are not what the server sends."""


def index(folder: Path) -> list[BaselineFile]:
    """Every file in the baseline."""
    path = folder / "index.csv"
    if not path.exists():
        return []
    frame = pl.read_csv(path, schema=INDEX_SCHEMA).with_columns(pl.col(pl.String).fill_null(""))
    return [BaselineFile(**row) for row in frame.iter_rows(named=True)]


def files(folder: Path, source_id: str) -> dict[str, BaselineFile]:
    """The baseline's files of one source, by name."""
    return {entry.file_name: entry for entry in index(folder) if entry.source_id == source_id}


def read(folder: Path, source: Source, file_name: str) -> pl.DataFrame:
    """The baseline's rows of one file, as `parse` would return them."""
    rows = pl.scan_parquet(folder / f"{source.id}.parquet").filter(pl.col(FILE_COLUMN) == file_name).collect()
    return source.conform(rows.drop(FILE_COLUMN))


def write_baseline(folder: Path, source: Source, parts: list[tuple[BaselineFile, pl.DataFrame]]) -> Path:
    """Replace the baseline of one source; raises IndicatorsError where there is nothing to write."""
    if not parts:
        raise IndicatorsError(f"{source.id}: no snapshot to make a baseline of; run `indicators refresh` first")
    folder.mkdir(parents=True, exist_ok=True)
    rows = pl.concat([frame.with_columns(pl.lit(entry.file_name).alias(FILE_COLUMN)) for entry, frame in parts])
    path = folder / f"{source.id}.parquet"
    rows.write_parquet(path, compression="zstd", compression_level=19, row_group_size=GROUP_ROWS)
    others = [entry for entry in index(folder) if entry.source_id != source.id]
    entries = sorted(others + [entry for entry, _ in parts], key=lambda entry: (entry.source_id, entry.file_name))
    listed = pl.DataFrame([entry.__dict__ for entry in entries], schema=INDEX_SCHEMA)
    listed.with_columns(pl.col(pl.String).replace("", None)).write_csv(folder / "index.csv")
    return path
