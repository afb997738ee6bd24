"""Claims on misuse, opinion, budgets, researchers and governance: C09, C10, C12 to C28."""

from datetime import date
from typing import Any

import pytest
from ledger import NOW, THEN, Row, claim, criteria, judged, value, verdicts, year_end


def misuse(*shares: float) -> list[Row]:
    """Shares of misuse in the years up to 2024."""
    years = range(2025 - len(shares), 2025)
    return [
        value("misuse_share", "WLD", "misuse", year_end(year), share, coverage_share=0.9) for year, share in zip(years, shares, strict=True)
    ]


def test_c09_a_large_and_growing_share_supports_and_a_small_one_contradicts() -> None:
    assert verdicts("C09", indicator_values=misuse(0.1, 0.15, 0.2, 0.25)) == ("supported", "supported")
    assert verdicts("C09", indicator_values=misuse(0.1, 0.2, 0.3, 0.09)) == ("contradicted", "contradicted")


@pytest.mark.parametrize("shares", [(0.1, 0.15, 0.2, 0.24), (0.1, 0.3, 0.2, 0.4), (0.2, 0.3, 0.4), (0.5, 0.4, 0.3, 0.1)])
def test_c09_a_share_that_is_large_or_grows_but_not_both_is_mixed(shares: tuple[float, ...]) -> None:
    assert verdicts("C09", indicator_values=misuse(*shares)) == ("mixed", "mixed")


def test_c09_says_that_the_threat_from_a_state_is_not_measured() -> None:
    assert "not measured" in judged("C09", indicator_values=misuse(0.1, 0.15, 0.2, 0.25))[NOW]["reason"]
    assert judged("C09")[NOW]["verdict_code"] == "not_measurable"


def kinds(*shares: float) -> list[Row]:
    return [value("misuse_share", "WLD", f"4.{number} of misuse to date", year_end(2024), share) for number, share in enumerate(shares, 1)]


@pytest.mark.parametrize(("shares", "verdict"), [((0.3, 0.05, 0.65), "supported"), ((0.3, 0.049, 0.651), "mixed"), ((0.97, 0.02, 0.01), "contradicted"),
                                                 ((0.3, 0.7), "not_measurable")])  # fmt: skip
def test_c10_counts_the_kinds_below_a_twentieth(shares: tuple[float, ...], verdict: str) -> None:
    assert verdicts("C10", indicator_values=kinds(*shares)) == (verdict, verdict)


SILENT = {
    "C07": "a cause", "C12": "outside the subject", "C13": "non-commercial", "C14": "literature", "C20": "counterfactual",
    "C22": "forecast under a condition", "C23": "framing", "C24": "no series of jobs", "C25": "normative", "C26": "no series of public spending",
    "C27": "normative", "C28": "events",
}  # fmt: skip


@pytest.mark.parametrize(("claim_id", "words"), SILENT.items())
def test_what_cannot_be_measured_says_why(claim_id: str, words: str) -> None:
    for row in judged(claim_id).values():
        assert row["verdict_code"] == "not_measurable"
        assert words in row["reason"]


MAY_2025 = date(2025, 5, 31)


def opinion(indicator_id: str, measure: str, day: date, **means: float) -> list[Row]:
    return [value(indicator_id, group, f"{measure} unweighted", day, mean, lower=0.0, upper=1.0) for group, mean in means.items()]


@pytest.mark.parametrize(("claim_id", "measure"), [("C15", "trust not_confident"), ("C16", "trust confident")])
def test_one_measure_of_three_gives_no_verdict_and_stands_beside_it(claim_id: str, measure: str) -> None:
    nothing = judged(claim_id)[NOW]
    assert (nothing["verdict_code"], "terms of UNDP" in nothing["reason"]) == ("not_measurable", True)
    for mean in (0.7, 0.3):
        found = judged(claim_id, indicator_values=opinion("ai_trust_share", measure, MAY_2025, ADV=mean, EMD=mean))
        first = next(iter(criteria(found[NOW]).values()))
        assert (found[NOW]["verdict_code"], first["value"], first["is_met"]) == ("not_measurable", mean, mean >= 0.6)
        assert "two of the three measures are needed" in found[NOW]["reason"]
        assert next(iter(criteria(found[THEN]).values()))["value"] is None, "its fieldwork had not ended"


