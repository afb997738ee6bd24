"""The Entity List of the US Bureau of Industry and Security: Supplement No. 4 to Part 744 of title 15, in the electronic CFR.

Know before editing:
- One cell holds name, other names and addresses; `_party_names` tells them apart. Addresses are not kept: they may be private homes.
- A blank country inherits the heading above. A row with an entity cell and nothing after it continues the entry above.
- Citation and date are separated by a comma, a blank or a line break; years have two digits or four; a date may be missing.
- The server wants a day it knows (`up_to_date_as_of`), never "current"; some networks are sent to a page that is no XML.
- Days back to about 2017 are served too: each is a past edition of its own file name, beside `title-15.xml`, which is the newest.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl
from lxml import etree

from indicators.model import BadPayload, File, Source
from indicators.sources._party_names import listed_names, party_names

SUPPLEMENT = "Supplement No. 4 to Part 744"
HEADERS = ("Country", "Entity", "License requirement", "License review policy", "Federal Register citation")
TITLE = 15
CITATION = re.compile(r"\b(\d{2,3})\s*FR\s*(\d{1,6})\b(?:[\s,.]*\b(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b)?")
PREVIEW = re.compile(r"preview\s+citation\s+details", re.IGNORECASE)
FOOTNOTE = re.compile(r"\s*\d(?:[\s,]+\d)*\s*")
FIRST_YEAR_OF_1900S = 90
"""Two-digit years from here on are of the 1900s; the list begins in 1997."""


def edition(day: date) -> File:
    """Return part 744 as it stood on a day."""
    return File(f"title-15-{day}.xml", f"https://www.ecfr.gov/api/versioner/v1/full/{day}/title-15.xml?part=744", as_of_date=day)


def follow(payload: bytes, file: File) -> tuple[File, ...]:
    """Return part 744 as of the day up to which the server holds title 15; raises BadPayload where it states none."""
    if file.is_data:
        return ()
    try:
        day = date.fromisoformat(next(title["up_to_date_as_of"] for title in json.loads(payload)["titles"] if title["number"] == TITLE))
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        raise BadPayload(f"{SOURCE.id}: {file.name} states no up_to_date_as_of for title {TITLE} ({error!r}); open {file.url}") from error
    return (replace(edition(day), name="title-15.xml"),)


SOURCE = Source(
    id="ecfr_entity_list",
    title="Entity List: Supplement No. 4 to Part 744 of the Export Administration Regulations",
    publisher="US Bureau of Industry and Security, through the Electronic Code of Federal Regulations",
    homepage="https://www.ecfr.gov/current/title-15/part-744/appendix-Supplement%20No.%204%20to%20Part%20744",
    license="US-public-domain",
    redistribution="open",
    attribution="US Bureau of Industry and Security, Entity List, 15 CFR Part 744, Supplement No. 4, eCFR (public domain)",
    cadence=timedelta(days=7),
    files=(File("titles.json", "https://www.ecfr.gov/api/versioner/v1/titles.json", is_data=False),),
    schema={
        "country_name": pl.String,
        "ordinal": pl.Int32,
        "party_name": pl.String,
        "aliases": pl.List(pl.String),
        "license_requirement": pl.String,
        "review_policy": pl.String,
        "footnote_codes": pl.List(pl.String),
        "citations": pl.List(pl.String),
        "citation_dates": pl.List(pl.Date),
    },
    follow=follow,
    past=edition,
)


@dataclass(frozen=True)
class Entry:
    """One party under one country heading; fields in the order of SOURCE.schema."""

    country_name: str
    ordinal: int
    party_name: str
    aliases: list[str]
    license_requirement: str
    review_policy: str | None
    footnote_codes: list[str]
    citations: list[str]
    citation_dates: list[date | None]


@dataclass(frozen=True)
class Cell:
    """One cell as printed, read once."""

    lines: tuple[str, ...]
    text: str
    marks: list[str]


def parse(payload: bytes, _file: File) -> pl.DataFrame:
    """Return one row per entry in the order of the list; `ordinal` counts table rows, so that `[Reserved]` leaves a gap."""
    rows = [row for table in _tables(payload) for row in table.iter("TR") if row.find("TD") is not None]
    entries: list[Entry] = []
    country = ""
    for ordinal, row in enumerate(rows, start=1):
        cells = _cells(row, ordinal)
        country = cells[0].text or country
        name, is_plain = cells[1].text, not any(cell.text for cell in cells[2:])
        if name.strip("[].").lower() == "reserved" or (is_plain and not name):
            continue
        if is_plain and entries:
            entries[-1] = replace(entries[-1], aliases=entries[-1].aliases + listed_names(cells[1].lines))
        else:
            entries.append(_entry(country, ordinal, cells))
    if not entries:
        raise BadPayload(f"{SOURCE.id}: no entries in {SUPPLEMENT}; look at the newest snapshot")
    return pl.DataFrame([vars(entry) for entry in entries], schema=dict(SOURCE.schema))


def _tables(payload: bytes) -> list[etree._Element]:
    """Return the tables of the supplement, each with the expected header; raises BadPayload."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(payload, parser)
    except etree.XMLSyntaxError as error:
        raise BadPayload(f"{SOURCE.id}: not well-formed XML ({error}); look at the newest snapshot") from error
    tables = [table for appendix in root.iter("DIV9") if appendix.get("N") == SUPPLEMENT for table in appendix.iter("TABLE")]
    headers = {tuple(_cell(cell).text for cell in table.iter("TH")) for table in tables}
    if headers != {HEADERS}:
        raise BadPayload(f"{SOURCE.id}: {SUPPLEMENT} has tables headed {sorted(headers)}, expected {HEADERS}; adapt HEADERS and parse")
    return tables


