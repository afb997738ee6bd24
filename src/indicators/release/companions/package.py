"""`datapackage.json`: the release as a Data Package (v2, https://datapackage.org), one resource a table.

Know before editing: a pattern of the standard matches the whole value, in the regular expressions of XML Schema, which have no anchors.
"""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from indicators.model import PROJECT_LICENSE, PROJECT_NAME, PROJECT_TITLE, SCHEMA_VERSION, Column, Table
from indicators.quality import file_sha256
from indicators.release.companions import changes, citation, licenses
from indicators.release.edition import Edition

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
FIELD_TYPES: dict[type[pl.DataType], str] = {
    pl.String: "string",
    pl.Boolean: "boolean",
    pl.Date: "date",
    pl.Int32: "integer",
    pl.Int64: "integer",
    pl.Float64: "number",
    pl.List: "array",
}


def text(edition: Edition) -> str:
    """What the release is, and for each table its file, columns, key and links."""
    keys = {table.name: table.key for table in edition.tables}
    package = {
        "$schema": PROFILE,
        "name": PROJECT_NAME,
        "title": PROJECT_TITLE,
        "description": citation.project()["abstract"],
        "version": edition.version,
        "schema_version": SCHEMA_VERSION,
        "created": edition.created.isoformat(),
        "keywords": citation.project()["keywords"],
        "contributors": [{"title": name, "roles": ["creator"]} for name in citation.authors()],
        "licenses": [licenses.stated(PROJECT_LICENSE)],
        "sources": edition.credits,
        "resources": [_resource(table, path, edition, keys) for table, path in _files(edition)],
    }
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def pattern(searched: str) -> str:
    """A pattern that is searched for, as one that matches the whole value."""
    before, after = ("" if searched.startswith("^") else r"[\s\S]*", "" if searched.endswith("$") else r"[\s\S]*")
    return before + searched.removeprefix("^").removesuffix("$").replace("(?:", "(") + after


def _files(edition: Edition) -> list[tuple[Table, Path]]:
    """Everything in Parquet: the tables, and what changed in them."""
    return [*((table, edition.files / f"{table.name}.parquet") for table in edition.tables), (changes.TABLE, edition.folder / changes.FILE)]


def _resource(table: Table, path: Path, edition: Edition, keys: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.description,
        "path": str(path.relative_to(edition.folder)),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": path.stat().st_size,
        "rows": pl.scan_parquet(path).select(pl.len()).collect().item(),
        "hash": f"sha256:{edition.hashes.get(table.name) or file_sha256(path)}",
        **({"licenses": [licenses.stated(table.license)]} if licenses.is_apart(table) else {}),
        "schema": _schema(table, keys),
    }


def _schema(table: Table, keys: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Fields, the key (a primary key may hold no null, a unique key may), and links to what is a key of its table."""
    named = "uniqueKeys" if any(table.column(name).is_nullable for name in table.key) else "primaryKey"
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": []}
    schema[named] = [list(table.key)] if named == "uniqueKeys" else list(table.key)
    targets = {column.name: column.links_to.split(".") for column in table.columns if column.links_to}
    foreign = [
        {"fields": [name], "reference": {"resource": resource, "fields": [field]}}
        for name, (resource, field) in targets.items()
        if keys.get(resource) == (field,)
    ]
    return {**schema, "foreignKeys": foreign} if foreign else schema


def _field(column: Column) -> dict[str, Any]:
    limits = {"required": not column.is_nullable, "enum": list(column.values), "pattern": column.pattern and pattern(column.pattern)}
    bounds = {"minimum": column.minimum, "maximum": column.maximum}
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in bounds.items() if value is not None}
    stated = {name: value for name, value in limits.items() if value} | plain
    field = {"name": column.name, "type": FIELD_TYPES[type(column.kind)], "description": column.description}
    return {**field, **({"unit": column.unit} if column.unit else {}), **({"constraints": stated} if stated else {})}
