"""Rows kept beside their bytes: parsed once, and never once too few."""

from pathlib import Path

import polars as pl
import pytest

from indicators.model import BadPayload, File
from indicators.snapshots import remembered, remembering

FILE = File("numbers.csv", "https://example.org/numbers.csv")
asked: list[bytes] = []


def parse(payload: bytes, file: File) -> pl.DataFrame:
    """One number a line, and the file's name; what is asked is written down."""
    asked.append(payload)
    if payload.startswith(b"<"):
        raise BadPayload(f"{file.name} is a page")
    return pl.DataFrame({"number": [int(line) for line in payload.split()], "file": file.name})


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    asked.clear()


def test_the_same_bytes_are_parsed_once(tmp_path: Path) -> None:
    first = remembering(parse, tmp_path)(b"1 2", FILE)
    again = remembering(parse, tmp_path)(b"1 2", FILE)
    assert asked == [b"1 2"]
    assert again.equals(first)
    assert again["number"].to_list() == [1, 2]


def test_other_bytes_another_name_and_another_address_are_parsed(tmp_path: Path) -> None:
    read = remembering(parse, tmp_path)
    read(b"1", FILE)
    assert read(b"2", FILE)["number"].to_list() == [2]
    assert read(b"1", File("other.csv", FILE.url))["file"].to_list() == ["other.csv"]
    read(b"1", File(FILE.name, "https://example.org/elsewhere"))
    assert len(asked) == 4


def test_a_refusal_is_not_kept(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(BadPayload, match="is a page"):
            remembering(parse, tmp_path)(b"<html>", FILE)
    assert asked == [b"<html>"] * 2
    assert not list(tmp_path.iterdir())


def test_changed_code_parses_anew_and_forgets_what_it_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remembering(parse, tmp_path)(b"1", FILE)
    monkeypatch.setattr(remembered, "code_digest", lambda _folder: "newer")
    remembering(parse, tmp_path)(b"1", FILE)
    assert len(asked) == 2
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("broken", [b"", b"PAR1 torn"])
def test_kept_rows_that_cannot_be_read_are_made_again(broken: bytes, tmp_path: Path) -> None:
    remembering(parse, tmp_path)(b"7", FILE)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(broken)
    assert remembering(parse, tmp_path)(b"7", FILE)["number"].to_list() == [7]
    assert remembering(parse, tmp_path)(b"7", FILE)["number"].to_list() == [7]
    assert len(asked) == 2
