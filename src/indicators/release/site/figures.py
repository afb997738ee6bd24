"""The headline indicators as figures: a chart, its newest values, its method, and every released row it shows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from indicators.model import Indicator
from indicators.release.edition import Edition
from indicators.release.site import charts, series, words
from indicators.release.site.controls import RuleVersion
from indicators.release.site.headlines import SECTIONS, Headline, Line
from indicators.release.site.reading import frame, place_names
from indicators.release.site.series import Layouts, Point


@dataclass(frozen=True)
class Figure:
    """What the page shows of one headline."""

    headline: Headline
    meaning: Indicator
    lines: list[list[Point]]
    rules: list[RuleVersion]
    tags: dict[int, str]

    @property
    def title(self) -> str:
        """The indicator's title, and which part of it is shown."""
        return ", ".join(filter(None, (self.meaning.title, self.headline.part)))

    @property
    def unit(self) -> str:
        """What its amounts are counted in."""
        return self.meaning.unit

    @property
    def newest(self) -> list[Point]:
        """The newest row of each line that has a figure."""
        return [series.last(line) for line in self.lines]

    @property
    def keys(self) -> dict[int, str]:
        """By slot: what a mark stands for."""
        return {point.slot: point.period if self.headline.form == "dots" else point.label for line in self.lines for point in line}

    @property
    def spec(self) -> str:
        """The chart's specification as JSON that may stand inside a page."""
        drawn = charts.spec(self.headline, self.lines, self.unit, self.rules, self.tags)
        return json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")

    @property
    def height(self) -> int:
        """Pixels that its plot takes."""
        return charts.ROW_HEIGHT * len(self.lines) if self.headline.form == "dots" else charts.HEIGHT

    @property
    def told(self) -> str:
        """What the chart shows, for readers who do not see it."""
        ends = "; ".join(self._ending(point) for point in self.newest)
        first, until = (find(point.end for line in self.lines for point in line) for find in (min, max))
        return f"Chart of {self.title} ({words.in_words(self.unit)}), {words.day(first)} to {words.day(until)}. Newest: {ends}."

    def _ending(self, point: Point) -> str:
        between = words.between(point.lower, point.upper, self.unit)
        return f"{point.label}: {words.amount(point.value, self.unit)}, interval {between}, {point.period}"


def figures(edition: Edition, rules: list[RuleVersion]) -> dict[str, list[Figure]]:
    """By heading: every headline that this edition has figures for, in the order of the page."""
    values = frame(edition.files, "indicator_values")
    if values is None:
        return {}
    stated = {indicator.id: indicator for indicator in edition.indicators}
    rows = series.rows_by_line(values)
    names, layouts = place_names(edition), _layouts(edition)
    known = {
        heading: [(headline, series.points(headline, rows, names, layouts)) for headline in headlines if headline.indicator_id in stated]
        for heading, headlines in SECTIONS.items()
    }
    return {
        heading: [_figure(headline, stated[headline.indicator_id], lines, rules) for headline, lines in found if lines]
        for heading, found in known.items()
        if any(lines for _, lines in found)
    }


def _figure(headline: Headline, meaning: Indicator, lines: Mapping[Line, list[Point]], rules: list[RuleVersion]) -> Figure:
    shown = list(lines.values())
    return Figure(headline, meaning, _by_period(shown) if headline.form == "dots" else shown, rules, _tags(lines))


def _tags(lines: Mapping[Line, list[Point]]) -> dict[int, str]:
    return {line.slot: line.tag for line in lines if line.tag}


def _by_period(lines: list[list[Point]]) -> list[list[Point]]:
    """The same rows with a slot a period, the newest first."""
    ends = sorted({point.end for line in lines for point in line}, reverse=True)
    return [[replace(point, slot=ends.index(point.end) + 1) for point in line] for line in lines]


def _layouts(edition: Edition) -> Layouts:
    """By conference and year: by what means its file tells places."""
    found = frame(edition.files, "venue_coverage")
    rows = [] if found is None else found.select("venue_code", "year", "layout_code").rows()
    return {(venue, year): layout for venue, year, layout in rows}
