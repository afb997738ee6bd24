"""US-China papers together: the mainland under the conference's name alone, with Hong Kong and Macau under another."""

from typing import Any

import polars as pl
from query import ask

FIGURES = ("subject_code", "dimension", "value", "lower", "upper", "n", "coverage_share")


def year(china_code: str, joint: int, either: int, single: int = 0, neither: int = 0) -> dict[str, Any]:
    return {"venue_code": "icml", "year": 2018, "china_code": china_code, "joint_papers": joint, "either_papers": either,
            "open_single_papers": single, "open_neither_papers": neither}  # fmt: skip


def shares(*years: dict[str, Any]) -> list[tuple[Any, ...]]:
    coverage = pl.DataFrame({"venue_code": ["icml"], "year": [2018], "slot_coverage_share": [0.9]})
    return ask("collaboration_share", paper_collaborations=pl.DataFrame(list(years)), venue_coverage=coverage).select(FIGURES).rows()


def test_the_mainland_stays_under_the_name_of_the_conference_and_the_wide_meaning_is_named() -> None:
    assert shares(year("CHN", 1, 10), year("CHN+HKG+MAC", 2, 10)) == [
        ("USA-CHN", "icml", 0.1, 0.1, 0.1, 10, 0.9),
        ("USA-CHN+HKG+MAC", "icml CHN+HKG+MAC", 0.2, 0.2, 0.2, 10, 0.9),
    ]


def test_what_may_hide_a_country_widens_the_interval_and_not_the_share() -> None:
    ((*_, value, lower, upper, n, _coverage),) = shares(year("CHN", 2, 10, single=3, neither=10))
    assert (value, lower, upper, n) == (0.2, 0.1, 0.75, 10)


def test_a_year_of_neither_country_has_no_share_and_one_without_a_joint_paper_has_zero() -> None:
    assert shares(year("CHN", 0, 0, neither=4)) == []
    assert shares(year("CHN", 0, 5)) == [("USA-CHN", "icml", 0.0, 0.0, 0.0, 5, 0.9)]
