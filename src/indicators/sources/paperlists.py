"""Paper Copilot's lists of conference papers, read for one thing only: where the authors of accepted papers work.

Know before editing:
- No licence is stated and the files name people: abstracts, account ids, addresses and job titles are never read, authors and titles
  only to keep names out (`_paperlists_names`) and to make an id, and a paper that was not accepted is counted without its affiliations.
  Nothing but aggregates may leave the project.
- Editions and the words of each conference: `_paperlists_venues`. Layouts: `_paperlists_slots`. What a cell names: `_paperlists_names`.
- A row without the field `aff` comes from the conference site alone: a second entry of a proceedings paper under another title, an oral
  once more as a poster (50 at ICCV 2015), a prize lecture, a journal paper shown as a poster (37 at ICML 2023). A row without a status is
  the proceedings' half of such a pair. `is_in_proceedings` keeps one of each pair; with it the counts are the official ones
  (NeurIPS 2017: 679, ICML 2023: 1,828, ICCV 2015: 526). A PDF proves the proceedings even without `aff` (6 at CVPR 2023).
- Vision conferences state no id. Upstream's own id, where it has none of the conference, is the beginning of the title's MD5: so is ours.
- `domain` is an e-mail domain, so it is null where one author has several affiliations and not as many domains. Some are a person's own,
  or hold what is left of a local part; so a domain stands whole only where it is academic, governmental or shared, and spells no author's
  name; else its last label stands.
"""

import hashlib
import json
from datetime import timedelta

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._csv import require_words
from indicators.sources._paperlists_slots import LAYOUTS, layout_of, slots
from indicators.sources._paperlists_venues import EDITIONS, STATUSES, TRACKS, Paper, edition, is_in_proceedings, track

__all__ = ["LAYOUTS", "SOURCE", "parse"]

READ = (
    "id", "status", "track", "pdf", "aff", "aff_domain", "author", "author_num", "authors#_avg", "aff_unique_index", "aff_unique_norm",
    "aff_campus_unique", "aff_campus_unique_index", "aff_country_unique", "aff_country_unique_index", "title",
)  # fmt: skip
NUMBERS = ("author_num", "authors#_avg")
IGNORED = (
    "abstract", "aff_unique_abbr", "aff_unique_dep", "aff_unique_url", "arxiv", "author_site", "authorids", "bibtex", "confidence",
    "confidence_avg", "corr_rating_confidence", "corr_rating_correctness", "correctness", "correctness_avg", "dblp", "doi", "email",
    "empirical_novelty", "empirical_novelty_avg", "excitement", "excitement_avg", "gender", "github", "google_scholar", "gs_citation",
    "gs_cited_by_link", "gs_version_total", "homepage", "keywords", "linkedin", "metadata", "metareview", "oa", "openreview", "or",
    "or_profile", "orcid", "pdf_size", "pid", "position", "poster", "presentation", "presentation_avg", "primary_area", "proceeding",
    "project", "rating", "rating_avg", "replies_avg", "reproducibility", "reproducibility_avg", "review", "reviewers", "session", "site",
    "slides", "supp", "supplementary_material", "technical_novelty", "technical_novelty_avg", "title_site", "tldr", "video", "wc_review",
    "wc_review_avg", "youtube",
)  # fmt: skip
INSTITUTIONAL_HOST = r".*\.(?:edu|gov|mil|int)|.*\.(?:ac|edu|gov)\.[a-z]{2}"
MAILBOX_HOST = r"(?:web|gmx)\.de|gmx\.at|mail\.ru|yahoo\.co\.jp|yahoo\.com\.cn"
"""Providers under a country's domain: kept whole, so that they can be told from that country's institutions."""
SHARED_BY_PAPERS = 5
"""Papers of one edition that carry a domain before it is taken for an institution's and not for a person's."""
RAW = "https://raw.githubusercontent.com/papercopilot/paperlists/main"

