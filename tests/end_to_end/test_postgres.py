"""Dagster's instance in a real PostgreSQL, by the settings that `deploy/` has: one process runs, another one reads what became of it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import house
import postgres
import pytest

RUN = """
import dagster as dg
from indicators.definitions.sources import source_asset
from indicators.model import Folders
from indicators.pipeline import Pipeline
from indicators.sources import sources
asset = source_asset(Pipeline(Folders.from_environment()), sources()["wb_gdp"].SOURCE)
with dg.DagsterInstance.get() as instance:
    assert dg.materialize([asset], instance=instance).success
"""
READ = """
import dagster as dg
with dg.DagsterInstance.get() as instance:
    (run,) = instance.get_run_records()
    event = instance.get_latest_materialization_event(dg.AssetKey(["source", "wb_gdp"]))
    print(type(instance.run_storage).__name__, run.dagster_run.status.value, event.run_id == run.dagster_run.run_id)
    print("failed:", event.asset_materialization.metadata["failed"].value)
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a server: its instance in PostgreSQL, its settings in a folder that holds nothing else."""
    place = tmp_path_factory.mktemp("server")
    (place / "home").mkdir()
    (place / "home" / "dagster.yaml").write_bytes((house.PROJECT / "deploy" / "dagster.yaml").read_bytes())
    folders = {"DAGSTER_HOME": str(place / "home"), "INDICATORS_DATA": str(place / "data"), "INDICATORS_MIRROR": str(place / "home")}
    with postgres.cluster() as reached:
        yield {**os.environ, **reached, **folders}


def run(settings: dict[str, str], *words: str) -> str:
    """Run Python with these settings; returns what it printed."""
    ended = subprocess.run([sys.executable, *words], env=settings, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_a_run_of_one_process_is_read_by_another_and_nothing_is_written_beside_the_settings(settings: dict[str, str]) -> None:
    run(settings, "-m", "dagster", "instance", "migrate")
    run(settings, "-c", RUN)
    assert run(settings, "-c", READ).splitlines() == ["PostgresRunStorage SUCCESS True", "failed: 1"]
    assert [path.name for path in Path(settings["DAGSTER_HOME"]).iterdir()] == ["dagster.yaml"]


def test_without_the_password_the_instance_says_so(settings: dict[str, str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", READ], env=settings | {"PGPASSWORD": "another"}, capture_output=True, text=True, check=False
    )
    assert ended.returncode != 0
    assert "password authentication failed" in ended.stderr
