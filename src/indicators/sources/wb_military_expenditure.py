"""World Bank: military expenditure in current US dollars (MS.MIL.XPND.CD) and as percent of GDP (MS.MIL.XPND.GD.ZS), by economy and year.

Know before editing:
- An answer is a pair: what it holds (`page`, `pages`, `total`), and its rows. More than one page is a part of the answer, and is refused;
  so is the answer `[{"message": …}]`, which comes with status 200.
- Figures are SIPRI's, in US dollars (not millions) at current prices; series at constant prices have other ids and are refused.
- Aggregates (`WLD`, regions, income groups) stand beside countries, some without an ISO code: rows are told apart by the bank's own
  two-sign code. The world is read here and never summed. Taiwan is absent. A null is unknown, never zero.
- No copy is in the baseline: until it is fetched there are no rows.
"""

import json
from datetime import timedelta
from typing import Any

import polars as pl

from indicators.model import BadPayload, File, Source

SERIES = ("MS.MIL.XPND.CD", "MS.MIL.XPND.GD.ZS")
FIELDS = {"indicator", "country", "countryiso3code", "date", "value", "unit", "obs_status", "decimal"}
API = "https://api.worldbank.org/v2/country/all/indicator"

SOURCE = Source(
    id="wb_military_expenditure",
    title="Military expenditure (MS.MIL.XPND.CD, MS.MIL.XPND.GD.ZS)",
    publisher="World Bank",
    homepage="https://data.worldbank.org/indicator/MS.MIL.XPND.CD",
    license="CC-BY-4.0",
    redistribution="open",
    attribution="The World Bank: World Development Indicators: Military expenditure (MS.MIL.XPND.CD, MS.MIL.XPND.GD.ZS): SIPRI, CC BY 4.0",
    cadence=timedelta(days=90),
    files=tuple(File(f"{series}.json", f"{API}/{series}?format=json&per_page=20000") for series in SERIES),
    schema={"series": pl.String, "economy_id": pl.String, "iso3_code": pl.String, "year": pl.Int32, "value": pl.Float64},
    max_bytes=20_000_000,
    has_baseline=False,
)


def parse(payload: bytes, file: File) -> pl.DataFrame:
    """Return one row per economy and year with a figure: US dollars or percent of GDP by `series`; years without one are left out."""
    told = f"{SOURCE.id}: {file.name}"
    rows = [_row(entry, file.name.removesuffix(".json"), told) for entry in _entries(payload, told)]
    frame = pl.DataFrame(rows, schema=SOURCE.schema, orient="row")
    twice = frame.filter(frame.select("economy_id", "year").is_duplicated())
    if twice.height:
        raise BadPayload(f"{told}: economy and year repeat, e.g. {twice.row(0)}; upstream must be asked")
    known = frame.drop_nulls("value")
    if known.filter(pl.col("value") < 0).height or not known.height:
        raise BadPayload(f"{told}: {known.height} figures, or one below zero; look at the newest snapshot")
    return known


def _entries(payload: bytes, told: str) -> list[dict[str, Any]]:
    """The rows of a whole answer; raises BadPayload for an error, a part of an answer, or another shape."""
    try:
        answer = json.loads(payload)
    except ValueError as error:
        raise BadPayload(f"{told}: not readable JSON ({error}); look at the newest snapshot") from error
    parts = answer if isinstance(answer, list) else []
    if [type(part) for part in parts] != [dict, list]:
        raise BadPayload(f"{told}: the answer is no pair of header and rows but {str(answer)[:120]!r}; look at the newest snapshot")
    header: dict[str, Any] = parts[0]
    entries: list[dict[str, Any]] = parts[1]
    if header.get("pages") != 1 or header.get("total") != len(entries):
        held = f"page {header.get('page')} of {header.get('pages')}, {len(entries)} of {header.get('total')} rows"
        raise BadPayload(f"{told}: a part of the answer ({held}); raise per_page in API")
    return entries


def _row(entry: Any, series: str, told: str) -> tuple[str, str, str | None, int, float | None]:
    """One entry as a row; raises BadPayload for unknown fields, another series or a cell of another kind."""
    if not isinstance(entry, dict) or set(entry) != FIELDS:
        raise BadPayload(f"{told}: an entry has other fields than {sorted(FIELDS)}: {str(entry)[:120]!r}; adapt FIELDS")
    try:
        stated, economy, value = entry["indicator"]["id"], entry["country"]["id"], entry["value"]
        row = (stated, economy, entry["countryiso3code"] or None, int(entry["date"]), None if value is None else float(value))
    except (TypeError, KeyError, ValueError) as error:
        raise BadPayload(f"{told}: an entry cannot be read ({error!r}): {str(entry)[:120]!r}; look at the newest snapshot") from error
    if stated != series:
        raise BadPayload(f"{told}: holds {stated!r}, which is another series; constant and current prices must not be mixed")
    return row
