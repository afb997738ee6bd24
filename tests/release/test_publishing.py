"""Publishing: immutable, complete, refused unless every file is the one that passed its audit, and no release for nothing."""

import hashlib
import importlib
import json
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import gates
import polars as pl
import pytest

from indicators.model import ReleaseRefused
from indicators.release import Shelf, next_version, publish


def test_a_release_carries_what_describes_it_and_its_checksums_hold(tmp_path: Path) -> None:
    release = gates.published(tmp_path).release
    assert release.version == "2026.01.1"
    present = {str(path.relative_to(release.folder)) for path in release.folder.rglob("*") if path.is_file()}
    documents = {"audit.json", "changes.json", "datapackage.json", "sources.json", "views.sql", "LICENSES.md", "SHA256SUMS"}
    described = {
        "README.md",
        "DICTIONARY.md",
        "CITATION.cff",
        "CHANGES.md",
        "croissant.json",
        "tables/chips.parquet",
        "tables/countries.parquet",
    }
    assert documents | described <= present
    checked = subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=release.folder, capture_output=True, check=False)
    assert checked.returncode == 0


def test_the_package_states_schema_keys_links_rows_and_hashes(tmp_path: Path) -> None:
    release = gates.published(tmp_path).release
    resource = release.document("datapackage.json")["resources"][0]
    assert (resource["name"], resource["rows"], resource["schema"]["primaryKey"]) == ("chips", 10, ["chip_id"])
    assert resource["hash"] == "sha256:" + hashlib.sha256((release.tables / "chips.parquet").read_bytes()).hexdigest()
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    assert fields["kind_code"]["constraints"] == {"required": True, "enum": ["gpu", "tpu"]}
    assert fields["speed"]["unit"] == "op/s"
    assert resource["schema"]["foreignKeys"][0]["reference"] == {"resource": "countries", "fields": ["country_code"]}


def test_changes_name_rows_added_removed_and_changed_and_columns(tmp_path: Path) -> None:
    gates.published(tmp_path)
    later = gates.chips(11, speed=9.5).filter(pl.col("chip_id") != "c0")
    release = gates.published(tmp_path, {"chips": later}, day=2).release
    changes = release.document("changes.json")
    assert (changes["from"], changes["to"]) == ("2026.01.1", "2026.01.2")
    told = changes["tables"]["chips"]
    assert (told["rows_added"], told["rows_removed"], told["rows_changed"]) == (1, 1, 1)
    assert told["values_changed"] == {"speed": 1}
    assert changes["tables"]["countries"]["rows_changed"] == 0


def test_nothing_changed_makes_no_release(tmp_path: Path) -> None:
    first = gates.published(tmp_path)
    again = gates.published(tmp_path, day=2)
    assert (again.is_new, again.release) == (False, first.release)
    assert [release.version for release in Shelf(tmp_path / "releases").releases()] == ["2026.01.1"]


def test_the_index_and_the_latest_link_name_every_release(tmp_path: Path) -> None:
    gates.published(tmp_path)
    gates.published(tmp_path, {"chips": gates.chips(9)}, day=2)
    index = json.loads((tmp_path / "releases" / "index.json").read_text())
    assert index["latest"] == "2026.01.2"
    assert [entry["version"] for entry in index["releases"]] == ["2026.01.1", "2026.01.2"]
    assert (tmp_path / "releases" / "latest").resolve().name == "2026.01.2"


def test_a_file_changed_after_its_audit_is_refused(tmp_path: Path) -> None:
    candidate = gates.candidate(tmp_path / "candidate")
    gates.chips(9).write_parquet(candidate.files / "chips.parquet")
    with pytest.raises(ReleaseRefused, match=r"chips: chips\.parquet changed after its audit"):
        publish(candidate, Shelf(tmp_path / "releases"))
    assert not Shelf(tmp_path / "releases").releases()


