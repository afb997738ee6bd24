"""What the files of `trade_hs8542` have in common: their rows, and the totals they must meet. Only for the modules of this package."""

from collections.abc import Mapping

import polars as pl
from polars._typing import PolarsDataType

from indicators.model import BadPayload

SCHEMA: Mapping[str, PolarsDataType] = {
    "flow_code": pl.String,
    "year": pl.Int32,
    "last_month": pl.Int32,
    "country_name": pl.String,
    "is_reported": pl.Boolean,
    "export_share": pl.Float64,
    "export_share_without_hkg": pl.Float64,
    "counterpart_count": pl.Int32,
    "coverage_share": pl.Float64,
}
TAIWAN_USD = {2013: 62.823e9, 2022: 184.136e9}
"""Taiwan's exports of HS 8542 as its Customs publishes them; UN Comtrade has 0.5% and 0.3% less."""
TOLERANCE = 0.01


def require_known_totals(totals: Mapping[int, float | None], told: str) -> None:
    """Raise BadPayload where Taiwan's exports in a known year, in US dollars, are off by more than 1%: a unit, a code or a flow differs."""
    for year, known in TAIWAN_USD.items():
        stated = totals.get(year)
        if stated is None or abs(stated / known - 1) > TOLERANCE:
            found = "nothing" if stated is None else f"{stated / known:.3f} times"
            remedy = "see whether unit (US dollars or thousands), reporter (490) or flow changed"
            raise BadPayload(f"{told}: Taiwan's exports of {year} are {found} what its Customs publishes; {remedy}")


def rows(flow_code: str, stated: list[dict[str, object]]) -> pl.DataFrame:
    """Rows of one flow in the source's schema; what is not stated is null."""
    return pl.DataFrame([{"flow_code": flow_code, **row} for row in stated], schema=SCHEMA)


def share(part: float, whole: float) -> float:
    """A share with six decimals."""
    return round(part / whole, 6)
