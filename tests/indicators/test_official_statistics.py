"""stay_share, ai_article_share and ai_international_share over small tables: denominators, unknowns, coverage."""

from datetime import date
from typing import Any

import polars as pl
from query import ask

from indicators.tables.researchers import doctorates, publication_counts

FIGURES = ("value", "lower", "upper", "n", "coverage_share")


def frame(module: Any, rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={column.name: column.dtype for column in module.TABLE.columns})


def recipients(name: str, number: int | None, share: float | None, **other: Any) -> dict[str, Any]:
    kinds = {"All citizenships": "all", "Unknown": "unknown", "Asia": "region"}
    return {
        "citizenship_name": name,
        "citizenship_kind_code": kinds.get(name, "country"),
        "country_code": None if name in kinds else name,
        "field_code": "all",
        "first_year": 2023,
        "last_year": 2023,
        "recipients": number,
        "stay_share": share,
        "table_code": "2-8",
    } | other


def stays(*rows: dict[str, Any]) -> pl.DataFrame:
    return ask("stay_share", doctorates=frame(doctorates, list(rows)))


def test_an_intention_has_its_recipients_and_the_part_of_known_citizenships() -> None:
    rows = stays(
        recipients("CHN", 60, 0.775), recipients("All citizenships", 100, 0.76), recipients("Unknown", 10, 0.5), recipients("Asia", 70, 0.8)
    )
    assert rows.select("subject_code", "dimension", *FIGURES).rows() == [
        ("CHN", "all intends_to_stay", 0.775, None, None, 60, 0.9),
        ("WLD", "all intends_to_stay", 0.76, None, None, 100, 1.0),
    ]


def test_a_suppressed_share_is_unknown_and_a_suppressed_number_makes_no_row() -> None:
    rows = stays(
        recipients("LBY", 24, None), recipients("NZL", None, None), recipients("All citizenships", 100, 0.7), recipients("Unknown", 0, None)
    )
    assert rows.filter(subject_code="LBY").select(FIGURES).rows() == [(None, None, None, 24, 1.0)]
    assert rows.filter(subject_code="NZL").is_empty()


def test_counts_without_intentions_and_sums_of_years_make_no_row() -> None:
    assert stays(recipients("CHN", 4222, None, table_code="7-7", first_year=2012, last_year=2012)).is_empty()
    assert stays(recipients("CHN", 43902, 0.785, first_year=2017)).is_empty()


def test_computer_sciences_are_for_all_citizenships_with_plans_and_commitments_apart() -> None:
    field = {"field_code": "computer_and_information_sciences", "first_year": 2018, "last_year": 2021, "table_code": "SLBR-28"}
    rows = stays(recipients("All citizenships", 5366, 0.811, commitment_share=0.633, **field))
    assert rows.select("subject_code", "dimension", "period_start", "period_end", "value", "n").rows() == [
        ("WLD", "computer_and_information_sciences has_commitment", date(2018, 1, 1), date(2021, 12, 31), 0.633, 5366),
        ("WLD", "computer_and_information_sciences intends_to_stay", date(2018, 1, 1), date(2021, 12, 31), 0.811, 5366),
    ]


def articles(area: str, attribute: str, count: int | None, share: float | None = None, **other: Any) -> dict[str, Any]:
    kinds = {"World": "world", "Unassigned": "unassigned", "Kosovo": "other"}
    return {
        "field_code": "artificial_intelligence",
        "area_name": area,
        "area_kind_code": kinds.get(area, "country"),
        "country_code": None if area in kinds else area,
        "first_year": 2022,
        "last_year": 2022,
        "attribute_code": attribute,
        "article_count": count,
        "article_share_sum": share,
    } | other


def asked(indicator_id: str, *rows: dict[str, Any]) -> pl.DataFrame:
    return ask(indicator_id, publication_counts=frame(publication_counts, list(rows)))


def test_a_share_is_of_the_world_as_stated_and_the_unassigned_widen_it_upwards() -> None:
    stated = [articles("World", "total", 100), articles("CHN", "total", 40), articles("USA", "total", 70), articles("Kosovo", "total", 3)]
    rows = asked("ai_article_share", *stated, articles("Unassigned", "total", 5))
    assert rows.select("subject_code", "dimension", *FIGURES).rows() == [
        ("CHN", "whole", 0.4, 0.4, 0.45, 100, 0.95),
        ("USA", "whole", 0.7, 0.7, 0.75, 100, 0.95),
    ]


def test_fractional_shares_are_of_the_whole_period_and_other_fields_are_not_counted() -> None:
    span = {"first_year": 2003}
    rows = asked(
        "ai_article_share",
        articles("World", "total", 100, 100.0, **span), articles("CHN", "total", 40, 25.0, **span), articles("Unassigned", "total", 9, 1.0, **span),
        articles("World", "total", 900, field_code="all"), articles("CHN", "total", 90, field_code="all"),
    )  # fmt: skip
    assert rows.select("dimension", "period_start", *FIGURES).rows() == [("fractional", date(2003, 1, 1), 0.25, 0.25, 0.26, 100, 0.99)]


def test_a_country_that_did_not_exist_has_no_share_and_one_without_articles_has_zero() -> None:
    rows = asked("ai_article_share", articles("World", "total", 100), articles("SRB", "total", None), articles("ISL", "total", 0))
    assert rows.select("subject_code", "value").rows() == [("ISL", 0.0)]


def test_the_international_part_is_of_what_is_known_and_the_rest_makes_the_interval() -> None:
    counted = [articles("USA", name, count) for name, count in (("total", 100), ("international", 30), ("domestic_only", 50))]
    rows = asked(
        "ai_international_share",
        *counted,
        articles("World", "total", 10),
        articles("World", "international", 0),
        articles("World", "domestic_only", 0),
    )
    assert rows.select("subject_code", *FIGURES).rows() == [("USA", 0.375, 0.3, 0.5, 100, 0.8), ("WLD", None, 0.0, 1.0, 10, 0.0)]


def test_a_country_without_articles_has_no_international_part() -> None:
    assert asked("ai_international_share", *(articles("TUV", name, 0) for name in ("total", "international", "domestic_only"))).is_empty()
