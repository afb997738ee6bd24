"""venue_coverage: on how much of each conference the paper figures rest, and why. Main track only.

Know before editing:
- A position without a printed affiliation counts as a position without a country.
- Positions are the authors' in `author_index`, those with a profile in `listed_domain`, and the positions of the printed list in
  `listed_name`: the share is of what is printed there. Since names are resolved, companies have a country in all three, so a year is fit
  for a trend by its coverage alone. What is assumed and not read (`seat_count`) stands apart.
"""

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.sources.paperlists import LAYOUTS
from indicators.tables.researchers._acceptance import VENUES, main_track
from indicators.tables.researchers._affiliations import BASES

TREND_GRADE_SHARE = 0.6

TABLE = Table(
    name="venue_coverage",
    title="Coverage of papers and affiliations",
    description="One row per conference and year: accepted main-track papers and author positions, and how many have a country.",
    key=("venue_code", "year"),
    parts_of="paperlists",
    row_bounds=(73, 170),
    is_aggregate=True,
    columns=(
        Column("venue_code", pl.String, "Conference", values=VENUES),
        Column("year", pl.Int32, "Year of the conference", unit="year", minimum=1987, maximum=2030),
        Column("layout_code", pl.String,
               "How the source states affiliations: per author, as a list with domains, as a list of names", values=LAYOUTS),
        Column("paper_count", pl.Int32, "Accepted papers", unit="papers", minimum=1, maximum=20_000),
        Column("papers_with_country", pl.Int32, "Papers with at least one country", unit="papers", minimum=0, maximum=20_000),
        Column("fully_resolved_papers", pl.Int32,
               "Papers whose every stated position has a country", unit="papers", minimum=0, maximum=20_000),
        Column("paper_coverage_share", pl.Float64, "Papers with a country over papers", unit="share", minimum=0, maximum=1),
        Column("slot_count", pl.Int32, "Author positions the source states", unit="positions", minimum=0, maximum=200_000),
        Column("slots_with_country", pl.Int32, "Positions with at least one country", unit="positions", minimum=0, maximum=200_000),
        Column("slot_coverage_share", pl.Float64,
               "Positions with a country over positions; null without positions", unit="share", is_nullable=True, minimum=0, maximum=1),
        Column("affiliation_count", pl.Int32,
               "Affiliations, a position without any counted as one", unit="affiliations", minimum=0, maximum=300_000),
        Column("source_count", pl.Int32, "Affiliations whose country the source states", unit="affiliations", minimum=0),
        Column("territory_rule_count", pl.Int32,
               "Affiliations told apart from China by institution or domain", unit="affiliations", minimum=0),
        Column("domain_count", pl.Int32, "Affiliations whose country the domain tells", unit="affiliations", minimum=0),
        Column("place_count", pl.Int32, "Affiliations whose string names a country, city or campus", unit="affiliations", minimum=0),
        Column("alias_count", pl.Int32, "Affiliations known by a curated spelling", unit="affiliations", minimum=0),
        Column("university_name_count", pl.Int32,
               "Affiliations whose words equal the name of a university in one country", unit="affiliations", minimum=0),
        Column("seat_count", pl.Int32, "Affiliations with organisations of several countries, taken to be at the seat: assumed, not read",
               unit="affiliations", minimum=0),
        Column("unresolved_count", pl.Int32, "Affiliations without a country", unit="affiliations", minimum=0),
        Column("is_trend_grade", pl.Boolean, "True where at least 60% of the positions have a country: fit for a trend"),
    ),
    rules=(
        Rule("Do the reasons add up to the affiliations?",
             "SELECT * FROM venue_coverage "
             "WHERE source_count + territory_rule_count + domain_count + place_count + alias_count + university_name_count + seat_count "
             "+ unresolved_count <> affiliation_count"),
        Rule("Is no country assumed at a seat where the source states countries, but for one in a hundred?",
             "SELECT * FROM venue_coverage WHERE layout_code = 'author_index' AND seat_count > 0.01 * affiliation_count"),
        Rule("Are three in ten affiliations, at most, assumed at a seat?",
             "SELECT * FROM venue_coverage WHERE seat_count > 0.3 * affiliation_count"),
        Rule("Have nine tenths of the printed positions a country where names are all there is?",
             "SELECT * FROM venue_coverage WHERE layout_code <> 'author_index' AND slot_coverage_share < 0.9"),
        Rule("Are parts no larger than the whole?",
             "SELECT * FROM venue_coverage "
             "WHERE papers_with_country > paper_count OR slots_with_country > slot_count OR slot_count > affiliation_count"),
        Rule("Did NeurIPS 2018 accept 1,009 papers, and ICML 2024 2,610?",
             "SELECT * FROM venue_coverage WHERE (venue_code = 'neurips' AND year = 2018 AND paper_count <> 1009) "
             "OR (venue_code = 'icml' AND year = 2024 AND paper_count <> 2610)"),
        Rule("Is every year fit for a trend?", "SELECT * FROM venue_coverage WHERE NOT is_trend_grade", is_warning=True),
        Rule("Have 95% of all positions a country?", "SELECT * FROM venue_coverage WHERE slot_coverage_share < 0.95", is_warning=True),
    ),
)  # fmt: skip


def build(papers: pl.DataFrame, paper_affiliations: pl.DataFrame) -> pl.DataFrame:
    """Return one row per conference and year."""
    rows = main_track(papers).join(paper_affiliations, on="paper_id", how="left")
    has_country, slot = pl.col("country_code").is_not_null(), pl.struct("paper_id", "slot")
    counts = rows.group_by("venue_code", "year", "layout_code").agg(
        paper_count=pl.col("paper_id").n_unique(),
        papers_with_country=pl.col("paper_id").filter(has_country).n_unique(),
        fully_resolved_papers=pl.col("paper_id").filter(has_country.all().over("paper_id")).n_unique(),
        slot_count=slot.filter(pl.col("slot").is_not_null()).n_unique(),
        slots_with_country=slot.filter(has_country).n_unique(),
        affiliation_count=pl.col("slot").is_not_null().sum(),
        **{f"{basis}_count": (pl.col("basis_code") == basis).sum() for basis in BASES},
    )
    slot_share = pl.when(pl.col("slot_count") > 0).then(pl.col("slots_with_country") / pl.col("slot_count"))
    return counts.with_columns(
        pl.selectors.ends_with("_count", "_country", "_papers").cast(pl.Int32),
        paper_coverage_share=(pl.col("papers_with_country") / pl.col("paper_count")).round(6),
        slot_coverage_share=slot_share.round(6),
        is_trend_grade=(slot_share >= TREND_GRADE_SHARE).fill_null(value=False),
    )
