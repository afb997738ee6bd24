"""The Federal Register document behind a citation of the Entity List. Only for this package.

Know before editing:
- The list cites the page on which the entry stands, not the first page of the rule (84 FR 22963 lies in the rule at 84 FR 22961).
- Where a document's pages are known they decide. Else the day does, among documents that change the list; what the known pages
  contradict is no candidate. Of several, those that add entries come first, and of these the one that starts last before the
  page is taken where every start is known.
"""

import polars as pl

PAGE_RANGE, VOLUME_AND_DATE = "page_range", "volume_and_date"
AMBIGUOUS, BEFORE_DOCUMENTS, NO_DOCUMENT = "ambiguous", "before_documents", "no_document"
BASIS_CODES = (PAGE_RANGE, VOLUME_AND_DATE, AMBIGUOUS, BEFORE_DOCUMENTS, NO_DOCUMENT)


def documents(listings: pl.DataFrame, control_documents: pl.DataFrame) -> pl.DataFrame:
    """Return `document_number` and `document_basis_code` per `listing_id`, from `citation` and `first_listed_date`."""
    parts = pl.col("citation").str.split(" FR ").list
    cited = listings.select("listing_id", "first_listed_date", volume=parts.first().cast(pl.Int32), page=parts.last().cast(pl.Int32))
    pages = pl.col("volume", "start_page", "end_page").cast(pl.Int32)
    known = control_documents.select("document_number", "changes_entity_list", "adds_to_entity_list", "publication_date", pages)
    pairs = cited.join(known, on="volume")
    by_page, by_day = _one(_on_its_page(pairs)), _one(_of_its_day(pairs))
    first_day, first_volume = known["publication_date"].min(), known["volume"].min()
    is_before = (pl.col("first_listed_date") < pl.lit(first_day, pl.Date)) | (pl.col("volume") < pl.lit(first_volume, pl.Int32))
    joined = cited.join(by_page, on="listing_id", how="left").join(by_day, on="listing_id", how="left", suffix="_by_day")
    basis = (
        pl.when(pl.col("document_number").is_not_null())
        .then(pl.lit(PAGE_RANGE))
        .when(pl.col("document_number_by_day").is_not_null())
        .then(pl.lit(VOLUME_AND_DATE))
        .when(pl.any_horizontal("candidates", "candidates_by_day"))
        .then(pl.lit(AMBIGUOUS))
        .when(is_before)
        .then(pl.lit(BEFORE_DOCUMENTS))
        .otherwise(pl.lit(NO_DOCUMENT))
    )
    return joined.select("listing_id", document_number=pl.coalesce("document_number", "document_number_by_day"), document_basis_code=basis)


def _on_its_page(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return the documents on whose pages the entry stands."""
    return pairs.filter(pl.col("page").is_between("start_page", "end_page"))


def _of_its_day(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return the documents of the entry's day that change the list, without those whose known pages lie elsewhere."""
    starts_later = (pl.col("start_page") > pl.col("page")).fill_null(value=False)
    ends_before = (pl.col("end_page") < pl.col("page")).fill_null(value=False)
    is_of_day = pl.col("publication_date") == pl.col("first_listed_date")
    return pairs.filter("changes_entity_list", is_of_day, ~starts_later, ~ends_before)


def _one(candidates: pl.DataFrame) -> pl.DataFrame:
    """Return one document per entry, null where several remain: the only one, or the last to start of those whose starts are all known."""
    start, adds = pl.col("start_page"), pl.col("adds_to_entity_list")
    is_one = (pl.len() == 1) | ((start.null_count() == 0) & ((start == start.max()).sum() == 1))
    last = pl.col("document_number").sort_by("start_page", "document_number").last()
    adding = candidates.filter(adds == adds.max().over("listing_id"))
    return adding.group_by("listing_id").agg(document_number=pl.when(is_one).then(last), candidates=pl.lit(value=True))
