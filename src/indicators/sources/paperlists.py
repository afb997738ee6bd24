"""Paper Copilot's lists of conference papers, read for one thing only: where the authors of accepted papers work.

Know before editing:
- No licence is stated and the files name people: titles, abstracts, authors, account ids, addresses and job titles are never read,
  and a paper that was not accepted is counted without its affiliations. Nothing but aggregates may leave the project.
- Three layouts, told by the fields present. `author_index`: per author, indices into lists of institutions and countries
  (`;` between authors, `+` between one author's affiliations). `listed_domain`: institutions with domains, for authors with a profile
  only (position k is not author k), no country. `listed_name`: institutions per paper, nothing else.
- `author_index` drops what is blank from its index lists instead of leaving a gap (3 % of the papers). A list as long as the authors, or
  as the authors with a printed affiliation, is placed; any other list is misaligned: then the list that tells the country keeps its
  own order, institutions are null, and positions are filled up to the number of authors, so that no slot is lost.
- A row without the field `aff` comes from the conference site alone: a second entry of a proceedings paper under another title,
  a prize lecture, a journal paper shown as a poster (37 at ICML 2023). A row without a status is the proceedings' half of such a pair.
  `is_in_proceedings` keeps one of each pair; with it the counts are the official ones (NeurIPS 2017: 679, ICML 2023: 1,828).
- `domain` is an e-mail domain: of the author, so it is null where one author has several affiliations. Some are a person's own, or hold
  what is left of a local part; so a domain stands whole only where it is academic, governmental or shared, else its last label stands.
- A semicolon may end an HTML entity, so entities are resolved before a cell is split.
"""

import html
import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._csv import require_unique, require_words

VENUES = {"nips": "neurips", "icml": "icml", "iclr": "iclr"}
ACCEPTED = ("Poster", "Spotlight", "Oral")
STATUSES = {
    "neurips": (*ACCEPTED, "Reject"),
    "icml": ACCEPTED,
    "iclr": (*ACCEPTED, "Reject", "Withdraw", "Desk Reject"),
}
TRACKS = ("main", "Datasets & Benchmarks")
LAYOUTS = ("author_index", "listed_domain", "listed_name")
READ = (
    "id", "status", "track", "pdf", "aff", "aff_domain", "author_num", "aff_unique_index", "aff_unique_norm", "aff_campus_unique",
    "aff_campus_unique_index", "aff_country_unique", "aff_country_unique_index",
)  # fmt: skip
IGNORED = (
    "abstract", "aff_unique_abbr", "aff_unique_dep", "aff_unique_url", "author", "author_site", "authorids", "authors#_avg", "bibtex",
    "confidence", "confidence_avg", "corr_rating_confidence", "corr_rating_correctness", "correctness", "correctness_avg", "email",
    "empirical_novelty", "empirical_novelty_avg", "github", "gs_citation", "gs_cited_by_link", "gs_version_total", "keywords", "metadata",
    "metareview", "oa", "openreview", "or", "pdf_size", "position", "poster", "presentation", "presentation_avg", "primary_area",
    "proceeding", "project", "rating", "rating_avg", "replies_avg", "review", "site", "slides", "supp", "technical_novelty",
    "technical_novelty_avg", "title", "title_site", "video",
)  # fmt: skip
NO_INSTITUTION = re.compile(r"not provided.*|none|unknown (institution|university)|university affiliation( not specified)?"
                            r"|institution (not specified|name not provided)", re.IGNORECASE)  # fmt: skip
NO_COUNTRY = ("", "Unknown")
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|amp|quot|apos|lt|gt|nbsp);", re.IGNORECASE)
HOST = re.compile(r"(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}")
INSTITUTIONAL_HOST = re.compile(r".*\.(?:edu|gov|mil|int)|.*\.(?:ac|edu|gov)\.[a-z]{2}")
MAILBOX_HOST = re.compile(r"(?:web|gmx)\.de|gmx\.at|mail\.ru|yahoo\.co\.jp|yahoo\.com\.cn")
"""Providers under a country's domain: kept whole, so that they can be told from that country's institutions."""
SHARED_BY_PAPERS = 5
"""Papers of one edition that carry a domain before it is taken for an institution's and not for a person's."""
EDITION = re.compile(r"([a-z]+)(\d{4})\.json")
EDITIONS = (
    *(f"nips{year}" for year in (*range(1987, 2019), 2021)),
    *(f"icml{year}" for year in (*range(2013, 2020), 2023, 2024)),
    *(f"iclr{year}" for year in (2021, 2022)),
)
RAW = "https://raw.githubusercontent.com/papercopilot/paperlists/main"

