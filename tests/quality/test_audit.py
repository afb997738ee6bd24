"""Gate 2: what must not be published is found, and the message names table, column and rows."""

import re
from pathlib import Path

import gates
import polars as pl
import pytest

from indicators.quality import Previous


def test_a_sound_table_passes_and_its_warnings_travel_with_it(tmp_path: Path) -> None:
    tables = gates.write(tmp_path, {"countries": gates.countries(), "chips": gates.chips(speed=None)})
    audit = gates.audited(tables)
    assert audit.passed
    assert [(finding.question, finding.failing_rows) for finding in audit.warnings] == [("Is every speed known?", 1)]
    assert audit.warnings[0].sample[0]["chip_id"] == "c1"


FAULTS: list[tuple[dict[str, str | float | None], str]] = [
    ({"maker_country_code": "ATL"}, r"chips\.maker_country_code: .*among countries\.country_code\? No: 1 failing.*'chip_id': 'c1'"),
    ({"kind_code": "cpu"}, r"chips\.kind_code: .*one of \['gpu', 'tpu'\]\? No: 1 failing.*'chip_id': 'c1'"),
    ({"kind_code": None}, r"chips\.kind_code: kind_code: is it never null\? No: 1 failing.*'chip_id': 'c1'"),
    ({"speed": 1000.0}, r"chips\.speed: .*between 0 and 100\? No: 1 failing.*'chip_id': 'c1'"),
    ({"kind_code": "tpu", "speed": 60.0}, r"chips: Is every tpu slow\? No: 1 failing.*'chip_id': 'c1'"),
    ({"chip_id": "c0"}, r"chips\.chip_id: Is the key \(chip_id\) unique\? No: 2 failing.*'chip_id': 'c0'"),
    ({"chip_id": None}, r"chips\.chip_id: chip_id: is it never null\? No: 1 failing"),
]


@pytest.mark.parametrize(("change", "message"), FAULTS)
def test_a_fault_is_blocked_with_table_column_and_rows(change: dict[str, str | float | None], message: str, tmp_path: Path) -> None:
    tables = gates.write(tmp_path, {"countries": gates.countries(), "chips": gates.chips(10, **change)})
    audit = gates.audited(tables)
    assert not audit.passed
    assert re.search(message, audit.message()), audit.message()


def test_a_renamed_column_is_blocked_before_anything_else_is_asked(tmp_path: Path) -> None:
    tables = gates.write(tmp_path, {"countries": gates.countries(), "chips": gates.chips().rename({"speed": "velocity"})})
    audit = gates.audited(tables)
    assert [finding.passed for finding in audit.findings] == [False]
    assert "velocity" in audit.message()


@pytest.mark.parametrize(("rows", "passed"), [(0, False), (1, True), (20, True), (21, False)])
def test_row_counts_far_from_a_healthy_run_are_blocked(rows: int, *, passed: bool, tmp_path: Path) -> None:
    tables = gates.write(tmp_path, {"countries": gates.countries(), "chips": gates.chips(rows)})
    assert gates.audited(tables).passed is passed


@pytest.mark.parametrize(("rows", "passed"), [(8, True), (6, False)])
def test_rows_lost_since_the_last_release_are_blocked_beyond_a_fifth(rows: int, *, passed: bool, tmp_path: Path) -> None:
    before = gates.write(tmp_path / "before", {"countries": gates.countries(), "chips": gates.chips(10)})
    after = gates.write(tmp_path / "after", {"countries": gates.countries(), "chips": gates.chips(rows)})
    audit = gates.audited(after, previous=Previous("2026.01.1", "1.0.0", before))
    assert audit.passed is passed
    if not passed:
        assert re.search(r"chips: Are at least 80% of the rows of release 2026\.01\.1 still there\? No: 0\.4", audit.message())
        assert re.search(r"'chip_id': 'c[6-9]'", audit.message())


@pytest.mark.parametrize(("schema_version", "passed"), [("1.0.0", False), ("0.9.0", True)])
def test_a_column_removed_without_a_new_major_version_is_blocked(schema_version: str, *, passed: bool, tmp_path: Path) -> None:
    before = gates.write(tmp_path / "before", {"chips": gates.chips().with_columns(price=pl.lit(1))})
    after = gates.write(tmp_path / "after", {"countries": gates.countries(), "chips": gates.chips()})
    audit = gates.audited(after, previous=Previous("2026.01.1", schema_version, before))
    assert audit.passed is passed
    if not passed:
        assert "'column': 'price', 'was': 'INTEGER', 'is': 'gone'" in audit.message()


def test_a_column_of_another_type_is_a_break_as_well(tmp_path: Path) -> None:
    before = gates.write(tmp_path / "before", {"chips": gates.chips().with_columns(pl.col("speed").cast(pl.Int64))})
    after = gates.write(tmp_path / "after", {"countries": gates.countries(), "chips": gates.chips()})
    audit = gates.audited(after, previous=Previous("2026.01.1", "1.0.0", before))
    assert "'column': 'speed', 'was': 'BIGINT', 'is': 'DOUBLE'" in audit.message()


def test_an_input_that_may_not_go_out_blocks_its_table(tmp_path: Path) -> None:
    tables = gates.write(tmp_path, {"countries": gates.countries(), "chips": gates.chips()})
    audit = gates.audited(tables, refused=["secret_feed"])
    assert not audit.passed
    assert "May every input behind this table go out" in audit.message()
    assert "secret_feed" in audit.message()
