"""Models, developers and organisations from rows of Epoch AI's models: small ones of our own, or a captured file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from indicators import measures
from indicators.model import Indicator, Table
from indicators.quality import Previous, TableAudit, audit_table
from indicators.sources import country_codes, epoch_ai_models
from indicators.tables.capability import model_organizations, models
from indicators.tables.reference import organization_aliases, organizations

PROJECT = Path(__file__).resolve().parents[1]
SOURCE = epoch_ai_models.SOURCE
ARCHIVE, NOTABLE = (file.name for file in SOURCE.files)
TABLES: dict[str, Table] = {
    module.TABLE.name: module.TABLE for module in (organizations, organization_aliases, models, model_organizations)
}
NAMES = {"CHN": "China", "USA": "United States of America", "FRA": "France", "GBR": "United Kingdom", "JPN": "Japan"}
CODES = pl.DataFrame(
    {"iso3_code": list(NAMES), **{name: list(NAMES.values()) for name in ("official_name", "display_name", "un_short_name")}}
)
Frames = dict[str, pl.DataFrame]
Row = Mapping[str, Any]


def row(name: str, **cells: Any) -> dict[str, Any]:
    """A row of the archive: a notable model of a Chinese laboratory, unless told otherwise."""
    usual = {
        "model_name": name,
        "member": "all",
        "publication_date": None,
        "organizations": ["Lab"],
        "countries": ["China"],
        "is_notable": True,
        "is_frontier": False,
        "is_large_scale": False,
        "file_name": ARCHIVE,
    }
    return {**dict.fromkeys(SOURCE.schema), **usual, **cells}


def curated(name: str, *rows: str) -> pl.DataFrame:
    """A curated file of the project, or its header with these rows in place of its own."""
    path = PROJECT / "data" / "reference" / f"{name}.csv"
    header = path.read_text(encoding="utf-8").partition("\n")[0]
    return pl.read_csv("\n".join([header, *rows]).encode() if rows else path, infer_schema=False)


def nothing(name: str) -> pl.DataFrame:
    """A curated file without rows."""
    return curated(name).clear()


def built(*rows: Row, origins: Mapping[str, str] | None = None, **given: pl.DataFrame) -> Frames:
    """The four tables, each held to its contract. `given` replaces curated files by name; aliases and organisations begin empty."""
    frame = pl.DataFrame(rows, schema={**SOURCE.schema, "file_name": pl.String})
    files = dict.fromkeys(frame["file_name"].unique(), "live") | dict(origins or {})
    provenance = pl.DataFrame({"source_id": SOURCE.id, "file_name": list(files), "origin_code": list(files.values())})
    empty = {name: nothing(name) for name in ("organizations", "organization_aliases", "model_aliases", "country_aliases")}
    return _built(frame, provenance, {**empty, "compute_confidence": curated("compute_confidence"), **given}, CODES)


def from_captures(captures: Path, archive: str, notable: str, archive_origin: str = "live") -> Frames:
    """The tables as a release of a day has them, from the newest archive and notable file of that day, with the real curated files."""
    folders = {ARCHIVE: captures / "epoch_ai_models" / archive, NOTABLE: captures / "epoch_notable_models" / notable}
    parsed = [
        epoch_ai_models.parse((folders[file.name] / file.name).read_bytes(), file).with_columns(file_name=pl.lit(file.name))
        for file in SOURCE.files
    ]
    provenance = pl.DataFrame({"source_id": SOURCE.id, "file_name": [ARCHIVE, NOTABLE], "origin_code": [archive_origin, "live"]})
    (path,) = (captures / "country_codes").glob("*/country-codes.csv")
    codes = country_codes.parse(path.read_bytes(), country_codes.SOURCE.files[0])
    names = ("organizations", "organization_aliases", "model_aliases", "country_aliases", "compute_confidence")
    return _built(pl.concat(parsed), provenance, {name: curated(name) for name in names}, codes)


def _built(rows: pl.DataFrame, provenance: pl.DataFrame, known: Frames, codes: pl.DataFrame) -> Frames:
    countries = (codes, known["country_aliases"])
    made = TABLES["organizations"].conform(
        organizations.build(rows, known["organizations"], known["organization_aliases"], *countries)
    )  # fmt: skip
    aliases = TABLES["organization_aliases"].conform(organization_aliases.build(rows, known["organization_aliases"], made))
    listed = TABLES["models"].conform(models.build(rows, provenance, known["model_aliases"], known["compute_confidence"], *countries))
    developers = TABLES["model_organizations"].conform(model_organizations.build(listed, made, aliases))
    return {"organizations": made, "organization_aliases": aliases, "models": listed, "model_organizations": developers}


def write(folder: Path, tables: Frames, day: str = "2026-03-30", **further: pl.DataFrame) -> Path:
    """The tables as Parquet, with the countries and sources that their questions read."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = pl.DataFrame({"source_id": [SOURCE.id], "file_name": [ARCHIVE], "origin_code": ["live"], "as_of_date": [day]})
    countries = pl.DataFrame({"country_code": [*NAMES, "CAN"]})
    beside = {"sources": sources.with_columns(pl.col("as_of_date").str.to_date()), "countries": countries}
    for name, frame in {**beside, **tables, **further}.items():
        frame.write_parquet(folder / f"{name}.parquet")
    return folder


def audited(folder: Path, name: str, before: Path | None = None) -> TableAudit:
    """The audit of one of the tables, against a last release where there is one."""
    previous = Previous("2026.01.1", "1.1.0", before) if before else None
    with measures.connect(folder) as connection:
        return audit_table(TABLES[name], folder, connection, previous)


def answers(audit: TableAudit) -> dict[str, bool]:
    """Whether each question was passed."""
    return {finding.question: finding.passed for finding in audit.findings}


def measured(indicator_id: str, folder: Path) -> pl.DataFrame:
    """The rows of one indicator over a folder of tables."""
    with measures.connect(folder) as connection:
        return measures.measure(Indicator.read(PROJECT / "sql" / "indicators" / f"{indicator_id}.sql"), connection)
