"""The Federal Register's answer: whole pages, known fields, days kept apart, and no prose."""

import json
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest

from indicators.model import BadPayload
from indicators.snapshots import Store, baseline, read_rows
from indicators.sources.federal_register_bis import ENVELOPE, FIELDS, HOST, SOURCE, follow, page_file, parse

INDEX, PAGE = SOURCE.files[0], page_file(1)
NEXT = f"https://{HOST}/api/v1/documents?format=json&order=oldest&page=2&per_page=100"


def rule(number: int = 1, **fields: Any) -> dict[str, Any]:
    """A document in the format of the API, its unknown fields null."""
    stated = {"document_number": f"2025-{number:05}", "title": "Additions to the Entity List", "type": "Rule", "volume": 90}
    return dict.fromkeys(FIELDS) | stated | {"publication_date": "2025-01-16"} | fields


def answer(rules: list[dict[str, Any]], count: int | None = None, **parts: Any) -> bytes:
    count = len(rules) if count is None else count
    return json.dumps({"count": count, "total_pages": ceil(count / 100), "results": rules} | parts).encode()


def parsed(*rules: dict[str, Any]) -> pl.DataFrame:
    return SOURCE.conform(parse(answer(list(rules)), PAGE))


def test_every_rule_of_the_bureau_is_asked_for_oldest_first_and_without_a_search_word() -> None:
    asked = parse_qs(urlsplit(PAGE.url).query)
    assert asked["conditions[agencies][]"] == ["industry-and-security-bureau"]
    assert (asked["conditions[type][]"], asked["order"], asked["page"]) == (["RULE"], ["oldest"], ["1"])
    assert not [name for name in asked if "term" in name]
    assert asked["fields[]"] == list(FIELDS)


def test_a_document_is_read_as_stated_and_blank_stays_unknown() -> None:
    stated = rule(citation="90 FR 4621", start_page=4621, effective_on="2025-01-13", html_url="https://www.federalregister.gov/d/1")
    row = parsed(stated, rule(2)).rows(named=True)
    assert (row[0]["citation"], row[0]["start_page"], row[0]["volume"]) == ("90 FR 4621", 4621, 90)
    assert (row[0]["publication_date"], row[0]["effective_date"]) == (date(2025, 1, 16), date(2025, 1, 13))
    assert [row[1][name] for name in ("citation", "end_page", "effective_date", "cfr_references", "url")] == [None] * 5


def test_numbers_of_the_abstract_are_kept_and_its_words_are_not() -> None:
    abstract = (
        "This rule adds 16 entities to the Entity List, under the destinations of China (14) and Singapore (2). It removes one entity."
    )
    frame = parsed(rule(abstract=abstract))
    assert [frame[f"stated_{name}"][0] for name in ("entities_added", "entries_added", "china_entries_added")] == [16, 16, 14]
    assert frame["stated_entities_removed"].to_list() == [1]
    assert "abstract" not in frame.columns
    assert abstract not in str(frame.rows())


def test_parts_of_the_code_are_named_as_people_cite_them() -> None:
    parts = [{"title": 15, "part": 744, "chapter": None, "citation_url": None}, {"title": 15, "part": "774"}, {"title": 15, "part": None}]
    assert parsed(rule(cfr_references=parts), rule(2, cfr_references=[]))["cfr_references"].to_list() == [
        ["15 CFR 744", "15 CFR 774", "15 CFR"],
        None,
    ]


@pytest.mark.parametrize("payload", [b"<!doctype html><html>Request access</html>", b"", b"[]", b"null", b"\xff\xfe"])
def test_what_is_no_answer_is_refused(payload: bytes) -> None:
    for read in (parse, follow):
        with pytest.raises(BadPayload, match="federal_register_bis"):
            read(payload, INDEX if read is follow else PAGE)


