"""What the rules say of chips: 70 known cases, the logic of unknown figures, and the days on which a reading holds."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from indicators.sources import epoch_ml_hardware
from indicators.tables.compute import accelerator_control_status, accelerators, control_thresholds
from indicators.tables.compute._limbs import QUANTITIES, Item, Quantity
from indicators.tables.compute._reading import Version, classify, letters, read, versions

PROJECT = Path(__file__).resolve().parents[2]
CASES = list(csv.DictReader((PROJECT / "tests" / "data" / "control_regression.csv").read_text(encoding="utf-8").splitlines()))
CHIPS = [case for case in CASES if case["kind_code"] == "product"]
NEWEST = "2026-03-31"


def reference(name: str) -> pl.DataFrame:
    return pl.read_csv(PROJECT / "data" / "reference" / f"{name}.csv", infer_schema=False)


@pytest.fixture(scope="module")
def thresholds() -> pl.DataFrame:
    built = control_thresholds.build(reference("control_thresholds"), reference("control_destinations"))
    return control_thresholds.TABLE.conform(built)


@pytest.fixture
def chips(captures: Path) -> pl.DataFrame:
    payload = (captures / "epoch_ml_hardware" / NEWEST / "ml_hardware.csv").read_bytes()
    rows = epoch_ml_hardware.parse(payload, epoch_ml_hardware.SOURCE.files[0])
    names = ("designer_countries", "product_lines", "chip_interconnects", "accelerator_corrections", "accelerator_names")
    return accelerators.TABLE.conform(accelerators.build(rows, *map(reference, names)))


def version_on(thresholds: pl.DataFrame, case: dict[str, str]) -> Version:
    """The version that answers for a case: the newest of its day, for a version speaks from its first day until the next begins.

    It need not be the rule that the case names: that rule's rows may stand beside a newer one, whose version reads them too.
    """
    known = versions(thresholds.to_dicts(), case["item_code"])
    return [version for version in known if version.first_day <= date.fromisoformat(case["as_of_date"])][-1]


def item_of_case(case: dict[str, str]) -> Item:
    is_bound = case["is_tpp_lower_bound"] == "true"
    figures = {name: Quantity(float(case[name]) if case[name] else None) for name in QUANTITIES}
    for name in ("tpp", "performance_density"):
        figures[name] = Quantity(figures[name].value, is_bound and figures[name].value is not None)
    return Item(figures, case["is_datacenter_marketed"] == "true")


def holding(reading: dict[str, Any], case: dict[str, str]) -> str:
    """The requirement on the case's day, in the text or as enforced."""
    day, start, end = date.fromisoformat(case["as_of_date"]), reading[f"{case['law_code']}_from"], reading[f"{case['law_code']}_to"]
    is_held = start is not None and start <= day and (end is None or day <= end)
    return str(reading["requirement_code"]) if is_held else "none"


def assert_as_expected(reading: dict[str, Any], case: dict[str, str]) -> None:
    assert reading["paragraph_code"] == case["expected_paragraph_code"], reading["reason"]
    if case["expected_requirement_code"]:
        assert holding(reading, case) == case["expected_requirement_code"], reading
    if case["expected_review_policy_code"]:
        assert reading["review_policy_code"] == case["expected_review_policy_code"], reading["reason"]


def circuit(
    thresholds: pl.DataFrame, rule: str, group: str = "CHN", *, is_datacenter: bool | None = True, **figures: Quantity
) -> dict[str, Any]:
    (version,) = [version for version in versions(thresholds.to_dicts(), "integrated_circuit") if version.rule_id == rule]
    return read(version, Item(figures, is_datacenter), group)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['case_id']} {case['label']}")
def test_known_case_is_reproduced_from_its_figures(thresholds: pl.DataFrame, case: dict[str, str]) -> None:
    assert_as_expected(read(version_on(thresholds, case), item_of_case(case), case["destination_group_code"]), case)


@pytest.mark.parametrize("case", CHIPS, ids=lambda case: f"{case['case_id']} {case['label']}")
def test_known_case_is_reproduced_from_the_captured_table(chips: pl.DataFrame, thresholds: pl.DataFrame, case: dict[str, str]) -> None:
    chip = chips.row(by_predicate=pl.col("accelerator_name") == case["label"], named=True)
    reading = read(version_on(thresholds, case), accelerator_control_status.item_of(chip), case["destination_group_code"])
    assert_as_expected(reading, case)


