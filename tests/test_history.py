"""History: every version of every released row, readable as of any release, and rebuildable."""

from pathlib import Path

import duckdb
import gates
import polars as pl
import pytest

from indicators.history import History
from indicators.model import IndicatorsError

SQL = Path(__file__).resolve().parents[1] / "sql" / "history"


@pytest.fixture
def history(tmp_path: Path) -> History:
    """Three releases: ten chips; one gone, one new, one changed; and a new column."""
    second = gates.chips(11, speed=9.5).filter(pl.col("chip_id") != "c0")
    for day, frame in enumerate([gates.chips(), second, gates.chips()], start=1):
        gates.published(tmp_path, {"chips": frame}, day)
    history = History(tmp_path / "indicators.duckdb", SQL)
    for release in releases(tmp_path):
        assert history.record(release)
    return history


def releases(place: Path) -> list[Path]:
    return [place / "releases" / f"2026.01.{number}" for number in (1, 2, 3)]


def read(history: History, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(history.file), read_only=True) as connection:
        return connection.sql(sql).fetchall()


@pytest.mark.parametrize("version", ["2026.01.1", "2026.01.2", "2026.01.3"])
def test_every_release_reads_back_exactly(history: History, version: str, tmp_path: Path) -> None:
    released = f"'{tmp_path}/releases/{version}/tables/chips.parquet'"
    with duckdb.connect(str(history.file), read_only=True) as connection:
        for one, other in ((f"chips_as_of('{version}')", released), (released, f"chips_as_of('{version}')")):
            assert not connection.sql(f"FROM {one} EXCEPT ALL FROM {other}").fetchall()


def test_rows_that_did_not_change_are_stored_once(history: History) -> None:
    assert read(history, "SELECT release_from, release_to FROM chips_history WHERE chip_id = 'c5'") == [("2026.01.1", None)]


def test_a_row_that_changed_and_came_back_has_three_lives(history: History) -> None:
    lives = "SELECT release_from, release_to, speed FROM chips_history WHERE chip_id = 'c1' ORDER BY release_from"
    assert read(history, lives) == [("2026.01.1", "2026.01.2", 1.0), ("2026.01.2", "2026.01.3", 9.5), ("2026.01.3", None, 1.0)]


def test_changes_tell_every_row_and_cell_that_differs(history: History) -> None:
    assert read(history, "FROM changes('2026.01.1', '2026.01.2')") == [
        ("chips", "added", '{"chip_id":"c10"}', None, None, None),
        ("chips", "removed", '{"chip_id":"c0"}', None, None, None),
        ("chips", "restated", '{"chip_id":"c1"}', "speed", "1.0", "9.5"),
    ]


def test_a_row_that_changed_and_came_back_is_no_change(history: History) -> None:
    assert read(history, "FROM changes('2026.01.1', '2026.01.3')") == []


@pytest.mark.parametrize("pair", ["'2020.01.1', '2026.01.1'", "'2026.01.1', '2020.01.1'"])
def test_changes_since_an_unknown_release_are_an_error(pair: str, history: History) -> None:
    with pytest.raises(duckdb.Error, match=r"no release 2020\.01\.1"):
        read(history, f"FROM changes({pair})")


def test_a_history_without_columns_asks_to_be_rebuilt(history: History, tmp_path: Path) -> None:
    with duckdb.connect(str(history.file)) as connection:
        connection.execute("DELETE FROM release_columns WHERE version = '2026.01.2'")
    with pytest.raises(IndicatorsError, match=r"holds 2026\.01\.2 without its columns.*history rebuild"):
        history.record(releases(tmp_path)[2])


def test_the_table_itself_is_the_newest_release(history: History) -> None:
    assert read(history, "SELECT count(*) FROM chips") == [(10,)]


def test_an_unknown_release_is_an_error_and_not_an_empty_answer(history: History) -> None:
    with pytest.raises(duckdb.Error, match=r"no release 2020\.01\.1"):
        read(history, "FROM chips_as_of('2020.01.1')")


def test_recording_twice_changes_nothing(history: History, tmp_path: Path) -> None:
    before = read(history, "FROM chips_history ORDER BY ALL")
    assert not history.record(releases(tmp_path)[1])
    assert read(history, "FROM chips_history ORDER BY ALL") == before


