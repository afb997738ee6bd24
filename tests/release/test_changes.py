"""What changed, told three ways alike (changes.parquet, the history, the diff) and held to an independent comparison."""

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import gates
import polars as pl
import pytest
from click.testing import CliRunner

from indicators.cli import cli
from indicators.history import History
from indicators.model import Folders, IndicatorsError
from indicators.release import Shelf

NAMES = ["table_name", "change_code", "key", "column_name", "value_before", "value_after"]
LATER = gates.chips(12, speed=None, maker_country_code="CHN").filter(pl.col("chip_id") != "c0")
MORE = pl.DataFrame({"country_code": ["CHN", "FRA", "USA"]})
KEYS = {"chips": ["chip_id"], "countries": ["country_code"]}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three releases: as it began; one chip gone, two new, one with other values; one country more."""
    data = tmp_path_factory.mktemp("changes")
    gates.published(data)
    gates.published(data, {"chips": LATER}, day=2)
    gates.published(data, {"chips": LATER, "countries": MORE}, day=3)
    history = History(data / "indicators.duckdb", Folders(data).sql / "history")
    for release in Shelf(data / "releases").releases():
        history.record(release.folder)
    return data


@pytest.fixture
def data(published: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, as the data folder that commands read."""
    monkeypatch.setenv("INDICATORS_DATA", str(published))
    return published


def by_hand(data: Path, before: str, after: str) -> list[tuple[Any, ...]]:
    """The same comparison in plain Python, without this project's code and without DuckDB."""
    found: list[tuple[Any, ...]] = []
    for table, key in KEYS.items():
        then, now = (rows(data, version, table, key) for version in (before, after))
        found += [(table, "added", name, None, None, None) for name in now.keys() - then.keys()]
        found += [(table, "removed", name, None, None, None) for name in then.keys() - now.keys()]
        for name in then.keys() & now.keys():
            found += [(table, "restated", name, column, text(then[name][column]), text(now[name][column]))
                      for column in now[name] if then[name][column] != now[name][column]]  # fmt: skip
    return sorted(found, key=lambda row: [text or "" for text in row])


def rows(data: Path, version: str, table: str, key: list[str]) -> dict[str, dict[str, Any]]:
    frame = pl.read_parquet(data / "releases" / version / "tables" / f"{table}.parquet")
    return {json.dumps({name: row[name] for name in key}, separators=(",", ":")): row for row in frame.iter_rows(named=True)}


def text(value: object) -> str | None:
    return None if value is None else str(value)


def remembered(data: Path, before: str, after: str) -> list[tuple[Any, ...]]:
    """The answer of the history."""
    with duckdb.connect(str(data / "indicators.duckdb"), read_only=True) as connection:
        found = connection.sql(f"FROM changes('{before}', '{after}')")
        assert found.columns == NAMES
        return found.fetchall()


def said(*words: str) -> str:
    """What `indicators diff` prints; an error of ours is raised as it is."""
    ended = CliRunner().invoke(cli, ["diff", *words], catch_exceptions=False)
    assert ended.exit_code == 0, ended.output
    return ended.stdout


def printed(*words: str) -> list[tuple[Any, ...]]:
    """The rows that it prints as CSV."""
    return [tuple(row[name] or None for name in NAMES) for row in csv.DictReader(io.StringIO(said(*words, "--csv")))]


@pytest.mark.parametrize(("before", "after"), [(1, 2), (2, 3), (1, 3), (3, 1)])
def test_the_history_tells_what_a_comparison_by_hand_finds(before: int, after: int, data: Path) -> None:
    versions = f"2026.01.{before}", f"2026.01.{after}"
    assert by_hand(data, *versions)
    assert remembered(data, *versions) == by_hand(data, *versions)


@pytest.mark.parametrize("version", [2, 3])
def test_changes_parquet_tells_the_same_of_the_release_before(version: int, data: Path) -> None:
    file = pl.read_parquet(data / "releases" / f"2026.01.{version}" / "changes.parquet")
    assert file.columns == NAMES
    assert file.rows() == by_hand(data, f"2026.01.{version - 1}", f"2026.01.{version}")


def test_the_diff_prints_the_same(data: Path) -> None:
    found = by_hand(data, "2026.01.1", "2026.01.3")
    assert [row for table in KEYS for row in printed("2026.01.1", "latest", "--table", table)] == found
    told = json.loads(said("2026.01.1", "2026.01.3", "--table", "chips", "--json"))
    assert [tuple(row.values()) for row in told] == [row for row in found if row[0] == "chips"]


