"""README.md of a release: someone with only the folder finds what it is, its use, its citation, its quality and its changes."""

from dataclasses import replace
from pathlib import Path

import duckdb
import gates
import polars as pl
import pytest

from indicators.release import Shelf, publish

ASKED = ("What is this?", "May I use it?", "How do I cite it?", "How good is it?", "What changed?")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second of two releases: one chip gone, one new, one without its speed."""
    place = tmp_path_factory.mktemp("release")
    gates.published(place)
    later = gates.chips(11, speed=None).filter(pl.col("chip_id") != "c0")
    return gates.published(place, {"chips": later}, day=2).release.folder


def sections(release: Path) -> dict[str, str]:
    """By question: what stands under it."""
    parts = (release / "README.md").read_text().split("\n## ")[1:]
    return dict(part.split("\n", 1) for part in parts)


def answers(release: Path) -> dict[str, str]:
    """The same with every paragraph on one line."""
    return {asked: " ".join(told.split()) for asked, told in sections(release).items()}


def test_a_reader_with_only_the_folder_finds_five_answers(release: Path) -> None:
    told = answers(release)
    assert tuple(told)[: len(ASKED)] == ASKED
    assert "2 Parquet tables" in told["What is this?"]
    assert "`chips` 10, `countries` 2" in told["What is this?"]
    assert "https://creativecommons.org/licenses/by/4.0/" in told["May I use it?"]
    assert "contributors (2026): AI-competition indicators, release 2026.01.2. Data set, CC-BY-4.0." in told["How do I cite it?"]
    assert "Warnings that stand: 1, most in `chips` 1." in told["How good is it?"]
    assert "Oldest: `small_feed` 2025-12-31." in told["How good is it?"]
    assert "Since release 2026.01.1, 1 of 2 tables changed." in told["What changed?"]
    assert "`chips` 3" in told["What changed?"]


def test_it_is_shorter_than_a_hundred_lines_and_every_file_that_it_names_is_there(release: Path) -> None:
    assert len((release / "README.md").read_text().splitlines()) < 100
    named = [line.split("`")[1] for line in sections(release)["Files"].splitlines() if line.startswith("- `")]
    assert {"DICTIONARY.md", "LICENSES.md", "CITATION.cff", "audit.json", "datapackage.json", "SHA256SUMS"} <= set(named)
    assert all((release / name).is_file() for name in named)


def test_the_first_release_says_so(tmp_path: Path) -> None:
    assert answers(gates.published(tmp_path).release.folder)["What changed?"] == "This is the first release."


def test_a_table_under_terms_of_its_own_is_told_and_no_other(tmp_path: Path) -> None:
    candidate = gates.candidate(tmp_path / "candidate")
    tables = (gates.CHIPS, replace(gates.COUNTRIES, license="CC-BY-SA-4.0"))
    told = answers(publish(replace(candidate, tables=tables), Shelf(tmp_path / "releases")).release.folder)["May I use it?"]
    assert "The table `countries` is under Creative Commons Attribution-ShareAlike 4.0" in told
    assert "`chips`" not in told


def test_the_one_query_is_sql_that_duckdb_reads(release: Path) -> None:
    query = sections(release)["What is this?"].split("```sql")[1].split("```")[0]
    assert [statement.type.name for statement in duckdb.extract_statements(query)] == ["SELECT"]