SOURCE = Source(
    id="paperlists",
    title="Papers of NeurIPS, ICML and ICLR with affiliations",
    publisher="Paper Copilot",
    homepage="https://github.com/papercopilot/paperlists",
    license="none stated",
    redistribution="aggregates_only",
    attribution="Paper Copilot, papercopilot/paperlists; only counts over papers are published",
    cadence=timedelta(days=30),
    files=tuple(File(f"{edition}.json", f"{RAW}/{edition[:4]}/{edition}.json") for edition in EDITIONS),
    schema={
        "paper_id": pl.String,
        "venue_code": pl.String,
        "year": pl.Int32,
        "layout_code": pl.String,
        "status": pl.String,
        "track": pl.String,
        "is_in_proceedings": pl.Boolean,
        "slot": pl.Int32,
        "ordinal": pl.Int32,
        "institution_name": pl.String,
        "campus_name": pl.String,
        "domain": pl.String,
        "country_name": pl.String,
    },
    max_bytes=80_000_000,
)

Paper = dict[str, Any]
Words = list[str | None]
Slot = tuple[int | None, int | None, str | None, str | None, str | None, str | None]
"""slot, ordinal within it, institution, campus, domain, country."""

NO_SLOT: Slot = (None, None, None, None, None, None)


def parse(payload: bytes, file: File) -> pl.DataFrame:
    """Return one row per accepted paper, author position and affiliation, and one row for any other paper.

    `slot` is the author's position, or the position in the file's list where that names no authors; null where nothing is stated.
    """
    venue, year = _edition(file)
    papers = _papers(payload, file)
    layout = _layout(papers)
    rows = [
        (paper["id"], venue, year, layout, paper.get("status"), paper.get("track"), _is_in_proceedings(paper), *slot)
        for paper in papers
        for slot in _slots(paper, layout, file)
    ]
    frame = pl.DataFrame(rows, schema=SOURCE.schema, orient="row")
    require_unique(pl.DataFrame({"id": [paper["id"] for paper in papers]}), "id", f"{SOURCE.id}: {file.name}")
    require_words(frame, "status", STATUSES[venue], f"{SOURCE.id}: {file.name}")
    require_words(frame, "track", TRACKS, f"{SOURCE.id}: {file.name}")
    return frame.with_columns(domain=_impersonal())


def _impersonal() -> pl.Expr:
    """The domain where it is institutional or shared, else its last label, which still tells the country."""
    papers = pl.col("paper_id").n_unique().over("domain")
    is_kept = pl.col("domain").str.contains(rf"^(?:{INSTITUTIONAL_HOST.pattern}|{MAILBOX_HOST.pattern})$") | (papers >= SHARED_BY_PAPERS)
    return pl.when(is_kept).then("domain").otherwise(pl.col("domain").str.split(".").list.last())


def _edition(file: File) -> tuple[str, int]:
    """Venue in our words and year, from the name of the file."""
    found = EDITION.fullmatch(file.name)
    if not found or found[1] not in VENUES:
        raise BadPayload(f"{SOURCE.id}: {file.name!r} names no known venue and year; known venues: {list(VENUES)}; add it to VENUES")
    return VENUES[found[1]], int(found[2])


def _papers(payload: bytes, file: File) -> list[Paper]:
    """The papers of a file, once each has an id and no field that nobody knows."""
    try:
        papers = json.loads(payload)
    except ValueError as error:
        raise BadPayload(f"{SOURCE.id}: {file.name} is not readable JSON ({error}); look at the newest snapshot") from error
    if not isinstance(papers, list) or not papers or not all(isinstance(paper, dict) for paper in papers):
        raise BadPayload(f"{SOURCE.id}: {file.name} is not a filled list of papers; look at the newest snapshot")
    unknown = sorted(set().union(*papers) - set(READ) - set(IGNORED))
    if unknown:
        raise BadPayload(f"{SOURCE.id}: {file.name} has unknown fields {unknown}; add each to READ or, if it is not needed, to IGNORED")
    odd = [paper for paper in papers if not all(isinstance(paper.get(key), str | None) for key in READ if key != "author_num")]
    if odd or not all(isinstance(paper.get("id"), str) for paper in papers):
        raise BadPayload(f"{SOURCE.id}: {file.name} has {len(odd)} papers whose cells are not text, or papers without an id; adapt _papers")
    return papers


def _layout(papers: list[Paper]) -> str:
    """Which of the three layouts the fields of a file make."""
    fields = set().union(*papers)
    if {"author_num", "aff_unique_index", "aff_country_unique_index"} <= fields:
        return "author_index"
    return "listed_domain" if "aff_domain" in fields else "listed_name"


def _is_in_proceedings(paper: Paper) -> bool:
    """True for the one row of a paper that the proceedings know; without a status, only its PDF proves it."""
    return "aff" in paper and bool(paper.get("status") or paper.get("pdf"))


