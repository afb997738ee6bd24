"""The query box of a release's page in headless Chromium: DuckDB in the browser answers as our own does, over every type we release."""

import csv
import io
import re
from pathlib import Path

import browser
import pytest
from browser import Visit, sound
from playwright.sync_api import Browser, Page, expect

from indicators import measures

BOX = "site/data.html"
PATIENCE_MS = 60_000
FIGURES = "SELECT indicator_id, count(*) AS n, max(value) AS top FROM indicator_values GROUP BY ALL ORDER BY ALL LIMIT 20"
JOIN = """SELECT accelerator_name, release_date, foundry_names, is_datacenter_marketed, memory_gb, requirement_code
FROM accelerators JOIN accelerator_control_status USING (accelerator_id) ORDER BY ALL LIMIT 400;"""
DIGEST = """SELECT '{0}' AS name, count(*), md5(string_agg(row, chr(10) ORDER BY row)),
    (SELECT string_agg(column_name || ' ' || column_type) FROM (DESCRIBE {0}))
FROM (SELECT concat_ws(chr(31), *COLUMNS(*)) AS row FROM (SELECT ifnull(COLUMNS(*)::VARCHAR, chr(8709)) FROM {0}))"""
WRONG = [
    ("FROM indicator_valuez", 'Did you mean "indicator_values"?'),
    ("FROM countries JOIN indicator_valuez USING (country_code)", "The tables are"),
    ("SELECT country_nam FROM countries", 'Candidate bindings: "country_name"'),
    ("SELEC 1", 'syntax error at or near "SELEC"'),
    ("", "one question at a time"),
    ("SELECT 1; SELECT 2", "one question at a time"),
    ("CREATE TABLE mine AS SELECT 1", "one question at a time"),
    ("SET enable_external_access = true", "one question at a time"),
    ("SELECT current_date", "no extension of DuckDB"),
    ("SELECT 1 / 'x'::INT", "LINE 1: SELECT 1 / 'x'::INT"),
    ("FROM 'https://example.org/other.csv'", "disabled by configuration"),
]


def ask(page: Page, sql: str) -> str:
    """Type a question, run it by keyboard, and return what the box says once it has an answer."""
    page.fill("#query textarea", sql)
    page.press("#query textarea", "Control+Enter")
    expect(page.locator("#query button").first).to_be_enabled(timeout=PATIENCE_MS)
    return page.inner_text("#query output")


def answer(page: Page) -> list[list[str | None]]:
    """The rows that the page downloads as CSV, header first."""
    with page.expect_download() as download:
        page.click("text=Download as CSV")
    return [[value or None for value in row] for row in csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8")))]


def local(release: Path, sql: str) -> list[list[str | None]]:
    """The same from our own DuckDB, header first, every value as it writes it."""
    with measures.connect(release / "tables") as connection:
        found = connection.sql(f"SELECT COLUMNS(*)::VARCHAR FROM ({sql.rstrip(';')})")
        return [list(found.columns), *map(list, found.fetchall())]


def loaded(visit: Visit, site: str) -> set[str]:
    """What of the engine and of the tables was asked for."""
    names = (url.removeprefix(site) for url in visit.requests)
    return {name for name in names if name.endswith((".gz", ".parquet"))}


@pytest.mark.parametrize("sql", [FIGURES, JOIN], ids=["one table", "a join"])
def test_a_question_is_answered_as_our_own_duckdb_answers(chromium: Browser, site: str, paged: Path, sql: str) -> None:
    with sound(chromium, site + BOX) as page:
        said, (columns, *rows) = ask(page, sql), local(paged, sql)
        assert said.startswith(f"{len(rows)} rows in ")
        assert page.locator("#query thead th").all_inner_texts() == columns
        assert page.locator("#query tbody tr").count() == len(rows)
        assert answer(page) == [columns, *rows]


def test_every_value_of_every_table_comes_through_with_its_type(chromium: Browser, site: str, paged: Path) -> None:
    sql = " UNION ALL ".join(DIGEST.format(path.stem) for path in sorted((paged / "tables").glob("*.parquet")))
    with sound(chromium, site + BOX) as page:
        ask(page, sql)
        assert answer(page) == local(paged, sql)


def test_a_long_answer_is_shown_in_part_and_says_so(chromium: Browser, site: str) -> None:
    with sound(chromium, site + BOX) as page:
        assert re.fullmatch(r"[\d,]{6,} rows in [\d.]+ s; the first 500 are shown\.", ask(page, "FROM indicator_values"))
        assert page.locator("#query tbody tr").count() == 500
        assert len(answer(page)) > 10_000


def test_a_wrong_question_is_answered_in_words_and_the_next_one_as_ever(chromium: Browser, site: str) -> None:
    with sound(chromium, site + BOX) as page:
        for sql, words in WRONG:
            assert words in ask(page, sql)
            expect(page.locator("#query table")).to_be_hidden()
        assert ask(page, "FROM countries LIMIT 3").startswith("3 rows")


def test_the_engine_is_loaded_with_the_first_question_and_a_table_when_it_is_named(chromium: Browser, site: str) -> None:
    with browser.visit(chromium, site + BOX) as visit:
        assert loaded(visit, site) == set()
        ask(visit.page, "FROM countries")
        assert loaded(visit, site) == {"site/app/duckdb.wasm.gz", "site/app/parquet.wasm.gz", "tables/countries.parquet"}


def test_an_answer_is_accessible_and_fits_a_phone(chromium: Browser, site: str) -> None:
    with sound(chromium, site + BOX, 360, "dark") as page:
        ask(page, JOIN)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert browser.violations(page) == []


def test_the_keyboard_alone_asks_reads_and_downloads(chromium: Browser, site: str) -> None:
    with sound(chromium, site + BOX) as page:
        tab_to(page, "#query textarea")
        page.keyboard.press("Control+A")
        page.keyboard.type("SELECT country_code FROM countries ORDER BY ALL LIMIT 2")
        tab_to(page, "#query button")
        page.keyboard.press("Enter")
        expect(page.locator("#query tbody tr")).to_have_count(2, timeout=PATIENCE_MS)
        tab_to(page, "#query .answer")
        tab_to(page, "#query .answer button")
        with page.expect_download():
            page.keyboard.press("Enter")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(60):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"no way by keyboard to {selector}")
