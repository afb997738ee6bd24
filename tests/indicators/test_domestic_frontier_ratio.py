"""China's best accelerator over the United States': what counts as released and known, and how far the figures may be off."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from query import ask

LAST_DAY = date(2024, 6, 15)
SCHEMA: dict[str, Any] = {
    "accelerator_name": pl.String,
    "designer_country_code": pl.String,
    "release_date": pl.Date,
    "is_datacenter_marketed": pl.Boolean,
    "is_implausible": pl.Boolean,
    "total_processing_performance": pl.Float64,
    "upstream_total_processing_performance": pl.Float64,
    "is_tpp_lower_bound": pl.Boolean,
    "memory_bandwidth_gb_s": pl.Float64,
    "excluded_columns": pl.List(pl.String),
}
Answer = tuple[Any, ...]


def chip(country: str, day: date | None, tpp: float | None, bandwidth: float | None = None, **other: Any) -> dict[str, Any]:
    return {
        "accelerator_name": f"{country}-{day}-{tpp}",
        "designer_country_code": country,
        "release_date": day,
        "is_datacenter_marketed": True,
        "is_implausible": False,
        "total_processing_performance": tpp,
        "upstream_total_processing_performance": tpp,
        "is_tpp_lower_bound": False,
        "memory_bandwidth_gb_s": bandwidth,
        "excluded_columns": None,
    } | other


US_CHIP = chip("USA", date(2024, 1, 10), 4000, 2000)
CN_CHIP = chip("CHN", date(2024, 3, 31), 1000, 500)


def ratios(*chips: dict[str, Any], sources: bool = True) -> pl.DataFrame:
    read = (
        {"source_id": ["epoch_ml_hardware"], "as_of_date": [LAST_DAY]}
        if sources
        else {"source_id": ["other"], "as_of_date": [date(2030, 1, 1)]}
    )
    return ask("domestic_frontier_ratio", accelerators=pl.DataFrame(chips, schema=SCHEMA), sources=pl.DataFrame(read))


def newest(*chips: dict[str, Any], dimension: str = "total_processing_performance") -> Answer:
    rows = ratios(US_CHIP, CN_CHIP, *chips).filter(pl.col("dimension") == dimension).sort("period_end")
    return rows.select("value", "lower", "upper", "n", "coverage_share").row(-1)


def test_the_series_begins_when_each_country_has_one_and_ends_with_the_last_whole_month() -> None:
    rows = ratios(US_CHIP, CN_CHIP).filter(pl.col("dimension") == "total_processing_performance")
    assert rows["period_end"].to_list() == [date(2024, 3, 31), date(2024, 4, 30), date(2024, 5, 31)]
    assert rows["period_start"].to_list() == [date(2024, 3, 1), date(2024, 4, 1), date(2024, 5, 1)]
    assert set(rows["subject_code"]) == {"CHN-USA"}
    assert newest() == (0.25, 0.25, 0.25, 2, 1.0)
    assert newest(dimension="memory_bandwidth") == (0.25, 0.25, 0.25, 2, 1.0)


def test_without_a_day_of_the_source_the_newest_release_ends_the_series() -> None:
    assert ratios(US_CHIP, CN_CHIP, sources=False)["period_end"].max() == date(2024, 3, 31)


def test_a_better_chip_moves_the_ratio_from_its_month_on() -> None:
    rows = ratios(US_CHIP, CN_CHIP, chip("USA", date(2024, 5, 31), 8000)).filter(pl.col("dimension") == "total_processing_performance")
    assert rows.sort("period_end")["value"].to_list() == [0.25, 0.25, 0.125]
    assert rows.sort("period_end")["basis"].to_list() == [
        ["CHN-2024-03-31-1000", f"USA-{day}"] for day in ("2024-01-10-4000",) * 2 + ("2024-05-31-8000",)
    ]


def test_every_chip_that_holds_the_frontier_is_named_and_no_other() -> None:
    twin, same, gone = ({**US_CHIP, "accelerator_name": name} for name in ("USA-a-twin", "USA-later", "USA-quarantined"))
    chips = (twin, same | {"release_date": date(2024, 5, 2)}, gone | {"is_implausible": True}, chip("CHN", date(2024, 1, 5), 4000 - 1))
    rows = ratios(US_CHIP, CN_CHIP, *chips).filter(pl.col("dimension") == "total_processing_performance").sort("period_end")
    ours = ["CHN-2024-01-05-3999", "USA-2024-01-10-4000", "USA-a-twin"]
    assert rows["basis"].to_list()[-2:] == [ours, [*ours, "USA-later"]]


@pytest.mark.parametrize("other", [
    {"is_datacenter_marketed": False}, {"is_datacenter_marketed": None}, {"release_date": None}, {"release_date": date(2024, 6, 1)},
    {"designer_country_code": "JPN"},
])  # fmt: skip
@pytest.mark.parametrize("dimension", ["total_processing_performance", "memory_bandwidth"])
def test_a_chip_outside_the_population_counts_nowhere(other: dict[str, Any], dimension: str) -> None:
    assert newest({**chip("CHN", date(2024, 2, 1), 9000, 9000), **other}, dimension=dimension) == (0.25, 0.25, 0.25, 2, 1.0)


def test_a_chip_without_a_figure_lowers_the_coverage_alone() -> None:
    assert newest(chip("CHN", date(2024, 2, 1), None)) == (0.25, 0.25, 0.25, 3, 0.666667)


def test_an_excluded_bandwidth_is_no_figure_and_the_performance_beside_it_is() -> None:
    on_chip = chip("CHN", date(2024, 2, 1), 2000, 80_000, excluded_columns=["memory_bandwidth_gb_s"])
    assert newest(on_chip, dimension="memory_bandwidth") == (0.25, 0.25, 0.25, 3, 0.666667)
    assert newest(on_chip) == (0.5, 0.5, 0.5, 3, 1.0)
    other = chip("CHN", date(2024, 2, 1), 2000, 1000, excluded_columns=["tdp_w"])
    assert newest(other, dimension="memory_bandwidth") == (0.5, 0.5, 0.5, 3, 1.0)


def test_a_quarantined_chip_moves_only_the_far_end_of_the_interval() -> None:
    ours, theirs = (chip(country, date(2024, 2, 1), 8000, 8000, is_implausible=True) for country in ("USA", "CHN"))
    for dimension, lower, upper in (("total_processing_performance", 0.125, 2.0), ("memory_bandwidth", 0.0625, 4.0)):
        assert newest(ours, dimension=dimension) == (0.25, lower, 0.25, 3, 0.666667)
        assert newest(theirs, dimension=dimension) == (0.25, 0.25, upper, 3, 0.666667)


def test_where_upstream_totals_otherwise_the_interval_spans_both() -> None:
    higher = chip("USA", date(2024, 2, 1), 5000, upstream_total_processing_performance=6000)
    assert newest(higher) == (0.2, pytest.approx(0.166667), 0.2, 3, 1.0)
    lower = chip("CHN", date(2024, 2, 1), 2000, upstream_total_processing_performance=800)
    assert newest(lower) == (0.5, 0.25, 0.5, 3, 1.0)
    untotalled = chip("CHN", date(2024, 2, 1), 2000, upstream_total_processing_performance=None)
    assert newest(untotalled) == (0.5, 0.5, 0.5, 3, 1.0)


def test_a_lower_bound_counts_at_its_bound_and_is_not_covered() -> None:
    assert newest(chip("CHN", date(2024, 2, 1), 2000, is_tpp_lower_bound=True)) == (0.5, 0.5, 0.5, 3, 0.666667)


def test_without_a_chip_of_one_country_there_is_no_ratio() -> None:
    assert ratios(US_CHIP).is_empty()
    assert ratios(US_CHIP, chip("CHN", date(2024, 2, 1), None, 500))["dimension"].unique().to_list() == ["memory_bandwidth"]
