"""Fetching: what a server can do to us, and what is kept, logged and said each time."""

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import small

from indicators.model import BadPayload, File, Source
from indicators.snapshots import Check, Store, Transport, baseline, read_rows, refresh
from indicators.snapshots.transport import USER_AGENT

GOOD = b"1\n2\n3\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "snapshots" / "small_feed")


def ask(respond: small.Respond, store: Store, source: Source = small.SOURCE, **settings: float) -> list[Check]:
    """Refresh the small source once from a server that answers with `respond`."""
    with small.serving(respond) as mirror:
        limits = {"read_seconds": 0.5, "backoff_seconds": 0.01} | settings
        return refresh(source, small.parse, store, Transport(mirror=mirror, **limits))


def good(handler: BaseHTTPRequestHandler) -> None:
    small.body(handler, GOOD, ETag='"one"', Last_Modified="Tue, 20 Jan 2026 00:00:00 GMT")


def numbers(store: Store, folder: Path) -> list[int]:
    (part,) = read_rows(small.SOURCE, small.parse, store, folder)
    return part.frame["number"].to_list()


def test_bytes_are_kept_by_their_hash_with_three_dates_and_the_day_they_stand_for(store: Store) -> None:
    (check,) = ask(good, store)
    assert store.read(check.sha256) == GOOD
    assert (check.outcome, check.as_of_date, check.size) == ("new", "2026-01-20", len(GOOD))
    assert check.first_seen_at == check.changed_at == check.checked_at


def test_the_mirror_is_asked_for_host_path_and_query_by_a_truthful_agent(store: Store) -> None:
    seen: list[tuple[str, str | None]] = []

    def respond(handler: BaseHTTPRequestHandler) -> None:
        seen.append((handler.path, handler.headers["User-Agent"]))
        good(handler)

    ask(respond, store)
    assert seen == [("/data.example.org/numbers.csv?edition=1", USER_AGENT)]
    assert USER_AGENT.startswith("ai-competition-indicators/")


def test_a_folder_can_be_the_mirror(store: Store, tmp_path: Path) -> None:
    place = tmp_path / "mirror" / small.HOST
    place.mkdir(parents=True)
    (place / "numbers.csv?edition=1").write_bytes(GOOD)
    (check,) = refresh(small.SOURCE, small.parse, store, Transport(mirror=str(tmp_path / "mirror")))
    assert check.outcome == "new"


def test_an_unchanged_file_is_not_sent_again(store: Store) -> None:
    def not_modified(handler: BaseHTTPRequestHandler) -> None:
        assert handler.headers["If-None-Match"] == '"one"'
        assert handler.headers["If-Modified-Since"] == "Tue, 20 Jan 2026 00:00:00 GMT"
        handler.send_response(304)
        handler.end_headers()

    (first,), (second,) = ask(good, store), ask(not_modified, store)
    assert (second.outcome, second.sha256, second.changed_at) == ("unchanged", first.sha256, first.changed_at)


def test_a_damaged_snapshot_is_fetched_whole_again(store: Store) -> None:
    (first,) = ask(good, store)
    (store.folder / first.sha256).write_bytes(b"9\n")

    def unconditional(handler: BaseHTTPRequestHandler) -> None:
        assert handler.headers["If-None-Match"] is None
        good(handler)

    ask(unconditional, store)
    assert store.read(first.sha256) == GOOD


def test_a_damaged_snapshot_is_never_read_as_data(store: Store, tmp_path: Path) -> None:
    (first,) = ask(good, store)
    ask(lambda handler: small.body(handler, b"4\n"), store)
    (newest, _) = store.good("numbers.csv")
    (store.folder / newest.sha256).write_bytes(b"5\n")
    assert numbers(store, tmp_path) == [1, 2, 3]
    (part,) = read_rows(small.SOURCE, small.parse, store, tmp_path)
    assert part.provenance.origin_code == "snapshot"
    assert part.provenance.sha256 == first.sha256
    assert "is damaged" in part.provenance.trouble


def status(code: int, **headers: str) -> small.Respond:
    return lambda handler: small.body(handler, b"<html>no</html>", code, Content_Type="text/html", **headers)


def truncated(handler: BaseHTTPRequestHandler) -> None:
    small.body(handler, GOOD, Content_Length="600")


def silent(handler: BaseHTTPRequestHandler) -> None:
    handler.rfile.read(1)


def html(handler: BaseHTTPRequestHandler) -> None:
    small.body(handler, b"\n <!DOCTYPE html><html>Just a moment</html>")


