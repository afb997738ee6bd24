"""Zip archives: members by base name, whatever the folder, and what is refused."""

import io
import zipfile

import pytest

from indicators.model import BadPayload
from indicators.sources._zip import members


def archive(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in files.items():
            written.writestr(name, content)
    return held.getvalue()


def test_members_are_found_in_whatever_folder() -> None:
    assert members(archive({"a.csv": b"1", "data/2026/b.csv": b"2", "empty/": b""}), "feed") == {"a.csv": b"1", "b.csv": b"2"}


@pytest.mark.parametrize("payload", [b"", b"<html>no</html>", archive({"a.csv": b"1" * 500})[:80]], ids=["empty", "a page", "torn"])
def test_what_is_no_archive_is_refused(payload: bytes) -> None:
    with pytest.raises(BadPayload, match=r"feed: not a readable zip archive .*newest snapshot"):
        members(payload, "feed")


def test_a_damaged_member_is_refused() -> None:
    payload = bytearray(archive({"a.csv": bytes(range(256)) * 8}))
    payload[60] ^= 0xFF
    with pytest.raises(BadPayload, match="feed: not a readable zip archive"):
        members(bytes(payload), "feed")


def test_an_archive_that_would_fill_the_memory_is_refused_before_it_is_unpacked() -> None:
    payload = archive({"a.csv": b"0" * 1_000_000})
    assert len(payload) < 2_000
    with pytest.raises(BadPayload, match=r"would unpack to 1,000,000 bytes, more than 999,999"):
        members(payload, "feed", max_bytes=999_999)


def test_the_same_name_in_two_folders_is_refused() -> None:
    with pytest.raises(BadPayload, match=r"\['a\.csv'\] in several folders"):
        members(archive({"a.csv": b"1", "old/a.csv": b"2"}), "feed")
