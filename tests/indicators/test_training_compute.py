"""training_compute_frontier, training_compute_gap_ratio, training_cost_frontier: the largest that is known, with what it rests on."""

from datetime import date
from pathlib import Path
from typing import Any

import epoch
import pytest

US: dict[str, Any] = {"organizations": ["US Lab"], "countries": ["United States of America"]}
BOTH: dict[str, Any] = {"organizations": ["US Lab", "Lab"], "countries": ["United States of America", "China"]}
KNOWN = (epoch.row("Old US", publication_date=date(1990, 1, 1), **US), epoch.row("Old CN", publication_date=date(1990, 1, 1)))
FRONTIER, RATIO, COST = "training_compute_frontier", "training_compute_gap_ratio", "training_cost_frontier"
Told = dict[str, Any]


def run(name: str, day: date | None, flop: float | None, confidence: str | None = "Confident", **cells: Any) -> dict[str, Any]:
    return epoch.row(name, publication_date=day, training_compute_flop=flop, compute_confidence=confidence, **cells)


def measured(indicator_id: str, place: Path, *rows: dict[str, Any], day: str = "2024-04-15") -> list[Told]:
    """The rows of an indicator by subject and month, from the month of the first of the models on."""
    folder = epoch.write(place, epoch.built(*KNOWN, *rows), day)
    return epoch.measured(indicator_id, folder).sort("subject_code", "period_end").to_dicts()


def last(indicator_id: str, place: Path, *rows: dict[str, Any]) -> dict[str, Told]:
    """The newest row of each subject."""
    return {row["subject_code"]: row for row in measured(indicator_id, place, *rows)}


def test_the_largest_known_leads_from_the_end_of_its_month_to_the_last_month_that_ended(tmp_path: Path) -> None:
    rows = measured(
        FRONTIER, tmp_path, run("A", date(2024, 1, 10), 1e24), run("B", date(2024, 2, 29), 3e24), run("C", date(2024, 4, 2), 9e24)
    )
    assert [(str(row["period_end"]), row["value"], row["basis"]) for row in rows] == [
        ("2024-01-31", 1e24, ["A"]), ("2024-02-29", 3e24, ["B"]), ("2024-03-31", 3e24, ["B"]),
    ]  # fmt: skip


def test_bounds_are_the_highest_of_the_country_and_hold_the_value(tmp_path: Path) -> None:
    sure, vague = run("Sure", date(2024, 1, 1), 4e26), run("Vague", date(2024, 1, 2), 5e26, "Speculative")
    row = last(FRONTIER, tmp_path, sure, vague)["CHN"]
    assert (row["value"], row["basis"]) == (5e26, ["Vague"])
    assert (row["lower"], row["upper"]) == pytest.approx((4e26 / 3, 1.5e28), rel=1e-5)


def test_a_leader_of_unknown_confidence_leaves_the_upper_bound_unknown(tmp_path: Path) -> None:
    row = last(FRONTIER, tmp_path, run("Sure", date(2024, 1, 1), 4e24), run("Bare", date(2024, 1, 2), 5e26, None))["CHN"]
    assert (row["basis"], row["upper"]) == (["Bare"], None)
    assert row["lower"] == pytest.approx(4e24 / 3, rel=1e-5)


def test_coverage_is_of_the_last_twelve_months_and_of_all_where_these_have_no_model(tmp_path: Path) -> None:
    blank = [run(f"Blank {number}", date(2024, 3, number), None) for number in (1, 2, 3)]
    rows = [run("Known", date(2023, 6, 1), 1e24), *blank, run("US old", date(2020, 1, 1), 1e23, **US)]
    told = last(FRONTIER, tmp_path, *rows)
    assert (told["CHN"]["coverage_share"], told["CHN"]["n"]) == (0.25, 1)
    assert told["USA"]["coverage_share"] == 0.5


def test_a_model_of_two_countries_counts_for_both_and_one_without_a_country_or_day_for_none(tmp_path: Path) -> None:
    shared = run("Shared", date(2024, 1, 1), 1e24, **BOTH)
    lost = [run("Nowhere", date(2024, 1, 1), 9e24, organizations=["New"], countries=None), run("Undated", None, 9e24)]
    assert {code: row["basis"] for code, row in last(FRONTIER, tmp_path, shared, *lost).items()} == {"CHN": ["Shared"], "USA": ["Shared"]}


def test_of_equal_figures_the_older_model_leads_and_a_month_in_a_name_counts(tmp_path: Path) -> None:
    twins = [run("GPT-4 (Jun 2023)", date(2023, 3, 15), 2.1e25), run("GPT-4 (Mar 2023)", date(2023, 3, 15), 2.1e25)]
    rows = measured(FRONTIER, tmp_path, *twins)
    assert {tuple(row["basis"]) for row in rows} == {("GPT-4 (Mar 2023)",)}
    assert [row["n"] for row in rows if str(row["period_end"]) in {"2023-05-31", "2023-06-30"}] == [1, 2]


