"""A past edition fetched beside the newest, over the captures: what is new is new, and a copy of survivors removes nobody."""

import functools
from collections import Counter
from datetime import date
from pathlib import Path

import house
import polars as pl
import pytest
from entity_list import Built, control_documents
from lxml import etree

from indicators.model import Folders
from indicators.pipeline import Pipeline, origins
from indicators.snapshots import Transport
from indicators.tables.compute import entity_list_editions, entity_listings

SOURCE_ID, OLDER, NEWER = "ecfr_entity_list", date(2025, 1, 31), date(2026, 7, 9)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """A data folder with the newest list and the edition of 2025-01-31."""
    house.captures()
    data = tmp_path_factory.mktemp("backfill")
    with house.mirror() as address:
        run = Pipeline(Folders(data), transport=functools.partial(Transport, mirror=address))
        for source_id in (SOURCE_ID, "country_codes"):
            assert all(check.is_good for check in run.refresh(source_id))
        gone, fetched = run.backfill(SOURCE_ID, [date(2024, 12, 31), OLDER])
    assert (gone.outcome, fetched.outcome) == ("failed", "new")
    assert run.missing_editions(SOURCE_ID, [OLDER]) == []
    return run


def tables(pipeline: Pipeline, *, is_told: bool) -> Built:
    """Both tables of that folder, with or without being told which copies are known."""
    parts = pipeline.rows(SOURCE_ID)
    rows = pl.concat([part.frame.with_columns(file_name=pl.lit(part.provenance.file_name)) for part in parts])
    provenance = pl.DataFrame([origins.source_row(part.provenance) for part in parts], schema_overrides=origins.NULLABLE)
    (codes,) = pipeline.rows("country_codes")
    aliases, copies = (
        pl.read_csv(pipeline.folders.reference / f"{name}.csv", infer_schema=False) for name in ("country_aliases", "known_copies")
    )
    known = copies if is_told else copies.clear()
    editions = entity_list_editions.TABLE.conform(entity_list_editions.build(rows, provenance, codes.frame, aliases, known))
    listings = entity_listings.build(rows, editions, control_documents(), codes.frame, aliases)
    return Built(editions, entity_listings.TABLE.conform(listings))


@pytest.fixture(scope="module")
def made(pipeline: Pipeline) -> Built:
    return tables(pipeline, is_told=True)


def cells(captures: Path, day: date) -> Counter[tuple[str, str]]:
    """Heading and whole entity cell of every row of a raw capture, read without this project's code."""
    found: Counter[tuple[str, str]] = Counter()
    heading = ""
    for row in etree.parse(captures / SOURCE_ID / str(day) / "title-15.xml").iter("TR"):
        country, entity, *_ = [" ".join("".join(map(str, cell.itertext())).split()) for cell in row.iter("TD")] or ["", ""]
        heading = country or heading
        found[heading, entity] += bool(entity)
    return found


def test_the_older_edition_is_a_copy_of_survivors_and_no_evidence(made: Built) -> None:
    rows = made.editions.select("edition_date", "entries", "added_since_previous", "lost_by_next", "is_removal_evidence", "defect_code")
    assert rows.rows() == [(OLDER, 3_267, None, None, False, "survivors_only"), (NEWER, 3_409, 142, None, True, "reassembled")]


def test_without_being_told_the_copy_of_survivors_gives_itself_away(pipeline: Pipeline) -> None:
    untold = tables(pipeline, is_told=False).editions
    assert untold.select("is_removal_evidence", "defect_code").rows() == [(False, None), (True, None)]
    assert "No entry of it is gone by 2026-07-09" in untold["reason"][0]


def test_who_is_new_since_the_older_edition_is_who_the_raw_files_say(captures: Path, made: Built) -> None:
    added = cells(captures, NEWER) - cells(captures, OLDER)
    new = made.listings.filter(pl.col("first_edition_date").is_null())
    assert new.height == added.total() == 142
    named = sorted(new.select("address_country_name", "party_name").iter_rows())
    for (heading, party_name), (raw_heading, cell) in zip(named, sorted(added.elements()), strict=True):
        assert heading == raw_heading
        assert cell.startswith(party_name)
    assert (new["first_listed_date"] > OLDER).all()


def test_nobody_is_read_as_removed(captures: Path, made: Built) -> None:
    assert not cells(captures, OLDER) - cells(captures, NEWER)
    assert made.listings["is_in_force"].all()
    assert made.listings.select("removed_by_date", "last_edition_date").null_count().row(0) == (3_409, 3_409)
    assert set(made.listings["first_edition_date"].drop_nulls()) == {OLDER}


def test_the_edition_is_settled_and_the_day_that_is_not_served_left_no_trace(pipeline: Pipeline) -> None:
    found = [part.provenance for part in pipeline.rows(SOURCE_ID)]
    assert [(file.file_name, file.origin_code, file.is_past, origins.is_late(file)) for file in found] == [
        ("title-15.xml", "live", False, False),
        ("title-15-2025-01-31.xml", "live", True, False),
    ]
