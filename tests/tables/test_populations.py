"""populations: ISO countries only, each year it has, nothing for Taiwan."""

from pathlib import Path

import duckdb
import polars as pl
import pytest

from indicators.sources import wb_population
from indicators.tables.reference.populations import TABLE, build

CHINA = [("CHN", year, 1.4e9) for year in (2023, 2024)]
OTHERS = [("HKG", 2024, 7.5e6), ("MAC", 2024, 7e5), ("USA", 2023, 334.9e6), ("USA", 2024, 340.1e6)]


def built(*rows: tuple[str, int, float], codes: tuple[str, ...] = ("CHN", "HKG", "MAC", "TWN", "USA")) -> pl.DataFrame:
    schema = {"iso3_code": pl.String, "year": pl.Int32, "value": pl.Float64}
    return TABLE.conform(build(pl.DataFrame({"iso3_code": codes}), pl.DataFrame(list(rows), schema=schema, orient="row")))


def test_every_year_of_a_country_is_a_row_and_an_aggregate_is_none() -> None:
    assert built(*CHINA, ("WLD", 2024, 8e9), ("EUU", 2024, 4.5e8)).rows() == [("CHN", 2023, 1_400_000_000), ("CHN", 2024, 1_400_000_000)]


def test_a_country_the_world_bank_leaves_out_has_no_row() -> None:
    assert "TWN" not in built(*CHINA, *OTHERS)["country_code"]


def failing(question: str, frame: pl.DataFrame) -> int:
    """How many rows fail the rule that asks so, beside `countries` with the newest year of the healthy table."""
    (rule,) = [rule for rule in TABLE.rules if question in rule.question]
    newest = built(*CHINA, *OTHERS).filter(year=2024).select("country_code", "population", population_year="year")
    unknown = pl.DataFrame({"country_code": ["TWN"], "population": [None], "population_year": [None]}, schema=newest.schema)
    with duckdb.connect() as connection:
        connection.register(TABLE.name, frame)
        connection.register("countries", pl.concat([newest, unknown]))
        return len(connection.sql(rule.failing_rows).fetchall())


@pytest.mark.parametrize("question", [rule.question for rule in TABLE.rules])
def test_a_healthy_table_fails_no_rule(question: str) -> None:
    assert failing(question, built(*CHINA, *OTHERS)) == 0


@pytest.mark.parametrize(("question", "frame"), [
    ("Is the newest year", built(*CHINA, *OTHERS[:-1])),
    ("Is the newest year", built(*CHINA, *OTHERS[:-1], ("USA", 2024, 341e6))),
    ("Have China, Hong Kong", built(("CHN", 2023, 1.41e9), ("CHN", 2024, 1.6e9), *OTHERS)),
    ("Have China, Hong Kong", built(*CHINA, *OTHERS[1:])),
    ("Is Taiwan", built(*CHINA, *OTHERS, ("TWN", 2024, 23e6))),
    ("Is no year missing", built(*CHINA, *OTHERS, ("USA", 2021, 331e6))),
    ("grow or shrink", built(*CHINA, *OTHERS[:-2], ("USA", 2023, 334e6), ("USA", 2024, 34e6))),
])  # fmt: skip
def test_a_wrong_table_fails_its_rule(question: str, frame: pl.DataFrame) -> None:
    assert failing(question, frame) == 1


def test_the_captured_file_gives_every_year_since_1960(captures: Path) -> None:
    (path,) = (captures / "wb_population").glob("*/population.csv")
    rows = wb_population.parse(path.read_bytes(), wb_population.SOURCE.files[0])
    found = built(*rows.rows(), codes=("CHN", "HKG", "MAC", "TWN", "USA"))
    assert found.height == 4 * 65
    assert found.filter(country_code="CHN", year=2018)["population"].to_list() == [1_402_760_000]
