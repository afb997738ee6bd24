"""Epoch AI's hardware table: every spelling seen, and what must stop a refresh."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from indicators.model import BadPayload
from indicators.sources.epoch_ml_hardware import ALIASES, IGNORED, SOURCE, parse

FILE = SOURCE.files[0]
NAMES = {ours: spellings[0] for ours, spellings in ALIASES.items()}


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


def test_no_column_is_both_read_and_ignored() -> None:
    assert not {name for spellings in ALIASES.values() for name in spellings} & set(IGNORED)
