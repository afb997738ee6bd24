"""entity_list_editions: the editions of the Entity List that were read, and which of them say who was removed.

Know before editing:
- An edition is the list as it stood on one day. The newest comes with `indicators refresh`, past ones with `indicators backfill`.
- A copy put together later from the entries that survived looks like an old edition and knows no removals. It is told by its
  bytes (`reference_known_copies`), and by itself: a real list loses some entry within every half-year, to removals or new wording.
- Days and hashes move although no entry does: the table is provenance, its change alone makes no release.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.tables.compute._editions import identified

SOURCE_ID = "ecfr_entity_list"
SURVIVORS_ONLY, REASSEMBLED = "survivors_only", "reassembled"
LONG_ENOUGH = timedelta(days=180)
"""Within this time a real list loses at least one entry."""

TABLE = Table(
    name="entity_list_editions",
    title="Editions of the US Entity List that were read",
    description="One row per day of which the Entity List was read. Entries are told apart by listing_id; one that is renamed or moves to "
    "another heading is lost as one entry and added as another.",
    key=("edition_date",),
    row_bounds=(1, 500),
    is_provenance=True,
    columns=(
        Column("edition_date", pl.Date, "Day on which the list stood so", minimum=date(2017, 1, 1)),
        Column("file_name", pl.String, "File of the source, as in `sources`", pattern=r"^title-15(?:-\d{4}-\d{2}-\d{2})?\.xml$"),
        Column("sha256", pl.String, "Hash of its bytes", pattern="^[0-9a-f]{64}$"),
        Column("entries", pl.Int32, "Entries it holds", "entries", minimum=800, maximum=10_000),
        Column("is_newest", pl.Boolean, "Whether it is the newest of all: what it holds is in force"),
        Column("added_since_previous", pl.Int32, "Entries that the edition before it lacks; null for the first", "entries",
               is_nullable=True, minimum=0),
        Column("lost_by_next", pl.Int32, "Entries that the next edition lacks; null for the newest, and for one that is no"
               " removal evidence", "entries", is_nullable=True, minimum=0),
        Column("is_removal_evidence", pl.Boolean, "Whether it may be held against others to see who was removed"),
        Column("reason", pl.String, "Why it may not; null where it may", is_nullable=True, pattern=r"\S"),
        Column("defect_code", pl.String, "What is known to be wrong with the bytes: survivors_only, made later from those still listed; "
               "reassembled, every entry but not every cell. Null where nothing is",
               is_nullable=True, values=(SURVIVORS_ONLY, REASSEMBLED)),
    ),
    rules=(
        Rule("Is exactly one edition the newest?",
             "SELECT * FROM (SELECT count(*) FILTER (is_newest) AS newest FROM entity_list_editions) WHERE newest <> 1"),
        Rule("Is no copy made of survivors read as evidence of removals?",
             "SELECT * FROM entity_list_editions WHERE is_removal_evidence AND (defect_code = 'survivors_only' OR reason IS NOT NULL)"),
        Rule("Is no count of the lost given for an edition that is no evidence of removals?",
             "SELECT * FROM entity_list_editions WHERE NOT is_removal_evidence AND lost_by_next IS NOT NULL"),
        Rule("Is it said of every other edition why it is none?",
             "SELECT * FROM entity_list_editions WHERE NOT is_removal_evidence AND reason IS NULL"),
        Rule("Do the entries of an edition, less those lost and with those added, make the next?",
             "SELECT * FROM (SELECT edition_date, entries - lost_by_next + lead(added_since_previous) OVER days AS expected, "
             "lead(entries) OVER days AS next_entries FROM entity_list_editions WINDOW days AS (ORDER BY edition_date)) "
             "WHERE expected <> next_entries"),
        Rule("May every edition be read for removals?",
             "SELECT edition_date, reason FROM entity_list_editions WHERE NOT is_removal_evidence", is_warning=True),
        Rule("Is every edition what the server sends?",
             "SELECT edition_date, defect_code FROM entity_list_editions WHERE defect_code IS NOT NULL", is_warning=True),
        Rule("Does an edition lose less than a quarter of its entries by the next (a cut copy loses more)?",
             "SELECT * FROM entity_list_editions WHERE lost_by_next > entries / 4", is_warning=True),
        Rule("Is there a past edition that bears evidence, at most 100 days older than the newest (`indicators backfill` fetches them)?",
             "SELECT max(edition_date) FILTER (is_newest) AS newest, "
             "max(edition_date) FILTER (is_removal_evidence AND NOT is_newest) AS past FROM entity_list_editions "
             "HAVING past IS NULL OR newest - past > 100", is_warning=True),
    ),
)  # fmt: skip


def build(
    ecfr_entity_list: pl.DataFrame,
    provenance: pl.DataFrame,
    country_codes: pl.DataFrame,
    reference_country_aliases: pl.DataFrame,
    reference_known_copies: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row per day; of two files of one day, the newest list counts."""
    rows = identified(ecfr_entity_list, country_codes, reference_country_aliases, TABLE.name)
    held = {name: set(ids) for name, ids in rows.group_by("file_name").agg("listing_id").iter_rows()}
    files = provenance.filter(source_id=SOURCE_ID).select("file_name", "sha256", edition_date="as_of_date")
    days = files.sort("edition_date", "file_name").unique("edition_date", keep="last", maintain_order=True).to_dicts()
    copies = {copy["sha256"]: copy for copy in reference_known_copies.filter(source_id=SOURCE_ID).to_dicts()}
    editions = [_edition(days, number, held, copies.get(day["sha256"], {})) for number, day in enumerate(days)]
    return pl.DataFrame(editions, schema={column.name: column.dtype for column in TABLE.columns})


def _edition(days: Sequence[Mapping[str, Any]], number: int, held: Mapping[str, set[str]], copy: Mapping[str, str]) -> dict[str, Any]:
    """One edition beside those before and after it."""
    day, ids = days[number], held[days[number]["file_name"]]
    before, after = days[max(number - 1, 0) : number], days[number + 1 : number + 2]
    is_survivors_only = copy.get("defect_code") == SURVIVORS_ONLY
    reason = copy["reason"] if is_survivors_only else _loses_nothing(day, days[number + 1 :], held)
    return dict(day) | {
        "entries": len(ids),
        "is_newest": not after,
        "added_since_previous": len(ids - held[before[0]["file_name"]]) if before else None,
        "lost_by_next": len(ids - held[after[0]["file_name"]]) if after and reason is None else None,
        "is_removal_evidence": reason is None,
        "reason": reason,
        "defect_code": copy.get("defect_code"),
    }


def _loses_nothing(day: Mapping[str, Any], later: Sequence[Mapping[str, Any]], held: Mapping[str, set[str]]) -> str | None:
    """Why an edition looks like a copy made of survivors; None where it does not."""
    then = next((other for other in later if other["edition_date"] - day["edition_date"] >= LONG_ENOUGH), None)
    if then is None or held[day["file_name"]] - held[then["file_name"]]:
        return None
    return f"No entry of it is gone by {then['edition_date']}; a copy made later from those still listed looks like that"
