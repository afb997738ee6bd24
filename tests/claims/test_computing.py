"""Claims on computing: C01, C02, C04. Changing a figure turns the verdict, and back; missing estimates cap it."""

from datetime import date, timedelta
from itertools import product
from math import log10
from typing import Any

import pytest
from ledger import NOW, THEN, Row, criteria, judged, verdicts

END_2022, END_2024 = date(2022, 6, 1), date(2024, 6, 1)


def cluster(country: str | None, h100: float, since: date, *, standard: bool = True) -> Row:
    row = {"country_code": country, "h100_equivalents": h100, "first_operational_date": since, "is_in_standard_analysis": standard}
    return row | {"status_code": "existing", "certainty_code": "confirmed"}


LEAD = [cluster("USA", 40, END_2022), cluster("CHN", 20, END_2022), cluster("USA", 60, END_2024), cluster(None, 5, END_2022)]


def test_c01_twice_the_share_supports_and_a_smaller_lead_is_mixed() -> None:
    assert verdicts("C01", compute_clusters=LEAD) == ("supported", "supported")
    smaller = [cluster("CHN", 20.5, END_2022) if row["country_code"] == "CHN" else row for row in LEAD]
    assert verdicts("C01", compute_clusters=smaller) == ("mixed", "mixed")


def test_c01_is_contradicted_where_china_has_as_much_in_every_reading() -> None:
    reverse = [row | {"country_code": {"USA": "CHN", "CHN": "USA"}.get(row["country_code"] or "")} for row in LEAD]
    assert verdicts("C01", compute_clusters=reverse) == ("contradicted", "contradicted")


def test_c01_judges_all_rows_and_the_standard_analysis_apart() -> None:
    outside = [*LEAD, cluster("CHN", 30, END_2022, standard=False)]
    found = judged("C01", compute_clusters=outside)[THEN]
    assert found["verdict_code"] == "mixed"
    assert [item["is_met"] for item in criteria(found, "supports").values()] == [False, True, True, True]


def test_c01_leaves_out_what_is_planned_or_began_later_and_says_when_nothing_is_known() -> None:
    planned = cluster("CHN", 900, END_2022) | {"status_code": "planned"}
    later = cluster("CHN", 900, date(2025, 1, 1))
    assert verdicts("C01", compute_clusters=[*LEAD, planned, later]) == ("supported", "supported")
    found = judged("C01", compute_clusters=[row for row in LEAD if row["country_code"] != "CHN"])[NOW]
    assert (found["verdict_code"], "no computing is known" in found["reason"]) == ("not_measurable", True)


def models(last: date, *, follows: bool, known: int = 40, unknown: int = 0) -> dict[str, list[Row]]:
    """Models of both countries in the months before a day and before the ends of earlier years: scores follow compute, or they do not."""
    scores, listed, makers = [], [], []
    ends = [*(date(year, 12, 31) for year in range(2023, last.year)), last]
    for place, (end, number) in enumerate(product(ends, range(known + unknown))):
        country = "CHN" if number % 2 else "USA"
        day = end - timedelta(days=2 * (known + unknown - number))
        compute = 10.0 ** (22 + number / 20) * (20 if country == "USA" else 1)
        flop = compute if number < known else None
        rank = log10(compute) if follows else (number * 17) % 41
        scores.append(
            {"model_id": f"m{place}", "model_name": f"M{place}", "country_code": country, "score": 100.0 + rank, "release_date": day}
        )
        listed.append({"model_id": f"m{place}", "model_name": f"M{place}", "training_compute_flop": flop, "publication_date": day})
        makers.append({"model_id": f"m{place}", "country_code": country})
    return {"capability_scores": scores, "models": listed, "model_organizations": makers}


JUNE_2026 = date(2026, 6, 30)


def test_c02_a_low_correlation_after_2024_with_a_large_ratio_supports_and_a_high_one_contradicts() -> None:
    assert verdicts("C02", **models(JUNE_2026, follows=False))[1] == "supported"
    assert verdicts("C02", **models(JUNE_2026, follows=True))[1] == "contradicted"


def test_c02_a_low_correlation_with_a_small_ratio_is_mixed() -> None:
    rows = models(JUNE_2026, follows=False)
    rows["models"] = [row | {"training_compute_flop": row["training_compute_flop"] / (20 if number % 2 == 0 else 1)} for number, row in
                      enumerate(rows["models"])]  # fmt: skip
    assert verdicts("C02", **rows)[1] == "mixed"