def test_an_unaudited_candidate_is_refused(tmp_path: Path) -> None:
    candidate = gates.candidate(tmp_path / "candidate")
    (candidate.folder / "audit.json").unlink()
    with pytest.raises(ReleaseRefused, match="nothing was audited"):
        publish(candidate, Shelf(tmp_path / "releases"))


def test_a_table_that_was_not_audited_is_refused(tmp_path: Path) -> None:
    candidate = gates.candidate(tmp_path / "candidate")
    audits = json.loads((candidate.folder / "audit.json").read_text())["tables"]
    (candidate.folder / "audit.json").write_text(json.dumps({"tables": audits[:1]}))
    with pytest.raises(ReleaseRefused, match="countries: not audited"):
        publish(candidate, Shelf(tmp_path / "releases"))


def test_a_failed_audit_is_refused(tmp_path: Path) -> None:
    candidate = gates.candidate(tmp_path / "candidate", {"chips": gates.chips(speed=1000.0)})
    with pytest.raises(ReleaseRefused, match="chips: failed its audit"):
        publish(candidate, Shelf(tmp_path / "releases"))


def test_a_file_no_table_declares_is_refused(tmp_path: Path) -> None:
    candidate = gates.candidate(tmp_path / "candidate")
    gates.chips().write_parquet(candidate.files / "papers.parquet")
    with pytest.raises(ReleaseRefused, match="papers"):
        publish(candidate, Shelf(tmp_path / "releases"))


def test_a_table_that_vanishes_without_a_new_major_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gates.published(tmp_path)
    whole = gates.candidate(tmp_path / "candidate")
    (whole.files / "countries.parquet").unlink()
    smaller = replace(whole, tables=(gates.CHIPS,))
    with pytest.raises(ReleaseRefused, match=r"tables \['countries'\] of release 2026\.01\.1 are gone"):
        publish(smaller, Shelf(tmp_path / "releases"))
    monkeypatch.setattr("indicators.model.SCHEMA_VERSION", "99.0.0")
    assert publish(smaller, Shelf(tmp_path / "releases"), datetime(2026, 1, 2, tzinfo=UTC)).is_new


def test_a_crash_while_staging_leaves_the_old_state_and_the_next_try_succeeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gates.published(tmp_path)

    def crash(*_: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(importlib.import_module("indicators.release.publish"), "_sums", crash)
        with pytest.raises(KeyboardInterrupt):
            gates.published(tmp_path, {"chips": gates.chips(9)}, day=2)
    assert [release.version for release in Shelf(tmp_path / "releases").releases()] == ["2026.01.1"]
    assert gates.published(tmp_path, {"chips": gates.chips(9)}, day=2).release.version == "2026.01.2"


def test_a_crash_before_the_index_heals_at_the_next_publish(tmp_path: Path) -> None:
    gates.published(tmp_path)
    index = tmp_path / "releases" / "index.json"
    index.unlink()
    gates.published(tmp_path, day=2)
    assert json.loads(index.read_text())["latest"] == "2026.01.1"


def test_versions_count_within_their_month_beyond_nine(tmp_path: Path) -> None:
    for number in (1, 9, 10):
        folder = tmp_path / f"2026.01.{number}"
        folder.mkdir()
        (folder / "SHA256SUMS").touch()
        (folder / "datapackage.json").touch()
    shelf = Shelf(tmp_path)
    assert next_version(shelf, date(2026, 1, 31)) == "2026.01.11"
    assert next_version(shelf, date(2026, 2, 1)) == "2026.02.1"
    assert shelf.get().version == "2026.01.10"


def test_the_moment_of_publishing_is_in_no_parquet_file(tmp_path: Path) -> None:
    one = publish(gates.candidate(tmp_path / "a"), Shelf(tmp_path / "one"), datetime(2026, 1, 1, tzinfo=UTC)).release
    two = publish(gates.candidate(tmp_path / "b"), Shelf(tmp_path / "two"), datetime(2027, 2, 2, tzinfo=UTC)).release
    assert (one.tables / "chips.parquet").read_bytes() == (two.tables / "chips.parquet").read_bytes()
