"""control_documents: the rules of the Bureau of Industry and Security, one row per document of the Federal Register.

Know before editing:
- The kind is ours. `data/reference/document_kinds.csv` holds patterns over "number title", tried in order; the first that is found
  decides and stands in `title_rule`. Of documents about the Entity List, one whose abstract states an addition is an addition, and a
  revision whose abstract states only a removal is a removal (2024-31468 is titled "Revisions" and adds 13).
- Titles alone decide otherwise, and no parts of the CFR: they are missing in copies, and a kind must not depend on the copy.
- Days of publication and of effect differ and are both kept; what the source leaves blank is null, never derived.
- The pages of the source are whole one by one. Seen at different times they may promise different numbers; oldest first means that
  only the newest documents can be missing then, and a warning says so.
- What has no document (letters, announcements, statements) is not here; see `control_thresholds`.
"""

from datetime import date

import polars as pl

from indicators.model import Column, ContractBroken, Rule, Table

KINDS = (
    "entity_list_addition", "entity_list_removal", "entity_list_revision", "unverified_list", "military_end_user_list",
    "validated_end_user", "end_user_controls", "advanced_computing", "semiconductor_manufacturing", "direct_product_rule",
    "temporary_general_license", "russia_belarus_sanctions", "emerging_technology", "multilateral_regimes", "item_controls",
    "country_policy", "other",
)  # fmt: skip
ENTITY_LIST_KINDS = ("entity_list_addition", "entity_list_removal", "entity_list_revision")

TABLE = Table(
    name="control_documents",
    title="Rules of the Bureau of Industry and Security",
    description="One row per rule that the bureau published in the Federal Register since 2018, with its kind as classified here. The"
    " baseline's copy is chosen by keywords and has gaps of months: it is no census.",
    key=("document_number",),
    # The copy holds 150; the server's own answer since 2018 is expected to hold some 400.
    row_bounds=(127, 800),
    max_loss_share=0.05,
    columns=(
        Column("document_number", pl.String, "Number of the document", pattern=r"^(?:[A-Z]\d-)?\d{4}-\d{4,6}$"),
        Column("title", pl.String, "Title as published", pattern=r"\S"),
        Column("citation", pl.String, "Volume and first page; null where the source leaves it blank", is_nullable=True,
               pattern=r"^\d{2,3} FR \d+$"),
        Column("volume", pl.Int32, "Volume of the Federal Register", minimum=83),
        Column("start_page", pl.Int32, "First page; null where the source leaves it blank", is_nullable=True, minimum=1),
        Column("end_page", pl.Int32, "Last page; null where the source leaves it blank", is_nullable=True, minimum=1),
        Column("publication_date", pl.Date, "Day of the issue", minimum=date(2018, 1, 1)),
        Column("effective_date", pl.Date, "Day of effect as the source states it, the first where there are several; null where blank",
               is_nullable=True, minimum=date(2017, 10, 1)),
        Column("cfr_references", pl.List(pl.String), "Parts of the Code of Federal Regulations; null where the source leaves them blank",
               is_nullable=True),
        Column("kind_code", pl.String, "Kind of measure, classified here", values=KINDS),
        Column("kind_basis_code", pl.String, "What decided: the title, or the counts that the abstract states",
               values=("title", "stated_counts")),
        Column("title_rule", pl.String, "Pattern of data/reference/document_kinds.csv that was found in the number and title"),
        Column("changes_entity_list", pl.Boolean, "Whether it touches the Entity List: by its title, its abstract's counts, or a judgement"
               " in data/reference/document_kinds.csv"),
        Column("adds_to_entity_list", pl.Boolean, "Whether it is known to add entries: by its kind, its abstract's counts, or a row of"
               " data/reference/stated_listing_counts.csv"),
        Column("url", pl.String, "Page of the document", pattern=r"^https://www\.federalregister\.gov/"),
    ),
    rules=(
        Rule("Do citation, volume and first page agree?",
             "SELECT * FROM control_documents WHERE citation IS NOT NULL AND citation IS DISTINCT FROM volume || ' FR ' || start_page"),
        Rule("Is the volume that of the year (volume 1 is of 1936)?",
             "SELECT * FROM control_documents WHERE volume <> year(publication_date) - 1935"),
        Rule("Is no last page before the first?", "SELECT * FROM control_documents WHERE end_page < start_page"),
        Rule("Is no day of effect more than 90 days before publication, or three years after?",
             "SELECT * FROM control_documents WHERE effective_date NOT BETWEEN publication_date - 90 AND publication_date + 1096"),
        Rule("Are documents whose facts are known as known (2025-00636 is 90 FR 4544, of 2025-01-15; 2025-00711 is 90 FR 5298)?",
             "SELECT known.*, citation, publication_date FROM (VALUES ('2025-00636', '90 FR 4544', DATE '2025-01-15'),"
             " ('2025-00711', '90 FR 5298', DATE '2025-01-16')) AS known(document_number, known_citation, known_day)"
             " LEFT JOIN control_documents USING (document_number)"
             " WHERE citation IS DISTINCT FROM known_citation OR publication_date IS DISTINCT FROM known_day"),
        Rule("Do the days of the first Huawei rule stay apart (in effect on 2019-05-16, published on 2019-05-21)?",
             "SELECT * FROM control_documents WHERE document_number = '2019-10616' AND (publication_date <> DATE '2019-05-21' OR"
             " effective_date IS DISTINCT FROM DATE '2019-05-16')"),
        Rule("Does a document that is about the Entity List, or adds to it, touch it, and an addition add?",
             "SELECT * FROM control_documents WHERE ((starts_with(kind_code, 'entity_list_') OR adds_to_entity_list) AND NOT"
             " changes_entity_list) OR (kind_code = 'entity_list_addition' AND NOT adds_to_entity_list)"),
        Rule("Is there a document in every month between the first and the last?",
             "SELECT month::DATE AS month FROM (SELECT unnest(generate_series(date_trunc('month', min(publication_date)),"
             " max(publication_date), INTERVAL 1 MONTH)) AS month FROM control_documents)"
             " WHERE month NOT IN (SELECT date_trunc('month', publication_date) FROM control_documents)", is_warning=True),
        Rule("Has every document a citation?", "SELECT document_number, title FROM control_documents WHERE citation IS NULL",
             is_warning=True),
        Rule("Has every document a day of effect?", "SELECT document_number, title FROM control_documents WHERE effective_date IS NULL",
             is_warning=True),
        Rule("Were all pages of the source seen at one time?",
             "SELECT source_id, list(DISTINCT origin_code) AS origins FROM sources WHERE source_id = 'federal_register_bis'"
             " GROUP BY source_id HAVING count(DISTINCT origin_code) > 1", is_warning=True),
    ),
)  # fmt: skip


