"""Figures of Stanford's AI Index report of 2025 that our own are compared with: seven of its three hundred, one file each.

Know before editing:
- CC BY-ND: only unchanged copies may be passed on, so this is private; nothing made from it leaves the machine. Vendors stand behind the
  figures (Ipsos 8.1.x, Quid 4.3.x). Nothing of it is released, kept in the baseline, or counted for freshness.
- Numbers of figures move each year (investment is 4.3.x in 2025, 4.2.x in 2026): the addresses are those of one edition, and a file whose
  columns are not those of its figure stops the refresh.
- Labels have trailing and double blanks (`China `), headers quotes within quotes; percentages are text (`78%`), blanks unknown.
- Figure 8.1.2 has the pseudo-year `Point change 2022 vs. 2024`: its rows are no shares and are left out. Some files end in empty rows.
- Figure 2.1.36 takes the top rating of a month on boards of before style control was the default; 2.1.37 takes single best results.
- Figure 3.2.1 counted incidents in early 2025; archives of later days hold more for the same years.
- Figure 6.3.9 says `% of total` and prints shares, some below zero where more was taken back than spent.
"""

from dataclasses import dataclass
from datetime import timedelta

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._csv import numbers, read_text_columns
from indicators.sources._eto import require_keys

REPORT = (
    "https://raw.githubusercontent.com/xingyuanzhao-project/ai_policy/2b870003f3906e7d518f50e89802cde60203787c/data"
    "/PUBLIC%20DATA_%202025%20AI%20Index%20Report"
)
AGREE = ['% of respondents that "Agree"', '% of respondents that ""Agree""']
POINT_CHANGE = "Point change 2022 vs. 2024"
SUBJECTS = ("subject", "measure", "period")
KEY = ("figure", *SUBJECTS)


@dataclass(frozen=True)
class Figure:
    """Where one figure lies and which of its columns is what."""

    chapter: str
    columns: dict[str, list[str]]
    """Our name → spellings; a subject, measure or period that a figure does not have is null."""
    ignored: tuple[str, ...] = ()
    is_percent: bool = False
    is_net: bool = False
    """True where a value may lie below zero."""


FIGURES = {
    "2.1.36": Figure("2.%20Technical%20Performance", {"subject": ["Country"], "period": ["Year"], "value": ["Score"]}),
    "2.1.37": Figure(
        "2.%20Technical%20Performance",
        {"subject": ["country"], "measure": ["benchmark"], "period": ["year"], "value": ["best_model_score"]},
        ("task", "metric_name"),
        is_percent=True,
    ),
    "3.2.1": Figure("3.%20Responsible%20AI", {"period": ["Year"], "value": ["Number of AI incidents"]}),
    "4.3.10": Figure(
        "4.%20Economy",
        {"subject": ["Geographic area"], "period": ["Year"], "value": ["Total investment (in billions of US dollars)"]},
    ),
    "6.3.9": Figure(
        "6.%20Policy%20and%20Governance",
        {"measure": ["Label"], "period": ["Year"], "value": ["Public spending on AI-related contracts (% of total)"]},
        is_net=True,
    ),
    "8.1.2": Figure("8.%20Public%20Opinion", {"subject": ["Country"], "period": ["Year"], "value": AGREE}, is_percent=True),
    "8.1.4": Figure("8.%20Public%20Opinion", {"subject": ["Country"], "measure": ["Statement"], "value": AGREE}, is_percent=True),
}

SOURCE = Source(
    id="stanford_ai_index",
    title="AI Index Report 2025, public data",
    publisher="Stanford Institute for Human-Centered AI",
    homepage="https://hai.stanford.edu/ai-index/2025-ai-index-report",
    license="CC-BY-ND-4.0",
    redistribution="no_derivatives",
    attribution="Stanford HAI, The AI Index 2025 Annual Report, CC BY-ND 4.0",
    cadence=timedelta(days=365),
    files=tuple(File(f"fig_{number}.csv", f"{REPORT}/{figure.chapter}/Data/fig_{number}.csv") for number, figure in FIGURES.items()),
    schema={
        "figure": pl.String,
        "subject": pl.String,
        "measure": pl.String,
        "period": pl.String,
        "value": pl.Float64,
    },
    max_bytes=1_000_000,
)


def parse(payload: bytes, file: File) -> pl.DataFrame:
    """Return one row per subject, measure and period of a figure; percentages as shares, months as 2024-01, what is blank as null."""
    number = file.name.removeprefix("fig_").removesuffix(".csv")
    figure, told = FIGURES[number], f"{SOURCE.id}: figure {number}"
    rows = read_text_columns(payload, told, figure.columns, figure.ignored)
    rows = rows.filter(~pl.all_horizontal(pl.all().is_null()))
    absent = [pl.lit(None, dtype=pl.String).alias(name) for name in SUBJECTS if name not in rows.columns]
    rows = rows.with_columns(*absent, figure=pl.lit(number))
    rows = rows.with_columns(pl.col(SUBJECTS).str.replace_all(r"\s+", " ")).filter(pl.col("period").ne_missing(POINT_CHANGE))
    _require_periods(rows, told)
    require_keys(rows, KEY, told)
    return _valued(rows, figure, told).select(list(SOURCE.schema))


def _valued(rows: pl.DataFrame, figure: Figure, told: str) -> pl.DataFrame:
    """Values as numbers; a share outside 0 to 1 raises BadPayload."""
    rows = numbers(rows.with_columns(pl.col("value").str.strip_suffix("%")), ["value"], told)
    rows = rows.with_columns(value=pl.col("value") / 100 if figure.is_percent else pl.col("value"))
    bad = rows.filter(((pl.col("value") < 0) & (not figure.is_net)) | ((pl.col("value") > 1) & figure.is_percent))
    if bad.height:
        raise BadPayload(f"{told}: {bad.height} values are out of range, e.g. {bad.row(0, named=True)}; is it still the same figure?")
    return rows


def _require_periods(rows: pl.DataFrame, told: str) -> None:
    """Raise BadPayload where a period is neither a year nor a month: a new kind of pseudo-row."""
    bad = rows.filter(~pl.col("period").str.contains(r"^\d{4}(-\d{2})?$"))
    if bad.height:
        raise BadPayload(f"{told}: periods {bad['period'].unique().sort().to_list()[:3]} are no years or months; leave them out by name")
