"""Claims on export controls, self-sufficiency and Taiwan: C05 to C08, C11."""

from datetime import date
from typing import Any

import pytest
from ledger import NOW, THEN, Row, criteria, judged, value, verdicts, year_end

RULE_DAY = date(2023, 11, 17)


def rules(per_year: dict[int, int]) -> list[Row]:
    return [{"document_number": f"{year}-{number}", "publication_date": date(year, 5, 1 + number), "kind_code": "advanced_computing",
             "changes_entity_list": False} for year, count in per_year.items() for number in range(count)]  # fmt: skip


def entries(per_year: dict[int, int], country: str = "CHN") -> list[Row]:
    return [{"listing_id": f"{country}{year}{number}", "address_country_code": country, "first_listed_date": date(year, 6, 1)}
            for year, count in per_year.items() for number in range(count)]  # fmt: skip


def chips(needing: int, free: int, since: date = RULE_DAY) -> dict[str, list[Row]]:
    """Accelerators on the market, and what the regulation in application asks of them."""
    names = [f"chip-{number}" for number in range(needing + free)]
    listed = [{"accelerator_id": name, "accelerator_name": name, "release_date": date(2021, 1, 1), "total_processing_performance": 2000.0,
               "is_implausible": False} for name in names]  # fmt: skip
    status = [{"accelerator_id": name, "rule_id": "2023-10", "version_kind_code": "regulation", "destination_group_code": "CHN",
               "requirement_code": "licence_required" if number < needing else "none", "enforced_from": since}
              for number, name in enumerate(names)]  # fmt: skip
    return {"accelerators": listed, "accelerator_control_status": status}


FEW, MANY = {2019: 2, 2021: 3}, {2022: 5, 2023: 5, 2024: 5}
READ = [{"source_id": "epoch_ml_hardware", "file_name": "a", "as_of_date": date(2026, 1, 1)}]


def test_c05_more_rules_and_more_licences_support_and_neither_contradicts() -> None:
    more = {"control_documents": rules(FEW | MANY), "sources": READ}
    fewer = {"control_documents": rules({2020: 9} | MANY), "sources": READ}
    assert verdicts("C05", **more, **chips(3, 7)) == ("supported", "supported")
    assert verdicts("C05", **fewer, **chips(2, 8)) == ("contradicted", "contradicted")


def test_c05_one_of_the_two_is_mixed_and_entries_do_as_well_as_rules() -> None:
    many = {"entity_listings": entries(FEW | MANY), "control_documents": rules({2020: 9} | MANY), "sources": READ}
    assert verdicts("C05", **many, **chips(3, 7)) == ("supported", "supported")
    assert verdicts("C05", **many, **chips(1, 9)) == ("mixed", "mixed")
    assert verdicts("C05", control_documents=rules({2020: 9} | MANY), sources=READ, **chips(3, 7)) == ("mixed", "mixed")


def test_c05_russian_entries_are_no_chinese_ones() -> None:
    mostly = {"entity_listings": entries({2020: 6}) + entries({2022: 9, 2023: 9, 2024: 9}, "RUS"), "sources": READ}
    assert verdicts("C05", control_documents=rules({2020: 9} | MANY), **mostly, **chips(3, 7)) == ("mixed", "mixed")


def test_c05_a_quarter_is_not_above_a_quarter_and_a_rule_of_2022_alone_is_not_after_it() -> None:
    more = {"control_documents": rules(FEW | MANY), "sources": READ}
    assert verdicts("C05", **more, **chips(1, 3)) == ("mixed", "mixed")
    assert verdicts("C05", **more, **chips(3, 1, since=date(2022, 10, 21))) == ("mixed", "mixed")
    assert verdicts("C05", **more, **chips(3, 1, since=date(2025, 6, 1))) == ("mixed", "supported")


def test_c05_without_rules_and_chips_is_not_measurable() -> None:
    assert "are not known" in judged("C05", sources=READ)[NOW]["reason"]


