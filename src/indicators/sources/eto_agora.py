"""CSET's AGORA: laws, orders, standards and commitments on AI, with tags; read here without titles, summaries or texts.

Know before editing:
- Non-commercial terms: private. Nothing of it is released, kept in the baseline, or counted for freshness.
- Six flags are printed `true`, the tags `True`: both are read. The same tags stand once more in `Tags`, which is not read.
- Tags are machine output until `Validated?` (200 of 951 on 2025-06-30): publish counts for both, never for all alone.
- Nine documents of ten are American and some authorities have no jurisdiction: counts describe the collection, not the world.
  Enacted, proposed and defunct documents must not be added. Documents vanish and are tagged again between captures.
- One collection has commas in its name, at which one row was cut into three collections that do not exist; they are put together again.
"""

import csv
from datetime import timedelta

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._csv import dates, read_text_columns, require_unique, require_words
from indicators.sources._eto import LICENSE, PUBLISHER, flags
from indicators.sources._zip import members

DOCUMENTS, AUTHORITIES = "documents.csv", "authorities.csv"
IGNORED_MEMBERS = ("collections.csv", "segments.csv")
FULL_TEXT = ".txt"
"""Members with the words of a document, one each: never read."""
ALIASES = {
    "document_id": ["AGORA ID"],
    "authority": ["Authority"],
    "collections": ["Collections"],
    "activity": ["Most recent activity"],
    "activity_date": ["Most recent activity date"],
    "proposed_date": ["Proposed date"],
    "is_validated": ["Validated?"],
    "is_for_government": ["Primarily applies to the government"],
    "is_for_private_sector": ["Primarily applies to the private sector"],
    "is_military": ["Applications: Government: military and public safety"],
}
FLAGS = ("is_validated", "is_for_government", "is_for_private_sector", "is_military")
IGNORED = (
    "Official name", "Casual name", "Link to document", "Annotated?", "Short summary", "Long summary", "Tags",
    "Summaries and tags may include unreviewed machine output", "Official plaintext retrieved", "Official plaintext source",
    "Official plaintext unavailable/infeasible", "Official pdf source", "Official pdf retrieved", "Number of segments created",
)  # fmt: skip
TAG_GROUPS = ("Applications: ", "Harms: ", "Incentives: ", "Risk factors: ", "Strategies: ")
"""How columns of tags begin; those that are not read are left alone, however many there are."""
ACTIVITIES = ("Proposed", "Enacted", "Defunct")
JURISDICTIONS = ("United States", "China", "Multinational", "Other countries")
COLLECTIONS = (
    "U.S. federal laws", "U.S. state and local documents", "NDAA provisions", "Editors' Picks", "FY2025 NDAA", "Miscellaneous documents",
    "U.S. regulations, executive orders, and agency policies", "Chinese law and policy", "Corporate policies and commitments",
    "Multinational",
)  # fmt: skip
CUT = dict.fromkeys(("U.S. regulations", "executive orders", "and agency policies"), COLLECTIONS[6])
"""What is left of a name that was cut at its commas, and the name."""

SOURCE = Source(
    id="eto_agora",
    title="AGORA: AI Governance and Regulatory Archive",
    publisher=PUBLISHER,
    homepage="https://agora.eto.tech/",
    license=LICENSE,
    redistribution="noncommercial",
    attribution="CSET Emerging Technology Observatory, AGORA, CC BY-NC 4.0",
    cadence=timedelta(days=90),
    files=(File("agora.zip", "https://zenodo.org/records/15672628/files/agora.zip?download=1"),),
    schema={
        "document_id": pl.String,
        "authority": pl.String,
        "jurisdiction": pl.String,
        "collections": pl.List(pl.String),
        "activity": pl.String,
        "activity_date": pl.Date,
        "proposed_date": pl.Date,
        **dict.fromkeys(FLAGS, pl.Boolean),
    },
)


def parse(payload: bytes, _file: File) -> pl.DataFrame:
    """Return one row per document: authority and its jurisdiction, collections, last activity, days, and four flags."""
    found = {name: content for name, content in members(payload, SOURCE.id).items() if not name.endswith(FULL_TEXT)}
    unknown, gone = sorted(set(found) - {DOCUMENTS, AUTHORITIES, *IGNORED_MEMBERS}), sorted({DOCUMENTS, AUTHORITIES} - set(found))
    if unknown or gone:
        raise BadPayload(
            f"{SOURCE.id}: unknown members {unknown}, missing members {gone} in the archive; adapt DOCUMENTS or IGNORED_MEMBERS"
        )
    rows = _documents(found[DOCUMENTS]).join(_authorities(found[AUTHORITIES]), on="authority", how="left", maintain_order="left")
    return rows.with_columns(collections=_whole_collections()).select(list(SOURCE.schema))


def _documents(payload: bytes) -> pl.DataFrame:
    """The documents, without their words."""
    told = f"{SOURCE.id}: {DOCUMENTS}"
    header = next(csv.reader([payload.decode("utf-8-sig", errors="replace").partition("\n")[0].strip()]), [])
    tags = [name for name in header if name.startswith(TAG_GROUPS) and name not in ALIASES["is_military"]]
    rows = read_text_columns(payload, told, ALIASES, (*IGNORED, *tags))
    require_unique(rows, "document_id", told)
    require_words(rows, "activity", ACTIVITIES, told)
    named = rows.select(pl.col("collections").str.split(";").list.explode().str.strip_chars())
    require_words(named, "collections", (*COLLECTIONS, *CUT), told)
    return dates(flags(rows, FLAGS, told), ["activity_date", "proposed_date"], told)


def _authorities(payload: bytes) -> pl.DataFrame:
    """The jurisdiction of each authority; null where upstream states none."""
    told = f"{SOURCE.id}: {AUTHORITIES}"
    rows = read_text_columns(payload, told, {"authority": ["Name"], "jurisdiction": ["Jurisdiction"]}, ("Parent authority",))
    require_unique(rows, "authority", told)
    require_words(rows, "jurisdiction", JURISDICTIONS, told)
    return rows


def _whole_collections() -> pl.Expr:
    """The collections of a document as a sorted list, cut names put together again; none is an empty list."""
    names = pl.col("collections").str.split(";").list.eval(pl.element().str.strip_chars().replace(CUT))
    return names.list.unique().list.sort().fill_null([])
