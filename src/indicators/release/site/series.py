"""The released figures of one chart, line by line.

Know before editing: a line is drawn through neighbours only. Where a figure is unknown, a period is missing or a conference's file
tells places by other means than the year before, a new run begins, and nothing is drawn between two runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import Any

import polars as pl

from indicators.release.site import words
from indicators.release.site.headlines import SECTIONS, Headline, Line

KEY = ("indicator_id", "subject_code", "dimension")
LEAST_BRIDGE_DAYS = 45
Rows = dict[tuple[str, str, str | None], list[dict[str, Any]]]
"""Released rows by indicator, subject and dimension."""
Layouts = Mapping[tuple[str, int], str]
"""By conference and year: by what means its file tells places."""


@dataclass(frozen=True)
class Point:
    """One released row as the chart and its table show it."""

    slot: int
    label: str
    start: date
    end: date
    value: float | None
    lower: float | None
    upper: float | None
    n: int | None
    coverage_share: float | None
    run: int = 0

    @cached_property
    def period(self) -> str:
        """Its span of days in words."""
        return words.period(self.start, self.end)

    @property
    def day(self) -> date:
        """Where it stands on the axis: a year at its beginning, so that it stands at its own tick, else at its end."""
        return self.start if words.is_year(self.start, self.end) else self.end


def rows_by_line(values: pl.DataFrame) -> Rows:
    """The released rows that the page's charts show, by what sets a line apart, oldest first."""
    keys = [
        (headline.indicator_id, line.subject_code, line.dimension)
        for _, headlines in SECTIONS.items()
        for headline in headlines
        for line in headline.lines
    ]
    wanted = pl.DataFrame(sorted(set(keys), key=str), schema=dict.fromkeys(KEY, pl.String), orient="row")
    rows: Rows = {}
    for row in values.join(wanted, on=KEY, how="semi", nulls_equal=True).sort(*KEY, "period_end").iter_rows(named=True):
        rows.setdefault((row["indicator_id"], row["subject_code"], row["dimension"]), []).append(row)
    return rows


def points(headline: Headline, rows: Rows, names: Mapping[str, str], layouts: Layouts) -> dict[Line, list[Point]]:
    """The figures of each line, oldest first; lines of which nothing is known are left out."""
    found = {line: rows.get((headline.indicator_id, line.subject_code, line.dimension), []) for line in headline.lines}
    since = {line: [row for row in told if row["period_end"] >= headline.since] for line, told in found.items()}
    lines = {line: _points(line, told, names, layouts) for line, told in since.items()}
    return {line: told for line, told in lines.items() if any(point.value is not None for point in told)}


def last(rows: list[Point]) -> Point:
    """The newest row with a figure."""
    return next(point for point in reversed(rows) if point.value is not None)


def label(line: Line, names: Mapping[str, str]) -> str:
    """What a line is called."""
    return line.label or words.place(line.subject_code, names)


def _points(line: Line, rows: list[dict[str, Any]], names: Mapping[str, str], layouts: Layouts) -> list[Point]:
    runs = _runs(rows, (line.dimension or "").split(" ")[0], layouts)
    return [_point(line.slot, label(line, names), row, run) for row, run in zip(rows, runs, strict=True)]


def _point(slot: int, name: str, row: dict[str, Any], run: int) -> Point:
    figures = (row["value"], row["lower"], row["upper"], row["n"], row["coverage_share"])
    return Point(slot, name, row["period_start"], row["period_end"], *figures, run)


def _runs(rows: list[dict[str, Any]], venue: str, layouts: Layouts) -> list[int]:
    """To which run of neighbours each row belongs."""
    steps = [(then["period_end"] - first["period_end"]).days for first, then in pairwise(rows)]
    bridge = max(1.5 * median(steps), LEAST_BRIDGE_DAYS) if steps else 0
    means = [layouts.get((venue, row["period_end"].year)) for row in rows]
    runs = [0] if rows else []
    for at, step in enumerate(steps):
        is_apart = step > bridge or means[at] != means[at + 1] or rows[at + 1]["value"] is None
        runs.append(runs[-1] + is_apart)
    return runs
