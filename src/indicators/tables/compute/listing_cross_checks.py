"""listing_cross_checks: what rules say they add to the US Entity List, beside what the list holds from them.

Know before editing:
- Counts are read from abstracts (`stated_counts`), else curated in `data/reference/stated_listing_counts.csv`. A curated row counts
  only while the abstract states nothing.
- Entries are lines of the list, entities are parties. An entity can have an entry under each of its countries, so where a rule states
  entities only, the list may hold more entries. Rules that state both state 6% more entries in all, and once 9 for 4 entities.
- The list holds fewer where entries were removed, merged by a later rule, or bear a misprinted day (86 FR 4864, 88 FR 38741). Copies
  cannot tell these apart, so a shortage warns. More than the tolerance means entries of another rule: that blocks.
- No entry that names the document is unknown, not zero: all may have been removed, or two rules of one day cannot be told apart.
- A party that was renamed, or moved from Hong Kong to China, is two entries with one first citation once past editions are read. Only
  the one in force from its first listing on is counted.
"""

from datetime import date

import polars as pl

from indicators.model import Column, Rule, Table

LOSS_SHARE = 0.05
"""Removals, merges and misprints: of the entries that rules of 2018 to 2025 state, the list of July 2026 holds 99%, one rule aside."""
SEVERAL_SHARE, SEVERAL_ENTRIES = 0.3, 5
"""Entries beyond entities in one rule: at most 30% where ten or more are added (13 for 10), at most 5 below (9 for 4, 7 for 2)."""
COUNTS = ("stated_entities", "stated_entries", "stated_china_entries")

TABLE = Table(
    name="listing_cross_checks",
    title="Entity List additions: stated and found",
    description="One row per rule that states how many entities or entries it adds to the Entity List, with the entries of the list that"
    " were first listed by it. Removed entries are known only as far as entity_listings knows them.",
    key=("document_number",),
    # The copy has 51; the server's own answer since 2018 is expected to have some 110.
    row_bounds=(43, 220),
    columns=(
        Column("document_number", pl.String, "The rule", links_to="control_documents.document_number"),
        Column("publication_date", pl.Date, "Day of the issue", minimum=date(2018, 1, 1)),
        Column("stated_entities", pl.Int64, "Parties it says it adds; null where it does not say", "entities", is_nullable=True, minimum=1),
        Column("stated_entries", pl.Int64, "Entries it says it adds, or the sum of its numbers by destination; null where it does not say",
               "entries", is_nullable=True, minimum=1),
        Column("stated_china_entries", pl.Int64, "Of these, entries under China; null where it does not say", "entries", is_nullable=True,
               minimum=0),
        Column("basis_code", pl.String, "Where the statement is from: the abstract as our program reads it, or a curated row",
               values=("abstract", "curated")),
        Column("basis_note", pl.String, "Why the curated counts; null where the abstract states them", is_nullable=True),
        Column("url", pl.String, "Page of the document", pattern=r"^https://www\.federalregister\.gov/"),
        Column("listed_entries", pl.Int64, "Entries that name this document as the one that first listed them; null where none does",
               "entries", is_nullable=True, minimum=1),
        Column("listed_china_entries", pl.Int64, "Of these, entries under China, where Hong Kong is since 2020-12-23", "entries",
               is_nullable=True, minimum=0),
        Column("unattributed_entries", pl.Int64, "Entries first listed on the day of the issue that name no document", "entries",
               minimum=0),
        Column("difference", pl.Int64, "Listed entries minus stated entries, else minus stated entities", "entries", is_nullable=True),
        Column("tolerance_below", pl.Int64, "Entries that may be missing: removed, merged or misdated since (5%, rounded up)", "entries",
               minimum=1),
        Column("tolerance_above", pl.Int64, "Entries that there may be beyond what is stated", "entries", minimum=1),
        Column("tolerance_reason_code", pl.String, "What is stated: entries (a later rule may split one, 5%), or entities, which may have"
               " several entries (30%, at least 5)", values=("entries_stated", "entities_stated")),
        Column("is_within_tolerance", pl.Boolean, "Whether the difference is within the tolerance; null where nothing can be compared",
               is_nullable=True),
    ),
    rules=(
        Rule("Does the list hold no more entries of a rule than it can have added?",
             "SELECT * FROM listing_cross_checks WHERE difference > tolerance_above"),
        Rule("Does the list still hold the entries of every rule, but for a few?",
             "SELECT * FROM listing_cross_checks WHERE difference < -tolerance_below", is_warning=True),
        Rule("Can every statement be compared with entries of the list?",
             "SELECT document_number, publication_date, stated_entities, stated_entries, unattributed_entries FROM listing_cross_checks"
             " WHERE listed_entries IS NULL", is_warning=True),
        Rule("Can half of the statements be compared?",
             "SELECT count(*) AS statements, count(listed_entries) AS compared FROM listing_cross_checks"
             " HAVING count(listed_entries) < count(*) / 2"),
        Rule("Do nine in ten of the statements that can be compared agree with the list?",
             "SELECT count(*) FILTER (NOT is_within_tolerance) AS outside, count(is_within_tolerance) AS compared FROM"
             " listing_cross_checks HAVING count(*) FILTER (NOT is_within_tolerance) > 0.1 * count(is_within_tolerance)"),
        Rule("Do entries under China agree with what is stated of them?",
             "SELECT * FROM listing_cross_checks WHERE listed_china_entries NOT BETWEEN stated_china_entries - tolerance_below AND"
             " stated_china_entries", is_warning=True),
        Rule("Are entries under China among the entries?",
             "SELECT * FROM listing_cross_checks WHERE stated_china_entries > coalesce(stated_entries, stated_entities, 0)"
             " OR listed_china_entries > listed_entries"),
        Rule("Is every rule that states additions known to add to the Entity List?",
             "SELECT c.* FROM listing_cross_checks c JOIN control_documents d USING (document_number) WHERE NOT d.adds_to_entity_list"),
        Rule("Is a rule whose counts are known read as known (2023-22536 adds 49 entities under 52 entries, 42 of them under China)?",
             "SELECT * FROM listing_cross_checks WHERE document_number = '2023-22536' AND basis_code = 'abstract' AND"
             " (stated_entities, stated_entries, stated_china_entries) IS DISTINCT FROM (49, 52, 42)"),
        Rule("Does every addition to the Entity List state how many, in words that are known?",
             "SELECT document_number, title FROM control_documents WHERE adds_to_entity_list AND document_number NOT IN"
             " (SELECT document_number FROM listing_cross_checks)", is_warning=True),
    ),
)  # fmt: skip


