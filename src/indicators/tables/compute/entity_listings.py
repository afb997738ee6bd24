"""entity_listings: the parties on the US Entity List, one row per party and country heading, with their coming and going.

Know before editing:
- One edition holds only parties in force. Who was removed is known from past editions (`indicators backfill`), and only from those
  that are removal evidence; without them, first listings counted from the list understate past additions.
- `address_country_code` is the heading under which the list prints the party: an address, not a nationality. Parties in Hong
  Kong stand under China since 2020-12-23. Crimea is a heading of its own: it is UKR here, and `address_country_name` tells.
- A date is the day of the Federal Register in which the listing was published, as the list prints it, misprints included.
- The same party may stand under several headings, and some stand twice under one: `listing_id` ends in the ordinal among equals.
- Edition days are null where they would be the newest edition's: it bears another day at each refresh (see `_editions`).
"""

from datetime import date

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.tables.compute._editions import identified, newest_rows, spans
from indicators.tables.compute._listing_documents import BASIS_CODES, documents

TABLE = Table(
    name="entity_listings",
    title="US Entity List",
    description="One row per entry of any edition of the Entity List (15 CFR Part 744, Supplement No. 4) that was read, in the words of "
    "the newest that holds it; a party can have several. Addresses are left out. Which editions there are, and which of them say who was "
    "removed, is in `entity_list_editions`; with the newest alone, whoever was removed is absent.",
    key=("listing_id",),
    row_bounds=(2_890, 6_820),
    max_loss_share=0.1,
    columns=(
        Column("listing_id", pl.String, "Country, name as a slug, ordinal among equals in list order; kept unless an earlier equal goes",
               pattern=r"^[a-z]{3}-[a-z0-9]+(?:-[a-z0-9]+)*-[1-9][0-9]*$"),
        Column("party_name", pl.String, "Name as printed, without its address", pattern=r"\S"),
        Column("aliases", pl.List(pl.String), "Other and former names as printed; in a few entries subordinate bodies; empty if none"),
        Column("address_country_code", pl.String, "Country of the heading. Hong Kong is under China since 2020-12-23; Crimea is UKR",
               links_to="countries.country_code"),
        Column("address_country_name", pl.String, "Heading as printed, which tells Crimea from Ukraine",
               pattern=r"^[A-ZÀ-Þ][A-ZÀ-Þ ,.'’()-]+$"),
        Column("first_listed_date", pl.Date, "Earliest day among the dated citations; null where none bears a date",
               is_nullable=True, minimum=date(1997, 1, 1)),
        Column("citation", pl.String, "Citation of that day (page of the entry, not of the rule's start); else the first printed",
               pattern=r"^\d{2,3} FR \d+$"),
        Column("citations", pl.List(pl.String), "Federal Register citations of the entry as its source prints them, in order"),
        Column("license_requirement", pl.String, "Licence requirement as printed, without footnote marks", pattern=r"\S"),
        Column("review_policy", pl.String, "Licence review policy as printed; null where the cell is blank, or left out by the copy",
               is_nullable=True),
        Column("footnote_codes", pl.List(pl.String), "Footnotes of the requirement, which widen it to foreign-made items; empty if none"),
        Column("is_in_force", pl.Boolean, "Whether the newest edition holds it"),
        Column("in_force_from_date", pl.Date, "First listing; where undated, or where an edition since then lacks the entry (a party "
               "renamed, or moved to another heading), its first edition; null where that is the newest",
               is_nullable=True, minimum=date(1997, 1, 1)),
        Column("first_edition_date", pl.Date, "Earliest edition at hand that holds it; null where only the newest does",
               is_nullable=True, minimum=date(2017, 1, 1)),
        Column("last_edition_date", pl.Date, "Latest edition that holds it; null while in force",
               is_nullable=True, minimum=date(2017, 1, 1)),
        Column("removed_by_date", pl.Date, "First later edition without it: removed, renamed or moved between the two; null while in "
               "force, where only the newest lacks it, and where no edition is evidence", is_nullable=True, minimum=date(2017, 1, 1)),
        Column("missed_editions", pl.Int32, "Editions between its first and its last that lack it: it left and came back", "editions",
               minimum=0),
        Column("document_number", pl.String, "Federal Register document of the first listing; null where none is known",
               is_nullable=True, links_to="control_documents.document_number"),
        Column("document_basis_code", pl.String, "How the document was found: by its pages, or by its volume and day; or why none was: "
               "several are possible, the citation is older than every document at hand, or none fits", values=BASIS_CODES),
    ),
    rules=(
        Rule("Is no party listed later than its source's day?",
             "SELECT e.* FROM entity_listings e, (SELECT max(as_of_date) AS day FROM sources WHERE source_id = 'ecfr_entity_list') s "
             "WHERE e.first_listed_date > s.day"),
        Rule("Is the first citation among the citations?", "SELECT * FROM entity_listings WHERE NOT list_contains(citations, citation)"),
        Rule("Is no alias blank or the party's own name?",
             "SELECT * FROM entity_listings WHERE list_contains(aliases, '') OR list_contains(aliases, party_name)"),
        Rule("Are footnotes single digits?",
             "SELECT listing_id, code FROM (SELECT listing_id, unnest(footnote_codes) AS code FROM entity_listings) "
             "WHERE NOT regexp_full_match(code, '[1-9]')"),
        Rule("Are there between 940 and 2,200 entries under China, as in a healthy run?",
             "SELECT count(*) AS entries FROM entity_listings WHERE address_country_code = 'CHN' AND is_in_force "
             "HAVING count(*) NOT BETWEEN 940 AND 2200"),
        Rule("Is Huawei Technologies Co., Ltd. under China since 84 FR 22963 (2019-05-21)?",
             "SELECT 'Huawei Technologies Co., Ltd.' AS missing WHERE NOT EXISTS (SELECT 1 FROM entity_listings "
             "WHERE party_name = 'Huawei Technologies Co., Ltd.' AND address_country_code = 'CHN' "
             "AND citation = '84 FR 22963' AND first_listed_date = DATE '2019-05-21')"),
        Rule("Is Crimea kept as Ukraine with its own heading?",
             "SELECT * FROM entity_listings WHERE starts_with(address_country_name, 'CRIMEA') AND address_country_code <> 'UKR'"),
        Rule("Is no address left in a name?",
             "SELECT listing_id, name FROM (SELECT listing_id, unnest(list_append(aliases, party_name)) AS name FROM entity_listings) "
             r"WHERE regexp_matches(name, 'P\.\s?O\.\s?Box|,.*\b(Street|Avenue|Road|Blvd|Floor)\b|\b(Room|Suite|Apt) \d')",
             is_warning=True),
        Rule("Does any entry state a review policy (a copy without them says nothing of policies)?",
             "SELECT count(*) AS entries FROM entity_listings HAVING count(review_policy) = 0", is_warning=True),
        Rule("Is every licence requirement printed to its end?",
             "SELECT listing_id, license_requirement FROM entity_listings WHERE regexp_matches(license_requirement, '(\\.\\.\\.|…)$')",
             is_warning=True),
        Rule("Has every entry a date?", "SELECT * FROM entity_listings WHERE first_listed_date IS NULL", is_warning=True),
        Rule("Does the year of every first listing fit its volume (volume 1 of the Federal Register is of 1936)?",
             "SELECT * FROM entity_listings WHERE year(first_listed_date) <> CAST(split_part(citation, ' ', 1) AS INTEGER) + 1935",
             is_warning=True),
        Rule("Does one page of the Federal Register always bear one date?",
             "SELECT citation, min(first_listed_date) AS first_day, max(first_listed_date) AS last_day FROM entity_listings "
             "GROUP BY citation HAVING count(DISTINCT first_listed_date) > 1 ORDER BY citation", is_warning=True),
        Rule("Is an entry in force exactly where the newest edition holds it?",
             "SELECT * FROM (SELECT (SELECT count(*) FILTER (is_in_force) FROM entity_listings) AS in_force, "
             "(SELECT entries FROM entity_list_editions WHERE is_newest) AS in_newest) WHERE in_force <> in_newest"),
        Rule("Do the days of an entry follow each other, and has one in force no last day?",
             "SELECT * FROM entity_listings WHERE first_edition_date > last_edition_date OR last_edition_date >= removed_by_date "
             "OR is_in_force <> (last_edition_date IS NULL) "
             "OR (is_in_force AND removed_by_date IS NOT NULL)"),
        Rule("Is every removal read from an edition that is evidence?",
             "SELECT * FROM entity_listings WHERE removed_by_date IS NOT NULL AND removed_by_date NOT IN "
             "(SELECT edition_date FROM entity_list_editions WHERE is_removal_evidence)"),
        Rule("Is a document named exactly where one was found, and of the volume cited?",
             "SELECT e.* FROM entity_listings e LEFT JOIN control_documents d USING (document_number) "
             "WHERE (document_number IS NULL) <> (document_basis_code NOT IN ('page_range', 'volume_and_date')) "
             "OR d.volume <> CAST(split_part(e.citation, ' ', 1) AS INTEGER)"),
        Rule("Does Huawei's citation, which is of a page within, lead to the rule that begins at 84 FR 22961?",
             "SELECT e.* FROM entity_listings e JOIN control_documents d ON d.document_number = '2019-10616' "
             "WHERE e.citation = '84 FR 22963' AND e.document_number IS DISTINCT FROM d.document_number"),
        Rule("Has every entry its document?",
             "SELECT document_basis_code, count(*) AS entries FROM entity_listings WHERE document_number IS NULL GROUP BY ALL ORDER BY ALL",
             is_warning=True),
        Rule("Does every document that was found change the list?",
             "SELECT e.listing_id, e.citation, e.document_number FROM entity_listings e JOIN control_documents d USING (document_number) "
             "WHERE NOT d.changes_entity_list", is_warning=True),
        Rule("Was every document published on the day that its entry prints?",
             "SELECT e.listing_id, e.citation, e.first_listed_date, d.publication_date FROM entity_listings e "
             "JOIN control_documents d USING (document_number) WHERE d.publication_date <> e.first_listed_date", is_warning=True),
        Rule("Has no entry left and come back?", "SELECT * FROM entity_listings WHERE missed_editions > 0", is_warning=True),
        Rule("Does every entry stand in the list since its first citation (else it was renamed, or moved to another heading)?",
             "SELECT listing_id, first_listed_date, first_edition_date FROM entity_listings "
             "WHERE first_listed_date IS NOT NULL AND in_force_from_date IS DISTINCT FROM first_listed_date", is_warning=True),
        Rule("Is it known by when every entry left (not where only a copy of survivors holds it, or only the newest lacks it)?",
             "SELECT listing_id, last_edition_date FROM entity_listings WHERE NOT is_in_force AND removed_by_date IS NULL",
             is_warning=True),
        Rule("Is no entry dated later than an edition that holds it?",
             "SELECT listing_id, first_listed_date, first_edition_date FROM entity_listings WHERE first_listed_date > first_edition_date",
             is_warning=True),
        Rule("Does no entry in force stand under Hong Kong (its parties stand under China since 2020-12-23)?",
             "SELECT * FROM entity_listings WHERE is_in_force AND address_country_code = 'HKG'", is_warning=True),
    ),
)  # fmt: skip


