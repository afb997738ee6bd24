"""Taiwan Customs' exports of HS 8542: by destination, read as shares, and by line, read for its months. Only for this package.

Know before editing:
- The file by line counts thousands of US dollars and Republic-of-China years (`113年` is 2024); the file by destination counts US dollars
  and common years. Both sum to the same in every year.
- The file by destination has a plain `2025`; only the file by line says that it ends in July and is preliminary.
- Destinations are Chinese names; those with 1% in any year are read, China and Hong Kong apart.
"""

import re
from collections.abc import Sequence

import polars as pl

from indicators.model import BadPayload
from indicators.sources._csv import numbers, read_text_columns, require_words
from indicators.sources._ic_trade import require_known_totals, rows, share
from indicators.sources._text import cells, comma_separated, decoded

DESTINATIONS = ("中國大陸", "香港", "新加坡", "南韓", "日本", "馬來西亞", "美國", "越南", "菲律賓", "印度", "泰國", "德國", "墨西哥")
LARGE_SHARE = 0.02
OTHERS = "其他國家"
"""Destinations that Customs does not name."""
DESTINATION_ALIASES = {"year": ["Year"], "country": ["Country"], "product": ["HS Code"], "value": ["Export Value (USD)"]}
LINE_ALIASES = {"flow": ["進出口別"], "period": ["日期"], "product": ["貨品號列"], "value": ["美元(千元)"]}
LINE_IGNORED = ("中文貨名", "英文貨名")
ALL_EXPORTS = "出口總值(含復出口)"
REPUBLIC = 1911
PERIOD = re.compile(r"(\d{2,3})年(?:1月~\1年([1-9]|1[0-2])月(?:\(初步值\))?)?")


def taiwan_exports(payload: bytes, told: str) -> pl.DataFrame:
    """Return one row per year and large destination: its share of Taiwan's exports, and the part of them with a named destination."""
    stated = _stated(payload, DESTINATION_ALIASES, ["Description"], told)
    bad = stated.filter(~pl.col("year").str.contains(r"^20\d\d$").fill_null(value=False) | pl.col("country").is_null())
    if bad.height:
        raise BadPayload(f"{told}: {bad['year'].to_list()[:3]} are no common years, or a destination is blank; upstream must be asked")
    by_place = stated.sort("product").group_by("year", "country", maintain_order=True).agg(pl.col("value").sum()).sort("year", "country")
    totals = {int(year): value for year, value in by_place.group_by("year", maintain_order=True).agg(pl.col("value").sum()).iter_rows()}
    require_known_totals(totals, told)
    years = {int(key[0]): part for key, part in by_place.partition_by("year", as_dict=True).items()}
    return rows("taiwan_exports", [row for year, part in years.items() for row in _shares(year, part, totals[year], told)])


def taiwan_periods(payload: bytes, told: str) -> pl.DataFrame:
    """Return one row per year with the last month that it covers."""
    stated = _stated(payload, LINE_ALIASES, LINE_IGNORED, told)
    require_words(stated, "flow", [ALL_EXPORTS], told)
    periods = {text: _period(text, told) for text in stated["period"].unique().sort()}
    totals: dict[int, float] = {}
    for text, value in stated.select("period", "value").iter_rows():
        year = periods[text][0]
        totals[year] = totals.get(year, 0.0) + value * 1000
    require_known_totals(totals, told)
    if len(totals) != len(periods):
        raise BadPayload(f"{told}: a year stands under two periods {list(periods)}; keep the longer one")
    return rows("taiwan_period", [{"year": year, "last_month": month, "is_reported": True} for year, month in periods.values()])


def _stated(payload: bytes, aliases: dict[str, list[str]], ignored: Sequence[str], told: str) -> pl.DataFrame:
    """The rows of a file with values as numbers; raises BadPayload for a product outside HS 8542 or a value below zero."""
    text = decoded(payload, "utf-8-sig", told)
    stated = numbers(read_text_columns(comma_separated(cells(text, ",", told), told), told, aliases, ignored), ["value"], told)
    bad = stated.filter(~(pl.col("product").str.starts_with("8542") & (pl.col("value") >= 0)).fill_null(value=False))
    if bad.height:
        raise BadPayload(f"{told}: {bad['product'].to_list()[:3]} lie outside HS 8542 or have no value; upstream must be asked")
    return stated


def _shares(year: int, part: pl.DataFrame, total: float, told: str) -> list[dict[str, object]]:
    """The rows of one year; raises BadPayload where a large destination is not among those read."""
    values = dict(part.select("country", "value").iter_rows())
    unknown = [name for name, value in values.items() if value / total > LARGE_SHARE and name not in (*DESTINATIONS, OTHERS)]
    if unknown:
        remedy = "add each to DESTINATIONS and to data/reference/country_aliases.csv"
        raise BadPayload(f"{told}: destinations {unknown} have over {LARGE_SHARE:.0%} of {year}; {remedy}")
    common = {
        "year": year,
        "is_reported": True,
        "counterpart_count": len(values),
        "coverage_share": share(total - values.get(OTHERS, 0), total),
    }
    return [{**common, "country_name": name, "export_share": share(values.get(name, 0), total)} for name in DESTINATIONS]


def _period(text: str, told: str) -> tuple[int, int]:
    """Common year and last month of a printed period."""
    found = PERIOD.fullmatch(text)
    if not found:
        raise BadPayload(f"{told}: {text!r} is no period like 113年 or 114年1月~114年7月(初步值); adapt PERIOD")
    return int(found[1]) + REPUBLIC, int(found[2] or 12)
