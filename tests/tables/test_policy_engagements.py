"""Engagements on AI: curated rows with one official address each, parties and roles that agree, days and uniqueness."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import scored

from indicators.model import ContractBroken
from indicators.sources import country_codes
from indicators.tables.context.policy_engagements import KINDS, TABLE, build

CURATED = pl.read_csv(scored.PROJECT / "data" / "reference" / "policy_engagements.csv", infer_schema=False)
ROWS = TABLE.conform(build(CURATED))
PARTIES = sorted({party for parties in ROWS["parties"] for party in parties} - {"EU", "UN"})
COUNTRIES = pl.DataFrame({"country_code": PARTIES})


def failing(words: str, rows: pl.DataFrame = ROWS) -> list[tuple[Any, ...]]:
    return scored.failing(TABLE.rules, words, policy_engagements=rows, countries=COUNTRIES)


def changed(one: str, /, **cells: Any) -> pl.DataFrame:
    """The table with cells of one row changed in the curated file."""
    is_it = pl.col("engagement_id") == one
    return TABLE.conform(
        build(CURATED.with_columns(pl.when(is_it).then(pl.lit(v)).otherwise(pl.col(k)).alias(k) for k, v in cells.items()))
    )


@pytest.mark.parametrize("question", [rule.question for rule in TABLE.rules if not rule.is_warning])
def test_the_curated_rows_break_no_rule(question: str) -> None:
    assert failing(question) == []


def test_the_curated_rows_fit_the_contract() -> None:
    assert TABLE.row_bounds[0] <= ROWS.height <= TABLE.row_bounds[1]
    assert set(ROWS["kind_code"]) <= set(KINDS)
    assert ROWS.filter(~pl.col("engagement_date").is_between(date(2023, 1, 1), date(2026, 12, 31))).is_empty()
    assert ROWS.select(pl.all().is_null().any()).row(0).count(True) == 0


def test_every_party_is_a_country_of_iso_3166(captures: Path) -> None:
    (path,) = (captures / "country_codes").glob("*/country-codes.csv")
    codes = country_codes.parse(path.read_bytes(), country_codes.SOURCE.files[0])["iso3_code"]
    assert set(PARTIES) <= set(codes)


@pytest.mark.parametrize(("engagement_id", "count"), [
    ("2023-11-bletchley", 29), ("2024-05-seoul-declaration", 11), ("2025-11-apec", 21), ("2023-07-security-council", 15),
    ("2023-10-hiroshima-code", 8), ("2024-11-safety-institutes-network", 10),
])  # fmt: skip
def test_a_complete_list_has_as_many_parties_as_are_known(engagement_id: str, count: int) -> None:
    (row,) = ROWS.filter(engagement_id=engagement_id).to_dicts()
    assert (len(row["parties"]), row["is_party_list_complete"], row["scope_code"]) == (count, True, "multilateral")


@pytest.mark.parametrize(("engagement_id", "scope"), [
    ("2024-05-geneva", "bilateral"), ("2024-04-us-uk-safety-institutes", "bilateral"), ("2023-10-global-ai-governance-initiative", "unilateral"),
    ("2023-02-military-ai-declaration", "multilateral"), ("2024-03-unga-78-265", "multilateral"),
])  # fmt: skip
def test_scope_follows_from_the_parties_and_from_whether_all_are_listed(engagement_id: str, scope: str) -> None:
    assert ROWS.filter(engagement_id=engagement_id)["scope_code"].to_list() == [scope]


GENEVA = "2024-05-geneva"


@pytest.mark.parametrize(("words", "cells", "rows"), [
    ("listed once: no two", {"title": "AI Safety Summit: Bletchley Declaration"}, 1),
    ("listed once: no two", {"engagement_date": "2023-11-15", "kind_code": "leaders_meeting", "instrument": "Readout of the meeting"}, 1),
    ("address of its own", {"url": "https://docs.un.org/en/A/RES/78/311"}, 1),
    ("official one", {"url": "https://news.example.org/talks"}, 1),
    ("month of the day", {"engagement_date": "2024-06-14"}, 1),
    ("country or a known organisation", {"parties": "USA;CHN;XYZ"}, 1),
    ("country or a known organisation", {"parties": "USA;CHN;CHN"}, 1),
    ("roles and parties agree", {"usa_role_code": "none"}, 1),
    ("roles and parties agree", {"china_role_code": "declined"}, 1),
    ("roles and parties agree", {"parties": "USA"}, 1),
    ("roles and parties agree", {"parties": "FRA;GBR", "usa_role_code": "none", "china_role_code": "none"}, 1),
    ("consensus said", {"china_role_code": "consensus"}, 1),
    ("known facts", {"parties": "USA"}, 1),
    ("known facts", {"engagement_id": "2024-05-elsewhere"}, 1),
    ("confirmed by a public copy", {"evidence_code": "known"}, 4),
])  # fmt: skip
def test_a_rule_finds_what_it_is_for(words: str, cells: dict[str, str], rows: int) -> None:
    assert len(failing(words, changed(GENEVA, **cells))) == rows


def test_a_day_that_is_no_day_stops_the_build() -> None:
    with pytest.raises(ContractBroken, match=r"policy_engagements: a curated row does not fit its column: .*14 May 2024"):
        changed(GENEVA, engagement_date="14 May 2024")


def test_an_id_that_repeats_is_refused() -> None:
    with pytest.raises(ContractBroken, match=r"key .* repeats in 2 rows"):
        TABLE.conform(build(pl.concat([CURATED, CURATED.head(1)])))


def test_quarters_without_an_engagement_are_told() -> None:
    assert [day for (day,) in failing("every quarter up to the newest")] == [date(2025, 4, 1)]
