"""Misuse among reported incidents: what is in the denominator, what the worst cases are, and which years are told."""

from datetime import date
from typing import Any

import polars as pl
from query import INDICATORS, ask

LABELS = {
    "misuse": ("4", "4.3", "intentional"), "campaign": ("4", "4.1", "intentional"), "accident": ("7", "7.3", "unintentional"),
    "new": ("unclassified", "unclassified", "unclassified"),
}  # fmt: skip
Row = dict[str, Any]


def shares(*counts: tuple[int, str, int], archive: date = date(2025, 3, 28)) -> pl.DataFrame:
    rows = [(date(year, 4, 1), *LABELS[kind], number, archive) for year, kind, number in counts]
    columns = ("occurred_month", "risk_domain_code", "risk_subdomain_code", "intent_code", "incident_count", "archive_date")
    frame = pl.DataFrame(rows, schema=columns, orient="row").with_columns(pl.col("incident_count").cast(pl.Int32))
    return ask("misuse_share", ai_incidents=frame)


def figure(rows: pl.DataFrame, dimension: str, year: int = 2024) -> Row:
    (found,) = rows.filter(dimension=dimension, period_end=date(year, 12, 31)).iter_rows(named=True)
    return found


SOME = ((2023, "misuse", 10), (2023, "accident", 30), (2024, "misuse", 6), (2024, "campaign", 2), (2024, "accident", 8), (2024, "new", 4))


def test_misuse_is_a_share_of_the_classified_and_the_rest_is_coverage() -> None:
    found = figure(shares(*SOME), "misuse")
    assert (found["value"], found["n"], found["coverage_share"]) == (0.5, None, 0.8)
    assert (found["subject_code"], found["period_start"]) == ("WLD", date(2024, 1, 1))


def test_bounds_are_the_worst_cases_over_what_has_no_label() -> None:
    found = figure(shares(*SOME), "misuse")
    assert (found["lower"], found["upper"]) == (0.4, 0.6)
    kind = figure(shares(*SOME), "4.1 of misuse")
    assert (kind["value"], kind["lower"], kind["upper"]) == (0.25, round(2 / 12, 6), 0.5)


def test_intent_is_counted_whatever_the_risk() -> None:
    assert figure(shares(*SOME), "intentional")["value"] == 0.5
    assert figure(shares(*SOME), "intentional", 2023)["value"] == 0.25


def test_kinds_of_misuse_are_shares_of_misuse_by_year_and_to_date_and_none_is_zero() -> None:
    rows = shares(*SOME)
    assert [figure(rows, f"4.{kind} of misuse")["value"] for kind in (1, 2, 3)] == [0.25, 0.0, 0.75]
    to_date = figure(rows, "4.3 of misuse to date")
    assert (to_date["value"], to_date["period_start"]) == (round(16 / 18, 6), date(2023, 1, 1))
    assert to_date["coverage_share"] == round(56 / 60, 6)


def test_a_year_that_was_not_over_at_the_archives_day_is_left_out() -> None:
    rows = shares(*SOME, (2025, "new", 69))
    assert rows["period_end"].max() == date(2024, 12, 31)
    later = shares(*SOME, (2025, "new", 69), archive=date(2025, 12, 31))
    assert later["period_end"].max() == date(2025, 12, 31)


def test_a_year_without_any_label_is_unknown_and_not_zero() -> None:
    found = figure(shares(*SOME, (2025, "new", 69), archive=date(2026, 2, 1)), "misuse", 2025)
    assert (found["value"], found["lower"], found["upper"], found["coverage_share"]) == (None, 0.0, 1.0, 0.0)


def test_years_with_fewer_than_20_incidents_are_left_out_and_count_to_date() -> None:
    rows = shares(*SOME, (2022, "misuse", 19))
    assert rows["period_end"].min() == date(2023, 12, 31)
    assert figure(rows, "4.3 of misuse to date", 2023)["value"] == 1.0
    assert shares(*SOME, (2022, "misuse", 20))["period_end"].min() == date(2022, 12, 31)


def test_every_value_lies_in_its_bounds() -> None:
    rows = shares(*SOME)
    assert rows.filter(~pl.col("value").is_between(pl.col("lower"), pl.col("upper"))).height == 0
    assert rows.height == 2 * 8


def test_the_header_says_reported_and_no_measure_of_risk() -> None:
    header = (INDICATORS / "misuse_share.sql").read_text(encoding="utf-8").partition("*/")[0]
    assert "reported" in header.splitlines()[0]
    assert "never of risk" in header
