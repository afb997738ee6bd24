"""C03: four tests of closeness, two ways of dating, and the months around them."""

from datetime import date
from typing import Any

import pytest
from ledger import NOW, THEN, Row, criteria, judged, verdicts

US_DAY, CN_DAY = date(2024, 12, 1), date(2025, 1, 15)


def model(name: str, country: str, score: float, day: date, **other: Any) -> Row:
    usual = {
        "model_name": name,
        "country_code": country,
        "score": score,
        "score_low": score - 1,
        "score_high": score + 1,
        "release_date": day,
    }
    return usual | other


def world(index: float = 1.0, answers: float = 0.02, board: float = 10.0, first: date = US_DAY, **us: Any) -> dict[str, list[Row]]:
    """Leaders of both countries: gaps by index, GPQA Diamond and Arena, and the day of the US model that the Chinese one follows."""
    scores = [model("us", "USA", 140 + index, first, **us), model("cn", "CHN", 140.0, CN_DAY)]
    gpqa = [{"benchmark_id": "gpqa_diamond", "model_version": code, "country_code": code, "score": 0.5 + (code == "USA") * answers,
             "standard_error": 0.01, "release_date": CN_DAY} for code in ("USA", "CHN")]  # fmt: skip
    rated = [{"leaderboard_date": CN_DAY, "category_code": "overall", "model_name": code, "country_code": code, "votes": 100,
              "rating": 1300 + (code == "USA") * board, "rating_low": 1290.0, "rating_high": 1320.0} for code in ("USA", "CHN")]  # fmt: skip
    return {"capability_scores": scores, "benchmark_scores": gpqa, "arena_ratings": rated}


FAR: dict[str, Any] = {"index": 9.0, "answers": 0.2, "board": 60.0, "first": date(2024, 6, 1)}


def test_four_close_gaps_support_and_four_wide_ones_contradict() -> None:
    assert verdicts("C03", **world()) == ("supported", "supported")
    assert verdicts("C03", **world(**FAR)) == ("contradicted", "contradicted")


@pytest.mark.parametrize(("close", "verdict"), [(1, "mixed"), (2, "mixed"), (3, "supported")])
def test_three_of_four_are_enough_and_one_is_not(close: int, verdict: str) -> None:
    wide = dict(list(FAR.items())[: 4 - close])
    assert verdicts("C03", **world(**wide))[1] == verdict


@pytest.mark.parametrize(("change", "criterion"), [({"index": 3.01}, "Index gap"), ({"answers": 0.0501}, "Gap in GPQA"),
                                                   ({"board": 25.1}, "Gap on the newest Arena"), ({"first": date(2024, 11, 14)}, "Lag")])  # fmt: skip
def test_a_figure_just_beyond_its_threshold_is_not_met(change: dict[str, Any], criterion: str) -> None:
    for asked, met in ((world(), True), (world(**change), False)):
        found = [item["is_met"] for name, item in criteria(judged("C03", **asked)[NOW], "supports").items() if name.startswith(criterion)]
        assert set(found) == {met}


def test_overlapping_intervals_make_a_wide_gap_close() -> None:
    apart = judged("C03", **world(index=4.0))[NOW]
    overlapping = judged("C03", **world(index=4.0, score_low=140.5))[NOW]
    met = [next(item["is_met"] for name, item in criteria(row).items() if name.startswith("Index gap")) for row in (apart, overlapping)]
    assert met == [False, True]


def test_a_preview_counts_by_one_way_of_dating_and_two_judgements_that_differ_are_mixed() -> None:
    rows = world(answers=0.2)
    shown = model("preview", "USA", 150.0, date(2025, 1, 2), version_date=date(2025, 4, 16), release_date_kind_code="preview")
    rows["capability_scores"].append(shown)
    found = judged("C03", **rows)
    gaps = {name: item["value"] for name, item in criteria(found[THEN], "supports").items() if name.startswith("Index gap")}
    assert sorted(gaps.values()) == [1.0, 10.0]
    assert found[THEN]["verdict_code"] == "mixed"
    assert "2 of 4 tests are met, models dated as Epoch" in found[THEN]["coverage_note"]
    assert "3 of 4 tests are met, models dated by each" in found[THEN]["coverage_note"]


def test_a_model_of_the_day_after_counts_now_and_not_then() -> None:
    rows = world()
    for name, kind in (("capability_scores", "release_date"), ("benchmark_scores", "release_date"), ("arena_ratings", "leaderboard_date")):
        rows[name] += [
            row | {kind: date(2025, 1, 22), "score": 300.0, "rating": 2000.0} for row in rows[name] if row["country_code"] == "USA"
        ]
    rows = {name: [{key: cell for key, cell in row.items() if key in asked} for row in of] for (name, of), asked in
            zip(rows.items(), (set(world()[name][0]) for name in rows), strict=True)}  # fmt: skip
    found = judged("C03", **rows)
    values = [criteria(row)["Gap in GPQA Diamond"]["value"] for row in found.values()]
    assert values[0] == pytest.approx(0.02)
    assert values[1] > 1


def test_a_chinese_lead_is_no_gap_and_nothing_scored_is_no_verdict() -> None:
    assert verdicts("C03", **world(index=-5.0, answers=-0.1, board=-30.0)) == ("supported", "supported")
    assert judged("C03")[NOW]["verdict_code"] == "not_measurable"


def test_the_months_around_and_the_year_before_stand_beside_it() -> None:
    rows = world()
    rows["capability_scores"] += [model("old us", "USA", 120.0, date(2023, 6, 1)), model("old cn", "CHN", 100.0, date(2023, 6, 1))]
    rows["arena_ratings"] += [row | {"leaderboard_date": date(2025, 6, 1)} for row in rows["arena_ratings"]]
    beside = criteria(judged("C03", **rows)[THEN], "context")
    ends = {name.rpartition(", ")[2] for name in beside}
    assert ends == {"a month before", "a month after", "a year before"}