def test_every_expected_outcome_occurs_among_the_cases() -> None:
    assert {case["expected_paragraph_code"] for case in CASES} == {"3A090.a", "3A090.b", "3A090.c", "none", "undecidable"}
    assert len(CASES) == 70


def test_one_case_alone_is_asked_when_its_rule_is_no_longer_the_newest(thresholds: pl.DataFrame) -> None:
    answering = {case["case_id"]: (case["rule_id"], version_on(thresholds, case).rule_id) for case in CASES}
    assert {case: rules for case, rules in answering.items() if len(set(rules)) > 1} == {"R104": ("2024-12", "2025-01-diffusion")}


def test_versions_follow_from_the_rows_and_memory_rules_are_none_for_circuits(thresholds: pl.DataFrame) -> None:
    rows = thresholds.to_dicts()
    assert [version.rule_id for version in versions(rows, "integrated_circuit")] == [
        "2022-10",
        "2023-10",
        "2024-04",
        "2024-12",
        "2025-01-diffusion",
        "2026-01-review",
    ]
    assert [version.rule_id for version in versions(rows, "high_bandwidth_memory")] == ["2024-12"]


def test_a_missing_die_leaves_a_datacentre_chip_undecidable_and_is_named(thresholds: pl.DataFrame) -> None:
    reading = circuit(thresholds, "2023-10", tpp=Quantity(2048), performance_density=Quantity(missing="die area"))
    assert (reading["paragraph_code"], reading["requirement_code"]) == ("undecidable", "undecidable")
    assert "die area" in reading["reason"]


def test_a_missing_die_does_not_matter_where_another_limb_decides(thresholds: pl.DataFrame) -> None:
    assert circuit(thresholds, "2023-10", tpp=Quantity(4800))["paragraph_code"] == "3A090.a"
    assert circuit(thresholds, "2023-10", tpp=Quantity(1599.9))["paragraph_code"] == "none"
    assert circuit(thresholds, "2023-10", is_datacenter=False, tpp=Quantity(4799.9))["paragraph_code"] == "none"


def test_a_lower_bound_decides_above_a_threshold_and_not_below(thresholds: pl.DataFrame) -> None:
    above = circuit(thresholds, "2023-10", tpp=Quantity(5000, is_lower_bound=True))
    below = circuit(thresholds, "2023-10", tpp=Quantity(1000, is_lower_bound=True))
    assert (above["paragraph_code"], above["is_lower_bound"]) == ("3A090.a", True)
    assert (below["paragraph_code"], below["is_lower_bound"]) == ("undecidable", True)
    assert circuit(thresholds, "2023-10", tpp=Quantity(1000))["paragraph_code"] == "none"


def test_an_unknown_market_leaves_only_the_datacentre_limbs_open(thresholds: pl.DataFrame) -> None:
    figures: dict[str, Any] = {"tpp": Quantity(2000), "performance_density": Quantity(6.0)}
    unknown = circuit(thresholds, "2023-10", is_datacenter=None, **figures)
    assert unknown["paragraph_code"] == "undecidable"
    assert "marketed" in unknown["reason"]
    large = circuit(thresholds, "2023-10", is_datacenter=None, tpp=Quantity(5000))
    assert (large["paragraph_code"], large["requirement_code"]) == ("3A090.a", "undecidable")


def test_an_open_first_paragraph_is_not_settled_by_the_second(thresholds: pl.DataFrame) -> None:
    density = Quantity(3.34, is_lower_bound=True)
    assert circuit(thresholds, "2023-10", tpp=Quantity(4096), performance_density=density)["paragraph_code"] == "undecidable"
    assert circuit(thresholds, "2023-10", tpp=Quantity(4096), performance_density=Quantity(3.34))["paragraph_code"] == "3A090.b"


def test_nothing_is_required_where_no_candidate_paragraph_reaches(thresholds: pl.DataFrame) -> None:
    reading = circuit(thresholds, "2022-10", "A5", tpp=Quantity(5000))
    assert (reading["paragraph_code"], reading["requirement_code"], reading["review_policy_code"]) == (
        "undecidable",
        "none",
        "not_applicable",
    )


