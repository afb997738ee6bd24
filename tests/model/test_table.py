"""Gate 1: a table without its columns, types or keys goes no further, and the message says where."""

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest

from indicators.model import PROJECT_NAME, SCHEMA_VERSION, Column, ContractBroken, Table

TABLE = Table(
    name="chips",
    title="Chips",
    description="Chips of a test.",
    key=("chip_id",),
    row_bounds=(1, 10),
    columns=(
        Column("chip_id", pl.String, "Id"),
        Column("maker_code", pl.String, "Maker", is_nullable=True),
        Column("speed", pl.Float64, "Speed", unit="op/s", is_nullable=True),
    ),
)
ROWS = pl.DataFrame({"speed": [2.0, None], "chip_id": ["b", "a"], "maker_code": [None, "USA"]})


def test_a_sound_frame_comes_back_in_published_order_sorted_by_key() -> None:
    assert TABLE.conform(ROWS).rows() == [("a", "USA", None), ("b", None, 2.0)]


def test_a_duplicate_key_names_table_key_and_rows() -> None:
    with pytest.raises(ContractBroken, match=r"chips: key \('chip_id',\) repeats in 2 rows.*'chip_id': 'a'"):
        TABLE.conform(pl.concat([ROWS, ROWS.filter(chip_id="a")]))


def test_a_null_key_names_table_column_and_row() -> None:
    with pytest.raises(ContractBroken, match=r"chips\.chip_id: 1 rows without their key.*'row': 1"):
        TABLE.conform(ROWS.with_columns(chip_id=pl.Series(["b", None])))


def test_a_renamed_column_is_named_on_both_sides() -> None:
    with pytest.raises(ContractBroken, match=r"chips: columns missing \['speed'\], unexpected \['velocity'\]"):
        TABLE.conform(ROWS.rename({"speed": "velocity"}))


def test_another_type_is_named_with_the_promised_one() -> None:
    with pytest.raises(ContractBroken, match=r"chips\.speed: is String, the contract says Float64"):
        TABLE.conform(ROWS.with_columns(pl.col("speed").cast(pl.String)))


@pytest.mark.parametrize("absurd", [float("nan"), float("inf")])
def test_a_figure_that_is_no_number_is_refused(absurd: float) -> None:
    with pytest.raises(ContractBroken, match=r"chips\.speed: 1 rows hold NaN or inf"):
        TABLE.conform(ROWS.with_columns(speed=pl.Series([absurd, 1.0])))


def test_an_all_null_column_keeps_its_type(tmp_path: Path) -> None:
    path = TABLE.write(ROWS.with_columns(speed=pl.lit(None, dtype=pl.Float64)), tmp_path)
    assert pl.read_parquet_schema(path)["speed"] == pl.Float64


def test_the_same_rows_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    first = TABLE.write(ROWS, tmp_path / "one").read_bytes()
    assert TABLE.write(ROWS.reverse(), tmp_path / "two").read_bytes() == first


def with_polars(path: Path) -> dict[str, str]:
    return pl.read_parquet_metadata(path)


def with_pyarrow(path: Path) -> dict[str, str]:
    return {name.decode(): told.decode() for name, told in (pq.read_metadata(path).metadata or {}).items()}


def with_duckdb(path: Path) -> dict[str, str]:
    with duckdb.connect() as connection:
        return dict(connection.execute("SELECT decode(key), decode(value) FROM parquet_kv_metadata(?)", [str(path)]).fetchall())


@pytest.mark.parametrize("read", [with_polars, with_pyarrow, with_duckdb])
def test_a_file_says_what_it_is_wherever_it_is_taken(read: Callable[[Path], dict[str, str]], tmp_path: Path) -> None:
    stated = read(TABLE.write(ROWS, tmp_path))
    assert (stated["dataset"], stated["table"], stated["title"]) == (PROJECT_NAME, "chips", "Chips")
    assert (stated["license"], stated["schema_version"]) == ("CC-BY-4.0", SCHEMA_VERSION)
    assert json.loads(stated["key"]) == ["chip_id"]
    columns = json.loads(stated["columns"])
    assert list(columns) == TABLE.column_names
    assert columns["speed"] == {"description": TABLE.column("speed").description, "unit": "op/s"}


def test_a_curated_cell_that_does_not_fit_is_named() -> None:
    with pytest.raises(ContractBroken, match="chips: a curated row does not fit"):
        TABLE.typed(pl.DataFrame({"chip_id": ["a"], "maker_code": [None], "speed": ["fast"]}))
