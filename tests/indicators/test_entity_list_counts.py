"""Entries in force and entries added: what a month or a quarter rests on, and how far it may be off."""

from typing import Any

import polars as pl
import pytest
from entity_list import Built, built, control_documents, entry
from query import ask

A, B = entry("A"), entry("B", citation="84 FR 3, 3/4/19.")
ADDED = entry("Added", citation="85 FR 9, 8/3/20.")
QUARTERS = {"2020-03-31": [A, B], "2020-06-30": [A, B], "2020-09-30": [A, ADDED], "2020-12-31": [A, ADDED], "2021-01-15": [A, ADDED]}


def months(made: Built, subject: str = "CHN", dimension: str | None = "editions") -> dict[str, tuple[Any, ...]]:
    """Value, lower and upper by the month's end."""
    rows = ask("entity_listings_in_force", entity_listings=made.listings, entity_list_editions=made.editions)
    told = rows.filter(pl.col("dimension").eq_missing(pl.lit(dimension)), subject_code=subject)
    assert (told["value"] == told["n"]).all()
    return {str(end): tuple(rest) for end, *rest in told.select("period_end", "value", "lower", "upper").iter_rows()}


def quarters(made: Built, dimension: str | None = "editions") -> dict[tuple[str, str], tuple[Any, ...]]:
    """Value, upper and coverage by country and quarter's end."""
    rows = ask("entity_listings_added", entity_listings=made.listings, entity_list_editions=made.editions)
    assert rows["lower"].equals(rows["value"], check_names=False)
    told = rows.filter(pl.col("dimension").eq_missing(pl.lit(dimension)))
    found = told.select("subject_code", "period_end", "value", "upper", "coverage_share").iter_rows()
    return {(subject, str(end)): tuple(rest) for subject, end, *rest in found}


def test_an_entry_counts_until_the_first_edition_without_it_and_surely_until_the_last_with_it() -> None:
    found = months(built(QUARTERS))
    assert found["2020-06-30"] == (2, 2, 2)
    assert found["2020-07-31"] == (2, 1, 2)
    assert found["2020-08-31"] == (3, 2, 3)
    assert found["2020-09-30"] == (2, 2, 2)
    assert (min(found), max(found)) == ("2020-03-31", "2020-12-31")


def test_without_a_dimension_whoever_is_still_listed_counts_from_the_first_listing() -> None:
    found = months(built(QUARTERS), dimension=None)
    assert (found["2019-05-31"], found["2020-06-30"], found["2020-08-31"]) == ((1, 1, None), (1, 1, None), (2, 2, None))
    assert (min(found), max(found)) == ("2019-05-31", "2020-12-31")


def test_the_series_of_who_is_still_listed_needs_and_heeds_no_past_edition() -> None:
    newest = QUARTERS["2021-01-15"]
    assert months(built(QUARTERS), dimension=None) == months(built({"2021-01-15": newest}), dimension=None)
    assert quarters(built(QUARTERS), dimension=None) == quarters(built({"2021-01-15": newest}), dimension=None)


def test_a_month_between_editions_far_apart_rests_on_none() -> None:
    found = months(built({"2020-03-31": [A, B], "2020-12-31": [A], "2021-01-15": [A]}))
    assert found == {"2020-03-31": (2, 2, 2), "2020-12-31": (1, 1, 1)}


@pytest.mark.parametrize(("day", "rests"), [("2020-07-09", True), ("2020-07-10", False)])
def test_editions_are_near_within_a_hundred_days(day: str, *, rests: bool) -> None:
    assert ("2020-06-30" in months(built({"2020-03-31": [A], day: [A], "2020-07-15": [A]}))) is rests


def test_with_the_newest_edition_alone_no_month_rests_on_editions() -> None:
    assert months(built({"2020-03-31": [A, B]})) == {}


def test_no_month_rests_on_a_copy_made_of_survivors() -> None:
    days = {"2020-03-31": [A], "2020-06-30": [A, B], "2020-07-15": [A, B]}
    assert min(months(built(days))) == "2020-03-31"
    assert min(months(built(days, survivors=["2020-03-31"]))) == "2020-06-30"


