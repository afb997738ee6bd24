"""What the tests of a release's page share: the release with the page's program, a browser, and a server on loopback."""

import os
from collections.abc import Iterator
from pathlib import Path

import baseline
import browser
import pytest
from playwright.sync_api import Browser
from servers import nginx

from indicators.release.site import app


@pytest.fixture(scope="module")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release from the baseline, with the page's program; skips, or fails in CI, where that was not built."""
    found = (baseline.data(tmp_path_factory) / "releases" / "latest").resolve()
    if not app.is_in(found):
        (pytest.fail if os.environ.get("CI") else pytest.skip)("needs the page's program, which is not built: make web/dist/.built")
    return found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A headless browser."""
    with browser.chromium() as found:
        yield found


@pytest.fixture(scope="module")
def site(paged: Path) -> Iterator[str]:
    """The base address under which nginx serves the release."""
    with nginx(paged) as server:
        yield f"{server.address}/"
