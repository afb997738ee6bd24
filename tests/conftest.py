"""What every test may ask for: no network beyond this machine, the captures where they are, a small project of our own."""

import socket
from pathlib import Path
from typing import Any

import house
import pytest

pytest_plugins = ["paged"]
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every socket beyond this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test asked for {address}; tests have no network")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the shell says, tests begin without settings of ours."""
    for name in ("INDICATORS_DATA", "INDICATORS_MIRROR", "INDICATORS_TIMEOUT", "INDICATORS_SCHEDULE", "DAGSTER_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def captures() -> Path:
    """The folder of dated captures; the test is skipped where a clone has none."""
    return house.captures()
