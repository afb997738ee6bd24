"""papers: accepted papers of NeurIPS, ICML and ICLR, one row each. A working table, never released.

Accepted is `poster`, `spotlight` or `oral`, and `unlisted`: in the proceedings, but listed by the conference site under another
title (7 papers until 2019; their second entry is no paper). Reject, Withdraw and Desk Reject are not here.
"""

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.sources.paperlists import LAYOUTS
from indicators.tables.researchers._acceptance import STATUSES, TRACKS, VENUES, accepted

TABLE = Table(
    name="papers",
    title="Accepted papers",
    description="One row per accepted paper of NeurIPS, ICML and ICLR. No title, author or abstract is kept.",
    key=("paper_id",),
    parts_of="paperlists",
    row_bounds=(17_100, 40_300),
    is_released=False,
    columns=(
        Column("paper_id", pl.String, "Venue, year and the file's own id", pattern=r"^(?:iclr|icml|neurips)-\d{4}-\S+$"),
        Column("venue_code", pl.String, "Conference", values=VENUES),
        Column("year", pl.Int32, "Year of the conference", minimum=1987, maximum=2030),
        Column("track_code", pl.String, "Track; null for an unlisted paper", is_nullable=True, values=tuple(TRACKS.values())),
        Column("status_code", pl.String, "How the conference shows the paper", values=(*STATUSES.values(), "unlisted")),
        Column("layout_code", pl.String,
               "How the source states affiliations: per author, as a list with domains, as a list of names", values=LAYOUTS),
        Column("author_slot_count", pl.Int32,
               "Author positions the source states: all authors (author_index), else those with a printed affiliation",
               unit="positions", minimum=0, maximum=3000),
    ),
    rules=(
        Rule("Has every paper that is listed a track?", "SELECT * FROM papers WHERE track_code IS NULL AND status_code <> 'unlisted'"),
        Rule("Is only the odd paper unlisted?",
             "SELECT venue_code, year FROM papers GROUP BY ALL HAVING avg((status_code = 'unlisted')::INT) > 0.01"),
    ),
)  # fmt: skip


def build(paperlists: pl.DataFrame) -> pl.DataFrame:
    """Return one row per accepted paper."""
    return (
        accepted(paperlists)
        .group_by("paper_id", "venue_code", "year", "track", "status", "layout_code")
        .agg(author_slot_count=pl.col("slot").drop_nulls().n_unique().cast(pl.Int32))
        .with_columns(
            track_code=pl.col("track").replace_strict(TRACKS, return_dtype=pl.String),
            status_code=pl.col("status").replace_strict(STATUSES, return_dtype=pl.String).fill_null("unlisted"),
        )
        .drop("track", "status")
    )
