"""Gate 2: what must not be published is found, and the message names table, column and rows."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import gates
import polars as pl
import pytest

from indicators.model import SCHEMA_VERSION, Rule
from indicators.quality import Previous, TableAudit


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
    audit = gates.audited(after, previous=Previous("2026.01.1", SCHEMA_VERSION, before))
    assert audit.passed is passed
    if not passed:
        assert re.search(r"chips: Are at least 80% of the rows of release 2026\.01\.1 still there\? No: 0\.4", audit.message())
        assert re.search(r"'chip_id': 'c[6-9]'", audit.message())


@pytest.mark.parametrize("changed", [{"max_loss_share": 1.0}, {"is_provenance": True}])
def test_a_loss_that_cannot_block_is_not_asked_about(changed: dict[str, Any], tmp_path: Path) -> None:
    before = gates.write(tmp_path / "before", {"countries": gates.countries(), "chips": gates.chips(10)})
    after = gates.write(tmp_path / "after", {"countries": gates.countries(), "chips": gates.chips(1)})
    previous = Previous("2026.01.1", SCHEMA_VERSION, before)
    asked = [finding.question for finding in gates.audited(after, replace(gates.CHIPS, **changed), previous).findings]
    assert not [question for question in asked if question.startswith("Are at least")]
    assert [question for question in asked if question.startswith("Is every column of release")]
    assert [finding for finding in gates.audited(after, previous=previous).findings if finding.question.startswith("Are at least")]


@pytest.mark.parametrize(("is_warning", "listed"), [(True, 100), (False, 5)])
def test_warnings_list_a_hundred_rows_and_failures_five(*, is_warning: bool, listed: int, tmp_path: Path) -> None:
    many = replace(gates.CHIPS, row_bounds=(1, 200), rules=(Rule("Is it a tpu?", "SELECT * FROM chips ORDER BY chip_id", is_warning),))
    frame = gates.chips(120).with_columns(speed=pl.lit(1.0))
    audit = gates.audited(gates.write(tmp_path, {"countries": gates.countries(), "chips": frame}), many)
    (finding,) = [finding for finding in audit.findings if not finding.passed]
    assert (finding.failing_rows, len(finding.sample)) == (120, listed)
    assert audit.message().count("chip_id") == (0 if is_warning else 5)


def core_audit(place: Path, before: pl.DataFrame, after: pl.DataFrame) -> TableAudit:
    """The audit of chips whose core are the gpus, after a release of others."""
    then = gates.write(place / "before", {"countries": gates.countries(), "chips": before})
    now = gates.write(place / "after", {"countries": gates.countries(), "chips": after})
    return gates.audited(now, replace(gates.CHIPS, core="kind_code = 'gpu'"), Previous("2026.01.1", SCHEMA_VERSION, then))


def with_tpus(rows: int, first: int) -> pl.DataFrame:
    """Chips of which those from `first` on are no gpus."""
    return gates.chips(rows).with_columns(kind_code=pl.when(pl.int_range(pl.len()) < first).then(pl.lit("gpu")).otherwise(pl.lit("tpu")))


def test_a_break_that_spares_the_core_warns_with_its_numbers_and_passes(tmp_path: Path) -> None:
    before = with_tpus(18, first=11)
    audit = core_audit(tmp_path, before, before.filter(kind_code="gpu"))
    assert audit.passed
    (lost,) = audit.warnings
    assert (lost.question, lost.failing_rows) == ("Are at least 80% of the rows of release 2026.01.1 still there?", 0.388889)
    assert lost.sample[0] == {"rows_before": 18, "rows_now": 11, "rows_gone": 7, "core_rows_gone": 0}
    assert {row["chip_id"] for row in lost.sample[1:]} <= {f"c{number}" for number in range(11, 18)}


def test_a_break_in_the_core_blocks_though_the_table_keeps_most_rows(tmp_path: Path) -> None:
    before = with_tpus(18, first=6)
    audit = core_audit(tmp_path, before, before.slice(2))
    assert not audit.passed
    assert re.search(r"Are at least 80% of the core rows \(kind_code = 'gpu'\) of release 2026\.01\.1 .*No: 0\.3", audit.message())
    assert audit.warnings == []


def test_a_row_that_stays_and_leaves_the_core_is_lost_to_the_core(tmp_path: Path) -> None:
    audit = core_audit(tmp_path, with_tpus(10, first=10), with_tpus(10, first=7))
    assert [finding.failing_rows for finding in audit.failures] == [0.3]


def test_a_core_that_the_last_release_cannot_tell_is_every_row(tmp_path: Path) -> None:
    before = with_tpus(18, first=11)
    audit = core_audit(tmp_path, before.drop("kind_code"), before.filter(kind_code="gpu"))
    assert [finding.question for finding in audit.failures] == ["Are at least 80% of the rows of release 2026.01.1 still there?"]


@pytest.mark.parametrize(("schema_version", "passed"), [(SCHEMA_VERSION, False), ("0.9.0", True)])
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
    audit = gates.audited(after, previous=Previous("2026.01.1", SCHEMA_VERSION, before))
    assert "'column': 'speed', 'was': 'BIGINT', 'is': 'DOUBLE'" in audit.message()


def test_an_input_that_may_not_go_out_blocks_its_table(tmp_path: Path) -> None:
    tables = gates.write(tmp_path, {"countries": gates.countries(), "chips": gates.chips()})
    audit = gates.audited(tables, refused=["secret_feed"])
    assert not audit.passed
    assert "May every input behind this table go out" in audit.message()
    assert "secret_feed" in audit.message()


SLOWED = "SELECT c.* FROM chips c JOIN previous_chips p USING (chip_id) WHERE c.speed < p.speed"
FASTER = replace(gates.CHIPS, rules=(Rule("Is no chip slower than in the last release?", SLOWED),))


def test_a_rule_may_compare_with_the_last_release(tmp_path: Path) -> None:
    before = gates.write(tmp_path / "before", {"countries": gates.countries(), "chips": gates.chips()})
    after = gates.write(tmp_path / "after", {"countries": gates.countries(), "chips": gates.chips(speed=0.5)})
    audit = gates.audited(after, FASTER, previous=Previous("2026.01.1", SCHEMA_VERSION, before))
    assert re.search(r"chips: Is no chip slower than in the last release\? No: 1 failing, e\.g\. .*'chip_id': 'c1'", audit.message())
    same = gates.audited(before, FASTER, previous=Previous("2026.01.1", SCHEMA_VERSION, before))
    assert FASTER.rules[0].question in [finding.question for finding in same.findings]
    assert same.passed


def test_a_comparison_is_not_asked_where_the_last_release_has_nothing_to_compare(tmp_path: Path) -> None:
    tables = gates.write(tmp_path / "after", {"countries": gates.countries(), "chips": gates.chips(speed=0.5)})
    nothing = gates.write(tmp_path / "nothing", {"countries": gates.countries()})
    older = gates.write(tmp_path / "older", {"countries": gates.countries(), "chips": gates.chips().drop("speed")})
    today = {"chips": frozenset(gates.CHIPS.column_names)}
    for before in (None, *(Previous("2026.01.1", SCHEMA_VERSION, folder, today) for folder in (nothing, older))):
        audit = gates.audited(tables, FASTER, previous=before)
        assert FASTER.rules[0].question not in [finding.question for finding in audit.findings]
        assert audit.passed
