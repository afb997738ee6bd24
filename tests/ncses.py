"""Tables of NCSES as the public copies have them, small: a hierarchy of labels, figures in columns, everything text."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

import duckdb
import polars as pl

from indicators.model import Table
from indicators.sources import ncses_ai_publications
from indicators.sources._ncses import Layout
from indicators.sources.ncses_ai_publications import COUNTS, LABEL
from indicators.tables.researchers import publication_counts

COPIED_ON = "2025-03-27"
COUNTRIES = pl.DataFrame(
    [("CHN", "China"), ("TWN", "Taiwan"), ("USA", "United States"), ("IND", "India"), ("SRB", "Serbia"), ("NZL", "New Zealand")],
    schema=["iso3_code", "display_name"],
    orient="row",
).with_columns(official_name="display_name", un_short_name="display_name")
ALIASES = pl.DataFrame(schema={"alias": pl.String, "country_code": pl.String})


SPANS = pl.DataFrame([("Serbia", "2007", None, "union")], schema=["area_name", "first_year", "last_year", "reason"], orient="row").cast(
    pl.String
)
PROJECT = Path(__file__).resolve().parents[1]


def hierarchy(number: str, label: str, rows: Mapping[str, Sequence[object]], columns: Sequence[str], depth: int = 4) -> bytes:
    """A table whose labels are a path (`World -> China -> Total articles`), one row each."""
    listed = []
    for place, (path, cells) in enumerate(rows.items(), start=1):
        levels = path.split(" -> ")
        texts = [number, f"r{place:03}", path, *levels, *[""] * (depth - len(levels)), len(levels), *cells]
        listed.append([str(text) for text in texts])
    names = [f"{label}_full_path", *(f"{label}_level_{level}" for level in range(1, depth + 1)), f"{label}_hierarchy_depth"]
    return _csv(["table_id", "row_id", *names, *columns], listed)


def flat(number: str, label: str, rows: Mapping[str, Sequence[object]], columns: Sequence[str]) -> bytes:
    """A table with one label a row."""
    listed = [[number, f"r{place:03}", name, *(str(cell) for cell in cells)] for place, (name, cells) in enumerate(rows.items(), start=1)]
    return _csv(["table_id", "row_id", label, *columns], listed)


def square(number: str, label: str, rows: Mapping[str, Sequence[object]]) -> bytes:
    """A square table: its columns are its own labels, as the converting program spells column names."""
    return flat(number, label, rows, [re.sub(r"\W+", "_", name.lower()) for name in rows])


def _csv(names: list[str], rows: list[list[str]]) -> bytes:
    return pl.DataFrame(rows, schema=names, orient="row").write_csv().encode()


def parsed(module: ModuleType, payloads: Mapping[str, bytes]) -> pl.DataFrame:
    """The rows of several files of a source, together, as a table's build gets them."""
    files = {file.name: file for file in module.SOURCE.files}
    parts = [module.SOURCE.conform(module.parse(text, files[name])).with_columns(file_name=pl.lit(name)) for name, text in payloads.items()]
    together: pl.DataFrame = pl.concat(parts)
    return together


def captured(module: ModuleType, captures: Path) -> pl.DataFrame:
    """Every captured file of a source that it reads, together."""
    folder = captures / module.SOURCE.id / COPIED_ON
    return parsed(module, {file.name: (folder / file.name).read_bytes() for file in module.SOURCE.files})


def real_codes() -> pl.DataFrame:
    """Every ISO country, as the project's baseline has them."""
    return pl.read_parquet(PROJECT / "data" / "baseline" / "country_codes.parquet")


def reference(name: str) -> pl.DataFrame:
    """Curated facts of the project, all text."""
    return pl.read_csv(PROJECT / "data" / "reference" / f"{name}.csv", infer_schema=False)


def captured_counts(captures: Path) -> pl.DataFrame:
    """The table publication_counts of the captures."""
    rows = captured(ncses_ai_publications, captures)
    built = publication_counts.build(rows, real_codes(), reference("country_aliases"), reference("area_spans"))
    return publication_counts.TABLE.conform(built)


def articles_of_period(areas: Mapping[str, Sequence[float]]) -> dict[str, bytes]:
    """Table SPBS-91: of each area whole, fractional, of several institutions, domestic and international articles."""
    return {"10059.csv": flat("10059", LABEL, areas, list(COUNTS))}


def raw(captures: Path, source_id: str, file_name: str) -> pl.DataFrame:
    """A captured file as it is, every cell as text."""
    return pl.read_csv(captures / source_id / COPIED_ON / file_name, infer_schema=False)


def failing(table: Table, question: str, **frames: pl.DataFrame) -> int:
    """How many rows the rule whose question begins so finds wanting."""
    (rule,) = [rule for rule in table.rules if rule.question.startswith(question)]
    with duckdb.connect() as connection:
        for name, frame in frames.items():
            connection.register(name, frame)
        return len(connection.sql(rule.failing_rows).fetchall())


def labels(layouts: Mapping[str, Layout]) -> dict[str, str]:
    """The column of labels of each file."""
    return {name: layout.label for name, layout in layouts.items()}
