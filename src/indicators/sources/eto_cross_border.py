"""CSET's cross-border research metrics: articles written together by two countries, by field and year, where there are 25 or more.

Know before editing:
- Non-commercial terms: private. Nothing of it is released, kept in the baseline, or counted for freshness.
- Every pair of the field AI is printed in both orders, in smaller fields some in one order only: a pair is stored once, in the
  order of the alphabet, with the largest count printed; two orders that disagree stop the refresh.
- Pairs below 25 articles are absent: censored, not zero. A smaller count would mean that the threshold moved, and stops the refresh.
- Fields overlap (an article can be AI and computer vision): never add them. 2024 and 2025 are not complete.
- China is printed `China` here and `China (mainland)` in eto_cat; Hong Kong and Macao have no rows.
- The official archive could not be found; the addresses are a pinned public copy.
"""

from datetime import timedelta
from urllib.parse import quote

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._csv import read_text_columns, require_words
from indicators.sources._eto import LICENSE, PUBLISHER, flags, require_keys, whole_numbers

COPY = "https://raw.githubusercontent.com/pTidke/aisi-bda600/721d8702320cec066b8df92f3869031c5efb5b99/public/datasets/collaboration"
FIELDS = (
    "AI safety", "Artificial intelligence", "Chip design and fabrication", "Computer vision", "Cybersecurity", "Large language models",
    "Natural language processing", "Robotics",
)  # fmt: skip
THRESHOLD = 25
"""Articles below which a pair is not printed."""
ALIASES = {
    "country_name_1": ["country1"],
    "country_name_2": ["country2"],
    "field": ["field"],
    "year": ["year"],
    "articles": ["num_articles"],
    "is_complete": ["complete"],
}
PAIR = ("country_name_a", "country_name_b", "field", "year")

SOURCE = Source(
    id="eto_cross_border",
    title="Cross-Border Tech Research Metrics",
    publisher=PUBLISHER,
    homepage="https://eto.tech/dataset-docs/cross-border-tech-research-metrics/",
    license=LICENSE,
    redistribution="noncommercial",
    attribution="CSET Emerging Technology Observatory, Cross-Border Tech Research Metrics, CC BY-NC 4.0",
    cadence=timedelta(days=90),
    files=tuple(File(f"{field}.csv", f"{COPY}/{quote(field)}.csv") for field in FIELDS),
    schema={
        "country_name_a": pl.String,
        "country_name_b": pl.String,
        "field": pl.String,
        "year": pl.Int64,
        "articles": pl.Int64,
        "is_complete": pl.Boolean,
    },
    max_bytes=5_000_000,
)


def parse(payload: bytes, file: File) -> pl.DataFrame:
    """Return one row per unordered pair of countries, field and year: articles written together, and whether the year is complete."""
    told = f"{SOURCE.id}: {file.name}"
    rows = read_text_columns(payload, told, ALIASES)
    require_words(rows, "field", [file.name.removesuffix(".csv")], told)
    rows = flags(whole_numbers(rows, ["year", "articles"], told), ["is_complete"], told)
    names = ("country_name_1", "country_name_2")
    rows = rows.with_columns(country_name_a=pl.min_horizontal(names), country_name_b=pl.max_horizontal(names))
    _require_pairs(rows, told)
    require_keys(rows, ["country_name_1", "country_name_2", "field", "year"], told)
    pairs = rows.group_by(PAIR).agg(pl.col("articles").max(), pl.col("is_complete").all())
    return pairs.sort(PAIR).select(list(SOURCE.schema))


def _require_pairs(rows: pl.DataFrame, told: str) -> None:
    """Raise BadPayload where a pair is no pair, lies below the threshold, or its two orders differ."""
    blank = pl.any_horizontal(pl.all().is_null())
    alone = rows.filter(blank | (pl.col("country_name_a") == pl.col("country_name_b")))
    if alone.height:
        raise BadPayload(f"{told}: a country is missing or paired with itself, e.g. {alone.row(0)}; upstream must be asked")
    small = rows.filter(pl.col("articles") < THRESHOLD)
    if small.height:
        raise BadPayload(
            f"{told}: {small.height} pairs below {THRESHOLD} articles; the threshold moved, so change THRESHOLD and what reads it"
        )
    states = pl.struct("articles", "is_complete").n_unique().alias("states")
    unlike = rows.group_by(PAIR).agg(states).filter(pl.col("states") > 1).sort(PAIR)
    if unlike.height:
        raise BadPayload(f"{told}: the two orders of a pair differ for {unlike.row(0)[:4]}; upstream must be asked which one counts")