@pytest.mark.usefixtures("data")
def test_the_diff_counts_every_table_and_shows_those_that_differ() -> None:
    counted = json.loads(said("2026.01.1", "2026.01.2", "--json"))
    assert (counted["from"], counted["to"]) == ("2026.01.1", "2026.01.2")
    assert (counted["tables"]["chips"]["rows_added"], counted["tables"]["countries"]["rows_added"]) == (2, 0)
    lines = list(csv.DictReader(io.StringIO(said("2026.01.1", "2026.01.2", "--csv"))))
    assert [(line["table_name"], line["rows_changed"], line["values_changed"]) for line in lines] == [
        ("chips", "1", "2"),
        ("countries", "0", "0"),
    ]
    shown = said("2026.01.1", "2026.01.2")
    assert "1 of 2 tables differ" in shown
    assert "countries" not in shown


@pytest.mark.usefixtures("data")
def test_previous_and_latest_name_releases_and_are_the_default() -> None:
    assert said().startswith("2026.01.2 → 2026.01.3: 1 of 2 tables differ")
    assert said("2026.01.1", "previous").startswith("2026.01.1 → 2026.01.2")
    assert "0 of 2 tables differ" in said("latest", "latest")


@pytest.mark.usefixtures("data")
def test_an_unknown_release_or_table_is_answered_with_those_there_are() -> None:
    with pytest.raises(IndicatorsError, match=r"there are 2026\.01\.1, 2026\.01\.2, 2026\.01\.3"):
        said("2025.01.1")
    with pytest.raises(IndicatorsError, match=r"no table 'chip' in 2026\.01\.1 or 2026\.01\.3; there are chips, countries"):
        said("2026.01.1", "--table", "chip")
    assert "two formats" in CliRunner().invoke(cli, ["diff", "--csv", "--json"]).stderr


@pytest.mark.usefixtures("data")
def test_people_read_the_key_in_words_and_how_many_more_rows_there_are() -> None:
    shown = said("2026.01.1", "--table", "chips", "--rows", "2")
    assert "c10" in shown
    assert "2 of 5 rows" in shown
    assert "the same" in said("latest", "latest", "--table", "chips")


def test_a_first_release_has_no_changes_and_every_release_the_same_columns(data: Path) -> None:
    first = pl.read_parquet(data / "releases" / "2026.01.1" / "changes.parquet")
    assert (first.columns, first.height) == (NAMES, 0)


def test_the_same_two_releases_give_the_same_bytes(data: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    gates.published(again, day=9)
    gates.published(again, {"chips": LATER}, day=10)
    one, other = (path / "releases" / "2026.01.2" / "changes.parquet" for path in (data, again))
    assert one.read_bytes() == other.read_bytes()


def test_a_history_tells_columns_and_tables_that_came_and_went_as_the_diff_does(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A release is made over by hand, as a new major version of the schema would make it."""
    data = tmp_path / "data"
    shutil.copytree(published / "releases", data / "releases")
    monkeypatch.setenv("INDICATORS_DATA", str(data))
    last = data / "releases" / "2026.01.3"
    chips = pl.read_parquet(last / "tables" / "chips.parquet")
    chips.with_columns(price=pl.lit(3), speed=pl.lit("fast")).drop("kind_code").write_parquet(last / "tables" / "chips.parquet")
    (last / "tables" / "countries.parquet").rename(last / "tables" / "places.parquet")
    package = json.loads((last / "datapackage.json").read_text())
    package["resources"][1]["name"] = "places"
    (last / "datapackage.json").write_text(json.dumps(package))
    history = History(tmp_path / "again.duckdb", Folders(data).sql / "history")
    history.rebuild([release.folder for release in Shelf(data / "releases").releases()])
    with duckdb.connect(str(history.file), read_only=True) as connection:
        told = connection.sql("FROM changes('2026.01.2', '2026.01.3')").fetchall()
    assert told == [
        ("chips", "added", None, "price", None, "INTEGER"),
        ("chips", "removed", None, "kind_code", "VARCHAR", None),
        ("chips", "restated", None, "speed", "DOUBLE", "VARCHAR"),
        ("countries", "removed", None, None, None, None),
        ("places", "added", None, None, None, None),
    ]
    assert told == [row for table in ("chips", "countries", "places") for row in printed("--table", table)]
    assert "only 2026.01.3 has its 3 rows" in said("--table", "places")
