"""Which papers count, and how conferences, tracks and ways of showing a paper are named. Only for the modules of this folder.

Know before editing:
- A word of the source that stands in STATUSES is an accepted paper's; Reject, Withdraw and Desk Reject stand in none.
- EMNLP tells its Findings by the status and calls their track "main": they are a volume of their own, and so a track of their own.
- IJCAI words its tracks anew each year; words of one kind have one code.
"""

import polars as pl

VENUES = ("aaai", "aistats", "colm", "corl", "cvpr", "emnlp", "iccv", "iclr", "icml", "ijcai", "neurips")
STATUSES = {
    "Poster": "poster",
    "Spotlight": "spotlight",
    "Highlight": "highlight",
    "Oral": "oral",
    "Technical": "technical",
    "Short Main": "short",
    "Long Main": "long",
    "Short Findings": "short",
    "Long Findings": "long",
}
FINDINGS = ("Short Findings", "Long Findings")
TRACKS = {
    "main": "main",
    "Datasets & Benchmarks": "datasets_and_benchmarks",
    "Demo Track": "demonstrations",
    "Demos": "demonstrations",
    "Doctoral Consortium": "doctoral_consortium",
    "Early Career": "early_career",
    "Human-Centred AI": "human_centred_ai",
    "Journal Track": "journal",
    "Journal track": "journal",
    "Late Papers": "late_papers",
    "Sister Conferences Best Papers": "sister_conferences",
    "Special Track on AI in FinTech": "fintech",
    "Survey Track": "survey",
    "Survey track": "survey",
    "AI and Arts": "arts",
    "AI, Arts & Creativity": "arts",
    "Special Track on AI, the Arts and Creativity": "arts",
    "AI for Good": "ai_for_good",
    "AI for Good - Projects": "ai_for_good",
    "Special Track on AI for Good": "ai_for_good",
    "Special track on AI for CompSust and Human well-being": "ai_for_good",
}
STATUS_CODES = (*dict.fromkeys(STATUSES.values()), "unlisted")
TRACK_CODES = (*dict.fromkeys(TRACKS.values()), "findings")


def accepted(paperlists: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of accepted papers, with `paper_id` made unique over venues and years.

    Accepted is a proceedings paper with a status of STATUSES, or one without any, which the conference site lists under another title.
    """
    is_accepted = pl.col("is_in_proceedings") & (pl.col("status").is_null() | pl.col("status").is_in(list(STATUSES)))
    paper_id = pl.concat_str(["venue_code", pl.col("year").cast(pl.String), "paper_id"], separator="-")
    return paperlists.filter(is_accepted).with_columns(paper_id=paper_id)


def status_code() -> pl.Expr:
    """How a conference shows an accepted paper; `unlisted` where it lists it under another title."""
    return pl.col("status").replace_strict(STATUSES, return_dtype=pl.String).fill_null("unlisted")


def track_code() -> pl.Expr:
    """The track of an accepted paper; null where none is stated."""
    stated = pl.col("track").replace_strict(TRACKS, return_dtype=pl.String)
    return pl.when(pl.col("status").is_in(FINDINGS)).then(pl.lit("findings")).otherwise(stated)


def main_track(papers: pl.DataFrame) -> pl.DataFrame:
    """Return the papers of the main track: no other track, and those whose track is not stated."""
    return papers.filter(pl.col("track_code").is_null() | (pl.col("track_code") == "main"))


def main_track_affiliations(papers: pl.DataFrame, affiliations: pl.DataFrame) -> pl.DataFrame:
    """Return the affiliations of main-track papers, with venue and year."""
    return affiliations.join(main_track(papers).select("paper_id", "venue_code", "year"), on="paper_id")
