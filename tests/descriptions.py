"""A release's descriptions as the standards' own tools see them: Data Package, Croissant, Citation File Format. No network is asked.

- `dplib` and `check_jsonschema` carry the published schemas as files (`dplib` itself would fetch them). They are held to with jsonschema.
- `frictionless` knows Data Package v2. It reads Parquet through pandas, where a null number is NaN and a list an array, and calls both
  wrong: so rows are given to it as they are.
"""

import json
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import mlcroissant
import polars as pl
import yaml
from frictionless import Package, Schema
from frictionless.resources import TableResource
from jsonschema import Draft7Validator

PACKAGE_PROFILE = files("dplib") / "profiles" / "2.0" / "datapackage.json"
CITATION_SCHEMA = files("check_jsonschema") / "builtin_schemas" / "vendor" / "citation-file-format.json"


def package_faults(package: dict[str, Any]) -> list[str]:
    """What the published profile of Data Package v2, and frictionless beside it, find wrong with a descriptor."""
    profile = json.loads(PACKAGE_PROFILE.read_text(encoding="utf-8"))
    told = [f"{list(error.path)}: {error.message}" for error in Draft7Validator(profile).iter_errors(package)]
    return told + [error.message for error in Package.validate_descriptor(package).errors]


def row_faults(release: Path, most_rows: int = 1_000) -> list[str]:
    """What frictionless finds wrong with the rows of the smaller tables: types, constraints, keys, and links among them."""
    resources = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    small = {resource["name"]: resource for resource in resources if 0 < resource["rows"] <= most_rows}
    report = Package(resources=[_with_rows(release, resource, set(small)) for resource in small.values()]).validate()
    return [f"{task.name}: {error.message}" for task in report.tasks for error in task.errors]


def croissant(release: Path) -> mlcroissant.Dataset:
    """The release as mlcroissant opens it; raises mlcroissant.ValidationError where it is not valid."""
    return mlcroissant.Dataset(str(release / "croissant.json"))


def records(release: Path, table: str) -> list[dict[str, Any]]:
    """Every record of a table as mlcroissant reads it from the folder, by column, with text as text and days as days."""
    found = croissant(release).records(table)
    return [{name.partition("/")[2]: _plain(value) for name, value in record.items()} for record in found]


def citation_faults(text: str) -> list[str]:
    """What the schema of the Citation File Format finds wrong with a file."""
    schema = json.loads(CITATION_SCHEMA.read_text(encoding="utf-8"))
    return [f"{list(error.path)}: {error.message}" for error in Draft7Validator(schema).iter_errors(yaml.safe_load(text))]


def _with_rows(release: Path, resource: dict[str, Any], known: set[str]) -> TableResource:
    schema = dict(resource["schema"])
    schema["foreignKeys"] = [link for link in schema.get("foreignKeys", []) if link["reference"]["resource"] in known]
    rows = pl.read_parquet(release / resource["path"]).to_dicts()
    return TableResource(name=resource["name"], data=rows, schema=Schema.from_descriptor(schema))


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, datetime):
        return value.date()
    return value.decode() if isinstance(value, bytes) else value