def build(
    ecfr_entity_list: pl.DataFrame,
    entity_list_editions: pl.DataFrame,
    control_documents: pl.DataFrame,
    country_codes: pl.DataFrame,
    reference_country_aliases: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row per entry of any edition; raises ContractBroken for an unknown country heading."""
    stated = identified(ecfr_entity_list, country_codes, reference_country_aliases, TABLE.name)
    rows = newest_rows(stated, entity_list_editions)
    dated = rows.join(_first_listings(rows), on="listing_id", how="left").rename({"country_name": "address_country_name"})
    cited = dated.with_columns(citation=pl.coalesce("first_citation", pl.col("citations").list.first()))
    joined = cited.join(documents(cited, control_documents), on="listing_id").join(spans(stated, entity_list_editions), on="listing_id")
    return joined.with_columns(in_force_from_date=_in_force_from()).select(TABLE.column_names)


def _first_listings(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the earliest dated citation of each entry that has one; of two on one day, the first printed."""
    cited = rows.select("listing_id", first_citation="citations", first_listed_date="citation_dates")
    dated = cited.explode("first_citation", "first_listed_date").filter(pl.col("first_listed_date").is_not_null())
    return dated.sort("listing_id", "first_listed_date", maintain_order=True).unique("listing_id", keep="first", maintain_order=True)


def _in_force_from() -> pl.Expr:
    """The first listing, unless an edition that is evidence lacks the entry on a later day: then the first edition that holds it."""
    listed = pl.col("first_listed_date")
    return pl.when(listed.is_null() | (pl.col("absent_date") > listed)).then("first_edition_date").otherwise(listed)