def test_the_ratio_names_both_leaders_and_has_its_widest_interval(tmp_path: Path) -> None:
    row = last(RATIO, tmp_path, run("US", date(2024, 1, 1), 6e24, **US), run("CN", date(2024, 2, 1), 3e24, "Likely"))["USA-CHN"]
    assert (row["value"], row["basis"], row["n"], row["coverage_share"]) == (2.0, ["US", "CN"], 2, 1.0)
    assert (row["lower"], row["upper"]) == (round(2e24 / 3e25, 6), 60.0)


def test_there_is_no_ratio_until_both_countries_have_a_figure(tmp_path: Path) -> None:
    rows = measured(RATIO, tmp_path, run("US", date(2024, 1, 1), 6e24, **US), run("CN", date(2024, 2, 20), 3e24))
    assert [str(row["period_end"]) for row in rows] == ["2024-02-29", "2024-03-31"]


def test_a_ratio_on_a_leader_of_unknown_confidence_has_no_interval(tmp_path: Path) -> None:
    rows = [run("US", date(2024, 1, 1), 6e24, None, **US), run("CN", date(2024, 1, 1), 3e24)]
    row = last(RATIO, tmp_path, *rows)["USA-CHN"]
    assert (row["value"], row["lower"], row["upper"]) == (2.0, None, None)


def test_a_model_of_both_countries_counts_once_for_n_and_coverage(tmp_path: Path) -> None:
    rows = [run("Shared", date(2024, 1, 1), 6e24, **BOTH), run("Blank", date(2024, 1, 1), None)]
    row = last(RATIO, tmp_path, *rows)["USA-CHN"]
    assert (row["value"], row["n"], row["coverage_share"]) == (1.0, 1, 0.5)


def test_the_costliest_run_leads_without_an_interval(tmp_path: Path) -> None:
    cheap = epoch.row("Cheap", publication_date=date(2024, 1, 1), training_cost_usd_2023=1e6)
    dear = epoch.row("Dear", publication_date=date(2024, 2, 1), training_cost_usd_2023=5.391e6, training_compute_flop=1e20)
    row = last(COST, tmp_path, cheap, dear, run("Uncosted", date(2024, 2, 1), 1e26))["CHN"]
    assert (row["value"], row["lower"], row["upper"], row["basis"]) == (5.391e6, None, None, ["Dear"])
    assert (row["n"], row["coverage_share"]) == (2, round(2 / 3, 6))


def test_months_end_where_the_file_that_counts_ends(tmp_path: Path) -> None:
    folder = epoch.write(tmp_path, epoch.built(*KNOWN, run("A", date(2024, 1, 10), 1e24)), "2024-03-15")
    frame = epoch.measured(FRONTIER, folder)
    assert str(frame["period_end"].max()) == "2024-02-29"


CAPTURED = [
    (FRONTIER, "USA", date(2025, 6, 30), 3.8e26, ["GPT-4.5"]),
    (FRONTIER, "CHN", date(2024, 12, 31), 2.505e25, ["Doubao-pro"]),
    (FRONTIER, "CHN", date(2022, 12, 31), 1.5435e24, ["Wu Dao 2.0"]),
    (RATIO, "USA-CHN", date(2022, 12, 31), 1.776158, ["Minerva (540B)", "Wu Dao 2.0"]),
    (RATIO, "USA-CHN", date(2024, 12, 31), 1.996008, ["Gemini 1.0 Ultra", "Doubao-pro"]),
    (RATIO, "USA-CHN", date(2025, 6, 30), 15.169661, ["GPT-4.5", "Doubao-pro"]),
    (COST, "USA", date(2024, 12, 31), 52885433.95, ["Llama 3.1-405B"]),
    (COST, "USA", date(2025, 6, 30), 339957479.94, ["GPT-4.5"]),
    (COST, "CHN", date(2024, 12, 31), 5390000.0, ["DeepSeek-V3"]),
]


def test_figures_read_by_hand_from_the_captured_files_hold(captures: Path, tmp_path: Path) -> None:
    folder = epoch.write(tmp_path, epoch.from_captures(captures, "2026-03-30", "2026-01-20"))
    frames = {name: epoch.measured(name, folder) for name in (FRONTIER, RATIO, COST)}
    found = [
        (name, subject, day, *frames[name].filter(subject_code=subject, period_end=day).select("value", "basis").row(0))
        for name, subject, day, *_ in CAPTURED
    ]
    assert found == CAPTURED