def test_a_rebuild_gives_the_same_content(history: History, tmp_path: Path) -> None:
    before = [read(history, f"FROM {table} ORDER BY ALL") for table in ("chips_history", "countries_history", "releases")]
    history.rebuild(releases(tmp_path))
    assert [read(history, f"FROM {table} ORDER BY ALL") for table in ("chips_history", "countries_history", "releases")] == before


def test_an_older_release_cannot_be_slipped_in(tmp_path: Path) -> None:
    gates.published(tmp_path)
    gates.published(tmp_path, {"chips": gates.chips(9)}, day=2)
    history = History(tmp_path / "indicators.duckdb", SQL)
    history.record(tmp_path / "releases" / "2026.01.2")
    with pytest.raises(IndicatorsError, match="rebuild"):
        history.record(tmp_path / "releases" / "2026.01.1")


def test_a_failure_in_the_middle_records_nothing(history: History, tmp_path: Path) -> None:
    release = gates.published(tmp_path, {"chips": gates.chips(9)}, day=4).release.folder
    (release / "tables" / "countries.parquet").write_bytes(b"no parquet")
    with pytest.raises(duckdb.Error):
        history.record(release)
    assert history.releases() == ["2026.01.1", "2026.01.2", "2026.01.3"]
    assert read(history, "SELECT count(*) FROM chips") == [(10,)]


def test_a_new_column_is_null_in_older_releases(tmp_path: Path) -> None:
    history = History(tmp_path / "indicators.duckdb", SQL)
    gates.published(tmp_path)
    first, second = (tmp_path / "releases" / f"2026.01.{number}" for number in (1, 2))
    history.record(first)
    gates.published(tmp_path, {"chips": gates.chips(9)}, day=2)
    pl.read_parquet(second / "tables" / "chips.parquet").with_columns(price=pl.lit(3)).write_parquet(second / "tables" / "chips.parquet")
    history.record(second)
    assert read(history, "SELECT DISTINCT price FROM chips_as_of('2026.01.1')") == [(None,)]
    assert read(history, "SELECT DISTINCT price FROM chips_as_of('2026.01.2')") == [(3,)]


def told(history: History, sql: str) -> dict[object, object]:
    """Names and comments, as a query gives them."""
    return {name: comment for name, comment in read(history, sql)}  # noqa: C416


@pytest.mark.parametrize("relation", ["chips", "chips_history"])
def test_every_column_says_what_it_means_and_its_unit(relation: str, history: History) -> None:
    comments = told(history, f"SELECT column_name, comment FROM duckdb_columns() WHERE table_name = '{relation}'")
    assert (comments["chip_id"], comments["speed"]) == ("Id", "Speed [op/s]")
    assert all(comments.values())


def test_tables_and_macros_say_what_they_are(history: History) -> None:
    views = told(history, "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal")
    macros = told(history, "SELECT function_name, comment FROM duckdb_functions() WHERE NOT internal")
    tables = told(history, "SELECT table_name, comment FROM duckdb_tables()")
    assert views["chips"] == "Chips. Chips of a test."
    assert macros["chips_as_of"] == "The table chips as a release had it"
    assert macros["changes"]
    assert tables["chips_history"] == "Every version of every row of chips, with the releases that have it"


@pytest.mark.parametrize("kind", ["columns", "views", "tables", "functions"])
def test_nothing_in_the_file_goes_without_a_word(kind: str, history: History) -> None:
    bare = "comment IS NULL AND NOT internal" if kind != "tables" else "comment IS NULL"
    assert read(history, f"SELECT * FROM duckdb_{kind}() WHERE {bare} AND database_name = current_database()") == []


def test_comments_are_those_of_the_newest_release(history: History, tmp_path: Path) -> None:
    release = gates.published(tmp_path, {"chips": gates.chips(9)}, day=4).release.folder
    package = release / "datapackage.json"
    package.write_text(package.read_text().replace('"Speed"', '"Speed, it\'s measured"'))
    history.record(release)
    comments = told(history, "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'chips'")
    assert comments["speed"] == "Speed, it's measured [op/s]"


def test_the_file_is_of_the_version_that_older_clients_open(history: History) -> None:
    with duckdb.connect(str(history.file), read_only=True) as connection:
        tags = connection.sql("SELECT tags FROM duckdb_databases() WHERE NOT internal").fetchall()[0][0]
    assert tags["storage_version"].startswith("v1.0.0")
