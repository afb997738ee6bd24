"""venue_coverage: what was counted, what has a country, and why."""

import duckdb
import polars as pl
import pytest

from indicators.tables.researchers._affiliations import BASES
from indicators.tables.researchers.venue_coverage import TABLE, build

PLACES = {"paper_id": pl.String, "slot": pl.Int32, "ordinal": pl.Int32, "country_code": pl.String, "basis_code": pl.String}


def built(
    places: list[tuple[str, int, int, str | None, str]],
    papers: tuple[str, ...] = ("1", "2"),
    track: str = "main",
    layout: str = "author_index",
) -> pl.DataFrame:
    listed = pl.DataFrame({"paper_id": papers}).with_columns(
        venue_code=pl.lit("icml"), year=pl.lit(2024, pl.Int32), layout_code=pl.lit(layout), track_code=pl.lit(track)
    )
    return TABLE.conform(build(listed, pl.DataFrame(places, schema=PLACES, orient="row")))


def test_a_paper_without_any_position_is_counted_and_lowers_the_coverage_of_papers() -> None:
    (row,) = built([("1", 1, 1, "USA", "domain")]).to_dicts()
    assert (row["paper_count"], row["papers_with_country"], row["paper_coverage_share"]) == (2, 1, 0.5)
    assert (row["slot_count"], row["affiliation_count"]) == (1, 1)


def test_a_position_with_two_affiliations_is_one_position_and_two_affiliations() -> None:
    (row,) = built([("1", 1, 1, "USA", "source"), ("1", 1, 2, None, "unresolved"), ("2", 1, 1, "HKG", "territory_rule")]).to_dicts()
    assert (row["slot_count"], row["slots_with_country"], row["affiliation_count"]) == (2, 2, 3)
    assert {basis: row[f"{basis}_count"] for basis in BASES} == dict.fromkeys(BASES, 0) | {
        "source": 1,
        "territory_rule": 1,
        "unresolved": 1,
    }


@pytest.mark.parametrize(("known", "is_trend_grade"), [(3, True), (2, False)])
def test_sixty_percent_of_the_positions_make_a_year_fit_for_a_trend(known: int, *, is_trend_grade: bool) -> None:
    places = [("1", slot, 1, "USA" if slot <= known else None, "domain" if slot <= known else "unresolved") for slot in range(1, 6)]
    assert built(places)["is_trend_grade"].to_list() == [is_trend_grade]


@pytest.mark.parametrize("layout", ["author_index", "listed_domain", "listed_name"])
def test_every_layout_is_fit_for_a_trend_by_its_coverage_alone(layout: str) -> None:
    whole: list[tuple[str, int, int, str | None, str]] = [("1", slot, 1, "USA", "seat") for slot in range(1, 6)]
    (row,) = built(whole, layout=layout).to_dicts()
    assert (row["is_trend_grade"], row["seat_count"], row["source_count"]) == (True, 5, 0)


def failing(frame: pl.DataFrame) -> list[str]:
    with duckdb.connect() as connection:
        connection.register("venue_coverage", frame)
        return [rule.question for rule in TABLE.rules if connection.sql(rule.failing_rows).fetchall()]


def test_reasons_that_do_not_add_up_fail_the_table() -> None:
    good = built([("1", slot, 1, "USA", "domain") for slot in range(1, 6)])
    assert [asked for asked in failing(good) if "add up" in asked] == []
    assert [asked for asked in failing(good.with_columns(alias_count=pl.lit(1, pl.Int32))) if "add up" in asked]


def test_assumed_seats_fail_the_table_where_the_source_states_countries_and_where_they_are_many() -> None:
    seats: list[tuple[str, int, int, str | None, str]] = [("1", slot, 1, "USA", "seat" if slot == 1 else "domain") for slot in range(1, 6)]
    assert [asked for asked in failing(built(seats)) if "source states countries" in asked]
    assert not [asked for asked in failing(built(seats, layout="listed_name")) if "seat" in asked]
    many: list[tuple[str, int, int, str | None, str]] = [("1", slot, 1, "USA", "seat") for slot in range(1, 6)]
    assert [asked for asked in failing(built(many, layout="listed_name")) if "three in ten" in asked]


def test_a_list_whose_names_do_not_resolve_fails_the_table() -> None:
    half = [("1", slot, 1, "USA" if slot < 3 else None, "alias" if slot < 3 else "unresolved") for slot in range(1, 6)]
    assert [asked for asked in failing(built(half, layout="listed_name")) if "nine tenths" in asked]
    assert not [asked for asked in failing(built(half)) if "nine tenths" in asked]


def test_without_any_position_the_share_is_unknown_and_not_zero() -> None:
    (row,) = built([]).to_dicts()
    assert (row["slot_coverage_share"], row["is_trend_grade"], row["paper_count"]) == (None, False, 2)


def test_another_track_is_not_counted() -> None:
    assert built([("1", 1, 1, "USA", "domain")], track="datasets_and_benchmarks").is_empty()
