"""The Entity List as a table: stable ids, first listings, coming and going, documents, and rules that find what is wrong."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import entity_list
import polars as pl
import pytest
from entity_list import control_documents, entry

from indicators.model import ContractBroken, File, Folders
from indicators.sources import country_codes, ecfr_entity_list
from indicators.tables.compute import entity_list_editions, entity_listings
from indicators.tables.compute.entity_listings import TABLE

HUAWEI = {"party_name": "Huawei Technologies Co., Ltd.", "citations": ["84 FR 22963"], "citation_dates": [date(2019, 5, 21)]}
RULE_OF_HUAWEI = {"document_number": "2019-10616", "start_page": 22961}
DAY = date(2026, 7, 9)


def listed(*entries: dict[str, Any]) -> pl.DataFrame:
    usual = {
        "country_name": "CHINA",
        "party_name": "Party",
        "aliases": [],
        "license_requirement": "All items",
        "review_policy": None,
        "footnote_codes": [],
        "citations": ["84 FR 22963"],
        "citation_dates": [date(2019, 5, 21)],
    }
    rows = [usual | {"ordinal": number} | one for number, one in enumerate(entries, start=1)]
    schema = dict(ecfr_entity_list.SOURCE.schema)
    return pl.DataFrame([{name: one[name] for name in schema} for one in rows], schema=schema).with_columns(
        file_name=pl.lit("title-15.xml")
    )


def files(as_of: date = DAY) -> pl.DataFrame:
    return pl.DataFrame({"source_id": ["ecfr_entity_list"], "file_name": ["title-15.xml"], "sha256": ["0" * 64], "as_of_date": [as_of]})


def tables(*entries: dict[str, Any], documents: pl.DataFrame | None = None) -> entity_list.Built:
    return entity_list.tables(listed(*entries), files(), control_documents(RULE_OF_HUAWEI) if documents is None else documents, [])


def built(*entries: dict[str, Any]) -> pl.DataFrame:
    return tables(*entries).listings


def editions(days: dict[str, list[str]], **settings: Any) -> pl.DataFrame:
    """The listings of some editions, with the columns that tell of coming and going."""
    told = ("listing_id", "in_force_from_date", "first_edition_date", "last_edition_date", "removed_by_date", "is_in_force")
    return entity_list.built(days, **settings).listings.select(*told, "missed_editions")


def failures(question: str, made: entity_list.Built, documents: pl.DataFrame | None = None, as_of: date = DAY) -> int:
    rule = next(rule for rule in TABLE.rules if rule.question.startswith(question))
    known = control_documents(RULE_OF_HUAWEI) if documents is None else documents
    with duckdb.connect() as database:
        frames = {
            "entity_listings": made.listings,
            "entity_list_editions": made.editions,
            "control_documents": known,
            "sources": files(as_of),
        }
        for name, frame in frames.items():
            database.register(name, frame.to_arrow())
        return len(database.execute(rule.failing_rows).fetchall())


def test_an_id_is_country_slug_and_ordinal_among_equals() -> None:
    rows = built({"party_name": "Acme Co., Ltd."}, {"party_name": "Ümit Işık Ltd. Şti"}, {"party_name": "ACME CO LTD", "ordinal": 9})
    assert rows["listing_id"].to_list() == ["chn-acme-co-ltd-1", "chn-acme-co-ltd-2", "chn-umit-isik-ltd-sti-1"]


def test_an_id_follows_the_order_of_the_list_and_not_of_the_rows() -> None:
    shuffled = listed({"aliases": ["first"]}, {"aliases": ["second"]}).reverse()
    made = entity_list.tables(shuffled, files(), None, [])
    assert made.listings.select("listing_id", "aliases").rows() == [
        ("chn-party-1", ["first"]),
        ("chn-party-2", ["second"]),
    ]


def test_the_first_listing_is_the_earliest_dated_citation() -> None:
    rows = built({"citations": ["85 FR 2", "74 FR 1", "73 FR 9"], "citation_dates": [date(2020, 12, 23), date(2009, 7, 21), None]})
    assert rows.select("first_listed_date", "citation").row(0) == (date(2009, 7, 21), "74 FR 1")
    assert rows["citations"].to_list() == [["85 FR 2", "74 FR 1", "73 FR 9"]]


def test_an_undated_entry_keeps_its_citation_and_has_no_date() -> None:
    made = tables({"citations": ["86 FR 67319"], "citation_dates": [None]})
    assert made.listings.select("first_listed_date", "citation").row(0) == (None, "86 FR 67319")
    assert failures("Has every entry a date?", made) == 1


def test_crimea_is_ukraine_and_can_be_told_apart() -> None:
    made = tables({"country_name": "UKRAINE"}, {"country_name": "CRIMEA REGION OF UKRAINE"})
    assert made.listings.select("listing_id", "address_country_code", "address_country_name").rows() == [
        ("ukr-party-1", "UKR", "UKRAINE"),
        ("ukr-party-2", "UKR", "CRIMEA REGION OF UKRAINE"),
    ]
    assert failures("Is Crimea", changed(made, address_country_code="RUS")) == 1


def test_an_unknown_heading_stops_the_build() -> None:
    with pytest.raises(ContractBroken, match="ATLANTIS"):
        built({"country_name": "ATLANTIS"})


@pytest.mark.parametrize(
    ("question", "one"),
    [
        ("Is no party listed later", {"citation_dates": [date(2026, 7, 10)]}),
        ("Is no alias blank", {"aliases": [""]}),
        ("Is no alias blank", {"aliases": ["Huawei Technologies Co., Ltd."]}),
        ("Are footnotes single digits?", {"footnote_codes": ["12"]}),
        ("Are there between", {}),
        ("Does any entry state a review policy", {}),
        ("Is every licence requirement printed", {"license_requirement": "For all items subject to the..."}),
        ("Is Huawei", {"citations": ["84 FR 1"]}),
        ("Is Huawei", {"party_name": "Other"}),
        ("Is no address left", {"aliases": ["Somebody, 5 Main Street"]}),
        ("Does the year of every first", {"citation_dates": [date(2018, 5, 21)]}),
        ("Does no entry in force stand under Hong Kong", {"country_name": "HONG KONG"}),
        ("Has every entry its document?", {"citations": ["90 FR 1"], "citation_dates": [date(2025, 1, 2)]}),
    ],
)
def test_a_rule_finds_its_counterexample(question: str, one: dict[str, Any]) -> None:
    assert failures(question, tables(HUAWEI | one)) == 1


@pytest.mark.parametrize(
    ("question", "column", "value"),
    [
        ("Is the first citation", "citation", "1 FR 1"),
        ("Is an entry in force exactly", "is_in_force", False),
        ("Do the days of an entry", "last_edition_date", date(2020, 1, 1)),
        ("Do the days of an entry", "removed_by_date", date(2020, 1, 1)),
        ("Is every removal read", "removed_by_date", date(2020, 1, 1)),
        ("Is a document named exactly", "document_number", None),
        ("Is a document named exactly", "document_basis_code", "ambiguous"),
        ("Is a document named exactly", "citation", "85 FR 22963"),
        ("Does Huawei's citation", "document_number", None),
        ("Was every document published", "first_listed_date", date(2019, 5, 22)),
        ("Has no entry left and come back?", "missed_editions", 1),
        ("Does every entry stand in the list since", "in_force_from_date", None),
        ("Is it known by when every entry left", "is_in_force", False),
        ("Is no entry dated later than an edition", "first_edition_date", date(2019, 3, 31)),
    ],
)
def test_a_rule_finds_what_the_build_would_never_do(question: str, column: str, value: object) -> None:
    assert failures(question, changed(tables(HUAWEI), **{column: value})) == 1


def changed(made: entity_list.Built, **values: object) -> entity_list.Built:
    """The same tables with columns of every listing set."""
    frame = made.listings
    return made._replace(listings=frame.with_columns(pl.lit(value, frame.schema[name]).alias(name) for name, value in values.items()))


@pytest.mark.parametrize("rule", [rule.question for rule in TABLE.rules if not rule.question.startswith("Are there between")])
def test_a_sound_list_breaks_no_rule(rule: str) -> None:
    sound = HUAWEI | {"aliases": ["Huawei"], "footnote_codes": ["1", "2"], "review_policy": "Presumption of denial"}
    assert failures(rule, tables(sound)) == 0


def test_two_days_for_one_page_are_found() -> None:
    assert failures("Does one page", tables({}, {"citation_dates": [date(2019, 5, 20)]})) == 1


QUARTERS = ("2020-03-31", "2020-06-30", "2020-09-30", "2020-12-31")
ONE, TWO, THREE, FOUR = map(date.fromisoformat, QUARTERS)
FIRST = date(2019, 5, 21)


def test_an_entry_added_between_two_editions_counts_from_its_first_listing() -> None:
    rows = editions(
        {QUARTERS[0]: [entry("A")], QUARTERS[1]: [entry("A"), entry("B", citation="85 FR 1, 5/1/20.")], QUARTERS[2]: [entry("A")]}
    )
    assert rows.rows()[1] == ("chn-b-1", date(2020, 5, 1), TWO, TWO, None, False, 0)


def test_a_removal_lies_between_the_last_edition_with_the_entry_and_the_first_without_it() -> None:
    rows = editions({QUARTERS[0]: [entry("A"), entry("B")], QUARTERS[1]: [entry("A"), entry("B")], QUARTERS[2]: [entry("A")],
                     QUARTERS[3]: [entry("A")]})  # fmt: skip
    assert rows.rows() == [("chn-a-1", FIRST, ONE, None, None, True, 0), ("chn-b-1", FIRST, ONE, TWO, THREE, False, 0)]


def test_no_day_of_the_newest_edition_is_named_for_it_moves_while_the_list_does_not() -> None:
    past = {QUARTERS[0]: [entry("A"), entry("B")]}
    newer = [entry("A"), entry("C", citation="85 FR 1, 5/1/20.")]
    one, other = (entity_list.built(past | {day: newer}).listings for day in ("2020-06-01", "2020-06-30"))
    assert one.equals(other)
    assert one.select("listing_id", "first_edition_date", "last_edition_date", "removed_by_date", "is_in_force").rows() == [
        ("chn-a-1", ONE, None, None, True),
        ("chn-b-1", ONE, ONE, None, False),
        ("chn-c-1", None, None, None, True),
    ]


def test_a_renamed_party_leaves_as_one_entry_and_comes_as_another_from_its_first_edition_on() -> None:
    rows = editions({QUARTERS[0]: [entry("Old Name")], QUARTERS[1]: [entry("New Name")], QUARTERS[2]: [entry("New Name")]})
    assert rows.rows() == [("chn-new-name-1", TWO, TWO, None, None, True, 0), ("chn-old-name-1", FIRST, ONE, ONE, TWO, False, 0)]


def test_a_move_from_hong_kong_to_china_is_read_as_one_entry_after_the_other() -> None:
    rows = editions({QUARTERS[2]: [entry("A", "HONG KONG")], QUARTERS[3]: [entry("A")], "2021-03-31": [entry("A")]})
    assert rows.rows() == [("chn-a-1", FOUR, FOUR, None, None, True, 0), ("hkg-a-1", FIRST, THREE, THREE, FOUR, False, 0)]


def test_an_entry_that_returns_is_one_row_in_force_and_is_told() -> None:
    days = {QUARTERS[0]: [entry("A"), entry("B")], QUARTERS[1]: [entry("A")], QUARTERS[2]: [entry("A"), entry("B")]}
    assert editions(days).rows()[1] == ("chn-b-1", FIRST, ONE, None, None, True, 1)
    assert failures("Has no entry left and come back?", entity_list.built(days)) == 1


def test_of_two_equals_the_second_leaves() -> None:
    rows = editions({QUARTERS[0]: [entry("Twin"), entry("Twin")], QUARTERS[1]: [entry("Twin")], QUARTERS[2]: [entry("Twin")]})
    assert rows.select("listing_id", "removed_by_date", "is_in_force").rows() == [("chn-twin-1", None, True), ("chn-twin-2", TWO, False)]


def test_an_undated_entry_counts_from_the_first_edition_that_holds_it() -> None:
    undated = entry("A", citation="86 FR 67319.")
    assert editions({QUARTERS[0]: [undated], QUARTERS[1]: [undated]}).rows() == [("chn-a-1", ONE, ONE, None, None, True, 0)]


def test_the_words_are_those_of_the_newest_edition_that_holds_the_entry() -> None:
    rows = entity_list.built({QUARTERS[0]: [entry("PARTY")], QUARTERS[1]: [entry("Party")], QUARTERS[2]: [entry("Other")]}).listings
    assert rows["party_name"].to_list() == ["Other", "Party"]


def test_nothing_is_read_from_a_copy_made_of_survivors() -> None:
    everyone, survivors = [entry("A"), entry("B"), entry("C")], [entry("A"), entry("C")]
    days = {QUARTERS[0]: everyone, QUARTERS[1]: survivors, QUARTERS[2]: everyone, QUARTERS[3]: [entry("A"), entry("C")]}
    rows = editions(days, survivors=[QUARTERS[1]])
    assert rows.rows()[1] == ("chn-b-1", FIRST, ONE, THREE, None, False, 0)
    assert rows["removed_by_date"].null_count() == rows.height


def test_whoever_only_a_copy_of_survivors_holds_has_left_at_a_time_unknown() -> None:
    days = {QUARTERS[0]: [entry("A"), entry("B")], QUARTERS[1]: [entry("A")], QUARTERS[2]: [entry("A")]}
    made = entity_list.built(days, survivors=[QUARTERS[0]])
    assert made.listings.select("listing_id", "last_edition_date", "removed_by_date", "is_in_force").rows()[1] == (
        "chn-b-1",
        ONE,
        None,
        False,
    )
    assert failures("Is it known by when every entry left", made) == 1


PAGES = {"document_number": "in-pages", "start_page": 22961, "end_page": 22970}
OF_DAY = {"document_number": "of-day"}
OTHER_DAY = {"document_number": "other-day", "publication_date": date(2019, 5, 22)}


@pytest.mark.parametrize(
    ("documents", "number", "basis"),
    [
        ([PAGES], "in-pages", "page_range"),
        ([PAGES | {"publication_date": date(2019, 5, 22)}], "in-pages", "page_range"),
        ([PAGES, OF_DAY], "in-pages", "page_range"),
        ([PAGES | {"volume": 85}, OF_DAY], "of-day", "volume_and_date"),
        ([OF_DAY], "of-day", "volume_and_date"),
        ([OF_DAY | {"start_page": 22961}], "of-day", "volume_and_date"),
        ([OF_DAY | {"start_page": 22964}], None, "no_document"),
        ([OF_DAY | {"start_page": 22000, "end_page": 22962}], None, "no_document"),
        ([OF_DAY, OF_DAY | {"document_number": "starts-later", "start_page": 22964}], "of-day", "volume_and_date"),
        (
            [OF_DAY | {"start_page": 22950}, OF_DAY | {"document_number": "starts-last", "start_page": 22961}],
            "starts-last",
            "volume_and_date",
        ),
        ([OF_DAY, OF_DAY | {"document_number": "as-well", "start_page": 22961}], None, "ambiguous"),
        ([OF_DAY, OF_DAY | {"document_number": "adds-none", "adds_to_entity_list": False}], "of-day", "volume_and_date"),
        ([OF_DAY | {"changes_entity_list": False}, OTHER_DAY], None, "no_document"),
        ([PAGES, PAGES | {"document_number": "adds-none", "start_page": 22963, "adds_to_entity_list": False}], "in-pages", "page_range"),
        ([PAGES, PAGES | {"document_number": "begins-there", "start_page": 22963}], "begins-there", "page_range"),
        ([PAGES, PAGES | {"document_number": "as-well"}], None, "ambiguous"),
        ([OTHER_DAY], None, "before_documents"),
        ([], None, "no_document"),
    ],
)
def test_the_document_is_found_by_its_pages_or_by_its_day(documents: list[dict[str, Any]], number: str | None, basis: str) -> None:
    rows = tables(HUAWEI, documents=control_documents(*documents)).listings
    assert rows.select("document_number", "document_basis_code").row(0) == (number, basis)


def test_an_undated_entry_finds_its_document_by_pages_alone() -> None:
    undated = HUAWEI | {"citation_dates": [None]}
    for documents, found in ((PAGES, ("in-pages", "page_range")), (OF_DAY, (None, "no_document"))):
        rows = tables(undated, documents=control_documents(documents)).listings
        assert rows.select("document_number", "document_basis_code").row(0) == found


def test_a_document_that_does_not_change_the_list_is_told() -> None:
    documents = control_documents(PAGES | {"changes_entity_list": False, "adds_to_entity_list": False})
    assert failures("Does every document that was found", tables(HUAWEI, documents=documents), documents) == 1


@pytest.mark.parametrize("day", ["2025-01-31", "2026-07-09"])
def test_the_captured_list_passes_every_blocking_rule(captures: Path, day: str) -> None:
    made = captured(captures, day)
    assert TABLE.row_bounds[0] <= made.listings.height <= TABLE.row_bounds[1]
    blocking = [rule.question for rule in TABLE.rules if not rule.is_warning]
    assert {question: failures(question, made, as_of=date.fromisoformat(day)) for question in blocking} == dict.fromkeys(blocking, 0)
    assert made.listings.filter(party_name="Siu Ching Ngai", address_country_code="CHN")["citation"].to_list() == ["74 FR 35799"]
    assert made.listings.filter(citation="84 FR 22963")["document_number"].unique().to_list() == ["2019-10616"]


def test_rows_as_published_build_with_all_their_cells(captures: Path) -> None:
    made = captured(captures, "2026-09-01", "ecfr_entity_list_excerpt")
    assert made.listings.height == 11
    assert made.listings["review_policy"].null_count() == 0
    (skyverse,) = made.listings.filter(party_name="Skyverse Limited").iter_rows(named=True)
    assert (skyverse["listing_id"], skyverse["first_listed_date"]) == ("chn-skyverse-limited-1", date(2024, 12, 5))


def captured(captures: Path, day: str, source_id: str = "ecfr_entity_list") -> entity_list.Built:
    """Both tables from one captured list alone."""
    stated = ecfr_entity_list.parse((captures / source_id / day / "title-15.xml").read_bytes(), File("title-15.xml", ""))
    payload = (captures / "country_codes" / "2026-05-15" / "country-codes.csv").read_bytes()
    codes, rows = country_codes.parse(payload, country_codes.SOURCE.files[0]), stated.with_columns(file_name=pl.lit("title-15.xml"))
    aliases = pl.read_csv(Folders(Path()).reference / "country_aliases.csv", infer_schema=False)
    none = pl.DataFrame(schema=entity_list.COPIES)
    editions = entity_list_editions.TABLE.conform(entity_list_editions.build(rows, files(date.fromisoformat(day)), codes, aliases, none))
    listings = entity_listings.build(rows, editions, control_documents(RULE_OF_HUAWEI), codes, aliases)
    return entity_list.Built(editions, TABLE.conform(listings))
