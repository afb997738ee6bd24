"""Which papers count, and how conferences, tracks and ways of showing a paper are named. Only for the modules of this folder."""

import polars as pl

STATUSES = {"Poster": "poster", "Spotlight": "spotlight", "Oral": "oral"}
TRACKS = {"main": "main", "Datasets & Benchmarks": "datasets_and_benchmarks"}
VENUES = ("iclr", "icml", "neurips")


def accepted(paperlists: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of accepted papers, with `paper_id` made unique over venues and years.

    Accepted is a proceedings paper shown as Poster, Spotlight or Oral, or one that the conference site lists under another title.
    """
    is_accepted = pl.col("is_in_proceedings") & (pl.col("status").is_null() | pl.col("status").is_in(list(STATUSES)))
    paper_id = pl.concat_str(["venue_code", pl.col("year").cast(pl.String), "paper_id"], separator="-")
    return paperlists.filter(is_accepted).with_columns(paper_id=paper_id)


def main_track(papers: pl.DataFrame) -> pl.DataFrame:
    """Return the papers of the main track: no other track, and those whose track is not stated."""
    return papers.filter(pl.col("track_code").is_null() | (pl.col("track_code") == "main"))


def main_track_affiliations(papers: pl.DataFrame, affiliations: pl.DataFrame) -> pl.DataFrame:
    """Return the affiliations of main-track papers, with venue and year."""
    return affiliations.join(main_track(papers).select("paper_id", "venue_code", "year"), on="paper_id")
