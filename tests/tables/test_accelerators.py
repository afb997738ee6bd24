"""Accelerators: performance recomputed, judgements that hold while upstream stays as it was, and unknowns that stay unknown."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from indicators.model import ContractBroken, Rule
from indicators.sources import epoch_ml_hardware
from indicators.tables.compute import accelerators

PROJECT = Path(__file__).resolve().parents[2]
DESIGNERS = {"manufacturer_name": "Maker", "accelerator_name": None, "designer_name": "Maker Ltd", "country_code": "USA"}
LINE = {"name_pattern": r"Maker X\d+", "is_datacenter_marketed": "true", "is_merchant": "true", "reason": "sold for servers"}
INTERCONNECT = {"accelerator_name": "Maker X1", "interconnect_gb_s": "600", "is_lower_bound": "true", "evidence_code": "source"}
CORRECTION = {
    "accelerator_name": "Maker X1",
    "column_name": "die_area_mm2",
    "upstream_value": None,
    "effect_code": "fill",
    "value": "500",
    "reason": "said so",
}
ALIAS = {"alias": "Maker X1 Pro", "accelerator_name": "Maker X1", "reason": "renamed"}
REFERENCES = ("designer_countries", "product_lines", "chip_interconnects", "accelerator_corrections", "accelerator_names")
VINTAGES = ("2025-10-30", "2025-12-16", "2026-03-31")
NEWEST = VINTAGES[-1]


def frame(*rows: Mapping[str, str | None]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))


def built(corrections: pl.DataFrame | None = None, lines: pl.DataFrame | None = None, **cells: Any) -> dict[str, Any]:
    """The one chip with the given source cells, all others unknown."""
    return several([cells], corrections, lines).row(0, named=True)


def several(chips: list[dict[str, Any]], corrections: pl.DataFrame | None = None, lines: pl.DataFrame | None = None) -> pl.DataFrame:
    """The table of chips with the given source cells, all others unknown."""
    blank = {**dict.fromkeys(epoch_ml_hardware.SOURCE.schema), "accelerator_name": "Maker X1", "manufacturer_name": "Maker"}
    rows = pl.DataFrame([blank | cells for cells in chips], schema=epoch_ml_hardware.SOURCE.schema)
    corrections = frame(CORRECTION).clear() if corrections is None else corrections
    lines = frame(LINE) if lines is None else lines
    made = accelerators.build(rows, frame(DESIGNERS), lines, frame(INTERCONNECT), corrections, frame(ALIAS))
    return accelerators.TABLE.conform(made)


@pytest.fixture(params=VINTAGES)
def captured(request: pytest.FixtureRequest, captures: Path) -> pl.DataFrame:
    return from_capture(captures, request.param)


def from_capture(captures: Path, day: str) -> pl.DataFrame:
    payload = (captures / "epoch_ml_hardware" / day / "ml_hardware.csv").read_bytes()
    rows = epoch_ml_hardware.parse(payload, epoch_ml_hardware.SOURCE.files[0])
    return accelerators.TABLE.conform(accelerators.build(rows, *map(reference, REFERENCES)))


def failing(question: str, table: pl.DataFrame, day: date = date(2026, 3, 31)) -> pl.DataFrame:
    """The rows that a question of the contract returns for a table."""
    (rule,) = [rule for rule in accelerators.TABLE.rules if rule.question.startswith(question)]
    return answer(rule, table, day)


def answer(rule: Rule, table: pl.DataFrame, day: date) -> pl.DataFrame:
    with duckdb.connect() as connection:
        connection.register("accelerators", table)
        connection.register("sources", pl.DataFrame({"source_id": ["epoch_ml_hardware"], "as_of_date": [day]}))
        rows: pl.DataFrame = connection.sql(rule.failing_rows).pl()
    return rows


def reference(name: str) -> pl.DataFrame:
    return pl.read_csv(PROJECT / "data" / "reference" / f"{name}.csv", infer_schema=False)


def test_performance_is_the_maximum_over_bit_lengths() -> None:
    row = built(tensor_fp16_flop_s=312e12, int8_op_s=624e12, tf32_flop_s=156e12, fp64_flop_s=9.7e12, die_area_mm2=826.0)
    assert (row["total_processing_performance"], row["performance_density"]) == (4992.0, round(4992 / 826, 6))


def test_tf32_counts_nineteen_bits() -> None:
    assert built(tf32_flop_s=100e12)["total_processing_performance"] == 1900.0


def test_a_node_above_sixteen_nanometres_has_no_area_that_counts() -> None:
    planar, fins, unknown = (built(process_nm=node, fp16_flop_s=1e14, die_area_mm2=500.0) for node in (28.0, 16.0, None))
    assert (planar["die_area_mm2"], planar["applicable_die_area_mm2"], planar["performance_density"]) == (500.0, None, None)
    assert (fins["applicable_die_area_mm2"], fins["performance_density"]) == (500.0, 3.2)
    assert (unknown["applicable_die_area_mm2"], unknown["performance_density"]) == (500.0, 3.2)


def test_a_planar_node_leaves_no_lower_bound_of_a_density_that_is_not_there() -> None:
    assert built(process_nm=28.0, tensor_cores=64.0, fp32_flop_s=50e12, die_area_mm2=500.0)["is_performance_density_lower_bound"] is False


def test_no_throughput_is_unknown_performance_not_zero() -> None:
    row = built(die_area_mm2=500.0)
    assert (row["total_processing_performance"], row["performance_density"], row["is_tpp_lower_bound"]) == (None, None, False)


def test_matrix_units_without_their_throughput_make_a_lower_bound() -> None:
    vector = built(tensor_cores=64.0, fp32_flop_s=50e12, die_area_mm2=500.0)
    matrix = built(tensor_cores=64.0, fp32_flop_s=50e12, int8_op_s=400e12, die_area_mm2=500.0)
    assert (vector["is_tpp_lower_bound"], vector["is_performance_density_lower_bound"]) == (True, True)
    assert (matrix["is_tpp_lower_bound"], matrix["is_performance_density_lower_bound"]) == (False, False)


def test_a_blank_is_filled_and_a_stated_figure_is_not_overwritten() -> None:
    blank, stated = built(frame(CORRECTION), fp16_flop_s=1e14), built(frame(CORRECTION), fp16_flop_s=1e14, die_area_mm2=400.0)
    assert (blank["die_area_mm2"], blank["curated_columns"], blank["performance_density"]) == (500.0, ["die_area_mm2"], 3.2)
    assert (stated["die_area_mm2"], stated["curated_columns"], stated["quality_note"]) == (400.0, None, None)


def test_a_quarantine_ends_when_upstream_corrects_the_figure() -> None:
    wrong = {**CORRECTION, "column_name": "memory_bandwidth_gb_s", "upstream_value": "10300", "effect_code": "quarantine", "value": None}
    assert built(frame(wrong), memory_bandwidth_byte_s=10.3e12)["is_implausible"] is True
    assert built(frame(wrong), memory_bandwidth_byte_s=5.3e12)["is_implausible"] is False


def test_an_area_that_counts_too_much_makes_the_density_a_lower_bound() -> None:
    wide = {**CORRECTION, "upstream_value": "1228", "effect_code": "upper_bound", "value": None}
    row = built(frame(wide), int8_op_s=512e12, die_area_mm2=1228.0)
    assert (row["is_performance_density_lower_bound"], row["is_tpp_lower_bound"]) == (True, False)


def test_an_excluded_figure_is_published_and_named() -> None:
    cell = {**CORRECTION, "column_name": "memory_bandwidth_gb_s", "upstream_value": "80000", "effect_code": "exclude", "value": None}
    row = built(frame(cell), memory_bandwidth_byte_s=80e12)
    assert (row["memory_bandwidth_gb_s"], row["excluded_columns"]) == (80_000.0, ["memory_bandwidth_gb_s"])


@pytest.mark.parametrize("wrong", [{"effect_code": "guess"}, {"column_name": "colour"}])
def test_a_correction_nobody_knows_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ContractBroken, match="unknown effect or column"):
        built(frame({**CORRECTION, **wrong}))


def test_an_unknown_maker_is_refused_with_the_file_to_correct() -> None:
    with pytest.raises(ContractBroken, match=r"Somebody.*designer_countries"):
        built(manufacturer_name="Somebody")


def test_an_unknown_product_line_stays_unknown() -> None:
    row = built(lines=frame({**LINE, "name_pattern": "Other .*"}))
    assert (row["is_datacenter_marketed"], row["datacenter_basis"]) == (None, None)


def test_a_pattern_matches_whole_names_only() -> None:
    assert built(lines=frame({**LINE, "name_pattern": "Maker X"}))["is_datacenter_marketed"] is None


def test_two_product_lines_for_one_chip_are_refused() -> None:
    with pytest.raises(ContractBroken, match="several product lines"):
        built(lines=frame(LINE, {**LINE, "name_pattern": "Maker .*"}))


def test_a_renamed_chip_keeps_its_id_its_printed_name_and_what_is_curated_of_it() -> None:
    before, after = built(frame(CORRECTION)), built(frame(CORRECTION), accelerator_name="Maker X1 Pro")
    assert (before["accelerator_name"], after["accelerator_name"]) == ("Maker X1", "Maker X1 Pro")
    kept = ("accelerator_id", "interconnect_gb_s", "is_datacenter_marketed", "curated_columns", "die_area_mm2")
    assert [after[name] for name in kept] == [before[name] for name in kept] == ["maker-x1", 600.0, True, ["die_area_mm2"], 500.0]


def test_two_rows_that_are_one_chip_are_refused_with_both_names() -> None:
    with pytest.raises(ContractBroken, match=r"Maker X1.*Maker X1 Pro.*accelerator_names\.csv"):
        several([{}, {"accelerator_name": "Maker X1 Pro"}])


def test_an_alias_of_an_alias_is_refused() -> None:
    chained = frame(ALIAS, {**ALIAS, "alias": "Maker X1", "accelerator_name": "Maker X"})
    with pytest.raises(ContractBroken, match=r"'Maker X1'.*aliases and canonical at once"):
        accelerators.build(
            pl.DataFrame(schema=epoch_ml_hardware.SOURCE.schema),
            frame(DESIGNERS),
            frame(LINE),
            frame(INTERCONNECT),
            frame(CORRECTION),
            chained,
        )


def test_a_foundry_of_two_makers_is_a_list_and_a_chip_without_maker_is_found_by_name() -> None:
    assert built(foundries="SMIC,TSMC")["foundry_names"] == ["SMIC", "TSMC"]
    by_chip = {"manufacturer_name": None, "accelerator_name": "Maker X1", "designer_name": "Other Ltd", "country_code": "CHN"}
    rows = pl.DataFrame(
        [{**dict.fromkeys(epoch_ml_hardware.SOURCE.schema), "accelerator_name": "Maker X1"}], schema=epoch_ml_hardware.SOURCE.schema
    )
    made = accelerators.build(rows, frame(by_chip), frame(LINE), frame(INTERCONNECT), frame(CORRECTION), frame(ALIAS))
    assert made.select("designer_name", "designer_country_code").row(0) == ("Other Ltd", "CHN")


def test_every_capture_fits_the_contract(captured: pl.DataFrame) -> None:
    low, high = accelerators.TABLE.row_bounds
    assert low <= captured.height <= high
    chip = captured.row(by_predicate=pl.col("accelerator_name") == "NVIDIA A100 SXM4 80 GB", named=True)
    assert (chip["total_processing_performance"], chip["interconnect_gb_s"], chip["designer_country_code"]) == (4992.0, 664.0, "USA")


def test_no_capture_breaks_a_rule_that_blocks(captured: pl.DataFrame) -> None:
    for rule in accelerators.TABLE.rules:
        assert rule.is_warning or not answer(rule, captured, date(2026, 3, 31)).height, rule.question


def test_ids_are_kept_from_capture_to_capture_but_for_one_placeholder(captures: Path) -> None:
    first, second, third = (from_capture(captures, day) for day in VINTAGES)
    assert set(first["accelerator_id"]) - set(second["accelerator_id"]) == {"nvidia-blackwell"}
    assert not set(second["accelerator_id"]) - set(third["accelerator_id"])
    names = {
        table.row(by_predicate=pl.col("accelerator_id") == "meta-mtia-v1-mtia-100", named=True)["accelerator_name"]
        for table in (second, third)
    }
    assert names == {"Meta MTIA v1", "Meta MTIA v1 (MTIA 100)"}


def test_the_seven_totals_that_differ_from_upstream_are_told(captures: Path) -> None:
    rows = failing("Does the recomputed TPP agree", from_capture(captures, NEWEST)).sort("accelerator_id")
    assert rows.rows() == [
        ("amd-instinct-mi325x", 20918.4, 20800.0),
        ("amd-instinct-mi355x", 40265.6, 37440.0),
        ("google-tpu-v2", 736.0, 720.0),
        ("meta-mtia-300", 9600.0, 2832.0),
        ("nvidia-a800-pcie-80-gb", 4992.0, 4988.8),
        ("nvidia-a800-sxm", 4992.0, 4988.8),
        ("nvidia-gb300-blackwell-ultra", 60000.0, 61120.0),
    ]


def test_totals_that_would_be_higher_by_storage_of_tf32_are_told(captures: Path) -> None:
    rows = failing("Would every TPP be the same if TF32", from_capture(captures, NEWEST)).sort("accelerator_id")
    assert rows.rows() == [
        ("amazon-trainium1", 3610.0, 6080.0),
        ("amazon-trainium3", 20136.0, 21472.0),
        ("aws-inferentia2", 3610.0, 6080.0),
        ("nvidia-l2-pcle", 1544.0, 1545.6),
        ("nvidia-l20-pcle", 1912.0, 1913.6),
    ]


@pytest.mark.parametrize(("question", "count"), [
    ("Does upstream total what we can total", 9), ("Is every TPP more than a lower bound", 16), ("Is no row quarantined", 1),
    ("Is every area that of one die", 9), ("Has every chip a day of release", 14), ("Is the node of every area", 4),
    ("Is every published figure read", 7), ("Is the market of every product line known", 4), ("Are the chips that readers ask for", 0),
])  # fmt: skip
def test_a_known_imperfection_is_told_of_as_many_chips_as_have_it(captures: Path, question: str, count: int) -> None:
    assert failing(question, from_capture(captures, NEWEST)).height == count


@pytest.mark.parametrize(("question", "cells"), [
    ("Does the A100 have the TPP", {"total_processing_performance": None}),
    ("Is density TPP over applicable area", {"performance_density": 1.0}),
    ("Does exactly the area of planar nodes", {"process_nm": 28.0}),
    ("Does exactly the area of planar nodes", {"applicable_die_area_mm2": None}),
    ("Is every node plainly planar", {"process_nm": 22.0}),
    ("Does a quarantined or corrected row", {"is_implausible": True}),
    ("Is every interconnect known from somewhere", {"interconnect_evidence_code": None}),
    ("Is no board with a host bus alone", {"accelerator_name": "NVIDIA Tesla V100S PCIe 32 GB"}),
    ("Are A800 and H800 below", {"accelerator_name": "NVIDIA H800 SXM5"}),
    ("Is every maker of dies named once", {"foundry_names": ["TSMC", "TSMC"]}),
    ("Is every chip with a date released", {"release_date": date(2026, 4, 1)}),
    ("Are the chips that readers ask for", {"accelerator_id": "nvidia-a100-80-gb"}),
])  # fmt: skip
def test_a_rule_finds_the_row_that_breaks_it(captures: Path, question: str, cells: dict[str, Any]) -> None:
    table = from_capture(captures, NEWEST).filter(pl.col("accelerator_id") == "nvidia-a100-sxm4-80-gb")
    sound, broken = failing(question, table), failing(question, pl.DataFrame([table.row(0, named=True) | cells], schema=table.schema))
    assert broken.height == sound.height + 1


def test_a_superchip_counted_as_one_gpu_is_found(captures: Path) -> None:
    table = from_capture(captures, NEWEST)
    doubled = pl.when(pl.col("accelerator_id") == "nvidia-gb200").then(2.0).otherwise(1.0) * pl.col("tensor_fp16_flop_s")
    rows = failing("Are GB200 and GB300 counted per GPU", table.with_columns(doubled.alias("tensor_fp16_flop_s")))
    assert rows["accelerator_id"].to_list() == ["nvidia-gb200"]


def test_every_correction_applies_to_some_capture_and_every_interconnect_to_the_newest(captures: Path) -> None:
    tables = [from_capture(captures, day) for day in VINTAGES]
    notes = {name: note or "" for table in tables for name, note in table.select("accelerator_name", "quality_note").iter_rows() if note}
    for name, reason in reference("accelerator_corrections").select("accelerator_name", "reason").iter_rows():
        assert reason in notes[name], name
    interconnects = dict(
        reference("chip_interconnects").select("accelerator_name", pl.col("interconnect_gb_s").cast(pl.Float64)).iter_rows()
    )
    known = dict(tables[-1].filter(pl.col("interconnect_gb_s").is_not_null()).select("accelerator_name", "interconnect_gb_s").iter_rows())
    assert (interconnects, len(interconnects)) == (known, 48)


def test_a_correction_ends_with_the_figure_it_corrects(captures: Path) -> None:
    figures = [
        table.row(by_predicate=pl.col("accelerator_name") == "Amazon Trainium1", named=True)
        for table in (from_capture(captures, "2025-12-16"), from_capture(captures, NEWEST))
    ]
    assert [(one["memory_bandwidth_gb_s"], one["excluded_columns"]) for one in figures] == [
        (9800.0, ["memory_bandwidth_gb_s"]),
        (820.0, None),
    ]


def test_curated_nodes_are_those_of_the_siblings_with_the_same_die(captures: Path) -> None:
    chips = {row["accelerator_name"]: row for row in from_capture(captures, NEWEST).iter_rows(named=True)}
    siblings = {
        "NVIDIA HGX H20": "NVIDIA H100 SXM5 80GB",
        "NVIDIA L40": "NVIDIA RTX 6000 Ada Generation",
        "NVIDIA GeForce RTX 4090": "NVIDIA RTX 6000 Ada Generation",
        "NVIDIA P40": "NVIDIA TITAN Xp",
        "NVIDIA M40": "NVIDIA GeForce GTX TITAN X",
    }
    for name, sibling in siblings.items():
        for column in ("process_nm", "die_area_mm2"):
            assert chips[name][column] == chips[sibling][column], (name, column)


def test_planar_nodes_change_no_reading_because_none_reaches_the_lowest_limb(captures: Path) -> None:
    planar = from_capture(captures, NEWEST).filter(pl.col("die_area_mm2").is_not_null() & pl.col("applicable_die_area_mm2").is_null())
    assert (planar.height, planar["total_processing_performance"].max()) == (20, 736.0)


def test_consumer_and_workstation_lines_are_told_from_datacentre_lines(captures: Path) -> None:
    rows = from_capture(captures, NEWEST)
    market = dict(rows.select("accelerator_name", "is_datacenter_marketed").iter_rows())
    assert (market["NVIDIA GeForce RTX 4090"], market["NVIDIA RTX A6000"], market["NVIDIA A10 PCIe"], market["PEZY-SC2"]) == (
        False,
        False,
        True,
        None,
    )
    with_cases = pl.read_csv(PROJECT / "tests" / "data" / "control_regression.csv", infer_schema=False).filter(
        pl.col("kind_code") == "product"
    )
    for name, stated in with_cases.select("label", "is_datacenter_marketed").iter_rows():
        assert market[name] is (stated == "true"), name


def test_a_chip_that_its_maker_only_rents_is_no_merchant_chip(captures: Path) -> None:
    rows = from_capture(captures, NEWEST)
    captive = rows.filter(~pl.col("is_merchant"))
    assert (captive.height, set(captive["designer_name"])) == (
        19, {"Alibaba (T-Head)", "Amazon", "Google", "Meta", "Microsoft", "Tesla"},
    )  # fmt: skip
    assert rows.filter(pl.col("is_merchant").is_null() != pl.col("is_datacenter_marketed").is_null()).is_empty()
