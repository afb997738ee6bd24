"""Military expenditure: countries and the world as stated, aggregates left out, dollars and shares in their units."""

from pathlib import Path
from typing import Any

import gates
import polars as pl
import pytest
import scored

from indicators.sources.wb_military_expenditure import SOURCE
from indicators.tables.context.military_expenditure import TABLE, build

CODES = pl.DataFrame({"country_code": ["CHN", "FRA", "USA"]})
DOLLARS, PERCENT = "MS.MIL.XPND.CD", "MS.MIL.XPND.GD.ZS"
Row = tuple[str, str, str | None, int, float]


def built(*rows: Row) -> pl.DataFrame:
    stated = pl.DataFrame(list(rows), schema=dict(SOURCE.schema), orient="row").with_columns(file_name=pl.lit("x"))
    return TABLE.conform(build(stated, CODES))


def failing(words: str, rows: pl.DataFrame) -> list[tuple[Any, ...]]:
    return scored.failing(TABLE.rules, words, military_expenditure=rows, countries=CODES)


USA = ((DOLLARS, "US", "USA", 2019, 734344100000.0), (PERCENT, "US", "USA", 2019, 3.4))
WORLD = ((DOLLARS, "1W", "WLD", 2019, 1.9e12), (DOLLARS, "CN", "CHN", 2019, 1.1e12))


def test_both_series_stand_in_one_row_and_percent_is_a_share() -> None:
    assert built(*USA).rows() == [("USA", 2019, 734344100000.0, 0.034)]


def test_a_figure_that_one_series_lacks_is_unknown() -> None:
    assert built(USA[0]).rows() == [("USA", 2019, 734344100000.0, None)]
    assert built(USA[1]).rows() == [("USA", 2019, None, 0.034)]


def test_the_world_is_read_and_other_aggregates_fall_away() -> None:
    rows = built(*USA, *WORLD, (DOLLARS, "EU", "EUU", 2019, 1e11), (DOLLARS, "XD", None, 2019, 1e12))
    assert rows["economy_code"].to_list() == ["CHN", "USA", "WLD"]
    assert failing("country, or the world", rows) == []
    assert len(failing("country, or the world", rows.with_columns(economy_code=pl.lit("EUU")))) == 1


def test_before_it_is_fetched_the_table_is_empty_and_sound(tmp_path: Path) -> None:
    empty = TABLE.conform(build(SOURCE.nothing.with_columns(file_name=pl.lit("x")), CODES))
    assert empty.is_empty()
    folder = gates.write(tmp_path, {TABLE.name: empty, "countries": CODES})
    assert gates.audited(folder, TABLE).passed


def test_a_part_of_the_table_breaks_a_rule() -> None:
    assert failing("empty because", built()) == []
    assert failing("empty because", built(*USA)) == [(1,)]


@pytest.mark.parametrize(("words", "rows", "count"), [
    ("not millions", USA, 0),
    ("not millions", ((DOLLARS, "US", "USA", 2019, 734344.1),), 1),
    ("not percent", USA, 0),
    ("not percent", ((PERCENT, "US", "USA", 2019, 340.0),), 1),
    ("every year since 2000", (*USA, *WORLD), 0),
    ("every year since 2000", USA, 1),
    ("countries' sum", (*USA, *WORLD), 0),
    ("countries' sum", (*USA, WORLD[0]), 1),
    ("Is Taiwan there?", USA, 1),
])  # fmt: skip
def test_a_rule_finds_what_it_is_for(words: str, rows: tuple[Row, ...], count: int) -> None:
    assert len(failing(words, built(*rows))) == count


def test_a_row_without_a_figure_breaks_a_rule() -> None:
    blank = built(*USA).with_columns(expenditure_usd=pl.lit(None, pl.Float64), gdp_share=pl.lit(None, pl.Float64))
    assert len(failing("Has every row a figure?", blank)) == 1
    assert failing("Has every row a figure?", built(*USA)) == []
