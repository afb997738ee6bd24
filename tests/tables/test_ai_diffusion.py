"""Users of AI by economy: waves as periods, regional estimates counted, restated figures and missing territories told."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import scored

from indicators.model import ContractBroken
from indicators.sources import country_codes, ms_ai_diffusion
from indicators.tables.context.ai_diffusion import TABLE, build

FILE = ms_ai_diffusion.SOURCE.files[0].name
ALIASES = pl.read_csv(scored.PROJECT / "data" / "reference" / "country_aliases.csv", infer_schema=False)
NAMES = {"China": "CHN", "Norway": "NOR", "Benin": "BEN", "Togo": "TGO", "Türkiye": "TUR", "Democratic Republic of the Congo": "COD"}
CODES = pl.DataFrame({name: list(NAMES) for name in ("official_name", "display_name", "un_short_name")}).with_columns(
    iso3_code=pl.Series(list(NAMES.values()))
)


def stated(*rows: tuple[str, str, int, float | None], file_name: str = FILE) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=dict(ms_ai_diffusion.SOURCE.schema), orient="row").with_columns(file_name=pl.lit(file_name))


def built(*rows: tuple[str, str, int, float | None]) -> pl.DataFrame:
    return TABLE.conform(build(stated(*rows), CODES, ALIASES))


def failing(words: str, rows: pl.DataFrame, **beside: pl.DataFrame) -> list[tuple[Any, ...]]:
    return scored.failing(TABLE.rules, words, ai_diffusion=rows, **beside)


@pytest.mark.parametrize(("wave", "year", "first", "last"), [
    ("H1", 2025, date(2025, 1, 1), date(2025, 6, 30)), ("H2", 2025, date(2025, 7, 1), date(2025, 12, 31)),
    ("Q1", 2026, date(2026, 1, 1), date(2026, 3, 31)), ("Q2", 2026, date(2026, 4, 1), date(2026, 6, 30)),
    ("Q3", 2026, date(2026, 7, 1), date(2026, 9, 30)), ("Q4", 2028, date(2028, 10, 1), date(2028, 12, 31)),
])  # fmt: skip
def test_a_wave_is_a_period(wave: str, year: int, first: date, last: date) -> None:
    rows = built(("China", wave, year, 0.2))
    assert rows.select("country_code", "wave_code", "period_start", "period_end").rows() == [("CHN", f"{year}-{wave}", first, last)]
    assert failing("half a year or a quarter", rows) == []


def test_names_as_the_source_prints_them_are_known() -> None:
    rows = built(("Congo (DRC)", "H1", 2025, 0.07), ("Türkiye", "H1", 2025, 0.134))
    assert rows["country_code"].to_list() == ["COD", "TUR"]
    assert failing("Türkiye", rows) == []
    assert len(failing("Türkiye", rows.with_columns(economy_name=pl.lit("T√ºrkiye")))) == 1


def test_an_unknown_economy_stops_the_build() -> None:
    with pytest.raises(ContractBroken, match=r"ai_diffusion: unknown country names \['Atlantis'\]; add each to .*country_aliases"):
        built(("Atlantis", "H1", 2025, 0.2))


def test_economies_with_the_same_figures_in_every_wave_are_counted() -> None:
    rows = built(
        ("Benin", "H1", 2025, 0.1), ("Benin", "H2", 2025, 0.2), ("Togo", "H1", 2025, 0.1), ("Togo", "H2", 2025, 0.2),
        ("China", "H1", 2025, 0.1), ("China", "H2", 2025, 0.3),
    )  # fmt: skip
    assert dict(rows.select("country_code", "same_figures_count").iter_rows()) == {"BEN": 2, "TGO": 2, "CHN": 1}
    assert failing("figures of its own", rows) == [(2, ["BEN", "TGO"])]


def test_a_newer_file_wins_and_older_waves_stay() -> None:
    older, newer = stated(("China", "H1", 2025, 0.1), ("China", "H2", 2025, 0.2), file_name="old.csv"), stated(("China", "H2", 2025, 0.3))
    for rows in (pl.concat([older, newer]), pl.concat([newer, older])):
        table = TABLE.conform(build(rows, CODES, ALIASES))
        assert table.select("wave_code", "ai_user_share").rows() == [("2025-H1", 0.1), ("2025-H2", 0.3)]


def test_a_blank_figure_is_unknown() -> None:
    assert built(("China", "H1", 2025, None))["ai_user_share"].to_list() == [None]


def test_percent_for_a_share_breaks_a_rule_and_growth_does_not() -> None:
    assert failing("more than 15 points", built(("China", "H1", 2025, 0.2), ("China", "H2", 2025, 0.3))) == []
    assert len(failing("more than 15 points", built(("China", "H1", 2025, 0.2), ("China", "H2", 2025, 0.4)))) == 1


def test_a_wave_of_few_economies_breaks_a_rule() -> None:
    assert failing("125 at least", built(("China", "H1", 2025, 0.2))) == [("2025-H1", 1)]


def test_a_missing_country_breaks_a_rule_and_a_missing_territory_is_told() -> None:
    rows = built(("China", "H1", 2025, 0.2))
    assert {code for code, _ in failing("United Arab Emirates", rows)} == {"USA", "DEU", "IND", "ARE"}
    assert sorted(failing("Hong Kong, Macao", rows)) == [("HKG",), ("MAC",), ("TWN",)]


def test_a_figure_restated_since_the_last_release_is_told() -> None:
    before, now = built(("China", "H1", 2025, 0.2)), built(("China", "H1", 2025, 0.21))
    assert failing("figures of the last release", now, previous_ai_diffusion=before) == [("CHN", "2025-H1", 0.2, 0.21)]
    assert failing("figures of the last release", now, previous_ai_diffusion=now) == []


@pytest.mark.parametrize("day", ["2026-05-27"])
def test_the_captured_file_passes_every_blocking_rule(captures: Path, day: str) -> None:
    payload = (captures / "ms_ai_diffusion_2026q1" / day / FILE).read_bytes()
    rows = ms_ai_diffusion.parse(payload, ms_ai_diffusion.SOURCE.files[0]).with_columns(file_name=pl.lit(FILE))
    (path,) = (captures / "country_codes").glob("*/country-codes.csv")
    codes = country_codes.parse(path.read_bytes(), country_codes.SOURCE.files[0])
    table = TABLE.conform(build(rows, codes, ALIASES))
    assert TABLE.row_bounds[0] <= table.height == 441 <= TABLE.row_bounds[1]
    assert set(table["country_code"]) <= set(codes["iso3_code"])
    for rule in TABLE.rules:
        if not rule.is_warning:
            assert failing(rule.question, table) == [], rule.question
    assert failing("Hong Kong, Macao", table) == [("HKG",), ("MAC",)]
    assert sum(count for count, _ in failing("figures of its own", table)) == 36
