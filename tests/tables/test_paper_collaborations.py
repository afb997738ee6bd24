"""paper_collaborations: the United States and China, alone and together; Hong Kong and Macau in one of the two rows only."""

from typing import Any

import duckdb
import polars as pl
import pytest

from indicators.tables.researchers.paper_collaborations import TABLE, build

FIGURES = ("usa_papers", "china_papers", "joint_papers", "either_papers", "open_single_papers", "open_neither_papers")


def built(codes_by_paper: dict[str, list[str | None]], tracks: dict[str, str] | None = None) -> pl.DataFrame:
    rows = [(paper_id, slot, code) for paper_id, codes in codes_by_paper.items() for slot, code in enumerate(codes)]
    affiliations = pl.DataFrame(rows, schema={"paper_id": pl.String, "slot": pl.Int32, "country_code": pl.String}, orient="row")
    listed = [{"paper_id": paper_id, "track_code": (tracks or {}).get(paper_id, "main")} for paper_id in codes_by_paper]
    papers = pl.DataFrame(listed).with_columns(venue_code=pl.lit("icml"), year=pl.lit(2024, pl.Int32))
    return TABLE.conform(build(papers, affiliations))


def of(frame: pl.DataFrame, china_code: str = "CHN") -> tuple[int, ...]:
    (row,) = frame.filter(china_code=china_code).select(FIGURES).rows()
    return row


def test_a_paper_of_both_counts_once_for_each_once_together_and_once_for_either() -> None:
    frame = built({"1": ["USA", "CHN", "USA"], "2": ["USA"], "3": ["CHN"], "4": ["FRA"]})
    assert of(frame) == (2, 2, 1, 3, 0, 0)


def test_hong_kong_and_macau_are_china_in_the_wide_row_alone_and_taiwan_in_neither() -> None:
    frame = built({"1": ["USA", "HKG"], "2": ["MAC"], "3": ["USA", "TWN"]})
    assert of(frame) == (2, 0, 0, 2, 0, 0)
    assert of(frame, "CHN+HKG+MAC") == (2, 2, 1, 3, 0, 0)


def test_a_paper_of_hong_kong_and_the_mainland_is_one_paper_of_both_together() -> None:
    frame = built({"1": ["USA", "HKG", "CHN"], "2": ["HKG", "CHN"]})
    assert of(frame, "CHN+HKG+MAC") == of(frame) == (1, 2, 1, 2, 0, 0)


def test_a_paper_that_may_hide_the_other_country_is_counted_as_open() -> None:
    frame = built({"1": ["USA", None], "2": ["USA", "CHN", None], "3": ["FRA", None], "4": [None], "5": []})
    assert of(frame) == (2, 1, 1, 2, 1, 3)


def test_a_year_without_any_country_has_no_rows_and_one_without_the_two_has_zeros() -> None:
    assert built({"1": [None], "2": []}).is_empty()
    assert of(built({"1": ["FRA"]})) == (0, 0, 0, 0, 0, 0)


def test_another_track_is_not_counted() -> None:
    frame = built({"1": ["USA", "CHN"], "2": ["USA"]}, {"1": "datasets_and_benchmarks"})
    assert of(frame) == (1, 0, 0, 1, 0, 0)


def failing(question: str, frame: pl.DataFrame) -> int:
    """How many rows fail the rule that asks so, beside the counts of the healthy table."""
    (rule,) = [rule for rule in TABLE.rules if question in rule.question]
    place = {"venue_code": "icml", "year": 2024}
    counts = [place | {"country_code": code, "paper_count": count} for code, count in (("USA", 2), ("CHN", 1), ("HKG", 1))]
    pairs = [place | {"country_code_a": "CHN", "country_code_b": "USA", "paper_count": 1}]
    with duckdb.connect() as connection:
        connection.register(TABLE.name, frame)
        connection.register("paper_counts", pl.DataFrame(counts))
        connection.register("paper_pairs", pl.DataFrame(pairs))
        connection.register("venue_coverage", pl.DataFrame([place | {"papers_with_country": 3}]))
        return len(connection.sql(rule.failing_rows).fetchall())


HEALTHY: dict[str, list[str | None]] = {"1": ["USA", "CHN"], "2": ["USA"], "3": ["HKG"]}


@pytest.mark.parametrize("question", [rule.question for rule in TABLE.rules])
def test_a_healthy_table_fails_no_rule(question: str) -> None:
    assert failing(question, built(HEALTHY)) == 0


@pytest.mark.parametrize(("question", "change", "rows"), [
    ("Are the papers of either", {"either_papers": 9}, 1),
    ("Are the papers of either", {"open_single_papers": 2}, 1),
    ("counted as in", {"usa_papers": 1}, 1),
    ("counted as in", {"joint_papers": 0}, 1),
    ("Do Hong Kong and Macau add", {"china_papers": 3}, 1),
    ("Do Hong Kong and Macau add", {"joint_papers": 2}, 1),
])  # fmt: skip
def test_a_wrong_row_fails_its_rule(question: str, change: dict[str, Any], rows: int) -> None:
    changed = [pl.when(china_code="CHN").then(pl.lit(value, pl.Int32)).otherwise(name).alias(name) for name, value in change.items()]
    assert failing(question, built(HEALTHY).with_columns(changed)) == rows


def test_a_lost_row_fails_the_rule_of_both() -> None:
    assert failing("both rows", built(HEALTHY).filter(china_code="CHN")) == 1
    assert failing("both rows", built(HEALTHY).clear()) == 1
