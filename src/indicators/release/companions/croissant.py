"""`croissant.json`: the release for machine learning (MLCommons Croissant 1.1, schema.org), one file and one set of records a table.

Know before editing:
- A version must be SemVer, which knows no leading zero: release 2026.03.1 is 2026.3.1 here; the name keeps the release's own id.
- No `references`: mlcroissant 1.1.1 makes a join of each, and then gives no row when a table is read a second time, without a word.
  A field's description names what it links to; `datapackage.json` has the links for programs.
- `@context` is the standard's own; a key that is missing there is a warning.
"""

import json
from typing import Any

import polars as pl

from indicators.model import PROJECT_TITLE, Column, Table
from indicators.release.companions import citation, licenses
from indicators.release.edition import Edition

STANDARD = "http://mlcommons.org/croissant/1.1"
TERMS = (
    "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet",
    "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex",
    "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
)  # fmt: skip
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "name": {"@container": "@language"},
    "description": {"@container": "@language"},
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in TERMS},
}
TYPES: dict[type[pl.DataType], str] = {
    pl.String: "sc:Text",
    pl.Boolean: "sc:Boolean",
    pl.Date: "sc:Date",
    pl.Int32: "cr:Int32",
    pl.Int64: "cr:Int64",
    pl.Float64: "cr:Float64",
}


def text(edition: Edition) -> str:
    """What the release is, and for each table its file and its records."""
    dataset = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": STANDARD,
        "name": f"{PROJECT_TITLE}, release {edition.version}",
        "description": citation.project()["abstract"],
        "version": semver(edition.version),
        "datePublished": edition.created.date().isoformat(),
        "license": sorted({licenses.ADDRESSES[table.license] for table in edition.tables}),
        "creator": [{"@type": "sc:Organization", "name": name} for name in citation.authors()],
        "keywords": citation.project()["keywords"],
        "citeAs": citation.bibtex(edition),
        "distribution": [_file(table, edition) for table in edition.tables],
        "recordSet": [_records(table) for table in edition.tables],
    }
    return json.dumps(dataset, indent=2, ensure_ascii=False) + "\n"


def semver(version: str) -> str:
    """A release id without leading zeros."""
    return ".".join(str(int(part)) for part in version.split("."))


def _file(table: Table, edition: Edition) -> dict[str, Any]:
    path = edition.files / f"{table.name}.parquet"
    return {
        "@type": "cr:FileObject",
        "@id": path.name,
        "name": path.name,
        "description": f"{table.title}. Licence: {licenses.in_words(table.license)}",
        "contentUrl": f"tables/{path.name}",
        "contentSize": f"{path.stat().st_size} B",
        "encodingFormat": "application/x-parquet",
        "sha256": edition.hashes[table.name],
    }


def _records(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"{table.title}. {table.description}",
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [_field(table, column) for column in table.columns],
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    is_list = isinstance(column.kind, pl.List)
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": _told(column),
        "dataType": _type(column),
        **({"isArray": True, "arrayShape": "-1"} if is_list else {}),
        "source": {"fileObject": {"@id": f"{table.name}.parquet"}, "extract": {"column": column.name}},
    }


def _type(column: Column) -> str:
    if column.name.endswith("url"):
        return "sc:URL"
    return TYPES[pl.String if isinstance(column.kind, pl.List) else type(column.kind)]


def _told(column: Column) -> str:
    """What a column means, in which unit, where it points to, and what it may say."""
    unit = f" [{column.unit}]" if column.unit else ""
    link = f" Links to {column.links_to}." if column.links_to else ""
    values = f" One of: {', '.join(column.values)}." if column.values else ""
    return f"{column.description}{unit}.{link}{values}"
