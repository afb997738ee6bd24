"""publication_counts: paths to attributes, the world apart from countries, and no zero where there was no country."""

from pathlib import Path
from typing import Any

import ncses
import polars as pl
import pytest

from indicators.model import ContractBroken
from indicators.sources import ncses_ai_publications
from indicators.sources.ncses_ai_publications import LABEL
from indicators.tables.researchers.publication_counts import ATTRIBUTES, TABLE, build

FULL = ("total", "multiple_institutions", "domestic_only", "international")


def years(areas: dict[str, list[int]], year: int = 2022, number: str = "10067") -> dict[str, bytes]:
    """Articles of areas in one year: total, several institutions, domestic, international."""
    rows: dict[str, list[Any]] = {}
    for area, counts in areas.items():
        path = "World" if area == "World" else f"World -> {area}"
        rows[path] = [""]
        for attribute, count in zip(ATTRIBUTES, counts, strict=False):
            rows[f"{path} -> Total articles" + ("" if attribute == "Total articles" else f" -> {attribute}")] = [count]
    return {f"{number}.csv": ncses.hierarchy(number, LABEL, rows, [f"field_{year}"])}


def built(*payloads: dict[str, bytes]) -> pl.DataFrame:
    together = {name: text for payload in payloads for name, text in payload.items()}
    return TABLE.conform(build(ncses.parsed(ncses_ai_publications, together), ncses.COUNTRIES, ncses.ALIASES, ncses.SPANS))


def counts(rows: pl.DataFrame, area: str, year: int, field: str = "artificial_intelligence") -> tuple[int | None, ...]:
    found = dict(
        rows.filter(area_name=area, first_year=year, last_year=year, field_code=field).select("attribute_code", "article_count").iter_rows()
    )
    return tuple(found[attribute] for attribute in FULL)


def test_the_last_label_of_a_path_is_the_attribute_and_the_one_below_the_world_the_area() -> None:
    rows = built(years({"World": [100, 60, 70, 20], "China": [40, 20, 30, 6]}))
    assert counts(rows, "World", 2022) == (100, 60, 70, 20)
    assert counts(rows, "China", 2022) == (40, 20, 30, 6)


def test_domestic_and_international_may_be_fewer_than_all_and_never_more() -> None:
    fewer, more = built(years({"China": [40, 20, 30, 6]})), built(years({"China": [40, 20, 30, 16]}))
    assert [ncses.failing(TABLE, "Are domestic and international", publication_counts=rows) for rows in (fewer, more)] == [0, 1]


def test_the_world_the_rest_and_areas_without_a_code_are_no_countries() -> None:
    names = ["World", "China", "Unassigned", "West Bank<sup>d</sup>", "Kosovo"]
    rows = built(years({name: [9, 9, 0, 9] for name in names})).filter(attribute_code="total")
    found = {name: (kind, code) for name, kind, code in rows.select("area_name", "area_kind_code", "country_code").iter_rows()}
    assert found["China"] == ("country", "CHN")
    assert {name: found[name] for name in found if name != "China"} == {
        "World": ("world", None), "Unassigned": ("unassigned", None), "West Bank": ("other", None), "Kosovo": ("other", None),
    }  # fmt: skip
    assert rows.filter("has_footnote")["area_name"].to_list() == ["West Bank"]
    assert ncses.failing(TABLE, "Is every name printed without", publication_counts=rows) == 1


def test_zero_before_a_state_existed_is_unknown_and_zero_after_is_a_count() -> None:
    assert counts(built(years({"Serbia<sup>b</sup>": [0, 0, 0, 0]}, year=2006)), "Serbia", 2006) == (None,) * 4
    assert counts(built(years({"Serbia<sup>b</sup>": [0, 0, 0, 0]}, year=2007)), "Serbia", 2007) == (0,) * 4


def test_articles_of_a_state_that_did_not_exist_stop_the_build() -> None:
    with pytest.raises(ContractBroken, match="correct the span"):
        built(years({"Serbia": [3, 0, 3, 0]}, year=2006))


def test_fractional_counts_stand_beside_the_total_of_the_period() -> None:
    rows = built(ncses.articles_of_period({"World": [100, 100.0, 50, 80, 15], "China": [30, 25.5, 15, 20, 8]})).filter(area_name="China")
    assert rows.select("attribute_code", "article_count", "article_share_sum", "first_year", "last_year").rows() == [
        ("domestic_only", 20, None, 2003, 2022),
        ("international", 8, None, 2003, 2022),
        ("multiple_institutions", 15, None, 2003, 2022),
        ("total", 30, 25.5, 2003, 2022),
    ]