def hopes(emerging: float, advanced: float, **other: tuple[float, float]) -> list[Row]:
    means = {
        "expect_education": (emerging, advanced),
        "expect_medicine": (emerging, advanced),
        "productivity": (emerging, advanced),
    } | other
    return [row for name, (emd, adv) in means.items() for row in opinion("ai_optimism_share", f"{name} likely", MAY_2025, EMD=emd, ADV=adv)]


def test_c17_hopes_above_half_and_above_the_advanced_support_and_hopes_below_half_contradict() -> None:
    assert verdicts("C17", indicator_values=hopes(0.6, 0.5))[1] == "supported"
    assert verdicts("C17", indicator_values=hopes(0.4, 0.3))[1] == "contradicted"
    assert verdicts("C17", indicator_values=hopes(0.6, 0.56))[1] == "mixed"
    assert verdicts("C17", indicator_values=hopes(0.6, 0.5, productivity=(0.49, 0.3)))[1] == "mixed"
    assert verdicts("C17", indicator_values=hopes(0.6, 0.55))[1] == "supported", "five points are enough"


def test_c17_a_survey_that_had_not_ended_counts_now_and_not_then() -> None:
    found = judged("C17", indicator_values=hopes(0.6, 0.5))
    assert (found[THEN]["verdict_code"], "not confirmed" in found[THEN]["reason"]) == ("not_measurable", True)


@pytest.mark.parametrize(("dollars", "verdict"), [(2.0e12, "supported"), (1.99e12, "mixed"), (1.0e12, "mixed"), (0.99e12, "contradicted")])
def test_c18_reads_the_world_of_the_latest_year(dollars: float, verdict: str) -> None:
    rows = [value("military_expenditure", "WLD", None, year_end(2022), 5e11), value("military_expenditure", "WLD", None, year_end(2023), dollars),
            value("military_expenditure", "USA", None, year_end(2023), 3e12)]  # fmt: skip
    assert verdicts("C18", indicator_values=rows) == (verdict, verdict)


def test_c18_countries_are_never_summed_and_a_series_that_was_not_fetched_says_so() -> None:
    rows = [value("military_expenditure", code, None, year_end(2023), 9e12) for code in ("USA", "CHN")]
    assert judged("C18", indicator_values=rows)[NOW]["verdict_code"] == "not_measurable"
    assert "indicators refresh" in judged("C18")[NOW]["reason"]


def origins(share: float, half: float = 0.03) -> list[Row]:
    other = [
        value("talent_work_share", "CHN", "top_20", year_end(2022), 0.9),
        value("author_share", "CHN", "neurips whole", year_end(2022), 0.01),
    ]
    return [value("talent_origin_share", "CHN", "top_20", year_end(2022), share, lower=share - half, upper=share + half), *other]


def test_c19_a_figure_that_fits_is_mixed_for_its_wording_and_one_that_does_not_contradicts() -> None:
    assert verdicts("C19", indicator_values=origins(0.47)) == ("mixed", "mixed")
    assert verdicts("C19", indicator_values=origins(0.45)) == ("mixed", "mixed")
    assert verdicts("C19", indicator_values=origins(0.4)) == ("contradicted", "contradicted")
    assert "born is not measured" in judged("C19", indicator_values=origins(0.47))[NOW]["reason"]


def test_c19_shares_by_affiliation_never_count_and_only_the_newest_cohort_does() -> None:
    assert judged("C19", indicator_values=origins(0.4)[1:])[NOW]["verdict_code"] == "not_measurable"
    older = value("talent_origin_share", "CHN", "top_20", year_end(2019), 0.29, lower=0.26, upper=0.32)
    assert verdicts("C19", indicator_values=[*origins(0.47), older]) == ("mixed", "mixed")


