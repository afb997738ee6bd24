"""What each conference of paperlists is called, which editions are read, and which words it uses for statuses and tracks.

Know before editing:
- A new venue-year is one word in EDITIONS: its file's name. A word for a status or a track that stands nowhere here stops the file.
- IJCAI words its tracks anew each year, also in case. EMNLP tells its Findings, a volume of their own, by the status alone: the
  track of each of its papers reads "main". Rows without a status are the proceedings' half of a pair (see paperlists), but for
  CVPR 2022: there they are its demonstrations, which the proceedings print and the list of papers leaves out.
"""

import re
from typing import Any

from indicators.model import BadPayload, File

Paper = dict[str, Any]

EDITIONS = (
    "aaai2021", "aaai2022",
    "aistats2018", "aistats2019", "aistats2020", "aistats2021", "aistats2022", "aistats2023", "aistats2024", "aistats2025",
    "colm2024", "colm2025",
    "corl2021", "corl2022", "corl2023", "corl2024", "corl2025",
    "cvpr2013", "cvpr2014", "cvpr2015", "cvpr2016", "cvpr2017", "cvpr2018", "cvpr2019", "cvpr2020", "cvpr2021",
    "cvpr2022", "cvpr2023", "cvpr2024",
    "emnlp2023",
    "iccv2013", "iccv2015", "iccv2017", "iccv2019", "iccv2021", "iccv2023",
    "iclr2021", "iclr2022",
    "icml2013", "icml2014", "icml2015", "icml2016", "icml2017", "icml2018", "icml2019", "icml2023", "icml2024",
    "ijcai2020", "ijcai2021", "ijcai2022", "ijcai2023", "ijcai2024",
    "nips1987", "nips1988", "nips1989", "nips1990", "nips1991", "nips1992", "nips1993", "nips1994", "nips1995",
    "nips1996", "nips1997", "nips1998", "nips1999", "nips2000", "nips2001", "nips2002", "nips2003", "nips2004",
    "nips2005", "nips2006", "nips2007", "nips2008", "nips2009", "nips2010", "nips2011", "nips2012", "nips2013",
    "nips2014", "nips2015", "nips2016", "nips2017", "nips2018", "nips2021",
)  # fmt: skip
EDITION = re.compile(r"([a-z]+)(\d{4})\.json")
VENUES = {
    "aaai": "aaai", "aistats": "aistats", "colm": "colm", "corl": "corl", "cvpr": "cvpr", "emnlp": "emnlp",
    "iccv": "iccv", "iclr": "iclr", "icml": "icml", "ijcai": "ijcai", "nips": "neurips",
}  # fmt: skip
"""The name in the file's name → our code."""
REJECTIONS = ("Reject", "Withdraw", "Desk Reject")
STATUSES = {
    "aaai": ("Poster", "Technical"),
    "aistats": ("Poster", "Oral"),
    "colm": ("Poster",),
    "corl": ("Poster", "Oral"),
    "cvpr": ("Poster", "Spotlight", "Highlight", "Oral"),
    "emnlp": ("Short Main", "Long Main", "Short Findings", "Long Findings", "Reject"),
    "iccv": ("Poster", "Spotlight", "Oral"),
    "iclr": ("Poster", "Spotlight", "Oral", *REJECTIONS),
    "icml": ("Poster", "Spotlight", "Oral"),
    "ijcai": ("Poster",),
    "neurips": ("Poster", "Spotlight", "Oral", "Reject"),
}
"""A status that is no rejection is an accepted paper's."""
TRACKS = {
    "cvpr": ("Demos",),
    "ijcai": (
        "AI and Arts", "AI for Good", "AI for Good - Projects", "AI, Arts & Creativity", "Demo Track", "Demos", "Doctoral Consortium",
        "Early Career", "Human-Centred AI", "Journal Track", "Journal track", "Late Papers", "Sister Conferences Best Papers",
        "Special Track on AI for Good", "Special Track on AI in FinTech", "Special Track on AI, the Arts and Creativity",
        "Special track on AI for CompSust and Human well-being", "Survey Track", "Survey track",
    ),
    "neurips": ("Datasets & Benchmarks",),
}  # fmt: skip
"""Beside "main"."""
TRACKS_WITHOUT_STATUS = {("cvpr", 2022): "Demos"}


def edition(file: File, source_id: str) -> tuple[str, int]:
    """Venue in our words and year, from the name of the file; raises BadPayload for a venue that nobody knows."""
    found = EDITION.fullmatch(file.name)
    if not found or found[1] not in VENUES:
        raise BadPayload(f"{source_id}: {file.name!r} names no known venue and year; known venues: {list(VENUES)}; add it to VENUES")
    return VENUES[found[1]], int(found[2])


def track(paper: Paper, venue: str, year: int) -> str | None:
    """The track as stated, or what a row without a status is of at that conference."""
    return paper.get("track") or (None if paper.get("status") else TRACKS_WITHOUT_STATUS.get((venue, year)))


def is_in_proceedings(paper: Paper) -> bool:
    """True for the one row of a paper that the proceedings know: a PDF proves it, else a status beside an affiliation."""
    return bool(paper.get("pdf") or ("aff" in paper and paper.get("status")))


def is_wanted(paper: Paper) -> bool:
    """True where the affiliations may be read: an accepted paper's, in the proceedings."""
    return is_in_proceedings(paper) and paper.get("status") not in REJECTIONS