@pytest.mark.parametrize(("tpp", "density", "expected"), [
    (1600, 5.92, "3A090.a"), (1600, 5.9199, "3A090.b"), (1599.9, 9.0, "none"), (2400, 1.6, "3A090.b"), (2400, 1.5999, "none"), (4800, 0.1, "3A090.a"),
])  # fmt: skip
def test_minimum_is_inclusive_and_maximum_exclusive(thresholds: pl.DataFrame, tpp: float, density: float, expected: str) -> None:
    assert circuit(thresholds, "2023-10", tpp=Quantity(tpp), performance_density=Quantity(density))["paragraph_code"] == expected


def test_october_2022_needs_both_figures(thresholds: pl.DataFrame) -> None:
    for tpp, interconnect, expected in ((4800, 600, "3A090.a"), (4799.9, 600, "none"), (4800, 599.9, "none")):
        reading = circuit(thresholds, "2022-10", tpp=Quantity(tpp), interconnect_gb_s=Quantity(interconnect))
        assert reading["paragraph_code"] == expected


def test_macau_is_reached_from_january_2023_and_china_from_october_2022(thresholds: pl.DataFrame) -> None:
    figures: dict[str, Any] = {"tpp": Quantity(5000), "interconnect_gb_s": Quantity(600)}
    assert circuit(thresholds, "2022-10", "CHN", **figures)["in_text_from"] == date(2022, 10, 21)
    assert circuit(thresholds, "2022-10", "MAC", **figures)["in_text_from"] == date(2023, 1, 17)


def test_the_worldwide_text_is_never_enforced_and_the_control_on_china_goes_on(thresholds: pl.DataFrame) -> None:
    ally = circuit(thresholds, "2025-01-diffusion", "A5", tpp=Quantity(5000))
    china = circuit(thresholds, "2025-01-diffusion", "CHN", tpp=Quantity(5000))
    assert (ally["requirement_code"], ally["in_text_from"], ally["enforced_from"]) == ("licence_required", date(2025, 1, 13), None)
    assert (china["in_text_from"], china["enforced_from"], china["enforced_to"]) == (date(2025, 1, 13), date(2025, 1, 13), None)


@pytest.mark.parametrize(("rule", "group", "tpp", "in_text", "enforced"), [
    ("2025-01-diffusion", "CHN", 5000, ["2025-01-diffusion"], ["2023-10"]),
    ("2025-01-diffusion", "CHN", 100, ["2023-10", "2025-01-diffusion"], ["2023-10"]),
    ("2025-01-diffusion", "A5", 5000, ["2025-01-diffusion"], []),
    ("2025-01-diffusion", "HQ_D5_IN_A5", 5000, ["2023-10", "2025-01-diffusion"], ["2023-10", "2025-01-diffusion"]),
    ("2026-01-review", "CHN", 21000, ["2025-01-diffusion", "2026-01-review"], ["2023-10", "2026-01-review"]),
    ("2024-12", "CHN", 5000, ["2023-10"], ["2023-10"]),
    ("2024-12", "A5", 5000, [], []),
])  # fmt: skip
def test_the_rules_that_decided_are_named_in_the_text_and_as_enforced(
    thresholds: pl.DataFrame, rule: str, group: str, tpp: float, in_text: list[str], enforced: list[str]
) -> None:
    reading = circuit(thresholds, rule, group, tpp=Quantity(tpp), memory_bandwidth_gb_s=Quantity(100))
    assert (reading["in_text_rule_ids"], reading["enforced_rule_ids"]) == (in_text, enforced)


def test_an_exception_is_named_beside_the_licence_that_it_lifts(thresholds: pl.DataFrame) -> None:
    reading = circuit(thresholds, "2024-04", is_datacenter=False, tpp=Quantity(5000))
    assert (reading["requirement_code"], reading["enforced_rule_ids"]) == ("notify", ["2023-10", "2024-04"])


def test_a_destination_reached_by_another_paragraph_is_told_by_which(thresholds: pl.DataFrame) -> None:
    assert circuit(thresholds, "2023-10", "HQ_D5_IN_A5", tpp=Quantity(5000))["reason"].endswith("; reaches HQ_D5_IN_A5 by 744.23(a)(3)")
    assert "reaches" not in circuit(thresholds, "2023-10", "HQ_D5_IN_A5", tpp=Quantity(100))["reason"]


