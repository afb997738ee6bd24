"""Doctorates on temporary visas: labels with HTML, suppressed figures, two editions, and what the copies really say."""

from pathlib import Path

import ncses
import polars as pl
import pytest

from indicators.model import BadPayload
from indicators.sources import ncses_doctorates
from indicators.sources.ncses_doctorates import LAYOUTS, SOURCE, parse

FILES = {file.name: file for file in SOURCE.files}
LABELS = ncses.labels(LAYOUTS)
STAY = ("field_2017_23_number", "field_2017_23_staying", "field_2023_number", "field_2023_staying")
PLANS = [
    f"field_temporary_residents_{word}_2018_21" for word in ("doctorate_recipients_number", "plans_to_stay", "definite_commitments_to_stay")
]


def stay_table(rows: dict[str, list[object]], columns: tuple[str, ...] = STAY) -> bytes:
    return ncses.hierarchy("11762", LABELS["11762.csv"], rows, columns, depth=3)


def test_a_footnote_is_told_from_the_name_and_a_trailing_blank_goes() -> None:
    rows = parse(
        stay_table({"All -> Asia -> China<sup>a</sup>": [9, 50, 1, 50], "All -> Asia -> India ": [9, 50, 1, 50]}), FILES["11762.csv"]
    )
    found = rows.select("path", "marks").unique(maintain_order=True).rows()
    assert found == [(["All", "Asia", "China"], [None, None, "a"]), (["All", "Asia", "India"], [None, None, None])]


def test_a_name_of_a_column_says_period_and_measure() -> None:
    rows = parse(stay_table({"All": [43902, 78.5, 6652, 77.5]}), FILES["11762.csv"])
    assert rows.select("first_year", "last_year", "measure_code", "value").rows() == [
        (2017, 2023, "recipients", 43902.0),
        (2017, 2023, "staying_percent", 78.5),
        (2023, 2023, "recipients", 6652.0),
        (2023, 2023, "staying_percent", 77.5),
    ]
    plans = parse(
        ncses.hierarchy("11025", LABELS["11025.csv"], {"All SEH fields": [62197, 74.6, 52.6]}, PLANS, depth=2), FILES["11025.csv"]
    )
    assert plans.select("first_year", "last_year", "measure_code").rows()[2] == (2018, 2021, "committed_percent")


@pytest.mark.parametrize("cell", ["", "D"])
def test_a_suppressed_figure_is_unknown_and_a_zero_is_a_figure(cell: str) -> None:
    rows = parse(stay_table({"All -> Africa -> Libya": [cell, cell, 0, 0.0]}), FILES["11762.csv"])
    assert rows["value"].to_list() == [None, None, 0.0, 0.0]


def test_a_heading_without_figures_is_no_row_and_a_country_wholly_suppressed_is_one() -> None:
    rows = parse(stay_table({"All": [""] * 4, "All -> Africa": [""] * 4}), FILES["11762.csv"])
    assert rows["path"].unique().to_list() == [["All", "Africa"]]


@pytest.mark.parametrize(("text", "match"), [
    (b"<!doctype html>\n<html>Not found</html>\n", "table_id"),
    (stay_table({"All": [1, "many", 1, 1]}), r"cells \['many'\] are no figures"),
    (stay_table({"All": [1, -2, 1, 1]}), "are no figures"),
    (stay_table({"All -> <b>Asia</b>": [1, 1, 1, 1]}), "markup that nobody knows"),
    (stay_table({"All": [1, 1, 1, 1]}, (*STAY[:3], "field_2023_returning")), r"unknown columns \['field_2023_returning'\]"),
    (stay_table({"All": [1, 1, 1, 1]}).replace(b"11762,", b"9582,"), "rows of another table"),
    (stay_table({"All": [1, 1, 1, 1]}).replace(b"hierarchy_depth", b"depth"), "are gone"),
    (stay_table({"All -> Asia": [1, 1, 1, 1]}).replace(b"All -> Asia", b"All -> Africa"), "which are not its path"),
])  # fmt: skip
def test_anything_unknown_stops_the_refresh(text: bytes, match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        parse(text, FILES["11762.csv"])


def test_the_source_says_that_it_is_a_transformed_copy_at_a_pinned_address() -> None:
    assert "transformed copy, not original bytes" in SOURCE.title
    assert "transformed copies" in SOURCE.attribution
    assert all("/1f879ab65ed260668840db406611ddc10e8455bc/output/tables/" in file.url for file in SOURCE.files)


def test_tables_that_were_garbled_in_conversion_are_not_read() -> None:
    assert not {"1851.csv", "5001.csv", "9968.csv"} & set(FILES)


@pytest.mark.parametrize(("name", "height", "unknown"), [
    ("11762.csv", 1664, 243), ("9582.csv", 1316, 133), ("11695.csv", 330, 4), ("9597.csv", 330, 4), ("9453.csv", 1452, 0), ("11025.csv", 243, 0),
])  # fmt: skip
def test_every_captured_table_is_read_whole(captures: Path, name: str, height: int, unknown: int) -> None:
    rows = SOURCE.conform(parse((captures / SOURCE.id / ncses.COPIED_ON / name).read_bytes(), FILES[name]))
    assert (rows.height, rows["value"].null_count()) == (height, unknown)


def test_the_address_of_every_file_is_that_of_its_capture(captures: Path) -> None:
    index = pl.read_csv(captures / "index.csv", infer_schema=False).filter(pl.col("source_id") == SOURCE.id)
    held = {Path(path).name: url for path, url in index.select("path", "url").iter_rows()}
    assert {name: file.url for name, file in FILES.items()} == {name: held[name] for name in FILES}


def test_suppressed_cells_of_the_captures_are_blank_and_none_says_d(captures: Path) -> None:
    rows = ncses.captured(ncses_doctorates, captures)
    nepal = rows.filter(pl.col("path").list.first() == "Nepal", pl.col("value").is_null(), pl.col("edition_year") == 2023)
    assert sorted(set(nepal["first_year"])) == [2013, 2020]
    frames = [ncses.raw(captures, SOURCE.id, name) for name in FILES]
    assert not any((frame == "D").sum_horizontal().sum() for frame in frames)


def test_the_text_of_chinas_footnote_is_not_in_the_captures_and_hong_kong_has_no_row(captures: Path) -> None:
    folder = captures / SOURCE.id / ncses.COPIED_ON
    texts = [path.read_text() for path in sorted(folder.glob("[0-9]*"))]
    assert any("China<sup>a</sup>" in text for text in texts)
    assert not any(name in text for text in texts for name in ("Hong Kong", "Macau", "Macao"))