def _slots(paper: Paper, layout: str, file: File) -> Iterator[Slot]:
    """The affiliations of a paper; one empty slot where it states none, was not accepted, or is no proceedings paper."""
    is_wanted = _is_in_proceedings(paper) and paper.get("status") in (*ACCEPTED, None)
    found = (_author_slots(paper, file) if layout == "author_index" else _listed_slots(paper)) if is_wanted else []
    yield from found or [NO_SLOT]


def _listed_slots(paper: Paper) -> list[Slot]:
    """Positions of a plain list; where institutions and domains differ in number, the domains keep their order and stay nameless."""
    names, domains = [_institution(cell) for cell in _cells(paper, "aff")], [_host(cell) for cell in _cells(paper, "aff_domain")]
    size = max(len(names), len(domains))
    if domains and len(names) != len(domains):
        names = []
    pairs = zip(_filled(names, size), _filled(domains, size), strict=True)
    return [(position, 1, name, None, domain, None) for position, (name, domain) in enumerate(pairs, start=1)]


def _author_slots(paper: Paper, file: File) -> list[Slot]:
    """Positions of authors, with each affiliation's institution and country where the file's lists can be placed."""
    authors = paper.get("author_num") or 0
    printed = [position for position, cell in enumerate(_cells(paper, "aff")) if cell]
    stated = _picked(paper, "aff_country_unique", "aff_country_unique_index", file)
    placed = _placed(stated, authors, printed)
    countries = placed if placed is not None else stated + [[]] * (authors - len(stated))
    names = _placed(_picked(paper, "aff_unique_norm", "aff_unique_index", file), authors, printed) if placed is not None else None
    campuses = _picked(paper, "aff_campus_unique", "aff_campus_unique_index", file)
    if names is None or list(map(len, campuses)) != list(map(len, names)):
        campuses = [[]] * len(countries)
    domains = [_host(cell) for cell in _cells(paper, "aff_domain")]
    if placed is None or len(domains) != authors:
        domains = [None] * len(countries)
    slots = zip(names or [[]] * len(countries), campuses, domains, countries, strict=True)
    return [row for position, slot in enumerate(slots, start=1) for row in _affiliations(position, *slot)]


def _affiliations(position: int, names: Words, campuses: Words, domain: str | None, countries: Words) -> list[Slot]:
    """One author's affiliations; where countries and institutions differ in number, none says which has which."""
    size = max(len(names), len(countries), 1)
    if countries and len(names) != len(countries):
        names, campuses = [], []
    affiliations = zip(_filled(names, size), _filled(campuses, size), _filled(countries, size), strict=True)
    return [
        (position, ordinal, _institution(name or ""), campus, domain if size == 1 else None, None if country in NO_COUNTRY else country)
        for ordinal, (name, campus, country) in enumerate(affiliations, start=1)
    ]


def _picked(paper: Paper, list_key: str, index_key: str, file: File) -> list[Words]:
    """Per author, the entries that its indices name; raises BadPayload for an index outside its list."""
    index = paper.get(index_key) or ""
    if not index.strip("; +"):
        return []
    known = [entry.strip() or None for entry in (paper.get(list_key) or "").split(";")]
    try:
        return [[known[int(number)] for number in author.split("+") if number.strip()] for author in index.split(";")]
    except (ValueError, IndexError) as error:
        where = f"{file.name}, paper {paper['id']}"
        raise BadPayload(f"{SOURCE.id}: {where}: {index_key} {index!r} points outside {list_key}; upstream must be asked") from error


def _placed(values: list[Words], authors: int, printed: list[int]) -> list[Words] | None:
    """Values by author position; None where their number fits neither the authors nor those with a printed affiliation."""
    if not values:
        return [[] for _ in range(authors)]
    if len(values) == authors:
        return values
    if len(values) != len(printed):
        return None
    by_position = dict(zip(printed, values, strict=True))
    return [by_position.get(position, []) for position in range(authors)]


def _cells(paper: Paper, key: str) -> list[str]:
    """The cells of a list written with semicolons; none where all are blank."""
    text = paper.get(key) or ""
    if "&" in text:
        text = ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    cells = [unicodedata.normalize("NFKC", cell).strip() for cell in text.split(";")]
    return cells if any(cells) else []


def _filled(words: Words, size: int) -> Words:
    """Words with nulls up to a length."""
    return words + [None] * (size - len(words))


def _institution(cell: str) -> str | None:
    """An institution as printed; null for a blank, a placeholder, and any cell with an address in it."""
    return None if not cell or "@" in cell or NO_INSTITUTION.fullmatch(cell) else cell


def _host(cell: str) -> str | None:
    """A well-formed host name in lower case; null for anything else."""
    host = cell.lower().removeprefix("@")
    return host if HOST.fullmatch(host) else None
