"""Live servers at two dates, replayed: two releases whose differences are exactly those of their files, twice the same."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import house
import polars as pl
import pytest

EARLY = date(2026, 1, 20)


def exercise(data: Path, *days: date) -> list[str]:
    """Refresh and release at each of the days, from an empty folder; returns what the releases said."""
    data.mkdir()
    said = []
    for as_of in days:
        with house.mirror(as_of) as address:
            house.indicators("refresh", data=data, INDICATORS_MIRROR=address)
        said.append(house.indicators("release", data=data).stdout)
    return said


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the exercise was done, once."""
    house.captures()
    return tmp_path_factory.mktemp("mirror")


@pytest.fixture(scope="module")
def said(place: Path) -> list[str]:
    """As of January 2026, then at the newest captures, then once more."""
    return exercise(place / "data", EARLY, date.max, date.max)


@pytest.fixture(scope="module")
def releases(place: Path, said: list[str]) -> list[Path]:
    assert len(said) == 3
    return sorted(path for path in (place / "data" / "releases").iterdir() if path.is_dir() and not path.is_symlink())


def test_two_states_of_the_world_make_two_releases_and_a_third_run_makes_none(said: list[str], releases: list[Path]) -> None:
    assert len(releases) == 2
    assert "published" in said[0]
    assert "published" in said[1]
    assert f"nothing changed since {releases[1].name}" in said[2]


def test_what_was_not_captured_yet_fell_back_and_was_named(said: list[str], releases: list[Path]) -> None:
    early = pl.read_parquet(releases[0] / "tables" / "sources.parquet")
    origins = dict(early.select("file_name", "origin_code").iter_rows())
    assert origins["eci_scores.csv"] == "baseline"
    assert origins["nips2018.json"] == "baseline"
    assert origins["icml2024.json"] == origins["ml_hardware.csv"] == origins["title-15.xml"] == "live"
    assert "answered 404" in said[0]
    late = pl.read_parquet(releases[1] / "tables" / "sources.parquet").filter(pl.col("source_id") != "reference")
    assert late["origin_code"].unique().to_list() == ["live"]
    assert "every source was confirmed" in said[1]


def by_key(path: Path, key: list[str]) -> dict[tuple[Any, ...], dict[str, Any]]:
    return {tuple(row[name] for name in key): row for row in pl.read_parquet(path).to_dicts()}


def test_changes_are_those_of_an_independent_comparison(releases: list[Path]) -> None:
    release = house_documents(releases[1])
    assert release["changes"]["from"] == releases[0].name
    tables = [resource for resource in release["datapackage"]["resources"] if resource["path"].startswith("tables/")]
    for resource in tables:
        name, schema = resource["name"], resource["schema"]
        key = schema.get("primaryKey") or schema["uniqueKeys"][0]
        then, now = (by_key(folder / "tables" / f"{name}.parquet", key) for folder in releases)
        told = release["changes"]["tables"][name]
        changed = [(then[k], now[k]) for k in then.keys() & now.keys() if then[k] != now[k]]
        assert told["rows_added"] == len(now.keys() - then.keys()), name
        assert told["rows_removed"] == len(then.keys() - now.keys()), name
        assert told["rows_changed"] == len(changed), name
        columns = [column for one, other in changed for column in one if one[column] != other[column]]
        assert told["values_changed"] == {column: columns.count(column) for column in set(columns)}, name


def test_the_change_is_a_real_one(releases: list[Path]) -> None:
    tables = house_documents(releases[1])["changes"]["tables"]
    assert tables["accelerators"]["rows_added"] >= 5
    assert tables["entity_listings"]["rows_added"] > 100
    assert tables["models"]["rows_added"] > 70
    assert tables["models"]["rows_removed"] == tables["arena_ratings"]["rows_removed"] == 0
    assert tables["models"]["values_changed"]["training_compute_flop"] >= 5
    assert tables["benchmark_scores"]["rows_added"] > 700
    assert tables["paper_counts"]["rows_added"] == tables["paper_counts"]["rows_removed"] == 0


def test_both_states_read_back_as_of_their_release(place: Path, releases: list[Path]) -> None:
    with duckdb.connect(str(place / "data" / "indicators.duckdb"), read_only=True) as connection:
        for release in releases:
            for path in sorted((release / "tables").glob("*.parquet")):
                held, released = f"FROM {path.stem}_as_of('{release.name}')", f"FROM '{path}'"
                for one, other in ((held, released), (released, held)):
                    assert not connection.sql(f"{one} EXCEPT ALL {other} LIMIT 3").fetchall(), path.stem


def test_a_rebuilt_history_has_the_same_content(place: Path, releases: list[Path]) -> None:
    file = place / "data" / "indicators.duckdb"
    before = content(file, releases[1])
    file.unlink()
    house.indicators("history", "rebuild", data=place / "data")
    assert content(file, releases[1]) == before


def content(file: Path, release: Path) -> dict[str, list[tuple[Any, ...]]]:
    with duckdb.connect(str(file), read_only=True) as connection:
        names = sorted(path.stem for path in (release / "tables").glob("*.parquet"))
        return {name: connection.sql(f"FROM {name}_history ORDER BY ALL").fetchall() for name in names}


def test_diff_tells_the_rows(place: Path, releases: list[Path]) -> None:
    told = house.indicators("diff", releases[0].name, releases[1].name, "--table", "accelerators", "--json", data=place / "data")
    assert {"added", "restated"} <= {row["change_code"] for row in json.loads(told.stdout)}


def test_the_whole_exercise_from_empty_folders_gives_the_same_bytes(place: Path, releases: list[Path]) -> None:
    exercise(place / "again", EARLY, date.max)
    for release in releases:
        assert house.parquet(place / "again" / "releases" / release.name) == house.parquet(release)


def house_documents(release: Path) -> dict[str, Any]:
    return {name: house.document(release, name) for name in ("changes", "datapackage")}
