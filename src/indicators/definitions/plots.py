"""Small plots of the headline indicators, for the page of `indicator_values`: those that the release's page draws (`SECTIONS`).

Know before editing: Dagster's page draws Markdown of fewer than 1,000 characters at once, and hides what is longer behind a click. So each
plot has two forms: lines alone, of as many points as fit; and, for behind the click, every point with its interval.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from indicators.definitions.drawing import Point, Scale, Stroke, image
from indicators.release.site.headlines import SECTIONS, Headline, Line

HEADLINES = tuple(headline for headlines in SECTIONS.values() for headline in headlines)
SERIES = ("indicator_id", "subject_code", "dimension")
AT_ONCE = 1_000
"""Characters of Markdown that the page hides behind a click."""
DETAIL = (60, 48, 40, 32, 26, 20, 15, 10, 6, 3)
"""How many points of a line to draw at most: the first that fits."""
LONGEST = 18
"""Characters of a line's name that have room."""
COUNTABLE = (1_000, 1_000_000)
"""Values written to the unit; smaller and greater ones to three digits."""


@dataclass(frozen=True)
class Plot:
    """One headline and the points of each of its lines."""

    headline: Headline
    lines: Mapping[Line, Sequence[Point]]

    @property
    def newest(self) -> Point:
        """The figure that ends last, of the first line where several do."""
        return max((points[-1] for points in self.lines.values()), key=lambda point: point.day)

    def at_once(self, title: str, unit: str) -> str:
        """Lines without intervals, short enough to be drawn at once."""
        drawn = (self._told(title, unit, image(self._strokes, most)) for most in DETAIL)
        return next(text for text in drawn if len(text) < AT_ONCE)

    def in_full(self, title: str, unit: str) -> str:
        """Lines with intervals and every point."""
        return self._told(title, unit, image(self._strokes))

    def _told(self, title: str, unit: str, address: str) -> str:
        """Title, newest figure, image, and what it spans."""
        (low, high), (first, last) = self._scale.values, self._scale.days
        named = " ".join(filter(None, (title, self.headline.part)))
        newest = f"**{named}**: {_number(self.newest.value)} {unit} at {self.newest.day}"
        return f"{newest}\n\n![{self.headline.id}](<{address}>)\n\n{_number(low)} to {_number(high)}, {first.year} to {last.year}"

    @cached_property
    def _scale(self) -> Scale:
        return Scale.over([point for points in self.lines.values() for point in points], is_log=self.headline.is_log)

    @cached_property
    def _strokes(self) -> list[Stroke]:
        return [Stroke.of(name, points, self._scale) for name, points in zip(self._names(), self.lines.values(), strict=True)]

    def _names(self) -> list[str]:
        """What tells the lines apart: the subject, the dimension, or both."""
        told = [(line.subject_code, line.dimension or "") for line in self.lines]
        varying = [part for part in zip(*told, strict=True) if len(set(part)) > 1] or [tuple(subject for subject, _ in told)]
        return [" ".join(filter(None, parts))[:LONGEST] for parts in zip(*varying, strict=True)]


def plots(values: pl.DataFrame) -> Iterator[Plot]:
    """The plots of the headlines that have figures, from the columns of `indicator_values`."""
    held = _held(values)
    for headline in HEADLINES:
        found = {line: held.get((headline.indicator_id, line.subject_code, line.dimension), []) for line in headline.lines}
        lines = {line: points for line, each in found.items() if (points := _drawn(each, headline))}
        if lines:
            yield Plot(headline, lines)


def _held(values: pl.DataFrame) -> dict[tuple[str, str, str | None], list[Point]]:
    """The figures of every line that is drawn, by day."""
    wanted = [(headline.indicator_id, line.subject_code, line.dimension) for headline in HEADLINES for line in headline.lines]
    lines = pl.DataFrame(wanted, schema=dict.fromkeys(SERIES, pl.String), orient="row")
    told = values.drop_nulls("value").join(lines, on=SERIES, how="semi", nulls_equal=True).sort("period_end")
    held: dict[tuple[str, str, str | None], list[Point]] = {}
    for indicator_id, subject_code, dimension, *point in told.select(*SERIES, "period_end", "value", "lower", "upper").iter_rows():
        held.setdefault((indicator_id, subject_code, dimension), []).append(Point(*point))
    return held


def _drawn(held: Sequence[Point], headline: Headline) -> list[Point]:
    """The points of a line that are drawn; a logarithmic axis has none at zero."""
    recent = [each for each in held if each.day >= headline.since]
    return [each for each in recent if min(each.values) > 0] if headline.is_log else recent


def _number(value: float) -> str:
    return f"{value:,.0f}" if COUNTABLE[0] <= abs(value) < COUNTABLE[1] else f"{value:.3g}"
