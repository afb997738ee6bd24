"""Ten rows for thousands: which rows of a table are told first, and why."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from indicators.model import Column, Table
from indicators.release import compare
from indicators.release.foremost import Row, foremost

CHIPS = Table(
    name="chips",
    title="Chips",
    description="Chips of a test.",
    key=("chip_id", "rule_id"),
    row_bounds=(1, 99),
    columns=(
        Column("chip_id", pl.String, "Id"),
        Column("rule_id", pl.String, "Rule", is_nullable=True),
        Column("maker_name", pl.String, "Maker", is_nullable=True),
        Column("release_date", pl.Date, "Day", is_nullable=True),
        Column("speed", pl.Float64, "Speed", unit="op/s", is_nullable=True),
        Column("verdict_code", pl.String, "Verdict", values=("yes", "no"), is_nullable=True),
    ),
)
Told = dict[str, Any]
WHOLE: Told = {"rule_id": "r", "maker_name": "M", "release_date": "2025-01-01", "speed": 10.0, "verdict_code": "no"}


def write(folder: Path, rows: list[Told]) -> Path:
    """Rows, each with what it says beside the usual."""
    folder.mkdir()
    frame = pl.DataFrame(
        [WHOLE | row for row in rows],
        schema={column.name: column.kind if column.kind != pl.Date else pl.String for column in CHIPS.columns},
    )
    frame.with_columns(pl.col("release_date").str.to_date()).write_parquet(folder / "chips.parquet")
    return folder


def first(place: Path, before: list[Told], after: list[Told], limit: int = 10) -> list[Row]:
    folders = write(place / "a", before), write(place / "b", after)
    change = compare(*folders, {"chips": CHIPS.key})["chips"]
    return foremost(CHIPS, change, *folders, limit)


def chips(number: int, **told: object) -> list[Told]:
    return [{"chip_id": f"c{place}"} | told for place in range(number)]


def names(rows: list[Row]) -> list[tuple[str, str]]:
    return [(row.kind, row.key["chip_id"]) for row in rows]


def test_flips_come_before_figures_before_removed_before_added_before_the_rest(tmp_path: Path) -> None:
    before: list[Told] = [{"chip_id": name} for name in ("flips", "gone", "moves", "renamed")]
    after: list[Told] = [
        {"chip_id": "come"},
        {"chip_id": "flips", "verdict_code": "yes"},
        {"chip_id": "moves", "speed": 11.0},
        {"chip_id": "renamed", "maker_name": "N"},
    ]
    assert names(first(tmp_path, before, after)) == [
        ("flipped", "flips"), ("moved", "moves"), ("removed", "gone"), ("added", "come"), ("other", "renamed"),
    ]  # fmt: skip


def test_no_kind_crowds_out_another(tmp_path: Path) -> None:
    rows = first(tmp_path, [*chips(30), {"chip_id": "x"}], [*chips(30, verdict_code="yes"), {"chip_id": "x", "speed": 11.0}])
    assert len(rows) == 10
    assert names(rows)[-1] == ("moved", "x")


def test_a_flip_that_few_share_comes_before_one_of_the_whole_table(tmp_path: Path) -> None:
    before: list[Told] = [*chips(20), {"chip_id": "z", "verdict_code": "yes"}]
    after: list[Told] = [*chips(20, verdict_code="yes"), {"chip_id": "z", "verdict_code": "no"}]
    assert names(first(tmp_path, before, after))[0] == ("flipped", "z")


def test_a_code_that_is_known_at_last_comes_after_one_that_flipped(tmp_path: Path) -> None:
    before: list[Told] = [{"chip_id": "a", "verdict_code": None}, {"chip_id": "b", "verdict_code": "no"}]
    after: list[Told] = [{"chip_id": "a", "verdict_code": "no"}, {"chip_id": "b", "verdict_code": "yes"}]
    assert names(first(tmp_path, before, after)) == [("flipped", "b"), ("flipped", "a")]


def test_a_figure_taken_back_comes_first_and_a_small_one_that_doubles_is_not_the_news(tmp_path: Path) -> None:
    """Fillers make 10 the usual figure."""
    before: list[Told] = [
        *chips(9),
        {"chip_id": "large", "speed": 100.0},
        {"chip_id": "small", "speed": 0.1},
        {"chip_id": "withdrawn", "speed": 5.0},
    ]
    after: list[Told] = [
        *chips(9),
        {"chip_id": "large", "speed": 60.0},
        {"chip_id": "small", "speed": 0.2},
        {"chip_id": "withdrawn", "speed": None},
    ]
    assert names(first(tmp_path, before, after)) == [("moved", "withdrawn"), ("moved", "large"), ("moved", "small")]


@pytest.mark.parametrize(("before", "after"), [(0.0, 0.0001), (-1.0, 1.0), (None, 3.0)])
def test_any_figure_can_be_weighed(before: float | None, after: float, tmp_path: Path) -> None:
    assert names(first(tmp_path, [{"chip_id": "a", "speed": before}], [{"chip_id": "a", "speed": after}])) == [("moved", "a")]


def test_of_rows_about_one_thing_one_is_told_before_the_second_of_another(tmp_path: Path) -> None:
    many = [{"chip_id": "a", "rule_id": f"r{number}"} for number in range(20)]
    after: list[Told] = [row | {"speed": 20.0} for row in many] + [{"chip_id": "b", "speed": 10.1}]
    rows = first(tmp_path, [*many, {"chip_id": "b"}], after)
    assert names(rows)[:3] == [("moved", "a"), ("moved", "b"), ("moved", "a")]


def test_added_rows_are_told_newest_first_then_largest_by_what_names_them(tmp_path: Path) -> None:
    after: list[Told] = [
        {"chip_id": "old"},
        {"chip_id": "new", "release_date": "2026-01-01"},
        {"chip_id": "fast", "speed": 90.0},
        {"chip_id": "undated", "release_date": None, "rule_id": None},
    ]
    rows = first(tmp_path, [], after)
    assert [row.key["chip_id"] for row in rows] == ["new", "fast", "old", "undated"]
    assert [(column.name, before, now) for column, before, now in rows[0].cells] == [
        ("maker_name", None, "M"), ("release_date", None, "2026-01-01"), ("speed", None, "10.0"),
    ]  # fmt: skip


def test_a_removed_row_of_a_release_without_a_column_of_today_is_told(tmp_path: Path) -> None:
    folders = write(tmp_path / "a", chips(2)), write(tmp_path / "b", chips(1))
    pl.read_parquet(folders[0] / "chips.parquet").drop("maker_name").write_parquet(folders[0] / "chips.parquet")
    change = compare(*folders, {"chips": CHIPS.key})["chips"]
    (row,) = foremost(CHIPS, change, *folders)
    assert [column.name for column, *_ in row.cells] == ["release_date", "speed"]


def test_a_row_has_its_cells_in_the_order_of_their_weight(tmp_path: Path) -> None:
    (row,) = first(tmp_path, chips(1), chips(1, maker_name="N", speed=11.0, verdict_code="yes"))
    assert [column.name for column, *_ in row.cells] == ["verdict_code", "speed", "maker_name"]
