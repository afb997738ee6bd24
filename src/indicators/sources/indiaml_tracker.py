"""IndiaML Tracker's country counts of accepted papers: an independent route to the papers of five conference years.

Know before editing:
- Only the five `*-analytics.json` files are fetched. The files beside them name authors and are never asked for, and of these five the
  part on India (titles, names, institutions), the texts, the colours and the credits are not read.
- A label stands for an author position's one country: `paper_count` counts the papers with at least one such position, `author_count`
  the positions. The second is no count of persons: summed, it exceeds the stated authors by a third.
- Labels are printed as they come: `GB` beside `UK`, `US` beside `USA`, names (`South Korea`), several in one (`US, DE`, `AU; SG`), `UNK`,
  and last labels of domains (`AI`, `IO`). `NA` is Namibia. Their meaning is for the tables.
- A paper with two labels counts under each, so labels of one country must not be summed to papers.
"""

import json
import re
from datetime import timedelta
from typing import Any

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._csv import require_unique

VENUES = {"ICLR": "iclr", "ICML": "icml", "NeurIPS": "neurips"}
TRACK = "Conference"
UNKNOWN = "UNK"
PARTS = ("conferenceInfo", "globalStats", "focusCountry", "configuration", "credits")
CONFERENCE = ("name", "year", "track", "totalAcceptedPapers", "totalAcceptedAuthors")
COUNTRY = ("affiliation_country", "paper_count", "author_count", "spotlights", "orals")
LABEL = re.compile(r"[A-Z][A-Za-z]*(?:[ ,;]+[A-Z][A-Za-z]*)*")
EDITIONS = ("iclr-2024", "iclr-2025", "icml-2024", "icml-2025", "neurips-2024")
RAW = "https://raw.githubusercontent.com/Lossfunk/indiaml-tracker/main/ui/indiaml-tracker/public/tracker"

SOURCE = Source(
    id="indiaml_tracker",
    title="IndiaML Tracker: accepted papers by country",
    publisher="Lossfunk",
    homepage="https://github.com/Lossfunk/indiaml-tracker",
    license="MIT",
    redistribution="open",
    attribution="Lossfunk, IndiaML Tracker, MIT License",
    cadence=timedelta(days=90),
    files=tuple(File(f"{edition}-analytics.json", f"{RAW}/{edition}-analytics.json") for edition in EDITIONS),
    schema={
        "venue_code": pl.String,
        "year": pl.Int32,
        "accepted_papers": pl.Int32,
        "stated_authors": pl.Int32,
        "country_label": pl.String,
        "paper_count": pl.Int32,
        "author_slot_count": pl.Int32,
    },
    max_bytes=2_000_000,
)


def parse(payload: bytes, file: File) -> pl.DataFrame:
    """Return one row per country label of one conference year: papers and author positions, as counted upstream."""
    document = _record(_document(payload, file), PARTS, file)
    conference = _conference(document["conferenceInfo"], file)
    listed = _record(document["globalStats"], ("countries",), file)["countries"]
    if not isinstance(listed, list) or not listed:
        raise BadPayload(f"{SOURCE.id}: {file.name} lists no countries; look at the newest snapshot")
    rows = [(*conference, *_country(entry, file)) for entry in listed]
    frame = pl.DataFrame(rows, schema=SOURCE.schema, orient="row")
    require_unique(frame, "country_label", f"{SOURCE.id}: {file.name}")
    _require_sums(frame, file)
    return frame


def _document(payload: bytes, file: File) -> Any:
    try:
        return json.loads(payload)
    except ValueError as error:
        raise BadPayload(f"{SOURCE.id}: {file.name} is not readable JSON ({error}); look at the newest snapshot") from error


def _record(value: Any, names: tuple[str, ...], file: File) -> dict[str, Any]:
    """The value, once it is an object with exactly the known fields."""
    found = sorted(value) if isinstance(value, dict) else type(value).__name__
    if found != sorted(names):
        raise BadPayload(f"{SOURCE.id}: {file.name} has {found} where {sorted(names)} is known; read it, then change the module")
    known: dict[str, Any] = value
    return known


def _conference(value: Any, file: File) -> tuple[str, int, int, int]:
    """Conference in our words, year, accepted papers and stated authors; the file's name must say the same."""
    stated = _record(value, CONFERENCE, file)
    venue, year = VENUES.get(stated["name"]), _count(stated["year"], "year", file)
    if f"{venue}-{year}-analytics.json" != file.name or stated["track"] != TRACK:
        told = (stated["name"], stated["year"], stated["track"])
        raise BadPayload(f"{SOURCE.id}: {file.name} speaks of {told}; known are {list(VENUES)}, track {TRACK!r}; add it to VENUES")
    papers, authors = (_count(stated[name], name, file) for name in CONFERENCE[3:])
    return str(venue), year, papers, authors


def _country(value: Any, file: File) -> tuple[str, int, int]:
    """One entry: label as printed, papers, author positions."""
    entry = _record(value, COUNTRY, file)
    label = entry["affiliation_country"]
    if not isinstance(label, str) or not LABEL.fullmatch(label):
        raise BadPayload(f"{SOURCE.id}: {file.name} has the country label {label!r}; labels are codes or names; upstream must be asked")
    papers, slots = (_count(entry[name], f"{name} of {label}", file) for name in COUNTRY[1:3])
    return label, papers, slots


def _count(value: Any, name: str, file: File) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise BadPayload(f"{SOURCE.id}: {file.name} has {name} = {value!r}, which is no count; upstream must be asked")
    return value


def _require_sums(rows: pl.DataFrame, file: File) -> None:
    """Raise BadPayload where the counts cannot be papers and author positions."""
    papers, slots = pl.col("paper_count"), pl.col("author_slot_count")
    odd = rows.filter((papers > pl.col("accepted_papers")) | (papers > slots))["country_label"].to_list()
    if odd:
        raise BadPayload(f"{SOURCE.id}: {file.name} has more papers than positions, or than were accepted, for {odd[:5]}")
    if rows["author_slot_count"].sum() < rows["stated_authors"][0]:
        raise BadPayload(f"{SOURCE.id}: {file.name} sums to fewer author_count than authors; it no longer counts positions: read upstream")
