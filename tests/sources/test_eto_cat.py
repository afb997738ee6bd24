"""CSET's activity tracker: keys that one name for two countries breaks, groups among countries, partial years."""

import io
import zipfile
from pathlib import Path

import polars as pl
import pytest

from indicators.model import BadPayload
from indicators.sources import eto_cat
from indicators.sources.eto_cat import AMBIGUOUS, GROUPS, IGNORED, SOURCE, parse

FILE = SOURCE.files[0]
ARTICLES = "country,field,year,num_articles,complete"
PATENTS = "country,field,year,num_patent_applications,complete"
INVESTMENT = "country,field,year,estimated_investment,complete"


def archive(
    articles: list[str] | None = None, patents: list[str] | None = None, investment: list[str] | None = None, **others: str
) -> bytes:
    """An archive in the upstream layout, lines ending in CRLF."""
    texts = {
        "publications_yearly_articles.csv": [ARTICLES, *(articles or [])],
        "patents_yearly_applications.csv": [PATENTS, *(patents or [])],
        "companies_yearly_estimated.csv": [INVESTMENT, *(investment or [])],
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        for name, lines in texts.items():
            opened.writestr(f"cat/{name}", "".join(f"{line}\r\n" for line in lines))
        for name, text in others.items():
            opened.writestr(f"cat/{name}.csv", text)
    return packed.getvalue()


def test_rows_are_read_with_their_metric_and_whether_the_year_is_complete() -> None:
    rows = SOURCE.conform(
        parse(archive(["China (mainland),All,2022,10,True", "OECD,All,2024,20,False"], investment=["Taiwan,All,2024,7,True"]), FILE)
    )
    assert rows.rows() == [
        ("investment_musd", "Taiwan", False, "All", 2024, 7, True),
        ("articles", "China (mainland)", False, "All", 2022, 10, True),
        ("articles", "OECD", True, "All", 2024, 20, False),
    ]


def test_a_key_that_repeats_stops_the_refresh() -> None:
    twice = ["France,All,2020,1,True", "France,All,2020,2,True"]
    with pytest.raises(BadPayload, match=r"repeats 1 times, first \('articles', 'France', 'All', 2020\)"):
        parse(archive(twice), FILE)


def test_rows_of_a_name_that_two_countries_have_are_nobodys() -> None:
    rows = parse(archive(["Congo,All,2020,1,True", "Congo,All,2020,2,True", "France,All,2020,3,True"]), FILE)
    assert rows["country_name"].to_list() == ["France"]


def test_groups_outside_articles_would_count_a_country_twice() -> None:
    with pytest.raises(BadPayload, match=r"groups \['NATO'\] outside articles"):
        parse(archive(patents=["NATO,All,2020,1,True"]), FILE)


@pytest.mark.parametrize(
    ("payload", "match"),
    [
        (archive(["France,Alchemy,2020,1,True"]), "'field' holds unknown words"),
        (archive(["France,All,2020,-1,True"]), "no counts"),
        (archive(["France,All,2020,,True"]), "no counts"),
        (archive(["France,All,2020,1,maybe"]), "neither true nor false"),
        (archive([",All,2020,1,True"]), "a cell is blank"),
        (archive(surprise="a,b\n1,2\n"), r"unknown members \['surprise.csv'\]"),
        (b"<html>not found</html>", "not a readable zip archive"),
    ],
)
def test_what_is_not_as_known_is_refused(payload: bytes, match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        parse(payload, FILE)


def test_a_member_that_is_gone_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        opened.writestr("cat/publications_yearly_articles.csv", ARTICLES)
    with pytest.raises(BadPayload, match=r"missing members .*companies_yearly_estimated"):
        parse(packed.getvalue(), FILE)


def test_members_that_are_known_and_not_read_may_come_and_go() -> None:
    assert "companies_summary.csv" in IGNORED
    assert parse(archive(["France,All,2020,1,true"], companies_summary="any"), FILE).height == 1


@pytest.mark.parametrize(
    ("day", "heights", "complete_to"),
    [
        ("2024-12-01", {"articles": 8_981, "patent_applications": 5_071, "investment_musd": 14_221}, {"articles": 2022}),
        ("2026-04-13", {"articles": 8_907, "patent_applications": 5_832, "investment_musd": 15_339}, {"articles": 2023}),
    ],
)
def test_every_capture_is_read_whole_but_for_the_ambiguous_name(
    captures: Path, day: str, heights: dict[str, int], complete_to: dict[str, int]
) -> None:
    rows = SOURCE.conform(parse((captures / "eto_cat" / day / "cat.zip").read_bytes(), FILE))
    assert dict(rows.group_by("metric_code").len().iter_rows()) == heights
    assert rows.filter("is_complete", metric_code="articles")["year"].max() == complete_to["articles"]
    assert not set(rows["country_name"]) & set(AMBIGUOUS)
    assert {"China (mainland)", "Taiwan"} <= set(rows["country_name"])
    articles = rows.filter(metric_code="articles")
    assert set(articles.filter("is_group")["country_name"]) <= set(GROUPS)
    assert not {"World", "Hong Kong", "Macau", "Macao"} & set(articles["country_name"])


def test_the_key_gate_fires_on_congo_in_the_newer_capture_alone(captures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eto_cat, "AMBIGUOUS", ())
    with pytest.raises(BadPayload, match=r"repeats 16 times, first \('articles', 'Congo', 'AI Safety', 2024\); if one name stands for two"):
        parse((captures / "eto_cat" / "2026-04-13" / "cat.zip").read_bytes(), FILE)
    older = parse((captures / "eto_cat" / "2024-12-01" / "cat.zip").read_bytes(), FILE)
    assert older.filter(metric_code="articles").height == 9_011


def test_history_is_rewritten_between_captures(captures: Path) -> None:
    one, other = (
        parse((captures / "eto_cat" / day / "cat.zip").read_bytes(), FILE).filter("is_complete") for day in ("2024-12-01", "2026-04-13")
    )
    both = one.join(other, on=["metric_code", "country_name", "field", "year"])
    differ = dict(both.group_by("metric_code").agg((pl.col("value") != pl.col("value_right")).mean()).iter_rows())
    assert (round(differ["articles"], 1), round(differ["investment_musd"], 1), round(differ["patent_applications"], 1)) == (0.8, 0.5, 0.2)