def _cells(row: etree._Element, ordinal: int) -> list[Cell]:
    cells = [_cell(cell) for cell in row.findall("TD")]
    if len(cells) != len(HEADERS):
        stated = " | ".join(cell.text for cell in cells)[:120]
        raise BadPayload(f"{SOURCE.id}: row {ordinal} ({stated!r}) has {len(cells)} cells, expected {len(HEADERS)}; adapt parse")
    return cells


def _entry(country: str, ordinal: int, cells: Sequence[Cell]) -> Entry:
    """One row as an entry; raises BadPayload where a part that every entry has is missing."""
    place = f"row {ordinal} ({cells[1].text[:60]!r})"
    party_name, aliases = party_names(cells[1].lines)
    requirement = cells[2].text
    citations = _citations(cells[4].text, place)
    stated = {"country": country, "name": party_name, "license requirement": requirement, "citation": citations}
    missing = [name for name, value in stated.items() if not value]
    if missing:
        raise BadPayload(f"{SOURCE.id}: {place} has no {', no '.join(missing)}; look at the newest snapshot")
    return Entry(
        country_name=country,
        ordinal=ordinal,
        party_name=party_name,
        aliases=list(aliases),
        license_requirement=requirement,
        review_policy=cells[3].text or None,
        footnote_codes=_footnotes(cells[2:4], place),
        citations=[citation for citation, _ in citations],
        citation_dates=[day for _, day in citations],
    )


def _citations(text: str, place: str) -> list[tuple[str, date | None]]:
    """Every `NN FR NNNNN` with its date, null where none is printed; raises BadPayload on any other text."""
    rest = CITATION.sub("", text)
    if re.search(r"\w", rest):
        raise BadPayload(f"{SOURCE.id}: {place} cites {text!r}, of which {rest.strip()!r} is no citation; extend CITATION")
    try:
        return [(f"{found[1]} FR {found[2]}", _day(found)) for found in CITATION.finditer(text)]
    except ValueError as error:
        raise BadPayload(f"{SOURCE.id}: {place} cites {text!r}, with an impossible day ({error}); upstream must be asked") from error


def _day(citation: re.Match[str]) -> date | None:
    month, day, year = citation[3], citation[4], citation[5]
    if year is None:
        return None
    century = 0 if len(year) > len("99") else 1900 if int(year) >= FIRST_YEAR_OF_1900S else 2000
    return date(century + int(year), int(month), int(day))


def _footnotes(cells: Sequence[Cell], place: str) -> list[str]:
    """Footnote numbers, each once, in printed order; raises BadPayload where a mark is no number."""
    marks = [mark for cell in cells for mark in cell.marks]
    unknown = [mark for mark in marks if not FOOTNOTE.fullmatch(mark)]
    if unknown:
        raise BadPayload(f"{SOURCE.id}: {place} has footnote marks {unknown}, which are no numbers; extend _footnotes")
    return list(dict.fromkeys(code for mark in marks for code in re.findall(r"\d", mark)))


def _cell(cell: etree._Element) -> Cell:
    """Return a cell as printed: its lines and whole text without footnote marks, blanks collapsed; and every raised mark."""
    lines = tuple(" ".join(line.split()) for line in PREVIEW.sub("", _printed(cell)).split("\n"))
    marks = [" ".join(_whole(mark).split()) for mark in cell.iter("sup")] if len(cell) else []
    return Cell(lines, " ".join(filter(None, lines)), marks)


def _printed(cell: etree._Element) -> str:
    """Text in order, a line break for each `br`; most cells hold nothing but text."""
    return "".join(_pieces(cell)) if len(cell) else (cell.text or "").replace("\n", " ")


def _pieces(node: etree._Element) -> Iterator[str]:
    """Text in order: a line break for each `br`, nothing for a footnote mark."""
    yield (node.text or "").replace("\n", " ")
    for child in node:
        if child.tag == "br":
            yield "\n"
        elif isinstance(child.tag, str) and not (child.tag == "sup" and FOOTNOTE.fullmatch(_whole(child))):
            yield from _pieces(child)
        yield (child.tail or "").replace("\n", " ")


def _whole(node: etree._Element) -> str:
    return "".join(str(text) for text in node.itertext())
