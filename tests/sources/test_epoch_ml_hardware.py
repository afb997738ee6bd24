"""Epoch AI's hardware table: every spelling seen, and what must stop a refresh."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from indicators.model import BadPayload
from indicators.sources.epoch_ml_hardware import ALIASES, IGNORED, SOURCE, parse

FILE = SOURCE.files[0]
NAMES = {ours: spellings[0] for ours, spellings in ALIASES.items()}
COMPUTED = ("Max performance", "Energy efficiency", "Price-performance", "ML OP/s")
LISTED = (
    "Type", "Release price (USD)", "Intranode bandwidth (byte/s)", "Internode bandwidth (bit/s)", "Base clock (MHz)", "Boost clock (MHz)",
    "Memory clock (MHz)", "Memory bus (bit)", "Transistors (millions)", "Link to datasheet", "Source for the price", "ML models", "Last modified",
)  # fmt: skip
NOVEMBER = {"memory_bytes": "Memory size per board (Byte)", "int4_op_s": "INT4/FP4 performance (OP/s)"}
DECEMBER = {"memory_bytes": "Memory size per board (Byte)"}


def payload(rows: list[dict[str, str]], spellings: dict[str, str] | None = None) -> bytes:
    """A table in the upstream format with the given cells, all others blank."""
    names = {**NAMES, **(spellings or {})}
    frame = pl.DataFrame([{theirs: row.get(ours, "") for ours, theirs in names.items()} for row in rows])
    return frame.write_csv().encode()


def chip(**cells: str) -> dict[str, str]:
    return {"accelerator_name": "Maker X1", "manufacturer_name": "Maker", **cells}


def test_a_row_is_read_as_stated_and_blank_stays_unknown() -> None:
    row = parse(payload([chip(release_date="2024-05-06", int8_op_s="2e14", foundries="SMIC,TSMC")]), FILE).row(0, named=True)
    assert (row["release_date"], row["int8_op_s"], row["foundries"]) == (date(2024, 5, 6), 2e14, "SMIC,TSMC")
    assert (row["fp16_flop_s"], row["die_area_mm2"]) == (None, None)


@pytest.mark.parametrize(("ours", "theirs"), [
    ("memory_bytes", "Memory size per board (Byte)"), ("memory_bytes", "Memory (bytes)"), ("int4_op_s", "INT4/FP4 performance (OP/s)"),
])  # fmt: skip
def test_every_spelling_seen_is_the_same_column(ours: str, theirs: str) -> None:
    rows = parse(payload([chip(**{ours: "8e9"})], {ours: theirs}), FILE)
    assert rows[ours].to_list() == [8e9]


def test_order_of_columns_does_not_matter() -> None:
    reverse = dict(reversed(NAMES.items()))
    frame = pl.DataFrame([{theirs: chip(tdp_w="70").get(ours, "") for ours, theirs in reverse.items()}])
    assert parse(frame.write_csv().encode(), FILE)["tdp_w"].to_list() == [70.0]


def test_infinity_means_not_computed() -> None:
    assert parse(payload([chip(total_processing_bit_op_s="inf")]), FILE)["total_processing_bit_op_s"].to_list() == [None]


def vintage(spellings: dict[str, str], *extra: str, **cells: str) -> bytes:
    """A table with every column of a vintage that was served without a capture of it, columns read and not read in turn."""
    names = [spellings.get(ours, theirs) for ours, theirs in NAMES.items()]
    ours = {theirs: mine for mine, theirs in {**NAMES, **spellings}.items()}
    columns = [*extra, *reversed(names), *LISTED, *COMPUTED]
    row = {name: chip(**cells).get(ours.get(name, ""), "inf" if name in COMPUTED else "") for name in columns}
    return pl.DataFrame([row]).write_csv().encode()


@pytest.mark.parametrize(("spellings", "extra", "width"), [
    (DECEMBER, (), 38), (NOVEMBER, ("Notes",), 39), (DECEMBER, ("Notes",), 39), ({}, ("Notes",), 39),
], ids=["2025-10-30", "2025-11-14", "2025-12-12", "2025-12-16"])  # fmt: skip
def test_every_vintage_that_was_served_is_read(spellings: dict[str, str], extra: tuple[str, ...], width: int) -> None:
    text = vintage(spellings, *extra, memory_bytes="8e10", int4_op_s="1.2e15", release_date="2025-11-06")
    assert len(text.splitlines()[0].decode().split(",")) == width
    row = SOURCE.conform(parse(text, FILE)).row(0, named=True)
    assert (row["memory_bytes"], row["int4_op_s"], row["release_date"]) == (8e10, 1.2e15, date(2025, 11, 6))


def test_columns_of_a_month_that_is_not_known_yet_stop_the_refresh_with_the_remedy() -> None:
    renamed = {"memory_bytes": "Memory capacity (GB)"}
    remedy = (
        r"epoch_ml_hardware: column for 'memory_bytes' is gone; known spellings: \['Memory \(bytes\)', 'Memory size per board \(Byte\)'\]; "
        "add the new name to ALIASES"
    )
    with pytest.raises(BadPayload, match=remedy):
        parse(vintage(renamed), FILE)
    with pytest.raises(BadPayload, match=r"epoch_ml_hardware: unknown columns \['NVLink \(GB/s\)'\]; add each to ALIASES .* or to IGNORED"):
        parse(vintage({}, "NVLink (GB/s)"), FILE)


def test_two_spellings_of_one_column_at_once_are_refused() -> None:
    with pytest.raises(BadPayload, match="'memory_bytes' appears as"):
        parse(vintage({}, "Memory size per board (Byte)"), FILE)


def test_bandwidth_within_a_node_is_not_read_because_it_mixes_links_and_host_buses() -> None:
    assert "Intranode bandwidth (byte/s)" in IGNORED
    assert not [name for name in SOURCE.schema if "intranode" in name or "interconnect" in name]


def test_a_blank_maker_and_a_blank_day_stay_unknown() -> None:
    row = parse(payload([chip(manufacturer_name="", release_date="")]), FILE).row(0, named=True)
    assert (row["manufacturer_name"], row["release_date"]) == (None, None)


def test_a_page_of_html_is_refused() -> None:
    with pytest.raises(BadPayload, match="Hardware name"):
        parse(b"<!doctype html>\n<html><body>Machine learning hardware</body></html>\n", FILE)


def test_a_renamed_column_stops_the_refresh_and_says_what_to_do() -> None:
    with pytest.raises(BadPayload, match=r"tdp_w.*add the new name to ALIASES"):
        parse(payload([chip()], {"tdp_w": "Thermal power (W)"}), FILE)


def test_an_unknown_column_stops_the_refresh() -> None:
    text = payload([chip()]).decode().replace("\n", ",Colour\n", 1).replace("\nMaker X1", "\nMaker X1", 1).rstrip("\n") + ",red\n"
    with pytest.raises(BadPayload, match="Colour"):
        parse(text.encode(), FILE)


@pytest.mark.parametrize(("cells", "match"), [
    ({"foundries": "Foundry of tomorrow"}, "foundries"),
    ({"die_area_mm2": "0"}, "zero"),
    ({"fp16_flop_s": "-1"}, "zero or negative"),
    ({"fp8_flop_s": "fast"}, "no numbers"),
    ({"release_date": "May 2024"}, "no days"),
    ({"accelerator_name": ""}, "blank"),
])  # fmt: skip
def test_a_cell_outside_the_known_world_is_refused(cells: dict[str, str], match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        parse(payload([chip(**cells)]), FILE)


def test_a_name_that_repeats_is_refused() -> None:
    with pytest.raises(BadPayload, match="repeats"):
        parse(payload([chip(), chip()]), FILE)


@pytest.mark.parametrize(("day", "height"), [("2025-10-30", 169), ("2025-12-16", 170), ("2026-03-31", 175)])
def test_every_capture_is_read_whole(captures: Path, day: str, height: int) -> None:
    rows = SOURCE.conform(parse((captures / "epoch_ml_hardware" / day / "ml_hardware.csv").read_bytes(), FILE))
    assert (rows.height, rows["memory_bytes"].null_count() < height) == (height, True)
    assert rows.filter(pl.col("accelerator_name") == "NVIDIA A100 SXM4 80 GB")["total_processing_bit_op_s"].to_list() == [4.992e15]
    assert rows.filter(pl.col("manufacturer_name").is_null())["accelerator_name"].to_list() == ["GroqChip LPU v1"]
    assert rows.filter(pl.col("foundries").str.contains(","))["foundries"].to_list() == ["SMIC,TSMC"]


def test_no_column_is_both_read_and_ignored() -> None:
    assert not {name for spellings in ALIASES.values() for name in spellings} & set(IGNORED)
