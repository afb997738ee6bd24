"""Headless Chromium over pages of ours: it knows no host beyond this machine, and keeps what a page asks for and complains of.

Know before editing: the requests of a page's workers are kept too (a test proves it). What the browser asks on its own account
(updates, say) is no request of a page; it fails, as every name but loopback's is unknown to it.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

import house
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

ALONE = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
HERE = {"127.0.0.1", None}
AXE = house.PROJECT / "web" / "node_modules" / "axe-core" / "axe.min.js"
GUIDELINES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
Scheme = Literal["light", "dark"]


@dataclass
class Visit:
    """A page that is looked at, and what came of it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def strangers(self) -> list[str]:
        """Requests for anything that is not on this machine."""
        return [url for url in self.requests if urlsplit(url.removeprefix("blob:")).hostname not in HERE]

    def told(self, message: ConsoleMessage) -> None:
        """Keep what the console marks as wrong."""
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium; skips the test where there is none, or fails it where CI promised one."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("needs chromium, which is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ALONE)
        yield browser
        browser.close()


@contextmanager
def visit(browser: Browser, address: str, width: int = 1280, scheme: Scheme = "light") -> Iterator[Visit]:
    """Open an address in a window of its own and wait until its scripts have run."""
    with browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme) as context:
        found = Visit(context.new_page())
        context.on("request", lambda request: found.requests.append(request.url))
        context.on("console", found.told)
        context.on("weberror", lambda error: found.complaints.append(str(error.error)))
        found.page.goto(address)
        yield found


@contextmanager
def sound(browser: Browser, address: str, width: int = 1280, scheme: Scheme = "light") -> Iterator[Page]:
    """A page that, when all is done, complained of nothing and asked nobody else."""
    with visit(browser, address, width, scheme) as found:
        yield found.page
        assert (found.complaints, found.strangers()) == ([], [])


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds against the guidelines (WCAG 2.1 AA), in long tables by their first rows: each rule, and elements that break it."""
    assert AXE.is_file(), "needs axe-core, which comes with the page's packages: make web/dist/.built"
    page.evaluate("document.querySelectorAll('tbody tr:nth-child(n+20)').forEach(row => row.remove())")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate("rules => axe.run(document, rules)", GUIDELINES)["violations"]
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"][:3]]) for rule in found]
