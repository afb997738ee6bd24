"""What the page of a source says: when it was asked and confirmed, where its rows come from, and, in red, that a fetch failed."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dagster as dg
import pytest
import small

from indicators.definitions.sources import _fetched, freshness_check, source_asset
from indicators.model import Folders
from indicators.pipeline import Pipeline
from indicators.snapshots import Check, Provenance
from indicators.snapshots.rows import Origin

ASKED, BEFORE = "2026-01-02T00:00:00+00:00", "2026-01-01T00:00:00+00:00"
URL = small.SOURCE.files[0].url


def file(name: str, origin: Origin = "live", *, is_past: bool = False) -> Provenance:
    """A file of the small feed; one of the baseline was never confirmed."""
    retrieved, checked = ("", "") if origin == "baseline" else (BEFORE, ASKED)
    return Provenance("small_feed", name, URL, origin, "0", 10, 5, date(2026, 1, 1), retrieved, checked, "", is_past=is_past)


def failed(name: str) -> Check:
    """A check that gave nothing."""
    return Check(name, URL, "failed", ASKED, error="no answer in time")


Fresh = Callable[..., dg.AssetCheckEvaluation]


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fresh:
    """The check of a source that has these files, after these checks."""

    def run(*found: Provenance, checks: tuple[Check, ...] = ()) -> dg.AssetCheckEvaluation:
        pipeline = Pipeline(Folders(tmp_path), checks={"small_feed": list(checks)})
        monkeypatch.setattr(pipeline, "rows", lambda _source: [SimpleNamespace(provenance=each) for each in found])
        job = dg.define_asset_job("checks", dg.AssetSelection.all_asset_checks())
        graph = dg.Definitions([dg.AssetSpec(["source", "small_feed"])], asset_checks=[freshness_check(pipeline, small.SOURCE)], jobs=[job])
        quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
        ended = graph.resolve_job_def("checks").execute_in_process(run_config=quiet)
        (evaluation,) = ended.get_asset_check_evaluations()
        return evaluation

    return run


def test_a_source_that_was_confirmed_passes(fresh: Fresh) -> None:
    told = fresh(file("one.csv"), file("two.csv"))
    assert told.passed
    assert told.description == "Confirmed with the server: 2 files."


def test_a_fetch_of_which_nothing_came_is_red_and_says_what_stands_in(fresh: Fresh) -> None:
    told = fresh(file("one.csv", "baseline"), checks=(failed("one.csv"),))
    assert (told.passed, told.severity) == (False, dg.AssetCheckSeverity.ERROR)
    assert "| one.csv | baseline of 2026-01-01 | no answer in time |" in (told.description or "")


def test_where_some_files_were_confirmed_it_is_yellow(fresh: Fresh) -> None:
    told = fresh(file("one.csv"), file("two.csv", "snapshot"), checks=(failed("two.csv"),))
    assert (told.passed, told.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert {name: value.value for name, value in told.metadata.items()} == {"confirmed": 1, "stale": 1, "not_usable": 1}


def test_a_source_without_any_rows_does_not_pass_because_it_has_none(fresh: Fresh) -> None:
    told = fresh(checks=(failed("one.csv"),))
    assert (told.passed, told.severity) == (False, dg.AssetCheckSeverity.ERROR)
    assert "| one.csv | nothing | no answer in time |" in (told.description or "")


def test_a_past_edition_confirms_nothing(fresh: Fresh) -> None:
    told = fresh(file("old.csv", is_past=True), file("new.csv", "baseline"))
    assert told.severity == dg.AssetCheckSeverity.ERROR
    assert "| new.csv | baseline of 2026-01-01 | not asked yet |" in (told.description or "")


def test_the_page_tells_the_three_days_and_the_origins() -> None:
    good = Check("one.csv", URL, "unchanged", ASKED, BEFORE, BEFORE, "0", 10)
    told: dict[str, Any] = _fetched([good, failed("two.csv")], [file("one.csv"), file("two.csv", "baseline")])
    days = {name: value.value for name, value in told.items() if isinstance(value, dg.TimestampMetadataValue)}
    asked, before = (datetime.fromisoformat(moment).timestamp() for moment in (ASKED, BEFORE))
    assert days == {"last_checked": asked, "last_confirmed": asked, "last_changed": before}
    assert (told["dagster/row_count"], told["stale"], told["from_baseline"], told["unchanged"], told["failed"]) == (10, 1, 1, 1, 1)
    assert told["checks"].value.splitlines()[2].startswith("| two.csv | failed |")


def test_what_was_never_confirmed_has_no_day_of_it() -> None:
    assert not {"last_confirmed", "last_changed"} & set(_fetched([failed("one.csv")], [file("one.csv", "baseline")]))


def test_overdue_is_a_freshness_policy_by_the_sources_rhythm(tmp_path: Path) -> None:
    (spec,) = source_asset(Pipeline(Folders(tmp_path)), small.SOURCE).specs
    policy = spec.freshness_policy
    assert policy is not None
    assert (policy.warn_window.to_timedelta(), policy.fail_window.to_timedelta()) == (small.SOURCE.cadence, 2 * small.SOURCE.cadence)  # type: ignore[attr-defined]
