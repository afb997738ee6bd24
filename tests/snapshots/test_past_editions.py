"""Past editions: asked for by their day, kept for good, read beside the newest, and never stale."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import polars as pl
import pytest
import small

from indicators.model import File, IndicatorsError
from indicators.pipeline import origins
from indicators.snapshots import Check, Store, Transport, baseline, is_absent, missing_editions, read_rows, refresh
from indicators.snapshots.rows import Part


def edition(day: date) -> File:
    return File(f"numbers-{day}.csv", f"https://{small.HOST}/{day}/numbers.csv", as_of_date=day)


SOURCE = replace(small.SOURCE, past=edition)
OLD, MIDDLE, RECENT = date(2024, 12, 31), date(2025, 3, 31), date(2025, 6, 30)
BODIES = {"numbers.csv?edition=1": b"9\n", f"{OLD}/numbers.csv": b"1\n", f"{MIDDLE}/numbers.csv": b"1\n2\n"}


def serve(handler: BaseHTTPRequestHandler) -> None:
    payload = BODIES.get(handler.path.removeprefix(f"/{small.HOST}/"))
    small.body(handler, payload, ETag='"one"') if payload else small.body(handler, b"no", 404)


def broken(handler: BaseHTTPRequestHandler) -> None:
    small.body(handler, b"no", 500)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "snapshots" / "small_feed")


def ask(store: Store, *days: date, respond: small.Respond = serve) -> list[Check]:
    """Refresh the source (no days) or ask for past editions."""
    editions = [edition(day) for day in days] if days else None
    with small.serving(respond) as mirror:
        transport = Transport(mirror=mirror, read_seconds=0.5, backoff_seconds=0.01)
        return refresh(SOURCE, small.parse, store, transport, editions=editions)


def parts(store: Store, folder: Path) -> list[Part]:
    return read_rows(SOURCE, small.parse, store, folder)


def test_an_edition_is_logged_under_its_own_name_and_day(store: Store) -> None:
    (check,) = ask(store, OLD)
    assert (check.file, check.outcome, check.as_of_date) == ("numbers-2024-12-31.csv", "new", "2024-12-31")


def test_editions_are_read_after_the_newest_oldest_first(store: Store, tmp_path: Path) -> None:
    ask(store)
    ask(store, MIDDLE, OLD)
    found = parts(store, tmp_path)
    assert [part.provenance.file_name for part in found] == ["numbers.csv", "numbers-2024-12-31.csv", "numbers-2025-03-31.csv"]
    assert [part.provenance.is_past for part in found] == [False, True, True]
    assert [part.provenance.as_of_date for part in found] == [None, OLD, MIDDLE]
    assert [part.frame["number"].to_list() for part in found] == [[9], [1], [1, 2]]


def test_a_refresh_asks_for_no_edition(store: Store) -> None:
    ask(store, OLD)
    assert [check.file for check in ask(store)] == ["numbers.csv"]


def test_a_day_that_the_server_lacks_is_told_and_keeps_no_other_from_being_fetched(store: Store, tmp_path: Path) -> None:
    ask(store)
    missing, there = ask(store, RECENT, OLD)
    assert (missing.outcome, missing.as_of_date, is_absent(missing)) == ("failed", "2025-06-30", True)
    assert there.outcome == "new"
    assert len(parts(store, tmp_path)) == 2


@pytest.mark.parametrize("respond", [broken, lambda handler: small.body(handler, b"rubbish")])
def test_a_failure_is_not_a_missing_day(respond: small.Respond, store: Store) -> None:
    assert not any(map(is_absent, ask(store, OLD, respond=respond)))


def test_a_host_that_failed_too_often_is_no_server_without_the_day(store: Store) -> None:
    days = [date(2020, 1, day) for day in range(1, 13)]
    checks = ask(store, *days, respond=broken)
    assert any("was not asked" in check.error for check in checks)
    assert not any(map(is_absent, checks))


def test_a_failed_edition_makes_nothing_stale(store: Store, tmp_path: Path) -> None:
    ask(store)
    ask(store, OLD)
    ask(store, OLD, MIDDLE, respond=broken)
    found = parts(store, tmp_path)
    assert [(part.provenance.origin_code, part.provenance.trouble, part.provenance.is_stale) for part in found] == [("live", "", False)] * 2
    assert [part.frame["number"].to_list() for part in found] == [[9], [1]]


def test_an_edition_is_never_late(store: Store, tmp_path: Path) -> None:
    ask(store)
    ask(store, OLD)
    _, old = parts(store, tmp_path)
    long_ago = replace(old.provenance, source_id="epoch_eci", checked_at="2020-01-01T00:00:00+00:00")
    assert not origins.is_late(long_ago)
    assert origins.is_late(replace(long_ago, is_past=False))


def test_the_same_bytes_are_parsed_once(store: Store, tmp_path: Path) -> None:
    same: Callable[[BaseHTTPRequestHandler], None] = lambda handler: small.body(handler, b"7\n")  # noqa: E731
    ask(store, respond=same)
    ask(store, OLD, MIDDLE, respond=same)
    parsed: list[str] = []

    def counting(payload: bytes, file: File) -> pl.DataFrame:
        parsed.append(file.name)
        return small.parse(payload, file)

    found = read_rows(SOURCE, counting, store, tmp_path)
    assert [part.frame["number"].to_list() for part in found] == [[7]] * 3
    assert len(parsed) == 1


def test_without_past_editions_each_file_is_parsed_for_itself(store: Store, tmp_path: Path) -> None:
    files = tuple(File(f"{number}.csv", f"https://{small.HOST}/{number}.csv") for number in range(2))
    many = replace(small.SOURCE, files=files)
    with small.serving(lambda handler: small.body(handler, b"7\n")) as mirror:
        refresh(many, small.parse, store, Transport(mirror=mirror))
    named = read_rows(many, lambda _payload, file: pl.DataFrame({"number": [int(file.name[0])]}), store, tmp_path)
    assert [part.frame["number"].to_list() for part in named] == [[0], [1]]


def kept(folder: Path, *days: date) -> Path:
    """A baseline with the newest file and editions, each holding the number 5."""
    names = {"numbers.csv": "2026-01-01"} | {edition(day).name: day.isoformat() for day in days}
    frame = pl.DataFrame({"number": [5]})
    entries = [(baseline.BaselineFile("small_feed", name, "https://x", day, "0" * 64, 2, 1), frame) for name, day in names.items()]
    baseline.write_baseline(folder, SOURCE, entries)
    return folder


def test_an_edition_of_the_baseline_is_read_and_not_stale(store: Store, tmp_path: Path) -> None:
    newest, old = parts(store, kept(tmp_path / "baseline", OLD))
    assert (newest.provenance.is_stale, old.provenance.is_stale) == (True, False)
    assert (old.provenance.origin_code, old.provenance.is_past, old.frame["number"].to_list()) == ("baseline", True, [5])


def test_a_baseline_behind_an_index_gives_each_edition_once(store: Store, tmp_path: Path) -> None:
    index = replace(SOURCE, files=(File("index.json", f"https://{small.HOST}/index.json", is_data=False),))
    found = read_rows(index, small.parse, store, kept(tmp_path / "baseline", OLD))
    assert [part.provenance.file_name for part in found] == ["numbers.csv", "numbers-2024-12-31.csv"]


def test_a_snapshot_goes_before_the_baseline(store: Store, tmp_path: Path) -> None:
    ask(store, OLD)
    _, old = parts(store, kept(tmp_path / "baseline", OLD))
    assert (old.provenance.origin_code, old.frame["number"].to_list()) == ("live", [1])


def damaged(store: Store, day: date) -> None:
    (store.folder / store.good(edition(day).name)[0].sha256).write_bytes(b"8\n")


def test_a_damaged_edition_stops_the_run_with_the_remedy(store: Store, tmp_path: Path) -> None:
    ask(store)
    ask(store, OLD)
    damaged(store, OLD)
    with pytest.raises(
        IndicatorsError, match=r"numbers-2024-12-31\.csv cannot be read .*damaged.*backfill small_feed --as-of 2024-12-31 --again"
    ):
        parts(store, tmp_path)


def test_a_damaged_edition_is_replaced_by_the_baseline_and_named(store: Store, tmp_path: Path) -> None:
    ask(store, OLD)
    damaged(store, OLD)
    _, old = parts(store, kept(tmp_path / "baseline", OLD))
    assert (old.provenance.origin_code, old.frame["number"].to_list()) == ("baseline", [5])
    assert "damaged" in old.provenance.trouble


def test_only_days_that_are_not_held_are_missing(store: Store, tmp_path: Path) -> None:
    ask(store, OLD, MIDDLE)
    damaged(store, MIDDLE)
    days = [OLD, MIDDLE, RECENT]
    assert missing_editions(SOURCE, store, tmp_path, days) == [MIDDLE, RECENT]
    assert missing_editions(SOURCE, store, kept(tmp_path / "baseline", RECENT), days) == [MIDDLE]


def test_a_source_of_today_only_has_no_past_editions(store: Store, tmp_path: Path) -> None:
    with pytest.raises(IndicatorsError, match="small_feed has no past editions"):
        missing_editions(small.SOURCE, store, tmp_path, [OLD])
    ask(store, OLD)
    ask(store)
    assert len(read_rows(small.SOURCE, small.parse, store, tmp_path)) == 1
