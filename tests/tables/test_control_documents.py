"""Rules of the bureau as a table: kinds by patterns that are data, pages that are whole, and days that stay apart."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from indicators.model import ContractBroken, Folders
from indicators.sources import federal_register_bis
from indicators.tables.compute.control_documents import KINDS, TABLE, build

CURATED = pl.read_csv(Folders(Path()).reference / "document_kinds.csv", infer_schema=False)
COUNTED = pl.read_csv(Folders(Path()).reference / "stated_listing_counts.csv", infer_schema=False)
SCHEMA = dict(federal_register_bis.SOURCE.schema)
KNOWN: tuple[dict[str, Any], ...] = tuple(
    {"document_number": number, "citation": f"90 FR {page}", "start_page": page, "publication_date": day, "effective_date": day}
    for number, page, day in (("2025-00636", 4544, date(2025, 1, 15)), ("2025-00711", 5298, date(2025, 1, 16)))
)


def listed(*documents: dict[str, Any], **whole: int) -> pl.DataFrame:
    usual = dict.fromkeys(SCHEMA) | {"title": "Additions to the Entity List", "document_type": "Rule", "volume": 90}
    usual |= {"publication_date": date(2025, 1, 16), "page": 1, "stated_pages": 1, "stated_documents": len(documents)} | whole
    rows = [usual | {"document_number": f"2025-{number:05}"} | document for number, document in enumerate(documents, start=1)]
    return pl.DataFrame(rows, schema=SCHEMA).with_columns(file_name=pl.lit("documents_page1.json"))


def built(*documents: dict[str, Any]) -> pl.DataFrame:
    return TABLE.conform(build(listed(*documents), CURATED, COUNTED))


def failures(question: str, documents: pl.DataFrame, *, origins: tuple[str, str] = ("live", "live")) -> int:
    (rule,) = [rule for rule in TABLE.rules if rule.question.startswith(question)]
    with duckdb.connect() as database:
        database.register("control_documents", documents)
        database.register("sources", pl.DataFrame({"source_id": ["federal_register_bis"] * 2, "origin_code": origins}))
        return len(database.execute(rule.failing_rows).fetchall())


@pytest.mark.parametrize(
    ("title", "kind", "changes"),
    [
        ("Addition of Entities to the Entity List, Revision of an Entry and Removal of Entities From the Entity List", KINDS[0], True),
        ("Entity List Additions", "entity_list_addition", True),
        ("Further Imposition of Sanctions Against Russia With the Addition of Certain Entities to the Entity List", KINDS[0], True),
        ("Entity List Removal", "entity_list_removal", True),
        ("Revision of Entries and Removal of an Entity From the Entity List", "entity_list_removal", True),
        ("Modification to the Entity List", "entity_list_revision", True),
        ("Revisions to the Unverified List", "unverified_list", False),
        ("Revisions to the Unverified List and the Entity List", "unverified_list", True),
        ("Revisions to the Unverified List; Criteria That May Lead to Additions to the Entity List", "unverified_list", False),
        ("Authorization of Certain “Items” to Entities on the Entity List in Standards Activities", "end_user_controls", False),
        ("Clarification of Entity List Requirements for Listed Entities", "end_user_controls", False),
        ("Addition of `Military End User' (MEU) List and Addition of Entities to the MEU List", "military_end_user_list", False),
        ("Expansion of Controls for Military End Use or Military End Users in Russia", "end_user_controls", False),
        ("Amendments to General Prohibition Three (Foreign-Produced Direct Product Rule) and the Entity List", "direct_product_rule", True),
        ("Foreign-Produced Direct Product Rule Additions, and Controls for Advanced Computing", "advanced_computing", False),
        ("Export Controls on Semiconductor Manufacturing Items", "semiconductor_manufacturing", False),
        ("Existing Validated End-User Authorizations: A Semiconductor Co. Ltd.", "validated_end_user", False),
        ("Amendments to Country Groups for Russia and Yemen", "country_policy", False),
        ("Implementation of Additional Sanctions Against Russia and Belarus", "russia_belarus_sanctions", False),
        ("Implementation of 2022 Wassenaar Arrangement Decisions", "multilateral_regimes", False),
        ("Implementation of Wassenaar Arrangement Decisions on Four Section 1758 Technologies", "emerging_technology", False),
        ("Commerce Control List: Clarifications", "item_controls", False),
        ("Addition to the List of Entities of Another Department", "other", False),
    ],
)
def test_the_first_pattern_that_is_found_decides_the_kind(title: str, kind: str, changes: bool) -> None:
    row = built({"title": title}).row(0, named=True)
    assert (row["kind_code"], row["changes_entity_list"], row["kind_basis_code"]) == (kind, changes, "title")
    assert row["title_rule"] in set(CURATED["pattern"])


@pytest.mark.parametrize(
    ("title", "counts", "kind", "basis"),
    [
        ("Revisions to the Entity List", {"stated_entities_added": 13}, "entity_list_addition", "stated_counts"),
        ("Revisions to the Entity List", {"stated_entries_added": 1}, "entity_list_addition", "stated_counts"),
        ("Revisions to the Entity List", {"stated_entities_removed": 1}, "entity_list_removal", "stated_counts"),
        ("Entity List Removal", {"stated_entities_added": 1, "stated_entities_removed": 1}, "entity_list_addition", "stated_counts"),
        ("Additions to the Entity List", {"stated_entities_removed": 1}, "entity_list_addition", "title"),
        ("Imposition of Sanctions Against Belarus", {"stated_entities_added": 2}, "russia_belarus_sanctions", "title"),
    ],
)
def test_stated_counts_say_what_a_title_leaves_open(title: str, counts: dict[str, int], kind: str, basis: str) -> None:
    row = built({"title": title} | counts).row(0, named=True)
    assert (row["kind_code"], row["kind_basis_code"], row["changes_entity_list"]) == (kind, basis, True)


def test_a_document_without_a_page_gets_its_permanent_address() -> None:
    assert built({})["url"].to_list() == ["https://www.federalregister.gov/d/2025-00001"]


def test_a_correction_that_adds_nobody_is_known_by_its_number() -> None:
    row = built({"document_number": "2022-07643", "title": "Addition of Certain Entities to the Entity List; Correction"}).row(
        0, named=True
    )
    assert row["kind_code"] == "entity_list_revision"


@pytest.mark.parametrize(
    ("frame", "match"),
    [
        (listed({}, {}, stated_documents=3), r"2 documents came, \[3\] were promised"),
        (listed({}, {}, {}, stated_documents=2), "3 documents came"),
        (listed({}, stated_pages=2, stated_documents=101), r"pages \[2\] of 2 are missing"),
        (listed({"page": 2}, stated_pages=2), r"pages \[1\] of 2 are missing"),
    ],
)
def test_an_answer_that_is_not_whole_stops_the_build(frame: pl.DataFrame, match: str) -> None:
    with pytest.raises(ContractBroken, match=match):
        build(frame, CURATED, COUNTED)


def test_pages_seen_at_different_times_are_taken_and_told() -> None:
    rows = listed({"stated_documents": 3}, {"page": 2, "stated_documents": 2}, stated_pages=2)
    assert build(rows, CURATED, COUNTED).height == 2
    assert failures("Were all pages", built({}), origins=("live", "snapshot")) == 1


def test_a_document_on_two_pages_is_refused() -> None:
    with pytest.raises(ContractBroken, match="repeats"):
        TABLE.conform(build(listed({}, {"document_number": "2025-00001"}), CURATED, COUNTED))


def test_a_title_that_no_pattern_fits_and_a_kind_that_nobody_knows_are_refused() -> None:
    with pytest.raises(ContractBroken, match="no pattern"):
        build(listed({"title": "Something"}), CURATED.filter(pl.col("pattern") != "."), COUNTED)
    with pytest.raises(ContractBroken, match=r"unknown kinds \['novelty'\]"):
        build(listed({}), CURATED.with_columns(kind_code=pl.lit("novelty")), COUNTED)


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("Do citation", {"citation": "90 FR 4621", "start_page": 4622}),
        ("Do citation", {"citation": "89 FR 4621", "start_page": 4621}),
        ("Do citation", {"citation": "90 FR 4621"}),
        ("Is the volume", {"volume": 89}),
        ("Is no last page", {"start_page": 10, "end_page": 9}),
        ("Is no day of effect", {"effective_date": date(2024, 1, 16)}),
        ("Is no day of effect", {"effective_date": date(2035, 1, 16)}),
        ("Are documents whose facts", {"document_number": "2025-00636", "citation": "90 FR 4545"}),
        ("Do the days of the first Huawei rule", {"document_number": "2019-10616", "publication_date": date(2019, 5, 16)}),
        ("Is there a document in every month", {"publication_date": date(2025, 3, 1)}),
        ("Has every document a citation", {}),
        ("Has every document a day of effect", {}),
    ],
)
def test_a_rule_finds_its_counterexample(question: str, fields: dict[str, Any]) -> None:
    others = [document for document in KNOWN if fields.get("document_number") != document["document_number"]]
    assert failures(question, built(*others, fields)) == 1


@pytest.mark.parametrize("column", ["changes_entity_list", "adds_to_entity_list"])
def test_an_addition_that_does_not_add_or_touch_the_list_is_found(column: str) -> None:
    assert failures("Does a document that is about", built({}).with_columns(pl.lit(value=False).alias(column))) == 1


@pytest.mark.parametrize(
    ("document", "adds"),
    [
        ({}, True),
        ({"title": "Modification to the Entity List"}, False),
        ({"title": "Imposition of Sanctions Against Belarus", "stated_entities_added": 2}, True),
        ({"title": "Implementation of Sanctions Against Russia", "document_number": "2022-04300"}, True),
        ({"title": "Implementation of Sanctions Against Russia"}, False),
    ],
)
def test_what_adds_is_known_by_kind_count_or_judgement(document: dict[str, Any], adds: bool) -> None:
    assert built(document)["adds_to_entity_list"].to_list() == [adds]


@pytest.mark.parametrize("question", [rule.question for rule in TABLE.rules])
def test_sound_documents_break_no_rule(question: str) -> None:
    assert failures(question, built(*KNOWN)) == 0


@pytest.mark.parametrize("day", ["2026-02-05"])
def test_the_captured_documents_pass_every_blocking_rule(captures: Path, day: str) -> None:
    pages = [federal_register_bis.page_file(number) for number in (1, 2)]
    folder = captures / "federal_register_bis" / day
    rows = pl.concat([federal_register_bis.parse((folder / page.name).read_bytes(), page) for page in pages])
    documents = TABLE.conform(build(rows, CURATED, COUNTED))
    assert TABLE.row_bounds[0] <= documents.height <= TABLE.row_bounds[1]
    for rule in TABLE.rules:
        assert rule.is_warning or failures(rule.question, documents) == 0, rule.question
    kinds = dict(documents.group_by("kind_code").len().iter_rows())
    assert (kinds["entity_list_addition"], kinds["entity_list_removal"], kinds["advanced_computing"]) == (48, 2, 10)
    judged = CURATED.filter(pl.col("pattern").str.starts_with("^"))["pattern"]
    assert set(judged) <= set(documents["title_rule"]), "a judgement on one document no longer applies"
