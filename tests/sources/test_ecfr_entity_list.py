"""The Entity List as XML: names without addresses, every citation with its day, and a closed world around them."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from entity_list import document, row

from indicators.model import BadPayload, File
from indicators.sources import ecfr_entity_list
from indicators.sources.ecfr_entity_list import HEADERS, SOURCE, edition, follow, parse

XML = File("title-15.xml", "https://www.ecfr.gov/api/versioner/v1/full/2026-07-09/title-15.xml?part=744")


def parsed(*rows: str) -> pl.DataFrame:
    return SOURCE.conform(parse(document(*rows), XML))


def entity(cell: str) -> tuple[str, list[str]]:
    stated = parsed(row(cell, country="CHINA")).row(0, named=True)
    return stated["party_name"], stated["aliases"]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Mihaela Nenova.", "Mihaela Nenova"),
        ("Allied Trading Co.", "Allied Trading Co."),
        ("Rosneft Trade Limited.", "Rosneft Trade Limited"),
        ("SMIC Holdings Limited, Building 1, No. 1059 Dangui Road, Shanghai, China.", "SMIC Holdings Limited"),
        ("Huawei Software Technologies Co., Ltd., Nanjing, Jiangsu, China.", "Huawei Software Technologies Co., Ltd."),
        ("Smartcom (Hong Kong) Co., Limited, Sheung Wan, Hong Kong.", "Smartcom (Hong Kong) Co., Limited"),
        ("Shenzhen Avin Co., Ltd. (AETC), Room 401, Shenzhen, China.", "Shenzhen Avin Co., Ltd. (AETC)"),
        ("Huawei Tech. Investment Co., Limited, Hong Kong.", "Huawei Tech. Investment Co., Limited"),
        ("Promtech-Dubna, JSC, Programmistov st., 4, room 364, Dubna, Russia.", "Promtech-Dubna, JSC"),
        ("Raneen Systems Company (RWDS, LLC), Abu Dhabi, U.A.E.", "Raneen Systems Company (RWDS, LLC)"),
        ("A. Leib Ltd.; HA'Assif 19, Tel Aviv, Israel.", "A. Leib Ltd."),
        ("PT. Kuantum Tekno Kreatif, JI. Sarirasa No. 113, Bandung, Indonesia.", "PT. Kuantum Tekno Kreatif"),
        ("ERA Metalurji San. Ve Tic. Ltd. Sti., Aktepe Sanayi Sitesi, Turkey.", "ERA Metalurji San. Ve Tic. Ltd. Sti"),
        ("Kamensk Works J.S. Co. 5 Zavodskaya St., Kamensk Uralsky, Russia.", "Kamensk Works J.S. Co."),
        ("Brian Example (See alternate address under Singapore).", "Brian Example"),
        ("Address 01, Unit D, 16/F One Capital Place, Wan Chai, Hong Kong.", "Address 01"),
        (
            "Tactical Missile Corporation, NPO Electromechanics, 31 Mendeleev Street, Russia.",
            "Tactical Missile Corporation, NPO Electromechanics",
        ),
        ("Sayyed Example, Nuclear Research Institute, End of North Avenue, Tehran, Iran.", "Sayyed Example"),
        ("JLD Technology, Hong Kong Co., Ltd., Room 1237, Kowloon Bay, Hong Kong.", "JLD Technology, Hong Kong Co., Ltd."),
        ("IKCO Finance 6 Lothbury, London, England", "IKCO Finance"),
        ("IKCO Financed Ltd, London, England", "IKCO Financed Ltd"),
    ],
)
def test_the_name_ends_where_the_address_begins(cell: str, name: str) -> None:
    assert entity(cell) == (name, [])


def test_announced_aliases_end_the_name_and_keep_its_commas() -> None:
    cell = (
        "Chinese Academy of Sciences, Institute of Physics, a.k.a., the following two aliases:\n<br/>&#x2014;IoP Co., Ltd; "
        '<E T="03">and</E>\n<br/>&#x2014;Spacety Luxembourg S.A.\n<br/>\n<br/> 9 Dengzhuang South Rd; <E T="03">and</E> Room 445, Beijing.'
    )
    assert entity(cell) == ("Chinese Academy of Sciences, Institute of Physics", ["IoP Co., Ltd", "Spacety Luxembourg S.A."])


@pytest.mark.parametrize(
    ("cell", "name", "aliases"),
    [
        ("LTS Holding Limited (f.k.a. IPP Products Ltd.), Tortola.", "LTS Holding Limited", ["IPP Products Ltd."]),
        ("Lim Example, (a.k.a. Lin R, Steven Lim and Yong Lim), Shenzhen, China", "Lim Example", ["Lin R", "Steven Lim", "Yong Lim"]),
        ("Lukoil, OAO (a.k.a. Lukoil, Address: 11 Sretenski boulevard, Moscow, Russia", "Lukoil, OAO", ["Lukoil"]),
        ("Gaz, OOO (f.k.a., Obshchestvo Gaz), a.k.a., the following one alias:<br/>&#x2014;Gaz.", "Gaz, OOO", ["Obshchestvo Gaz", "Gaz"]),
    ],
)
def test_inline_and_former_names_are_aliases(cell: str, name: str, aliases: list[str]) -> None:
    assert entity(cell) == (name, aliases)


@pytest.mark.parametrize(
    ("line", "alias"),
    [
        ("Alexander Example, 7150 Rue Chouinard, Montreal, Canada.", "Alexander Example"),
        ("Mako Holding. Bohdan Avenue, Building 102, Donetsk.", "Mako Holding"),
        ("Aleksander Example, Pr. Yuria Gagarina 2, Office 801, Russia.", "Aleksander Example"),
        ("Power Plant Workshops, P.O. Box 1114, Islamabad;", "Power Plant Workshops"),
        ("Management Company, LLC. Dobroslobodskaya, 3 BC Basmanov, Moscow.", "Management Company, LLC"),
        ("Beijing Kvs Science &amp; Tech. Development Co., Ltd.", "Beijing Kvs Science & Tech. Development Co., Ltd."),
        ("Sichuan University, Suzhou Research Institute;", "Sichuan University, Suzhou Research Institute"),
        ("10<sup>th</sup> Research Institute.", "10th Research Institute"),
        ("National Complex (NDC), a.k.a., the following two aliases:", "National Complex (NDC)"),
        ("Institute 503, Fifth Aerospace Academy;", "Institute 503, Fifth Aerospace Academy"),
    ],
)
def test_an_alias_keeps_its_commas_and_loses_an_address(line: str, alias: str) -> None:
    assert entity(f"Party, a.k.a., the following one alias:<br/>&#x2014;{line}") == ("Party", [alias])


@pytest.mark.parametrize(
    ("cell", "citations", "days"),
    [
        ("74 FR 35799, 7/21/09.<br/>85 FR 83769, 12/23/20.", ["74 FR 35799", "85 FR 83769"], [date(2009, 7, 21), date(2020, 12, 23)]),
        ("62 FR 35334, 6/30/97. 64 FR 28909,<br/>5/28/99.", ["62 FR 35334", "64 FR 28909"], [date(1997, 6, 30), date(1999, 5, 28)]),
        ("73 FR 54508 9/22/08. 74 FR 8184.", ["73 FR 54508", "74 FR 8184"], [date(2008, 9, 22), None]),
        ("88 FR 71992 10/19/2023.", ["88 FR 71992"], [date(2023, 10, 19)]),
        ("85 FR 83420, 12/22/20. preview citation details", ["85 FR 83420"], [date(2020, 12, 22)]),
        ("85 FR 83420, 12/22/20. Preview\n  citation details", ["85 FR 83420"], [date(2020, 12, 22)]),
        ("88 FR 38741, 6/12/23.", ["88 FR 38741"], [date(2023, 6, 12)]),
        ("86 FR 67319.", ["86 FR 67319"], [None]),
    ],
)
def test_every_citation_is_read_with_its_day(cell: str, citations: list[str], days: list[date | None]) -> None:
    stated = parsed(row("Party", country="CHINA", citation=cell)).row(0, named=True)
    assert (stated["citations"], stated["citation_dates"]) == (citations, days)


def test_a_blank_country_inherits_and_a_reserved_row_leaves_a_gap() -> None:
    rows = parsed(row("A", country="CHINA"), row("[Reserved]", "", "", "", ""), row("B"), row("C", country="CUBA"))
    assert rows.select("country_name", "ordinal", "party_name").rows() == [("CHINA", 1, "A"), ("CHINA", 3, "B"), ("CUBA", 4, "C")]


def test_a_heading_on_its_own_row_and_a_continued_entry_make_no_entries() -> None:
    rows = parsed(row("", "PAKISTAN", "", "", ""), row("PAEC"), row("Subordinate institution:<br/>&#x2014;Kahuta Plant.", " ", "", "", ""))
    assert rows.select("country_name", "party_name", "aliases").rows() == [("PAKISTAN", "PAEC", ["Kahuta Plant"])]


def test_a_group_is_named_and_its_members_are_listed() -> None:
    cell = "The following Department of Atomic Energy entities:<br/>&#x2014;Rare Earths; <!-- note --><br/>&#x2014;Heavy Water Plants."
    assert entity(cell) == ("Department of Atomic Energy entities", ["Rare Earths", "Heavy Water Plants"])


def test_footnotes_leave_the_requirement_and_blank_policy_is_null() -> None:
    requirement = "For all items, see &#xA7;&#xA7; 734.9(e) <sup>1</sup> and\n 744.11 of the EAR <sup>2</sup>"
    stated = parsed(row("Party", country="CHINA", requirement=requirement)).row(0, named=True)
    assert stated["license_requirement"] == "For all items, see §§ 734.9(e) and 744.11 of the EAR"
    assert (stated["footnote_codes"], stated["review_policy"]) == (["1", "2"], None)


@pytest.mark.parametrize(
    ("payload", "word"),
    [
        (b"<html><body>Request access", "not well-formed"),
        (document(row("A", country="CHINA"), supplement="Supplement No. 5 to Part 744"), "tables headed"),
        (document(row("A", country="CHINA"), headers=(*HEADERS[:4], "Citation")), "tables headed"),
        (document(row("[Reserved]", "CHINA", "", "", "")), "no entries"),
        (document("<TR><TD>CHINA</TD><TD>Acme</TD></TR>"), "row 1 .*Acme.* has 2 cells"),
        (document(row("A")), "row 1 .* no country"),
        (document(row("A", country="CHINA", requirement="")), "no license requirement"),
        (document(row("A", country="CHINA", citation="")), "no citation"),
        (document(row("A", country="CHINA", citation="84 FR 22963, May 2019")), "is no citation"),
        (document(row("A", country="CHINA", citation="84 FR 22963, 13/40/19")), "impossible day"),
        (document(row("A", country="CHINA", requirement="All items <sup>x</sup>")), "footnote marks"),
    ],
)
def test_anything_unknown_is_refused_and_named(payload: bytes, word: str) -> None:
    with pytest.raises(BadPayload, match=word):
        parse(payload, XML)


def test_the_same_cell_in_another_edition_gives_the_same_names_that_nobody_can_change() -> None:
    cell = "Party, a.k.a., the following one alias:<br/>&#x2014;Other."
    first, continued = (parsed(row(cell, "CHINA"), *more) for more in ([], [row("To include:<br/>&#x2014;Branch.", " ", "", "", "")]))
    assert [frame["aliases"].to_list() for frame in (first, continued, parsed(row(cell, "CHINA")))] == [
        [["Other"]],
        [["Other", "Branch"]],
        [["Other"]],
    ]


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    payload = document(row("Party &leak;", country="CHINA")).replace(
        b"<DIV5", f'<!DOCTYPE x [<!ENTITY leak SYSTEM "file://{secret}">]><DIV5'.encode(), 1
    )
    assert "SECRET" not in parse(payload, XML)["party_name"][0]


def test_the_index_names_the_day_the_server_knows() -> None:
    index = SOURCE.files[0]
    payload = b'{"titles": [{"number": 1, "up_to_date_as_of": null}, {"number": 15, "up_to_date_as_of": "2026-07-09"}]}'
    assert follow(payload, index) == (File("title-15.xml", XML.url, date(2026, 7, 9)),)
    assert SOURCE.follow is follow
    assert follow(b"<DIV5/>", XML) == ()


def test_a_past_edition_is_the_same_address_under_the_name_of_its_day() -> None:
    past = edition(date(2026, 7, 9))
    assert past == File("title-15-2026-07-09.xml", XML.url, date(2026, 7, 9))
    assert SOURCE.past_edition(date(2026, 7, 9)) == past
    assert SOURCE.is_past_edition(past.name, "2026-07-09")
    assert not SOURCE.is_past_edition("title-15.xml", "2026-07-09")
    assert not SOURCE.is_past_edition(past.name, "2026-07-10")
    assert not SOURCE.is_past_edition(past.name, "")


@pytest.mark.parametrize("payload", [b"<html>", b'{"titles": []}', b'{"titles": [{"number": 15, "up_to_date_as_of": null}]}', b"[]"])
def test_an_index_without_a_day_is_refused(payload: bytes) -> None:
    with pytest.raises(BadPayload, match="up_to_date_as_of"):
        follow(payload, SOURCE.files[0])


def test_the_captured_lists_have_their_known_figures(captures: Path) -> None:
    for day, entries in (("2025-01-31", 3_267), ("2026-07-09", 3_409)):
        rows = SOURCE.conform(parse((captures / SOURCE.id / day / "title-15.xml").read_bytes(), XML))
        first = rows["citation_dates"].list.drop_nulls().list.min()
        assert (rows.height, rows["country_name"].n_unique()) == (entries, 91)
        assert (first.null_count(), (first < date(2000, 1, 1)).sum()) == (2, 32)


def test_published_cells_give_names_citations_and_policy(captures: Path) -> None:
    payload = (captures / "ecfr_entity_list_excerpt" / "2026-09-01" / "title-15.xml").read_bytes()
    rows = {entry["party_name"]: entry for entry in ecfr_entity_list.parse(payload, XML).iter_rows(named=True)}
    assert len(rows) == 11
    assert rows["Siu Ching Ngai"]["citation_dates"] == [date(2009, 7, 21), date(2020, 12, 23)]
    assert rows["SJ Semiconductor"]["aliases"] == ["SJ Semiconductor (Jiangyin) Corp.", "SJ Jiangyin"]
    assert rows["SMIC Holdings Limited"]["review_policy"] == "See §§ 744.11 and 744.23(d) of the EAR"
    assert rows["Smartcom (Hong Kong) Co., Limited"]["footnote_codes"] == ["1", "2"]