@pytest.mark.parametrize(
    ("payload", "match"),
    [
        (answer([rule()], errors="none"), "known are.*adapt ENVELOPE"),
        (json.dumps({"count": 0}).encode(), "the answer has"),
        (answer([rule()]).replace(b'"count": 1', b'"count": "1"'), "another kind"),
        (answer([rule(colour="red")]), r"unknown \['colour'\]"),
        (answer([{name: value for name, value in rule().items() if name != "effective_on"}]), r"lacks \['effective_on'\]"),
        (answer([rule(type="Notice")]), "is a 'Notice'"),
        (answer([rule(type="Proposed Rule")]), "only 'Rule' is asked for"),
        (answer([rule(), rule()]), "repeat"),
        (answer([rule(), rule(2, publication_date="2024-12-31")]), "from the oldest on"),
        (answer([rule(publication_date="January 2025")]), "does not fit"),
        (answer([rule(effective_on="upon filing")]), "does not fit"),
        (answer([rule(volume="ninety")]), "does not fit"),
        (answer([rule(title=None)]), "does not fit"),
        (answer([rule(cfr_references=[{"title": 15, "section": 1}])]), r"unknown \['section'\]"),
    ],
)
def test_an_answer_outside_the_known_world_is_refused(payload: bytes, match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        parse(payload, PAGE)


@pytest.mark.parametrize(
    ("rules", "count", "page"),
    [(3, 4, 1), (4, 3, 1), (100, 100, 2), (99, 150, 1), (50, 151, 2), (0, 0, 1)],
    ids=["fewer", "more", "a page too far", "a short page before the last", "a short last page", "none: another agency's slug?"],
)
def test_a_page_that_holds_another_number_than_promised_is_refused(rules: int, count: int, page: int) -> None:
    with pytest.raises(BadPayload, match="were promised"):
        parse(answer([rule(number) for number in range(rules)], count), page_file(page))


def test_a_last_page_holds_the_rest() -> None:
    frame = parse(answer([rule(number) for number in range(50)], 150), page_file(2))
    assert frame.select("page", "stated_pages", "stated_documents").unique().rows() == [(2, 2, 150)]


def test_the_first_answer_names_every_page() -> None:
    pages = follow(answer([], 250, next_page_url=NEXT), INDEX)
    assert [page.name for page in pages] == ["documents_page1.json", "documents_page2.json", "documents_page3.json"]
    assert [parse_qs(urlsplit(page.url).query)["page"] for page in pages] == [["1"], ["2"], ["3"]]
    assert {page.host for page in pages} == {HOST}
    assert follow(answer([], 250, next_page_url=NEXT), pages[0]) == ()


@pytest.mark.parametrize(
    ("count", "url"),
    [
        (150, None), (50, NEXT), (0, None),
        (150, NEXT.replace(HOST, "unblock.federalregister.gov")),
        (150, NEXT.replace("https", "http")),
        (150, NEXT.replace("/api/v1/", "/api/v2/")),
        (150, NEXT.replace("page=2", "page=3")),
    ],
)  # fmt: skip
def test_pages_that_lie_elsewhere_are_refused(count: int, url: str | None) -> None:
    with pytest.raises(BadPayload, match="expected 100 a page"):
        follow(answer([], count, next_page_url=url), INDEX)


def test_a_file_of_another_name_is_refused() -> None:
    with pytest.raises(BadPayload, match="is no page"):
        parse(answer([rule()]), INDEX)


def test_what_the_live_server_says_beside_the_documents_is_known() -> None:
    said: dict[str, Any] = {"description": "Documents of type Rule", "next_page_url": None, "previous_page_url": None}
    assert set(said) < set(ENVELOPE)
    assert parse(answer([rule()], **said), PAGE).height == 1


def test_without_a_snapshot_every_page_of_the_baseline_is_read(tmp_path: Path) -> None:
    pages = [(page_file(1), [rule(number) for number in range(100)]), (page_file(2), [rule(100)])]
    parts = [
        (baseline.BaselineFile(SOURCE.id, file.name, file.url, "2026-02-05", "0" * 64, 1, len(rules)), parse(answer(rules, 101), file))
        for file, rules in pages
    ]
    baseline.write_baseline(tmp_path, SOURCE, parts)
    read = read_rows(SOURCE, parse, Store(tmp_path / "none"), tmp_path)
    assert [(part.provenance.file_name, part.frame.height) for part in read] == [("documents_page1.json", 100), ("documents_page2.json", 1)]


@pytest.mark.parametrize("day", ["2026-02-05"])
def test_every_capture_is_read_whole(captures: Path, day: str) -> None:
    folder = captures / "federal_register_bis" / day
    pages = follow((folder / "documents_page1.json").read_bytes(), INDEX)
    rows = pl.concat([SOURCE.conform(parse((folder / page.name).read_bytes(), page)) for page in pages])
    assert rows.height == rows["stated_documents"].unique().item() == rows["document_number"].n_unique() == 150
    known = rows.row(by_predicate=pl.col("document_number") == "2023-22536", named=True)
    assert [known[f"stated_{name}_added"] for name in ("entities", "entries", "china_entries")] == [49, 52, 42]
    assert rows["citation"].count() == 25
    assert rows["effective_date"].count() == 13
    assert rows.filter(pl.any_horizontal(pl.col("stated_entities_added", "stated_entries_added").is_not_null())).height == 44
