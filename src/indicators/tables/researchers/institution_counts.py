"""institution_counts: papers by conference, year, institution and country of the affiliation. Main track only.

Know before editing:
- Here a paper's 1 is split over all its stated positions, with a country or not, so the parts make the conference's papers; in
  `paper_counts` it is split over positions with a country. The two fractions of a country differ for that reason.
- One institution can lie in several countries: the place of the affiliation is in the key, as everywhere in this folder, and
  `institution_paper_count` says how many papers the institution has in all of them (the sum over countries would count a paper twice).
- An institution is named from three papers of a conference and year on, in all countries together: what stands on one or two papers is not.
"""

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.tables.researchers._acceptance import VENUES, main_track

LEAST_PAPERS = 3
KEY = ("venue_code", "year", "kind_code", "institution_name", "country_code")

TABLE = Table(
    name="institution_counts",
    title="Papers by institution",
    description=f"One row per conference, year, institution of {LEAST_PAPERS} papers or more there, and country; one for all other "
    "institutions, one for what has no institution.",
    key=KEY,
    parts_of="paperlists",
    row_bounds=(7_800, 18_400),
    is_aggregate=True,
    columns=(
        Column("venue_code", pl.String, "Conference", values=VENUES),
        Column("year", pl.Int32, "Year of the conference", unit="year", minimum=1987, maximum=2030),
        Column("kind_code", pl.String, f"An institution; the sum of those with fewer than {LEAST_PAPERS} papers; what has no institution",
               values=("institution", "other", "unnamed")),
        Column("institution_name", pl.String,
               "Canonical name, or as printed where none is known; `other` and `unnamed` for the sums", pattern=r"^\S(?:.*\S)?$"),
        Column("country_code", pl.String,
               "Place of the affiliation (the owner's seat only where the basis says so); null where unresolved, and for the sums",
               is_nullable=True, links_to="countries.country_code"),
        Column("basis_codes", pl.List(pl.String), "Where the country comes from, each reason once; empty for the sums"),
        Column("institution_count", pl.Int32, "Institutions in the row", unit="institutions", minimum=0, maximum=20_000),
        Column("institution_paper_count", pl.Int32, "Papers of the institution in all countries; null for the sums",
               unit="papers", is_nullable=True, minimum=LEAST_PAPERS, maximum=20_000),
        Column("paper_count", pl.Int32, "Whole counting: papers with at least one affiliation of this row",
               unit="papers", minimum=1, maximum=20_000),
        Column("paper_share_sum", pl.Float64, "Fractional counting: each paper's 1 split equally over its stated positions, then over a "
               "position's affiliations; a paper without any position is unnamed", unit="papers", minimum=0, maximum=20_000),
        Column("author_slot_count", pl.Int32, "Author positions with an affiliation of this row; one may have several",
               unit="positions", minimum=0, maximum=200_000),
    ),
    rules=(
        Rule("Do the parts make the papers of each conference and year?",
             "SELECT venue_code, year FROM venue_coverage v FULL JOIN institution_counts i USING (venue_code, year) GROUP BY ALL "
             "HAVING coalesce(abs(sum(paper_share_sum) - any_value(v.paper_count)) > 0.001, true)"),
        Rule("Are the positions at least those stated, and at most the affiliations?",
             "SELECT venue_code, year FROM institution_counts JOIN venue_coverage v USING (venue_code, year) GROUP BY ALL "
             "HAVING sum(author_slot_count) NOT BETWEEN any_value(v.slot_count) AND any_value(v.affiliation_count)"),
        Rule("Has every named institution three papers or more, the same number in each of its countries?",
             "SELECT venue_code, year, institution_name FROM institution_counts WHERE kind_code = 'institution' GROUP BY ALL "
             "HAVING coalesce(min(institution_paper_count), 0) < 3 OR count(DISTINCT institution_paper_count) > 1 "
             "OR any_value(institution_paper_count) NOT BETWEEN max(paper_count) AND sum(paper_count)"),
        Rule("Is no e-mail address, web address or list in a name?",
             "SELECT * FROM institution_counts WHERE regexp_matches(institution_name, '@|://|;')"),
        Rule("Is a part no more than its papers?", "SELECT * FROM institution_counts WHERE paper_share_sum > paper_count + 1e-6"),
        Rule("Are the sums one row each, without a country, and do institutions stand alone?",
             "SELECT * FROM institution_counts WHERE kind_code <> 'institution' AND (institution_name <> kind_code "
             "OR country_code IS NOT NULL OR institution_paper_count IS NOT NULL OR len(basis_codes) > 0 "
             "OR (kind_code = 'unnamed') <> (institution_count = 0)) OR kind_code = 'institution' AND institution_count <> 1"),
        Rule("Has every institution a reason for its country?",
             "SELECT * FROM institution_counts WHERE kind_code = 'institution' "
             "AND (len(basis_codes) = 0 OR list_contains(basis_codes, 'unresolved') <> (country_code IS NULL))"),
        Rule("Is Microsoft, whose laboratories print one name, not all in one country (trap 6)?",
             "SELECT venue_code, sum(paper_share_sum) AS parts FROM institution_counts WHERE institution_name LIKE 'Microsoft%' "
             "GROUP BY ALL HAVING sum(paper_share_sum) > 20 AND count(DISTINCT country_code) = 1"),
    ),
)  # fmt: skip


def build(papers: pl.DataFrame, paper_affiliations: pl.DataFrame) -> pl.DataFrame:
    """Return the institutions of a conference and year by country, and what is left as one row of other and one of unnamed."""
    is_one = pl.col("kind_code") == "institution"
    rows = _told_apart(_weighted(papers, paper_affiliations)).with_columns(
        pl.when(is_one).then("country_code"),
        pl.when(is_one).then("institution_paper_count"),
        printed_name="institution_name",
        institution_name=pl.when(is_one).then("institution_name").otherwise("kind_code"),
    )
    return rows.group_by(KEY).agg(
        basis_codes=pl.col("basis_code").filter(is_one).unique().sort(),
        institution_count=pl.col("printed_name").drop_nulls().n_unique().cast(pl.Int32),
        institution_paper_count=pl.col("institution_paper_count").first(),
        paper_count=pl.col("paper_id").n_unique().cast(pl.Int32),
        paper_share_sum=pl.col("weight").sort_by("paper_id", "slot", "ordinal").sum().round(6),
        author_slot_count=pl.struct("paper_id", "slot").filter(pl.col("slot").is_not_null()).n_unique().cast(pl.Int32),
    )


def _told_apart(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the kind of each affiliation's institution, and its papers in the conference and year."""
    count = pl.col("paper_id").n_unique().over("venue_code", "year", "institution_name").cast(pl.Int32)
    kind = pl.when(count >= LEAST_PAPERS).then(pl.lit("institution")).otherwise(pl.lit("other"))
    is_named = pl.col("institution_name").is_not_null()
    return rows.with_columns(institution_paper_count=count, kind_code=pl.when(is_named).then(kind).otherwise(pl.lit("unnamed")))


def _weighted(papers: pl.DataFrame, affiliations: pl.DataFrame) -> pl.DataFrame:
    """Every affiliation of a main-track paper with its part of the paper; one empty row where a paper states none."""
    listed = main_track(papers).select("paper_id", "venue_code", "year")
    rows = listed.join(affiliations.drop("paper_share"), on="paper_id", how="left")
    slots = pl.col("slot").n_unique().over("paper_id")
    return rows.with_columns(weight=1 / (slots * pl.len().over("paper_id", "slot")))
