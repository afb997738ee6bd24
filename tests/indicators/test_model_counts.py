"""notable_models, large_scale_models, open_weights_share: two rules of counting, each named; what is unknown widens the interval."""

from datetime import date
from pathlib import Path
from typing import Any

import epoch
import polars as pl

DAY = date(2024, 5, 1)
US: dict[str, Any] = {"organizations": ["US Lab"], "countries": ["United States of America"]}
BOTH: dict[str, Any] = {"organizations": ["US Lab", "Lab", "Second Lab"], "countries": ["United States of America", "China"]}
LOST: dict[str, Any] = {"organizations": ["New"], "countries": None}
KNOWN = (
    epoch.row("Old US", publication_date=date(1990, 1, 1), is_notable=False, **US),
    epoch.row("Old CN", publication_date=date(1990, 1, 1), is_notable=False),
    epoch.row("Old CN 2", publication_date=date(1990, 1, 1), is_notable=False, organizations=["Second Lab"]),
)
COUNTED = ("subject_code", "dimension", "value", "lower", "upper", "n", "coverage_share")
NOTABLE, LARGE, OPEN = "notable_models", "large_scale_models", "open_weights_share"


def row(name: str, **cells: Any) -> dict[str, Any]:
    return epoch.row(name, **({"publication_date": DAY} | cells))


def measured(indicator_id: str, place: Path, *rows: dict[str, Any], day: str = "2025-01-15") -> pl.DataFrame:
    return epoch.measured(indicator_id, epoch.write(place, epoch.built(*KNOWN, *rows), day)).sort("subject_code", "dimension", "period_end")


def test_a_model_counts_once_for_each_country_or_by_the_shares_of_its_developers(tmp_path: Path) -> None:
    rows = measured(NOTABLE, tmp_path, row("A"), row("B", **BOTH), row("C", is_notable=False))
    assert rows.select(COUNTED).rows() == [
        ("CHN", "any", 2.0, 2.0, 2.0, 2, 1.0),
        ("CHN", "fractional", 1.666667, 1.666667, 1.666667, 2, 1.0),
        ("USA", "any", 1.0, 1.0, 1.0, 1, 1.0),
        ("USA", "fractional", 0.333333, 0.333333, 0.333333, 1, 1.0),
    ]


def test_models_that_cannot_be_placed_widen_the_interval_and_lower_the_coverage(tmp_path: Path) -> None:
    half = row("Half", organizations=["Lab", "New"], countries=None)
    rows = measured(NOTABLE, tmp_path, row("A"), half, row("Lost", **LOST), row("Nobody", organizations=None, countries=None))
    assert rows.select(COUNTED).rows() == [
        ("CHN", "any", 2.0, 2.0, 4.0, 2, 0.25),
        ("CHN", "fractional", 1.5, 1.5, 4.0, 2, 0.25),
    ]


def test_only_years_that_ended_before_the_source_are_counted(tmp_path: Path) -> None:
    rows = measured(NOTABLE, tmp_path, row("A"), row("B", publication_date=date(2025, 1, 3)), row("Undated", publication_date=None))
    assert rows.filter(dimension="any").select("period_start", "period_end", "value").rows() == [
        (date(2024, 1, 1), date(2024, 12, 31), 1.0)
    ]


def test_large_scale_counts_what_is_listed_or_known_and_its_lower_bound_what_is_surely_above(tmp_path: Path) -> None:
    listed = [row("Sure", is_large_scale=True, training_compute_flop=2e23), row("Possibly", is_large_scale=True)]
    others = [row("Unlisted", training_compute_flop=5e23), row("Small", training_compute_flop=1e23), row("Unknown")]
    rows = measured(LARGE, tmp_path, *listed, *others)
    assert rows.filter(dimension="any").select(COUNTED).rows() == [("CHN", "any", 3.0, 2.0, 3.0, 3, 1.0)]


def test_a_large_model_of_nobody_known_widens_the_upper_bound_and_not_the_lower(tmp_path: Path) -> None:
    rows = measured(LARGE, tmp_path, row("Possibly", is_large_scale=True), row("Lost", training_compute_flop=5e23, **LOST))
    assert rows.select(COUNTED).rows() == [("CHN", "any", 1.0, 0.0, 2.0, 1, 0.5), ("CHN", "fractional", 1.0, 0.0, 2.0, 1, 0.5)]


def test_without_the_list_known_compute_decides(tmp_path: Path) -> None:
    rows = [row("Above", is_large_scale=None, training_compute_flop=2e23), row("Below", is_large_scale=None, training_compute_flop=1e22)]
    assert measured(LARGE, tmp_path, *rows, row("Unknown", is_large_scale=None)).filter(dimension="any")["value"].to_list() == [1.0]


def test_the_open_share_is_of_models_whose_access_is_known_and_its_bounds_are_of_all(tmp_path: Path) -> None:
    rows = [row("Open", open_weights="Yes"), row("Shut", open_weights="No"), row("Shut 2", accessibility="API access"), row("Unknown")]
    told = measured(OPEN, tmp_path, *rows, row("US", open_weights="Yes", **US), row("Minor", open_weights="Yes", is_notable=False))
    assert told.select("subject_code", "value", "lower", "upper", "n", "coverage_share").rows() == [
        ("CHN", 0.333333, 0.25, 0.5, 3, 0.75),
        ("USA", 1.0, 1.0, 1.0, 1, 1.0),
    ]


def test_a_country_year_of_unknown_access_has_no_open_share(tmp_path: Path) -> None:
    assert measured(OPEN, tmp_path, row("Unknown"), row("US", open_weights="No", **US))["subject_code"].to_list() == ["USA"]


CAPTURED = [
    (NOTABLE, "USA", 2023, 86.0), (NOTABLE, "CHN", 2024, 31.0), (NOTABLE, "CHN", 2025, 34.0),
    (LARGE, "USA", 2023, 61.0), (LARGE, "USA", 2024, 88.0), (LARGE, "CHN", 2024, 72.0), (LARGE, "CHN", 2025, 88.0),
    (OPEN, "USA", 2024, round(19 / 56, 6)), (OPEN, "CHN", 2023, round(13 / 23, 6)), (OPEN, "CHN", 2025, round(26 / 33, 6)),
]  # fmt: skip


def test_figures_read_by_hand_from_the_captured_files_hold(captures: Path, tmp_path: Path) -> None:
    folder = epoch.write(tmp_path, epoch.from_captures(captures, "2026-03-30", "2026-01-20"))
    frames = {name: epoch.measured(name, folder).filter(pl.col("dimension").fill_null("any") == "any") for name in (NOTABLE, LARGE, OPEN)}
    found = [
        (name, subject, year, frames[name].filter(subject_code=subject, period_end=date(year, 12, 31))["value"].item())
        for name, subject, year, _ in CAPTURED
    ]
    assert found == CAPTURED