@pytest.mark.parametrize("rule", ["2022-10", "2023-10", "2024-04", "2024-12"])
@pytest.mark.parametrize("tpp", [100, 5000])
def test_where_nothing_reaches_the_version_speaks_from_its_first_day_on(thresholds: pl.DataFrame, rule: str, tpp: float) -> None:
    (version,) = [version for version in versions(thresholds.to_dicts(), "integrated_circuit") if version.rule_id == rule]
    reading = circuit(thresholds, rule, "A5", tpp=Quantity(tpp), interconnect_gb_s=Quantity(600))
    days = [reading[f"{kind}_{end}"] for kind in ("in_text", "enforced") for end in ("from", "to")]
    assert (reading["requirement_code"], days) == ("none", [version.first_day, None] * 2)


@pytest.mark.parametrize("tpp", [100, 5000])
def test_where_only_rows_never_enforced_reach_nothing_is_enforced(thresholds: pl.DataFrame, tpp: float) -> None:
    assert circuit(thresholds, "2026-01-review", "A5", tpp=Quantity(tpp))["enforced_from"] is None


def test_the_text_of_october_2023_ends_and_its_enforcement_does_not(thresholds: pl.DataFrame) -> None:
    reading = circuit(thresholds, "2023-10", tpp=Quantity(5000))
    assert (reading["in_text_to"], reading["enforced_to"]) == (date(2025, 1, 12), None)


def test_a_consumer_chip_above_4800_stays_in_paragraph_a_with_an_exception(thresholds: pl.DataFrame) -> None:
    before, after = (circuit(thresholds, rule, is_datacenter=False, tpp=Quantity(5000)) for rule in ("2023-10", "2024-04"))
    assert (before["paragraph_code"], before["requirement_code"]) == ("3A090.a", "exception_eligible")
    assert (after["paragraph_code"], after["requirement_code"]) == ("3A090.a", "notify")


def test_unknown_memory_bandwidth_leaves_the_review_open_unless_tpp_decides(thresholds: pl.DataFrame) -> None:
    assert circuit(thresholds, "2026-01-review", tpp=Quantity(16000))["review_policy_code"] == "undecidable"
    assert circuit(thresholds, "2026-01-review", tpp=Quantity(21000))["review_policy_code"] == "presumption_of_denial"
    assert circuit(thresholds, "2026-01-review", tpp=Quantity(100))["review_policy_code"] == "not_applicable"


def test_the_reason_holds_the_inequality_that_decided(thresholds: pl.DataFrame) -> None:
    assert circuit(thresholds, "2023-10", tpp=Quantity(4992.0))["reason"] == "TPP 4992 ≥ 4800 (3A090.a limb a.1)"


def test_a_quarantined_chip_is_never_decided(chips: pl.DataFrame, thresholds: pl.DataFrame) -> None:
    status = accelerator_control_status.TABLE.conform(accelerator_control_status.build(chips, thresholds))
    quarantined = status.filter(pl.col("accelerator_id") == "amd-radeon-instinct-mi308x")
    regulation = quarantined.filter(pl.col("version_kind_code") == "regulation")
    assert regulation["paragraph_code"].unique().to_list() == ["undecidable"]
    assert (regulation["reason"].str.count_matches("quarantined") == 1).all()
    limbs = [f"3A090.a limb {limb}" for limb in ("a.1", "a.2")] + [f"3A090.b limb {limb}" for limb in ("b.1", "b.2")]
    assert any(reason.endswith(f"({', '.join(limbs)})") for reason in regulation["reason"])
    assert status.height == chips.height * 8 * 6


def test_conflicting_and_doubtful_interconnects_decide_nothing(chips: pl.DataFrame, thresholds: pl.DataFrame) -> None:
    chip = chips.row(by_predicate=pl.col("accelerator_name") == "Biren BR100", named=True)
    assert chip["interconnect_gb_s"] == 412
    (oldest, *_) = versions(thresholds.to_dicts(), "integrated_circuit")
    found = classify(oldest, accelerator_control_status.item_of(chip))
    assert (found.paragraph_code, "conflicting" in found.reason) == ("undecidable", True)


def letter_reading(
    thresholds: pl.DataFrame, rule: str, name: str, designer: str = "NVIDIA", group: str = "CHN", **figures: Quantity
) -> dict[str, Any]:
    (letter,) = [letter for letter in letters(thresholds.to_dicts(), "integrated_circuit") if letter.rule_id == rule]
    return read(letter, Item(figures, True, name, designer), group)