def moves(first: float, last: float, coverage: float = 1.0) -> list[Row]:
    """Figures of 2021 and of 2024 for the three indicators of self-sufficiency."""
    series = (("foundry_share", "CHN", "SMIC"), ("domestic_frontier_ratio", "CHN-USA", "total_processing_performance"),
              ("domestic_frontier_ratio", "CHN-USA", "memory_bandwidth"), ("ic_export_share", "CHN", "reported"))  # fmt: skip
    return [value(*of, year_end(year), number, coverage_share=coverage) for of in series for year, number in ((2021, first), (2024, last))]


def hardware(first: float, last: float, coverage: float = 1.0) -> list[Row]:
    """Figures of 2021 and of 2024 for Chinese models trained on Chinese hardware."""
    of = ("domestic_hardware_share", "CHN", None)
    return [value(*of, year_end(year), number, coverage_share=coverage) for year, number in ((2021, first), (2024, last))]


def test_c06_movements_toward_china_support_and_none_contradicts() -> None:
    assert verdicts("C06", indicator_values=moves(0.1, 0.3) + hardware(0, 0.5)) == ("supported", "supported")
    assert verdicts("C06", indicator_values=moves(0.3, 0.1) + hardware(0.5, 0)) == ("contradicted", "contradicted")


def test_c06_hardware_alone_turns_the_verdict_in_both_directions() -> None:
    two = [row | {"value": 0.2} if row["indicator_id"] == "domestic_frontier_ratio" else row for row in moves(0.1, 0.3)]
    for rows, up, down in ((two, "supported", "mixed"), (moves(0.3, 0.1), "mixed", "contradicted")):
        assert verdicts("C06", indicator_values=rows + hardware(0.1, 0.2)) == (up, up)
        for last in (0.1, 0.05):
            assert verdicts("C06", indicator_values=rows + hardware(0.1, last)) == (down, down)


def test_c06_the_newest_year_with_a_figure_counts_and_at_the_texts_date_none_after_it() -> None:
    of = ("domestic_hardware_share", "CHN", None)
    rows = [*moves(0.3, 0.1), *hardware(0.2, 0.1), value(*of, year_end(2026), None, coverage_share=0.0)]
    for number, verdict in ((0.3, "mixed"), (0.1, "contradicted")):
        newer = value(*of, year_end(2025), number, coverage_share=1.0)
        assert verdicts("C06", indicator_values=[*rows, newer]) == ("contradicted", verdict)


def test_c06_hardware_of_another_country_or_kind_is_not_read() -> None:
    for other in ({"subject_code": "USA"}, {"dimension": "notable"}):
        rows = moves(0.3, 0.1) + [row | other for row in hardware(0.5, 0)]
        assert "2 of 5 are not known" in judged("C06", indicator_values=rows)[NOW]["coverage_note"]


def test_c06_foundries_or_hardware_that_are_not_stated_cap_the_verdict() -> None:
    for rows in (
        moves(0.1, 0.3, 0.5) + hardware(0, 0.5),
        moves(0.1, 0.3) + hardware(0, 0.5, 0.59),
        moves(0.3, 0.1, 0.5) + hardware(0.5, 0),
    ):
        found = judged("C06", indicator_values=rows)[NOW]
        assert (found["verdict_code"], "coverage fails" in found["reason"]) == ("mixed", True)


def test_c06_a_figure_that_is_not_known_is_no_movement_and_no_standstill() -> None:
    rows = [row for row in moves(0.3, 0.1) if row["indicator_id"] != "ic_export_share"]
    found = judged("C06", indicator_values=rows + hardware(0.5, 0))[NOW]
    assert found["verdict_code"] == "mixed"
    assert "2 of 5 are not known" in found["coverage_note"]


def test_c06_performance_alone_without_bandwidth_is_no_movement() -> None:
    rows = [
        row | {"value": 0.0} if row["dimension"] == "memory_bandwidth" and row["period_end"] == year_end(2024) else row
        for row in moves(0.1, 0.3)
    ]
    assert "3 of 4 known movements" in judged("C06", indicator_values=rows + hardware(0, 0.5))[NOW]["coverage_note"]
    assert "not known" in judged("C06")[NOW]["coverage_note"]


