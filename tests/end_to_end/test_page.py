"""The page of a release in headless Chromium: charts in both themes and widths, accessibility, no network."""

import re
from pathlib import Path

import browser
import pytest
from browser import Scheme, sound
from playwright.sync_api import Browser, Page, expect

from indicators.release.site import FILES

PAGES = [name for name in FILES if name.endswith(".html")]
OVERVIEW, QUERIES = "site/index.html", "site/data.html"
MARKS = ".plot svg .role-mark :is(path, line, rect)"
WIDE = "document.documentElement.scrollWidth"
MUTED = "getComputedStyle(document.documentElement).getPropertyValue('--muted').trim()"
LOOKS: tuple[tuple[Scheme, int], ...] = (("light", 360), ("light", 1280), ("dark", 360), ("dark", 1280))


def look(page: Page, scheme: Scheme, width: int) -> None:
    """See the page in another theme and width."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})


@pytest.mark.parametrize(("scheme", "width"), LOOKS[1:3])
def test_every_chart_is_drawn(chromium: Browser, site: str, scheme: Scheme, width: int) -> None:
    with sound(chromium, site + OVERVIEW, width, scheme) as page:
        charts = page.locator("figure.chart").all()
        assert len(charts) > 5
        for chart in charts:
            expect(chart.locator(MARKS).first).to_be_attached()


def test_a_chart_follows_the_theme_and_the_width(chromium: Browser, site: str) -> None:
    with sound(chromium, site + OVERVIEW) as page:
        for scheme, width in LOOKS:
            look(page, scheme, width)
            expect(page.locator(".plot svg text").first).to_have_attribute("fill", page.evaluate(MUTED))
            room = page.evaluate("document.querySelector('.plot').clientWidth")
            expect(page.locator(".plot svg").first).to_have_attribute("width", re.compile(rf"^{room}(\.\d+)?$"))


@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways_nor_breaks_the_accessibility_guidelines(chromium: Browser, site: str, name: str) -> None:
    with sound(chromium, site + name) as page:
        for scheme, width in LOOKS:
            look(page, scheme, width)
            page.wait_for_function(f"{WIDE} <= {width}", timeout=10_000)
        for scheme, width in LOOKS[1:3]:
            look(page, scheme, width)
            assert browser.violations(page) == []


def test_what_breaks_the_guidelines_is_found(chromium: Browser, site: str) -> None:
    with sound(chromium, site + QUERIES) as page:
        page.evaluate("document.querySelector('#query label').remove()")
        assert "label" in dict(browser.violations(page))


def test_opened_as_a_file_charts_are_drawn_and_the_box_says_how_to_serve_it(chromium: Browser, paged: Path) -> None:
    with sound(chromium, (paged / OVERVIEW).as_uri()) as page:
        expect(page.locator(MARKS).first).to_be_attached()
    with sound(chromium, (paged / QUERIES).as_uri()) as page:
        expect(page.locator("#query output")).to_contain_text("python -m http.server")
        expect(page.locator("#query button").first).to_be_disabled()


def test_a_request_to_elsewhere_would_be_seen_also_from_a_worker(chromium: Browser, site: str) -> None:
    worker = "URL.createObjectURL(new Blob([`fetch('https://example.org/b').catch(() => postMessage(1))`]))"
    with browser.visit(chromium, site + "sources.json") as visit:
        visit.page.evaluate("fetch('https://example.org/a').catch(() => null)")
        visit.page.evaluate(f"new Promise(resolve => new Worker({worker}).onmessage = resolve)")
        assert visit.strangers() == ["https://example.org/a", "https://example.org/b"]
        assert len(visit.complaints) == 2
