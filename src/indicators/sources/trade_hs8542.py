"""Exports of integrated circuits (HS 8542): the large exporters' shares of the reported world, and the destinations of Taiwan's.

Know before editing:
- UN Comtrade limits re-dissemination and the terms of Taiwan's figures are not confirmed: only shares leave `parse`.
- `_comtrade` and `_taiwan_customs` know the traps of the three files; `_ic_trade` holds each to Taiwan's known totals within 1%.
- Not read: three reporters apart, which the world file holds as well, and months of 2025, whose reporters fall from 68 to 1.
- The addresses are a public copy's; Comtrade's own API wants a key and answers in JSON.
"""

from datetime import timedelta

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._comtrade import world_exports
from indicators.sources._ic_trade import SCHEMA
from indicators.sources._taiwan_customs import taiwan_exports, taiwan_periods

COPY = (
    "https://raw.githubusercontent.com/a0013333j-png/data-visualization-labs/5dff286360fd4f78e50ed2b56491ddf48b3a9207"
    "/self-extended-practice/semiconductor-tariff-impact-taiwan/data/raw"
)
READERS = {
    "ic_exports_world_HS8542_raw.csv": world_exports,
    "taiwan_exports_by_country_2013_2025.csv": taiwan_exports,
    "taiwan_exports_8542_2013_2025.csv": taiwan_periods,
}

SOURCE = Source(
    id="trade_hs8542",
    title="Exports of integrated circuits (HS 8542), as shares",
    publisher="UN Comtrade; Taiwan Customs Administration",
    homepage="https://comtradeplus.un.org/",
    license="UN Comtrade terms of use; Taiwan Open Government Data License 1.0 (not confirmed)",
    redistribution="aggregates_only",
    attribution="United Nations, UN Comtrade Database; Customs Administration, Ministry of Finance, Taiwan; own shares",
    cadence=timedelta(days=365),
    files=tuple(File(name, f"{COPY}/{name}") for name in READERS),
    schema=SCHEMA,
    max_bytes=5_000_000,
)


def parse(payload: bytes, file: File) -> pl.DataFrame:
    """Return shares by year and exporter, or by year and destination of Taiwan's exports, or the months that a year of Taiwan's covers."""
    told = f"{SOURCE.id}: {file.name}"
    if file.name not in READERS:
        raise BadPayload(f"{told} has no reader; known files: {list(READERS)}; add it to READERS")
    return READERS[file.name](payload, told)
