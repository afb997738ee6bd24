"""Which indicators the page draws, and how: a judgement of what most readers come for, in the order of the page.

Know before editing:
- A line is one subject and one dimension of an indicator. Its slot is its colour, dash and mark; a country keeps its slot on every chart.
- What a figure means (unit, method, interval, coverage, caveats) is the indicator's own header and is not repeated here.
- Lines of which an edition knows nothing are left out, and so are charts without lines.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Form = Literal["steps", "points", "dots"]
"""A level that holds until it changes, with a band; single measurements with bars; subjects in rows, periods as marks."""


@dataclass(frozen=True)
class Line:
    """One series of a chart."""

    subject_code: str
    dimension: str | None = None
    slot: int = 1
    label: str = ""
    """In words; empty: the subject's own name with its code."""
    tag: str = ""
    """What stands at the line's end, where it has room."""


@dataclass(frozen=True)
class Headline:
    """One chart of one indicator."""

    indicator_id: str
    form: Form
    lines: tuple[Line, ...]
    part: str = ""
    """Which part of the indicator, where it has several."""
    since: date = date.min
    is_log: bool = False
    has_rules: bool = False
    """Whether the days of export rules are marked."""
    even: float | None = None
    """The value at which nobody leads."""

    @property
    def id(self) -> str:
        """Its place in the page."""
        return "-".join(filter(None, (self.indicator_id, self.part.lower())))


def _both(dimension: str | None = None) -> tuple[Line, ...]:
    return Line("USA", dimension, 1, tag="USA"), Line("CHN", dimension, 2, tag="CHN")


def _papers(venue: str, part: str) -> Headline:
    return Headline("paper_share", "points", _both(f"{venue} whole"), part=part, since=date(2013, 1, 1))


def _cohort(indicator_id: str, *codes: str) -> Headline:
    return Headline(indicator_id, "dots", tuple(Line(code, "top_20") for code in codes), part="NeurIPS")


AS_DATED, BY_RELEASE = "models dated as Epoch AI dates them, previews included", "models dated by each version's own day"
MODELS = (
    Headline(
        "capability_gap", "steps", has_rules=True, even=0,
        lines=(Line("USA-CHN", "as_dated", 3, AS_DATED), Line("USA-CHN", "release", 4, BY_RELEASE)),
    ),
    Headline("capability_frontier", "steps", _both("as_dated"), has_rules=True),
    Headline(
        "capability_lag_months", "steps", has_rules=True, even=0,
        lines=(Line("USA-CHN", "as_dated at_release", 3, AS_DATED), Line("USA-CHN", "release at_release", 4, BY_RELEASE)),
    ),
    Headline(
        "arena_gap", "points", has_rules=True, even=0,
        lines=(
            Line("USA-CHN", "unweighted", 3, "without style control, unweighted"),
            Line("USA-CHN", "reweighted", 4, "without style control, reweighted"),
            Line("USA-CHN", "style_controlled", 5, "with style control"),
        ),
    ),
)  # fmt: skip
COMPUTING = (
    Headline("training_compute_frontier", "steps", _both(), since=date(2018, 1, 1), is_log=True, has_rules=True),
    Headline("cluster_compute_share", "steps", _both("existing"), has_rules=True),
    Headline(
        "export_ceiling_tpp", "steps", has_rules=True, since=date(2021, 1, 1),
        lines=(
            Line("CHN", "in_text", 3, "regulation as it stands in the text"),
            Line("CHN", "enforced", 4, "regulation as it is applied"),
            Line("CHN", "enforced_with_letters", 5, "as applied, with the letters to single firms"),
        ),
    ),
    Headline(
        "domestic_frontier_ratio", "steps", has_rules=True, even=1,
        lines=(
            Line("CHN-USA", "total_processing_performance", 3, "total processing performance"),
            Line("CHN-USA", "memory_bandwidth", 4, "memory bandwidth"),
        ),
    ),
    Headline(
        "entity_listings_in_force", "steps", has_rules=True, since=date(2019, 1, 1),
        lines=(
            Line("CHN", None, 2, tag="CHN"), Line("RUS", None, 3, tag="RUS"), Line("ARE", None, 4, tag="ARE"), Line("PAK", None, 5),
            Line("IRN", None, 6, tag="IRN"),
        ),
    ),
    Headline(
        "ic_export_share", "points",
        lines=(
            Line("TWN", "reported", 3, tag="TWN"), Line("CHN", "reported", 2, tag="CHN"), Line("KOR", "reported", 4, tag="KOR"),
            Line("USA", "reported", 1, tag="USA"),
        ),
    ),
)  # fmt: skip
RESEARCH = (
    _papers("neurips", "NeurIPS"),
    _papers("icml", "ICML"),
    _papers("iclr", "ICLR"),
    Headline(
        "collaboration_share", "points", since=date(2013, 1, 1),
        lines=(Line("USA-CHN", "neurips", 3, "NeurIPS"), Line("USA-CHN", "icml", 4, "ICML"), Line("USA-CHN", "iclr", 5, "ICLR")),
    ),
    _cohort("talent_origin_share", "CHN", "USA", "IND", "CAN", "GBR"),
    _cohort("talent_work_share", "USA", "CHN", "CAN", "GBR"),
)  # fmt: skip
USE = (
    Headline(
        "misuse_share", "points",
        lines=(Line("WLD", "misuse", 3, "malicious actors and misuse"), Line("WLD", "intentional", 4, "intended by whoever did it")),
    ),
    Headline(
        "ai_adoption", "dots",
        lines=(
            Line("USA"), Line("CHN"), Line("ADV", "population_weighted", label="Advanced economies"),
            Line("EMD", "population_weighted", label="All other economies"), Line("WLD", "population_weighted", label="All economies"),
        ),
    ),
)  # fmt: skip
SECTIONS = {"Models": MODELS, "Chips and computing": COMPUTING, "Research and researchers": RESEARCH, "Use and misuse": USE}
"""By heading: the charts under it."""
