"""A chart as a Vega-Lite specification with its data inside.

Know before editing:
- `var(--…)` in a specification is a colour of the style sheet, which the page's script puts in before it draws.
- Never colour alone: each slot has a dash and a mark of its own, and the page's legend shows them.
- Dates are UTC throughout, or a reader west of Greenwich sees every month end a day early.
- A layer with data of its own has its own `data`; without it, a single mark would be drawn once a row.
"""

import json
from datetime import timedelta
from typing import Any

from indicators.release.site import marks
from indicators.release.site.controls import RuleVersion
from indicators.release.site.headlines import Headline
from indicators.release.site.series import Point
from indicators.release.site.words import FLOP, is_share

Spec = dict[str, Any]
SLOTS = ("1", "2", "3", "4", "5", "6")
COLORS = [f"var(--series-{slot})" for slot in SLOTS]
DASHES = ([1, 0], [7, 3], [1, 0], [7, 3], [2, 2], [9, 3, 2, 3])
MARKS = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
HEIGHT, ROW_HEIGHT = 240, 46
BESIDE = 110
"""Marks of one period stand side by side, this part of the axis apart."""
BOUNDED = {"filter": "isValid(datum.l) && isValid(datum.u)"}
BOUNDS = {"y": {"field": "l", "type": "quantitative"}, "y2": {"field": "u"}}
FRAME = {"width": "container", "autosize": {"type": "fit-x", "contains": "padding"}}


def spec(headline: Headline, lines: list[list[Point]], unit: str, rules: list[RuleVersion], tags: dict[int, str]) -> Spec:
    """The specification of a headline's chart; a point without a value is not drawn."""
    known = [[point for point in line if point.value is not None] for line in lines]
    return _dots(known, unit) if headline.form == "dots" else _over_time(headline, known, unit, rules, tags)


def time_axis() -> Spec:
    """Days from left to right, in UTC, a tick a year."""
    axis = {
        "title": None,
        "format": "%Y",
        "tickCount": {"interval": "year", "step": 1},
        "grid": False,
        "labelFlush": False,
        "labelOverlap": True,
    }
    return {"field": "d", "type": "temporal", "scale": {"type": "utc"}, "axis": axis}


def _over_time(headline: Headline, lines: list[list[Point]], unit: str, rules: list[RuleVersion], tags: dict[int, str]) -> Spec:
    days = [point.day for line in lines for point in line]
    span = max(days) - min(days)
    marked = [rule for rule in rules if headline.has_rules and min(days) <= rule.day <= max(days)]
    placed = marks.placed(marked, span)
    room = marks.room(placed)
    middle = (len(lines) - 1) / 2
    data = [_datum(point, (at - middle) * span / BESIDE) for at, line in enumerate(lines) for point in line]
    ends = _ends(lines, tags)
    drawn = [*_steps(), marks.dots(ends)] if headline.form == "steps" else _points()
    return {
        **FRAME,
        "height": HEIGHT + room,
        "data": {"values": data},
        "transform": [{"calculate": f"({_names(lines)})[datum.s]", "as": "k"}],
        "encoding": {"x": time_axis(), "y": _level(headline, unit, room), "color": _slot(COLORS)},
        "layer": [*marks.rules(placed), *marks.even(headline.even, min(days)), *drawn, _told(unit), *marks.ends(ends)],
    }


def _names(lines: list[list[Point]]) -> str:
    """By slot: what a line is called, as a JavaScript object."""
    return json.dumps({str(line[0].slot): line[0].label for line in lines}, ensure_ascii=False)


def _datum(point: Point, beside: timedelta) -> Spec:
    """A figure at its day; a year's, beside the others of that year."""
    shown = point.day if point.day == point.end else point.day + beside
    found = {"d": shown.isoformat(), "p": point.period, "v": point.value, "l": point.lower, "u": point.upper}
    return {**{name: value for name, value in found.items() if value is not None}, "s": str(point.slot), "r": point.run}


