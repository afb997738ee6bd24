"""paper_pairs: each pair of countries once a paper, in alphabetical order."""

import polars as pl

from indicators.tables.researchers.paper_pairs import TABLE, build


def built(codes_by_paper: dict[str, list[str | None]], tracks: dict[str, str] | None = None) -> list[tuple[str, str, int]]:
    rows = [(paper_id, slot, code) for paper_id, codes in codes_by_paper.items() for slot, code in enumerate(codes)]
    affiliations = pl.DataFrame(rows, schema={"paper_id": pl.String, "slot": pl.Int32, "country_code": pl.String}, orient="row")
    listed = [{"paper_id": paper_id, "track_code": (tracks or {}).get(paper_id, "main")} for paper_id in codes_by_paper]
    papers = pl.DataFrame(listed).with_columns(venue_code=pl.lit("icml"), year=pl.lit(2024, pl.Int32))
    return TABLE.conform(build(papers, affiliations)).select("country_code_a", "country_code_b", "paper_count").rows()


def test_a_paper_counts_once_for_a_pair_whatever_its_authors() -> None:
    assert built({"1": ["USA", "CHN", "USA", "CHN"], "2": ["CHN", "USA"]}) == [("CHN", "USA", 2)]


def test_three_countries_make_three_pairs() -> None:
    assert built({"1": ["USA", "CHN", "FRA"]}) == [("CHN", "FRA", 1), ("CHN", "USA", 1), ("FRA", "USA", 1)]


def test_one_country_or_an_unknown_one_makes_no_pair() -> None:
    assert built({"1": ["USA", "USA", None]}) == []


def test_two_papers_in_one_country_each_are_no_pair() -> None:
    assert built({"1": ["USA"], "2": ["CHN"]}) == []


def test_another_track_is_not_counted() -> None:
    assert built({"1": ["USA", "CHN"]}, {"1": "datasets_and_benchmarks"}) == []
