"""Universities of the world with their internet domains: the list that Hipo keeps.

Know before editing:
- Universities only: no company, no academy of sciences, no national laboratory.
- Web pages and provinces are not read; the country's code is kept beside its name because the names are ISO's of an older year.
- A university's name is no key: 25 names stand twice, most of them in two countries (Northeastern University in Boston and Shenyang).
- `XK` (Kosovo) is no ISO code; the table that uses these rows leaves it out.
"""

import json
from datetime import timedelta
from typing import Any

import polars as pl

from indicators.model import BadPayload, File, Source

FIELDS = {"name", "domains", "web_pages", "country", "alpha_two_code", "state-province"}

SOURCE = Source(
    id="university_domains",
    title="Universities and their domains",
    publisher="Hipo",
    homepage="https://github.com/Hipo/university-domains-list",
    license="MIT",
    redistribution="open",
    attribution="Hipo, university-domains-list, MIT licence",
    cadence=timedelta(days=90),
    files=(
        File(
            "world_universities_and_domains.json",
            "https://raw.githubusercontent.com/Hipo/university-domains-list/master/world_universities_and_domains.json",
        ),
    ),
    schema={"university_name": pl.String, "domain": pl.String, "country_name": pl.String, "iso2_code": pl.String},
    max_bytes=20_000_000,
)


def parse(payload: bytes, _file: File) -> pl.DataFrame:
    """Return one row per university and domain, in the list's order; raises BadPayload where the list has another shape."""
    rows = [row for entry in _entries(payload) for row in _rows(entry)]
    return pl.DataFrame(rows, schema=SOURCE.schema, orient="row")


def _entries(payload: bytes) -> list[dict[str, Any]]:
    try:
        entries = json.loads(payload)
    except ValueError as error:
        raise BadPayload(f"{SOURCE.id}: not readable JSON ({error}); look at the newest snapshot") from error
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise BadPayload(f"{SOURCE.id}: not a filled list of universities; look at the newest snapshot")
    fields = set().union(*entries)
    if fields != FIELDS:
        raise BadPayload(f"{SOURCE.id}: fields gone {sorted(FIELDS - fields)}, unknown {sorted(fields - FIELDS)}; correct FIELDS")
    return entries


def _rows(entry: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """One row per domain of a university; raises BadPayload where a cell is missing or no text."""
    domains = entry.get("domains")
    texts = [entry.get("name"), entry.get("country"), entry.get("alpha_two_code"), *(domains if isinstance(domains, list) else [None])]
    if not domains or not all(isinstance(text, str) and text.strip() for text in texts):
        raise BadPayload(f"{SOURCE.id}: {entry.get('name')!r} has an empty name, country or domain; upstream must be asked")
    name, country, code = (str(text).strip() for text in texts[:3])
    if len(code) != 2 or not code.isupper():  # noqa: PLR2004 - alpha-2
        raise BadPayload(f"{SOURCE.id}: {name!r} has the country code {code!r}, which is no ISO alpha-2 code; upstream must be asked")
    return [(name, domain.strip().lower(), country, code) for domain in domains]