def partners(**ranks: tuple[int, ...]) -> dict[str, list[Row]]:
    """Papers with US partners by year from 2021 on."""
    rows = [{"venue_code": "neurips", "year": 2021 + number, "country_code_a": min("USA", code), "country_code_b": max("USA", code), "paper_count": count}
            for code, counts in ranks.items() for number, count in enumerate(counts)]  # fmt: skip
    covered = [{"venue_code": "neurips", "year": year, "slot_count": 10, "slots_with_country": 9} for year in range(2021, 2024)]
    return {"paper_pairs": rows, "venue_coverage": covered}


def test_c21_the_first_place_in_every_year_supports_and_below_the_third_in_every_year_contradicts() -> None:
    assert verdicts("C21", **partners(CHN=(9, 9, 9), GBR=(8, 8, 8))) == ("supported", "supported")
    assert verdicts("C21", **partners(CHN=(9, 9, 7), GBR=(8, 8, 8))) == ("mixed", "mixed")
    low = partners(CHN=(1, 1, 1), GBR=(8, 8, 8), CAN=(7, 7, 7), DEU=(6, 6, 6))
    assert verdicts("C21", **low) == ("contradicted", "contradicted")
    third = partners(CHN=(1, 1, 6), GBR=(8, 8, 8), CAN=(7, 7, 7), DEU=(6, 6, 5))
    assert verdicts("C21", **third) == ("mixed", "mixed")


def test_c21_a_year_without_a_paper_of_both_is_the_last_place_and_other_conferences_do_not_count() -> None:
    assert verdicts("C21", **partners(GBR=(8, 8, 8), CAN=(7, 7, 7), DEU=(6, 6, 6))) == ("contradicted", "contradicted")
    rows = partners(CHN=(9, 9, 9), GBR=(8, 8, 8))
    rows["paper_pairs"] += [{"venue_code": "cvpr", "year": 2022, "country_code_a": "GBR", "country_code_b": "USA", "paper_count": 99}]
    assert verdicts("C21", **rows) == ("supported", "supported")
    assert judged("C21")[NOW]["verdict_code"] == "not_measurable"


def test_c22_tells_the_fall_of_coauthorship_and_never_a_verdict() -> None:
    parts = [{"field_code": "all", "country_code": "USA", "partner_country_code": "CHN", "first_year": year, "last_year": year, "partner_share": share}
             for year, share in ((2019, 0.30), (2021, 0.27))]  # fmt: skip
    found = judged("C22", publication_pairs=parts)[NOW]
    fall = next(item for name, item in criteria(found).items() if "fall below its peak" in name and item["value"] is not None)
    assert (found["verdict_code"], fall["value"], fall["is_met"]) == ("not_measurable", 0.1, True)


def test_c24_tells_whether_use_rose_in_every_wave() -> None:
    for shares, told in (((0.1, 0.2, 0.3), "yes"), ((0.1, 0.3, 0.2), "no")):
        rows = [value("ai_adoption", "USA", None, date(2025, 6, 30 - number), share) for number, share in enumerate(reversed(shares))]
        (name,) = criteria(judged("C24", indicator_values=rows)[NOW])
        assert f"above every wave before: {told}" in name


def test_c25_counts_engagements_by_who_is_a_party_and_zero_is_a_count() -> None:
    rows: list[dict[str, Any]] = [
        {"engagement_id": "one", "engagement_date": date(2024, 5, 14), "parties": ["USA", "CHN"]},
        {"engagement_id": "two", "engagement_date": date(2025, 5, 14), "parties": ["USA", "GBR"]},
    ]
    found = judged("C25", policy_engagements=rows)
    counts = [[item["value"] for item in criteria(row).values()] for row in found.values()]
    assert counts == [[1, 0, 0], [1, 1, 0]]


def test_no_claim_reads_incidents_by_row() -> None:
    assert all("ai_incidents" not in claim(claim_id).reads for claim_id in ("C09", "C10"))
