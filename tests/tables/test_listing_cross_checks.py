"""Stated beside found: what counts as a statement, what a difference may be, and what blocks."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from indicators.model import File, Folders
from indicators.sources import ecfr_entity_list, federal_register_bis
from indicators.tables.compute import control_documents
from indicators.tables.compute.listing_cross_checks import TABLE, build

REFERENCE = Folders(Path()).reference
CURATED = pl.read_csv(REFERENCE / "stated_listing_counts.csv", infer_schema=False)
KINDS = pl.read_csv(REFERENCE / "document_kinds.csv", infer_schema=False)
NUMBER, DAY = "2023-22536", date(2023, 10, 11)
COUNTS = {"entities": "stated_entities_added", "entries": "stated_entries_added", "china": "stated_china_entries_added"}


def stated(counts: dict[str, int]) -> pl.DataFrame:
    schema = {"document_number": pl.String, **dict.fromkeys(COUNTS.values(), pl.Int32)}
    return pl.DataFrame([{"document_number": NUMBER} | {COUNTS[name]: count for name, count in counts.items()}], schema=schema)


def documents(*numbers: str, adds: bool = True) -> pl.DataFrame:
    one = {"publication_date": DAY, "title": "Additions", "kind_code": "entity_list_addition", "adds_to_entity_list": adds}
    return pl.DataFrame([one | {"document_number": number, "url": f"https://www.federalregister.gov/d/{number}"} for number in numbers])


def entries(total: int, china: int = 0, number: str | None = NUMBER, since: date | None = DAY) -> pl.DataFrame:
    names = {"document_number": pl.String, "address_country_code": pl.String, "first_listed_date": pl.Date, "in_force_from_date": pl.Date}
    rows = [(number, "CHN" if place < china else "RUS", DAY, since) for place in range(total)]
    return pl.DataFrame(rows, schema=names, orient="row")


def curated(**cells: str) -> pl.DataFrame:
    usual = dict.fromkeys(CURATED.columns) | {"document_number": NUMBER, "reason": "Told by the title"}
    return pl.DataFrame([usual | cells], schema=dict.fromkeys(CURATED.columns, pl.String))


def built(listings: pl.DataFrame, note: pl.DataFrame | None = None, **counts: int) -> pl.DataFrame:
    return checked(listings, counts, CURATED.clear() if note is None else note)


def checked(listings: pl.DataFrame, counts: dict[str, int], note: pl.DataFrame) -> pl.DataFrame:
    return TABLE.conform(build(stated(counts), documents(NUMBER), listings, note))


def failures(question: str, checks: pl.DataFrame, known: pl.DataFrame | None = None) -> int:
    (rule,) = [rule for rule in TABLE.rules if rule.question.startswith(question)]
    with duckdb.connect() as database:
        database.register("listing_cross_checks", checks)
        database.register("control_documents", documents(NUMBER) if known is None else known)
        return len(database.execute(rule.failing_rows).fetchall())


def test_entries_that_name_the_rule_are_counted_beside_what_it_states() -> None:
    row = built(pl.concat([entries(50, 40), entries(3, 3, "2023-00001"), entries(2, number=None)]), entities=49, entries=52, china=42)
    (check,) = row.to_dicts()
    assert (check["listed_entries"], check["listed_china_entries"], check["unattributed_entries"]) == (50, 40, 2)
    assert (check["difference"], check["tolerance_below"], check["is_within_tolerance"]) == (-2, 3, True)
    assert (check["basis_code"], check["tolerance_reason_code"]) == ("abstract", "entries_stated")


def test_no_entry_that_names_the_rule_is_unknown_and_not_zero() -> None:
    checks = built(entries(7, number=None), entries=7)
    assert checks.select("listed_entries", "difference", "is_within_tolerance", "unattributed_entries").row(0) == (None, None, None, 7)
    assert failures("Can every statement", checks) == 1
    assert failures("Can half", checks) == 1
    assert failures("Does the list still hold", checks) == 0


@pytest.mark.parametrize("since", [None, date(2024, 10, 1)])
def test_an_entry_that_goes_on_from_a_renamed_one_is_not_counted_again(since: date | None) -> None:
    again, nameless = entries(52, 52, since=since), entries(3, number=None, since=since)
    checks = built(pl.concat([entries(52, 42), again, nameless]), entries=52, china=42)
    assert checks.select("listed_entries", "listed_china_entries", "unattributed_entries").row(0) == (52, 42, 0)


def test_a_rule_that_states_nothing_has_no_row() -> None:
    assert built(entries(7)).height == 0
    assert failures("Does every addition to the Entity List state", built(entries(7))) == 1


@pytest.mark.parametrize(
    ("counts", "found", "is_within", "blocks", "warns"),
    [
        ({"entries": 100}, 100, True, 0, 0),
        ({"entries": 100}, 95, True, 0, 0),
        ({"entries": 100}, 94, False, 0, 1),
        ({"entries": 100}, 105, True, 0, 0),
        ({"entries": 100}, 106, False, 1, 0),
        ({"entities": 91}, 96, True, 0, 0),
        ({"entities": 91}, 119, True, 0, 0),
        ({"entities": 91}, 120, False, 1, 0),
        ({"entities": 2}, 7, True, 0, 0),
        ({"entities": 2}, 8, False, 1, 0),
        ({"entities": 2, "entries": 7}, 2, False, 0, 1),
        ({"entities": 46, "entries": 27}, 26, True, 0, 0),
        ({"entries": 7}, 9, False, 1, 0),
    ],
)
def test_a_shortage_warns_and_an_excess_blocks(counts: dict[str, int], found: int, is_within: bool, blocks: int, warns: int) -> None:
    checks = checked(entries(found), counts, CURATED.clear())
    assert checks["is_within_tolerance"].to_list() == [is_within]
    assert failures("Does the list hold no more", checks) == blocks
    assert failures("Does the list still hold", checks) == warns
    assert failures("Do nine in ten", checks) == (0 if is_within else 1)


def test_a_curated_count_stands_only_where_the_abstract_states_none() -> None:
    note = curated(stated_entities="46", stated_entries="27")
    (alone,) = built(entries(26), note).to_dicts()
    assert (alone["stated_entities"], alone["stated_entries"], alone["basis_code"]) == (46, 27, "curated")
    assert alone["basis_note"] == "Told by the title"
    (beside,) = built(entries(26), note, entities=26).to_dicts()
    assert (beside["stated_entities"], beside["stated_entries"], beside["basis_code"], beside["basis_note"]) == (26, None, "abstract", None)


def test_a_curated_count_of_a_rule_that_is_not_there_makes_no_row() -> None:
    assert built(entries(1), curated(document_number="2018-99999", stated_entities="1"), entities=1)["document_number"].to_list() == [
        NUMBER
    ]


@pytest.mark.parametrize(("china", "fails"), [(42, 0), (39, 0), (38, 1), (43, 1)])
def test_entries_under_china_are_compared_too(china: int, fails: int) -> None:
    assert failures("Do entries under China", built(entries(52, china), entities=49, entries=52, china=42)) == fails


def test_more_entries_under_china_than_entries_are_found() -> None:
    assert failures("Are entries under China among", built(entries(5), entries=5, china=6)) == 1


def test_a_rule_that_states_additions_and_is_not_known_to_add_is_found() -> None:
    assert failures("Is every rule that states", built(entries(5), entries=5), documents(NUMBER, adds=False)) == 1


def test_a_known_rule_that_is_read_otherwise_is_found() -> None:
    assert failures("Is a rule whose counts are known", built(entries(52), entities=49, entries=52)) == 1
    assert failures("Is a rule whose counts are known", built(entries(52), entities=49, entries=52, china=42)) == 0


def test_every_curated_count_has_a_reason_and_a_place() -> None:
    assert CURATED.filter(pl.any_horizontal(pl.col("evidence_code", "url", "reason").is_null())).height == 0
    assert set(CURATED["evidence_code"]) == {"source", "secondary"}
    assert CURATED["document_number"].is_unique().all()


def test_the_captured_list_agrees_with_what_the_captured_rules_state(captures: Path) -> None:
    folder = captures / "federal_register_bis" / "2026-02-05"
    pages = [federal_register_bis.page_file(number) for number in (1, 2)]
    rules = pl.concat([federal_register_bis.parse((folder / page.name).read_bytes(), page) for page in pages])
    known = control_documents.build(rules, KINDS, CURATED)
    checks = TABLE.conform(build(rules, known, _by_day(captures, known, rules), CURATED))
    assert TABLE.row_bounds[0] <= checks.height == 51 <= TABLE.row_bounds[1]
    assert checks["basis_code"].value_counts().sort("basis_code").rows() == [("abstract", 44), ("curated", 7)]
    for rule in TABLE.rules:
        assert rule.is_warning or failures(rule.question, checks, known) == 0, rule.question
    assert failures("Does every addition to the Entity List state", checks, known) == 0
    alone = checks.filter(pl.col("listed_entries").is_not_null())
    assert (alone.height, alone.filter(pl.col("difference") == 0).height) == (42, 34)


def _by_day(captures: Path, known: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """Captured entries with the one rule of their day that states an addition: a stand-in for the join by volume and page."""
    xml = (captures / "ecfr_entity_list" / "2026-07-09" / "title-15.xml").read_bytes()
    listed = ecfr_entity_list.parse(xml, File("title-15.xml", ""))
    adding = set(rules.filter(pl.any_horizontal(pl.col(*COUNTS.values()).is_not_null()))["document_number"]) | set(
        CURATED["document_number"]
    )
    alone = known.filter(pl.col("document_number").is_in(list(adding))).filter(pl.len().over("publication_date") == 1)
    days: dict[Any, str] = dict(alone.select("publication_date", "document_number").iter_rows())
    first = listed.select(
        first_listed_date=pl.col("citation_dates").list.min(),
        address_country_code=pl.when(pl.col("country_name").str.starts_with("CHINA")).then(pl.lit("CHN")).otherwise(pl.lit("other")),
    )
    first = first.with_columns(in_force_from_date="first_listed_date")
    return first.with_columns(document_number=pl.col("first_listed_date").replace_strict(days, default=None, return_dtype=pl.String))