def monthly(indicator_id: str, subject: str, dimension: str | None, figures: dict[date, float]) -> list[Row]:
    """Figures for the months that end on these days."""
    return [value(indicator_id, subject, dimension, day, number, period_start=day.replace(day=1)) for day, number in figures.items()]


def shown(*rows: Row) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
    """What C07 puts beside the rules, then and now: the day of each figure, and the figure."""
    found = judged("C07", indicator_values=list(rows))
    then, now = ([(str(item["period_end"]), item["value"]) for item in criteria(found[code]).values()] for code in (THEN, NOW))
    return then, now


def test_c07_gives_no_verdict_on_a_cause_whatever_the_series_do() -> None:
    up, down = ({date(2022, 11, 30): first, date(2023, 11, 30): last} for first, last in ((0.1, 0.9), (0.9, 0.1)))
    for figures in (up, down, {}):
        found = judged("C07", indicator_values=monthly("domestic_frontier_ratio", "CHN-USA", "memory_bandwidth", figures))
        assert {row["verdict_code"] for row in found.values()} == {"not_measurable"}
        assert "a cause" in found[NOW]["reason"]
        assert [item["value"] for item in criteria(found[THEN]).values()] == list(figures.values())
        assert {item["role_code"] for item in criteria(found[NOW]).values()} <= {"context"}


@pytest.mark.parametrize("of", [
    ("entity_listings_in_force", "CHN", None), ("export_ceiling_ratio", "CHN", "enforced"), ("licence_required_share", "CHN", None),
    ("domestic_frontier_ratio", "CHN-USA", "total_processing_performance"), ("domestic_frontier_ratio", "CHN-USA", "memory_bandwidth"),
])  # fmt: skip
def test_c07_reads_a_monthly_series_at_the_end_of_the_month_after_the_rule(of: tuple[str, str, str | None]) -> None:
    around = {date(2023, 9, 30): 1.0, date(2023, 10, 31): 2.0, date(2023, 11, 30): 3.0, date(2023, 12, 31): 4.0}
    assert shown(*monthly(*of, around)) == ([("2023-11-30", 3.0)],) * 2
    assert shown(*monthly(*of, {day: number for day, number in around.items() if number != 3.0})) == ([], [])


def test_c07_a_month_after_a_rule_that_ends_after_the_text_is_not_known_then() -> None:
    ends = {date(2024, 12, 31): 1.0, date(2025, 1, 31): 2.0, date(2025, 2, 28): 3.0, date(2026, 2, 28): 4.0}
    then, now = shown(*monthly("licence_required_share", "CHN", None, ends))
    assert (then, now) == ([], [("2025-01-31", 2.0), ("2025-02-28", 3.0), ("2026-02-28", 4.0)])


@pytest.mark.parametrize("of", [
    ("foundry_share", "CHN", "SMIC"), ("ic_export_share", "CHN", "reported"), ("domestic_hardware_share", "CHN", None),
])  # fmt: skip
def test_c07_reads_an_annual_series_in_the_year_of_the_rule(of: tuple[str, str, str | None]) -> None:
    figures = {2021: 1.0, 2022: 2.0, 2023: 3.0, 2024: 4.0, 2025: 5.0}
    then, now = shown(*(value(*of, year_end(year), number) for year, number in figures.items()))
    assert then == [("2022-12-31", 2.0), ("2023-12-31", 3.0), ("2024-12-31", 4.0)]
    assert now == [*then, ("2025-12-31", 5.0)]


def engagement(day: date, *parties: str) -> Row:
    return {"engagement_id": f"on-{day}", "engagement_date": day, "parties": list(parties)}


HALVES = [date(2023, 3, 1), date(2023, 9, 1), date(2024, 3, 1), date(2024, 9, 1), date(2025, 1, 15)]
CONTROLS = [
    {"document_number": str(day), "publication_date": day, "kind_code": "advanced_computing", "changes_entity_list": False}
    for day in HALVES
]


