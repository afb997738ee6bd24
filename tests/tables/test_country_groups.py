"""Groups of countries: the lists as they are curated, and what follows from the countries."""

from pathlib import Path

import polars as pl
import pytest
import scored

from indicators.model import ContractBroken
from indicators.sources import country_codes
from indicators.tables.reference.country_groups import TABLE, build

CURATED = pl.read_csv(scored.PROJECT / "data" / "reference" / "country_groups.csv", infer_schema=False)
SMALL = pl.DataFrame({"group_code": ["ADV", "HIC"], "country_code": ["USA", "USA"], "as_of_year": ["2024", "2025"], "citation": ["a", "b"]})
COUNTRIES = pl.DataFrame({"country_code": ["CHN", "HKG", "USA"]})


def built(listed: pl.DataFrame = SMALL) -> pl.DataFrame:
    return TABLE.conform(build(listed, COUNTRIES))


def whole(captures: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The curated groups over every country of ISO 3166."""
    (path,) = (captures / "country_codes").glob("*/country-codes.csv")
    every = country_codes.parse(path.read_bytes(), country_codes.SOURCE.files[0]).select(country_code="iso3_code")
    return TABLE.conform(build(CURATED, every)), every


def test_who_is_not_advanced_is_among_the_others_and_all_are_in_the_world() -> None:
    members = built().group_by("group_code").agg(pl.col("country_code").sort()).sort("group_code").rows()
    assert members == [("ADV", ["USA"]), ("EMD", ["CHN", "HKG"]), ("HIC", ["USA"]), ("WLD", ["CHN", "HKG", "USA"])]


@pytest.mark.parametrize("group", ["WLD", "EMD", "G20"])
def test_a_group_that_nobody_curates_stops_the_build(group: str) -> None:
    with pytest.raises(ContractBroken, match=rf"country_groups: country_groups\.csv has groups \['{group}'\]; known: \['ADV', 'ENG'"):
        built(SMALL.with_columns(group_code=pl.lit(group)))


def test_every_rule_holds_for_the_curated_lists(captures: Path) -> None:
    groups, every = whole(captures)
    assert TABLE.row_bounds[0] <= groups.height <= TABLE.row_bounds[1]
    for rule in TABLE.rules:
        assert scored.failing(TABLE.rules, rule.question, country_groups=groups, countries=every) == [], rule.question


def test_hong_kong_macao_and_taiwan_are_advanced_and_of_high_income_and_china_is_neither() -> None:
    listed = set(CURATED.select("group_code", "country_code").iter_rows())
    assert {("ADV", code) for code in ("HKG", "MAC", "TWN")} | {("HIC", code) for code in ("HKG", "MAC", "TWN")} <= listed
    assert ("UMC", "CHN") in listed
    assert ("ADV", "CHN") not in listed


def test_every_row_says_which_list_and_which_year() -> None:
    assert CURATED.null_count().sum_horizontal().to_list() == [0]
    assert CURATED.filter(~pl.col("citation").str.contains("IMF|World Bank|this project")).is_empty()


FAULTS = [
    ("two groups", pl.DataFrame({"group_code": ["ADV", "HIC", "LIC"], "country_code": ["USA", "USA", "USA"]}), 1),
    ("as many members", SMALL.select("group_code", "country_code"), 5),
    ("code a country's", SMALL.select("group_code", "country_code"), 0),
    ("English-speaking group", pl.DataFrame({"group_code": ["ADV", "ENG"], "country_code": ["USA", "CHN"]}), 1),
    ("China, India and Türkiye not", pl.DataFrame({"group_code": ["ADV", "ADV"], "country_code": ["USA", "CHN"]}), 3),
]


@pytest.mark.parametrize(("words", "listed", "rows"), FAULTS)
def test_a_wrong_list_breaks_its_rule(words: str, listed: pl.DataFrame, rows: int) -> None:
    groups = built(listed.with_columns(as_of_year=pl.lit("2024"), citation=pl.lit("x")))
    assert len(scored.failing(TABLE.rules, words, country_groups=groups, countries=COUNTRIES)) == rows


def test_a_country_without_a_place_or_a_group_called_like_a_country_breaks_its_rule() -> None:
    more = pl.DataFrame({"country_code": ["CHN", "FRA", "HKG", "USA"]})
    assert sorted(scored.failing(TABLE.rules, "advanced or not", country_groups=built(), countries=more)) == [
        ("FRA", "imf"),
        ("FRA", "world"),
    ]
    assert (
        len(scored.failing(TABLE.rules, "code a country's", country_groups=built(), countries=pl.DataFrame({"country_code": ["ADV"]}))) == 1
    )
