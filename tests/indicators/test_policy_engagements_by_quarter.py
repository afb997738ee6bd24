"""Engagements and control rules on one axis of quarters: who counts where, empty quarters, what is unknown of the rules."""

from datetime import date
from typing import Any

import polars as pl
from query import ask

ENGAGEMENTS = [
    ("2023-01-a", date(2023, 1, 31), ["USA", "CHN"], "bilateral"),
    ("2023-02-b", date(2023, 2, 1), ["USA", "CHN", "UN"], "multilateral"),
    ("2023-03-c", date(2023, 3, 31), ["USA", "GBR"], "bilateral"),
    ("2023-07-d", date(2023, 7, 1), ["CHN"], "unilateral"),
]
RULES = [
    (date(2022, 12, 31), "advanced_computing", False),
    (date(2023, 1, 5), "advanced_computing", False),
    (date(2023, 2, 5), "other", True),
    (date(2023, 2, 6), "other", False),
    (date(2023, 9, 30), "semiconductor_manufacturing", True),
]


def asked(rules: list[tuple[date, str, bool]] = RULES) -> dict[tuple[str, str, str], dict[str, Any]]:
    engagements = pl.DataFrame(ENGAGEMENTS, schema=["engagement_id", "engagement_date", "parties", "scope_code"], orient="row")
    names = {"publication_date": pl.Date, "kind_code": pl.String, "changes_entity_list": pl.Boolean}
    found = ask("policy_engagements", policy_engagements=engagements, control_documents=pl.DataFrame(rules, schema=names, orient="row"))
    return {(row["subject_code"], row["dimension"], f"{row['period_start']:%Y-%m}"): row for row in found.to_dicts()}


def series(subject: str, dimension: str) -> list[float | None]:
    found = asked()
    return [found[subject, dimension, quarter]["value"] for quarter in ("2023-01", "2023-04", "2023-07")]


def test_an_engagement_counts_where_its_parties_are() -> None:
    assert series("USA-CHN", "any") == [3, 0, 1]
    assert series("USA-CHN", "bilateral") == [1, 0, 0]
    assert series("USA-CHN", "multilateral") == [1, 0, 0]
    assert series("USA", "without_china") == [1, 0, 0]
    assert series("CHN", "without_usa") == [0, 0, 1]


def test_the_names_behind_a_count_are_told_and_nothing_is_told_of_none() -> None:
    found = asked()
    assert found["USA-CHN", "any", "2023-01"]["basis"] == ["2023-01-a", "2023-02-b", "2023-03-c"]
    assert found["USA-CHN", "any", "2023-04"]["basis"] is None
    assert found["USA-CHN", "any", "2023-01"]["coverage_share"] is None


def test_rules_on_chips_and_the_entity_list_count_and_others_do_not() -> None:
    assert series("USA", "control_rules") == [2, None, 1]
    assert series("USA", "chip_control_rules") == [1, None, 1]


def test_a_quarter_of_which_no_rule_is_known_is_unknown_and_not_zero() -> None:
    found = asked()
    shares = [found["USA", "control_rules", quarter]["coverage_share"] for quarter in ("2023-01", "2023-04", "2023-07")]
    assert shares == [0.666667, 0, 0.333333]
    assert (found["USA", "control_rules", "2023-04"]["n"], found["USA", "control_rules", "2023-04"]["value"]) == (0, None)
    assert asked([])["USA", "control_rules", "2023-01"]["value"] is None


def test_the_axis_runs_in_quarters_from_2023_to_the_newest_engagement() -> None:
    found = asked()
    periods = {(row["period_start"], row["period_end"]) for row in found.values()}
    assert periods == {
        (date(2023, 1, 1), date(2023, 3, 31)), (date(2023, 4, 1), date(2023, 6, 30)), (date(2023, 7, 1), date(2023, 9, 30)),
    }  # fmt: skip
    assert len(found) == 7 * 3