def build(
    federal_register_bis: pl.DataFrame,
    control_documents: pl.DataFrame,
    entity_listings: pl.DataFrame,
    reference_stated_listing_counts: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row per rule that states an addition, its counts compared with the entries that name it."""
    documents = control_documents.select("document_number", "publication_date", "url")
    rows = _stated(federal_register_bis, reference_stated_listing_counts).join(documents, on="document_number", how="inner")
    rows = _with_listed(rows, entity_listings)
    expected, has_entries = pl.coalesce("stated_entries", "stated_entities"), pl.col("stated_entries").is_not_null()
    few = (expected * LOSS_SHARE).ceil().cast(pl.Int64)
    several = pl.max_horizontal(pl.lit(SEVERAL_ENTRIES), (expected * SEVERAL_SHARE).ceil()).cast(pl.Int64)
    rows = rows.with_columns(
        difference=pl.col("listed_entries") - expected,
        tolerance_below=few,
        tolerance_above=pl.when(has_entries).then(few).otherwise(several),
        tolerance_reason_code=pl.when(has_entries).then(pl.lit("entries_stated")).otherwise(pl.lit("entities_stated")),
    )
    is_within = pl.col("difference").is_between(-pl.col("tolerance_below"), pl.col("tolerance_above"))
    return rows.with_columns(is_within_tolerance=is_within).select(TABLE.column_names)


def _stated(rows: pl.DataFrame, curated: pl.DataFrame) -> pl.DataFrame:
    """Return the counts of every document that states any, from its abstract, else curated."""
    names = dict(zip(("stated_entities_added", "stated_entries_added", "stated_china_entries_added"), COUNTS, strict=True))
    is_stating = pl.any_horizontal(pl.col("stated_entities", "stated_entries").is_not_null())
    read = (
        rows.rename(names)
        .filter(is_stating)
        .select("document_number", pl.col(COUNTS).cast(pl.Int64), basis_code=pl.lit("abstract"), basis_note=pl.lit(None, pl.String))
    )
    known = curated.filter(pl.col("document_number").is_in(rows["document_number"].implode()))
    known = known.join(read, on="document_number", how="anti").select(
        "document_number", pl.col(COUNTS).cast(pl.Int64), basis_code=pl.lit("curated"), basis_note="reason"
    )
    return pl.concat([read, known])


def _with_listed(rows: pl.DataFrame, listings: pl.DataFrame) -> pl.DataFrame:
    """Add the entries that name each document, and those of its day that name none; entries that go on from another are left out."""
    listings = listings.filter(pl.col("in_force_from_date") == pl.col("first_listed_date"))
    is_china = pl.col("address_country_code") == "CHN"
    named = listings.group_by("document_number").agg(listed_entries=pl.len(), listed_china_entries=is_china.sum())
    nameless = listings.filter(pl.col("document_number").is_null()).group_by("first_listed_date").agg(unattributed_entries=pl.len())
    rows = rows.join(named.filter(pl.col("document_number").is_not_null()), on="document_number", how="left")
    rows = rows.join(nameless, left_on="publication_date", right_on="first_listed_date", how="left")
    counts = ("listed_entries", "listed_china_entries", "unattributed_entries")
    return rows.with_columns(pl.col(counts).cast(pl.Int64)).with_columns(pl.col("unattributed_entries").fill_null(0))
