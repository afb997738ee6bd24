"""A release behind nginx, asked by those who read it: an older DuckDB with its HTTP extension, and polars."""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import baseline
import duckdb
import polars as pl
import pytest
import readers
from servers import Nginx, nginx

from indicators import measures
from indicators.release.companions.questions import QUESTIONS, Question

MEASURED = [question for question in QUESTIONS if question.polars]
LARGEST_SHARE = 0.1
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
COUNTS = "import duckdb\nduckdb.execute(open({views!r}).read())\nfor name in {names}: print(*duckdb.sql(f'SELECT count(COLUMNS(*)) FROM {{name}}').fetchone())"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return baseline.data(tmp_path_factory)


@pytest.fixture(scope="module")
def release(data: Path) -> Path:
    return (data / "releases" / "latest").resolve()


@pytest.fixture(scope="module")
def server(release: Path) -> Iterator[Nginx]:
    with nginx(release) as running:
        yield running


def local(question: Question, tables: Path) -> list[str]:
    """The rows that our own DuckDB finds in the folder, as a reader prints them."""
    with measures.connect(tables) as connection:
        return [str(row) for row in connection.sql(question.sql).fetchall()]


def csv_bytes(path: Path, place: Path) -> int:
    """What the same table is as CSV."""
    duckdb.sql(f"COPY (FROM '{path}') TO '{place / 'table.csv'}'")
    return (place / "table.csv").stat().st_size


@pytest.mark.parametrize("reader", readers.ASK)
@pytest.mark.parametrize("question", MEASURED, ids=lambda question: question.id)
def test_a_typical_question_takes_a_tenth_of_the_csv_at_most(
    question: Question, reader: str, release: Path, server: Nginx, tmp_path: Path
) -> None:
    answer = readers.ASK[reader](question, server)
    assert answer.rows == local(question, release / "tables")
    assert len(answer.rows) > 5
    assert {request["status"] for request in answer.requests if request["method"] == "GET"} == {206}
    assert {request["uri"] for request in answer.requests} == {f"/tables/{question.table}.parquet"}
    assert answer.sent <= LARGEST_SHARE * csv_bytes(release / "tables" / f"{question.table}.parquet", tmp_path)


def test_without_small_row_groups_a_question_takes_more_than_a_tenth(release: Path, tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    path = tmp_path / "tables" / "indicator_values.parquet"
    pl.read_parquet(release / "tables" / path.name).write_parquet(path)
    with nginx(tmp_path) as server:
        assert readers.in_polars(MEASURED[0], server).sent > LARGEST_SHARE * csv_bytes(path, tmp_path)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_every_question_has_the_same_answer_over_http(question: Question, release: Path, server: Nginx) -> None:
    rows = readers.in_duckdb(question, server).rows
    assert rows
    assert rows == local(question, release / "tables")


def test_the_views_work_in_the_folder_from_elsewhere_and_over_http(release: Path, server: Nginx, tmp_path: Path) -> None:
    duckdb_alone, asked = readers.program("duckdb"), ["-csv", "-noheader", "-c", "SELECT count(*) FROM countries"]
    shutil.copy(release / "views.sql", tmp_path)
    assert readers.run([duckdb_alone, "-cmd", ".read views.sql", *asked], release) == "249\n"
    for base in (str(release), f"{release}/", server.address, f"{server.address}/"):
        told = ["-cmd", f"SET VARIABLE release = '{base}'", "-cmd", ".read views.sql"]
        assert readers.run([duckdb_alone, *told, *asked], tmp_path) == "249\n"


def test_an_older_duckdb_reads_every_column_of_every_table(release: Path) -> None:
    names = sorted(path.stem for path in (release / "tables").iterdir())
    told = readers.run([readers.program("python"), "-c", COUNTS.format(views="views.sql", names=names)], release)
    counted = [pl.read_parquet(release / "tables" / f"{name}.parquet").count().row(0) for name in names]
    assert [tuple(map(int, line.split())) for line in told.splitlines()] == counted


def test_an_older_duckdb_opens_the_history(data: Path, release: Path) -> None:
    asked = f"SELECT count(*) FROM countries_as_of('{release.name}')"
    command = [readers.program("duckdb"), "-readonly", "-csv", "-noheader", str(data / "indicators.duckdb"), "-c", asked]
    assert readers.run(command) == "249\n"


@pytest.mark.parametrize("place", ["folder", "http"])
def test_every_block_that_is_printed_for_readers_runs(place: str, release: Path, server: Nginx) -> None:
    base = server.address if place == "http" else str(release)
    blocks = BLOCK.findall((release / "QUERIES.md").read_text(encoding="utf-8").replace("BASE", base))
    assert {kind for kind, _ in blocks} == {"sh", "sql", "python", "r"}
    for kind, block in blocks:
        if kind != "r":
            assert readers.run(command(kind, block), release).strip(), block


def command(kind: str, block: str) -> list[str]:
    """How a reader runs a block: in a shell, in DuckDB, in a Python with DuckDB, or in one with polars and pandas."""
    if kind == "sh":
        return ["bash", "-ec", block]
    if kind == "sql":
        return [readers.program("duckdb"), "-init", "views.sql", "-c", block]
    return [readers.program("python") if "import duckdb" in block else sys.executable, "-c", block]
