"""The files that travel with the tables, all generated from the contracts and the audit: nothing is typed twice."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from indicators.model import PROJECT_LICENSE, PROJECT_NAME, PROJECT_TITLE, SCHEMA_VERSION, Column, License, Table

TITLES: dict[License, str] = {
    "CC-BY-4.0": "Creative Commons Attribution 4.0",
    "CC-BY-SA-4.0": "Creative Commons Attribution-ShareAlike 4.0",
}
ADDRESSES: dict[License, str] = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
}
FIELD_TYPES: dict[type[pl.DataType], str] = {
    pl.String: "string",
    pl.Boolean: "boolean",
    pl.Date: "date",
    pl.Int32: "integer",
    pl.Int64: "integer",
    pl.Float64: "number",
    pl.List: "array",
}

VIEWS = """\
-- Views over one release, for DuckDB. Run it inside the release's folder, or say where the release is first:
--   SET VARIABLE release = 'https://example.org/releases/{version}';   -- any folder or base address
-- Then run any file of sql/indicators/ or sql/claims/, or ask what you like.
"""
VIEW = "CREATE OR REPLACE VIEW {name} AS FROM read_parquet(coalesce(getvariable('release'), '.') || '/tables/{name}.parquet');\n"


def datapackage(version: str, created: datetime, tables: list[Table], folder: Path, hashes: dict[str, str], credits_: list[Any]) -> Any:
    """The release as a Data Package (v2, https://datapackage.org), one resource a table."""
    keys = {table.name: table.key for table in tables}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": PROJECT_NAME,
        "title": PROJECT_TITLE,
        "version": version,
        "schema_version": SCHEMA_VERSION,
        "created": created.isoformat(),
        "licenses": [_license(PROJECT_LICENSE)],
        "sources": credits_,
        "resources": [_resource(table, folder, hashes[table.name], keys) for table in tables],
    }


def views(version: str, tables: list[Table]) -> str:
    """What a reader pastes into DuckDB to query a release, here or over HTTP."""
    return VIEWS.format(version=version) + "".join(VIEW.format(name=table.name) for table in tables)


def credit(sources: list[dict[str, Any]]) -> list[dict[str, str]]:
    """One entry a source: title, address, terms and how to credit it."""
    once = {row["source_id"]: row for row in sources}
    return [
        {"title": row["source_title"], "license": row["license_name"], "attribution": row["attribution"]}
        | ({"path": row["homepage_url"]} if row["homepage_url"] else {})
        for _, row in sorted(once.items())
    ]


def licenses(credits_: list[dict[str, str]], tables: list[Table]) -> str:
    """The terms of the data, of the tables that have their own, and of every source behind them, for people."""
    apart = [f"The table `{table.name}` is published under {_in_words(table.license)}.\n" for table in tables if _is_apart(table)]
    lines = [f"- **{entry['title']}** ({entry['license']}): {entry['attribution']}. {entry.get('path', '')}".rstrip() for entry in credits_]
    head = f"# Licences\n\nThis release is published under {_in_words(PROJECT_LICENSE)}.\n{''.join(apart)}It is built from these"
    return f"{head} sources, whose own terms and credits go with it:\n\n" + "\n".join(lines) + "\n"


def _is_apart(table: Table) -> bool:
    return table.license != PROJECT_LICENSE


def _license(name: License) -> dict[str, str]:
    return {"name": name, "title": TITLES[name], "path": ADDRESSES[name]}


def _in_words(name: License) -> str:
    return f"{TITLES[name]} <{ADDRESSES[name]}>"


def _resource(table: Table, folder: Path, sha256: str, keys: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    path = folder / f"{table.name}.parquet"
    return {
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "path": f"tables/{table.name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": path.stat().st_size,
        "rows": pl.scan_parquet(path).select(pl.len()).collect().item(),
        "hash": f"sha256:{sha256}",
        **({"licenses": [_license(table.license)]} if _is_apart(table) else {}),
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
