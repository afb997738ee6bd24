"""Entries in force and entries added: what a month or a quarter rests on, and how far it may be off."""

from typing import Any

import pytest
from entity_list import Built, built, control_documents, entry
from query import ask

A, B = entry("A"), entry("B", citation="84 FR 3, 3/4/19.")
ADDED = entry("Added", citation="85 FR 9, 8/3/20.")
QUARTERS = {"2020-03-31": [A, B], "2020-06-30": [A, B], "2020-09-30": [A, ADDED], "2020-12-31": [A, ADDED], "2021-01-15": [A, ADDED]}


def months(made: Built, subject: str = "CHN") -> dict[str, tuple[Any, ...]]:
    """Dimension, value, lower and upper by the month's end."""
    rows = ask("entity_listings_in_force", entity_listings=made.listings, entity_list_editions=made.editions)
    told = rows.filter(subject_code=subject).select("period_end", "dimension", "value", "lower", "upper", "n")
    assert (told["value"] == told["n"]).all()
    return {str(end): tuple(rest[:-1]) for end, *rest in told.iter_rows()}


def quarters(made: Built) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Dimension, value, upper and coverage by country and quarter's end."""
    rows = ask("entity_listings_added", entity_listings=made.listings, entity_list_editions=made.editions)
    told = rows.select("subject_code", "period_end", "dimension", "value", "upper", "coverage_share")
    assert rows["lower"].equals(rows["value"], check_names=False)
    return {(subject, str(end)): tuple(rest) for subject, end, *rest in told.iter_rows()}


def test_an_entry_counts_until_the_first_edition_without_it_and_surely_until_the_last_with_it() -> None:
    found = months(built(QUARTERS))
    assert found["2020-06-30"] == ("editions", 2, 2, 2)
    assert found["2020-07-31"] == ("editions", 2, 1, 2)
    assert found["2020-08-31"] == ("editions", 3, 2, 3)
    assert found["2020-09-30"] == ("editions", 2, 2, 2)


def test_months_before_the_first_edition_count_whoever_was_still_listed() -> None:
    found = months(built(QUARTERS))
    assert found["2020-02-29"] == ("still_listed", 2, 2, None)
    assert found["2019-03-31"] == ("still_listed", 1, 1, None)
    assert "2019-02-28" not in found


def test_months_between_editions_far_apart_rest_on_who_was_still_listed() -> None:
    found = months(built({"2020-03-31": [A, B], "2020-12-31": [A], "2021-01-15": [A]}))
    assert found["2020-03-31"] == ("editions", 2, 2, 2)
    assert found["2020-04-30"] == ("still_listed", 2, 1, None)
    assert found["2020-12-31"] == ("editions", 1, 1, 1)


def test_with_the_newest_edition_alone_only_its_own_day_is_known() -> None:
    found = months(built({"2020-03-31": [A, B]}))
    assert {end: dimension for end, (dimension, *_) in found.items() if dimension == "editions"} == {"2020-03-31": "editions"}
    assert max(found) == "2020-03-31"


def test_a_copy_made_of_survivors_makes_no_month_rest_on_editions() -> None:
    days = {"2020-03-31": [A], "2020-06-30": [A], "2020-07-15": [A, B]}
    found = months(built(days, survivors=["2020-03-31"]))
    assert {dimension for dimension, *_ in found.values()} == {"still_listed"}


def test_whoever_left_before_the_newest_edition_is_counted_up_to_it() -> None:
    found = months(built({"2020-03-31": [A, B], "2020-06-30": [A], "2020-07-15": [A]}))
    assert (found["2020-05-31"], found["2020-06-30"]) == (("editions", 2, 1, 2), ("editions", 1, 1, 1))
    unnamed = months(built({"2020-03-31": [A, B], "2020-07-01": [A]}))
    assert unnamed["2020-06-30"] == ("editions", 2, 1, 2)


def test_a_move_from_hong_kong_to_china_counts_once_each_month() -> None:
    made = built({"2020-09-30": [entry("A", "HONG KONG")], "2020-12-31": [A], "2021-01-15": [A]})
    before, after = months(made, "HKG"), months(made)
    assert (max(before), min(after)) == ("2020-11-30", "2020-12-31")
    assert before["2020-11-30"] == ("editions", 1, 0, 1)


def test_an_undated_entry_counts_from_the_first_edition_that_holds_it() -> None:
    undated = entry("Undated", citation="85 FR 9.")
    found = months(built({"2020-03-31": [undated], "2020-06-30": [undated], "2020-07-15": [undated]}))
    assert min(found) == "2020-03-31"
    assert months(built({"2020-03-30": [undated]})) == {}


def test_coverage_is_the_part_of_a_countrys_entries_that_bear_a_date() -> None:
    made = built({"2020-03-31": [A, B, entry("Undated", citation="85 FR 9."), entry("C", "UKRAINE")]})
    rows = ask("entity_listings_in_force", entity_listings=made.listings, entity_list_editions=made.editions)
    shares = dict(rows.select("subject_code", "coverage_share").unique().iter_rows())
    assert shares == {"CHN": pytest.approx(2 / 3, abs=1e-6), "UKR": 1}


def test_an_entry_is_added_in_the_quarter_of_its_first_citation_even_if_it_left_since() -> None:
    found = quarters(built(QUARTERS))
    assert found["CHN", "2020-09-30"] == ("editions", 1, 1, 0)
    assert found["CHN", "2019-03-31"] == ("still_listed", 1, None, 0)
    assert found["CHN", "2019-06-30"] == ("still_listed", 1, None, 0)


def test_a_quarter_without_an_edition_within_a_hundred_days_of_its_end_is_of_who_was_still_listed() -> None:
    near, far = (built({day: [ADDED], "2021-06-30": [ADDED, A]}) for day in ("2021-01-08", "2021-01-09"))
    assert (quarters(near)["CHN", "2020-09-30"][0], quarters(far)["CHN", "2020-09-30"][0]) == ("editions", "still_listed")


def test_a_renamed_or_moved_party_is_added_once_where_it_stood_first() -> None:
    moved = built({"2020-09-30": [entry("A", "HONG KONG"), entry("Old")], "2020-12-31": [A, entry("New")], "2021-01-15": [A, entry("New")]})
    assert quarters(moved) == {("CHN", "2019-06-30"): ("still_listed", 1, None, 0), ("HKG", "2019-06-30"): ("still_listed", 1, None, 0)}


def test_coverage_of_additions_is_the_part_whose_document_is_known() -> None:
    documents = control_documents({"document_number": "one", "start_page": 22961, "end_page": 22970})
    other = entry("Other", citation="84 FR 30000, 6/3/19.")
    assert quarters(built({"2020-03-31": [A, other]}, documents))["CHN", "2019-06-30"] == ("still_listed", 2, None, 0.5)


def test_an_unfinished_quarter_and_years_before_2018_are_left_out() -> None:
    early = entry("Early", citation="82 FR 1, 12/29/17.")
    assert quarters(built({"2020-05-31": [early, entry("Late", citation="85 FR 9, 4/3/20.")]})) == {}


def test_a_month_is_stated_once_for_a_country() -> None:
    made = built(QUARTERS)
    rows = ask("entity_listings_in_force", entity_listings=made.listings, entity_list_editions=made.editions)
    assert not rows.select("subject_code", "period_end").is_duplicated().any()
