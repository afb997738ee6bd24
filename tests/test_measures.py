"""Indicators: a header that defines them, one SELECT over released tables, an error that names the file."""

from pathlib import Path

import gates
import polars as pl
import pytest

from indicators import measures
from indicators.model import Indicator, IndicatorsError

HEADER = "/* title: Chips\n   unit: chips\n   method: count\n   interval: none\n   coverage: all\n   caveats: none,\n   really */\n"
SELECT = """SELECT 'chip_count' AS indicator_id, 'USA' AS subject_code, NULL::VARCHAR AS dimension, DATE '2026-01-01' AS period_start,
DATE '2026-01-31' AS period_end, count(*)::DOUBLE AS value, NULL::DOUBLE AS lower, NULL::DOUBLE AS upper, count(*) AS n,
1.0::DOUBLE AS coverage_share FROM chips"""


def folder(place: Path, name: str, sql: str) -> Path:
    place.mkdir(exist_ok=True)
    (place / f"{name}.sql").write_text(sql)
    return place


def test_a_header_is_read_over_several_lines(tmp_path: Path) -> None:
    (found,) = measures.definitions(folder(tmp_path / "sql", "chip_count", HEADER + SELECT))
    assert (found.id, found.title, found.caveats) == ("chip_count", "Chips", "none, really")
    assert found.sql.endswith(SELECT)


def test_an_incomplete_header_names_what_it_lacks(tmp_path: Path) -> None:
    path = folder(tmp_path / "sql", "chip_count", HEADER.replace("unit: chips\n", "\n") + SELECT) / "chip_count.sql"
    with pytest.raises(IndicatorsError, match=r"chip_count\.sql: header lacks \['unit'\]"):
        Indicator.read(path)


def test_the_sql_counts_the_rows_of_the_files(tmp_path: Path) -> None:
    tables = gates.write(tmp_path, {"chips": gates.chips(7)})
    rows = measures.measurements(folder(tmp_path / "sql", "chip_count", HEADER + SELECT), tables)
    assert rows.select("indicator_id", "value", "n", "basis").rows() == [("chip_count", 7.0, 7, None)]


def test_a_select_may_name_what_its_figures_rest_on_and_need_not(tmp_path: Path) -> None:
    tables = gates.write(tmp_path, {"chips": gates.chips(3)})
    named = SELECT.replace("chip_count", "chip_list").replace(" FROM chips", ", list(chip_id ORDER BY chip_id) AS basis FROM chips")
    place = folder(tmp_path / "sql", "chip_count", HEADER + SELECT)
    rows = measures.measurements(folder(place, "chip_list", HEADER + named), tables)
    assert rows.schema["basis"] == pl.List(pl.String)
    assert rows["basis"].to_list() == [None, ["c0", "c1", "c2"]]


def test_a_failing_select_names_its_file(tmp_path: Path) -> None:
    tables = gates.write(tmp_path, {"chips": gates.chips()})
    with pytest.raises(IndicatorsError, match=r"sql/indicators/chip_count\.sql failed"):
        measures.measurements(folder(tmp_path / "sql", "chip_count", HEADER + SELECT.replace("FROM chips", "FROM chops")), tables)


def test_a_select_that_speaks_of_another_indicator_is_refused(tmp_path: Path) -> None:
    tables = gates.write(tmp_path, {"chips": gates.chips()})
    with pytest.raises(IndicatorsError, match=r"returns indicator_id \['chip_count'\]; it must be the file's name"):
        measures.measurements(folder(tmp_path / "sql", "other", HEADER + SELECT), tables)
