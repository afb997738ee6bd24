"""The World Bank's military expenditure: a whole answer of one series, aggregates told apart, unknown years left out."""

import json
from typing import Any

import polars as pl
import pytest

from indicators.model import BadPayload
from indicators.sources.wb_military_expenditure import SERIES, SOURCE, parse

DOLLARS, PERCENT = SOURCE.files
Entry = dict[str, Any]


def entry(iso3: str = "USA", year: str = "2023", value: float | None = 916014717200.0, series: str = SERIES[0], **cells: Any) -> Entry:
    """A row of the answer."""
    usual = {
        "indicator": {"id": series, "value": "Military expenditure (current USD)"},
        "country": {"id": {"USA": "US", "CHN": "CN", "WLD": "1W"}.get(iso3, "XD"), "value": iso3},
        "countryiso3code": iso3,
        "date": year,
        "value": value,
        "unit": "",
        "obs_status": "",
        "decimal": 0,
    }
    return usual | cells


def answer(*entries: Entry, **header: Any) -> bytes:
    told = {"page": 1, "pages": 1, "per_page": 20000, "total": len(entries), "sourceid": "2", "lastupdated": "2026-07-01"}
    return json.dumps([told | header, list(entries)]).encode()


def read(content: bytes) -> pl.DataFrame:
    return SOURCE.conform(parse(content, DOLLARS))


def test_a_figure_is_a_row_with_its_series() -> None:
    assert read(answer(entry())).rows() == [("MS.MIL.XPND.CD", "US", "USA", 2023, 916014717200.0)]


def test_the_second_series_is_percent_of_gdp() -> None:
    content = answer(entry(series=SERIES[1], value=3.36))
    assert SOURCE.conform(parse(content, PERCENT)).rows() == [("MS.MIL.XPND.GD.ZS", "US", "USA", 2023, 3.36)]
    assert [file.url for file in SOURCE.files] == [
        f"https://api.worldbank.org/v2/country/all/indicator/{series}?format=json&per_page=20000" for series in SERIES
    ]


def test_a_year_without_a_figure_is_left_out_and_never_zero() -> None:
    rows = read(answer(entry(), entry(year="2024", value=None)))
    assert rows["year"].to_list() == [2023]


def test_an_aggregate_without_an_iso_code_stays_apart_from_another() -> None:
    rows = read(answer(entry("", country={"id": "XD", "value": "High income"}), entry("", country={"id": "XM", "value": "Low income"})))
    assert rows.select("economy_id", "iso3_code").rows() == [("XD", None), ("XM", None)]


@pytest.mark.parametrize(("content", "match"), [
    (answer(entry(), pages=2, total=30_000), r"a part of the answer \(page 1 of 2, 1 of 30000 rows\); raise per_page"),
    (answer(entry(), total=2), "a part of the answer"),
    (answer(entry(), pages=2), "a part of the answer"),
    (json.dumps([{"message": [{"id": "120", "value": "Invalid value"}]}]).encode(), "no pair of header and rows .*Invalid value"),
    (b"<html>busy</html>", "not readable JSON"),
    (b"{}", "no pair"),
    (answer(entry(series="MS.MIL.XPND.KD")), "which is another series; constant and current prices"),
    (answer(entry(), entry()), "economy and year repeat"),
    (answer(entry(value=-1.0)), "below zero"),
    (answer(entry(value=None)), "0 figures"),
    (answer(entry(footnote="x")), "other fields"),
    (answer(entry(date="2023Q1")), "cannot be read"),
    (answer(entry() | {"value": "many"}), "cannot be read"),
    (answer(entry(country=None)), "cannot be read"),
])  # fmt: skip
def test_what_is_no_whole_answer_is_refused(content: bytes, match: str) -> None:
    with pytest.raises(BadPayload, match=rf"wb_military_expenditure: MS\.MIL\.XPND\.CD\.json.*{match}"):
        read(content)


def test_it_may_be_absent_until_it_is_fetched() -> None:
    assert SOURCE.may_be_absent
    assert not SOURCE.is_private
    assert SOURCE.nothing.is_empty()
