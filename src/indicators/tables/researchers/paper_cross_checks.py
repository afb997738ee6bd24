"""paper_cross_checks: papers by country on two routes, ours and the IndiaML Tracker's, for each conference year of the tracker.

Know before editing:
- Both sides count whole: a paper counts for a country once any author position lies there. Both shares are over all accepted papers of
  the main track, whether or not a country is known, so that what a route cannot place lowers its shares and no other's.
- They differ by definition: the tracker gives a position one country, we each country that it names; the tracker folds nothing (Hong
  Kong, Macao and Taiwan have labels of their own); ours knows only positions that the source states (ICML 2024 states 88% of them).
- Several labels of one country (GB, UK) cannot be summed, as a paper may have both: the largest is the least, the sum is the most, and a
  difference is taken from the nearer end.
- Tolerance. Leaving out one position in ten at random lowers the US share of ICML 2024 by 1.5 points, that of China by 0.5 and all others
  by 0.3 or less. What is left out is not random, hence twice that, 3 points, from a share of 20% on; and 2 points below, where the
  largest difference is 1.6 (France) once the domains of our source are placed by the tracker's own list.
- The tracker's labels without a place are in `tracker_country_labels.csv`; they make one row without a country.
- A file without the label UNK does not tell how many positions have no country: its coverage is unknown, and nothing is judged by it.
"""

import polars as pl

from indicators.model import Column, ContractBroken, Table
from indicators.sources.indiaml_tracker import UNKNOWN, VENUES
from indicators.tables._countries import codes_by_name
from indicators.tables.researchers._cross_check_rules import RULES

EDITION = ("venue_code", "year")
COMPARABLE_SHARE = 0.9
LARGE_SHARE, LARGE_POINTS, SMALL_POINTS = 0.2, 3.0, 2.0

TABLE = Table(
    name="paper_cross_checks",
    title="Papers by country on two routes",
    description="One row per conference year and country of the IndiaML Tracker, with our own count where we have that conference year."
    " Whole counting on both sides, over all accepted main-track papers.",
    key=(*EDITION, "country_code"),
    row_bounds=(239, 564),
    is_aggregate=True,
    columns=(
        Column("venue_code", pl.String, "Conference", values=tuple(VENUES.values())),
        Column("year", pl.Int32, "Year of the conference", unit="year", minimum=2024, maximum=2030),
        Column("country_code", pl.String, "Place of the affiliation (Hong Kong, Macao and Taiwan apart from China); null for labels of the"
               " tracker that name no place", is_nullable=True, links_to="countries.country_code"),
        Column("printed_labels", pl.List(pl.String), "What the tracker calls it, every spelling; empty where it lists no paper"),
        Column("tracker_paper_count", pl.Int32, "Papers by the tracker: with an author of that label; of several labels the largest count",
               unit="papers", minimum=0, maximum=20_000),
        Column("tracker_paper_count_upper", pl.Int32, "The most there can be: the sum over the labels", unit="papers", minimum=0,
               maximum=20_000),
        Column("tracker_slot_count", pl.Int32, "Author positions by the tracker (its author_count); no count of persons", unit="positions",
               minimum=0, maximum=200_000),
        Column("tracker_accepted_papers", pl.Int32, "Accepted papers by the tracker", unit="papers", minimum=1, maximum=20_000),
        Column("tracker_stated_authors", pl.Int32, "Different authors by the tracker", unit="persons", minimum=1, maximum=100_000),
        Column("tracker_slot_coverage_share", pl.Float64, "Positions with a placed label over positions; null where the tracker does not"
               " tell the positions without a country", "share", is_nullable=True, minimum=0, maximum=1),
        Column("tracker_share", pl.Float64, "The tracker's papers over its accepted papers", "share", minimum=0, maximum=1),
        Column("tracker_share_upper", pl.Float64, "The most its papers can be, over its accepted papers", "share", minimum=0, maximum=1),
        Column("our_paper_count", pl.Int32, "Papers by `paper_counts` (whole counting); null where we lack the conference year, and"
               " without a country", unit="papers", is_nullable=True, minimum=0, maximum=20_000),
        Column("our_accepted_papers", pl.Int32, "Accepted main-track papers by `venue_coverage`; null where we lack the conference year",
               unit="papers", is_nullable=True, minimum=1, maximum=20_000),
        Column("our_slot_coverage_share", pl.Float64, "Positions with a country over positions that our source states", "share",
               is_nullable=True, minimum=0, maximum=1),
        Column("our_share", pl.Float64, "Our papers over our accepted papers", "share", is_nullable=True, minimum=0, maximum=1),
        Column("difference_points", pl.Float64, "Our share minus the nearer end of the tracker's range, 0 inside it", "percentage points",
               is_nullable=True, minimum=-100, maximum=100),
        Column("tolerance_points", pl.Float64, "Difference that definitions and unplaced positions explain: 3 where either share is 20% or"
               " more, else 2", "percentage points", minimum=SMALL_POINTS, maximum=LARGE_POINTS),
        Column("is_comparable", pl.Boolean, "True where both routes place nine in ten of their positions"),
        Column("is_within_tolerance", pl.Boolean, "Whether the difference is; null without one", is_nullable=True),
    ),
    rules=RULES,
)  # fmt: skip


