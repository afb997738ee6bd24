"""benchmarks: every curated benchmark with its scale, its evaluator and how much of its file names a model."""

import polars as pl
import pytest
from scored import PLANS, failing, listed

from indicators.tables.capability.benchmarks import EVALUATORS, TABLE, UNITS


def test_a_benchmark_that_this_capture_lacks_stays_listed_with_no_rows() -> None:
    rows = listed({"benchmark_file": "mmlu_external"})
    assert rows.height == PLANS.height
    assert rows.filter(benchmark_id="factorio_learning_environment")["upstream_row_count"].to_list() == [0]
    assert ("factorio_learning_environment",) in failing(TABLE.rules, "in this capture", benchmarks=rows)


def test_every_plan_is_whole_and_says_why() -> None:
    required = PLANS.select(
        pl.exclude("error_column", "error_divisor", "setting_column", "evaluated_column", "ignored_columns", "scale_max")
    )
    assert required.null_count().sum_horizontal().item() == 0
    assert PLANS["benchmark_id"].is_unique().all()
    assert set(PLANS["unit"]) == set(UNITS)
    assert set(PLANS["evaluator_code"]) == set(EVALUATORS)
    assert PLANS.filter(pl.col("error_column").is_null() != pl.col("error_divisor").is_null()).is_empty()


@pytest.mark.parametrize(("file", "evaluator"), [
    ("gpqa_diamond", "own_runs"), ("swe_bench_bash", "external"), ("mmlu_external", "external"), ("epoch_capabilities_index", "own_fit"),
])  # fmt: skip
def test_who_scored_is_curated_and_not_read_from_the_files_name(file: str, evaluator: str) -> None:
    assert PLANS.filter(file_name=file)["evaluator_code"].to_list() == [evaluator]


def test_an_external_leaderboard_is_credited() -> None:
    assert "Epoch AI" not in set(PLANS.filter(evaluator_code="external")["credit"])


def test_a_file_that_names_few_models_is_listed() -> None:
    named, nameless = {"model_version": "a"}, {"model_version": None}
    assert failing(TABLE.rules, "at least half", benchmarks=listed(named, nameless)) == []
    assert failing(TABLE.rules, "at least half", benchmarks=listed(named, nameless, nameless)) == [("mmlu", 2, 3)]
