"""`indicators site`: a release's page on loopback, until Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import gates
import house
import pytest
import requests
from servers import PATIENCE, free_port


@pytest.fixture
def data(tmp_path: Path) -> Path:
    release = gates.published(tmp_path / "data").release
    program = release.folder / "site" / "app" / "query.js"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text("// a program")
    return tmp_path / "data"


@contextmanager
def serving(data: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The command as a person runs it, once it answers."""
    command = [sys.executable, "-m", "indicators.cli", "site", "--port", str(port)]
    process = subprocess.Popen(command, env=os.environ | {"INDICATORS_DATA": str(data)}, preexec_fn=interruptible)  # noqa: PLW1509
    until = time.monotonic() + PATIENCE
    try:
        while not answers(port) and process.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.wait()


def interruptible() -> None:
    """Heed Ctrl-C also where the tests themselves run in the background, and so ignore it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def answers(port: int) -> bool:
    """True once a port of loopback is listened on."""
    try:
        return requests.get(f"http://127.0.0.1:{port}/", timeout=PATIENCE).ok
    except requests.ConnectionError:
        return False


def test_a_release_is_served_with_programs_as_browsers_want_them_until_ctrl_c(data: Path) -> None:
    port = free_port()
    with serving(data, port) as process:
        answer = requests.get(f"http://127.0.0.1:{port}/site/app/query.js", timeout=PATIENCE)
        assert (answer.text, answer.headers["Content-Type"]) == ("// a program", "text/javascript")
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0


def test_a_port_that_is_taken_is_named(data: Path) -> None:
    port = free_port()
    with serving(data, port):
        told = house.indicators("site", "--port", str(port), data=data, expect=1)
        assert f"port {port} of 127.0.0.1 cannot be had" in told.stderr
