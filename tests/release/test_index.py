"""The index, the pointers and the feed: what names releases, in an order that shows readers old or new; and withdrawing for good."""

import hashlib
import json
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from time import struct_time
from urllib.parse import urljoin

import feedparser
import gates
import pytest
from click.testing import CliRunner

from indicators.cli import cli
from indicators.model import IndicatorsError
from indicators.release import Shelf, draw_index, next_version
from indicators.release import index as drawn
from indicators.release.shelf import replace_text

REASON = "Speeds of January were read as watts."
ON_DAY = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Two releases."""
    gates.published(tmp_path)
    gates.published(tmp_path, {"chips": gates.chips(9)}, day=2)
    return Shelf(tmp_path / "releases")


def document(shelf: Shelf, name: str) -> dict[str, object]:
    told: dict[str, object] = json.loads((shelf.folder / name).read_text(encoding="utf-8"))
    return told


def entries(shelf: Shelf) -> dict[str, dict[str, object]]:
    return {entry["version"]: entry for entry in document(shelf, "index.json")["releases"]}  # type: ignore[attr-defined]


def withdrawn(shelf: Shelf, version: str) -> None:
    shelf.withdraw(version, REASON, ON_DAY)
    draw_index(shelf)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_index_tells_each_release_its_schema_its_status_and_hashes_that_hold(shelf: Shelf) -> None:
    entry = entries(shelf)["2026.01.2"]
    assert (entry["created"], entry["schema_version"], entry["path"], entry["status"]) == (
        "2026-01-02T00:00:00+00:00", shelf.get().schema_version, "2026.01.2/", "published",
    )  # fmt: skip
    for told in (entry["checksums"], entry["tables"]["chips"] | {"path": "2026.01.2/tables/chips.parquet"}):  # type: ignore[index]
        content = (shelf.folder / told["path"]).read_bytes()  # type: ignore[index]
        assert told["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"  # type: ignore[index]


def test_plain_clients_find_the_latest_without_a_link(shelf: Shelf) -> None:
    pointer = document(shelf, "latest.json")
    assert (pointer["version"], pointer["path"]) == ("2026.01.2", "2026.01.2/")
    assert pointer["checksums"] == entries(shelf)["2026.01.2"]["checksums"]
    assert (shelf.folder / str(pointer["datapackage"])).is_file()
    assert (shelf.folder / "latest.txt").read_text() == "2026.01.2\n"
    assert (shelf.folder / "latest").resolve().name == "2026.01.2"


@pytest.mark.parametrize("writes", range(5))
def test_a_crash_between_two_files_shows_readers_the_old_or_the_new_release_whole(
    writes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gates.published(tmp_path)
    shelf = Shelf(tmp_path / "releases")
    done: list[str] = []

    def crash(path: Path, text: str) -> None:
        if len(done) == writes:
            raise KeyboardInterrupt
        done.append(path.name)
        replace_text(path, text)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt) if writes < len(drawn.FILES) else nullcontext():
        patch.setattr(drawn, "replace_text", crash)
        gates.published(tmp_path, {"chips": gates.chips(9)}, day=2)
    named = {
        document(shelf, "index.json")["latest"],
        document(shelf, "latest.json")["version"],
        (shelf.folder / "latest.txt").read_text().strip(),
    }
    feed = feedparser.parse((shelf.folder / "feed.xml").read_text())
    assert named | {entry.title for entry in feed.entries} <= set(entries(shelf))
    assert all((shelf.folder / name / "SHA256SUMS").is_file() for name in entries(shelf))
    draw_index(shelf)
    assert document(shelf, "latest.json")["version"] == "2026.01.2"


def test_a_withdrawn_release_stays_byte_for_byte_and_the_index_says_when_and_why(shelf: Shelf) -> None:
    before = bytes_of(shelf.folder / "2026.01.2")
    withdrawn(shelf, "2026.01.2")
    assert bytes_of(shelf.folder / "2026.01.2") == before
    entry = entries(shelf)["2026.01.2"]
    assert (entry["status"], entry["withdrawn"]) == ("withdrawn", {"at": "2026-01-05T00:00:00+00:00", "reason": REASON})
    assert entries(shelf)["2026.01.1"]["status"] == "published"


def test_latest_and_previous_pass_over_a_withdrawn_release_which_is_still_read_by_its_id(shelf: Shelf) -> None:
    gates.published(shelf.folder.parent, {"chips": gates.chips(8)}, day=3)
    withdrawn(shelf, "2026.01.2")
    assert (shelf.get("latest").version, shelf.get("previous").version, shelf.get("2026.01.2").version) == (
        "2026.01.3",
        "2026.01.1",
        "2026.01.2",
    )
    withdrawn(shelf, "2026.01.3")
    assert shelf.get().version == document(shelf, "latest.json")["version"] == document(shelf, "index.json")["latest"] == "2026.01.1"
    assert (shelf.folder / "latest").resolve().name == "2026.01.1"
    with pytest.raises(IndicatorsError, match=r"no release 'previous'.*2026\.01\.2 is withdrawn"):
        shelf.get("previous")


def test_a_withdrawal_outlives_every_index_that_is_drawn_anew(shelf: Shelf) -> None:
    withdrawn(shelf, "2026.01.1")
    for name in drawn.FILES:
        (shelf.folder / name).unlink()
    gates.published(shelf.folder.parent, {"chips": gates.chips(8)}, day=3)
    assert [entry["status"] for entry in entries(shelf).values()] == ["withdrawn", "published", "published"]


def test_what_was_withdrawn_is_published_again_under_a_new_id_and_compared_with_what_stands(shelf: Shelf) -> None:
    withdrawn(shelf, "2026.01.2")
    again = gates.published(shelf.folder.parent, {"chips": gates.chips(9)}, day=3)
    assert (again.is_new, again.release.version) == (True, "2026.01.3")
    assert again.release.document("changes.json")["from"] == "2026.01.1"
    withdrawn(shelf, "2026.01.3")
    assert next_version(shelf, ON_DAY.date()) == "2026.01.4"


def test_where_every_release_is_withdrawn_nothing_is_pointed_to(shelf: Shelf) -> None:
    for version in ("2026.01.1", "2026.01.2"):
        withdrawn(shelf, version)
    assert document(shelf, "index.json")["latest"] is None
    assert not any((shelf.folder / name).exists() for name in ("latest", "latest.json", "latest.txt"))
    with pytest.raises(IndicatorsError, match="withdrawn"):
        shelf.get()


@pytest.mark.parametrize(
    ("version", "reason", "told"),
    [
        ("2026.01.9", REASON, r"no release '2026\.01\.9'.*there are 2026\.01\.1, 2026\.01\.2"),
        ("latest", REASON, "'latest' is no release id"),
        ("2026.01.1", " \n", "without a reason"),
    ],
)
def test_a_withdrawal_needs_a_release_and_a_reason(version: str, reason: str, told: str, shelf: Shelf) -> None:
    with pytest.raises(IndicatorsError, match=told):
        shelf.withdraw(version, reason)
    assert not shelf.withdrawals()


def test_a_withdrawal_is_never_told_otherwise(shelf: Shelf) -> None:
    withdrawn(shelf, "2026.01.1")
    with pytest.raises(IndicatorsError, match=f"was withdrawn at 2026-01-05.*already: {REASON}"):
        shelf.withdraw("2026.01.1", "Another reason.")


def test_the_commands_withdraw_and_list(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INDICATORS_DATA", str(shelf.folder.parent))
    told = CliRunner().invoke(cli, ["withdraw", "2026.01.2", "--reason", REASON], catch_exceptions=False).stdout
    assert "the latest is 2026.01.1 now" in told
    listed = json.loads(CliRunner().invoke(cli, ["releases", "--json"], catch_exceptions=False).stdout)
    assert [(line["release"], line["status"]) for line in listed] == [("2026.01.1", "published"), ("2026.01.2", "withdrawn")]
    assert REASON in CliRunner().invoke(cli, ["releases"], catch_exceptions=False).stdout


def day(moment: struct_time) -> str:
    return f"{moment.tm_year}-{moment.tm_mon:02}-{moment.tm_mday:02}"


def test_the_feed_is_read_by_a_parser_and_has_the_newest_news_first(shelf: Shelf) -> None:
    feed = feedparser.parse((shelf.folder / "feed.xml").read_bytes())
    assert (feed.bozo, feed.version) == (False, "atom10")
    assert [(entry.title, day(entry.updated_parsed), day(entry.published_parsed)) for entry in feed.entries] == [
        ("2026.01.2", "2026-01-02", "2026-01-02"),
        ("2026.01.1", "2026-01-01", "2026-01-01"),
    ]
    assert day(feed.feed.updated_parsed) == "2026-01-02"
    assert [entry.id for entry in feed.entries] == [f"tag:ai-competition-indicators,2025:releases/2026.01.{number}" for number in (2, 1)]
    assert len({feed.feed.id, *(entry.id for entry in feed.entries)}) == 3
    assert feed.feed.author
    assert feed.entries[0].summary == shelf.get().document("changes.json")["summary"]


def test_the_links_of_the_feed_lead_to_files_of_the_release_wherever_it_is_served(shelf: Shelf) -> None:
    feed = feedparser.parse(
        (shelf.folder / "feed.xml").read_bytes(), response_headers={"content-location": "https://example.org/data/feed.xml"}
    )
    for entry in feed.entries:
        assert entry.link.startswith(f"https://example.org/data/{entry.title}/")
        assert (shelf.folder / entry.link.removeprefix(urljoin(feed.feed.links[0].href, "."))).is_file()


def test_a_withdrawal_is_the_newest_news_and_keeps_the_id_of_its_release(shelf: Shelf) -> None:
    withdrawn(shelf, "2026.01.1")
    first, second = feedparser.parse((shelf.folder / "feed.xml").read_bytes()).entries
    assert (first.title, first.summary, day(first.updated_parsed), day(first.published_parsed)) == (
        "2026.01.1 (withdrawn)", f"Withdrawn: {REASON}", "2026-01-05", "2026-01-01",
    )  # fmt: skip
    assert first.id.endswith("/2026.01.1")
    assert second.title == "2026.01.2"


def test_the_same_shelf_gives_the_same_files_at_any_hour(shelf: Shelf) -> None:
    withdrawn(shelf, "2026.01.1")
    before = {name: (shelf.folder / name).read_bytes() for name in drawn.FILES}
    draw_index(shelf)
    assert {name: (shelf.folder / name).read_bytes() for name in drawn.FILES} == before