def build(
    federal_register_bis: pl.DataFrame, reference_document_kinds: pl.DataFrame, reference_stated_listing_counts: pl.DataFrame
) -> pl.DataFrame:
    """Return one row per document; raises ContractBroken where pages are missing or no pattern fits a title."""
    _require_all_pages(federal_register_bis)
    rows = federal_register_bis.join(_ruled(federal_register_bis, reference_document_kinds), on="document_number", how="left")
    is_adding = pl.any_horizontal(pl.col("stated_entities_added", "stated_entries_added").is_not_null())
    is_removing = pl.col("stated_entities_removed").is_not_null()
    is_counted = pl.col("document_number").is_in(reference_stated_listing_counts["document_number"].implode())
    is_named = pl.coalesce("changes_entity_list", pl.col("title").str.contains("(?i)entity list"))
    rows = rows.with_columns(kind_code=_kind(is_adding, is_removing), changes_entity_list=is_named | is_adding | is_removing)
    is_decided_by_title = pl.col("kind_code") == pl.col("title_kind")
    return rows.with_columns(
        kind_basis_code=pl.when(is_decided_by_title).then(pl.lit("title")).otherwise(pl.lit("stated_counts")),
        adds_to_entity_list=(pl.col("kind_code") == "entity_list_addition") | is_adding | is_counted,
        url=pl.coalesce("url", pl.format("https://www.federalregister.gov/d/{}", "document_number")),
    ).select(TABLE.column_names)


def _kind(is_adding: pl.Expr, is_removing: pl.Expr) -> pl.Expr:
    """Return the kind by title, unless counts say more of a document about the Entity List."""
    title_kind = pl.col("title_kind")
    is_addition = title_kind.is_in(ENTITY_LIST_KINDS) & is_adding
    is_removal = (title_kind == "entity_list_revision") & is_removing
    counted = pl.when(is_addition).then(pl.lit("entity_list_addition")).when(is_removal).then(pl.lit("entity_list_removal"))
    return counted.otherwise(title_kind)


def _require_all_pages(rows: pl.DataFrame) -> None:
    """Raise ContractBroken where a page that all of them promise is missing, or their documents are fewer or more than promised."""
    pages, promised, last = set(rows["page"]), set(rows["stated_documents"]), min(rows["stated_pages"])
    missing = sorted(set(range(1, last + 1)) - pages)
    if missing or not min(promised) <= rows.height <= max(promised):
        told = f"pages {missing} of {last} are missing; {rows.height} documents came, {sorted(promised)} were promised"
        raise ContractBroken(f"{TABLE.name}: federal_register_bis: {told}; run `indicators refresh`")


def _ruled(rows: pl.DataFrame, kinds: pl.DataFrame) -> pl.DataFrame:
    """Return the first rule that is found in each document's number and title."""
    strange = sorted(set(kinds["kind_code"]) - set(KINDS))
    if strange:
        raise ContractBroken(f"{TABLE.name}: document_kinds.csv has unknown kinds {strange}; known: {KINDS}")
    text = pl.format("{} {}", "document_number", "title")
    found = [pl.when(text.str.contains(f"(?i){pattern}")).then(pl.lit(place)) for place, pattern in enumerate(kinds["pattern"])]
    placed = rows.select("document_number", "title", place=pl.coalesce(found))
    unruled = placed.filter(pl.col("place").is_null())
    if unruled.height:
        raise ContractBroken(f"{TABLE.name}: no pattern of document_kinds.csv fits {unruled['title'].head(3).to_list()}; add one")
    flags = pl.col("changes_entity_list").replace_strict({"true": True, "false": False}, return_dtype=pl.Boolean)
    rules = kinds.with_row_index("place").select(pl.col("place").cast(pl.Int32), flags, title_kind="kind_code", title_rule="pattern")
    return placed.select("document_number", "place").join(rules, on="place", how="left").drop("place")
