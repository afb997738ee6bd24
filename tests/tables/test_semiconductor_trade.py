"""Trade in integrated circuits as a table: absent reporters, Hong Kong's re-exports, years that are not over."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from indicators.model import ContractBroken, Folders
from indicators.sources import country_codes, trade_hs8542
from indicators.sources._comtrade import EXPORTERS
from indicators.sources._taiwan_customs import DESTINATIONS
from indicators.tables.context.semiconductor_trade import TABLE, build

ALIASES = pl.read_csv(Folders(Path()).reference / "country_aliases.csv", infer_schema=False)
PLACES = {"CHN": "China", "JPN": "Japan", "MYS": "Malaysia", "PHL": "Philippines", "SGP": "Singapore"}
CODES = pl.DataFrame(
    {"iso3_code": list(PLACES), **{name: list(PLACES.values()) for name in ("official_name", "display_name", "un_short_name")}}
)
TAIWAN, HONG_KONG = EXPORTERS["490"], EXPORTERS["344"]
Row = dict[str, Any]


def world(year: int, **changed: Any) -> list[Row]:
    """A sound year of the nine exporters, or one in which Taiwan is absent."""
    usual = {"flow_code": "world_exports", "year": year, "last_month": 12, "counterpart_count": 144, "coverage_share": 1.0} | changed
    others = dict.fromkeys(EXPORTERS.values(), 0.08) | {TAIWAN: 0.1243, HONG_KONG: 0.2}
    is_whole = changed.get("is_whole", True)
    rows = [
        {**usual, "country_name": name, "is_reported": is_whole or name != TAIWAN, "export_share": share if is_whole else None,
         "export_share_without_hkg": round(share / 0.8, 6) if is_whole and name != HONG_KONG else None}
        for name, share in others.items()
    ]  # fmt: skip
    return [{name: row.get(name) for name in trade_hs8542.SOURCE.schema} for row in rows]


def taiwan(year: int, last_month: int | None = 12) -> list[Row]:
    """A sound year of Taiwan's destinations, and the months that it has."""
    usual = {"flow_code": "taiwan_exports", "year": year, "is_reported": True, "counterpart_count": 110, "coverage_share": 1.0}
    shares = dict.fromkeys(DESTINATIONS, 0.04) | {"中國大陸": 0.3, "香港": 0.25}
    rows = [{**usual, "country_name": name, "export_share": share} for name, share in shares.items()]
    rows += [{"flow_code": "taiwan_period", "year": year, "last_month": last_month, "is_reported": True}] if last_month else []
    return [{name: row.get(name) for name in trade_hs8542.SOURCE.schema} for row in rows]


def table(*rows: Row) -> pl.DataFrame:
    return TABLE.conform(build(pl.DataFrame(rows, schema=trade_hs8542.SOURCE.schema), CODES, ALIASES))


SOUND = [*world(2013), *world(2023), *world(2024, is_whole=False, coverage_share=0.7), *taiwan(2023), *taiwan(2025, 7)]


def failures(question: str, rows: pl.DataFrame) -> int:
    rule = next(rule for rule in TABLE.rules if rule.question.startswith(question))
    with duckdb.connect() as database:
        database.register("semiconductor_trade", rows.to_arrow())
        return len(database.execute(rule.failing_rows).fetchall())


def test_other_asia_is_taiwan_and_chinese_names_are_countries() -> None:
    rows = table(*SOUND)
    assert rows.filter(flow_code="world_exports", year=2013, country_code="TWN")["export_share"].to_list() == [0.1243]
    assert set(rows.filter(flow_code="taiwan_exports")["country_code"]) >= {"CHN", "HKG", "SGP", "KOR", "JPN", "USA", "VNM", "MEX"}


def test_an_absent_exporter_leaves_everybody_without_a_share_and_nobody_with_zero() -> None:
    rows = table(*SOUND).filter(year=2024)
    assert (rows.height, rows["export_share"].null_count()) == (9, 9)
    assert rows.filter(~pl.col("is_reported"))["country_code"].to_list() == ["TWN"]


def test_a_year_ends_with_its_last_month() -> None:
    rows = table(*SOUND)
    ends = rows.select("flow_code", "year", "period_end").unique().sort("flow_code", "year").rows()
    assert ends[:2] == [("taiwan_exports", 2023, date(2023, 12, 31)), ("taiwan_exports", 2025, date(2025, 7, 31))]
    assert failures("Is every year whole?", rows) == 1


