"""paper_collaborations: papers of the United States and China, alone and together, by conference and year. Main track only.

Know before editing: China is counted twice, as the mainland alone and with Hong Kong and Macau; Taiwan is in neither. A paper of
Hong Kong and the mainland counts once for both together, which no sum over countries gives: so it is counted here, from the papers.
"""

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.tables.researchers._acceptance import VENUES, main_track

CHINAS = {"CHN": ("CHN",), "CHN+HKG+MAC": ("CHN", "HKG", "MAC")}

TABLE = Table(
    name="paper_collaborations",
    title="Papers of the United States and China together",
    description="One row per conference, year and meaning of China, where any accepted main-track paper has a country. Whole counting.",
    key=("venue_code", "year", "china_code"),
    parts_of="paperlists",
    row_bounds=(144, 340),
    is_aggregate=True,
    columns=(
        Column("venue_code", pl.String, "Conference", values=VENUES),
        Column("year", pl.Int32, "Year of the conference", unit="year", minimum=1987, maximum=2030),
        Column("china_code", pl.String, "What China is: the mainland alone, or with Hong Kong and Macau", values=tuple(CHINAS)),
        Column("usa_papers", pl.Int32, "Papers with an affiliation in the United States", unit="papers", minimum=0, maximum=20_000),
        Column("china_papers", pl.Int32, "Papers with an affiliation in China", unit="papers", minimum=0, maximum=20_000),
        Column("joint_papers", pl.Int32,
               "Papers with both; one author with two affiliations is enough", unit="papers", minimum=0, maximum=20_000),
        Column("either_papers", pl.Int32, "Papers with one or both", unit="papers", minimum=0, maximum=20_000),
        Column("open_single_papers", pl.Int32,
               "Papers with one of the two and a position or affiliation without a country: the other may hide there",
               unit="papers", minimum=0, maximum=20_000),
        Column("open_neither_papers", pl.Int32,
               "Papers with neither and a position or affiliation without a country, or no position at all",
               unit="papers", minimum=0, maximum=20_000),
    ),
    rules=(
        Rule("Are the papers of either those of the two, without those counted twice?",
             "SELECT * FROM paper_collaborations WHERE either_papers <> usa_papers + china_papers - joint_papers "
             "OR joint_papers > least(usa_papers, china_papers) OR open_single_papers > either_papers - joint_papers"),
        Rule("Are the United States and the mainland counted as in `paper_counts` and `paper_pairs`?",
             "SELECT c.* FROM paper_collaborations c LEFT JOIN paper_counts u ON (u.venue_code, u.year, u.country_code) = "
             "(c.venue_code, c.year, 'USA') LEFT JOIN paper_counts m ON (m.venue_code, m.year, m.country_code) = "
             "(c.venue_code, c.year, 'CHN') LEFT JOIN paper_pairs p ON (p.venue_code, p.year, p.country_code_a, p.country_code_b) = "
             "(c.venue_code, c.year, 'CHN', 'USA') WHERE usa_papers <> coalesce(u.paper_count, 0) OR (china_code = 'CHN' "
             "AND (china_papers <> coalesce(m.paper_count, 0) OR joint_papers <> coalesce(p.paper_count, 0)))"),
        Rule("Do Hong Kong and Macau add papers, and no more than they have?",
             "SELECT wide.* FROM paper_collaborations wide JOIN paper_collaborations mainland USING (venue_code, year) "
             "WHERE wide.china_code = 'CHN+HKG+MAC' AND mainland.china_code = 'CHN' AND (wide.joint_papers < mainland.joint_papers "
             "OR wide.china_papers - mainland.china_papers NOT BETWEEN 0 AND (SELECT coalesce(sum(paper_count), 0) FROM paper_counts t "
             "WHERE t.venue_code = wide.venue_code AND t.year = wide.year AND country_code IN ('HKG', 'MAC')))"),
        Rule("Has every conference and year with a country both rows?",
             "SELECT venue_code, year FROM venue_coverage v LEFT JOIN paper_collaborations c USING (venue_code, year) "
             "WHERE v.papers_with_country > 0 GROUP BY ALL HAVING count(china_code) <> 2"),
    ),
)  # fmt: skip


def build(papers: pl.DataFrame, paper_affiliations: pl.DataFrame) -> pl.DataFrame:
    """Return two rows per conference and year with any country: China as the mainland alone, and with Hong Kong and Macau."""
    places = (
        main_track(papers)
        .select("paper_id", "venue_code", "year")
        .join(paper_affiliations, on="paper_id", how="left")
        .group_by("venue_code", "year", "paper_id")
        .agg(countries=pl.col("country_code").drop_nulls().unique(), is_open=pl.col("country_code").is_null().any())
        .filter((pl.col("countries").list.len() > 0).any().over("venue_code", "year"))
    )
    return pl.concat([_counts(places, china_code) for china_code in CHINAS])


def _counts(places: pl.DataFrame, china_code: str) -> pl.DataFrame:
    """One row per conference and year, for one meaning of China."""
    in_usa, is_open = pl.col("countries").list.contains("USA"), pl.col("is_open")
    in_china = pl.any_horizontal(pl.col("countries").list.contains(code) for code in CHINAS[china_code])
    return places.group_by("venue_code", "year").agg(
        china_code=pl.lit(china_code),
        usa_papers=in_usa.sum().cast(pl.Int32),
        china_papers=in_china.sum().cast(pl.Int32),
        joint_papers=(in_usa & in_china).sum().cast(pl.Int32),
        either_papers=(in_usa | in_china).sum().cast(pl.Int32),
        open_single_papers=((in_usa ^ in_china) & is_open).sum().cast(pl.Int32),
        open_neither_papers=(~(in_usa | in_china) & is_open).sum().cast(pl.Int32),
    )
