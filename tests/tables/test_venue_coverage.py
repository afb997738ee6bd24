"""venue_coverage: what was counted, what has a country, and why."""

import polars as pl
import pytest

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
    assert [row[f"{basis}_count"] for basis in ("source", "territory_rule", "domain", "unresolved")] == [1, 1, 0, 1]


@pytest.mark.parametrize(("known", "is_trend_grade"), [(3, True), (2, False)])
def test_sixty_percent_of_the_positions_make_a_year_fit_for_a_trend(known: int, *, is_trend_grade: bool) -> None:
    places = [("1", slot, 1, "USA" if slot <= known else None, "domain" if slot <= known else "unresolved") for slot in range(1, 6)]
    assert built(places)["is_trend_grade"].to_list() == [is_trend_grade]


def test_a_year_whose_companies_are_missing_is_unfit_for_a_trend_whatever_its_coverage() -> None:
    whole: list[tuple[str, int, int, str | None, str]] = [("1", slot, 1, "USA", "domain") for slot in range(1, 6)]
    assert built(whole)["is_trend_grade"].to_list() == [True]
    assert built(whole, layout="listed_domain")["is_trend_grade"].to_list() == [False]


def test_without_any_position_the_share_is_unknown_and_not_zero() -> None:
    (row,) = built([]).to_dicts()
    assert (row["slot_coverage_share"], row["is_trend_grade"], row["paper_count"]) == (None, False, 2)


def test_another_track_is_not_counted() -> None:
    assert built([("1", 1, 1, "USA", "domain")], track="datasets_and_benchmarks").is_empty()
