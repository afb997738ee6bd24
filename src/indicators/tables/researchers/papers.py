"""papers: accepted papers of AI conferences, one row each. A working table, never released.

Know before editing:
- Accepted is what a conference shows under a word of `_acceptance.STATUSES`, and `unlisted`: in the proceedings, but listed by the
  conference site under another title (at most 2 % of a year; their second entry is no paper), or a demonstration of CVPR 2022.
- One rule holds the counts to what conferences announced. Not in it: EMNLP 2023 (995 here of 1,047 announced, Findings 1,016 of 1,060:
  OpenReview shows no more) and AAAI (2021: 1,654 of 1,692; 2022: 1,319 technical papers of 1,349).
"""

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.sources.paperlists import LAYOUTS
from indicators.tables.researchers._acceptance import STATUS_CODES, TRACK_CODES, VENUES, accepted, status_code, track_code

TABLE = Table(
    name="papers",
    title="Accepted papers",
    description="One row per accepted paper of an AI conference. No title, author or abstract is kept.",
    key=("paper_id",),
    parts_of="paperlists",
    row_bounds=(48_300, 113_600),
    is_released=False,
    columns=(
        Column("paper_id", pl.String, "Venue, year and the file's own id", pattern=rf"^(?:{'|'.join(VENUES)})-\d{{4}}-\S+$"),
        Column("venue_code", pl.String, "Conference", values=VENUES),
        Column("year", pl.Int32, "Year of the conference", minimum=1987, maximum=2030),
        Column("track_code", pl.String, "Track; null for an unlisted paper", is_nullable=True, values=TRACK_CODES),
        Column("status_code", pl.String, "How the conference shows the paper", values=STATUS_CODES),
        Column("layout_code", pl.String,
               "How the source states affiliations: per author, as a list with domains, as a list of names", values=LAYOUTS),
        Column("author_slot_count", pl.Int32,
               "Author positions the source states: all authors (author_index), else those with a printed affiliation",
               unit="positions", minimum=0, maximum=3000),
    ),
    rules=(
        Rule("Has every paper that is listed a track?", "SELECT * FROM papers WHERE track_code IS NULL AND status_code <> 'unlisted'"),
        Rule("Is only the odd paper unlisted?",
             "SELECT venue_code, year FROM papers GROUP BY ALL HAVING avg((status_code = 'unlisted')::INT) > 0.02"),
        Rule("Are words of one conference found at that conference alone?",
             "SELECT * FROM papers WHERE (status_code IN ('short', 'long') OR track_code = 'findings') AND venue_code <> 'emnlp' "
             "OR status_code = 'technical' AND venue_code <> 'aaai' OR status_code = 'highlight' AND venue_code <> 'cvpr' "
             "OR track_code = 'datasets_and_benchmarks' AND venue_code <> 'neurips'"),
        Rule("Is each main track within 1% of what its conference announced?",
             "SELECT venue_code, year, count(*) AS papers, any_value(announced) AS told FROM papers JOIN (VALUES "
             "('neurips', 2016, 568), ('neurips', 2017, 679), ('neurips', 2018, 1009), ('neurips', 2021, 2334), ('icml', 2017, 434), "
             "('icml', 2018, 621), ('icml', 2019, 773), ('icml', 2023, 1828), ('icml', 2024, 2610), ('iclr', 2021, 860), "
             "('iclr', 2022, 1095), ('cvpr', 2016, 643), ('cvpr', 2017, 783), ('cvpr', 2018, 979), ('cvpr', 2019, 1294), "
             "('cvpr', 2020, 1467), ('cvpr', 2021, 1661), ('cvpr', 2022, 2064), ('cvpr', 2023, 2359), ('cvpr', 2024, 2719), "
             "('iccv', 2015, 526), ('iccv', 2017, 621), ('iccv', 2019, 1075), ('iccv', 2021, 1612), ('iccv', 2023, 2156), "
             "('ijcai', 2020, 592), ('ijcai', 2021, 587), ('colm', 2024, 299), ('colm', 2025, 418)"
             ") AS t(venue_code, year, announced) USING (venue_code, year) WHERE coalesce(track_code, 'main') = 'main' "
             "GROUP BY ALL HAVING abs(papers - told) > 0.01 * told"),
        Rule("States every author position of an accepted paper, where positions are authors?",
             "SELECT venue_code, year FROM papers WHERE layout_code = 'author_index' GROUP BY ALL "
             "HAVING avg((author_slot_count = 0)::INT) > 0.01"),
    ),
)  # fmt: skip


def build(paperlists: pl.DataFrame) -> pl.DataFrame:
    """Return one row per accepted paper."""
    return (
        accepted(paperlists)
        .group_by("paper_id", "venue_code", "year", "track", "status", "layout_code")
        .agg(author_slot_count=pl.col("slot").drop_nulls().n_unique().cast(pl.Int32))
        .with_columns(track_code=track_code(), status_code=status_code())
        .drop("track", "status")
    )
