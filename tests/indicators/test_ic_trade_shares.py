"""Exports of integrated circuits: a year without Taiwan is null, Hong Kong counts in one way only, China and Hong Kong together."""

from datetime import date
from typing import Any

import polars as pl
from query import ask

SCHEMA: dict[str, Any] = {
    "flow_code": pl.String, "year": pl.Int32, "country_code": pl.String, "period_end": pl.Date, "export_share": pl.Float64,
    "export_share_without_hkg": pl.Float64, "counterpart_count": pl.Int32, "coverage_share": pl.Float64,
}  # fmt: skip
END, JULY = date(2023, 12, 31), date(2025, 7, 31)
ROWS = [
    ("world_exports", 2023, "TWN", END, 0.174939, 0.219599, 141, 0.999998),
    ("world_exports", 2023, "HKG", END, 0.20337, None, 141, 0.999998),
    ("world_exports", 2024, "TWN", date(2024, 12, 31), None, None, 86, 0.700962),
    ("taiwan_exports", 2023, "CHN", END, 0.28, None, 111, 0.99),
    ("taiwan_exports", 2023, "HKG", END, 0.26, None, 111, 0.99),
    ("taiwan_exports", 2023, "USA", END, 0.02, None, 111, 0.99),
    ("taiwan_exports", 2025, "CHN", JULY, 0.25, None, 99, 1.0),
]


def asked(indicator_id: str) -> pl.DataFrame:
    return ask(indicator_id, semiconductor_trade=pl.DataFrame(ROWS, schema=SCHEMA, orient="row"))


def test_a_year_in_which_taiwan_does_not_report_is_null_and_its_coverage_is_told() -> None:
    rows = asked("ic_export_share").filter(period_end=date(2024, 12, 31))
    assert rows.select("value", "n", "coverage_share").unique().rows() == [(None, 86, 0.700962)]
    assert rows.height == 2


def test_shares_with_and_without_hong_kong_are_two_dimensions() -> None:
    rows = asked("ic_export_share").filter(period_end=END)
    assert dict(rows.filter(subject_code="TWN").select("dimension", "value").iter_rows()) == {
        "reported": 0.174939, "without_hong_kong": 0.219599,
    }  # fmt: skip
    assert rows.filter(subject_code="HKG")["dimension"].to_list() == ["reported"]


def test_destinations_are_pairs_and_china_with_hong_kong_is_their_sum() -> None:
    rows = asked("taiwan_ic_destination_share").filter(period_end=END)
    assert dict(rows.select("subject_code", "value").iter_rows()) == {
        "TWN-CHN": 0.28, "TWN-HKG": 0.26, "TWN-USA": 0.02, "TWN-CHN+HKG": 0.54,
    }  # fmt: skip


def test_a_year_that_is_not_over_ends_with_its_last_month() -> None:
    rows = asked("taiwan_ic_destination_share").filter(subject_code="TWN-CHN")
    assert rows["period_end"].to_list() == [END, JULY]


def test_china_with_hong_kong_is_unknown_where_one_of_them_is() -> None:
    rows = asked("taiwan_ic_destination_share").filter(subject_code="TWN-CHN+HKG", period_end=JULY)
    assert rows["value"].to_list() == [None]
