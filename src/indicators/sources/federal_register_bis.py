"""Rules of the US Bureau of Industry and Security in the Federal Register, as its API lists them, a hundred a page.

Know before editing:
- The agency's slug is `industry-and-security-bureau`; another word may answer with nothing. `conditions[term]` joins its words with AND,
  and a search for a page finds documents that cite it: every rule is fetched, and told apart here.
- A short first answer says how many pages there are; each is then asked for by its number and falls back alone. Oldest first, so
  that a new rule moves none of them. `next_page_url` is checked and not followed: no address of the server's choosing is asked.
- Publication, effective and compliance days differ (Huawei: in effect on 2019-05-16, published on 2019-05-21). A blank is unknown.
- Measures without a document (letters, announcements not to enforce) are not here.
- The abstract is prose: `_stated_counts` reads its numbers, and the words are dropped.
- Some networks are sent to a page for people on another host; the transport refuses that, and `parse` refuses whatever is no JSON.
"""

import json
import re
from datetime import date, timedelta
from math import ceil
from typing import Any
from urllib.parse import parse_qs, urlsplit

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._stated_counts import stated_counts

HOST = "www.federalregister.gov"
PATHS = ("/api/v1/documents", "/api/v1/documents.json")
PER_PAGE = 100
FIELDS = (
    "document_number", "title", "abstract", "type", "citation", "volume", "start_page", "end_page", "publication_date", "effective_on",
    "cfr_references", "html_url", "raw_text_url",
)  # fmt: skip
ENVELOPE = ("count", "description", "total_pages", "next_page_url", "previous_page_url", "results")
CFR_KEYS = ("title", "part", "chapter", "citation_url")
DOCUMENT_TYPE = "Rule"
PAGE_NAME = re.compile(r"documents_page(\d+)\.json")
CONDITIONS = "conditions[agencies][]=industry-and-security-bureau&conditions[type][]=RULE&conditions[publication_date][gte]=2018-01-01"
ADDRESS = f"https://{HOST}/api/v1/documents.json?{CONDITIONS}&order=oldest&per_page={PER_PAGE}"
Fields = dict[str, Any]


def page_file(page: int) -> File:
    """The file that holds one page of the documents."""
    return File(f"documents_page{page}.json", f"{ADDRESS}&page={page}{''.join(f'&fields[]={name}' for name in FIELDS)}")


def follow(payload: bytes, file: File) -> tuple[File, ...]:
    """Return every page that the first answer promises; raises BadPayload where the pages lie elsewhere."""
    if file.is_data:
        return ()
    answer = _answer(payload)
    count, pages, url = answer["count"], answer["total_pages"], answer.get("next_page_url")
    if pages < 1 or pages != ceil(count / PER_PAGE) or not (_is_second_page(url) if pages > 1 else url is None):
        told = f"{count} documents on {pages} pages, the next at {url}; expected {PER_PAGE} a page at https://{HOST}{PATHS[0]}"
        raise _bad(file, told)
    return tuple(page_file(page) for page in range(1, pages + 1))


def _is_second_page(url: object) -> bool:
    """Whether an address is that of the second page, on the host and path we ask."""
    parts = urlsplit(str(url))
    return (parts.scheme, parts.netloc) == ("https", HOST) and parts.path in PATHS and parse_qs(parts.query).get("page") == ["2"]


SOURCE = Source(
    id="federal_register_bis",
    title="Federal Register rules of the Bureau of Industry and Security",
    publisher="Office of the Federal Register, US National Archives and Records Administration",
    homepage="https://www.federalregister.gov/agencies/industry-and-security-bureau",
    license="US-public-domain",
    redistribution="open",
    attribution="Federal Register, rules of the Bureau of Industry and Security, federalregister.gov API v1 (public domain)",
    cadence=timedelta(days=1),
    files=(File("documents.json", f"{ADDRESS}&page=1&fields[]=document_number", is_data=False),),
    schema={
        "document_number": pl.String,
        "title": pl.String,
        "document_type": pl.String,
        "citation": pl.String,
        "volume": pl.Int32,
        "start_page": pl.Int32,
        "end_page": pl.Int32,
        "publication_date": pl.Date,
        "effective_date": pl.Date,
        "cfr_references": pl.List(pl.String),
        "url": pl.String,
        "stated_entities_added": pl.Int32,
        "stated_entries_added": pl.Int32,
        "stated_china_entries_added": pl.Int32,
        "stated_entities_removed": pl.Int32,
        "page": pl.Int32,
        "stated_pages": pl.Int32,
        "stated_documents": pl.Int32,
    },
    max_bytes=5_000_000,
    follow=follow,
)


