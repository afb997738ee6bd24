"""`indicators publish`, killed at ten moments, over an S3-compatible server and to a folder behind nginx: readers have the old or the new."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import house
import pytest
import requests
import servers
import shelves

from indicators.release import Shelf, Target, upload

OLD, NEW = "2026.01.1", "2026.01.2"
PAGES = 40
KILLS = 10
STEP = 0.001
"""Seconds in which a folder gets a few files."""


@dataclass(frozen=True)
class Place:
    """Where a test publishes to, and how readers and the test itself get at it."""

    address: str
    folder: Path
    """Where its bytes rest on this machine."""
    environment: dict[str, str]
    url: Callable[[str], str]
    """The address of a file for any HTTP client."""

    def get(self, at: str, name: str) -> bytes:
        """A file, as a reader gets it over HTTP."""
        answer = CLIENT.get(self.url(f"{at}/{name}"), timeout=30)
        assert answer.status_code == requests.codes.ok, (name, answer.status_code)
        return answer.content

    def read(self, at: str) -> list[str]:
        """The releases that a reader finds whole."""
        return shelves.read(partial(self.get, at))


CLIENT = requests.Session()
CLIENT.trust_env = False


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an old release and a new one."""
    folder = tmp_path_factory.mktemp("publish") / "data"
    shelves.release(folder / "releases", OLD, pages=5)
    shelves.release(folder / "releases", NEW, PAGES)
    return folder


@pytest.fixture(scope="module", params=["s3", "nginx"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A bucket of an S3-compatible server, then a folder behind nginx."""
    if request.param == "s3":
        with servers.object_store() as store:
            client = store.files
            yield Place(
                f"s3://{store.bucket}",
                store.folder / store.bucket,
                store.environment,
                lambda name: str(client.sign(f"{store.bucket}/{name}")),
            )
    else:
        folder = tmp_path_factory.mktemp("www")
        with servers.nginx(folder) as served:
            yield Place(str(folder), folder, {}, lambda name: f"{served.address}/{name}")


def complete(data: Path, place: Place, at: str, *versions: str) -> None:
    """Publish from this very process, which takes no time to start."""
    with pytest.MonkeyPatch.context() as patched:
        for name, value in place.environment.items():
            patched.setenv(name, value)
        upload(Shelf(data / "releases"), Target.at(f"{place.address}/{at}"), versions, lambda *_: None)


def begin(data: Path, place: Place, at: str) -> subprocess.Popen[bytes]:
    """Start `indicators publish` over what is in `start`."""
    shutil.copytree(place.folder / "start", place.folder / at)
    environment = os.environ | place.environment | {"INDICATORS_DATA": str(data)}
    return subprocess.Popen([sys.executable, "-m", "indicators.cli", "publish", "--to", f"{place.address}/{at}"], env=environment)


def files(folder: Path) -> set[str]:
    """What lies in a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def written(place: Place, at: str) -> int:
    """How many files are there that were not in `start`, or were another one there."""
    return sum(modified(place.folder / at / name) != modified(place.folder / "start" / name) for name in files(place.folder / at))


def modified(path: Path) -> int | None:
    """When a file was written; None where there is none (any more: a server's drafts come and go)."""
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return None


def kill(process: subprocess.Popen[bytes], place: Place, at: str, writes: float) -> None:
    """Kill a process after so many writes; it goes on by small steps meanwhile, so that it gets no further while we count."""
    while not written(place, at):
        assert process.poll() is None
        time.sleep(STEP)
    while written(place, at) < writes and process.poll() is None:
        process.send_signal(signal.SIGCONT)
        time.sleep(STEP)
        process.send_signal(signal.SIGSTOP)
    process.kill()
    process.wait()


def test_killed_at_ten_moments_readers_have_the_old_or_the_new_and_the_second_run_completes_it(data: Path, place: Place) -> None:
    complete(data, place, "start", OLD)
    assert begin(data, place, "whole").wait() == 0
    writes, chance, unfinished = written(place, "whole"), random.Random(7), 0  # noqa: S311 - moments, no secrets
    assert writes == PAGES + 5 + 4
    for nth in range(KILLS):
        moment, at = writes * (nth + chance.random()) / KILLS, f"killed-{nth}"
        process = begin(data, place, at)
        kill(process, place, at, moment)
        unfinished += files(place.folder / at) != files(place.folder / "whole")
        assert place.read(at) in ([OLD], [OLD, NEW]), f"killed after {moment:.0f} of {writes} writes"
        complete(data, place, at)
        assert place.read(at) == [OLD, NEW], f"killed after {moment:.0f} of {writes} writes"
        assert files(place.folder / at) == files(place.folder / "whole"), f"killed after {moment:.0f} of {writes} writes"
    assert unfinished >= KILLS / 2, "the kills came too late to cut anything"


@pytest.fixture(scope="module")
def store() -> Iterator[servers.ObjectStore]:
    """An S3-compatible server with an empty bucket."""
    with servers.object_store() as started:
        yield started


@pytest.mark.parametrize(
    ("bucket", "settings", "told"),
    [
        (
            "data",
            {"AWS_SECRET_ACCESS_KEY": "not-the-secret"},
            "cannot read index.json (PermissionError: Forbidden); the credentials are wrong",
        ),
        ("data", {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "HOME": "/nowhere"}, "give credentials where its users have them"),
        ("data", {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}, "is the address right (for S3, AWS_ENDPOINT_URL)"),
        ("nowhere", {}, "The specified bucket does not exist); make the bucket, or the folder above it, first"),
    ],
    ids=["wrong credentials", "no credentials", "no server", "no bucket"],
)
def test_what_cannot_be_published_to_is_one_clear_line(
    bucket: str, settings: dict[str, str], told: str, data: Path, store: servers.ObjectStore
) -> None:
    environment = store.environment | {"AWS_EC2_METADATA_DISABLED": "true"} | settings
    said = house.indicators("publish", "--to", f"s3://{bucket}/x", data=data, expect=1, **environment).stderr
    assert said.startswith(f"indicators: s3://{bucket}/x: cannot ")
    assert told in said
    assert "Traceback" not in said
    assert not [value for name, value in environment.items() if value and "SECRET" in name and value in said]


def test_over_s3_a_second_run_sends_nothing_and_another_release_of_the_same_id_is_left_as_it_is(
    data: Path, store: servers.ObjectStore, tmp_path: Path
) -> None:
    def publish(data: Path, expect: int = 0) -> subprocess.CompletedProcess[str]:
        return house.indicators("publish", "--to", f"s3://{store.bucket}/twice", data=data, expect=expect, **store.environment)

    assert f"{NEW}: {PAGES + 5} files copied" in publish(data).stdout
    puts = store.log.read_text().count('"PUT ')
    assert "nothing to do at s3://data/twice: the index is as it was" in publish(data).stdout
    shelves.release(tmp_path / "data" / "releases", NEW, pages=1)
    assert "holds another release of that id" in publish(tmp_path / "data", expect=1).stderr
    assert store.log.read_text().count('"PUT ') == puts
    types = {name: store.files.info(f"{store.bucket}/twice/{name}")["ContentType"] for name in ("index.json", f"{NEW}/site/0.html")}
    assert list(types.values()) == ["application/json", "text/html"]
