"""Listed supercomputers by country: spellings brought together, single systems untold, a series that must end."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from indicators.model import ContractBroken, Folders
from indicators.sources import country_codes, top500
from indicators.sources.top500 import LISTS
from indicators.tables.context.supercomputer_shares import TABLE, build

ALIASES = pl.read_csv(Folders(Path()).reference / "country_aliases.csv", infer_schema=False)
PLACES = {"CHN": "China", "HKG": "Hong Kong", "TWN": "Taiwan", "SAU": "Saudi Arabia", "USA": "United States of America"}
CODES = pl.DataFrame(
    {"iso3_code": list(PLACES), **{name: list(PLACES.values()) for name in ("official_name", "display_name", "un_short_name")}}
)
Cells = tuple[date, str, int, float | None]


def table(*rows: Cells) -> pl.DataFrame:
    return TABLE.conform(build(pl.DataFrame(rows, schema=top500.SOURCE.schema, orient="row"), CODES, ALIASES))


def whole(month: date = LISTS[-1], china: int = 227, share: float | None = 0.2) -> list[Cells]:
    """52 sound lists; the last one with other figures where told."""
    lists: list[Cells] = []
    for list_month in LISTS[:-1]:
        lists += _listed(list_month, (100, 225), 0.2)
    return lists + _listed(month, (china, 258), share)


def _listed(month: date, systems: tuple[int, int], share: float | None) -> list[Cells]:
    """A list: these systems in China and the United States, with others that make 500 where China has 100 or 227."""
    china, american = systems
    others = 165 if american == 225 else 5
    places = [("Hong Kong", 5, 0.05), ("Taiwan", 5, 0.05), ("Saudia Arabia", others, 0.1), ("United States", american, 0.6)]
    return [(month, name, count, part) for name, count, part in [("China", china, share), *places]]


def failures(question: str, shares: pl.DataFrame) -> int:
    rule = next(rule for rule in TABLE.rules if rule.question.startswith(question))
    with duckdb.connect() as database:
        database.register("supercomputer_shares", shares.to_arrow())
        return len(database.execute(rule.failing_rows).fetchall())


def test_spellings_of_one_country_become_one_row_of_a_list() -> None:
    month = date(2012, 6, 1)
    rows = table((month, "Saudi Arabia", 2, 0.3), (month, "Saudia Arabia", 2, 0.1), (month, "Hong Kong", 496, 0.6))
    assert rows.rows() == [(month, "HKG", 496, 0.992, 0.6), (month, "SAU", 4, 0.008, 0.4)]


def test_a_sum_with_an_untold_part_is_untold() -> None:
    month = date(2012, 6, 1)
    rows = table((month, "Saudi Arabia", 2, 0.3), (month, "Saudia Arabia", 1, None), (month, "Hong Kong", 497, 0.6))
    assert dict(rows.select("country_code", "rmax_share").iter_rows()) == {"HKG": 0.6, "SAU": None}
    assert failures("Is the performance told", rows) == 1


def test_an_unknown_country_stops_the_build() -> None:
    with pytest.raises(ContractBroken, match=r"supercomputer_shares: unknown country names \['Atlantis'\]"):
        table((date(2012, 6, 1), "Atlantis", 500, 1.0))


@pytest.mark.parametrize("question", [rule.question for rule in TABLE.rules])
def test_sound_lists_break_no_rule(question: str) -> None:
    assert failures(question, table(*whole())) == 0


@pytest.mark.parametrize(("question", "changed"), [
    ("Is there a list for every June", {"month": date(2019, 6, 1)}),
    ("Is there a list for every June", {"china": 226}),
    ("Do the shares of every list", {"share": 0.3}),
    ("Is the performance told", {"share": None}),
    ("Do the shares of every list", {"share": None}),
    ("Does the series end", {"month": date(2020, 6, 1)}),
    ("Had the United States 225", {"china": 226}),
])  # fmt: skip
def test_a_rule_finds_its_counterexample(question: str, changed: dict[str, Any]) -> None:
    assert failures(question, table(*whole(**changed))) >= 1


def test_a_territory_under_china_is_found() -> None:
    rows = table(*whole())
    assert failures("Are systems of Saudi Arabia", rows.filter(pl.col("country_code") != "TWN")) == 1


def test_no_column_tells_a_system() -> None:
    assert TABLE.is_aggregate
    assert TABLE.column_names == ["list_month", "country_code", "system_count", "system_share", "rmax_share"]


def test_the_captured_lists_pass_every_rule(captures: Path) -> None:
    folder = captures / "top500_1993_2018" / "2020-08-28"
    parsed = pl.concat([top500.parse((folder / file.name).read_bytes(), file) for file in top500.SOURCE.files])
    (path,) = (captures / "country_codes").glob("*/country-codes.csv")
    codes = country_codes.parse(path.read_bytes(), country_codes.SOURCE.files[0])
    rows = TABLE.conform(build(parsed, codes, ALIASES))
    assert [rule.question for rule in TABLE.rules if failures(rule.question, rows)] == []
    assert (rows.height, rows["country_code"].n_unique()) == (1481, 59)
    assert TABLE.row_bounds[0] <= rows.height <= TABLE.row_bounds[1]
