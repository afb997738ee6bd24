"""croissant.json: valid without an error or a warning by mlcroissant, which reads the records from the folder."""

import json
import logging
import shutil
from pathlib import Path

import descriptions
import gates
import mlcroissant
import polars as pl
import pytest

from indicators.release.companions.croissant import semver


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small release, which tests only read."""
    return gates.published(tmp_path_factory.mktemp("release")).release.folder


@pytest.fixture
def copy(release: Path, tmp_path: Path) -> Path:
    """The same for tests that change it."""
    return Path(shutil.copytree(release, tmp_path / "copy"))


def test_the_description_is_valid_without_an_error_or_a_warning(release: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        dataset = descriptions.croissant(release)
    assert dataset.metadata.ctx.issues.report() == ""
    assert caplog.messages == []


def test_an_unknown_type_is_an_error(copy: Path) -> None:
    path = copy / "croissant.json"
    path.write_text(path.read_text().replace('"cr:Float64"', '"cr:Furlongs"'))
    with pytest.raises(mlcroissant.ValidationError, match="does not specify a valid"):
        descriptions.croissant(copy)


def test_mlcroissant_reads_every_record_of_a_table(release: Path) -> None:
    assert descriptions.records(release, "chips") == pl.read_parquet(release / "tables" / "chips.parquet").to_dicts()


def test_tables_that_are_linked_are_read_whole_again_and_again(release: Path) -> None:
    dataset = descriptions.croissant(release)
    assert [len(list(dataset.records(table))) for table in ("chips", "countries", "chips")] == [10, 2, 10]


def test_a_file_that_was_tampered_with_is_not_read(copy: Path) -> None:
    gates.chips(speed=99.0).write_parquet(copy / "tables" / "chips.parquet")
    with pytest.raises(Exception, match="during the"):
        descriptions.records(copy, "chips")


def test_files_carry_their_hashes_and_tables_their_keys(release: Path) -> None:
    described = json.loads((release / "croissant.json").read_text())
    hashes = {file["contentUrl"]: file["sha256"] for file in described["distribution"]}
    sums = [line.split("  ") for line in (release / "SHA256SUMS").read_text().splitlines()]
    assert hashes == {name: sha256 for sha256, name in sums if name.startswith("tables/")}
    assert [records["key"] for records in described["recordSet"]] == [[{"@id": "chips/chip_id"}], [{"@id": "countries/country_code"}]]


def test_a_column_says_its_unit_its_link_and_its_values(release: Path) -> None:
    chips = json.loads((release / "croissant.json").read_text())["recordSet"][0]
    told = {field["name"]: field["description"] for field in chips["field"]}
    assert told["speed"] == "Speed [op/s]."
    assert told["maker_country_code"] == "Maker. Links to countries.country_code."
    assert told["kind_code"] == "Kind. One of: gpu, tpu."


def test_a_version_has_no_leading_zero(release: Path) -> None:
    """Croissant warns of any other than SemVer; the release's own id stays in the name."""
    described = json.loads((release / "croissant.json").read_text())
    assert (described["version"], described["name"]) == ("2026.1.1", "AI-competition indicators, release 2026.01.1")
    assert semver("2026.10.10") == "2026.10.10"
