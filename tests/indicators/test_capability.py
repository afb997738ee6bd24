"""capability_frontier, _gap and _lag_months: the best model of each country by month, under both readings of its date."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from scored import measured

READ = pl.DataFrame({"source_id": ["epoch_eci"], "as_of_date": [date(2025, 6, 15)]})
JANUARY, MAY = date(2025, 1, 31), date(2025, 5, 31)


def model(name: str, country: str | None, score: float, day: date, **cells: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {"model_name": name, "country_code": country, "score": score, "score_low": score - 2, "score_high": score + 2}
    usual |= {"release_date": day, "version_date": None, "release_date_kind_code": "unknown", "accessibility_code": "api"}
    return usual | cells


O1 = model("o1", "USA", 142.45, date(2024, 12, 5), version_date=date(2024, 12, 17), release_date_kind_code="release")
O3 = model("o3", "USA", 146.9, date(2024, 12, 20), version_date=date(2025, 4, 16), release_date_kind_code="preview")
R1 = model("R1", "CHN", 139.51, date(2025, 1, 20), accessibility_code="open_unrestricted")
OLD = model("Old", "USA", 120.0, date(2024, 3, 1), accessibility_code="open_restricted")


def rows(indicator_id: str, *models: dict[str, Any], **only: Any) -> list[dict[str, Any]]:
    scores = pl.DataFrame(list(models), schema_overrides={"version_date": pl.Date}, infer_schema_length=None)
    found = measured(indicator_id, capability_scores=scores, sources=READ)
    return [row for row in found if all(row[name] == value for name, value in only.items())]


def test_a_preview_moves_the_gap_and_both_readings_are_published() -> None:
    previewed, released = rows("capability_gap", O1, O3, R1, period_end=JANUARY)
    assert (previewed["dimension"], previewed["value"], previewed["basis"]) == ("as_dated", 7.39, ["o3", "R1"])
    assert (released["dimension"], released["value"], released["basis"]) == ("release", 2.94, ["o1", "R1"])
    assert {row["value"] for row in rows("capability_gap", O1, O3, R1, period_end=MAY)} == {7.39}


def test_the_interval_puts_both_leaders_at_their_furthest_and_an_anchor_has_none() -> None:
    (row,) = rows("capability_gap", O1, R1, period_end=JANUARY, dimension="as_dated")
    assert (row["lower"], row["upper"], row["n"], row["coverage_share"]) == (-1.06, 6.94, 2, 1.0)
    anchor = O1 | {"score_low": None, "score_high": None}
    assert [(row["lower"], row["upper"]) for row in rows("capability_gap", anchor, R1, period_end=MAY)] == [(None, None)] * 2


@pytest.mark.parametrize(("kind", "day"), [
    ("preview", date(2025, 4, 16)), ("first_version", date(2025, 4, 16)), ("publication", date(2025, 4, 16)),
    ("release", date(2024, 12, 20)), ("unknown", date(2024, 12, 20)),
])  # fmt: skip
def test_the_versions_own_day_counts_only_where_the_two_mean_different_events(kind: str, day: date) -> None:
    found = rows("capability_frontier", O3 | {"release_date_kind_code": kind}, dimension="release")
    assert found[0]["period_start"] == day.replace(day=1)


def test_a_preview_without_a_known_release_stays_where_it_is() -> None:
    found = rows("capability_frontier", O3 | {"version_date": None}, dimension="release")
    assert found[0]["period_end"] == date(2024, 12, 31)


def test_a_month_that_had_not_ended_when_the_index_was_read_has_no_row() -> None:
    assert max(row["period_end"] for row in rows("capability_frontier", O1, R1)) == MAY


def test_the_frontier_counts_its_models_and_says_how_many_have_a_country() -> None:
    (row,) = rows("capability_frontier", O1, OLD, R1, model("?", None, 150.0, date(2025, 1, 2)), period_end=JANUARY, dimension="as_dated",
                  subject_code="USA")  # fmt: skip
    assert (row["value"], row["n"], row["coverage_share"], row["basis"]) == (142.45, 2, 0.75, ["o1"])


def test_equal_scores_go_to_the_earlier_model() -> None:
    (row,) = rows(
        "capability_frontier", O1 | {"model_name": "later", "release_date": date(2025, 1, 2)}, O1, period_end=JANUARY, dimension="as_dated"
    )
    assert row["basis"] == ["o1"]


def test_the_lag_names_the_first_us_model_with_at_least_the_score() -> None:
    found = rows("capability_lag_months", OLD, O1, O3, R1, period_end=JANUARY)
    values = {row["dimension"]: (row["value"], row["basis"]) for row in found}
    assert values["as_dated at_release"] == (1.51, ["R1", "o1"])
    assert values["as_dated at_period_end"] == (1.87, ["R1", "o1"])
    assert set(values) == {f"{dates} {until}" for dates in ("as_dated", "release") for until in ("at_release", "at_period_end")}


def test_a_chinese_first_has_no_lag_and_is_named_alone() -> None:
    (row,) = rows("capability_lag_months", OLD, R1, period_end=JANUARY, dimension="as_dated at_release")
    assert (row["value"], row["basis"]) == (None, ["R1"])


def test_open_and_closed_models_are_compared_by_country_and_for_the_world() -> None:
    found = rows("open_closed_gap", OLD, O1, R1, period_end=JANUARY, dimension="as_dated")
    assert {row["subject_code"]: (row["value"], row["basis"]) for row in found} == {
        "USA": (22.45, ["o1", "Old"]), "WLD": (2.94, ["o1", "R1"]),
    }  # fmt: skip


def test_a_model_of_unknown_accessibility_is_neither_and_lowers_the_coverage() -> None:
    unknown = model("?", "USA", 160.0, date(2025, 1, 2), accessibility_code="unknown")
    (row,) = rows("open_closed_gap", OLD, O1, unknown, period_end=JANUARY, dimension="as_dated", subject_code="USA")
    assert (row["value"], row["n"], row["coverage_share"]) == (22.45, 2, 0.666667)


@pytest.mark.parametrize("code", ["hosted", "unreleased", "api"])
def test_weights_that_cannot_be_had_are_closed(code: str) -> None:
    assert rows("open_closed_gap", OLD, O1 | {"accessibility_code": code}, period_end=JANUARY, subject_code="USA")
