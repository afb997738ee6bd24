"""What stands in a chart beside its data: the days of export rules, the line at which nobody leads, the names at the ends of lines."""

from datetime import date, timedelta
from typing import Any

from indicators.release.site.controls import RuleVersion

Spec = dict[str, Any]
LABEL_WIDTH = 0.15
"""Part of a phone's axis that a label of a rule takes."""
ROW = 12
"""Pixels that a row of labels takes."""
TIME: Spec = {"field": "d", "type": "temporal", "scale": {"type": "utc"}}
MUTED = {"color": {"value": "var(--muted)"}}


def placed(found: list[RuleVersion], span: timedelta) -> list[tuple[RuleVersion, int]]:
    """Each rule with the row of its label: the first in which it does not touch the label before."""
    ends: list[Any] = []
    rows: list[tuple[RuleVersion, int]] = []
    for rule in found:
        row = next((at for at, end in enumerate(ends) if rule.day - end >= LABEL_WIDTH * span), len(ends))
        ends[row : row + 1] = [rule.day]
        rows.append((rule, row))
    return rows


def room(found: list[tuple[RuleVersion, int]]) -> int:
    """Pixels above the data that the labels take."""
    return ROW * (max((row for _, row in found), default=-1) + 1) + (4 if found else 0)


def rules(found: list[tuple[RuleVersion, int]]) -> list[Spec]:
    """A dotted vertical a rule, with its month on top."""
    if not found:
        return []
    values = [{"d": rule.day.isoformat(), "t": rule.label, "y": ROW * row} for rule, row in found]
    pole = {"x": TIME, "y": {"field": "y", "type": "quantitative", "scale": None}, "y2": {"value": "height"}, **MUTED}
    label = {**{name: pole[name] for name in ("x", "y", "color")}, "text": {"field": "t"}}
    return [
        {"data": {"values": values}, "mark": {"type": "rule", "strokeDash": [1, 3], "yOffset": ROW}, "encoding": pole},
        {"data": {"values": values}, "mark": {"type": "text", "baseline": "top", "fontSize": 9.5}, "encoding": label},
    ]


def even(value: float | None, first: date) -> list[Spec]:
    """A thin line at the value at which nobody leads."""
    place = {"x": {"value": 0}, "x2": {"value": "width"}, "color": {"value": "var(--ink)"}}
    data = {"values": [{"v": value, "d": first.isoformat()}]}
    return [] if value is None else [{"data": data, "mark": {"type": "rule", "strokeWidth": 1}, "encoding": place}]


def dots(found: list[Spec]) -> Spec:
    """A dot at the end of each line: a level that has only just changed is seen."""
    return {"data": {"values": found}, "mark": {"type": "point", "filled": True, "size": 34, "opacity": 1}}


def ends(found: list[Spec]) -> list[Spec]:
    """The names of lines at their ends, by turns above and below, highest first."""
    sides = ({"baseline": "bottom", "dy": -7}, {"baseline": "top", "dy": 11})
    font = {"type": "text", "align": "right", "fontSize": 11, "fontWeight": 600}
    return [
        {"data": {"values": [end]}, "mark": {**font, **sides[at % 2]}, "encoding": {"text": {"field": "tag"}}}
        for at, end in enumerate(end for end in found if end["tag"])
    ]