def build(
    indiaml_tracker: pl.DataFrame,
    paper_counts: pl.DataFrame,
    venue_coverage: pl.DataFrame,
    country_codes: pl.DataFrame,
    reference_country_aliases: pl.DataFrame,
    reference_tracker_country_labels: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row per conference year of the tracker and country; raises ContractBroken for a label nobody knows."""
    known = _known(country_codes, reference_country_aliases, reference_tracker_country_labels)
    placed = _placed(indiaml_tracker, known)
    ours = paper_counts.select(*EDITION, "country_code", our_paper_count=pl.col("paper_count").cast(pl.Int32))
    ours = ours.join(indiaml_tracker.select(EDITION).unique(), on=EDITION, how="semi")
    rows = _by_country(placed).join(ours, on=[*EDITION, "country_code"], how="full", coalesce=True, nulls_equal=True)
    coverage = venue_coverage.select(*EDITION, our_accepted_papers="paper_count", our_slot_coverage_share="slot_coverage_share")
    rows = rows.join(_editions(placed), on=EDITION, how="left").join(coverage, on=EDITION, how="left")
    return _compared(_filled(rows)).select(TABLE.column_names)


def _known(country_codes: pl.DataFrame, aliases: pl.DataFrame, labels: pl.DataFrame) -> dict[str, str | None]:
    """Lower-case label → alpha-3 code, or None for a known label without a place: names, then two-letter codes, then curated labels."""
    two_letters = {code.lower(): found for code, found in country_codes.select("iso2_code", "iso3_code").iter_rows()}
    curated = {label.lower(): code for label, code in labels.select("label", "country_code").iter_rows()}
    return {**codes_by_name(country_codes, aliases), **two_letters, **curated}


def _placed(rows: pl.DataFrame, known: dict[str, str | None]) -> pl.DataFrame:
    """Add `country_codes`, a list; several for a label that names several, one null for a label without a place."""
    parts = {label: [part.strip().lower() for part in label.replace(";", ",").split(",")] for label in rows["country_label"].unique()}
    unknown = sorted(label for label, words in parts.items() if any(word not in known for word in words))
    if unknown:
        raise ContractBroken(f"{TABLE.name}: unknown labels {unknown[:10]}; add each to data/reference/tracker_country_labels.csv")
    codes = [[known[word] for word in parts[label]] for label in rows["country_label"]]
    return rows.with_columns(pl.Series("country_codes", codes, dtype=pl.List(pl.String)))


def _by_country(placed: pl.DataFrame) -> pl.DataFrame:
    """One row per conference year and country of the tracker."""
    exploded = placed.explode("country_codes").rename({"country_codes": "country_code"})
    return exploded.group_by(*EDITION, "country_code").agg(
        printed_labels=pl.col("country_label").sort(),
        tracker_paper_count=pl.col("paper_count").max(),
        tracker_paper_count_upper=pl.min_horizontal(pl.col("paper_count").sum(), pl.col("accepted_papers").first()),
        tracker_slot_count=pl.col("author_slot_count").sum(),
    )


def _editions(placed: pl.DataFrame) -> pl.DataFrame:
    """One row per conference year: what the tracker states of the whole, and how many of its positions have a place."""
    slots, has_place = pl.col("author_slot_count"), pl.col("country_codes").list.drop_nulls().list.len() > 0
    share = (slots.filter(has_place).sum() / slots.sum()).round(6)
    return placed.group_by(EDITION).agg(
        tracker_accepted_papers=pl.col("accepted_papers").first(),
        tracker_stated_authors=pl.col("stated_authors").first(),
        tracker_slot_coverage_share=pl.when((pl.col("country_label") == UNKNOWN).any()).then(share),
    )


def _filled(rows: pl.DataFrame) -> pl.DataFrame:
    """Add shares. A country that a complete list leaves out has no paper on that route; a conference year that we lack is unknown."""
    counts = ("tracker_paper_count", "tracker_paper_count_upper", "tracker_slot_count")
    is_ours = pl.col("our_accepted_papers").is_not_null() & pl.col("country_code").is_not_null()
    rows = rows.with_columns(
        pl.col(counts).fill_null(0).cast(pl.Int32),
        printed_labels=pl.col("printed_labels").fill_null([]),
        our_paper_count=pl.when(is_ours).then(pl.col("our_paper_count").fill_null(0)),
    )
    accepted = pl.col("tracker_accepted_papers")
    return rows.with_columns(
        tracker_share=(pl.col("tracker_paper_count") / accepted).round(6),
        tracker_share_upper=(pl.col("tracker_paper_count_upper") / accepted).round(6),
        our_share=(pl.col("our_paper_count") / pl.col("our_accepted_papers")).round(6),
    )


def _compared(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the difference, what it may be, and whether both routes know enough to be held to it."""
    ours, nearest = pl.col("our_share"), pl.col("our_share").clip(pl.col("tracker_share"), pl.col("tracker_share_upper"))
    is_large = pl.max_horizontal("our_share", "tracker_share") >= LARGE_SHARE
    shares = ("our_slot_coverage_share", "tracker_slot_coverage_share")
    rows = rows.with_columns(
        difference_points=(100 * (ours - nearest)).round(4),
        tolerance_points=pl.when(is_large).then(LARGE_POINTS).otherwise(SMALL_POINTS),
        is_comparable=pl.all_horizontal(pl.col(shares).fill_null(0) >= COMPARABLE_SHARE),
    )
    return rows.with_columns(is_within_tolerance=pl.col("difference_points").abs() <= pl.col("tolerance_points"))
