"""institution_counts: named from three papers on, one row a country, and parts that make the conference's papers."""

from typing import Any

import duckdb
import polars as pl
import pytest

from indicators.tables.researchers import paper_affiliations, papers
from indicators.tables.researchers.institution_counts import TABLE, build

ROW = ("kind_code", "institution_name", "country_code", "institution_count", "institution_paper_count", "paper_count", "paper_share_sum",
       "author_slot_count")  # fmt: skip
Place = tuple[str, int, int, str | None, str | None]


def built(*places: Place, listed: tuple[str, ...] = (), tracks: dict[str, str] | None = None, year: int = 2024) -> pl.DataFrame:
    """The table over affiliations (paper, slot, ordinal, institution, country) and papers without any."""
    names = sorted({place[0] for place in places} | set(listed))
    rows = [{"paper_id": name, "venue_code": "icml", "year": year, "track_code": (tracks or {}).get(name, "main")} for name in names]
    schemas = [{column.name: column.dtype for column in table.columns} for table in (papers.TABLE, paper_affiliations.TABLE)]
    columns = ("paper_id", "slot", "ordinal", "institution_name", "country_code")
    stated = [dict(zip(columns, place, strict=True)) | {"basis_code": "source" if place[4] else "unresolved"} for place in places]
    return TABLE.conform(build(pl.DataFrame(rows, schema=schemas[0]), pl.DataFrame(stated, schema=schemas[1])))


def told(frame: pl.DataFrame) -> list[tuple[Any, ...]]:
    return frame.select(ROW).rows()


def test_an_institution_of_three_papers_is_named_and_one_of_two_is_summed() -> None:
    found = built(*((str(paper), 1, 1, "Aalto", "FIN") for paper in range(3)), *((str(paper), 1, 1, "Small", "USA") for paper in (3, 4)))
    assert told(found) == [("institution", "Aalto", "FIN", 1, 3, 3, 3.0, 3), ("other", "other", None, 1, None, 2, 2.0, 2)]


def test_three_positions_of_one_paper_are_not_three_papers() -> None:
    found = built(*(("1", slot, 1, "A Person, Self", "USA") for slot in (1, 2, 3)))
    assert told(found) == [("other", "other", None, 1, None, 1, 1.0, 3)]


def test_other_institutions_are_one_row_that_says_how_many_and_counts_a_paper_once() -> None:
    found = built(("1", 1, 1, "Small", "USA"), ("1", 2, 1, "Tiny", None), ("2", 1, 1, "Tiny", "FRA"))
    assert told(found) == [("other", "other", None, 2, None, 2, 2.0, 3)]


def test_an_institution_in_two_countries_has_a_row_for_each_and_the_papers_of_both_once() -> None:
    campuses = [("1", 1, 1, "Firm", "USA"), ("1", 2, 1, "Firm", "CHN"), ("2", 1, 1, "Firm", "USA"), ("3", 1, 1, "Firm", None)]
    assert told(built(*campuses)) == [
        ("institution", "Firm", None, 1, 3, 1, 1.0, 1),
        ("institution", "Firm", "CHN", 1, 3, 1, 0.5, 1),
        ("institution", "Firm", "USA", 1, 3, 2, 1.5, 2),
    ]


def test_what_has_no_institution_is_counted_and_so_is_a_paper_without_positions() -> None:
    found = built(("1", 1, 1, "Small", "USA"), ("1", 2, 1, None, "USA"), listed=("2",))
    assert told(found) == [("other", "other", None, 1, None, 1, 0.5, 1), ("unnamed", "unnamed", None, 0, None, 2, 1.5, 1)]


def test_two_affiliations_of_one_position_share_its_part_with_a_country_or_not() -> None:
    pairs = [(str(paper), 1, ordinal, name, code) for paper in range(3) for ordinal, name, code in ((1, "Home", "USA"), (2, "Host", None))]
    assert [(row[1], row[6]) for row in told(built(*pairs))] == [("Home", 1.5), ("Host", 1.5)]


def test_an_institution_that_prints_the_word_other_is_not_the_sum_of_the_others() -> None:
    found = built(*((str(paper), 1, 1, "other", None) for paper in range(3)), ("4", 1, 1, "Small", "USA"))
    assert found["kind_code"].to_list() == ["institution", "other"]


def test_another_track_is_not_counted() -> None:
    places = [(str(paper), 1, 1, "Aalto", "FIN") for paper in range(3)]
    assert told(built(*places, tracks={"0": "datasets_and_benchmarks"})) == [("other", "other", None, 1, None, 2, 2.0, 2)]


def test_a_year_of_no_affiliation_at_all_is_one_unnamed_row() -> None:
    assert told(built(listed=("1", "2"))) == [("unnamed", "unnamed", None, 0, None, 2, 2.0, 0)]


def test_years_do_not_help_each_other_to_three_papers() -> None:
    earlier = [(str(paper), 1, 1, "Aalto", "FIN") for paper in range(2)]
    assert built(*earlier, year=2023)["kind_code"].to_list() == ["other"]


def failing(question: str, frame: pl.DataFrame, papers_of_year: int = 3) -> int:
    """How many rows fail the rule that asks so."""
    (rule,) = [rule for rule in TABLE.rules if question in rule.question]
    coverage = pl.DataFrame(
        {"venue_code": ["icml"], "year": [2024], "paper_count": [papers_of_year], "slot_count": [3], "affiliation_count": [3]}
    )
    with duckdb.connect() as connection:
        connection.register(TABLE.name, frame)
        connection.register("venue_coverage", coverage)
        return len(connection.sql(rule.failing_rows).fetchall())


AALTO = [(str(paper), 1, 1, "Aalto", "FIN") for paper in range(3)]


@pytest.mark.parametrize("question", [rule.question for rule in TABLE.rules])
def test_a_healthy_table_fails_no_rule(question: str) -> None:
    assert failing(question, built(*AALTO)) == 0


@pytest.mark.parametrize(("question", "change"), [
    ("Do the parts make the papers", {"paper_share_sum": 2.5}),
    ("Are the positions at least those stated", {"author_slot_count": 2}),
    ("Are the positions at least those stated", {"author_slot_count": 4}),
    ("three papers or more", {"institution_paper_count": 2}),
    ("three papers or more", {"institution_paper_count": None}),
    ("three papers or more", {"institution_paper_count": 4}),
    ("Is no e-mail address", {"institution_name": "someone@aalto.fi"}),
    ("Is no e-mail address", {"institution_name": "https://aalto.fi"}),
    ("Is a part no more", {"paper_share_sum": 3.1}),
    ("Are the sums one row each", {"kind_code": "other"}),
    ("Are the sums one row each", {"institution_count": 2}),
    ("a reason for its country", {"country_code": None}),
    ("a reason for its country", {"basis_codes": []}),
    ("Is Microsoft", {"institution_name": "Microsoft Research", "paper_share_sum": 30.0}),
])  # fmt: skip
def test_a_wrong_row_fails_its_rule(question: str, change: dict[str, Any]) -> None:
    values = {name: pl.Series([value], dtype=TABLE.column(name).kind).first() if value is None else value for name, value in change.items()}
    wrong = built(*AALTO).with_columns(pl.lit(value, dtype=TABLE.column(name).kind).alias(name) for name, value in values.items())
    assert failing(question, wrong) == 1


def test_a_conference_without_a_row_fails_the_sum() -> None:
    assert failing("Do the parts make the papers", built(*AALTO).clear()) == 1
