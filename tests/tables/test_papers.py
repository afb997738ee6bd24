"""papers: which rows are accepted papers, and how many author positions each states."""

import duckdb
import polars as pl
import pytest

from indicators.sources._paperlists_venues import REJECTIONS
from indicators.sources._paperlists_venues import STATUSES as SOURCE_STATUSES
from indicators.sources._paperlists_venues import TRACKS as SOURCE_TRACKS
from indicators.sources._paperlists_venues import VENUES as SOURCE_VENUES
from indicators.sources.paperlists import SOURCE
from indicators.tables.researchers._acceptance import STATUSES, TRACKS, VENUES, main_track
from indicators.tables.researchers.papers import TABLE, build


def row(paper_id: str, status: str | None = "Poster", slot: int | None = 1, **other: object) -> dict[str, object]:
    blank: dict[str, object] = dict.fromkeys(SOURCE.schema)
    stated = {"venue_code": "icml", "year": 2019, "layout_code": "author_index", "track": "main", "is_in_proceedings": True, "ordinal": 1}
    return blank | stated | {"paper_id": paper_id, "status": status, "slot": slot} | other


def built(*rows: dict[str, object]) -> pl.DataFrame:
    return TABLE.conform(build(pl.DataFrame(list(rows), schema=dict(SOURCE.schema))))


def test_only_accepted_papers_are_kept() -> None:
    found = built(row("1"), row("2", "Spotlight"), row("3", "Oral"), row("4", "Reject"), row("5", "Withdraw"), row("6", "Desk Reject"))
    assert found["status_code"].to_list() == ["poster", "spotlight", "oral"]


def test_each_conferences_own_words_have_a_code() -> None:
    found = built(
        row("1", "Highlight", venue_code="cvpr"),
        row("2", "Technical", venue_code="aaai"),
        row("3", "Short Main", venue_code="emnlp"),
        row("4", "Long Main", venue_code="emnlp"),
    )
    assert dict(found.select("paper_id", "status_code").iter_rows()) == {
        "aaai-2019-2": "technical",
        "cvpr-2019-1": "highlight",
        "emnlp-2019-3": "short",
        "emnlp-2019-4": "long",
    }


def test_findings_of_emnlp_are_a_track_of_their_own_though_their_track_reads_main() -> None:
    found = built(row("1", "Long Main", venue_code="emnlp"), row("2", "Long Findings", venue_code="emnlp"), row("3", "Short Findings"))
    assert dict(found.select("paper_id", "track_code").iter_rows()) == {
        "emnlp-2019-1": "main",
        "emnlp-2019-2": "findings",
        "icml-2019-3": "findings",
    }
    assert main_track(found)["paper_id"].to_list() == ["emnlp-2019-1"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("Survey track", "Survey Track"), "survey"),
        (("Journal track", "Journal Track"), "journal"),
        (("Demos", "Demo Track"), "demonstrations"),
        (("AI for Good", "Special Track on AI for Good", "AI for Good - Projects"), "ai_for_good"),
        (("AI and Arts", "AI, Arts & Creativity"), "arts"),
        (("Datasets & Benchmarks",), "datasets_and_benchmarks"),
    ],
)
def test_tracks_that_years_word_differently_have_one_code_and_are_not_main(words: tuple[str, ...], code: str) -> None:
    found = built(*(row(str(number), track=word) for number, word in enumerate(words)))
    assert found["track_code"].unique().to_list() == [code]
    assert main_track(found).is_empty()


def test_every_word_of_the_source_has_a_code_here_and_every_conference_too() -> None:
    assert {word for words in SOURCE_STATUSES.values() for word in words} == set(STATUSES) | set(REJECTIONS)
    assert {word for words in SOURCE_TRACKS.values() for word in words} | {"main"} == set(TRACKS)
    assert set(VENUES) == set(SOURCE_STATUSES) == set(SOURCE_VENUES.values())


@pytest.mark.parametrize(
    ("question", "bad", "good"),
    [
        ("words of one conference", row("1", "Technical"), row("1", "Technical", venue_code="aaai")),
        ("has every paper that is listed", row("1", track=None), row("1", None, track=None)),
        ("within 1%", row("1", venue_code="colm", year=2024), row("1", venue_code="colm", year=2023)),
        ("every author position", row("1", slot=None), row("1")),
    ],
)
def test_each_rule_finds_its_row_and_nothing_else(question: str, bad: dict[str, object], good: dict[str, object]) -> None:
    (rule,) = [rule for rule in TABLE.rules if question in rule.question.lower()]
    for papers, is_bad in ((built(bad), True), (built(good), False)):
        assert bool(duckdb.connect().register("papers", papers).execute(rule.failing_rows).fetchall()) is is_bad


def test_a_listing_outside_the_proceedings_is_no_paper() -> None:
    assert built(row("1"), row("2", is_in_proceedings=False))["paper_id"].to_list() == ["icml-2019-1"]


def test_a_proceedings_paper_listed_under_another_title_is_unlisted_and_accepted() -> None:
    assert built(row("1", None, track=None)).select("status_code", "track_code").rows() == [("unlisted", None)]


def test_positions_are_counted_once_and_a_paper_without_any_has_none() -> None:
    found = built(row("1"), row("1", ordinal=2), row("1", slot=2), row("2", slot=None))
    assert found["author_slot_count"].to_list() == [2, 0]


def test_the_same_id_in_two_years_is_two_papers() -> None:
    assert built(row("1"), row("1", year=2018)).height == 2
