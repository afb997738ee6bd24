"""Users of AI: an economy as stated, groups as means with their weights, the economies behind them and their range."""

from datetime import date
from typing import Any

import polars as pl
from query import ask

START, END = date(2025, 1, 1), date(2025, 6, 30)
COUNTRIES = pl.DataFrame(
    {"country_code": ["USA", "TWN", "IND", "FRA"], "population": [300, None, 900, 100]}, schema_overrides={"population": pl.Int64}
)
GROUPS = pl.DataFrame(
    [("ADV", "USA"), ("ADV", "TWN"), ("ADV", "FRA"), ("EMD", "IND"), *(("WLD", code) for code in COUNTRIES["country_code"])],
    schema=["group_code", "country_code"], orient="row",
)  # fmt: skip
FIGURES: dict[str, float | None] = {"USA": 0.3, "TWN": 0.6, "IND": 0.1}


def asked(figures: dict[str, float | None] = FIGURES) -> pl.DataFrame:
    stated = pl.DataFrame(
        {"country_code": list(figures), "ai_user_share": list(figures.values())}, schema_overrides={"ai_user_share": pl.Float64}
    )
    rows = stated.with_columns(period_start=pl.lit(START), period_end=pl.lit(END))
    return ask("ai_adoption", ai_diffusion=rows, countries=COUNTRIES, country_groups=GROUPS)


def row(rows: pl.DataFrame, subject: str, dimension: str | None) -> dict[str, Any]:
    (found,) = rows.filter((pl.col("subject_code") == subject) & pl.col("dimension").eq_missing(dimension)).to_dicts()
    return found


def test_an_economy_stands_as_stated_without_an_interval() -> None:
    found = row(asked(), "USA", None)
    assert (found["value"], found["lower"], found["upper"], found["n"], found["coverage_share"]) == (0.3, None, None, 1, None)
    assert (found["period_start"], found["period_end"]) == (START, END)


def test_a_group_is_the_plain_mean_with_its_range_and_its_economies() -> None:
    found = row(asked(), "ADV", "unweighted")
    assert (found["value"], found["lower"], found["upper"], found["n"], found["coverage_share"]) == (0.45, 0.3, 0.6, 2, 0.75)


def test_weights_are_people_and_an_economy_without_a_population_has_none() -> None:
    found = row(asked(), "ADV", "population_weighted")
    assert (found["value"], found["lower"], found["upper"], found["n"], found["coverage_share"]) == (0.3, 0.3, 0.3, 1, 0.75)
    assert row(asked(), "WLD", "population_weighted")["value"] == round((300 * 0.3 + 900 * 0.1) / 1200, 6)


def test_an_economy_without_a_figure_is_in_no_mean_and_has_no_row() -> None:
    rows = asked(FIGURES | {"IND": None})
    assert row(rows, "WLD", "unweighted")["n"] == 2
    assert rows.filter(pl.col("subject_code").is_in(["IND", "EMD"])).is_empty()
