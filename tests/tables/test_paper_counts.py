"""paper_counts: whole and fractional counting, main track only."""

import polars as pl

from indicators.tables.researchers import paper_affiliations, papers
from indicators.tables.researchers.paper_counts import TABLE, build


def paper(paper_id: str, track: str | None = "main") -> dict[str, object]:
    return {"paper_id": paper_id, "venue_code": "icml", "year": 2024, "track_code": track}


def place(paper_id: str, slot: int, ordinal: int, code: str | None, share: float | None) -> dict[str, object]:
    return {"paper_id": paper_id, "slot": slot, "ordinal": ordinal, "country_code": code, "paper_share": share}


def built(listed: list[dict[str, object]], places: list[dict[str, object]]) -> pl.DataFrame:
    schemas = [{column.name: column.dtype for column in table.columns} for table in (papers.TABLE, paper_affiliations.TABLE)]
    frames = [pl.DataFrame(rows, schema=schema) for rows, schema in zip((listed, places), schemas, strict=True)]
    return TABLE.conform(build(*frames))


def test_a_paper_counts_once_whole_and_by_its_parts_for_each_country() -> None:
    found = built(
        [paper("1"), paper("2")],
        [place("1", 1, 1, "USA", 0.25), place("1", 1, 2, "USA", 0.25), place("1", 2, 1, "CHN", 0.5), place("2", 1, 1, "USA", 1.0)],
    )
    assert found.select("country_code", "paper_count", "paper_share_sum", "author_slot_count").rows() == [
        ("CHN", 1, 0.5, 1),
        ("USA", 2, 1.5, 2),
    ]


def test_a_paper_with_an_open_position_is_not_fully_resolved() -> None:
    places = [place("1", 1, 1, "USA", 1.0), place("1", 2, 1, None, None), place("2", 1, 1, "USA", 1.0)]
    assert built([paper("1"), paper("2")], places)["fully_resolved_papers"].to_list() == [1]


def test_another_track_is_not_counted_and_a_missing_track_is() -> None:
    places = [place("1", 1, 1, "USA", 1.0), place("2", 1, 1, "USA", 1.0)]
    assert built([paper("1", "datasets_and_benchmarks"), paper("2", None)], places)["paper_count"].to_list() == [1]


def test_an_affiliation_without_country_makes_no_row() -> None:
    assert built([paper("1")], [place("1", 1, 1, None, None)]).is_empty()


def test_a_position_is_split_over_its_countries_and_not_over_its_affiliations() -> None:
    places = [place("1", 1, 1, "USA", 1 / 3), place("1", 1, 2, "USA", 1 / 3), place("1", 1, 3, "CHN", 1 / 3), place("1", 2, 1, None, None)]
    found = built([paper("1")], places)
    assert found.select("country_code", "author_slot_share_sum", "author_slot_count").rows() == [("CHN", 0.5, 1), ("USA", 0.5, 1)]


def test_an_affiliation_without_country_takes_nothing_from_its_position() -> None:
    places = [place("1", 1, 1, "USA", 1.0), place("1", 1, 2, None, None), place("2", 1, 1, "USA", 1.0)]
    assert built([paper("1"), paper("2")], places)["author_slot_share_sum"].to_list() == [2.0]