def test_a_new_kind_of_coauthorship_and_a_new_name_stop_the_build() -> None:
    strange = {"10067.csv": ncses.hierarchy("10067", LABEL, {"World -> China -> Total articles -> With robots": [1]}, ["field_2022"])}
    with pytest.raises(ContractBroken, match="unknown kind of coauthorship"):
        built(strange)
    with pytest.raises(ContractBroken, match="unknown country names"):
        built(years({"Atlantis": [1, 1, 1, 0]}))


def test_every_other_rule_finds_what_it_asks_for() -> None:
    def failing(question: str, rows: pl.DataFrame) -> int:
        return ncses.failing(TABLE, question, publication_counts=rows)

    sound = built(
        years({"World": [100, 60, 70, 20], "China": [90, 50, 60, 20], "Taiwan": [20, 10, 10, 9], "Unassigned": [1, 1, 0, 1]}),
        years({"China": [900, 500, 600, 200], "Taiwan": [99, 90, 80, 19]}, number="10001"),
    )
    assert [rule.question for rule in TABLE.rules if not rule.is_warning and failing(rule.question, sound)] == []
    is_china, is_rest = pl.col("country_code") == "CHN", pl.col("area_kind_code") == "unassigned"
    count, attribute = pl.col("article_count"), pl.col("attribute_code")
    wrong = {
        "Have articles of several": pl.when(is_china & (attribute == "international")).then(99).otherwise(count),
        "Has the unassigned rest no": pl.when(is_rest & (attribute == "domestic_only")).then(1).otherwise(count),
        "Are articles on artificial": pl.when(is_china & (pl.col("field_code") == "all")).then(10).otherwise(count),
        "Do fractional counts of all": pl.when(is_china | is_rest).then(0).otherwise(count),
    }
    for question, counted in wrong.items():
        assert failing(question, sound.with_columns(article_count=counted)) > 0, question
    assert failing("Are China and Taiwan", sound.with_columns(country_code=pl.col("country_code").replace("TWN", "HKG"))) == 2
    assert failing("Has a country a code", sound.with_columns(country_code=pl.lit("CHN"))) == 8
    twice = built(years({"China": [90, 50, 60, 20]}), ncses.articles_of_period({"China": [91, 80.5, 50, 60, 20]}))
    assert failing("Do single years make", twice) == 1


def test_the_captures_keep_every_rule_and_say_what_the_card_says(captures: Path) -> None:
    rows = ncses.captured_counts(captures)
    assert rows.height == 18_964
    assert [
        rule.question for rule in TABLE.rules if not rule.is_warning and ncses.failing(TABLE, rule.question, publication_counts=rows)
    ] == []
    assert counts(rows, "World", 2022) == (123_402, 69_479, 102_024, 20_365)
    assert counts(rows, "China", 2022) == (42_524, 26_245, 35_276, 6_833)
    assert counts(rows, "United States", 2022) == (12_642, 8_726, 7_519, 4_964)
    assert counts(rows, "Taiwan", 2003) == (362, 183, 326, 32)
    assert counts(rows, "World", 2022, "all")[0] == 3_344_037
    assert counts(rows, "Serbia and Montenegro", 2007) == (None,) * 4
    assert counts(rows, "Serbia and Montenegro", 2006) == (91, 42, 67, 22)
    whole = rows.filter(area_name="China", last_year=2022, first_year=2003, attribute_code="total").select(
        "article_count", "article_share_sum"
    )
    assert whole.rows() == [(274_096, 255_322.4)]


def test_domestic_and_international_are_fewer_than_all_for_every_year_of_the_captured_world(captures: Path) -> None:
    world = ncses.captured_counts(captures).filter(
        pl.col("first_year") == pl.col("last_year"), area_name="World", field_code="artificial_intelligence"
    )
    parts = world.pivot("attribute_code", index="first_year", values="article_count")
    missing = parts.select(pl.col("total") - pl.col("domestic_only") - pl.col("international")).to_series()
    assert (missing.len(), missing.min(), missing.max()) == (20, 21, 1013)
