"""paper_pairs: papers whose authors are affiliated in two countries, by conference, year and pair. Main track only."""

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.tables.researchers._acceptance import VENUES, main_track_affiliations

TABLE = Table(
    name="paper_pairs",
    title="Papers by pair of countries",
    description="One row per conference, year and two countries that an accepted main-track paper joins, in alphabetical order.",
    key=("venue_code", "year", "country_code_a", "country_code_b"),
    parts_of="paperlists",
    row_bounds=(5_180, 12_200),
    is_aggregate=True,
    columns=(
        Column("venue_code", pl.String, "Conference", values=VENUES),
        Column("year", pl.Int32, "Year of the conference", unit="year", minimum=1987, maximum=2030),
        Column("country_code_a", pl.String, "First country of the pair", links_to="countries.country_code"),
        Column("country_code_b", pl.String, "Second country of the pair", links_to="countries.country_code"),
        Column("paper_count", pl.Int32,
               "Papers with an affiliation in both; one author with two affiliations is enough", unit="papers", minimum=1, maximum=20_000),
    ),
    rules=(
        Rule("Does each pair stand in one order only?", "SELECT * FROM paper_pairs WHERE country_code_a >= country_code_b"),
        Rule("Has no pair more papers than either country?",
             "SELECT p.* FROM paper_pairs p JOIN paper_counts c ON c.venue_code = p.venue_code AND c.year = p.year "
             "AND c.country_code IN (p.country_code_a, p.country_code_b) WHERE p.paper_count > c.paper_count"),
        Rule("Is every country of a pair counted by itself?",
             "SELECT p.* FROM paper_pairs p WHERE (SELECT count(*) FROM paper_counts c "
             "WHERE c.venue_code = p.venue_code AND c.year = p.year AND c.country_code IN (p.country_code_a, p.country_code_b)) <> 2"),
    ),
)  # fmt: skip


def build(papers: pl.DataFrame, paper_affiliations: pl.DataFrame) -> pl.DataFrame:
    """Return one row per conference, year and pair of countries."""
    located = main_track_affiliations(papers, paper_affiliations).filter(pl.col("country_code").is_not_null())
    places = located.select("paper_id", "venue_code", "year", country_code_a="country_code").unique()
    others = places.select("paper_id", country_code_b="country_code_a")
    return (
        places.join(others, on="paper_id")
        .filter(pl.col("country_code_a") < pl.col("country_code_b"))
        .group_by("venue_code", "year", "country_code_a", "country_code_b")
        .agg(paper_count=pl.len().cast(pl.Int32))
    )