def test_a_year_of_unknown_months_stops_the_build() -> None:
    with pytest.raises(ContractBroken, match=r"no file says which months \[2025\] of Taiwan's exports cover"):
        table(*world(2023), *taiwan(2025, None))


def test_an_unknown_country_stops_the_build() -> None:
    with pytest.raises(ContractBroken, match=r"unknown country names \['火星'\]"):
        table(*world(2023), {**taiwan(2023)[0], "country_name": "火星"}, taiwan(2023)[-1])


@pytest.mark.parametrize("question", [rule.question for rule in TABLE.rules if not rule.is_warning])
def test_a_sound_table_breaks_no_rule(question: str) -> None:
    assert failures(question, table(*SOUND)) == 0


def test_an_absent_exporter_is_told() -> None:
    assert failures("Has every large exporter reported?", table(*SOUND)) == 1


ABSENT, CHINA_2023 = "NOT is_reported", "flow_code = 'world_exports' AND year = 2023 AND country_code = 'CHN'"
HKG_2023 = "flow_code = 'world_exports' AND year = 2023 AND country_code = 'HKG'"
TO_CHINA = "flow_code = 'taiwan_exports' AND country_code = 'CHN'"


@pytest.mark.parametrize(("question", "where", "change"), [
    ("Are all shares of a year null", ABSENT, {"export_share": 0.0}),
    ("Are all shares of a year null", "year = 2024 AND country_code = 'CHN'", {"export_share": 0.2}),
    ("Are all shares of a year null", CHINA_2023, {"export_share": 0.0}),
    ("Are all shares of a year null", CHINA_2023, {"export_share": None}),
    ("Does a year with shares cover", CHINA_2023, {"coverage_share": 0.7}),
    ("Are the nine large exporters", "year = 2023 AND country_code = 'TWN'", {"country_code": "VNM"}),
    ("Are the nine large exporters", CHINA_2023, {"export_share": 0.6}),
    ("Is the share without Hong Kong", CHINA_2023, {"export_share_without_hkg": 0.08}),
    ("Is the share without Hong Kong", HKG_2023, {"export_share_without_hkg": 0.2}),
    ("Does Hong Kong ship on", HKG_2023, {"export_share": 0.05}),
    ("Did 144 reporters state 2013", "year = 2013 AND country_code = 'TWN'", {"export_share": 0.1}),
    ("Did 144 reporters state 2013", "year = 2013 AND country_code = 'TWN'", {"counterpart_count": 86}),
    ("Do China and Hong Kong take", TO_CHINA, {"export_share": 0.01}),
    ("Do Taiwan's destinations stay", TO_CHINA, {"export_share": 0.4}),
    ("Do Taiwan's destinations stay", TO_CHINA, {"country_code": "MAC"}),
    ("Does every period end", CHINA_2023, {"period_end": date(2024, 1, 1)}),
])  # fmt: skip
def test_a_rule_finds_its_counterexample(question: str, where: str, change: dict[str, Any]) -> None:
    rows = table(*SOUND)
    is_there = pl.sql_expr(where)
    changed = rows.with_columns(
        pl.when(is_there).then(pl.lit(value, dtype=rows.schema[name])).otherwise(pl.col(name)).alias(name) for name, value in change.items()
    )
    assert not changed.equals(rows)
    assert failures(question, changed) >= 1


def test_no_column_holds_a_value_in_money() -> None:
    assert TABLE.is_aggregate
    assert {column.unit for column in TABLE.columns if column.kind.is_float()} == {"share"}


def test_the_capture_passes_every_blocking_rule(captures: Path) -> None:
    folder = captures / "trade_hs8542" / "2025-09-25"
    parsed = pl.concat([trade_hs8542.parse((folder / file.name).read_bytes(), file) for file in trade_hs8542.SOURCE.files])
    (path,) = (captures / "country_codes").glob("*/country-codes.csv")
    rows = TABLE.conform(build(parsed, country_codes.parse(path.read_bytes(), country_codes.SOURCE.files[0]), ALIASES))
    assert [rule.question for rule in TABLE.rules if not rule.is_warning and failures(rule.question, rows)] == []
    assert TABLE.row_bounds[0] <= rows.height == 277 <= TABLE.row_bounds[1]
    assert (failures("Has every large exporter reported?", rows), failures("Is every year whole?", rows)) == (2, 1)
