"""The affiliations of one paper by position: three layouts, told by the fields present.

Know before editing:
- `author_index`: per author, indices into lists of institutions and countries (`;` between authors, `+` between one author's
  affiliations). Where the authors' profiles are the source (COLM, CoRL, AISTATS 2025) the order is not that of the authors, the number is.
  `listed_domain`: institutions with domains, for authors with a profile only (position k is not author k), no country.
  `listed_name`: institutions per paper, nothing else; a paper may print one twice.
- `author_index` drops what is blank from its index lists instead of leaving a gap (3 % of the papers). A list as long as the authors, or
  as the authors with a printed affiliation, is placed; any other list is misaligned: then the list that tells the country keeps its
  own order, institutions are null, and positions are filled up to the number of authors, so that no slot is lost.
- A list longer than the authors holds a semicolon inside a name, and nobody can tell which: that list is not read.
"""

from collections.abc import Iterator

from indicators.model import BadPayload, File
from indicators.sources._paperlists_names import author_names, cells, host, institution, unsigned
from indicators.sources._paperlists_venues import Paper, is_wanted

Words = list[str | None]
Slot = tuple[int | None, int | None, str | None, str | None, str | None, str | None]
"""slot, ordinal within it, institution, campus, domain, country."""

LAYOUTS = ("author_index", "listed_domain", "listed_name")
NO_SLOT: Slot = (None, None, None, None, None, None)
NO_COUNTRY = ("", "Unknown")


def layout_of(papers: list[Paper]) -> str:
    """Which of the three layouts the fields of a file make."""
    fields = set().union(*papers)
    if {"aff_unique_index", "aff_country_unique_index"} <= fields:
        return "author_index"
    return "listed_domain" if "aff_domain" in fields else "listed_name"


def slots(paper: Paper, layout: str, file: File) -> Iterator[Slot]:
    """The affiliations of a paper; one empty slot where it states none, was not accepted, or is no proceedings paper."""
    found: list[Slot] = []
    if is_wanted(paper):
        found = _author_slots(paper, file) if layout == "author_index" else _listed_slots(paper)
    authors = author_names(paper.get("author") or "") if found else []
    for position, ordinal, name, campus, domain, country in found or [NO_SLOT]:
        named, placed = (institution(text, authors) if text else None for text in (name, campus))
        yield position, ordinal, named, placed, unsigned(domain, authors), None if country in NO_COUNTRY else country


def _listed_slots(paper: Paper) -> list[Slot]:
    """Positions of a plain list; where institutions and domains differ in number, the domains keep their order and stay nameless."""
    authors = _author_count(paper)
    names: Words = [*_cells(paper, "aff", authors)]
    domains = [host(cell) for cell in _cells(paper, "aff_domain", authors)]
    size = max(len(names), len(domains))
    if domains and len(names) != len(domains):
        names = []
    pairs = zip(_filled(names, size), _filled(domains, size), strict=True)
    return [(position, 1, name, None, domain, None) for position, (name, domain) in enumerate(pairs, start=1)]


def _author_slots(paper: Paper, file: File) -> list[Slot]:
    """Positions of authors, with each affiliation's institution and country where the file's lists can be placed."""
    authors = _author_count(paper)
    printed = [position for position, cell in enumerate(_cells(paper, "aff")) if cell]
    stated = _picked(paper, "aff_country_unique", "aff_country_unique_index", file)
    named = _picked(paper, "aff_unique_norm", "aff_unique_index", file)
    if max(len(stated), len(named)) > authors:
        stated = named = []
    placed = _placed(stated, authors, printed)
    countries = placed if placed is not None else stated + [[]] * (authors - len(stated))
    names = _placed(named, authors, printed) if placed is not None else None
    campuses = _picked(paper, "aff_campus_unique", "aff_campus_unique_index", file)
    if names is None or list(map(len, campuses)) != list(map(len, names)):
        campuses = [[]] * len(countries)
    domains: list[Words] = [[host(part) for part in cell.split("+")] for cell in _cells(paper, "aff_domain")]
    if placed is None or len(domains) != authors:
        domains = [[]] * len(countries)
    rows = zip(names or [[]] * len(countries), campuses, domains, countries, strict=True)
    return [row for position, lists in enumerate(rows, start=1) for row in _affiliations(position, *lists)]


def _affiliations(position: int, names: Words, campuses: Words, domains: Words, countries: Words) -> list[Slot]:
    """One author's affiliations; where countries and institutions differ in number, none says which has which."""
    size = max(len(names), len(countries), 1)
    if countries and len(names) != len(countries):
        names, campuses = [], []
    if len(domains) != size:
        domains = []
    lists = zip(*(_filled(words, size) for words in (names, campuses, domains, countries)), strict=True)
    return [(position, ordinal, *words) for ordinal, words in enumerate(lists, start=1)]


def _author_count(paper: Paper) -> int:
    """The number of authors as the file states it; 0 where it does not."""
    stated = paper.get("author_num") or paper.get("authors#_avg") or 0
    return int(stated[0] if isinstance(stated, list) else stated)


def _picked(paper: Paper, list_key: str, index_key: str, file: File) -> list[Words]:
    """Per author, the entries that its indices name; raises BadPayload for an index outside its list."""
    index = paper.get(index_key) or ""
    if not index.strip("; +"):
        return []
    known = {number: entry or None for number, entry in enumerate(cells(paper.get(list_key) or ""))}
    try:
        return [[known[int(number)] for number in author.split("+") if number.strip()] for author in index.split(";")]
    except (ValueError, KeyError) as error:
        where = f"{file.name}, paper {paper['id']}"
        raise BadPayload(f"paperlists: {where}: {index_key} {index!r} points outside {list_key}; upstream must be asked") from error


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


def _cells(paper: Paper, key: str, most: int = 0) -> list[str]:
    """The cells of a list; none where all are blank, or where they are more than they can be."""
    found = cells(paper.get(key) or "")
    return found if any(found) and len(found) <= (most or len(found)) else []


def _filled(words: Words, size: int) -> Words:
    """Words with nulls up to a length."""
    return words + [None] * (size - len(words))
