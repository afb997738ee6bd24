"""publication_pairs: square tables to directed rows, shares of international articles, the index recomputed."""

from pathlib import Path

import ncses
import polars as pl
import pytest

from indicators.model import ContractBroken
from indicators.sources import ncses_ai_publications
from indicators.sources.ncses_ai_publications import LABEL
from indicators.tables.researchers import publication_counts
from indicators.tables.researchers.publication_pairs import TABLE, build

AREAS = {
    "World": [400, 400.0, 300, 200, 100],
    "China": [90, 80.0, 60, 40, 50],
    "United States": [80, 70.0, 60, 40, 40],
    "Taiwan": [9, 8.0, 6, 4, 0],
}
TOGETHER = {"China": [0, 20, 1], "United States": [20, 0, 0], "Taiwan": [1, 0, 0]}
INDEX = {"China": [0.0, 1.0, 0.1], "United States": [1.0, 0.0, 0.0], "Taiwan": [0.1, 0.0, 0.0]}


def squares(together: dict[str, list[int]] = TOGETHER) -> dict[str, bytes]:
    return {"10060.csv": ncses.square("10060", LABEL, together), "10062.csv": ncses.square("10062", LABEL, INDEX)}


def built(payloads: dict[str, bytes]) -> tuple[pl.DataFrame, pl.DataFrame]:
    rows = ncses.parsed(ncses_ai_publications, payloads | ncses.articles_of_period(AREAS))
    counts = publication_counts.TABLE.conform(publication_counts.build(rows, ncses.COUNTRIES, ncses.ALIASES, ncses.SPANS))
    return TABLE.conform(build(rows, counts, ncses.COUNTRIES, ncses.ALIASES)), counts


def pair(rows: pl.DataFrame, country: str, partner: str) -> tuple[object, ...]:
    found = rows.filter(country_code=country, partner_country_code=partner).select("article_count", "collaboration_index", "partner_share")
    return found.row(0)


def test_a_share_is_of_the_first_countrys_international_articles() -> None:
    rows, _ = built(squares())
    assert pair(rows, "CHN", "USA") == (20, 1.0, 0.4)
    assert pair(rows, "USA", "CHN") == (20, 1.0, 0.5)


def test_the_diagonal_is_no_row_a_zero_elsewhere_a_count_and_without_international_articles_there_is_no_share() -> None:
    rows, _ = built(squares())
    assert rows.height == 6
    assert pair(rows, "USA", "TWN") == (0, 0.0, 0.0)
    assert pair(rows, "TWN", "CHN") == (1, 0.1, None)


def test_shares_of_all_fields_are_read_from_both_sides() -> None:
    sides = {
        f"{number}.csv": ncses.flat(number, LABEL, {"China": [share]}, ["2021"]) for number, share in (("10004", 24.27), ("10005", 35.61))
    }
    rows = built(squares() | sides)[0].filter(field_code="all")
    assert rows.select("country_code", "partner_country_code", "first_year", "last_year", "article_count", "partner_share").rows() == [
        ("CHN", "USA", 2021, 2021, None, 0.3561),
        ("USA", "CHN", 2021, 2021, None, 0.2427),
    ]


def test_an_index_that_does_not_follow_from_the_counts_is_found() -> None:
    rows, counts = built(squares())
    question = "Does the index follow"
    assert ncses.failing(TABLE, question, publication_pairs=rows.filter(pl.col("partner_share") > 0.1), publication_counts=counts) == 0
    wrong = rows.filter(pl.col("partner_share") > 0.1).with_columns(collaboration_index=pl.lit(1.01))
    assert ncses.failing(TABLE, question, publication_pairs=wrong, publication_counts=counts) == 2


def test_every_other_rule_finds_what_it_asks_for() -> None:
    lopsided, _ = built(squares(TOGETHER | {"China": [0, 21, 1]}))
    assert ncses.failing(TABLE, "Do both countries", publication_pairs=lopsided) == 2
    sound, _ = built(squares())
    assert [
        ncses.failing(TABLE, rule.question, publication_pairs=sound) for rule in TABLE.rules if "index follow" not in rule.question
    ] == [0] * 4
    assert ncses.failing(TABLE, "Is artificial intelligence", publication_pairs=sound.with_columns(last_year="first_year")) == 6
    assert ncses.failing(TABLE, "Is no country its own", publication_pairs=sound.with_columns(partner_country_code="country_code")) == 6
    folded = sound.with_columns(pl.col("country_code").replace("TWN", "CHN"))
    assert ncses.failing(TABLE, "Are China and Taiwan", publication_pairs=folded) == 1


def test_a_country_of_the_square_that_the_counts_lack_stops_the_build() -> None:
    india = {"10060.csv": ncses.square("10060", LABEL, {"India": [0, 1], "China": [1, 0]})}
    with pytest.raises(ContractBroken, match=r"no international articles in publication_counts for \['IND'\]"):
        built(india)


def test_the_captures_keep_every_rule_and_say_what_the_card_says(captures: Path) -> None:
    counts = ncses.captured_counts(captures)
    rows = build(ncses.captured(ncses_ai_publications, captures), counts, ncses.real_codes(), ncses.reference("country_aliases"))
    rows = TABLE.conform(rows)
    assert rows.height == 60 * 59 + 2 * 14 * 10
    frames = {"publication_pairs": rows, "publication_counts": counts}
    assert [rule.question for rule in TABLE.rules if ncses.failing(TABLE, rule.question, **frames)] == []
    assert pair(rows.filter(field_code="artificial_intelligence"), "CHN", "USA") == (13_631, 1.08, 0.311111)
    assert pair(rows.filter(field_code="artificial_intelligence"), "USA", "CHN") == (13_631, 1.08, 0.307309)
    china = rows.filter(field_code="all", country_code="CHN").select("first_year", "partner_share").rows()
    assert [china[0], china[6], china[-1]] == [(2003, 0.3743), (2015, 0.4693), (2021, 0.3561)]
