"""Trust, hopes and expectations: sides of a question by country, means by group, nothing where the survey may not go out."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from query import ask

COUNTRIES = pl.DataFrame({"country_code": ["USA", "DEU", "CHN"], "population": [300, 100, 1400]})
GROUPS = pl.DataFrame({"group_code": ["ADV", "ADV", "EMD"], "country_code": ["USA", "DEU", "CHN"]})
CONFIDENT = {"very_confident": 0.1, "somewhat_confident": 0.2, "not_very_confident": 0.3, "not_at_all_confident": 0.4}
TRUSTING = {"very_confident": 0.5, "somewhat_confident": 0.4, "not_very_confident": 0.1, "not_at_all_confident": 0.0}
LIKELY = {"very_likely": 0.2, "somewhat_likely": 0.3, "not_very_likely": 0.4, "not_at_all_likely": 0.1}
EXPECTED = {"very_likely": 0.1, "likely": 0.2, "neutral": 0.4, "unlikely": 0.25, "very_unlikely": 0.05}
ALL = ("ai_trust_share", "ai_optimism_share", "ai_job_change_share")


def opinion(**questions: dict[str, dict[str, float]]) -> pl.DataFrame:
    """Answers by question, country and answer."""
    rows = [
        ("undp_2025", country, question, answer, share, date(2024, 11, 1), date(2025, 1, 31))
        for question, countries in questions.items()
        for country, answers in countries.items()
        for answer, share in answers.items()
    ]
    names = {"survey_code": pl.String, "country_code": pl.String, "question_code": pl.String, "answer_code": pl.String,
             "answer_share": pl.Float64, "fieldwork_start": pl.Date, "fieldwork_end": pl.Date}  # fmt: skip
    return pl.DataFrame(rows, schema=names, orient="row")


def values(indicator_id: str, rows: pl.DataFrame) -> dict[tuple[str, str], dict[str, Any]]:
    found = ask(indicator_id, public_opinion=rows, countries=COUNTRIES, country_groups=GROUPS)
    return {(row["subject_code"], row["dimension"]): row for row in found.to_dicts()}


def test_both_sides_of_trust_add_up_by_country() -> None:
    found = values("ai_trust_share", opinion(trust={"USA": CONFIDENT}))
    assert (found["USA", "trust confident"]["value"], found["USA", "trust not_confident"]["value"]) == (0.3, 0.7)
    assert (found["USA", "trust confident"]["n"], found["USA", "trust confident"]["lower"]) == (1, None)


def test_a_group_has_two_means_its_countries_and_their_range() -> None:
    found = values("ai_trust_share", opinion(trust={"USA": CONFIDENT, "DEU": TRUSTING}))
    plain, weighted = found["ADV", "trust confident unweighted"], found["ADV", "trust confident population_weighted"]
    assert (plain["value"], plain["lower"], plain["upper"], plain["n"], plain["coverage_share"]) == (0.6, 0.3, 0.9, 2, 1.0)
    assert (weighted["value"], weighted["n"]) == (0.45, 2)
    assert not [key for key in found if key[0] == "EMD"]


def test_a_group_without_all_its_people_says_how_many() -> None:
    found = values("ai_trust_share", opinion(trust={"USA": CONFIDENT}))
    assert found["ADV", "trust confident unweighted"]["coverage_share"] == 0.75


def test_trust_and_confidence_are_two_questions() -> None:
    found = values("ai_trust_share", opinion(trust={"USA": CONFIDENT}, confidence={"USA": TRUSTING}))
    assert (found["USA", "trust confident"]["value"], found["USA", "confidence confident"]["value"]) == (0.3, 0.9)


def test_hopes_count_the_likely_answers_of_four_and_of_five_and_leave_the_neutral_out() -> None:
    found = values("ai_optimism_share", opinion(expect_education={"CHN": LIKELY}, productivity={"CHN": EXPECTED}, trust={"CHN": CONFIDENT}))
    assert {key[1]: row["value"] for key, row in found.items() if key[0] == "CHN"} == {
        "expect_education likely": 0.5,
        "productivity likely": 0.3,
    }


def test_a_changed_job_has_two_views_and_the_neutral_is_in_neither() -> None:
    found = values("ai_job_change_share", opinion(job_change={"CHN": EXPECTED}, new_jobs={"CHN": EXPECTED}))
    assert {key[1]: row["value"] for key, row in found.items() if key[0] == "CHN"} == {"job_change likely": 0.3, "job_change unlikely": 0.3}


@pytest.mark.parametrize("indicator_id", ALL)
def test_without_answers_there_are_no_rows(indicator_id: str) -> None:
    assert values(indicator_id, opinion()) == {}


@pytest.mark.parametrize("indicator_id", ALL)
def test_the_days_are_those_of_the_fieldwork(indicator_id: str) -> None:
    found = values(indicator_id, opinion(trust={"USA": CONFIDENT}, expect_medicine={"USA": LIKELY}, job_change={"USA": EXPECTED}))
    assert {(row["period_start"], row["period_end"]) for row in found.values()} == {(date(2024, 11, 1), date(2025, 1, 31))}
