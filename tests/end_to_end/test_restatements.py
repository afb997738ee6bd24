"""Figures that their source restated, over three vintages: each release keeps what was said then, and the history tells the difference."""

import csv
import functools
import io
import zipfile
from datetime import date
from itertools import pairwise
from pathlib import Path

import duckdb
import house
import polars as pl
import pytest

from indicators.model import Folders
from indicators.pipeline import Pipeline
from indicators.snapshots import Transport
from indicators.tables import lineage, tables

SOURCE_ID = "epoch_ai_models"
VINTAGES = (date(2025, 2, 24), date(2025, 11, 1), date(2026, 3, 30))
RUN_INPUTS = {"provenance", "definitions", "measurements", "verdicts"}
FLOP = "training_compute_flop"


def release(pipeline: Pipeline, *, is_first: bool) -> str:
    """Publish and record; after the first time, only what rests on the models is built and judged again."""
    rebuilt = {name for name in tables() if is_first or lineage(name) & {SOURCE_ID, *RUN_INPUTS}}
    for name in tables():
        if name in rebuilt:
            pipeline.build(name)
    for name in tables():
        if name in rebuilt or pipeline.judged_with(name) & rebuilt:
            audit = pipeline.audit(name)
            assert audit.passed, audit.message()
    pipeline.assemble()
    published = pipeline.publish()
    pipeline.record()
    return published.release.version


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose releases took the models as of each vintage, and the baseline for the rest."""
    house.captures()
    folder = tmp_path_factory.mktemp("restatements")
    for day in VINTAGES:
        with house.mirror(day) as address:
            pipeline = Pipeline(Folders(folder), transport=functools.partial(Transport, mirror=address))
            pipeline.refresh(SOURCE_ID)
        release(pipeline, is_first=day == VINTAGES[0])
    return folder


@pytest.fixture(scope="module")
def versions(data: Path) -> list[str]:
    return Pipeline(Folders(data)).history.releases()


def asked(data: Path, sql: str) -> list[tuple[object, ...]]:
    """The answer of the history file."""
    with duckdb.connect(str(data / "indicators.duckdb"), read_only=True) as connection:
        return connection.sql(sql).fetchall()


def raw(day: date, *names: str) -> float | None:
    """A model's training compute in the raw capture of a day, under any of its names, read without this project's code."""
    folder = house.captures()
    archive = folder / SOURCE_ID / str(day) / "ai_models.zip"
    if archive.exists():
        content = zipfile.ZipFile(archive).read("all_ai_models.csv")
    else:
        content = (folder / "epoch_notable_models" / str(day) / "notable_ai_models.csv").read_bytes()
    (row,) = [row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))) if row["Model"].strip() in names]
    return float(row["Training compute (FLOP)"]) if row["Training compute (FLOP)"] else None


@pytest.mark.parametrize(
    ("model_id", "names", "figures"),
    [
        ("deepseek-v3", ["DeepSeek-V3"], [4.56e24, 3.4078e24, 3.3e24]),
        ("gpt-4o", ["GPT-4o"], [3.81e25, None, None]),
        ("gpt-4-mar-2023", ["GPT-4", "GPT-4 (Mar 2023)"], [2.1e25, 2.1e25, 2.1e25]),
    ],
)
def test_every_release_says_what_its_capture_said(
    model_id: str, names: list[str], figures: list[float | None], data: Path, versions: list[str]
) -> None:
    told = [asked(data, f"SELECT {FLOP} FROM models_as_of('{version}') WHERE model_id = '{model_id}'") for version in versions]
    assert told == [[(figure,)] for figure in figures]
    for figure, day in zip(figures, VINTAGES, strict=True):
        assert raw(day, *names) == pytest.approx(figure)


def test_the_changes_between_two_releases_name_the_restated_figures(data: Path, versions: list[str]) -> None:
    assert len(versions) == len(VINTAGES)
    figure = f"SELECT change, model_id, {FLOP} FROM"
    first, second = (f"models_changes('{then}', '{now}')" for then, now in pairwise(versions))
    told = asked(data, f"{figure} {first} WHERE model_id IN ('deepseek-v3', 'gpt-4o') ORDER BY model_id, change")
    assert told == [
        ("added", "deepseek-v3", 3.4078e24), ("removed", "deepseek-v3", 4.56e24),
        ("added", "gpt-4o", None), ("removed", "gpt-4o", 3.81e25),
    ]  # fmt: skip
    told = asked(data, f"{figure} {second} WHERE model_id = 'deepseek-v3' ORDER BY change")
    assert told == [("added", "deepseek-v3", 3.3e24), ("removed", "deepseek-v3", 3.4078e24)]


def test_changes_of_the_history_are_those_that_each_release_tells(data: Path, versions: list[str]) -> None:
    for then, now in pairwise(versions):
        told = pl.read_parquet(data / "releases" / now / "changes.parquet").rows()
        assert asked(data, f"FROM changes('{then}', '{now}')") == told
        one, other = f"models_as_of('{now}')", f"models_as_of('{then}')"
        counted = [asked(data, f"SELECT count(*) FROM (FROM {a} EXCEPT ALL FROM {b})")[0][0] for a, b in ((one, other), (other, one))]
        keys = {code: {row[2] for row in told if row[:2] == ("models", code)} for code in ("added", "removed", "restated")}
        assert [len(keys["added"] | keys["restated"]), len(keys["removed"] | keys["restated"])] == counted
        assert counted[1]


def test_a_withdrawn_figure_is_never_zero(data: Path) -> None:
    assert asked(data, f"SELECT count(*), count({FLOP}) FILTER ({FLOP} < 1) FROM models_history WHERE model_id = 'gpt-4o'") == [(3, 0)]
    assert asked(data, f"SELECT model_id FROM models_history WHERE {FLOP} = 0") == []


def test_the_audit_tells_which_names_came_went_and_were_renamed(data: Path, versions: list[str]) -> None:
    audit = house.document(data / "releases" / versions[1], "audit")
    (renames,) = [
        question for table in audit["tables"] if table["table"] == "model_organizations" for question in table["findings"]
        if "renames go to model_aliases.csv" in question["question"]
    ]  # fmt: skip
    assert {row["reading"] for row in renames["sample"]} == {"probably renamed", "vanished", "appeared"}
