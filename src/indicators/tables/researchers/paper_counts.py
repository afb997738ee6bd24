"""paper_counts: papers by conference, year and country of affiliation, counted in four ways.

Main track only; a paper whose track is not stated counts as main. What has no country is in `venue_coverage`, not here.
"""

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.tables.researchers._acceptance import VENUES, main_track_affiliations

TABLE = Table(
    name="paper_counts",
    title="Papers by country of affiliation",
    description="One row per conference, year and country that any author of an accepted main-track paper is affiliated in.",
    key=("venue_code", "year", "country_code"),
    parts_of="paperlists",
    row_bounds=(2_180, 5_140),
    is_aggregate=True,
    columns=(
        Column("venue_code", pl.String, "Conference", values=VENUES),
        Column("year", pl.Int32, "Year of the conference", unit="year", minimum=1987, maximum=2030),
        Column("country_code", pl.String,
               "Place of the affiliation (Hong Kong, Macau and Taiwan apart from China)", links_to="countries.country_code"),
        Column("paper_count", pl.Int32,
               "Whole counting: papers with at least one author position in the country", unit="papers", minimum=1, maximum=20_000),
        Column("paper_share_sum", pl.Float64,
               "Fractional counting: each paper's 1 split equally over its positions with a country, then over a position's "
               "affiliations with one", unit="papers", minimum=0, maximum=20_000),
        Column("author_slot_count", pl.Int32,
               "Author positions naming the country; one may name several", unit="positions", minimum=1, maximum=200_000),
        Column("author_slot_share_sum", pl.Float64,
               "Fractional counting of positions: the 1 of each position with a country split equally over the countries it names",
               unit="positions", minimum=0, maximum=200_000),
        Column("fully_resolved_papers", pl.Int32,
               "Of the papers, those whose every stated position has a country", unit="papers", minimum=0, maximum=20_000),
    ),
    rules=(
        Rule("Do the parts make the papers with a country?",
             "SELECT venue_code, year FROM paper_counts JOIN venue_coverage USING (venue_code, year) "
             "GROUP BY ALL HAVING abs(sum(paper_share_sum) - any_value(papers_with_country)) > 0.001"),
        Rule("Do the parts of positions make the positions with a country?",
             "SELECT venue_code, year FROM paper_counts JOIN venue_coverage USING (venue_code, year) "
             "GROUP BY ALL HAVING abs(sum(author_slot_share_sum) - any_value(slots_with_country)) > 0.001"),
        Rule("Is a country's part no more than its papers, and its papers no more than its positions?",
             "SELECT * FROM paper_counts WHERE paper_share_sum > paper_count + 1e-6 OR paper_count > author_slot_count "
             "OR author_slot_share_sum > author_slot_count + 1e-6"),
        Rule("Are China, Hong Kong, Macau and Taiwan told apart (trap 5)?",
             "SELECT code FROM (VALUES ('CHN'), ('HKG'), ('MAC'), ('TWN')) AS t(code) "
             "WHERE code NOT IN (SELECT country_code FROM paper_counts)"),
        Rule("Does no country's share of papers jump by more than 10 points between consecutive years fit for a trend?",
             "SELECT * FROM (SELECT p.*, p.paper_count / v.papers_with_country AS share, lag(share) OVER w AS share_before, "
             "lag(p.year) OVER w AS year_before FROM paper_counts p JOIN venue_coverage v USING (venue_code, year) WHERE v.is_trend_grade "
             "WINDOW w AS (PARTITION BY p.venue_code, p.country_code ORDER BY p.year)) "
             "WHERE year = year_before + 1 AND abs(share - share_before) > 0.1",
             is_warning=True),
    ),
)  # fmt: skip


def build(papers: pl.DataFrame, paper_affiliations: pl.DataFrame) -> pl.DataFrame:
    """Return one row per conference, year and country."""
    return (
        main_track_affiliations(papers, paper_affiliations)
        .with_columns(is_resolved=pl.col("country_code").is_not_null().all().over("paper_id"))
        .filter(pl.col("country_code").is_not_null())
        .with_columns(slot_share=_slot_share())
        .sort("paper_id", "slot", "ordinal")
        .group_by("venue_code", "year", "country_code", maintain_order=True)
        .agg(
            paper_count=pl.col("paper_id").n_unique().cast(pl.Int32),
            paper_share_sum=pl.col("paper_share").sum().round(6),
            author_slot_count=pl.struct("paper_id", "slot").n_unique().cast(pl.Int32),
            author_slot_share_sum=pl.col("slot_share").sum().round(6),
            fully_resolved_papers=pl.col("paper_id").filter("is_resolved").n_unique().cast(pl.Int32),
        )
    )


def _slot_share() -> pl.Expr:
    """A located affiliation's part of its position: equal parts for the countries, not for the affiliations."""
    countries = pl.col("country_code").n_unique().over("paper_id", "slot")
    return 1 / (countries * pl.len().over("paper_id", "slot", "country_code"))
