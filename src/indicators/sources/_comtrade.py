"""UN Comtrade's exports of HS 8542 by reporter, read as shares of the reported world total. Only for the modules of this package.

Know before editing:
- The header has 47 fields and every row 48 (it ends in a comma); the encoding is Latin-1.
- The terms limit re-dissemination: no value of a reporter leaves this module, and shares of the nine largest exporters alone.
- Taiwan is reporter 490, `Other Asia, nes`. In 2024 it is absent, and so are Singapore and Vietnam (30% of 2023 together): a year in which
  one of the nine is absent has no shares at all, for its total is not the world's.
- Hong Kong's exports are re-exports: a fifth of the total is counted twice. `export_share_without_hkg` leaves it out of the total.
"""

from collections.abc import Mapping

import polars as pl

from indicators.model import BadPayload
from indicators.sources._csv import numbers, read_text_columns
from indicators.sources._ic_trade import require_known_totals, rows, share
from indicators.sources._text import cells, comma_separated, decoded

EXPORTERS = {
    "156": "China", "344": "China, Hong Kong SAR", "392": "Japan", "410": "Rep. of Korea", "458": "Malaysia", "490": "Other Asia, nes",
    "608": "Philippines", "702": "Singapore", "842": "USA",
}  # fmt: skip
"""Every reporter with 3% of the world's exports in any complete year, by Comtrade's number."""
TAIWAN, HONG_KONG = "490", "344"
LARGE_SHARE = 0.03
ALIASES = {
    name: [name]
    for name in (
        "period", "reporterCode", "reporterDesc", "freqCode", "flowCode", "partnerCode", "partner2Code", "cmdCode", "customsCode",
        "mosCode", "motCode", "primaryValue",
    )
}  # fmt: skip
WHOLE = {
    "freqCode": "A", "flowCode": "X", "partnerCode": "0", "partner2Code": "0", "cmdCode": "8542", "customsCode": "C00", "mosCode": "0",
    "motCode": "0",
}  # fmt: skip
"""What makes a row a year's exports to the world, by whatever transport and procedure."""
IGNORED = (
    "typeCode", "refPeriodId", "refYear", "refMonth", "reporterISO", "flowDesc", "partnerISO", "partnerDesc", "partner2ISO", "partner2Desc",
    "classificationCode", "classificationSearchCode", "isOriginalClassification", "cmdDesc", "aggrLevel", "isLeaf", "customsDesc",
    "motDesc", "qtyUnitCode", "qtyUnitAbbr", "qty", "isQtyEstimated", "altQtyUnitCode", "altQtyUnitAbbr", "altQty", "isAltQtyEstimated",
    "netWgt", "isNetWgtEstimated", "grossWgt", "isGrossWgtEstimated", "cifvalue", "fobvalue", "legacyEstimationFlag", "isReported",
    "isAggregate",
)  # fmt: skip
Values = Mapping[str, float]
"""Exports by reporter, in US dollars."""


def world_exports(payload: bytes, told: str) -> pl.DataFrame:
    """Return one row per year and large exporter: its share of the reported world total, null where one of them is absent."""
    years = _years(payload, told)
    require_known_totals({year: values.get(TAIWAN) for year, values in years.items()}, told)
    complete = [year for year, values in years.items() if not EXPORTERS.keys() - values.keys()]
    stated = [row for year in years for row in _shares(year, years, complete, told)]
    return rows("world_exports", stated)


def _years(payload: bytes, told: str) -> dict[int, Values]:
    """By year, exports by reporter; raises BadPayload where a row is no yearly total, has no value or repeats."""
    header, *body = cells(decoded(payload, "latin-1", told), ",", told)
    if any(len(row) != len(header) + 1 or row[-1] for row in body if row):
        raise BadPayload(f"{told}: not every row ends in one comma more than the header has fields; see whether upstream mended it")
    texts = read_text_columns(comma_separated([header, *(row[:-1] for row in body if row)], told), told, ALIASES, IGNORED)
    strange = [name for name, whole in WHOLE.items() if set(texts[name]) != {whole}]
    if strange:
        raise BadPayload(f"{told}: {strange} hold more than a year's exports to the world; filter the download, or sums count twice")
    stated = numbers(texts, ["primaryValue"], told)
    unnamed = [code for code, name in EXPORTERS.items() if set(stated.filter(reporterCode=code)["reporterDesc"]) - {name}]
    bad = stated.filter(~(pl.col("primaryValue") > 0).fill_null(value=False) | pl.struct("period", "reporterCode").is_duplicated())
    if bad.height or unnamed:
        places = bad.select("period", "reporterCode").rows()[:3]
        raise BadPayload(f"{told}: no value, or two, for {places} (period, reporter); renamed reporters {unnamed}; upstream must be asked")
    by_year = stated.sort("period", "reporterCode").partition_by("period", as_dict=True)
    return {int(key[0]): dict(part.select("reporterCode", "primaryValue").iter_rows()) for key, part in by_year.items()}


def _shares(year: int, years: Mapping[int, Values], complete: list[int], told: str) -> list[dict[str, object]]:
    """The rows of one year."""
    values = years[year]
    total = sum(values.values())
    unknown = [code for code, value in values.items() if value / total > LARGE_SHARE and code not in EXPORTERS]
    if unknown and year in complete:
        raise BadPayload(f"{told}: reporters {unknown} have over {LARGE_SHARE:.0%} of {year}; add each to EXPORTERS")
    common = {"year": year, "last_month": 12, "counterpart_count": len(values), "coverage_share": _coverage(year, years, complete)}
    return [
        {
            **common,
            "country_name": name,
            "is_reported": code in values,
            "export_share": share(values[code], total) if year in complete else None,
            "export_share_without_hkg": share(values[code], total - values[HONG_KONG]) if year in complete and code != HONG_KONG else None,
        }
        for code, name in EXPORTERS.items()
    ]


def _coverage(year: int, years: Mapping[int, Values], complete: list[int]) -> float | None:
    """What this year's reporters exported in the last complete year before (for the first one: after), over all exports of that year."""
    beside = max((other for other in complete if other < year), default=min((other for other in complete if other > year), default=None))
    if beside is None:
        return None
    return share(sum(value for code, value in years[beside].items() if code in years[year]), sum(years[beside].values()))
