"""papers: which rows are accepted papers, and how many author positions each states."""

import polars as pl

from indicators.sources.paperlists import SOURCE
from indicators.tables.researchers.papers import TABLE, build


def row(paper_id: str, status: str | None = "Poster", slot: int | None = 1, **other: object) -> dict[str, object]:
    blank: dict[str, object] = dict.fromkeys(SOURCE.schema)
    stated = {"venue_code": "icml", "year": 2019, "layout_code": "author_index", "track": "main", "is_in_proceedings": True, "ordinal": 1}
    return blank | stated | {"paper_id": paper_id, "status": status, "slot": slot} | other


def built(*rows: dict[str, object]) -> pl.DataFrame:
    return TABLE.conform(build(pl.DataFrame(list(rows), schema=dict(SOURCE.schema))))


def test_only_accepted_papers_are_kept() -> None:
    found = built(row("1"), row("2", "Spotlight"), row("3", "Oral"), row("4", "Reject"), row("5", "Withdraw"), row("6", "Desk Reject"))
    assert found["status_code"].to_list() == ["poster", "spotlight", "oral"]


def test_a_listing_outside_the_proceedings_is_no_paper() -> None:
    assert built(row("1"), row("2", is_in_proceedings=False))["paper_id"].to_list() == ["icml-2019-1"]


def test_a_proceedings_paper_listed_under_another_title_is_unlisted_and_accepted() -> None:
    assert built(row("1", None, track=None)).select("status_code", "track_code").rows() == [("unlisted", None)]


def test_positions_are_counted_once_and_a_paper_without_any_has_none() -> None:
    found = built(row("1"), row("1", ordinal=2), row("1", slot=2), row("2", slot=None))
    assert found["author_slot_count"].to_list() == [2, 0]


def test_the_same_id_in_two_years_is_two_papers() -> None:
    assert built(row("1"), row("1", year=2018)).height == 2
