"""Our figures beside those that may not be republished: what is compared with what, and what never is."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from indicators.pipeline import permissions
from indicators.sources import sources
from indicators.tables import tables
from indicators.tables.context.private_cross_checks import CHECKS, TABLE, THEIRS_ALONE, build

FEEDS = (
    "stanford_ai_index", "eto_cat", "eto_cross_border", "eto_agora", "eto_semiconductor_supply_chain", "owid_sipri_milex", "aiid",
)  # fmt: skip
OURS = ("indicator_values", "paper_counts", "paper_pairs", "military_expenditure")
COUNTRIES = pl.DataFrame(
    {
        "official_name": ["United States of America", "China", "Türkiye"],
        "display_name": ["United States", "China", "Türkiye"],
        "un_short_name": ["United States of America", "China", "Türkiye"],
        "iso3_code": ["USA", "CHN", "TUR"],
    }
)
ALIASES = pl.DataFrame({"alias": ["China (mainland)"], "country_code": ["CHN"]})


def checks(**rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """The comparisons over these rows of the inputs, all other inputs empty: check, subject, detail, period, ours, theirs, difference."""
    empty = {name: sources()[name].SOURCE.nothing for name in FEEDS}
    empty |= {name: pl.DataFrame(schema={column.name: column.kind for column in tables()[name].TABLE.columns}) for name in OURS}
    given = {name: pl.DataFrame(rows.get(name, []), schema=frame.schema) for name, frame in empty.items()}
    frame = TABLE.conform(build(**given, country_codes=COUNTRIES, reference_country_aliases=ALIASES))
    return frame.drop("their_source_id", "how_to_read").rows()


def stanford(figure: str, period: str, value: float, subject: str | None = None, measure: str | None = None) -> dict[str, Any]:
    return {"figure": figure, "subject": subject, "measure": measure, "period": period, "value": value}


def figure(indicator_id: str, subject: str, day: date, value: float, dimension: str | None = None) -> dict[str, Any]:
    return {
        "indicator_id": indicator_id, "subject_code": subject, "dimension": dimension, "period_start": day, "period_end": day, "value": value,
    }  # fmt: skip


def test_nothing_fetched_is_an_empty_table() -> None:
    assert checks() == []


def test_the_last_board_by_votes_of_a_month_stands_beside_theirs() -> None:
    theirs = [stanford("2.1.36", "2024-12", 1379.0, "United States"), stanford("2.1.36", "2024-12", 1315.0, "China")]
    ours = [
        figure("arena_gap", "USA-CHN", date(2024, 12, 3), 90.0, "unweighted"),
        figure("arena_gap", "USA-CHN", date(2024, 12, 28), 58.0, "unweighted"),
        figure("arena_gap", "USA-CHN", date(2024, 12, 29), 19.0, "style_controlled"),
    ]
    assert checks(stanford_ai_index=theirs, indicator_values=ours) == [
        ("arena_gap", "USA-CHN", "overall", date(2024, 12, 31), 58.0, 64.0, -6.0)
    ]


def test_one_side_alone_makes_no_gap() -> None:
    theirs = [stanford("2.1.37", "2024", 0.9, "United States", "MMLU")]
    ours = [figure("benchmark_gap", "USA-CHN", date(2024, 12, 31), 0.1, "mmlu")]
    assert checks(stanford_ai_index=theirs, indicator_values=ours) == []


def test_incidents_are_counted_once_by_year_of_occurrence() -> None:
    incidents = [{"incident_id": number, "occurred_date": date(2024, 5, 1)} for number in (1, 2, 2)]
    assert checks(stanford_ai_index=[stanford("3.2.1", "2024", 3.0)], aiid=incidents) == [
        ("incidents", "WLD", "all", date(2024, 12, 31), 2.0, 3.0, -1.0)
    ]


def test_partners_are_ranked_in_complete_years_whatever_the_order_of_a_pair() -> None:
    def pair(one: str, other: str, articles: int, year: int = 2023, *, is_complete: bool = True) -> dict[str, Any]:
        named = {"country_name_a": one, "country_name_b": other, "field": "Artificial intelligence"}
        return {**named, "year": year, "articles": articles, "is_complete": is_complete}

    theirs = [
        pair("China", "United States", 50), pair("United Kingdom", "United States", 60), pair("China", "Japan", 900),
        pair("China", "United States", 99, 2024, is_complete=False),
    ]  # fmt: skip
    ours = [
        {"venue_code": "icml", "year": 2023, "country_code_a": a, "country_code_b": b, "paper_count": count}
        for a, b, count in (("CHN", "USA", 10), ("CAN", "USA", 7), ("CHN", "GBR", 90), ("CHN", "JPN", 80))
    ]
    assert checks(eto_cross_border=theirs, paper_pairs=ours) == [("partner_rank", "USA-CHN", "AI", date(2023, 12, 31), 1.0, 2.0, -1.0)]


def test_partial_years_and_groups_of_the_tracker_are_left_out() -> None:
    def cell(country: str, year: int, value: int, *, is_complete: bool = True, is_group: bool = False) -> dict[str, Any]:
        named = {"metric_code": "articles", "country_name": country, "field": "All", "is_group": is_group}
        return {**named, "year": year, "value": value, "is_complete": is_complete}

    theirs = [
        cell("China (mainland)", 2023, 30), cell("United States", 2023, 20), cell("OECD", 2023, 99, is_group=True),
        cell("China (mainland)", 2024, 90, is_complete=False), cell("United States", 2024, 1, is_complete=False),
    ]  # fmt: skip
    ours = [
        {"venue_code": "icml", "year": year, "country_code": code, "paper_count": count}
        for year in (2023, 2024)
        for code, count in (("CHN", 5), ("USA", 10))
    ]
    assert checks(eto_cat=theirs, paper_counts=ours) == [("paper_ratio", "CHN-USA", "AI", date(2023, 12, 31), 0.5, 1.5, -1.0)]


def test_constant_dollars_stand_beside_current_ones_in_their_own_year_only() -> None:
    theirs = [
        {"country_name": name, "is_group": name == "World", "year": year, "expenditure_usd_2019": 2e12, "gdp_share": 0.02}
        for name in ("World", "United States", "NATO members")
        for year in (2018, 2019)
    ]
    ours = [
        {"economy_code": code, "year": year, "expenditure_usd": 1.9e12, "gdp_share": None}
        for code in ("WLD", "USA")
        for year in (2018, 2019)
    ]
    found = checks(owid_sipri_milex=theirs, military_expenditure=ours)
    assert [row[:4] for row in found] == [
        ("military_usd", "USA", "all", date(2019, 12, 31)), ("military_usd", "WLD", "all", date(2019, 12, 31)),
    ]  # fmt: skip


def test_two_providers_of_investment_stay_apart_and_alone() -> None:
    tracker = {"metric_code": "investment_musd", "country_name": "China (mainland)", "field": "All", "is_group": False}
    found = checks(
        stanford_ai_index=[stanford("4.3.10", "2023", 9.5, "China")],
        eto_cat=[{**tracker, "year": 2023, "value": 10_560, "is_complete": True}],
    )
    assert found == [
        ("private_investment_usd", "CHN", "all", date(2023, 12, 31), None, 1.056e10, None),
        ("private_investment_usd", "CHN", "all", date(2023, 12, 31), None, 9.5e9, None),
    ]


def test_tags_are_counted_for_all_documents_and_for_validated_ones() -> None:
    def document(*, is_military: bool, is_validated: bool, activity: str = "Enacted") -> dict[str, Any]:
        flags = {"is_military": is_military, "is_validated": is_validated}
        return {"activity": activity, "activity_date": date(2023, 2, 1), "collections": ["U.S. federal laws"], **flags}

    documents = [
        document(is_military=True, is_validated=True), document(is_military=False, is_validated=False),
        document(is_military=True, is_validated=True, activity="Proposed"),
    ]  # fmt: skip
    assert [(row[2], row[5]) for row in checks(eto_agora=documents)] == [("all tags", 0.5), ("validated tags", 1.0)]


def test_a_firm_is_no_country_and_a_share_without_a_year_is_not_compared() -> None:
    supply: list[dict[str, Any]] = [
        {"provider_id": "P8", "provider_name": "TWN", "provider_type": "country"},
        {"provider_id": "P38", "provider_name": "JPN", "provider_type": "organization"},
        {"provider_id": "P8", "provider_name": "TWN", "input_id": "S2", "share": 0.18, "year": 2022},
        {"provider_id": "P8", "provider_name": "TWN", "input_id": "S2", "share": 0.47, "year": None},
        {"provider_id": "P38", "provider_name": "JPN", "input_id": "S2", "share": 0.2, "year": 2022},
    ]
    ours = [figure("ic_export_share", code, date(2022, 12, 31), 0.2) for code in ("TWN", "JPN")]
    assert checks(eto_semiconductor_supply_chain=supply, indicator_values=ours) == [
        ("fabrication_share", "TWN", "all", date(2022, 12, 31), 0.2, 0.18, 0.02)
    ]


def test_the_table_is_private_and_every_comparison_says_what_the_two_sides_do_not_share() -> None:
    assert not TABLE.is_released
    assert permissions.is_private(TABLE.name)
    assert set(THEIRS_ALONE) < set(CHECKS)


@pytest.mark.parametrize("name", ["Various countries", "Global", "Asia"])
def test_what_is_no_country_is_not_compared(name: str) -> None:
    assert checks(stanford_ai_index=[stanford("8.1.2", "2024", 0.5, name)]) == []
