"""Bytes in a declared encoding: what is read, and that bytes of another one are refused where they stand."""

import pytest

from indicators.model import BadPayload
from indicators.sources._text import cells, comma_separated, decoded

PLACES = "Türkiye, São Paulo, Université – l’été"


@pytest.mark.parametrize("encoding", ["mac_roman", "utf-8", "utf-8-sig"])
def test_text_is_read_in_the_encoding_it_was_saved_in(encoding: str) -> None:
    assert decoded(PLACES.encode(encoding), encoding, "feed") == PLACES


def test_latin_1_and_plain_ascii_are_read() -> None:
    assert decoded("Curaçao".encode("latin-1"), "latin-1", "feed") == "Curaçao"
    assert decoded(b"Peru", "mac_roman", "feed") == "Peru"


def test_a_byte_that_does_not_decode_is_named_with_its_place() -> None:
    with pytest.raises(BadPayload, match=r"feed: byte 0x9f at 1 is not utf-8; look at the newest snapshot, then change the declared"):
        decoded("Türkiye".encode("mac_roman"), "utf-8", "feed")


@pytest.mark.parametrize(("saved_in", "read_as", "sign"), [
    ("latin-1", "mac_roman", "0xfc at 1 is '¸'"),
    ("mac_roman", "latin-1", r"0x9f at 1 is '\\x9f'"),
])  # fmt: skip
def test_one_single_byte_encoding_is_not_taken_for_another(saved_in: str, read_as: str, sign: str) -> None:
    with pytest.raises(BadPayload, match=rf"feed: byte {sign} in {read_as}, no letter"):
        decoded("Türkiye".encode(saved_in), read_as, "feed")


@pytest.mark.parametrize("text", ["Türkiye", "tête", "Curaçao"])
@pytest.mark.parametrize("declared", ["mac_roman", "latin-1"])
def test_a_file_that_became_utf_8_is_refused(text: str, declared: str) -> None:
    with pytest.raises(BadPayload, match=rf"feed: the bytes are UTF-8 and not {declared}"):
        decoded(text.encode(), declared, "feed")


def test_rows_of_one_length_become_csv_and_blank_ones_are_left_out() -> None:
    rows = cells('Rank\tSite\n1\t"Hypercube, tree"\n\t\n2\tLab\n', "\t", "feed")
    assert comma_separated(rows, "feed") == b'Rank,Site\n1,"Hypercube, tree"\n2,Lab\n'


@pytest.mark.parametrize(("rows", "match"), [([["a", "b"], ["1"]], r"\[\(2, 1\)\]"), ([["", ""]], "no rows"), ([], "no rows")])
def test_uneven_rows_and_an_empty_table_are_refused(rows: list[list[str]], match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        comma_separated(rows, "feed")


def test_a_quotation_that_is_not_closed_is_refused() -> None:
    with pytest.raises(BadPayload, match="feed: not a readable table"):
        cells('a,b\n1,"2\n', ",", "feed")