@pytest.mark.parametrize(("follows", "known", "unknown"), [(False, 40, 80), (True, 40, 80), (False, 24, 0), (True, 24, 0)])
def test_c02_without_coverage_no_verdict_is_better_than_mixed(known: int, unknown: int, *, follows: bool) -> None:
    found = judged("C02", **models(JUNE_2026, follows=follows, known=known, unknown=unknown))[NOW]
    assert (found["verdict_code"], "coverage fails" in found["reason"]) == ("mixed", True)


def test_c02_one_early_window_without_coverage_bars_every_verdict_but_mixed() -> None:
    rows = models(JUNE_2026, follows=True)
    early = {row["model_id"] for row in rows["models"] if row["publication_date"] <= date(2023, 12, 31)}
    rows["models"] = [row | {"training_compute_flop": None} if row["model_id"] in early else row for row in rows["models"]]
    found = judged("C02", **rows)[NOW]
    assert (found["verdict_code"], "one of the windows" in found["reason"]) == ("mixed", True)


def test_c02_before_the_end_of_2024_nothing_has_fallen_yet() -> None:
    then, _ = verdicts("C02", **models(date(2025, 1, 10), follows=True))
    assert then == "contradicted"
    assert verdicts("C02")[0] == "not_measurable"


def pair(level: int, ratio: float, number: int, confidence: str = "likely") -> tuple[list[Row], list[Row]]:
    """The first models of both countries at a level, and their compute."""
    day = date(2024, 1, 1) + timedelta(days=number)
    names = {"USA": f"us-{level}", "CHN": f"cn-{level}"}
    scores = [{"model_id": name, "model_name": name, "country_code": code, "score": float(level + (code == "USA") * 2), "release_date": day}
              for code, name in names.items()]  # fmt: skip
    estimates = [{"model_id": name, "model_name": name, "training_compute_flop": 1e24 * (ratio if code == "USA" else 1),
                  "compute_confidence_code": confidence} for code, name in names.items()]  # fmt: skip
    return scores, estimates


def ladder(ratio: float, confidence: str = "likely", **more: list[Row]) -> dict[str, list[Row]]:
    """Three levels of one ratio, and further rows by table."""
    pairs = [pair(level, ratio, number, confidence) for number, level in enumerate((126, 131, 136))]
    rows = {"capability_scores": [row for scores, _ in pairs for row in scores], "models": [row for _, known in pairs for row in known]}
    return {name: rows[name] + more.get(name, []) for name in rows}


def test_c04_five_times_the_compute_supports_and_less_than_twice_contradicts() -> None:
    assert verdicts("C04", **ladder(5)) == ("supported", "supported")
    assert verdicts("C04", **ladder(1.9)) == ("contradicted", "contradicted")
    assert verdicts("C04", **ladder(3)) == ("mixed", "mixed")


def test_c04_speculative_estimates_support_nothing() -> None:
    found = judged("C04", **ladder(9, "speculative"))[NOW]
    assert found["verdict_code"] == "mixed"
    assert [item["value"] for name, item in criteria(found).items() if name.startswith("Levels with")] == [0]


def test_c04_models_without_an_estimate_cap_the_verdict() -> None:
    silent = [{"model_name": f"s{number}", "country_code": "USA", "score": 140.0, "release_date": date(2024, 5, 1)} for number in range(4)]
    found = judged("C04", **ladder(9, capability_scores=silent))[THEN]
    assert (found["verdict_code"], "coverage fails" in found["reason"]) == ("mixed", True)


def test_c04_a_us_model_of_equal_score_with_no_more_compute_makes_it_mixed() -> None:
    lean: dict[str, Any] = {"capability_scores": [{"model_id": "lean", "model_name": "lean", "country_code": "USA", "score": 136.5, "release_date": date(2024, 6, 1)}],
            "models": [{"model_id": "lean", "model_name": "lean", "training_compute_flop": 1e24, "compute_confidence_code": "likely"}]}  # fmt: skip
    found = judged("C04", **ladder(9, **lean))[NOW]
    assert found["verdict_code"] == "mixed"
    assert criteria(found)["US models of equal score with no more compute"]["names"] == ["lean"]


def test_c04_without_two_estimates_at_a_level_says_so() -> None:
    assert "no level" in judged("C04")[NOW]["reason"]
