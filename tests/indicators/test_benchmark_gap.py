"""benchmark_frontier and benchmark_gap: best scores by benchmark, country and month, where both countries have enough models."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from scored import listed, measured, scored

from indicators.sources import epoch_benchmark_hub

READ = pl.DataFrame({"source_id": ["epoch_benchmark_hub"], "as_of_date": [date(2025, 4, 10)]})
MARCH = date(2025, 3, 31)


def versions(us: int, chinese: int, **cells: Any) -> list[dict[str, Any]]:
    """US versions of 0.6 and less, one each month's first of 2025 at most, and Chinese ones of 0.5 and less."""
    places = [("US Lab", "United States of America", us, 0.6), ("Some Lab", "China", chinese, 0.5)]
    return [
        {"benchmark_file": "gpqa_diamond", "model_version": f"{maker} {number}", "score": best - number / 100, "standard_error": 0.02,
         "organizations": maker, "countries": country, "release_date": date(2025, 1, 1 + number)} | cells
        for maker, country, count, best in places for number in range(count)
    ]  # fmt: skip


def rows(indicator_id: str, *told: dict[str, Any], **only: Any) -> list[dict[str, Any]]:
    tables = {"benchmark_scores": scored(*told), "benchmarks": listed(*told), "sources": READ}
    return [row for row in measured(indicator_id, **tables) if all(row[name] == value for name, value in only.items())]


NEWER = {"benchmark_file": "gpqa_diamond", "model_version": "new", "score": 0.1, "release_date": date(2025, 3, 2)}


def test_the_gap_names_both_versions_and_adds_their_errors_as_independent_ones() -> None:
    (row,) = rows("benchmark_gap", *versions(5, 5), period_end=date(2025, 1, 31))
    half = 1.645 * (0.02**2 + 0.02**2) ** 0.5
    assert (row["value"], row["lower"], row["upper"]) == (0.1, round(0.1 - half, 6), round(0.1 + half, 6))
    assert (row["dimension"], row["n"], row["coverage_share"], row["basis"]) == ("gpqa_diamond", 10, 1.0, ["US Lab 0", "Some Lab 0"])


@pytest.mark.parametrize(("us", "chinese"), [(4, 5), (5, 4), (5, 0)])
def test_a_benchmark_with_fewer_than_five_models_of_a_country_is_left_out(us: int, chinese: int) -> None:
    assert rows("benchmark_gap", *versions(us, chinese)) == []
    assert rows("benchmark_frontier", *versions(us, chinese)) == []


def test_five_versions_of_one_model_are_one_model() -> None:
    told = versions(5, 5)
    index = [row | {"benchmark_file": epoch_benchmark_hub.INDEX, "model_name": row["organizations"], "score": None} for row in told]
    assert rows("benchmark_gap", *told, *index) == []


def test_the_series_ends_with_the_benchmarks_newest_version_or_the_day_the_scores_were_read() -> None:
    assert max(row["period_end"] for row in rows("benchmark_gap", *versions(5, 5))) == date(2025, 1, 31)
    assert max(row["period_end"] for row in rows("benchmark_gap", *versions(5, 5), NEWER)) == MARCH
    assert max(row["period_end"] for row in rows("benchmark_gap", *versions(5, 5), NEWER | {"release_date": date(2025, 4, 5)})) == MARCH


def test_a_version_without_a_date_leads_nothing() -> None:
    told = [*versions(5, 5), {"benchmark_file": "gpqa_diamond", "model_version": "undated", "score": 0.99, "release_date": None}]
    assert [row["value"] for row in rows("benchmark_gap", *told)] == [0.1]


def test_a_frontier_keeps_its_interval_on_the_scale_and_an_error_of_zero_is_none() -> None:
    (row,) = rows("benchmark_frontier", *versions(5, 5, standard_error=0.3), subject_code="USA", period_end=date(2025, 1, 31))
    assert (row["value"], row["lower"], row["upper"], row["n"], row["basis"]) == (0.6, 0.1065, 1.0, 5, ["US Lab 0"])
    (row,) = rows("benchmark_frontier", *versions(5, 5, standard_error=0.0), subject_code="USA", period_end=date(2025, 1, 31))
    assert (row["value"], row["lower"], row["upper"]) == (0.6, None, None)


def test_a_model_of_no_country_leads_nothing_and_lowers_the_coverage() -> None:
    told = [*versions(5, 5), NEWER | {"score": 0.9, "organizations": None, "countries": None}]
    newest = rows("benchmark_frontier", *told, period_end=MARCH)
    assert {(row["subject_code"], row["value"], row["coverage_share"]) for row in newest} == {
        ("USA", 0.6, 0.909091),
        ("CHN", 0.5, 0.909091),
    }


def test_the_gap_of_january_2025_is_3_1_in_the_hubs_index(captures: Path) -> None:
    archive = (captures / "epoch_benchmark_hub" / "2026-04-29" / "benchmark_data.zip").read_bytes()
    hub = epoch_benchmark_hub.parse(archive, epoch_benchmark_hub.SOURCE.files[0])
    index = hub.filter(pl.col("benchmark_file") == epoch_benchmark_hub.INDEX, pl.col("score").is_not_null())
    codes = {"China": "CHN", "United States of America": "USA"}
    scores = index.select(
        "model_version", "model_name", "release_date", "score", "standard_error", benchmark_id=pl.lit("hub_capabilities_index"),
        country_code=pl.col("countries").replace_strict(codes, default=None, return_dtype=pl.String),
    )  # fmt: skip
    found = measured(
        "benchmark_gap", benchmark_scores=scores, benchmarks=listed({}), sources=READ.with_columns(as_of_date=date(2026, 4, 29))
    )
    (january,) = [row for row in found if row["period_end"] == date(2025, 1, 31)]
    assert (round(january["value"], 1), january["basis"]) == (3.1, ["o1-2024-12-17_high", "DeepSeek-R1"])