def parse(payload: bytes, file: File) -> pl.DataFrame:
    """Return one row per rule of one page, in the order of the answer, with the page and what the answer says of the whole."""
    answer, page = _answer(payload), _page(file)
    _require_whole(answer, page, file)
    whole = {"page": page, "stated_pages": answer["total_pages"], "stated_documents": answer["count"]}
    try:
        rows = [_document(fields) | whole for fields in answer["results"]]
        frame = pl.DataFrame(rows, schema=dict(SOURCE.schema))
    except (TypeError, ValueError, AttributeError, pl.exceptions.PolarsError) as error:
        raise _bad(file, f"a document does not fit its columns ({error})") from error
    if frame["document_number"].is_duplicated().any() or not frame["publication_date"].is_sorted():
        raise _bad(file, "document numbers repeat, or days do not run from the oldest on")
    return frame


def _answer(payload: bytes) -> Fields:
    """The answer as JSON, with its parts all known."""
    try:
        answer: Fields = json.loads(payload)
    except ValueError as error:
        raise BadPayload(f"{SOURCE.id}: not JSON ({error}); look at the newest snapshot") from error
    parts = sorted(answer) if isinstance(answer, dict) else [type(answer).__name__]
    if not {"count", "total_pages", "results"} <= set(parts) <= set(ENVELOPE):
        raise BadPayload(f"{SOURCE.id}: the answer has {parts}, known are {list(ENVELOPE)}; read the API's notes, then adapt ENVELOPE")
    if not all(type(answer[name]) is int for name in ("count", "total_pages")) or not isinstance(answer["results"], list):
        raise BadPayload(f"{SOURCE.id}: count, total_pages or results are of another kind than before; look at the newest snapshot")
    return answer


def _page(file: File) -> int:
    found = PAGE_NAME.fullmatch(file.name)
    if not found:
        raise BadPayload(f"{SOURCE.id}: {file.name!r} is no page of the answer; name it documents_page<number>.json")
    return int(found[1])


def _require_whole(answer: Fields, page: int, file: File) -> None:
    """Raise BadPayload unless the page holds as many documents as the answer's count leaves for it."""
    count, pages, size = answer["count"], answer["total_pages"], len(answer["results"])
    expected = min(PER_PAGE, count - PER_PAGE * (page - 1))
    if pages != ceil(count / PER_PAGE) or expected < 1 or size != expected:
        raise _bad(file, f"page {page} of {pages} holds {size} of {count} documents, {max(expected, 0)} were promised")


def _document(fields: Fields) -> Fields:
    """One document in our words; raises BadPayload where a field is gone, unknown, or of a kind that is not asked for."""
    number = fields.get("document_number")
    if set(fields) != set(FIELDS):
        missing, unknown = sorted(set(FIELDS) - set(fields)), sorted(set(fields) - set(FIELDS))
        raise BadPayload(f"{SOURCE.id}: document {number} lacks {missing} and has unknown {unknown}; adapt FIELDS and the address")
    if fields["type"] != DOCUMENT_TYPE:
        raise BadPayload(f"{SOURCE.id}: document {number} is a {fields['type']!r}, only {DOCUMENT_TYPE!r} is asked for; check the address")
    stated = stated_counts(fields["abstract"])
    kept = ("document_number", "citation", "volume", "start_page", "end_page")
    return {name: fields[name] for name in kept} | {
        "title": " ".join(fields["title"].split()),
        "document_type": fields["type"],
        "publication_date": date.fromisoformat(fields["publication_date"]),
        "effective_date": date.fromisoformat(fields["effective_on"]) if fields["effective_on"] else None,
        "cfr_references": _cfr(fields["cfr_references"]),
        "url": fields["html_url"],
        "stated_entities_added": stated.entities_added,
        "stated_entries_added": stated.entries_added,
        "stated_china_entries_added": stated.china_entries_added,
        "stated_entities_removed": stated.entities_removed,
    }


def _cfr(references: list[Fields] | None) -> list[str] | None:
    """Parts of the Code of Federal Regulations as `15 CFR 744`; null where none is stated."""
    unknown = sorted({name for reference in references or () for name in reference} - set(CFR_KEYS))
    if unknown:
        raise BadPayload(f"{SOURCE.id}: cfr_references has unknown {unknown}; read the API's notes, then adapt CFR_KEYS")
    return [" ".join(f"{it['title']} CFR {it.get('part') or ''}".split()) for it in references] if references else None


def _bad(file: File, told: str) -> BadPayload:
    return BadPayload(f"{SOURCE.id}: {file.name}: {told}; open {file.url}")
