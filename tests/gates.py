"""Two small tables, a way to audit them, and a way to publish them: what the tests of both gates share."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from indicators import measures
from indicators.model import Column, Rule, Table
from indicators.quality import Previous, TableAudit, audit_table
from indicators.release import Candidate, Published, Shelf, publish

COUNTRIES = Table(
    name="countries",
    title="Countries",
    description="Countries of a test.",
    key=("country_code",),
    row_bounds=(1, 5),
    columns=(Column("country_code", pl.String, "Code", pattern="^[A-Z]{3}$"),),
)
CHIPS = Table(
    name="chips",
    title="Chips",
    description="Chips of a test.",
    key=("chip_id",),
    row_bounds=(1, 20),
    columns=(
        Column("chip_id", pl.String, "Id"),
        Column("maker_country_code", pl.String, "Maker", is_nullable=True, links_to="countries.country_code"),
        Column("kind_code", pl.String, "Kind", values=("gpu", "tpu")),
        Column("speed", pl.Float64, "Speed", unit="op/s", is_nullable=True, minimum=0, maximum=100),
    ),
    rules=(
        Rule("Is every tpu slow?", "SELECT * FROM chips WHERE kind_code = 'tpu' AND speed > 50"),
        Rule("Is every speed known?", "SELECT * FROM chips WHERE speed IS NULL", is_warning=True),
    ),
)
TABLES = (CHIPS, COUNTRIES)
SOURCES = [
    {
        "source_id": "small_feed",
        "file_name": "feed.csv",
        "url": "https://data.example.org/feed.csv",
        "sha256": "0" * 64,
        "bytes": 100,
        "rows": 10,
        "note": None,
        "source_title": "A small feed",
        "publisher_name": "A publisher",
        "homepage_url": "https://data.example.org",
        "license_name": "CC0-1.0",
        "redistribution_code": "open",
        "origin_code": "baseline",
        "as_of_date": "2025-12-31",
        "is_stale": True,
        "attribution": "Nobody",
    }
]


def countries() -> pl.DataFrame:
    """Two countries."""
    return pl.DataFrame({"country_code": ["CHN", "USA"]})


def chips(rows: int = 10, **changed: str | float | None) -> pl.DataFrame:
    """Sound chips c0, c1, …, with the columns of the second one's row changed as told."""
    frame = pl.DataFrame(
        {
            "chip_id": [f"c{number}" for number in range(rows)],
            "maker_country_code": ["USA"] * rows,
            "kind_code": ["gpu"] * rows,
            "speed": [float(number) for number in range(rows)],
        }
    )
    is_second = pl.col("chip_id") == "c1"
    return frame.with_columns(
        pl.when(is_second).then(pl.lit(value)).otherwise(pl.col(name)).cast(frame.schema[name]).alias(name)
        for name, value in changed.items()
    )


def write(folder: Path, frames: Mapping[str, pl.DataFrame]) -> Path:
    """Write frames as they are (past gate 1) into `<folder>/tables`."""
    tables = folder / "tables"
    tables.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        frame.write_parquet(tables / f"{name}.parquet")
    return tables


def audited(tables: Path, table: Table = CHIPS, previous: Previous | None = None, refused: list[str] | None = None) -> TableAudit:
    """The audit of one table of a folder."""
    with measures.connect(tables) as connection:
        return audit_table(table, tables, connection, previous, refused)


def candidate(folder: Path, frames: Mapping[str, pl.DataFrame] | None = None) -> Candidate:
    """A candidate that was audited as it is, sound or not."""
    tables = write(folder, {"countries": countries(), "chips": chips()} | dict(frames or {}))
    audits = [audited(tables, table).as_json() for table in TABLES]
    (folder / "audit.json").write_text(json.dumps({"tables": audits}))
    (folder / "sources.json").write_text(json.dumps(SOURCES))
    (folder / "sql" / "indicators").mkdir(parents=True, exist_ok=True)
    return Candidate(folder, TABLES, folder / "sql")


def published(place: Path, frames: Mapping[str, pl.DataFrame] | None = None, day: int = 1) -> Published:
    """Publish a candidate with these frames on a day of January 2026."""
    return publish(candidate(place / "candidate", frames), Shelf(place / "releases"), datetime(2026, 1, day, tzinfo=UTC))