TROUBLES: list[tuple[small.Respond, str, str]] = [
    (status(500), "failed", "answered 500"),
    (status(404), "failed", "answered 404"),
    (status(429, Retry_After="0"), "failed", "answered 429"),
    (truncated, "failed", "broke off 3 times"),
    (silent, "failed", "could not be reached"),
    (html, "rejected", "HTML page where data was promised"),
    (status(200), "rejected", "HTML page where data was promised"),
    (lambda handler: small.body(handler, b""), "rejected", "empty body"),
    (lambda handler: small.body(handler, b"1\n" * 600), "rejected", "larger than 1,000 bytes"),
    (lambda handler: small.body(handler, b"one\n"), "rejected", "invalid literal"),
]


@pytest.mark.parametrize(("respond", "outcome", "word"), TROUBLES)
def test_trouble_is_said_and_what_was_good_stays_good(
    respond: small.Respond, outcome: str, word: str, store: Store, tmp_path: Path
) -> None:
    ask(good, store)
    (check,) = ask(respond, store)
    assert check.outcome == outcome
    assert word in check.error
    assert numbers(store, tmp_path) == [1, 2, 3]
    (part,) = read_rows(small.SOURCE, small.parse, store, tmp_path)
    assert part.provenance.is_stale
    assert word in part.provenance.trouble


@pytest.mark.parametrize("first", [status(503), status(429, Retry_After="0"), truncated])
def test_a_passing_fault_is_retried(first: small.Respond, store: Store) -> None:
    answers: list[Callable[[BaseHTTPRequestHandler], None]] = [first, good]

    def respond(handler: BaseHTTPRequestHandler) -> None:
        answers.pop(0)(handler)

    (check,) = ask(respond, store)
    assert check.outcome == "new"
    assert not answers


def test_a_redirect_to_another_host_is_refused(store: Store) -> None:
    with small.serving(good) as other:
        (check,) = ask(lambda handler: small.body(handler, b"", 302, Location=f"{other}/elsewhere"), store)
    assert check.outcome == "rejected"
    assert "redirected to another host" in check.error


def elsewhere(also_from: tuple[str, ...], store: Store) -> Check:
    """Ask one host by name, which sends us to another one by number."""
    with small.serving(good) as other, small.serving(lambda handler: small.body(handler, b"", 302, Location=f"{other}/blob")) as first:
        file = File("numbers.csv", f"{first.replace('127.0.0.1', 'localhost')}/numbers.csv", also_from=also_from)
        source = Source(**{**small.SOURCE.__dict__, "files": (file,)})
        (check,) = refresh(source, small.parse, store, Transport(mirror="", read_seconds=0.5, backoff_seconds=0.01))
    return check


def test_a_redirect_into_a_domain_that_the_file_names_is_followed(store: Store) -> None:
    assert elsewhere(("127.0.0.1",), store).outcome == "new"
    assert store.read(store.good("numbers.csv")[0].sha256) == GOOD


@pytest.mark.parametrize("also_from", [(), ("hf.co",), ("27.0.0.1",)])
def test_a_redirect_into_any_other_domain_is_refused(also_from: tuple[str, ...], store: Store) -> None:
    check = elsewhere(also_from, store)
    assert check.outcome == "rejected"
    assert "redirected to another host" in check.error


@pytest.mark.parametrize(("url", "is_allowed"), [
    ("https://hf.co/blob", True),
    ("https://us.aws.cdn.hf.co/blob?X-Signature=1", True),
    ("https://HF.co:443/blob", True),
    ("https://evil-hf.co/blob", False),
    ("https://hf.co.example.org/blob", False),
    ("https://example.org/?from=.hf.co", False),
    ("https://hf.co@example.org/blob", False),
])  # fmt: skip
def test_a_domain_is_itself_and_what_lies_below_it(url: str, is_allowed: bool) -> None:
    assert File("numbers.csv", "https://huggingface.co/x", also_from=("hf.co",)).may_come_from(url) is is_allowed


def test_rubbish_is_kept_as_evidence(store: Store) -> None:
    ask(lambda handler: small.body(handler, b"one\n"), store)
    assert [path.read_bytes() for path in store.folder.iterdir() if path.suffix != ".jsonl"] == [b"one\n"]


def test_the_log_only_grows_and_a_torn_line_is_skipped(store: Store) -> None:
    ask(good, store)
    before = store.log.read_bytes()
    ask(status(500), store)
    assert store.log.read_bytes().startswith(before)
    with store.log.open("a") as log:
        log.write('{"file": "numbers.csv", "ou')
    assert [check.outcome for check in Store(store.folder).checks()] == ["new", "failed"]


