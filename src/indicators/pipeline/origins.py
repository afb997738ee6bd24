"""Where the rows of a release come from: provenance as rows, how fresh it is, and what the baseline keeps of it."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from indicators.quality import file_sha256
from indicators.snapshots import Provenance, baseline
from indicators.sources import sources

NULLABLE = {"as_of_date": pl.Date, "note": pl.String, "url": pl.String, "homepage_url": pl.String}
"""Columns of provenance that can be null in every row, with the type they keep."""

CURATED = {
    "source_title": "Curated facts of this project",
    "publisher_name": "AI-competition indicators",
    "homepage_url": None,
    "url": None,
    "license_name": "CC-BY-4.0",
    "redistribution_code": "open",
    "attribution": "AI-competition indicators, curated facts with a citation a row, CC BY 4.0",
    "origin_code": "curated",
    "is_stale": False,
    "is_past": False,
}


def is_late(provenance: Provenance) -> bool:
    """True unless the last check confirmed the bytes, within twice the rhythm of the source; never for a past edition."""
    if provenance.is_past:
        return False
    cadence = sources()[provenance.source_id].SOURCE.cadence
    checked = datetime.fromisoformat(provenance.checked_at) if provenance.checked_at else None
    return provenance.is_stale or checked is None or datetime.now(UTC) - checked > 2 * cadence


def reason(provenance: Provenance) -> str:
    """Why a file is not fresh, in words."""
    told = provenance.trouble or "not asked yet"
    return f"{provenance.source_id}/{provenance.file_name} comes from {provenance.origin_code}: {told}"


def standing_in(found: Iterable[Provenance], unusable: set[str]) -> str:
    """What the rows of a source rest on instead of the server, in words, with the newest day; `unusable` are data files it gave none of."""
    found = list(found)
    told = []
    for origin, name in (("snapshot", "an older snapshot"), ("baseline", "the baseline")):
        of_it = [each for each in found if each.is_stale and each.origin_code == origin]
        days = [str(each.as_of_date or each.retrieved_at[:10]) for each in of_it]
        told += [f"{name} of {max(days) or 'an unknown day'} stands in{_for_files(len(of_it))}"] if of_it else []
    missing = unusable - {each.file_name for each in found}
    return "; ".join(told + ([f"nothing stands in for {', '.join(sorted(missing))}"] if missing else []))


def _for_files(number: int) -> str:
    return f" for {number} files" if number > 1 else ""


def source_row(provenance: Provenance) -> dict[str, Any]:
    """A file of a source as a row: what it is, and where it came from."""
    source = sources()[provenance.source_id].SOURCE
    described = {
        "source_title": source.title,
        "publisher_name": source.publisher,
        "homepage_url": source.homepage,
        "license_name": source.license,
        "redistribution_code": source.redistribution,
        "attribution": source.attribution,
        "is_stale": provenance.is_stale,
        "note": provenance.note or None,
    }
    return {**asdict(provenance), **described}


def reference_row(path: Path) -> dict[str, Any]:
    """A curated file as a row."""
    rows = pl.read_csv(path, infer_schema=False).height
    moments: dict[str, Any] = {"as_of_date": None, "retrieved_at": "", "checked_at": "", "trouble": "", "note": None}
    counted = {"sha256": file_sha256(path), "bytes": path.stat().st_size, "rows": rows}
    return {"source_id": "reference", "file_name": path.name, **CURATED, **counted, **moments}


def baseline_file(provenance: Provenance, note: str = "") -> baseline.BaselineFile:
    """What the baseline's index keeps of a file."""
    return baseline.BaselineFile(
        source_id=provenance.source_id,
        file_name=provenance.file_name,
        url=provenance.url,
        as_of_date=provenance.as_of_date.isoformat() if provenance.as_of_date else "",
        sha256=provenance.sha256,
        bytes=provenance.bytes,
        rows=provenance.rows,
        note=note or provenance.note,
    )
