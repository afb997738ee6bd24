"""Lines with intervals as an SVG image in an address, as short as can be: whole pixels, and from each point how far it is to the next.

Know before editing: Dagster's page draws the image as it is, on light and on dark ground: colours of middle brightness, no ground of its
own. By hand, because a library that draws would take longer to load than all plots take.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeVar

WIDTH, HEIGHT, EDGE = 340, 76, 4
COLOURS = ("48c", "d54", "296", "a80", "85c", "599")
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='460' height='80' font-family='Arial' font-size='11'>{drawn}</svg>"
NAME = "<text x='{x}' y='{y}' fill='#{colour}'>{name}</text>"
LINE = "<path d='{path}' fill='none' stroke='#{colour}'/>"
BAND = "<path d='{path}' fill='#{colour}' opacity='.2'/>"
ESCAPED = str.maketrans({"<": "%3C", ">": "%3E", "#": "%23"})
Place = tuple[int, int]
Of = TypeVar("Of")


@dataclass(frozen=True)
class Point:
    """One figure, with its interval where there is one."""

    day: date
    value: float
    lower: float | None
    upper: float | None

    @property
    def values(self) -> list[float]:
        """The figure and the ends of its interval."""
        return [each for each in (self.value, self.lower, self.upper) if each is not None]


@dataclass(frozen=True)
class Scale:
    """Days and values to places in the image."""

    days: tuple[date, date]
    values: tuple[float, float]
    is_log: bool

    @classmethod
    def over(cls, points: Sequence[Point], *, is_log: bool) -> "Scale":
        """The scale on which all these points have room."""
        days, values = [point.day for point in points], [value for point in points for value in point.values]
        return cls((min(days), max(days)), (min(values), max(values)), is_log)

    def place(self, day: date, value: float) -> Place:
        """From left to right, from bottom to top."""
        first, last = self.days
        low, high, at = (math.log10(each) if self.is_log else each for each in (*self.values, value))
        rise = (HEIGHT - 2 * EDGE) * (at - low) / ((high - low) or 1)
        return EDGE + round((WIDTH - 2 * EDGE) * (day - first).days / max((last - first).days, 1)), HEIGHT - EDGE - round(rise)


@dataclass(frozen=True)
class Stroke:
    """A line in the image with its name, and the edges of its band where it has an interval."""

    name: str
    line: list[Place]
    band: list[Place]

    @classmethod
    def of(cls, name: str, points: Sequence[Point], scale: Scale) -> "Stroke":
        """The points of a line in their places."""
        known = [(point.day, point.lower, point.upper) for point in points if point.lower is not None and point.upper is not None]
        upper = [scale.place(day, high) for day, _, high in known]
        lower = [scale.place(day, low) for day, low, _ in reversed(known)]
        return cls(name, [scale.place(point.day, point.value) for point in points], upper + lower)


def image(strokes: Sequence[Stroke], most: int | None = None) -> str:
    """The image as an address: of each line so many points and no interval; or, where none is asked for, all with intervals."""
    drawn = ""
    for number, stroke in enumerate(strokes):
        colour = COLOURS[number % len(COLOURS)]
        drawn += BAND.format(path=_path(stroke.band), colour=colour) if stroke.band and most is None else ""
        drawn += LINE.format(path=_path(_thinned(stroke.line, most or len(stroke.line))), colour=colour)
        drawn += NAME.format(x=WIDTH + EDGE, y=12 + 14 * number, colour=colour, name=stroke.name)
    return "data:image/svg+xml," + SVG.format(drawn=drawn).translate(ESCAPED)


def _thinned(places: Sequence[Of], most: int) -> list[Of]:
    """So many at most, evenly, the first and the last among them."""
    steps = min(most, len(places)) - 1
    return [places[round(number * (len(places) - 1) / max(steps, 1))] for number in range(steps + 1)]


def _path(places: Sequence[Place]) -> str:
    """From the first place on, by how far each is from the one before."""
    steps = " ".join(f"{there[0] - here[0]} {there[1] - here[1]}" for here, there in pairwise(places))
    return f"M{places[0][0]} {places[0][1]}l{steps or '1 0'}".replace(" -", "-")
