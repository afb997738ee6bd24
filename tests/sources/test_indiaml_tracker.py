"""The IndiaML Tracker's files: which are asked for, what of them is read, and what must stop a refresh."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from indicators.model import BadPayload, File
from indicators.sources.indiaml_tracker import SOURCE, parse

(FILE,) = [file for file in SOURCE.files if file.name == "icml-2024-analytics.json"]
CONFERENCE = {"name": "ICML", "year": 2024, "track": "Conference", "totalAcceptedPapers": 10, "totalAcceptedAuthors": 12}
PRINTED = ["GB", "UK", "US", "USA", "South Korea", "US, DE", "AU; SG", "UNK", "EU", "AI", "NA"]


def entry(label: Any, papers: Any = 2, slots: Any = 4, **other: Any) -> dict[str, Any]:
    return {"affiliation_country": label, "paper_count": papers, "author_count": slots, "spotlights": 1, "orals": 0} | other


def payload(*entries: dict[str, Any], conference: dict[str, Any] | None = None, **parts: Any) -> bytes:
    listed = list(entries) or [entry("US", 6, 9), entry("CN", 4, 5)]
    named = {"papers": [{"id": "x1", "title": "A title"}], "institutions": [{"institute": "A place", "authors": ["A name"]}]}
    document = {
        "conferenceInfo": CONFERENCE | (conference or {}),
        "globalStats": {"countries": listed},
        "focusCountry": named,
        "configuration": {"dashboardTitle": "A title"},
        "credits": [{"name": "A name", "link": "https://example.org"}],
    }
    return json.dumps(document | parts).encode()


def read(content: bytes, file: File = FILE) -> pl.DataFrame:
    return SOURCE.conform(parse(content, file))


def test_a_label_is_a_row_with_papers_and_positions_of_its_conference_year() -> None:
    assert read(payload()).rows() == [("icml", 2024, 10, 12, "US", 6, 9), ("icml", 2024, 10, 12, "CN", 4, 5)]


def test_labels_are_kept_as_printed_and_the_one_of_namibia_is_no_null() -> None:
    assert read(payload(*(entry(label) for label in PRINTED)))["country_label"].to_list() == PRINTED


def test_nothing_of_the_parts_that_name_people_or_papers_is_read() -> None:
    rows = read(payload())
    assert set(rows.columns).isdisjoint({"title", "name", "author", "institute"})
    assert "A name" not in str(rows.rows())


def test_only_the_files_of_country_counts_are_ever_asked_for() -> None:
    assert len(SOURCE.files) == 5
    assert all(file.url.endswith("-analytics.json") and "authors" not in file.url for file in SOURCE.files)


@pytest.mark.parametrize(("content", "match"), [
    (b"<!doctype html>", "not readable JSON"),
    (b"[]", "has list where"),
    (payload(extra={}), "'extra'"),
    (payload(globalStats={"countries": [], "cities": []}), "'cities'"),
    (payload(globalStats={"countries": []}), "lists no countries"),
    (payload(entry("US", 6, 20, best=1)), "'best'"),
    (payload(conference={"papers": 1}), "'papers'"),
    (payload(conference={"year": 2025}), "speaks of .*2025"),
    (payload(conference={"name": "CVPR"}), "'CVPR'.*add it to VENUES"),
    (payload(conference={"track": "Workshop"}), "'Workshop'"),
    (payload(entry(None, 6, 20)), "country label None"),
    (payload(entry("", 6, 20)), "country label ''"),
    (payload(entry("u.s.", 6, 20)), "country label 'u.s.'"),
    (payload(entry("US", 0, 20)), "paper_count of US = 0, which is no count"),
    (payload(entry("US", None, 20)), "paper_count of US = None"),
    (payload(entry("US", 6, "20")), "author_count of US = '20'"),
    (payload(entry("US", True, 20)), "paper_count of US = True"),
    (payload(entry("US", 6, 20), entry("US", 1, 1)), "repeats for \\['US'\\]"),
    (payload(entry("US", 11, 20)), "than were accepted, for \\['US'\\]"),
    (payload(entry("US", 6, 13), entry("CN", 3, 2)), "more papers than positions.*'CN'"),
])  # fmt: skip
def test_what_is_outside_the_known_world_is_refused(content: bytes, match: str) -> None:
    with pytest.raises(BadPayload, match=match) as refusal:
        parse(content, FILE)
    assert "indiaml_tracker" in str(refusal.value)


def test_author_counts_that_are_persons_and_no_positions_any_more_are_refused() -> None:
    assert read(payload(entry("US", 6, 12))).height == 1
    with pytest.raises(BadPayload, match="no longer counts positions"):
        parse(payload(entry("US", 6, 11)), FILE)


def test_every_capture_is_read_whole(captures: Path) -> None:
    folder = captures / "indiaml_tracker" / "2025-09-29"
    rows = pl.concat([read((folder / file.name).read_bytes(), file) for file in SOURCE.files])
    told = rows.group_by("venue_code", "year").agg(pl.len(), pl.col("accepted_papers").first(), pl.col("author_slot_count").sum())
    assert told.sort("venue_code", "year").rows() == [
        ("iclr", 2024, 53, 2260, 11298), ("iclr", 2025, 75, 3705, 19902), ("icml", 2024, 61, 2610, 11967),
        ("icml", 2025, 71, 3260, 16123), ("neurips", 2024, 65, 4035, 19480),
    ]  # fmt: skip
    assert rows.filter(venue_code="iclr", year=2025)["stated_authors"].unique().to_list() == [15066]
    icml = dict(rows.filter(venue_code="icml", year=2024).select("country_label", "paper_count").iter_rows())
    assert [round(100 * icml[label] / 2610, 1) for label in ("US", "CN")] == [54.3, 29.6]
    assert {"GB", "UK", "US", "USA", "HK", "TW", "MO", "NA", "AI", "UNK", "EU", "US, DE", "AU; SG", "Canada"} <= set(rows["country_label"])
