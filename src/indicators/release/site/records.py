"""What the release says of itself: its changes, its audit, its sources, its files."""

import json
from datetime import date
from itertools import groupby
from typing import Any

from indicators.release.edition import Edition
from indicators.release.shelf import SUMS
from indicators.release.site import words

Row = dict[str, Any]
LAST = ("README.md", SUMS)
"""What is written after the page."""


def audit_document(edition: Edition) -> Row:
    """The audit as it was written: questions with their answers by table, and how many seconds it took."""
    document: Row = json.loads((edition.folder / "audit.json").read_text(encoding="utf-8"))
    return document


def audits(document: Row) -> list[Row]:
    """By table: how many questions were asked, and those answered no, each with the rows that fail it."""
    return [_audit(table) for table in sorted(document["tables"], key=lambda table: str(table["table"]))]


def sources(edition: Edition) -> list[Row]:
    """One entry a source: its terms, and its files with their origin and day."""
    rows = sorted(edition.sources, key=lambda row: (row["source_id"], row["file_name"]))
    return [_source(list(files)) for _, files in groupby(rows, key=lambda row: row["source_id"])]


def tables(edition: Edition) -> list[Row]:
    """One entry a table: its file with rows, bytes and sha256."""
    return [
        {
            "name": table.name,
            "title": table.title,
            "rows": edition.changes[table.name].rows_after,
            "size": words.size((edition.files / f"{table.name}.parquet").stat().st_size),
            "sha256": edition.hashes[table.name],
        }
        for table in edition.tables
    ]


def others(edition: Edition) -> list[Row]:
    """The other files of the release that are written by now, which are all but its README and its checksums."""
    files = sorted(path for path in edition.folder.iterdir() if path.is_file() and path.name not in LAST)
    return [{"name": path.name, "size": words.size(path.stat().st_size)} for path in files]


def _audit(table: Row) -> Row:
    failed = [finding for finding in table["findings"] if not finding["passed"]]
    return {"table": table["table"], "asked": len(table["findings"]), "failed": failed}


def _source(files: list[Row]) -> Row:
    days = sorted(date.fromisoformat(row["as_of_date"]) for row in files if row["as_of_date"])
    return {
        **files[0],
        "files": files,
        "origins": ", ".join(sorted({row["origin_code"] for row in files})),
        "notes": list(dict.fromkeys(row["note"] for row in files if row["note"])),
        "as_of": " to ".join(dict.fromkeys(map(words.day, (days[0], days[-1])))) if days else words.UNKNOWN,
        "stale": sum(row["is_stale"] for row in files),
    }