SOURCE = Source(
    id="paperlists",
    title="Papers of AI conferences with affiliations",
    publisher="Paper Copilot",
    homepage="https://github.com/papercopilot/paperlists",
    license="none stated",
    redistribution="aggregates_only",
    attribution="Paper Copilot, papercopilot/paperlists; only counts over papers are published",
    cadence=timedelta(days=30),
    files=tuple(File(f"{name}.json", f"{RAW}/{name[:-4]}/{name}.json") for name in EDITIONS),
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


def parse(payload: bytes, file: File) -> pl.DataFrame:
    """Return one row per accepted paper, author position and affiliation, and one row for any other paper.

    `slot` is the author's position, or the position in the file's list where that names no authors; null where nothing is stated.
    """
    venue, year = edition(file, SOURCE.id)
    papers = _papers(payload, file)
    layout = layout_of(papers)
    rows = [
        (paper["id"], venue, year, layout, paper.get("status"), track(paper, venue, year), is_in_proceedings(paper), *slot)
        for paper in papers
        for slot in slots(paper, layout, file)
    ]
    frame = pl.DataFrame(rows, schema=SOURCE.schema, orient="row")
    require_words(frame, "status", STATUSES[venue], f"{SOURCE.id}: {file.name}")
    require_words(frame, "track", ("main", *TRACKS.get(venue, ())), f"{SOURCE.id}: {file.name}")
    return frame.with_columns(domain=_impersonal())


def _impersonal() -> pl.Expr:
    """The domain where it is institutional or shared, else its last label, which still tells the country."""
    papers = pl.col("paper_id").n_unique().over("domain")
    is_kept = pl.col("domain").str.contains(rf"^(?:{INSTITUTIONAL_HOST}|{MAILBOX_HOST})$") | (papers >= SHARED_BY_PAPERS)
    return pl.when(is_kept).then("domain").otherwise(pl.col("domain").str.split(".").list.last())


def _papers(payload: bytes, file: File) -> list[Paper]:
    """The papers of a file, each with an id and no field that nobody knows; what stands there twice word for word stands once."""
    papers = _listed(payload, file)
    unknown = sorted(set().union(*papers) - set(READ) - set(IGNORED))
    if unknown:
        raise BadPayload(f"{SOURCE.id}: {file.name} has unknown fields {unknown}; add each to READ or, if it is not needed, to IGNORED")
    texts = [key for key in READ if key not in NUMBERS]
    odd = sum(not all(isinstance(paper.get(key), str | None) for key in texts) for paper in papers)
    if odd or not all(paper.get("id") or paper.get("title") for paper in papers):
        raise BadPayload(
            f"{SOURCE.id}: {file.name} has {odd} papers whose cells are not text, or papers without id and title; adapt _papers"
        )
    by_id: dict[str, Paper] = {}
    for paper in papers:
        paper["id"] = paper.get("id") or _digest(paper["title"])
        if by_id.setdefault(paper["id"], paper) != paper:
            raise BadPayload(f"{SOURCE.id}: {file.name}: key 'id' repeats for {paper['id']!r}, two papers; upstream must be asked")
    return list(by_id.values())


def _listed(payload: bytes, file: File) -> list[Paper]:
    """The rows of a file as upstream wrote them."""
    try:
        papers = json.loads(payload)
    except ValueError as error:
        raise BadPayload(f"{SOURCE.id}: {file.name} is not readable JSON ({error}); look at the newest snapshot") from error
    if not isinstance(papers, list) or not papers or not all(isinstance(paper, dict) for paper in papers):
        raise BadPayload(f"{SOURCE.id}: {file.name} is not a filled list of papers; look at the newest snapshot")
    return papers


def _digest(title: str) -> str:
    """Upstream's way to an id: the beginning of the title's MD5."""
    return hashlib.md5(title.encode(), usedforsecurity=False).hexdigest()[:10]
