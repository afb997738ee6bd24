"""benchmark_scores: scores on their benchmark's scale, versions with models, dates and countries, and what the audit catches."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import gates
import polars as pl
import pytest
from scored import MODELS, ORGANIZATIONS, failing, listed, scored, version

from indicators import measures
from indicators.model import SCHEMA_VERSION, ContractBroken
from indicators.quality import Previous
from indicators.quality.metrics import Metric, measure
from indicators.tables.capability.benchmark_scores import TABLE

SOURCES = pl.DataFrame({"source_id": ["epoch_benchmark_hub"], "as_of_date": [date(2026, 4, 29)]})
FIVE: list[dict[str, Any]] = [{"model_version": f"v-{number}", "score": 0.3 + number / 10} for number in range(5)]


def only(**cells: Any) -> dict[str, Any]:
    (row,) = scored(cells).to_dicts()
    return row


def caught(words: str, *rows: dict[str, Any]) -> list[tuple[Any, ...]]:
    tables = {"benchmark_scores": scored(*rows), "benchmarks": listed(*rows), "sources": SOURCES, "organizations": ORGANIZATIONS}
    return failing(TABLE.rules, words, **tables, models=MODELS)


@pytest.mark.parametrize(("hub", "index", "told"), [
    (date(2024, 11, 30), date(2024, 6, 3), []), (date(2024, 12, 1), date(2024, 9, 1), [("benchmark_scores", date(2024, 12, 1))]),
    (date(2024, 9, 1), date(2024, 6, 2), [("capability_scores", date(2024, 6, 2))]), (None, None, []),
])  # fmt: skip
def test_a_model_dated_far_from_its_versions_is_told(hub: date | None, index: date | None, told: list[tuple[str, date]]) -> None:
    linked = {"benchmark_scores": [hub, date(2025, 6, 1)], "capability_scores": [index]}
    tables = {
        name: pl.DataFrame({"model_id": ["m"] * len(days), "release_date": days}, schema_overrides={"release_date": pl.Date})
        for name, days in linked.items()
    }
    if hub is None:
        tables = {name: frame.filter(pl.col("release_date").is_not_null()) for name, frame in tables.items()}
        tables["benchmark_scores"] = tables["benchmark_scores"].clear()
    models = pl.DataFrame({"model_id": ["m"], "model_name": ["M"], "publication_date": [date(2024, 9, 1)]})
    found = failing(TABLE.rules, "within 90 days", models=models, **tables)
    assert found == [("M", table, date(2024, 9, 1), day) for table, day in told]


@pytest.mark.parametrize(("file", "printed", "score"), [
    ("aider_polyglot_external", 88.0, 0.88), ("os_world_external", 66.3, 0.663), ("mmlu_external", 0.881, 0.881),
    ("metr_time_horizons_external", 718.80683, 718.80683), ("lech_mazur_writing_external", 8.729, 8.729),
])  # fmt: skip
def test_shares_are_from_0_to_1_whatever_the_file_prints(file: str, printed: float, score: float) -> None:
    assert only(benchmark_file=file, score=printed)["score"] == pytest.approx(score, abs=1e-12)


def test_an_error_on_another_scale_than_its_score_is_brought_to_it() -> None:
    row = only(benchmark_file="apex_agents_external", score=0.384, standard_error=3.9)
    assert (row["score"], row["standard_error"]) == (0.384, 0.039)


@pytest.mark.parametrize(("printed", "base", "effort"), [
    ("gpt-5-2025-08-07_high", "gpt-5-2025-08-07", "high"), ("fireworks/kimi-k2p5", "kimi-k2p5", None),
    ("chutes/Qwen3-235B-A22B_16k", "Qwen3-235B-A22B", "16k"), ("video_chat2_mistral", "video_chat2_mistral", None),
])  # fmt: skip
def test_host_and_effort_are_taken_from_the_version(printed: str, base: str, effort: str | None) -> None:
    row = only(model_version=printed)
    assert (row["model_version"], row["base_version"], row["effort_code"]) == (printed, base, effort)


def test_the_index_names_the_model_and_only_exact_names_are_linked() -> None:
    rows = scored({"model_version": "a"}, {"model_version": "b"}, {"model_version": "c"}, version("a", "Model 1", date(2024, 9, 1)),
                  version("b", "Twin", date(2024, 9, 1)), version("c", "model 1", date(2024, 9, 1)))  # fmt: skip
    assert rows.select("model_name", "model_id").rows() == [("Model 1", "model-1"), ("Twin", None), ("model 1", None)]


def test_several_results_of_a_version_are_counted_from_the_best_and_equal_lines_are_one() -> None:
    rows = scored({"score": 0.5, "setting": "0"}, {"score": 0.7, "setting": "5"}, {"score": 0.5, "setting": "0"})
    assert rows.select("ordinal", "score", "setting").rows() == [(1, 0.7, "5"), (2, 0.5, "0")]


def test_rows_without_a_version_or_a_score_are_left_out_and_counted() -> None:
    rows = ({"model_version": None}, {"score": None}, {"model_version": "m-2"})
    assert scored(*rows)["model_version"].to_list() == ["m-2"]
    counted = listed(*rows).filter(benchmark_id="mmlu").select("upstream_row_count", "unassigned_row_count", "unscored_row_count")
    assert counted.rows() == [(3, 1, 1)]


def test_the_seats_decide_where_several_countries_are_printed_for_one_developer() -> None:
    both = "United States of America,United Kingdom of Great Britain and Northern Ireland"
    flipped = "United Kingdom of Great Britain and Northern Ireland,United States of America"
    for cell in (both, flipped):
        row = only(organizations="US Lab,US Lab Research", countries=cell)
        assert (row["country_code"], row["country_basis_code"], row["organization_id"]) == ("USA", "seat", "us-lab")


def test_two_developers_with_two_seats_have_no_country() -> None:
    row = only(organizations="US Lab,French Lab", countries="United States of America,France")
    assert (row["country_code"], row["country_basis_code"]) == (None, "several")


def test_a_blank_developer_is_filled_by_curation_alone() -> None:
    filled, unknown = (only(model_version=name, organizations=None, countries=None) for name in ("Blank 1", "Blank 2"))
    assert (filled["country_code"], filled["country_basis_code"], filled["organization_id"]) == ("CHN", "curated", "curated-lab")
    assert (unknown["country_code"], unknown["country_basis_code"], unknown["organization_id"]) == (None, "unknown", None)


@pytest.mark.parametrize(("cells", "match"), [
    ({"organizations": "Lab of tomorrow"}, r"benchmark_scores: unknown organisations \['Lab of tomorrow'\].*organization_aliases\.csv"),
    ({"countries": "Atlantis"}, r"benchmark_scores: unknown country names \['Atlantis'\]"),
])  # fmt: skip
def test_a_name_nobody_knows_stops_the_build(cells: dict[str, Any], match: str) -> None:
    with pytest.raises(ContractBroken, match=match):
        scored(cells)


def test_a_date_is_set_right_only_where_it_is_the_one_known_to_be_wrong() -> None:
    early, right = (only(model_version="K2-0905", release_date=day) for day in (date(2024, 9, 5), date(2025, 9, 6)))
    assert (early["release_date"], early["release_date_basis_code"]) == (date(2025, 9, 5), "curated")
    assert (right["release_date"], right["release_date_basis_code"]) == (date(2025, 9, 6), "source")
    assert only(release_date=None)["release_date_basis_code"] == "unknown"


@pytest.mark.parametrize("score", [1.01, -0.1, 50.0])
def test_a_score_off_its_scale_is_caught(score: float) -> None:
    assert caught("on the scale of its benchmark", *FIVE) == []
    assert len(caught("on the scale of its benchmark", *FIVE, {"score": score})) == 1


def test_a_benchmark_flipped_from_0_to_1_to_0_to_100_is_caught() -> None:
    flipped = [row | {"score": row["score"] * 100} for row in FIVE]
    assert len(caught("on the scale of its benchmark", *flipped)) == 5


def test_a_benchmark_flipped_from_0_to_100_to_0_to_1_is_caught() -> None:
    aider = [row | {"benchmark_file": "aider_polyglot_external"} for row in FIVE]
    sound = [row | {"score": row["score"] * 100} for row in aider]
    assert caught("reach 0.02", *sound) == []
    assert [row[0] for row in caught("reach 0.02", *aider)] == ["aider_polyglot"]


def test_an_error_on_the_wrong_scale_is_caught() -> None:
    assert caught("a quarter of the scale", {"benchmark_file": "gpqa_diamond", "standard_error": 0.03}) == []
    assert len(caught("a quarter of the scale", {"benchmark_file": "gpqa_diamond", "standard_error": 3.0})) == 1


def test_a_version_dated_in_the_future_is_caught() -> None:
    assert caught("no later than its source", {"release_date": date(2026, 4, 29)}) == []
    assert len(caught("no later than its source", {"release_date": date(2026, 4, 30)})) == 1


KIMI = [version("Kimi-K2-Instruct", "Kimi K2", date(2025, 7, 12)), {"model_version": "Kimi-K2-Instruct", "release_date": date(2025, 7, 12)}]


@pytest.mark.parametrize(("name", "day", "is_caught"), [
    ("Kimi-K2-Instruct-0905", date(2024, 9, 5), True), ("fireworks/Kimi-K2-Instruct-0905_high", date(2024, 9, 5), True),
    ("Kimi-K2-Instruct-0905", date(2025, 9, 5), False), ("Kimi-K2-Instruct-preview", date(2025, 2, 1), False),
    ("Kimi-K2-Instruct-fp8", date(2025, 7, 1), False), ("Other-0905", date(2024, 9, 5), False),
])  # fmt: skip
def test_a_version_dated_before_its_base_version_is_listed(name: str, day: date, is_caught: bool) -> None:
    found = caught("whose name it extends", *KIMI, {"model_version": name, "release_date": day}, version(name, "Kimi K2", day))
    assert bool(found) is is_caught


@pytest.mark.parametrize(("name", "day", "is_caught"), [
    ("o3-2025-04-16_high", date(2024, 12, 20), True), ("o3-2025-04-16_high", date(2025, 4, 16), False),
    ("claude-3-opus-20240229", date(2024, 2, 1), True), ("claude-3-opus-20240229", date(2024, 3, 4), False),
    ("gpt-4-0314", date(2020, 1, 1), False),
])  # fmt: skip
def test_a_version_dated_before_the_day_in_its_name_is_listed(name: str, day: date, is_caught: bool) -> None:
    assert bool(caught("the day in its own name", {"model_version": name, "release_date": day})) is is_caught


def test_a_run_before_the_release_and_an_unknown_effort_and_a_zero_are_listed() -> None:
    assert len(caught("evaluated before", {"evaluated_date": date(2024, 8, 31)})) == 1
    assert caught("evaluated before", {"evaluated_date": date(2024, 9, 1)}) == []
    assert caught("known thinking effort", {"model_version": "m_ultra"}) == [("m_ultra",)]
    assert len(caught("exactly zero", {"score": 0.0})) == 1


def test_a_country_that_is_not_the_developers_seat_is_listed() -> None:
    assert caught("of the one developing organisation", {}) == []
    assert caught("of the one developing organisation", {"countries": "France"}) == [("m-1", "Some Lab", "FRA", "CHN")]


def test_links_are_counted_by_name() -> None:
    named = [{"model_version": "a"}, version("a", "Model 1", date(2024, 9, 1)), {"model_version": "b"}, version("b", "Nobody", None)]
    assert caught("every model that the hub names", *named) == [("Nobody",)]
    assert caught("90 in 100", *named) == [(2, 1)]


def test_versions_that_differ_between_files_are_listed() -> None:
    other = {"benchmark_file": "piqa_external", "release_date": date(2024, 9, 2)}
    assert caught("one date, one model and one country", {}, other) == [("m-1",)]


def lost(place: Path, before: list[dict[str, Any]], now: list[dict[str, Any]], captured: date) -> tuple[Metric, Metric]:
    """The two answers on rows lost since a release, the one on the core first."""
    neighbours = {"organizations": ORGANIZATIONS, "models": MODELS.with_columns(publication_date=pl.lit(None, pl.Date))}
    index = pl.DataFrame(schema={"model_id": pl.String, "release_date": pl.Date})
    neighbours |= {"countries": gates.countries(), "capability_scores": index}
    dated = {"sources": SOURCES.with_columns(as_of_date=pl.lit(captured))}
    then = gates.write(place / "then", {"benchmark_scores": scored(*before)})
    tables = {"benchmark_scores": scored(*now), "benchmarks": listed(*now), **neighbours, **dated}
    with measures.connect(gates.write(place / "now", tables)) as connection:
        metrics = measure(replace(TABLE, rules=()), connection, Previous("2026.01.1", SCHEMA_VERSION, then), [])
    core, every = (metric for metric in metrics if "still there?" in metric.question and "column" not in metric.question)
    return core, every


SCORES: list[dict[str, Any]] = [{"model_version": f"v-{number}", "release_date": date(2025, 1 + number, 1)} for number in range(12)]


def test_an_older_capture_than_the_last_release_had_is_no_loss(tmp_path: Path) -> None:
    core, every = lost(tmp_path, SCORES, SCORES[:8], date(2025, 8, 31))
    assert (core.failing, core.is_warning) == (0, False)
    assert (every.failing, every.is_warning) == (0.333333, True)


def test_a_quarter_of_the_results_gone_is_a_loss(tmp_path: Path) -> None:
    core, _ = lost(tmp_path, SCORES, SCORES[3:], date(2026, 4, 29))
    assert core.failing > core.allowed
    assert not core.is_warning


def test_a_result_without_a_date_can_be_lost(tmp_path: Path) -> None:
    undated = [row | {"release_date": None} for row in SCORES]
    core, _ = lost(tmp_path, undated, undated[3:], date(2025, 8, 31))
    assert core.failing > core.allowed