def test_a_letter_binds_the_product_it_names_whatever_its_figures(thresholds: pl.DataFrame) -> None:
    reading = letter_reading(thresholds, "2025-04-h20-letter", "NVIDIA HGX H20")
    assert (reading["requirement_code"], reading["paragraph_code"]) == ("licence_required", "not_applicable")
    assert (reading["in_text_from"], reading["enforced_from"]) == (None, date(2025, 4, 9))
    assert letter_reading(thresholds, "2025-04-h20-letter", "NVIDIA HGX H20", group="A5")["requirement_code"] == "none"


def test_a_letter_binds_nobody_but_its_addressee(thresholds: pl.DataFrame) -> None:
    fast: dict[str, Any] = {"memory_bandwidth_gb_s": Quantity(5300), "interconnect_gb_s": Quantity(1024)}
    other = letter_reading(thresholds, "2025-04-h20-letter", "AMD Instinct MI300X", "AMD", **fast)
    assert (other["requirement_code"], other["reason"]) == ("none", "addressed to NVIDIA, not AMD")
    assert letter_reading(thresholds, "2025-04-h20-letter", "NVIDIA Other", **fast)["requirement_code"] == "undecidable"


@pytest.mark.parametrize(("memory", "interconnect", "expected"), [
    (3999, 899, "none"), (4000, 64, "undecidable"), (64, 900, "undecidable"), (None, 64, "undecidable"), (None, 900, "undecidable"),
])  # fmt: skip
def test_an_unpublished_cut_off_is_never_passed_only_possible(
    thresholds: pl.DataFrame, memory: float | None, interconnect: float, expected: str
) -> None:
    figures: dict[str, Any] = {
        "memory_bandwidth_gb_s": Quantity(memory, missing="DRAM bandwidth"),
        "interconnect_gb_s": Quantity(interconnect),
    }
    reading = letter_reading(thresholds, "2025-04-h20-letter", "NVIDIA Other", **figures)
    assert reading["requirement_code"] == expected
    assert expected == "none" or reading["reason"].startswith("unknown: ")


def test_the_letter_of_2022_likens_to_the_a100_by_both_figures(thresholds: pl.DataFrame) -> None:
    named = letter_reading(thresholds, "2022-08-a100-letter", "NVIDIA A100 SXM4 80 GB")
    slower = letter_reading(thresholds, "2022-08-a100-letter", "NVIDIA Other", tpp=Quantity(9000), interconnect_gb_s=Quantity(400))
    alike = letter_reading(thresholds, "2022-08-a100-letter", "NVIDIA Other", tpp=Quantity(4992), interconnect_gb_s=Quantity(600))
    assert [reading["requirement_code"] for reading in (named, slower, alike)] == ["licence_required", "none", "undecidable"]


def test_every_undecided_reading_names_what_is_missing(chips: pl.DataFrame, thresholds: pl.DataFrame) -> None:
    status = accelerator_control_status.build(chips, thresholds)
    open_ones = status.filter(pl.any_horizontal(pl.col("paragraph_code", "requirement_code", "review_policy_code") == "undecidable"))
    assert open_ones.height > 500
    assert open_ones.filter(~pl.col("reason").str.contains("unknown: [A-Za-z]")).height == 0


@pytest.mark.parametrize(
    ("question", "changed"),
    [
        ("Is every rule that decided a reading", {"enforced_rule_ids": ["2099-01"]}),
        ("Does a rule stand behind every day", {"enforced_rule_ids": []}),
        ("Does a rule stand behind every day", {"in_text_from": None}),
    ],
)
def test_a_rule_finds_its_counterexample(thresholds: pl.DataFrame, question: str, changed: dict[str, Any]) -> None:
    reading = {"accelerator_id": "chip", **circuit(thresholds, "2025-01-diffusion", tpp=Quantity(5000))}
    rule = next(rule for rule in accelerator_control_status.TABLE.rules if rule.question.startswith(question))
    schema = {column.name: column.dtype for column in accelerator_control_status.TABLE.columns}
    for row, failing in ((reading, 0), (reading | changed, 1)):
        with duckdb.connect() as database:
            database.register("accelerator_control_status", pl.DataFrame([row], schema=schema).to_arrow())
            database.register("control_thresholds", thresholds.to_arrow())
            assert len(database.execute(rule.failing_rows).fetchall()) == failing
