"""Which accelerators need a licence for China: the newest regulation of a month's end, its first day, and what is undecided."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from query import ask

FIRST, SECOND, LAST_DAY = date(2022, 10, 21), date(2023, 11, 17), date(2024, 1, 15)
CHIPS: dict[str, Any] = {
    "accelerator_id": pl.String,
    "release_date": pl.Date,
    "total_processing_performance": pl.Float64,
    "is_implausible": pl.Boolean,
}
STATUS: dict[str, Any] = {
    "accelerator_id": pl.String,
    "rule_id": pl.String,
    "version_kind_code": pl.String,
    "destination_group_code": pl.String,
    "requirement_code": pl.String,
    "enforced_from": pl.Date,
}
NEED, FREE, OPEN = "licence_required", "none", "undecidable"
Row = dict[str, Any]
Answer = tuple[Any, ...]


def chip(name: str, **other: Any) -> Row:
    return dict(zip(CHIPS, (name, date(2022, 1, 1), 2000.0, False), strict=True)) | other


def version(rule: str, since: date | None, answers: str, **other: Any) -> list[Row]:
    """What a version asks of the chips a, b, c, d, one letter each: need, free, open, or with an exception."""
    codes = {"n": NEED, "f": FREE, "o": OPEN, "e": "exception_eligible", "y": "notify"}
    return [
        dict(zip(STATUS, (name, rule, "regulation", "CHN", codes[answer], since), strict=True)) | other
        for name, answer in zip("abcd", answers, strict=True)
    ]


FOUR = [chip(name) for name in "abcd"]
RULED = [*version("2022-10", FIRST, "nfff"), *version("2023-10", SECOND, "nnof")]


def shares(chips: list[Row] = FOUR, status: list[Row] = RULED, last_day: date | None = LAST_DAY) -> dict[str, Answer]:
    """Value, lower, upper, n and coverage by the month's end."""
    read = {"source_id": ["epoch_ml_hardware" if last_day else "other"], "as_of_date": [last_day or date(2030, 1, 1)]}
    frames = {"accelerators": pl.DataFrame(chips, schema=CHIPS), "accelerator_control_status": pl.DataFrame(status, schema=STATUS)}
    rows = ask("licence_required_share", **frames, sources=pl.DataFrame(read))
    assert set(rows.select("subject_code", "dimension").unique().rows()) <= {("CHN", None)}
    assert rows["period_end"].is_sorted()
    assert (rows["period_start"] == rows["period_end"].dt.month_start()).all()
    return {str(end): tuple(rest) for end, *rest in rows.select("period_end", "value", "lower", "upper", "n", "coverage_share").iter_rows()}


def test_no_accelerator_needs_a_licence_before_the_first_rule_and_the_newest_rule_counts_after_it() -> None:
    found = shares()
    assert found["2022-09-30"] == (0.0, 0.0, 0.0, 4, 1.0)
    assert found["2022-10-31"] == found["2023-10-31"] == (0.25, 0.25, 0.25, 4, 1.0)
    assert found["2023-11-30"] == found["2023-12-31"] == (0.5, 0.5, 0.75, 4, 0.75)


@pytest.mark.parametrize(("since", "value"), [(date(2022, 10, 31), 0.25), (date(2022, 11, 1), 0.0)])
def test_a_rule_counts_from_the_day_of_its_application(since: date, value: float) -> None:
    assert shares(status=version("2022-10", since, "nfff"))["2022-10-31"][0] == value


def test_without_any_version_nothing_is_said_to_be_free() -> None:
    assert shares(status=[]) == {}
    assert shares(status=version("2022-10", None, "nfff")) == {}
    assert shares(status=version("2022-10", FIRST, "nfff", version_kind_code="letter")) == {}


@pytest.mark.parametrize("other", [
    {"version_kind_code": "letter"}, {"destination_group_code": "HKG"}, {"enforced_from": None}, {"enforced_from": date(2024, 1, 1)},
])  # fmt: skip
def test_letters_other_destinations_and_what_is_not_applied_are_not_read(other: Row) -> None:
    assert shares(status=RULED + [row | other for row in version("2023-12", SECOND, "nnnn")]) == shares()


def test_of_two_versions_of_a_day_the_later_name_counts_and_a_newer_one_may_free() -> None:
    assert shares(status=[*version("2023-10-b", SECOND, "nnnn"), *version("2023-10-a", SECOND, "ffff")])["2023-11-30"][0] == 1.0
    assert shares(status=[*version("2022-10", FIRST, "nnnn"), *version("2023-10", SECOND, "ffff")])["2023-11-30"][0] == 0.0


def test_exceptions_and_notifications_are_decided_and_no_need() -> None:
    assert shares(status=version("2023-10", SECOND, "neyo"))["2023-11-30"] == (0.25, 0.25, 0.5, 4, 0.75)


@pytest.mark.parametrize("other", [
    {"total_processing_performance": 1599.9}, {"total_processing_performance": None}, {"is_implausible": True}, {"release_date": None},
    {"release_date": date(2024, 1, 1)},
])  # fmt: skip
def test_an_accelerator_outside_the_population_counts_nowhere(other: Row) -> None:
    assert shares([*FOUR[:3], chip("d", **other)])["2023-12-31"] == (0.666667, 0.666667, 1.0, 3, 0.666667)
    assert shares([*FOUR[:3], chip("d", total_processing_performance=1600.0)]) == shares()


def test_an_accelerator_counts_from_the_month_of_its_release() -> None:
    found = shares([chip("a"), chip("d", release_date=date(2023, 12, 31))])
    assert (found["2023-11-30"], found["2023-12-31"]) == ((1.0, 1.0, 1.0, 1, 1.0), (0.5, 0.5, 0.5, 2, 1.0))
    assert "2021-12-31" not in found


def test_months_run_from_2018_to_the_last_that_the_source_saw_whole() -> None:
    early = [chip(name, release_date=date(2017, 6, 21)) for name in "abcd"]
    assert (min(shares(early)), max(shares(early)), len(shares(early))) == ("2018-01-31", "2023-12-31", 72)
    assert max(shares(early, last_day=date(2024, 1, 31))) == "2024-01-31"
    assert shares(early, last_day=None) == {}
    assert max(shares([*early, chip("e", release_date=date(2023, 6, 1))], last_day=None)) == "2023-05-31"
