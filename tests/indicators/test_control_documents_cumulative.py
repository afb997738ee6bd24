"""Rules by kind, month by month: what is counted, from when, and how much of the time is covered."""

from datetime import date

import polars as pl
from query import ask

NAME = "control_documents_cumulative"
DOCUMENTS = pl.DataFrame(
    {
        "publication_date": [date(2018, 1, 31), date(2018, 3, 1), date(2018, 3, 31), date(2018, 4, 2)],
        "kind_code": ["other", "advanced_computing", "other", "other"],
    }
)


def asked(as_of: date | None = date(2018, 4, 30)) -> pl.DataFrame:
    sources = pl.DataFrame({"source_id": ["federal_register_bis"], "as_of_date": [as_of]}, schema_overrides={"as_of_date": pl.Date})
    return ask(NAME, control_documents=DOCUMENTS, sources=sources)


def by_month(rows: pl.DataFrame, dimension: str) -> dict[int, float]:
    return dict(rows.filter(dimension=dimension).select(pl.col("period_end").dt.month(), "value").iter_rows())


def test_documents_add_up_by_kind_and_over_all_kinds() -> None:
    rows = asked()
    assert by_month(rows, "other") == {1: 1, 2: 1, 3: 2, 4: 3}
    assert by_month(rows, "all") == {1: 1, 2: 1, 3: 3, 4: 4}
    assert rows["n"].to_list() == rows["value"].to_list()
    assert set(rows["subject_code"]) == {"USA"}


def test_a_kind_begins_with_its_first_document() -> None:
    assert by_month(asked(), "advanced_computing") == {3: 1, 4: 1}


def test_coverage_is_the_part_of_the_months_so_far_with_a_document() -> None:
    rows = asked().filter(dimension="all")
    assert rows["coverage_share"].to_list() == [1, 0.5, 0.666667, 0.75]


def test_a_month_that_is_not_over_is_not_told() -> None:
    assert by_month(asked(date(2018, 4, 29)), "all") == {1: 1, 2: 1, 3: 3}


def test_without_a_day_of_the_source_the_last_document_ends_the_series() -> None:
    assert by_month(asked(None), "all") == {1: 1, 2: 1, 3: 3}


def test_months_without_documents_go_on_to_the_day_of_the_source() -> None:
    rows = asked(date(2018, 6, 30)).filter(dimension="all")
    assert rows.select("value", "coverage_share").row(-1) == (4, 0.5)
