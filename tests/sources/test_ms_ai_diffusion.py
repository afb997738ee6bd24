"""Microsoft's AI diffusion: bytes in the declared encoding, waves by their columns, percentages as shares."""

from pathlib import Path

import polars as pl
import pytest

from indicators.model import BadPayload, File
from indicators.sources.ms_ai_diffusion import ENCODING, SOURCE, parse

FILE = SOURCE.files[0]
HEADER = "Economy,H1 2025 AI Diffusion,H2 2025 AI Diffusion"
ROWS = ("Norway,45.30%,46.40%", "Türkiye,13.40%,14.60%")


def payload(*rows: str, header: str = HEADER, encoding: str = ENCODING) -> bytes:
    """A table as it is served: CRLF between lines, none at the end."""
    return "\r\n".join([header, *(rows or ROWS)]).encode(encoding)


def read(content: bytes) -> pl.DataFrame:
    return SOURCE.conform(parse(content, FILE))


def test_mac_roman_is_read_and_a_wave_is_a_row() -> None:
    assert b"T\x9frkiye" in payload()
    assert read(payload()).sort("economy_name", "wave").rows() == [
        ("Norway", "H1", 2025, 0.453),
        ("Norway", "H2", 2025, 0.464),
        ("Türkiye", "H1", 2025, 0.134),
        ("Türkiye", "H2", 2025, 0.146),
    ]


def test_a_file_that_is_suddenly_utf_8_stops_the_source_and_says_so() -> None:
    with pytest.raises(BadPayload, match=r"ms_ai_diffusion: .*the bytes are UTF-8 and not mac_roman; .*change the declared encoding"):
        read(payload(encoding="utf-8"))


def test_a_mark_of_utf_8_at_the_beginning_stops_the_source() -> None:
    with pytest.raises(BadPayload, match="UTF-8"):
        read(payload("Norway,45.30%,46.40%", encoding="utf-8-sig"))


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_byte_that_is_no_letter_of_the_declared_encoding_stops_the_source_and_is_named(encoding: str) -> None:
    with pytest.raises(BadPayload, match=r"ms_ai_diffusion: AI_Diffusion.*: byte 0x[0-9a-f]{2} at [\d,]+ is .* in mac_roman, no letter"):
        read(payload(encoding=encoding))


def test_plain_letters_need_no_encoding() -> None:
    assert read(payload("Norway,45.30%,46.40%", encoding="ascii")).height == 2


def test_a_new_wave_is_a_new_column_and_no_surprise() -> None:
    rows = read(payload("Norway,45.30%,46.40%,48.60%", header=HEADER + ",Q1 2026 AI Diffusion"))
    assert rows.row(2) == ("Norway", "Q1", 2026, 0.486)


def test_a_blank_figure_is_unknown_and_never_zero() -> None:
    assert read(payload("Norway,,46.40%"))["ai_user_share"].to_list() == [None, 0.464]


def test_two_files_of_one_size_with_other_figures_are_two_contents() -> None:
    first, second = payload("Norway,45.30%,46.40%"), payload("Norway,45.30%,46.50%")
    assert len(first) == len(second)
    assert not read(first).equals(read(second))


@pytest.mark.parametrize(("content", "match"), [
    (payload("Norway,45.30%,46.40%,1", header=HEADER + ",Rank"), r"unknown columns \['Rank'\]"),
    (payload(header=HEADER.replace("H2 2025", "H3 2025")), r"unknown columns \['H3 2025 AI Diffusion'\]"),
    (payload(header=HEADER.replace("Economy", "Country")), r"column for 'economy_name' is gone"),
    (payload("Norway,1", header="Economy,Share"), "no column of a wave"),
    (payload("Norway,0.453,0.464"), r"\['0.453', '0.464'\] are no percentages"),
    (payload("Norway,145.30%,46.40%"), "no percentages"),
    (payload("Norway,45.30%,46.40%", "Norway,45.30%,46.40%"), "repeats for"),
    (payload(",45.30%,46.40%"), "blank in 1 rows"),
    (b"<html>no</html>", "no column of a wave"),
])  # fmt: skip
def test_what_is_no_such_table_is_refused(content: bytes, match: str) -> None:
    with pytest.raises(BadPayload, match=rf"ms_ai_diffusion: .*{match}"):
        read(content)


@pytest.mark.parametrize("day", ["2026-05-27"])
def test_every_capture_is_read_whole(captures: Path, day: str) -> None:
    content = (captures / "ms_ai_diffusion_2026q1" / day / FILE.name).read_bytes()
    rows = read(content)
    assert (len(content), rows.height, rows["economy_name"].n_unique()) == (4_468, 441, 147)
    assert rows["ai_user_share"].null_count() == 0
    known = {(name, wave): share for name, wave, _, share in rows.iter_rows()}
    assert (known["United Arab Emirates", "Q1"], known["Türkiye", "H1"], known["Cambodia", "Q1"]) == (0.701, 0.134, 0.057)
    assert not {"Hong Kong", "Macao"} & set(rows["economy_name"])


def test_every_file_has_a_name_of_its_own() -> None:
    assert len({file.name for file in SOURCE.files}) == len(SOURCE.files)
    assert all(isinstance(file, File) and file.url.endswith(file.name) for file in SOURCE.files)
