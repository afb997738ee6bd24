"""Listed supercomputing: two ways of counting, and a bias that is stated where the figure is defined."""

from datetime import date

import polars as pl
from query import INDICATORS, ask


def shares() -> pl.DataFrame:
    rows = [(date(2018, 11, 1), "CHN", 227, 0.454, 0.309712), (date(2018, 11, 1), "USA", 109, 0.218, 0.376838)]
    columns = ("list_month", "country_code", "system_count", "system_share", "rmax_share")
    return ask("supercomputing_share", supercomputer_shares=pl.DataFrame(rows, schema=columns, orient="row"))


def test_systems_and_performance_are_told_apart() -> None:
    found = dict(shares().filter(subject_code="CHN").select("dimension", "value").iter_rows())
    assert found == {"systems": 0.454, "rmax": 0.309712}


def test_a_figure_speaks_of_the_lists_month_and_counts_the_countrys_systems() -> None:
    row = shares().row(0, named=True)
    assert (row["period_start"], row["period_end"], row["n"]) == (date(2018, 11, 1), date(2018, 11, 30), 227)
    assert shares().height == 4


def test_the_bias_after_2020_is_stated_in_the_definition() -> None:
    header = (INDICATORS / "supercomputing_share.sql").read_text(encoding="utf-8").partition("*/")[0]
    assert "ends in November 2018" in header
    assert "since from about 2020 China hardly submits systems" in header