def test_what_is_recorded_after_a_torn_line_is_not_lost(store: Store) -> None:
    ask(good, store)
    with store.log.open("a") as log:
        log.write('{"file": "numbers.csv", "ou')
    again = Store(store.folder)
    ask(good, again)
    assert [check.outcome for check in Store(store.folder).checks()] == ["new", "unchanged"]


@pytest.mark.parametrize(
    "line", [b"\xff\xfe", b"null", b"[1,2]", b'{"file":"a","url":"b","outcome":"new","checked_at":"c","as_of_date":"xx"}']
)
def test_a_strange_line_costs_only_itself(line: bytes, store: Store) -> None:
    ask(good, store)
    with store.log.open("ab") as log:
        log.write(line + b"\n")
    assert [check.outcome for check in Store(store.folder).checks()] == ["new"]


def test_trouble_names_neither_the_mirror_nor_a_folder_of_this_machine(store: Store, tmp_path: Path) -> None:
    nowhere = Transport(mirror="http://127.0.0.1:9/private-proxy", read_seconds=0.2, backoff_seconds=0.01)
    (unreachable,) = refresh(small.SOURCE, small.parse, store, nowhere)
    (missing,) = refresh(small.SOURCE, small.parse, store, Transport(mirror=str(tmp_path)))
    ask(good, store)
    (store.folder / store.good("numbers.csv")[0].sha256).write_bytes(b"9\n")
    with pytest.raises(BadPayload) as damaged:
        store.read(store.good("numbers.csv")[0].sha256)
    for told in (unreachable.error, missing.error, str(damaged.value)):
        assert "private-proxy" not in told
        assert "127.0.0.1" not in told
        assert str(tmp_path) not in told


def test_a_damaged_snapshot_is_named_where_the_baseline_steps_in(store: Store, tmp_path: Path) -> None:
    ask(good, store)
    (store.folder / store.good("numbers.csv")[0].sha256).write_bytes(b"9\n")
    entry = baseline.BaselineFile("small_feed", "numbers.csv", "https://x", "2026-01-01", "0" * 64, 2, 1)
    baseline.write_baseline(tmp_path / "baseline", small.SOURCE, [(entry, small.parse(b"7", small.SOURCE.files[0]))])
    (part,) = read_rows(small.SOURCE, small.parse, store, tmp_path / "baseline")
    assert (part.provenance.origin_code, part.frame["number"].to_list()) == ("baseline", [7])
    assert "is damaged" in part.provenance.trouble


def test_a_host_that_keeps_failing_is_not_asked_for_every_file(store: Store) -> None:
    files = tuple(File(f"{number}.csv", f"https://{small.HOST}/{number}.csv") for number in range(12))
    asked: list[str] = []

    def respond(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        status(500)(handler)

    many = Source(**{**small.SOURCE.__dict__, "files": files})
    checks = ask(respond, store, many)
    assert len(checks) == 12
    skipped = [check.error for check in checks if "was not asked" in check.error]
    assert len(skipped) >= 12 - 3 - 4
    assert all(error.count("was not asked") == 1 for error in skipped)
    assert len(set(asked)) <= 3 + 4


def test_a_missing_file_does_not_keep_others_from_being_asked(store: Store) -> None:
    files = tuple(File(f"{number}.csv", f"https://{small.HOST}/{number}.csv") for number in range(8))
    many = Source(**{**small.SOURCE.__dict__, "files": files})
    checks = ask(lambda handler: good(handler) if handler.path.endswith("7.csv") else status(404)(handler), store, many)
    assert [check.outcome for check in checks] == ["failed"] * 7 + ["new"]


def test_pages_are_followed_and_an_older_last_page_is_dropped(store: Store, tmp_path: Path) -> None:
    def follow(payload: bytes, file: File) -> tuple[File, ...]:
        page = int(file.name)
        return (File(str(page + 1), f"https://{small.HOST}/{page + 1}"),) if payload.startswith(b"0") else ()

    paged = Source(**{**small.SOURCE.__dict__, "files": (File("1", f"https://{small.HOST}/1"),), "follow": follow})
    long = {"/1": b"0\n1\n", "/2": b"0\n2\n", "/3": b"3\n"}
    short = {"/1": b"0\n1\n", "/2": b"2\n"}
    for pages in (long, short):

        def respond(handler: BaseHTTPRequestHandler, pages: dict[str, bytes] = pages) -> None:
            small.body(handler, pages[handler.path.removeprefix(f"/{small.HOST}")])

        ask(respond, store, paged)
    parts = read_rows(paged, small.parse, store, tmp_path)
    assert [part.provenance.file_name for part in parts] == ["1", "2"]
