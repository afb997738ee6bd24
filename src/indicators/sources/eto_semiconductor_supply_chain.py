"""CSET's chip explorer: which countries and firms provide what share of each input to semiconductors.

Know before editing:
- Non-commercial terms: private. Nothing of it is released, kept in the baseline, or counted for freshness.
- Shares are printed `61%` in 2025-01 and `2.4` in 2026-08, both percent; a blank is unknown, `negligible` is a word of its own, not zero.
- The year of a share is printed since 2026 only; before, it is null. Years differ between inputs, and a share of one year is not a series.
- Countries stand among the firms, by codes that are no ISO codes in places (`MAL`, `EUR`, `Various`); a three-letter name can be a firm
  (`UMC`), so only the type in `providers.csv` tells. A firm with several aliases has several rows there, one of which is kept.
- Shares of the countries of one input add up to 98–104 percent by rounding. Stages: S1 design, S2 fabrication (by site), S3 assembly.
- One row is printed twice in 2025-01 (`Powertech`, without a share): it is kept once. Rows that differ under one key stop the refresh.
- Descriptions, captions and citations are prose and are never read. Lines end in CRLF in one capture.
"""

from datetime import timedelta

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._csv import numbers, read_text_columns, require_words
from indicators.sources._eto import LICENSE, PUBLISHER, require_keys

RAW = "https://raw.githubusercontent.com/georgetown-cset/eto-chip-explorer/main/data"
PROVIDERS, PROVISION = "providers.csv", "provision.csv"
TYPES = ("country", "organization")
NEGLIGIBLE = ("negligible",)
KEY = ("provider_id", "input_id", "year")

SOURCE = Source(
    id="eto_semiconductor_supply_chain",
    title="Advanced Semiconductor Supply Chain Dataset",
    publisher=PUBLISHER,
    homepage="https://chipexplorer.eto.tech/",
    license=LICENSE,
    redistribution="noncommercial",
    attribution="CSET Emerging Technology Observatory, Advanced Semiconductor Supply Chain Dataset, CC BY-NC 4.0",
    cadence=timedelta(days=90),
    files=(File(PROVIDERS, f"{RAW}/{PROVIDERS}"), File(PROVISION, f"{RAW}/{PROVISION}")),
    schema={
        "provider_id": pl.String,
        "provider_name": pl.String,
        "provider_type": pl.String,
        "input_id": pl.String,
        "input_name": pl.String,
        "year": pl.Int64,
        "share": pl.Float64,
        "is_negligible": pl.Boolean,
    },
    max_bytes=5_000_000,
)


def parse(payload: bytes, file: File) -> pl.DataFrame:
    """Return one row per provider (with its type), or per provider and input (with the share, 0 to 1); what a file lacks is null."""
    rows = _providers(payload) if file.name == PROVIDERS else _provision(payload)
    absent = [pl.lit(None, dtype=kind).alias(name) for name, kind in SOURCE.schema.items() if name not in rows.columns]
    return rows.with_columns(absent).select(list(SOURCE.schema))


def _providers(payload: bytes) -> pl.DataFrame:
    """Each provider once."""
    told = f"{SOURCE.id}: {PROVIDERS}"
    columns = {name: [name] for name in ("provider_id", "provider_name", "provider_type")}
    rows = read_text_columns(payload, told, columns, ("alias", "country")).unique(maintain_order=True)
    require_words(rows, "provider_type", TYPES, told)
    require_keys(rows, ["provider_id"], told)
    return rows


def _provision(payload: bytes) -> pl.DataFrame:
    """Each provider's share in each input; a share is never guessed."""
    told = f"{SOURCE.id}: {PROVISION}"
    header = payload.decode("utf-8-sig", errors="replace").partition("\n")[0].strip().split(",")
    optional = {ours: [theirs] for ours, theirs in {"year": "year", "negligible": "negligible_market_share"}.items() if theirs in header}
    columns = {
        "provider_id": ["provider_id"],
        "provider_name": ["provider_name"],
        "input_id": ["provided_id"],
        "input_name": ["provided_name"],
    }
    rows = read_text_columns(payload, told, {**columns, "share": ["share_provided"], **optional}, ("source",)).unique(maintain_order=True)
    absent = [pl.lit(None, dtype=pl.String).alias(name) for name in ("year", "negligible") if name not in optional]
    rows = rows.with_columns(*absent, pl.col("share").str.strip_suffix("%"))
    require_words(rows, "negligible", NEGLIGIBLE, told)
    rows = numbers(rows, ["share", "year"], told).with_columns(pl.col("share") / 100, pl.col("year").cast(pl.Int64))
    require_keys(rows, KEY, told)
    _require_shares(rows, told)
    return rows.with_columns(is_negligible=pl.col("negligible").is_not_null())


def _require_shares(rows: pl.DataFrame, told: str) -> None:
    """Raise BadPayload where a share is outside 0 to 1, or stands beside the word that it is negligible."""
    bad = rows.filter(~pl.col("share").is_between(0, 1) | (pl.col("share").is_not_null() & pl.col("negligible").is_not_null()))
    if bad.height:
        raise BadPayload(f"{told}: shares {bad.select(*KEY, 'share').head(3).rows()} are no shares, or called negligible too; ask upstream")
