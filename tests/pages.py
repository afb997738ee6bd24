"""Small editions with pages, and pages as a browser would read them: what the tests of the release page share."""

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import gates
import house
import ledger
import polars as pl
from lxml import html

from indicators.release import Release, compare
from indicators.release.edition import Edition
from indicators.release.site import FILES
from indicators.tables import tables

Element = Any
"""An element of lxml.html, which its stubs do not know."""
Frames = Mapping[str, pl.DataFrame]


def edition(folder: Path, frames: Frames, last: Release | None = None) -> Edition:
    """A staged edition of real tables, with the project's indicators and nothing to say of its audit."""
    gates.write(folder, frames)
    shutil.copytree(house.PROJECT / "sql" / "indicators", folder / "sql" / "indicators")
    (folder / "audit.json").write_text(json.dumps({"tables": []}))
    (folder / "sources.json").write_text(json.dumps(gates.SOURCES))
    contracts = [tables()[name].TABLE for name in sorted(frames)]
    keys = {table.name: table.key for table in contracts}
    changes = compare(last.tables if last else None, folder / "tables", keys)
    return Edition(folder, "2026.02.1", datetime(2026, 2, 1, tzinfo=UTC), contracts, dict.fromkeys(frames, "0" * 64), last, changes)


def with_program(staged: Edition) -> Edition:
    """The same edition after the program of the page was copied into it."""
    program = staged.folder / "site" / "app" / "app.js"
    program.parent.mkdir(parents=True)
    program.write_text("")
    return replace(staged)


def page(staged: Edition, name: str) -> Element:
    """A page of an edition, parsed."""
    return html.fromstring(FILES[f"site/{name}.html"](staged))


def read(release: Path, name: str) -> Element:
    """A page of a release, parsed."""
    return html.fromstring((release / "site" / f"{name}.html").read_text(encoding="utf-8"))


def astray(release: Path) -> list[str]:
    """Links into the release that lead to no file or place."""
    names = [Path(name).stem for name in FILES if name.endswith(".html")]
    places = {name: set(read(release, name).xpath("//@id")) for name in names}
    links = [
        (name, *address.partition("#")[::2])
        for name in names
        for address in read(release, name).xpath("//a/@href[not(starts-with(., 'http'))]")
    ]
    return [
        f"{name}: {path}#{anchor}"
        for name, path, anchor in links
        if not (release / "site" / (path or f"{name}.html")).exists() or (anchor and anchor not in places[Path(path).stem or name])
    ]


def words(found: Element) -> str:
    """The text of an element, in one line."""
    return " ".join(found.text_content().split())


def lines(found: Element) -> list[list[str]]:
    """The rows of a table's bodies, as texts."""
    return [[words(cell) for cell in row] for row in found.xpath(".//tbody/tr")]


def months(indicator_id: str, subject: str, dimension: str | None, figures: Iterable[float | None]) -> list[dict[str, Any]]:
    """Figures of the months from January 2024 on, each with an interval of one to either side."""
    starts = pl.date_range(date(2024, 1, 1), date(2025, 12, 1), "1mo", eager=True)
    ends = starts.dt.month_end()
    return [
        ledger.value(
            indicator_id, subject, dimension, end, figure, period_start=start,
            lower=None if figure is None else figure - 1, upper=None if figure is None else figure + 1, coverage_share=0.5,
        )
        for start, end, figure in zip(starts, ends, figures, strict=False)
    ]  # fmt: skip


def values(*rows: list[dict[str, Any]]) -> Frames:
    """The table of figures."""
    return {"indicator_values": ledger.frame("indicator_values", [row for found in rows for row in found])}
