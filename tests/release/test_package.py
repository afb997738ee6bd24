"""datapackage.json: valid as a Data Package v2 by the published profile and by frictionless, and true of the rows."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import descriptions
import gates
import polars as pl
import pytest

from indicators.release.companions.package import pattern


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small release, which tests only read."""
    return gates.published(tmp_path_factory.mktemp("release")).release.folder


@pytest.fixture
def copy(release: Path, tmp_path: Path) -> Path:
    """The same for tests that change it."""
    return Path(shutil.copytree(release, tmp_path / "copy"))


@pytest.fixture
def package(release: Path) -> dict[str, Any]:
    described: dict[str, Any] = json.loads((release / "datapackage.json").read_text())
    return described


def test_the_package_is_valid_and_says_that_it_is_of_version_two(package: dict[str, Any]) -> None:
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert descriptions.package_faults(package) == []


@pytest.mark.parametrize(("name", "value"), [("name", 3), ("path", None), ("schema", {"fields": [{"type": "string"}]})])
def test_a_broken_resource_is_found(name: str, value: object, package: dict[str, Any]) -> None:
    package["resources"][0][name] = value
    assert descriptions.package_faults(package)


def test_every_row_is_what_the_schema_says(release: Path) -> None:
    assert descriptions.row_faults(release) == []


@pytest.mark.parametrize(
    ("frame", "fault"),
    [
        (gates.chips(kind_code="cpu"), "enum"),
        (gates.chips(speed=101.0), "maximum"),
        (gates.chips(chip_id=None), "required"),
        (gates.chips(chip_id="c0"), "primary key"),
        (gates.chips(maker_country_code="FRA"), "countries"),
    ],
    ids=["value", "bound", "null", "key", "link"],
)
def test_a_row_that_breaks_the_schema_is_found(frame: pl.DataFrame, fault: str, copy: Path) -> None:
    frame.write_parquet(copy / "tables" / "chips.parquet")
    assert any(fault in told.lower() for told in descriptions.row_faults(copy))


def test_authors_keywords_and_terms_are_those_of_the_project(package: dict[str, Any]) -> None:
    assert package["contributors"] == [{"title": "The AI-competition indicators contributors", "roles": ["creator"]}]
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert "export controls" in package["keywords"]


@pytest.mark.parametrize(
    ("searched", "fits", "fails"),
    [
        (r"^[A-Z]{3}$", "CHN", "CHNA"),
        (r"\S", " a\n", " \n"),
        (r"^https://", "https://x.org", "see https://x.org"),
        (r"^\S(?:.*\S)?$", "a b", "a "),
    ],
)
def test_a_pattern_of_the_contract_becomes_one_of_the_whole_value(searched: str, fits: str, fails: str) -> None:
    """XML Schema has neither anchors nor groups that capture nothing."""
    assert not set(pattern(searched)) & {"^", "$"} - set(searched[1:-1])
    assert "(?:" not in pattern(searched)
    for value, is_fit in ((fits, True), (fails, False)):
        assert bool(re.search(searched, value)) is is_fit
        assert bool(re.fullmatch(pattern(searched), value)) is is_fit


def test_rows_and_bytes_are_those_of_the_file(release: Path, package: dict[str, Any]) -> None:
    for resource in package["resources"]:
        path = release / resource["path"]
        assert (resource["rows"], resource["bytes"]) == (pl.read_parquet(path).height, path.stat().st_size)