def test_whoever_left_before_the_newest_edition_is_counted_up_to_it() -> None:
    assert months(built({"2020-03-31": [A, B], "2020-06-30": [A], "2020-07-15": [A]}))["2020-05-31"] == (2, 1, 2)
    assert months(built({"2020-03-31": [A, B], "2020-07-01": [A]}))["2020-06-30"] == (2, 1, 2)


def test_a_move_from_hong_kong_to_china_counts_once_each_month() -> None:
    made = built({"2020-09-30": [entry("A", "HONG KONG")], "2020-12-31": [A], "2021-01-15": [A]})
    before, after = months(made, "HKG"), months(made)
    assert (max(before), min(after)) == ("2020-11-30", "2020-12-31")
    assert before["2020-11-30"] == (1, 0, 1)
    assert min(months(made, dimension=None)) == "2019-05-31"


def test_an_undated_entry_counts_from_the_first_edition_that_holds_it() -> None:
    undated = entry("Undated", citation="85 FR 9.")
    made = built({"2020-03-31": [A], "2020-06-30": [A, undated], "2020-07-15": [A, undated]})
    assert (months(made)["2020-05-31"], months(made)["2020-06-30"]) == ((1, 1, 1), (2, 2, 2))
    assert months(made, dimension=None)["2020-06-30"] == (1, 1, None)


def test_coverage_is_the_part_of_a_countrys_entries_that_bear_a_date() -> None:
    made = built({"2020-03-31": [A, B, entry("Undated", citation="85 FR 9."), entry("C", "UKRAINE")]})
    rows = ask("entity_listings_in_force", entity_listings=made.listings, entity_list_editions=made.editions)
    shares = dict(rows.select("subject_code", "coverage_share").unique().iter_rows())
    assert shares == {"CHN": pytest.approx(2 / 3, abs=1e-6), "UKR": 1}


def test_an_entry_is_added_in_the_quarter_of_its_first_citation_even_if_it_left_since() -> None:
    gone = entry("Gone", citation="84 FR 4, 3/5/19.")
    made = built({"2019-03-31": [B, gone]} | QUARTERS)
    assert quarters(made) == {("CHN", "2019-03-31"): (2, 2, 0), ("CHN", "2020-09-30"): (1, 1, 0)}
    assert quarters(made, dimension=None) == {("CHN", "2019-06-30"): (1, None, 0), ("CHN", "2020-09-30"): (1, None, 0)}


@pytest.mark.parametrize(("day", "rests"), [("2021-01-08", True), ("2021-01-09", False)])
def test_a_quarter_rests_on_an_edition_within_a_hundred_days_of_its_end(day: str, *, rests: bool) -> None:
    made = built({day: [ADDED], "2021-01-10": [ADDED]})
    assert (("CHN", "2020-09-30") in quarters(made)) is rests


def test_a_renamed_or_moved_party_is_added_once_where_it_stood_first() -> None:
    now = [A, entry("New")]
    moved = built({"2019-06-30": [entry("A", "HONG KONG"), entry("Old")], "2019-09-30": now, "2021-01-15": now})
    assert quarters(moved) == {("CHN", "2019-06-30"): (1, 1, 0), ("HKG", "2019-06-30"): (1, 1, 0)}
    assert quarters(moved, dimension=None) == {("CHN", "2019-06-30"): (2, None, 0)}


def test_coverage_of_additions_is_the_part_whose_document_is_known() -> None:
    documents = control_documents({"document_number": "one", "start_page": 22961, "end_page": 22970})
    other = entry("Other", citation="84 FR 30000, 6/3/19.")
    assert quarters(built({"2020-03-31": [A, other]}, documents), dimension=None)["CHN", "2019-06-30"] == (2, None, 0.5)


def test_an_unfinished_quarter_and_years_before_2018_are_left_out() -> None:
    early = entry("Early", citation="82 FR 1, 12/29/17.")
    assert quarters(built({"2020-05-31": [early, entry("Late", citation="85 FR 9, 4/3/20.")]}), dimension=None) == {}


def test_a_figure_is_stated_once() -> None:
    made = built(QUARTERS)
    for indicator in ("entity_listings_in_force", "entity_listings_added"):
        rows = ask(indicator, entity_listings=made.listings, entity_list_editions=made.editions)
        assert set(rows["dimension"]) == {None, "editions"}
        assert not rows.select("subject_code", "dimension", "period_end").is_duplicated().any()
