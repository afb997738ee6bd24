"""Epoch AI's timelines of frontier data centres: for each site the days on which its state changed, or is expected to.

Know before editing:
- Rows after the day of the file are projections. No column says so; the table compares with the file's day.
- A site is named as in `epoch_data_centers`: by its handle in 2025, by its name since 2026.
- Zero is meant here: land is cleared, nothing runs yet. A blank is unknown (H100 equivalents of a site while it is being filled).
- Upstream reads satellite pictures anew and moves days of the past: of 31 days of five sites, 17 were still there nine months later.
- Costs are in billions of 2025 US dollars. The state of construction is prose with links and is not read.
"""

from datetime import timedelta

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._csv import dates, numbers, read_text_columns

MEASURES = {
    "power_mw": ["Power (MW)"],
    "h100_equivalents": ["H100 equivalents"],
    "buildings_operational": ["Buildings operational"],
    "capital_cost_busd": ["Total capital cost (2025 USD billions)"],
    "compute_cost_busd": ["Compute cost (2025 USD billions)"],
    "construction_cost_busd": ["Construction cost (2025 USD billions)"],
}
ALIASES = {"site_name": ["Data center"], "status_date": ["Date"], **MEASURES}
IGNORED = (
    "Construction status", "Building area (square feet)", "Site area (square feet)", "Water use (MGD)", "Performance (8-bit OP/s)",
    "IT power (MW)", "Annual operating cost (2025 USD billions)", "Current H100 equivalents (from Data center)", "Thumbnail",
)  # fmt: skip

SOURCE = Source(
    id="epoch_data_center_timelines",
    title="Data on Frontier Data Centers: timelines",
    publisher="Epoch AI",
    homepage="https://epoch.ai/data/data-centers",
    license="CC-BY-4.0",
    redistribution="open",
    attribution="Epoch AI, 'Data on Frontier Data Centers', CC BY 4.0",
    cadence=timedelta(days=7),
    files=(File("data_center_timelines.csv", "https://epoch.ai/data/data_centers/data_center_timelines.csv"),),
    schema={"site_name": pl.String, "status_date": pl.Date, **dict.fromkeys(MEASURES, pl.Float64)},
    max_bytes=5_000_000,
)


def parse(payload: bytes, _file: File) -> pl.DataFrame:
    """Return one row per site and day: MW, H100 equivalents, buildings, and costs in billions of 2025 US dollars."""
    rows = read_text_columns(payload, SOURCE.id, ALIASES, IGNORED)
    rows = dates(numbers(rows, list(MEASURES), SOURCE.id), ["status_date"], SOURCE.id)
    _require_keyed(rows)
    negative = rows.filter(pl.any_horizontal(pl.col(list(MEASURES)) < 0)).select("site_name", "status_date").rows()
    if negative:
        raise BadPayload(f"{SOURCE.id}: figures below zero in {negative[:3]}; upstream must be asked")
    return rows.select(list(SOURCE.schema))


def _require_keyed(rows: pl.DataFrame) -> None:
    """Raise BadPayload where a row has no site or day, or a site has a day twice."""
    key = ["site_name", "status_date"]
    blank = rows.filter(pl.any_horizontal(pl.col(key).is_null())).height
    twice = rows.filter(rows.select(key).is_duplicated()).select(key).unique().sort(key).rows()
    if blank or twice:
        raise BadPayload(f"{SOURCE.id}: {blank} rows without a site or a day, and twice the same in {twice[:3]}; upstream must be asked")
