"""The graph that people see: every source, table, audit and release step, drawn from the registries."""

import os
from pathlib import Path
from types import SimpleNamespace

import dagster as dg
import gates
import pytest

from indicators import definitions
from indicators.cli import home
from indicators.definitions.tables import _found
from indicators.model import Folders, IndicatorsError
from indicators.pipeline import Pipeline
from indicators.sources import sources
from indicators.tables import tables


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> dg.Definitions:
    return definitions.build(Pipeline(Folders(tmp_path_factory.mktemp("data"))))


def test_every_source_table_and_release_step_is_an_asset(graph: dg.Definitions) -> None:
    keys = {key.to_user_string() for key in graph.resolve_asset_graph().materializable_asset_keys}
    expected = {f"source/{name}" for name in sources()} | {f"table/{name}" for name in tables()}
    assert keys == expected | {"release/candidate", "release/published", "release/history"}


def test_every_table_has_one_blocking_audit(graph: dg.Definitions) -> None:
    checks = graph.resolve_asset_graph().asset_check_keys
    audits = {key.asset_key.path[-1] for key in checks if key.name == "audit"}
    assert audits == set(tables())
    assert all(graph.resolve_asset_graph().get(key).blocking for key in checks if key.name == "audit")


def test_curated_facts_are_drawn(graph: dg.Definitions) -> None:
    keys = {key.to_user_string() for key in graph.resolve_asset_graph().get_all_asset_keys()}
    assert "reference/control_thresholds" in keys


@pytest.mark.parametrize("name", ["daily", "daily_refresh", "weekly"])
def test_a_schedule_is_off_until_switched_on_and_one_that_releases_requires_fresh_sources(graph: dg.Definitions, name: str) -> None:
    schedule = graph.resolve_schedule_def(name)
    assert schedule.default_status == dg.DefaultScheduleStatus.STOPPED
    assert schedule.execution_timezone == "UTC"
    (request,) = schedule.evaluate_tick(dg.build_schedule_context()).run_requests or []
    strict = {"ops": {"release__candidate": {"config": {"require_fresh": True}}}}
    assert (schedule.job_name, request.run_config) == (("refresh", {}) if name == "daily_refresh" else ("refresh_and_release", strict))


def test_jobs_and_schedules_teach_what_they_do(graph: dg.Definitions) -> None:
    told = [graph.resolve_job_def(name).description for name in ("refresh", "release", "refresh_and_release", "cross_check")]
    told += [graph.resolve_schedule_def(name).description for name in ("daily", "daily_refresh", "weekly")]
    assert all(told)


def test_a_built_table_says_what_differs_from_the_last_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, table = tmp_path / "2026.11.1" / "tables", gates.CHIPS
    gates.write(folder.parent, {"chips": gates.chips(8)})
    pipeline = Pipeline(Folders(tmp_path))
    monkeypatch.setitem(_found.__globals__, "tables", lambda: {"chips": SimpleNamespace(TABLE=table)})
    path = gates.write(tmp_path, {"chips": gates.chips()}) / "chips.parquet"
    assert not {"compared_with", "rows_added"} & set(_found(pipeline, "chips", path))
    last = SimpleNamespace(version="2026.11.1", tables=folder)
    monkeypatch.setattr(Pipeline, "shelf", property(lambda _self: SimpleNamespace(latest=lambda: last)))
    found = _found(pipeline, "chips", path)
    told = {name: found[name] for name in ("dagster/row_count", "compared_with", "rows_added", "rows_removed", "rows_changed")}
    assert told == dict(zip(told, (10, "release 2026.11.1", 2, 0, 0), strict=True))
    assert [record.data["row 1"] for record in found["preview"].records] == ["c0", "USA", "gpu", "0.0"]


@pytest.mark.parametrize(("job", "fetches"), [("refresh", True), ("release", False), ("refresh_and_release", True)])
def test_jobs_fetch_exactly_where_they_say_so(graph: dg.Definitions, job: str, *, fetches: bool) -> None:
    steps = {node.name for node in graph.resolve_job_def(job).nodes}
    assert ("source__epoch_eci" in steps) is fetches


def test_every_source_has_a_freshness_policy_and_a_licence(graph: dg.Definitions) -> None:
    for source_id in sources():
        node = graph.resolve_asset_graph().get(dg.AssetKey(["source", source_id]))
        assert node.freshness_policy is not None
        assert node.metadata["license"]


def test_a_broken_table_stops_everything_after_it_and_the_words_reach_the_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline = Pipeline(Folders(tmp_path))
    monkeypatch.setattr(pipeline.folders.__class__, "reference", property(lambda self: self.data))
    job = definitions.build(pipeline).resolve_job_def("release")
    result = job.execute_in_process(raise_on_error=False, run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}})
    assert not result.success
    told = list(definitions.failures(result))
    assert any("control_thresholds.csv" in message for _, message in told)
    assert not (tmp_path / "releases").exists()


def test_without_a_word_the_instance_lies_in_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAGSTER_HOME", "")
    assert home.prepare(Folders(tmp_path)) == tmp_path / "dagster"
    assert os.environ["DAGSTER_HOME"] == str(tmp_path / "dagster")
    assert "max_concurrent_runs: 1" in (tmp_path / "dagster" / "dagster.yaml").read_text()


def test_an_instance_that_the_environment_names_is_used_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own"
    monkeypatch.setenv("DAGSTER_HOME", str(own))
    with pytest.raises(IndicatorsError, match="DAGSTER_HOME"):
        home.prepare(Folders(tmp_path))
    own.mkdir()
    (own / "dagster.yaml").write_text("telemetry:\n  enabled: false\n")
    assert home.prepare(Folders(tmp_path)) == own
    assert (own / "dagster.yaml").read_text() == "telemetry:\n  enabled: false\n"
    assert not (tmp_path / "dagster").exists()
