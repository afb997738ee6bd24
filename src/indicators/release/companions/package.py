"""`datapackage.json`: the release as a Data Package (v2, https://datapackage.org), one resource a table."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from indicators.model import PROJECT_LICENSE, PROJECT_NAME, PROJECT_TITLE, SCHEMA_VERSION, Column, Table
from indicators.release.companions import licenses
from indicators.release.edition import Edition

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
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": PROJECT_NAME,
        "title": PROJECT_TITLE,
        "version": edition.version,
        "schema_version": SCHEMA_VERSION,
        "created": edition.created.isoformat(),
        "licenses": [licenses.stated(PROJECT_LICENSE)],
        "sources": edition.credits,
        "resources": [_resource(table, edition, keys) for table in edition.tables],
    }
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _resource(table: Table, edition: Edition, keys: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    path = edition.files / f"{table.name}.parquet"
    return {
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "path": f"tables/{table.name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": path.stat().st_size,
        "rows": pl.scan_parquet(path).select(pl.len()).collect().item(),
        "hash": f"sha256:{edition.hashes[table.name]}",
        **({"licenses": [licenses.stated(table.license)]} if licenses.is_apart(table) else {}),
        "schema": _schema(table, keys),
    }


def _schema(table: Table, keys: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Fields, the key (a primary key may hold no null, a unique key may), and links to what is a key of its table."""
    named = "uniqueKeys" if any(table.column(name).is_nullable for name in table.key) else "primaryKey"
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns]}
    schema[named] = [list(table.key)] if named == "uniqueKeys" else list(table.key)
    targets = {column.name: column.links_to.split(".") for column in table.columns if column.links_to}
    foreign = [
        {"fields": [name], "reference": {"resource": resource, "fields": [field]}}
        for name, (resource, field) in targets.items()
        if keys.get(resource) == (field,)
    ]
    return {**schema, "foreignKeys": foreign} if foreign else schema


def _field(column: Column) -> dict[str, Any]:
    limits = {"required": not column.is_nullable, "enum": list(column.values), "pattern": column.pattern}
    bounds = {"minimum": column.minimum, "maximum": column.maximum}
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in bounds.items() if value is not None}
    stated = {name: value for name, value in limits.items() if value} | plain
    field = {"name": column.name, "type": FIELD_TYPES[type(column.kind)], "description": column.description}
    return {**field, **({"unit": column.unit} if column.unit else {}), **({"constraints": stated} if stated else {})}
