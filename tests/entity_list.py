"""Small Entity Lists of our own, in the XML of the electronic CFR, read and built as the pipeline does."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from indicators.model import File
from indicators.sources import ecfr_entity_list
from indicators.sources.ecfr_entity_list import HEADERS
from indicators.tables.compute import entity_list_editions, entity_listings

REQUIREMENT = "For all items subject to the EAR. (See &#xA7; 744.11 of the EAR)"
CODES = pl.DataFrame(
    {name: ["China", "Ukraine", "Türkiye", "Hong Kong"] for name in ("official_name", "display_name", "un_short_name")}
    | {"iso3_code": ["CHN", "UKR", "TUR", "HKG"]}
)
ALIASES = pl.DataFrame({"alias": ["CRIMEA REGION OF UKRAINE"], "country_code": ["UKR"]})
DOCUMENTS = {
    "document_number": pl.String,
    "changes_entity_list": pl.Boolean,
    "adds_to_entity_list": pl.Boolean,
    "volume": pl.Int32,
    "start_page": pl.Int32,
    "end_page": pl.Int32,
    "publication_date": pl.Date,
}
COPIES = {"source_id": pl.String, "sha256": pl.String, "defect_code": pl.String, "reason": pl.String}


class Built(NamedTuple):
    """The two tables made from some editions."""

    editions: pl.DataFrame
    listings: pl.DataFrame


def row(entity: str, country: str = " ", requirement: str = REQUIREMENT, policy: str = "", citation: str = "84 FR 22963, 5/21/19.") -> str:
    """One table row with its five cells."""
    return "<TR>" + "".join(f'<TD class="left">{cell}</TD>' for cell in (country, entity, requirement, policy, citation)) + "</TR>"


def entry(name: str, country: str = "CHINA", citation: str = "84 FR 22963, 5/21/19.") -> str:
    """One entry under its own heading."""
    return row(name, country, citation=citation)


def document(*rows: str, supplement: str = "Supplement No. 4 to Part 744", headers: tuple[str, ...] = HEADERS) -> bytes:
    """A whole answer with these rows."""
    head = "".join(f"<TH>{header}</TH>" for header in headers)
    table = f"<TABLE><THEAD><TR>{head}</TR></THEAD><TBODY>{''.join(rows)}</TBODY></TABLE>"
    return f'<?xml version="1.0"?><DIV5 N="744"><DIV9 N="{supplement}" TYPE="APPENDIX"><HEAD/>{table}</DIV9></DIV5>'.encode()


def control_documents(*documents: Mapping[str, Any]) -> pl.DataFrame:
    """Documents of our own; what is not given is of 84 FR, adds to the list, and has no pages."""
    flags, pages = dict.fromkeys(("changes_entity_list", "adds_to_entity_list"), True), dict.fromkeys(("start_page", "end_page"))
    usual = flags | pages | {"volume": 84, "publication_date": date(2019, 5, 21)}
    return pl.DataFrame([{name: (usual | dict(one))[name] for name in DOCUMENTS} for one in documents], schema=DOCUMENTS)


def built(editions: Mapping[str, Sequence[str]], documents: pl.DataFrame | None = None, survivors: Sequence[str] = ()) -> Built:
    """Both tables from rows by day, the last day newest; days in `survivors` are known copies made of survivors."""
    payloads = {name: document(*editions[day]) for day in editions for name in [file_name(day, max(editions))]}
    listed = [ecfr_entity_list.parse(payload, File(name, "")).with_columns(file_name=pl.lit(name)) for name, payload in payloads.items()]
    hashes = [hashlib.sha256(payload).hexdigest() for payload in payloads.values()]
    known = [hashlib.sha256(document(*editions[day])).hexdigest() for day in survivors]
    copies = [{"source_id": "ecfr_entity_list", "sha256": one, "defect_code": "survivors_only", "reason": "known"} for one in known]
    provenance = pl.DataFrame({"file_name": list(payloads), "sha256": hashes, "as_of_date": map(date.fromisoformat, editions)})
    return tables(pl.concat(listed), provenance.with_columns(source_id=pl.lit("ecfr_entity_list")), documents, copies)


def tables(listed: pl.DataFrame, provenance: pl.DataFrame, documents: pl.DataFrame | None, copies: Sequence[Mapping[str, str]]) -> Built:
    """Both tables from rows as parsed and the files they came from, each held to its contract."""
    known = pl.DataFrame(copies, schema=COPIES)
    editions = entity_list_editions.TABLE.conform(entity_list_editions.build(listed, provenance, CODES, ALIASES, known))
    found = control_documents() if documents is None else documents
    return Built(editions, entity_listings.TABLE.conform(entity_listings.build(listed, editions, found, CODES, ALIASES)))


def file_name(day: str, newest: str) -> str:
    """The file of an edition: the newest has a name of its own."""
    return "title-15.xml" if day == newest else f"title-15-{day}.xml"