def test_c08_an_engagement_in_every_half_year_supports_and_none_contradicts() -> None:
    held = [engagement(day, "USA", "CHN") for day in HALVES]
    elsewhere = [engagement(date(2022, 5, 1), "USA", "CHN")]
    assert verdicts("C08", control_documents=CONTROLS, policy_engagements=held) == ("supported", "supported")
    assert verdicts("C08", control_documents=CONTROLS, policy_engagements=held[:1]) == ("mixed", "mixed")
    assert verdicts("C08", control_documents=CONTROLS, policy_engagements=elsewhere) == ("contradicted", "contradicted")


def test_c08_a_half_year_under_way_counts_once_it_has_a_rule_and_one_without_a_rule_never_does() -> None:
    held = [engagement(day, "USA", "CHN") for day in HALVES[:4]]
    later = engagement(date(2025, 2, 11), "FRA", "CHN")
    assert verdicts("C08", control_documents=CONTROLS, policy_engagements=held) == ("mixed", "mixed")
    assert verdicts("C08", control_documents=CONTROLS, policy_engagements=[*held, later]) == ("mixed", "supported")
    assert verdicts("C08", control_documents=CONTROLS[:4], policy_engagements=held) == ("supported", "supported")


def test_c08_what_one_country_puts_forward_alone_is_no_engagement() -> None:
    held = [engagement(day, "USA", "CHN") for day in HALVES[:4]]
    assert verdicts("C08", control_documents=CONTROLS, policy_engagements=[*held, engagement(HALVES[4], "CHN")]) == ("mixed", "mixed")


@pytest.mark.parametrize("given", [{"control_documents": CONTROLS}, {"policy_engagements": [engagement(HALVES[0], "USA")]}])
def test_c08_without_a_list_or_a_rule_is_not_measurable(given: dict[str, Any]) -> None:
    found = judged("C08", **given)[NOW]
    assert (found["verdict_code"], bool(found["reason"])) == ("not_measurable", True)


def made(by: list[str] | None, number: int, year: int = 2024) -> Row:
    return {"accelerator_id": f"{year}-{number}-{by}", "release_date": date(year, 5, 1), "total_processing_performance": 5000.0,
            "foundry_names": by, "is_implausible": False}  # fmt: skip


def taiwan(share: float | None, tsmc: int, others: int) -> dict[str, list[Row]]:
    rows = [made(["TSMC"], number) for number in range(tsmc)] + [made(["SMIC"], number) for number in range(others)]
    exports = [
        value("ic_export_share", "TWN", "reported", year_end(2023), share),
        value("ic_export_share", "TWN", "reported", year_end(2024), None),
    ]
    read = [{"source_id": "epoch_ml_hardware", "file_name": "a", "as_of_date": date(2026, 1, 1)}]
    return {"accelerators": rows, "indicator_values": exports, "sources": read}


def test_c11_both_shares_support_one_is_mixed_and_neither_contradicts() -> None:
    assert verdicts("C11", **taiwan(0.1, 3, 1)) == ("supported", "supported")
    assert verdicts("C11", **taiwan(0.09, 3, 1)) == ("mixed", "mixed")
    assert verdicts("C11", **taiwan(0.1, 2, 1)) == ("mixed", "mixed")
    assert verdicts("C11", **taiwan(0.09, 2, 1)) == ("contradicted", "contradicted")


def test_c11_a_year_without_taiwan_is_passed_over_and_none_at_all_is_not_measurable() -> None:
    found = judged("C11", **taiwan(0.17, 3, 1))[NOW]
    assert [str(item["period_end"]) for item in criteria(found, "supports").values()] == ["2024-12-31", "2023-12-31"]
    assert judged("C11", **taiwan(None, 3, 1))[NOW]["verdict_code"] == "not_measurable"


def test_c11_a_chip_of_unstated_foundry_counts_in_the_interval_and_one_of_two_counts_half() -> None:
    rows = taiwan(0.17, 1, 0)
    rows["accelerators"] += [made(None, 8), made(["TSMC", "SMIC"], 9)]
    item = next(iter(criteria(judged("C11", **rows)[NOW]).values()))
    assert (item["value"], round(item["lower"], 4), round(item["upper"], 4), round(item["coverage_share"], 4)) == (
        0.75,
        0.5,
        0.8333,
        0.6667,
    )
