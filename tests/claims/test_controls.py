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


def trained(first: int, last: int, of: int = 4, unnamed: int = 0) -> dict[str, list[Row]]:
    """Chinese models of 2021 and 2024: how many on Chinese hardware, of how many, and how many that name none."""
    listed = [{"model_id": f"{year}-{number}", "publication_date": date(year, 3, 1),
               "training_hardware": None if number >= of else ["Huawei Ascend 910"] if number < domestic else ["NVIDIA A100"]}
              for year, domestic in ((2021, first), (2024, last)) for number in range(of + unnamed)]  # fmt: skip
    return {"models": listed, "model_organizations": [{"model_id": row["model_id"], "country_code": "CHN"} for row in listed]}


def test_c06_movements_toward_china_support_and_none_contradicts() -> None:
    late = [{"source_id": "epoch_ai_models", "file_name": "a", "as_of_date": date(2026, 1, 1)}]
    assert verdicts("C06", indicator_values=moves(0.1, 0.3), sources=late, **trained(0, 2)) == ("supported", "supported")
    assert verdicts("C06", indicator_values=moves(0.3, 0.1), sources=late, **trained(2, 0)) == ("contradicted", "contradicted")


def test_c06_foundries_or_hardware_that_are_not_stated_cap_the_verdict() -> None:
    late = [{"source_id": "epoch_ai_models", "file_name": "a", "as_of_date": date(2026, 1, 1)}]
    for rows, models in (
        (moves(0.1, 0.3, 0.5), trained(0, 2)),
        (moves(0.1, 0.3), trained(0, 2, unnamed=4)),
        (moves(0.3, 0.1, 0.5), trained(2, 0)),
    ):
        found = judged("C06", indicator_values=rows, sources=late, **models)[NOW]
        assert (found["verdict_code"], "coverage fails" in found["reason"]) == ("mixed", True)


def test_c06_a_figure_that_is_not_known_is_no_movement_and_no_standstill() -> None:
    rows = [row for row in moves(0.3, 0.1) if row["indicator_id"] != "ic_export_share"]
    late = [{"source_id": "epoch_ai_models", "file_name": "a", "as_of_date": date(2026, 1, 1)}]
    found = judged("C06", indicator_values=rows, sources=late, **trained(2, 0))[NOW]
    assert found["verdict_code"] == "mixed"
    assert "2 of 5 are not known" in found["coverage_note"]


def test_c06_performance_alone_without_bandwidth_is_no_movement() -> None:
    rows = [
        row | {"value": 0.0} if row["dimension"] == "memory_bandwidth" and row["period_end"] == year_end(2024) else row
        for row in moves(0.1, 0.3)
    ]
    late = [{"source_id": "epoch_ai_models", "file_name": "a", "as_of_date": date(2026, 1, 1)}]
    assert "3 of 4 known movements" in judged("C06", indicator_values=rows, sources=late, **trained(0, 2))[NOW]["coverage_note"]
    assert "not known" in judged("C06")[NOW]["coverage_note"]


def test_c07_gives_no_verdict_on_a_cause_whatever_the_series_do() -> None:
    rows = [
        value("domestic_frontier_ratio", "CHN-USA", "memory_bandwidth", date(2024, 12, 31), number, period_start=date(2024, 12, 1))
        for number in (9.0,)
    ]
    found = judged("C07", indicator_values=rows)
    assert {row["verdict_code"] for row in found.values()} == {"not_measurable"}
    assert "a cause" in found[NOW]["reason"]
    assert [item["value"] for item in criteria(found[THEN]).values()] == [9.0]


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


def test_c08_a_half_year_that_is_not_over_or_had_no_rule_is_not_judged() -> None:
    held = [engagement(day, "USA", "CHN") for day in HALVES[:4]]
    assert verdicts("C08", control_documents=CONTROLS, policy_engagements=held) == ("supported", "mixed")
    assert verdicts("C08", control_documents=CONTROLS[:4], policy_engagements=held) == ("supported", "supported")


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
