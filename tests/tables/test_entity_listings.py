"""The Entity List as a table: stable ids, first listings, headings as country codes, and rules that find what is wrong."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from indicators.model import ContractBroken, File, Folders
from indicators.sources import country_codes, ecfr_entity_list
from indicators.tables.compute.entity_listings import TABLE, build

CODES = pl.DataFrame(
    {
        "official_name": ["China", "Ukraine", "Türkiye"],
        "display_name": ["China", "Ukraine", "Türkiye"],
        "un_short_name": ["China", "Ukraine", "Türkiye"],
        "iso3_code": ["CHN", "UKR", "TUR"],
    }
)
ALIASES = pl.DataFrame({"alias": ["CRIMEA REGION OF UKRAINE"], "country_code": ["UKR"]})
HUAWEI = {"party_name": "Huawei Technologies Co., Ltd.", "citations": ["84 FR 22963"], "citation_dates": [date(2019, 5, 21)]}


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
    rows = [usual | {"ordinal": number} | entry for number, entry in enumerate(entries, start=1)]
    schema = dict(ecfr_entity_list.SOURCE.schema)
    return pl.DataFrame([{name: entry[name] for name in schema} for entry in rows], schema=schema).with_columns(
        file_name=pl.lit("title-15.xml")
    )


def built(*entries: dict[str, Any]) -> pl.DataFrame:
    return TABLE.conform(build(listed(*entries), CODES, ALIASES))


def failures(question: str, listings: pl.DataFrame, as_of: date = date(2026, 7, 9)) -> int:
    rule = next(rule for rule in TABLE.rules if rule.question.startswith(question))
    with duckdb.connect() as database:
        database.register("entity_listings", listings.to_arrow())
        database.register("sources", pl.DataFrame({"source_id": ["ecfr_entity_list"], "as_of_date": [as_of]}).to_arrow())
        return len(database.execute(rule.failing_rows).fetchall())


def test_an_id_is_country_slug_and_ordinal_among_equals() -> None:
    rows = built({"party_name": "Acme Co., Ltd."}, {"party_name": "Ümit Işık Ltd. Şti"}, {"party_name": "ACME CO LTD", "ordinal": 9})
    assert rows["listing_id"].to_list() == ["chn-acme-co-ltd-1", "chn-acme-co-ltd-2", "chn-umit-isik-ltd-sti-1"]


def test_an_id_follows_the_order_of_the_list_and_not_of_the_rows() -> None:
    shuffled = listed({"aliases": ["first"]}, {"aliases": ["second"]}).reverse()
    assert TABLE.conform(build(shuffled, CODES, ALIASES)).select("listing_id", "aliases").rows() == [
        ("chn-party-1", ["first"]),
        ("chn-party-2", ["second"]),
    ]


def test_the_first_listing_is_the_earliest_dated_citation() -> None:
    rows = built({"citations": ["85 FR 2", "74 FR 1", "73 FR 9"], "citation_dates": [date(2020, 12, 23), date(2009, 7, 21), None]})
    assert rows.select("first_listed_date", "citation").row(0) == (date(2009, 7, 21), "74 FR 1")
    assert rows["citations"].to_list() == [["85 FR 2", "74 FR 1", "73 FR 9"]]


def test_an_undated_entry_keeps_its_citation_and_has_no_date() -> None:
    rows = built({"citations": ["86 FR 67319"], "citation_dates": [None]})
    assert rows.select("first_listed_date", "citation").row(0) == (None, "86 FR 67319")
    assert failures("Has every entry a date?", rows) == 1


def test_crimea_is_ukraine_and_can_be_told_apart() -> None:
    rows = built({"country_name": "UKRAINE"}, {"country_name": "CRIMEA REGION OF UKRAINE"})
    assert rows.select("listing_id", "address_country_code", "address_country_name").rows() == [
        ("ukr-party-1", "UKR", "UKRAINE"),
        ("ukr-party-2", "UKR", "CRIMEA REGION OF UKRAINE"),
    ]
    assert failures("Is Crimea", rows.with_columns(address_country_code=pl.lit("RUS"))) == 1


def test_an_unknown_heading_stops_the_build() -> None:
    with pytest.raises(ContractBroken, match="ATLANTIS"):
        built({"country_name": "ATLANTIS"})


@pytest.mark.parametrize(
    ("question", "entry"),
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
    ],
)
def test_a_rule_finds_its_counterexample(question: str, entry: dict[str, Any]) -> None:
    assert failures(question, built(HUAWEI | entry)) == 1


@pytest.mark.parametrize("rule", [rule.question for rule in TABLE.rules if not rule.question.startswith("Are there between")])
def test_a_sound_list_breaks_no_rule(rule: str) -> None:
    assert (
        failures(rule, built(HUAWEI | {"aliases": ["Huawei"], "footnote_codes": ["1", "2"], "review_policy": "Presumption of denial"})) == 0
    )


def test_two_days_for_one_page_are_found() -> None:
    rows = built({}, {"citation_dates": [date(2019, 5, 20)]})
    assert failures("Does one page", rows) == 1


def test_a_first_citation_outside_the_citations_is_found() -> None:
    assert failures("Is the first citation", built({}).with_columns(citation=pl.lit("1 FR 1"))) == 1


@pytest.mark.parametrize("day", ["2025-01-31", "2026-07-09"])
def test_the_captured_list_passes_every_blocking_rule(captures: Path, day: str) -> None:
    stated = ecfr_entity_list.parse((captures / "ecfr_entity_list" / day / "title-15.xml").read_bytes(), File("title-15.xml", ""))
    codes = country_codes.parse(
        (captures / "country_codes" / "2026-05-15" / "country-codes.csv").read_bytes(), country_codes.SOURCE.files[0]
    )
    aliases = pl.read_csv(Folders(Path()).reference / "country_aliases.csv", infer_schema=False)
    rows = TABLE.conform(build(stated, codes, aliases))
    assert TABLE.row_bounds[0] <= rows.height <= TABLE.row_bounds[1]
    as_of = date.fromisoformat(day)
    assert {rule.question: failures(rule.question, rows, as_of) for rule in TABLE.rules if not rule.is_warning} == {
        rule.question: 0 for rule in TABLE.rules if not rule.is_warning
    }
    assert rows.filter(party_name="Siu Ching Ngai", address_country_code="CHN")["citation"].to_list() == ["74 FR 35799"]
