"""Publishing to where readers read: whole, once, never over another release, and no release or withdrawal of others is lost."""

import importlib
import itertools
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fsspec
import pytest
import shelves

from indicators.model import IndicatorsError, ReleaseRefused
from indicators.release import Shelf, Target, Uploaded, index, upload

ONE, TWO, TEN = "2026.01.1", "2026.01.2", "2026.01.10"
WRITES = 1 + 7 + len(index.FILES)
"""To publish the second release: its announcement, its files, the index."""


@pytest.fixture(params=["memory", "folder"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Target]:
    """An object store in memory, then a folder."""
    if request.param == "folder":
        yield Target.at(str(tmp_path / "www" / "data"))
    else:
        yield Target.at("memory://data")
        fsspec.filesystem("memory").store.clear()


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """A shelf with two releases, whose ids begin alike."""
    shelves.release(tmp_path / "ours", ONE, pages=1)
    shelves.release(tmp_path / "ours", TEN, pages=2)
    return Shelf(tmp_path / "ours")


def publish(shelf: Shelf, target: Target, *versions: str) -> Uploaded:
    return upload(shelf, target, versions, lambda *_: None)


def read(target: Target) -> list[str]:
    """What a reader finds there, every checksum checked."""

    def get(name: str) -> bytes:
        held = target.read(name)
        assert held is not None, name
        return held

    return shelves.read(get)


def contents(target: Target) -> dict[str, bytes | None]:
    return {name: target.read(name) for name in target.sizes("") if not name.endswith("/")}


def test_every_release_and_the_index_arrive_whole_and_nothing_else(shelf: Shelf, target: Target) -> None:
    uploaded = publish(shelf, target)
    assert read(target) == [ONE, TEN]
    assert uploaded.files == {ONE: 6, TEN: 7}
    assert contents(target).keys() == held(shelf)


def test_a_second_run_copies_nothing(shelf: Shelf, target: Target) -> None:
    publish(shelf, target)
    assert publish(shelf, target) == Uploaded({ONE: 0, TEN: 0}, 0, [])


def test_one_release_can_be_chosen_and_only_that_one_is_named(shelf: Shelf, target: Target) -> None:
    assert publish(shelf, target, "latest", TEN).files == {TEN: 7}
    assert read(target) == [TEN]
    publish(shelf, target, ONE)
    assert read(target) == [ONE, TEN]
    with pytest.raises(IndicatorsError, match=r"no release '2026\.01\.7'"):
        publish(shelf, target, "2026.01.7")


@pytest.mark.parametrize("writes", range(WRITES))
def test_stopped_after_any_write_readers_have_the_old_or_the_new_and_the_next_run_sends_what_is_missing(
    writes: int, shelf: Shelf, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, done = Target.put, itertools.count()

    def limited(self: Target, source: Path, name: str) -> None:
        if next(done) >= writes:
            raise KeyboardInterrupt
        put(self, source, name)

    publish(shelf, target, ONE)
    with monkeypatch.context() as patched:
        patched.setattr(Target, "lanes", 1)
        patched.setattr(Target, "put", limited)
        with pytest.raises(KeyboardInterrupt):
            publish(shelf, target)
    assert read(target) == ([ONE, TEN] if "index.json" in index_written(writes) else [ONE])
    sent = len(target.sizes(TEN))
    assert sent == min(max(writes - 1, 0), 7)
    assert publish(shelf, target).files == {ONE: 0, TEN: 7 - sent}
    assert read(target) == [ONE, TEN]
    assert contents(target).keys() == held(shelf)


def index_written(writes: int) -> tuple[str, ...]:
    """The index files that so many writes come to."""
    return index.FILES[: max(writes - 8, 0)]


def held(shelf: Shelf) -> set[str]:
    """What lies on a shelf, its link aside."""
    paths = {path.relative_to(shelf.folder) for path in shelf.folder.rglob("*") if path.is_file()}
    return {str(path) for path in paths if path.parts[0] != index.LINK}


def test_another_release_of_the_same_id_is_never_written_over(shelf: Shelf, target: Target, tmp_path: Path) -> None:
    other = shelves.release(tmp_path / "theirs", ONE, pages=1)
    (other.folder / "site" / "0.html").write_bytes(b"other noise")
    shelves.seal(other.folder)
    publish(Shelf(tmp_path / "theirs"), target)
    before = contents(target)
    with pytest.raises(ReleaseRefused, match=r"2026\.01\.1: .* holds another release of that id \(site/0\.html differ\)"):
        publish(shelf, target)
    assert contents(target) == before


def test_a_file_too_many_or_of_another_size_in_a_published_release_is_named_and_left(shelf: Shelf, target: Target, tmp_path: Path) -> None:
    publish(shelf, target)
    (tmp_path / "note.txt").write_text("a note")
    for name in ("site/0.html", "note.txt"):
        target.put(tmp_path / "note.txt", f"{ONE}/{name}")
        with pytest.raises(ReleaseRefused, match=f"{name}.* differ from what was released"):
            publish(shelf, target)
        assert target.read(f"{ONE}/{name}") == b"a note"


def test_a_file_that_is_gone_from_a_published_release_is_put_back(shelf: Shelf, target: Target) -> None:
    publish(shelf, target)
    target.remove(f"{ONE}/site/0.html")
    assert publish(shelf, target).files == {ONE: 1, TEN: 0}
    assert read(target) == [ONE, TEN]


def test_an_unfinished_upload_of_another_release_is_left_to_its_owner(shelf: Shelf, target: Target, tmp_path: Path) -> None:
    (tmp_path / "SHA256SUMS").write_text("0  other.txt\n")
    target.put(tmp_path / "SHA256SUMS", f".pending/{ONE}/SHA256SUMS")
    with pytest.raises(ReleaseRefused, match=r"never finished.* remove 2026\.01\.1 and \.pending/2026\.01\.1 there"):
        publish(shelf, target)


def test_files_of_which_nothing_is_known_are_left(shelf: Shelf, target: Target, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("a note")
    target.put(tmp_path / "note.txt", f"{ONE}/note.txt")
    with pytest.raises(ReleaseRefused, match="nothing says which release that is"):
        publish(shelf, target)


def test_a_release_that_does_not_verify_is_refused_with_the_finding_and_nothing_is_copied(shelf: Shelf, target: Target) -> None:
    (shelf.folder / TEN / "site" / "1.html").write_bytes(b"changed")
    (shelf.folder / TEN / "site" / "0.html").unlink()
    with pytest.raises(ReleaseRefused, match=r"site/0\.html: differs from SHA256SUMS or is gone; site/1\.html: differs"):
        publish(shelf, target)
    assert not contents(target)


def test_our_own_damage_is_not_blamed_on_the_place(shelf: Shelf, target: Target) -> None:
    publish(shelf, target)
    (shelf.folder / ONE / "SHA256SUMS").write_text("0  nothing\n")
    with pytest.raises(ReleaseRefused, match=r"2026\.01\.1 is not as it was released"):
        publish(shelf, target)


def test_what_another_machine_published_stays_in_the_index(shelf: Shelf, target: Target, tmp_path: Path) -> None:
    shelves.release(tmp_path / "theirs", TWO)
    publish(Shelf(tmp_path / "theirs"), target)
    publish(shelf, target)
    assert read(target) == [ONE, TWO, TEN]
    assert publish(Shelf(tmp_path / "theirs"), target) == Uploaded({TWO: 0}, 0, [])


def test_a_release_that_is_whole_but_unnamed_enters_the_index(shelf: Shelf, target: Target, tmp_path: Path) -> None:
    shelves.release(tmp_path / "theirs", TWO)
    publish(Shelf(tmp_path / "theirs"), target)
    target.remove("index.json")
    publish(shelf, target)
    assert read(target) == [ONE, TWO, TEN]


def test_an_index_that_another_machine_writes_at_the_same_moment_is_joined(
    shelf: Shelf, target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelves.release(tmp_path / "theirs", TWO)
    put = Target.put
    raced: list[str] = []

    def race(self: Target, source: Path, name: str) -> None:
        put(self, source, name)
        if name == "index.json" and not raced:
            raced.append(name)
            put(self, tmp_path / "theirs" / "index.json", name)

    publish(Shelf(tmp_path / "theirs"), target)
    monkeypatch.setattr(Target, "put", race)
    publish(shelf, target)
    assert read(target) == [ONE, TWO, TEN]


def test_an_index_that_names_what_is_gone_is_not_written_anew(shelf: Shelf, target: Target, tmp_path: Path) -> None:
    shelves.release(tmp_path / "theirs", TWO)
    publish(Shelf(tmp_path / "theirs"), target)
    target.remove(f"{TWO}/SHA256SUMS")
    with pytest.raises(IndicatorsError, match=r"its index names 2026\.01\.2, not whole there any more; publish them again"):
        publish(shelf, target)


def test_a_withdrawal_travels_and_is_never_undone_by_a_machine_that_does_not_know(shelf: Shelf, target: Target, tmp_path: Path) -> None:
    shelves.release(tmp_path / "theirs", TEN, pages=2)
    publish(shelf, target)
    shelf.withdraw(TEN, "A unit was wrong.")
    assert publish(shelf, target).index == ["withdrawn.json", "index.json", "latest.json", "latest.txt", "feed.xml"]
    assert (target.read("latest.txt") or b"").decode() == f"{ONE}\n"
    publish(Shelf(tmp_path / "theirs"), target)
    assert b"A unit was wrong." in (target.read("index.json") or b"")
    assert read(target) == [ONE, TEN]


def test_where_every_release_is_withdrawn_there_is_no_latest(shelf: Shelf, target: Target) -> None:
    publish(shelf, target, TEN)
    shelf.withdraw(TEN, "A unit was wrong.")
    publish(shelf, target, TEN)
    assert (target.read("latest.txt"), target.read("latest.json")) == (None, None)


@pytest.mark.parametrize(("text", "told"), [('{"name": "something else"}', "is no index of"), ("{", "is no JSON")])
def test_a_place_with_an_index_of_its_own_is_refused(text: str, told: str, shelf: Shelf, target: Target, tmp_path: Path) -> None:
    (tmp_path / "index.json").write_text(text)
    target.put(tmp_path / "index.json", "index.json")
    with pytest.raises(IndicatorsError, match=told):
        publish(shelf, target)
    assert list(contents(target)) == ["index.json"]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("s3://key:secret@bucket/data", "carries a password"),
        ("https://data.example.org", "is where readers read"),
        ("nowhere://data", "is no place that can be written to"),
    ],
)
def test_an_address_that_cannot_be_is_refused_without_repeating_a_password(address: str, told: str) -> None:
    with pytest.raises(IndicatorsError, match=told) as refused:
        Target.at(address)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(("scheme", "module", "remedy"), [("s3", "s3fs", r"pip install '\.\[s3\]'"), ("gs", "gcsfs", "pip install gcsfs")])
def test_a_missing_driver_is_named_with_what_to_install(scheme: str, module: str, remedy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(importlib.import_module("fsspec.registry")._registry, scheme, raising=False)
    with pytest.raises(IndicatorsError, match=f"no driver for {scheme}:// is installed; {remedy}"):
        Target.at(f"{scheme}://bucket/data")


@contextmanager
def unprivileged() -> Iterator[None]:
    """As a user whom the rights of files bind, also where root runs the tests."""
    user = os.geteuid()
    if not user:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_a_folder_that_may_not_be_written_is_named() -> None:
    with tempfile.TemporaryDirectory() as place:
        for folder, mode in ((Path(place), 0o755), (Path(place) / "www", 0o555)):
            folder.mkdir(exist_ok=True)
            folder.chmod(mode)
        with (
            unprivileged(),
            pytest.raises(IndicatorsError, match=r"cannot write .*Permission.*; the credentials are wrong, or do not allow this"),
        ):
            Target.at(f"{place}/www").put(Path(__file__), "index.json")


def test_a_file_in_place_of_the_folder_is_one_clear_line(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(IndicatorsError, match=r"file/data: cannot "):
        publish(shelf, Target.at(str(tmp_path / "file" / "data")))
