"""Editions of the Entity List: who came and went between them, and which of them may say so."""

from datetime import date

import duckdb
import entity_list
import polars as pl
import pytest
from entity_list import built, entry

from indicators.model import File
from indicators.sources import ecfr_entity_list
from indicators.tables.compute.entity_list_editions import TABLE

YEAR = {
    "2019-12-31": [entry("Stays"), entry("Removed"), entry("Old Name")],
    "2020-06-30": [entry("Stays"), entry("New Name"), entry("Added", citation="85 FR 1, 3/2/20.")],
    "2020-12-31": [entry("Stays"), entry("New Name")],
}


def failures(question: str, editions: pl.DataFrame) -> int:
    rule = next(rule for rule in TABLE.rules if rule.question.startswith(question))
    with duckdb.connect() as database:
        database.register("entity_list_editions", editions.to_arrow())
        return len(database.execute(rule.failing_rows).fetchall())


def test_an_edition_is_a_day_with_what_came_and_went_around_it() -> None:
    rows = built(YEAR).editions
    assert rows.select("edition_date", "entries", "is_newest", "added_since_previous", "lost_by_next").rows() == [
        (date(2019, 12, 31), 3, False, None, 2),
        (date(2020, 6, 30), 3, False, 2, 1),
        (date(2020, 12, 31), 2, True, 0, None),
    ]
    assert rows["is_removal_evidence"].all()
    assert rows["file_name"].to_list() == ["title-15-2019-12-31.xml", "title-15-2020-06-30.xml", "title-15.xml"]


def test_one_edition_alone_has_nobody_before_or_after_it() -> None:
    (row,) = built({"2026-07-09": [entry("Stays")]}).editions.iter_rows(named=True)
    assert (row["is_newest"], row["added_since_previous"], row["lost_by_next"], row["is_removal_evidence"]) == (True, None, None, True)


def test_a_known_copy_of_survivors_is_no_evidence_and_says_why() -> None:
    rows = built({"2025-01-31": [entry("Stays")], "2025-03-31": [entry("Other")]}, survivors=["2025-01-31"]).editions
    assert rows.select("is_removal_evidence", "reason", "defect_code", "lost_by_next").rows() == [
        (False, "known", "survivors_only", None),
        (True, None, None, None),
    ]


def test_an_unknown_copy_of_survivors_gives_itself_away_by_losing_nobody_in_half_a_year() -> None:
    stays, newer = [entry("Stays")], [entry("Stays"), entry("Added")]
    rows = built({"2025-01-31": stays, "2025-06-30": stays, "2025-08-01": newer, "2025-10-01": newer}).editions
    assert rows["is_removal_evidence"].to_list() == [False, True, True, True]
    assert "No entry of it is gone by 2025-08-01" in rows["reason"][0]
    assert rows["lost_by_next"].to_list() == [None, 0, 0, None]


def test_an_edition_that_loses_somebody_later_within_reach_is_evidence() -> None:
    both = [entry("Stays"), entry("Removed")]
    rows = built({"2025-01-31": both, "2025-06-30": both, "2025-08-01": [entry("Stays")]}).editions
    assert rows.select("lost_by_next", "is_removal_evidence").rows() == [(0, True), (1, True), (None, True)]


def test_equals_are_counted_one_by_one() -> None:
    rows = built({"2019-12-31": [entry("Twin"), entry("Twin")], "2020-03-31": [entry("Twin"), entry("TWIN."), entry("Twin")]}).editions
    assert rows.select("entries", "added_since_previous", "lost_by_next").rows() == [(2, None, 0), (3, 1, None)]


def test_of_two_files_of_one_day_the_newest_list_counts() -> None:
    listed = pl.concat(
        ecfr_entity_list.parse(entity_list.document(*rows), File(name, "")).with_columns(file_name=pl.lit(name))
        for name, rows in {"title-15-2026-06-30.xml": [entry("A")], "title-15.xml": [entry("A"), entry("B")]}.items()
    )
    day = date(2026, 6, 30)
    files = pl.DataFrame(
        {"file_name": ["title-15-2026-06-30.xml", "title-15.xml"], "sha256": ["0" * 64, "1" * 64], "as_of_date": [day] * 2}
    )
    made = entity_list.tables(listed, files.with_columns(source_id=pl.lit("ecfr_entity_list")), None, [])
    assert made.editions.select("file_name", "entries").rows() == [("title-15.xml", 2)]
    assert made.listings["listing_id"].to_list() == ["chn-a-1", "chn-b-1"]


@pytest.mark.parametrize(
    ("question", "changed"),
    [
        ("Is exactly one edition the newest?", {"is_newest": True}),
        ("Is exactly one edition the newest?", {"is_newest": False}),
        ("Is no copy made of survivors", {"defect_code": "survivors_only"}),
        ("Is no count of the lost given", {"is_removal_evidence": False}),
        ("Is it said of every other edition", {"is_removal_evidence": False}),
        ("Do the entries of an edition", {"added_since_previous": 7}),
        ("Does an edition lose less than a quarter", {"lost_by_next": 2}),
        ("May every edition be read", {"is_removal_evidence": False}),
        ("Is every edition what the server sends?", {"defect_code": "reassembled"}),
        ("Is there a past edition", {"is_removal_evidence": False}),
    ],
)
def test_a_rule_finds_its_counterexample(question: str, changed: dict[str, object]) -> None:
    rows = built({day: [entry(name) for name in "ABCDE"] for day in ("2020-03-31", "2020-06-30")}).editions
    assert failures(question, rows) == 0
    assert failures(question, rows.with_columns(pl.lit(value).cast(rows.schema[name]).alias(name) for name, value in changed.items())) > 0


@pytest.mark.parametrize(("past", "asks"), [("2020-06-22", False), ("2020-06-21", True)])
def test_a_past_edition_too_old_asks_for_a_backfill(past: str, *, asks: bool) -> None:
    assert failures("Is there a past edition", built({past: [entry("A")], "2020-09-30": [entry("A")]}).editions) == asks


def test_a_newest_edition_alone_asks_for_a_backfill() -> None:
    assert failures("Is there a past edition", built({"2026-07-09": [entry("Stays")]}).editions) == 1
