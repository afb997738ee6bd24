"""The graph that people see: every source, table, audit and release step, drawn from the registries."""

from pathlib import Path

import dagster as dg
import pytest

from indicators import definitions
from indicators.model import Folders
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


def test_the_daily_schedule_is_off_until_switched_on_and_requires_fresh_sources(graph: dg.Definitions) -> None:
    schedule = graph.resolve_schedule_def("daily")
    assert schedule.default_status == dg.DefaultScheduleStatus.STOPPED
    assert schedule.job_name == "refresh_and_release"


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
