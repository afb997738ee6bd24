"""Accelerators: performance recomputed, judgements that hold while upstream stays as it was, and unknowns that stay unknown."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from indicators.model import ContractBroken
from indicators.sources import epoch_ml_hardware
from indicators.tables.compute import accelerators

PROJECT = Path(__file__).resolve().parents[2]
DESIGNERS = {"manufacturer_name": "Maker", "accelerator_name": None, "designer_name": "Maker Ltd", "country_code": "USA"}
LINE = {"name_pattern": r"Maker X\d+", "is_datacenter_marketed": "true", "reason": "sold for servers"}
INTERCONNECT = {"accelerator_name": "Maker X1", "interconnect_gb_s": "600", "is_lower_bound": "true", "evidence_code": "source"}
CORRECTION = {
    "accelerator_name": "Maker X1",
    "column_name": "die_area_mm2",
    "upstream_value": None,
    "effect_code": "fill",
    "value": "500",
    "reason": "said so",
}


def frame(*rows: Mapping[str, str | None]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))


def built(corrections: pl.DataFrame | None = None, lines: pl.DataFrame | None = None, **cells: Any) -> dict[str, Any]:
    """The one chip with the given source cells, all others unknown."""
    chip = {**dict.fromkeys(epoch_ml_hardware.SOURCE.schema), "accelerator_name": "Maker X1", "manufacturer_name": "Maker", **cells}
    rows = pl.DataFrame([chip], schema=epoch_ml_hardware.SOURCE.schema)
    corrections = frame(CORRECTION).clear() if corrections is None else corrections
    lines = frame(LINE) if lines is None else lines
    made = accelerators.build(rows, frame(DESIGNERS), lines, frame(INTERCONNECT), corrections)
    return accelerators.TABLE.conform(made).row(0, named=True)


@pytest.fixture(params=["2025-10-30", "2025-12-16", "2026-03-31"])
def captured(request: pytest.FixtureRequest, captures: Path) -> pl.DataFrame:
    return from_capture(captures, request.param)


def from_capture(captures: Path, day: str) -> pl.DataFrame:
    payload = (captures / "epoch_ml_hardware" / day / "ml_hardware.csv").read_bytes()
    rows = epoch_ml_hardware.parse(payload, epoch_ml_hardware.SOURCE.files[0])
    return accelerators.TABLE.conform(accelerators.build(rows, *map(reference, REFERENCES)))


REFERENCES = ("designer_countries", "product_lines", "chip_interconnects", "accelerator_corrections")


def reference(name: str) -> pl.DataFrame:
    return pl.read_csv(PROJECT / "data" / "reference" / f"{name}.csv", infer_schema=False)


def test_performance_is_the_maximum_over_bit_lengths() -> None:
    row = built(tensor_fp16_flop_s=312e12, int8_op_s=624e12, tf32_flop_s=156e12, fp64_flop_s=9.7e12, die_area_mm2=826.0)
    assert (row["total_processing_performance"], row["performance_density"]) == (4992.0, round(4992 / 826, 6))


def test_tf32_counts_nineteen_bits() -> None:
    assert built(tf32_flop_s=100e12)["total_processing_performance"] == 1900.0


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


def test_every_capture_fits_the_contract(captured: pl.DataFrame) -> None:
    low, high = accelerators.TABLE.row_bounds
    assert low <= captured.height <= high
    chip = captured.row(by_predicate=pl.col("accelerator_name") == "NVIDIA A100 SXM4 80 GB", named=True)
    assert (chip["total_processing_performance"], chip["interconnect_gb_s"], chip["designer_country_code"]) == (4992.0, 664.0, "USA")


def test_performance_differs_from_upstream_by_more_than_half_a_percent_for_five_known_rows(captures: Path) -> None:
    rows = from_capture(captures, "2026-03-31")
    off = (pl.col("total_processing_performance") / pl.col("upstream_total_processing_performance") - 1).abs() > 0.005
    names = rows.filter(off)["accelerator_name"].to_list()
    assert names == ["AMD Instinct MI325X", "AMD Instinct MI355X", "Google TPU v2", "Meta MTIA 300", "NVIDIA GB300 (Blackwell Ultra)"]


def test_every_correction_and_interconnect_still_applies_to_the_newest_capture(captures: Path) -> None:
    rows = from_capture(captures, "2026-03-31")
    corrections, interconnects = reference("accelerator_corrections"), reference("chip_interconnects")
    corrected = rows.filter(pl.col("quality_note").is_not_null())["accelerator_name"].to_list()
    assert sorted(corrections["accelerator_name"]) == sorted(corrected)
    assert not set(interconnects["accelerator_name"]) - set(rows["accelerator_name"])


def test_consumer_and_workstation_lines_are_told_from_datacentre_lines(captures: Path) -> None:
    rows = from_capture(captures, "2026-03-31")
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