def _ends(lines: list[list[Point]], tags: dict[int, str]) -> list[Spec]:
    """The last figure of each line with its tag, highest first."""
    ends = [{**_datum(line[-1], timedelta()), "tag": tags.get(line[-1].slot, "")} for line in lines]
    return sorted(ends, key=lambda end: -float(end["v"]))


def _level(headline: Headline, unit: str, room: int) -> Spec:
    """Amounts from the bottom up, below the room that labels take."""
    scale = {"type": "log"} if headline.is_log else {"zero": unit != "index points"}
    axis = {"title": None, "format": _axis_format(unit), "tickCount": 5}
    return {"field": "v", "type": "quantitative", "scale": {**scale, "range": [HEIGHT + room, room]}, "axis": axis}


def _axis_format(unit: str) -> str:
    return "%" if is_share(unit) else ".0e" if unit == FLOP else ",~f"


def _slot(values: list[Any]) -> Spec:
    return {"field": "s", "type": "nominal", "scale": {"domain": list(SLOTS), "range": values}, "legend": None}


def _steps() -> list[Spec]:
    """A band and a line that hold each level until it changes."""
    run, step = {"field": "r"}, {"interpolate": "step-after"}
    return [
        {"transform": [BOUNDED], "mark": {"type": "area", "opacity": 0.16, **step}, "encoding": {**BOUNDS, "detail": run}},
        {"mark": {"type": "line", "strokeWidth": 2, **step}, "encoding": {"strokeDash": _slot(list(DASHES)), "detail": run}},
    ]


def _points() -> list[Spec]:
    """A mark a figure with its bar, and a thin line through neighbours."""
    return [
        {"mark": {"type": "line", "strokeWidth": 1, "opacity": 0.55}, "encoding": {"detail": {"field": "r"}}},
        {"transform": [BOUNDED], "mark": {"type": "rule", "strokeWidth": 1.5, "opacity": 0.7}, "encoding": BOUNDS},
        {"mark": {"type": "point", "filled": True, "size": 42, "opacity": 1}, "encoding": {"shape": _slot(list(MARKS))}},
    ]


def _told(unit: str) -> Spec:
    """What a pointer on a figure reads."""
    form = ".1%" if is_share(unit) else ".2e" if unit == FLOP else ",.4~r"
    figures = [{"field": name, "type": "quantitative", "format": form, "title": title} for name, title in FIGURES.items()]
    words = [{"field": name, "type": "nominal", "title": title} for name, title in (("k", "of"), ("p", "period"))]
    return {"mark": {"type": "point", "opacity": 0, "size": 90, "filled": True}, "encoding": {"tooltip": [*words, *figures]}}


FIGURES = {"v": "figure", "l": "lower", "u": "upper"}


def _dots(lines: list[list[Point]], unit: str) -> Spec:
    """Subjects in rows, periods as marks with their bars."""
    rows = sorted(lines, key=lambda line: -(line[-1].value or 0))
    data = [{**_datum(point, timedelta()), "k": point.label} for row in rows for point in row]
    names = {"field": "k", "type": "nominal", "sort": [row[0].label for row in rows]}
    shares = {"axis": {"title": None, "format": _axis_format(unit), "tickCount": 5}, "scale": {"zero": True}}
    bounds = {"x": {"field": "l", "type": "quantitative"}, "x2": {"field": "u"}}
    return {
        **FRAME,
        "height": ROW_HEIGHT * len(rows),
        "data": {"values": data},
        "encoding": {
            "y": {**names, "axis": {"title": None, "labelLimit": 140, "ticks": False, "domain": False}},
            "yOffset": {"field": "s", "type": "nominal"},
            "x": {"field": "v", "type": "quantitative", **shares},
            "color": _slot(COLORS),
        },
        "layer": [
            {"transform": [BOUNDED], "mark": {"type": "rule", "strokeWidth": 1.5, "opacity": 0.7}, "encoding": bounds},
            {"mark": {"type": "point", "filled": True, "size": 60, "opacity": 1}, "encoding": {"shape": _slot(list(MARKS))}},
            _told(unit),
        ],
    }
