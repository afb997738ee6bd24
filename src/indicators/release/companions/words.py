"""How a change is worded: figures old and new with their unit, periods as people name them, cells shortened to what a line can hold."""

import json
from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from indicators.model import Column

LONG = 70
DIGITS = (4, 5, 6, 8, 10, 17)
NAMED = ((1e12, 1e15, " trillion"), (1e9, 1e12, " billion"))
SMALL = 1e-4
"""Below this, and above the largest that is named, a figure is told in powers of ten."""
SEE = "see "
"""A unit that only points to where the unit stands is not told."""
YEAR, QUARTER = 12, 3
"""Months."""
UNKNOWN, PERCENT = "unknown", "%"


def pair(before: float | None, after: float | None, unit: str) -> str:
    """Two figures with their unit, in as many digits as tell them apart; shares as percent."""
    scale, sign = _unit(unit)
    told = ([None if value is None else _number(value * scale, digits) for value in (before, after)] for digits in DIGITS)
    one, other = next((texts for texts in told if texts[0] != texts[1]), (str(before), str(after)))
    is_twice = sign == PERCENT or other is None
    return f"{_or_unknown(one, sign if is_twice else '')} → {_or_unknown(other, sign)}"


def cell(column: Column, before: str | None, after: str | None) -> str:
    """A restated cell: its column, and both values, from where they differ."""
    if _is_figure(column):
        told = pair(_float(before), _float(after), column.unit)
    elif before and after and max(len(before), len(after)) > LONG:
        start = before.rfind(" ", 0, _first_difference(before, after)) + 1
        told = " → ".join(("… " if start else "") + value(column, text[start:]) for text in (before, after))
    else:
        told = " → ".join(value(column, text) for text in (before, after))
    return f"`{column.name}` {told}"


def named(column: Column, text: str) -> str:
    """A value that says what it is: by its column's name, unless it is a name, a day or has a unit."""
    is_plain = (
        column.kind == pl.Date
        or column.name.endswith(("_name", "title"))
        or (_is_figure(column) and _unit(column.unit)[1] not in ("", PERCENT))
    )
    return value(column, text) if is_plain else f"`{column.name}` {value(column, text)}"


def value(column: Column, text: str | None) -> str:
    """One value as a line can hold it."""
    if text is None:
        return UNKNOWN
    if _is_figure(column):
        scale, sign = _unit(column.unit)
        return _number(float(text) * scale, DIGITS[0]) + sign
    if text.startswith("[") and isinstance(column.kind, pl.List):
        text = ", ".join(str(item) for item in json.loads(text)) or "none"
    once = " ".join(text.split())
    return once if len(once) <= LONG else once[:LONG].rsplit(" ", 1)[0] + " …"


def period(start: date, end: date) -> str:
    """A year, a quarter or a month by its name, any other period by its last day."""
    after = end + timedelta(days=1)
    if start.day != 1 or after.day != 1:
        return str(end)
    months = (after.year - start.year) * 12 + after.month - start.month
    if months == YEAR and start.month == 1:
        return str(start.year)
    if months == QUARTER and start.month % QUARTER == 1:
        return f"{start.year} Q{end.month // QUARTER}"
    return f"{end:%Y-%m}"


def code(name: str) -> str:
    """A code as words."""
    return name.replace("_", " ")


def listed(items: Sequence[str], limit: int, between: str = ", ") -> str:
    """So many of the items, and how many more there are."""
    more = [f"{len(items) - limit} more"] if len(items) > limit else []
    return between.join([*items[:limit], *more])


def counted(number: int, what: str) -> str:
    """A number of things."""
    return f"{number:,} {what}{'s' * (number != 1)}"


def more(number: int, what: str, query: str, shown: str = "all of them") -> str:
    """How many more there are, and the query that shows what is said."""
    fence = f" `{query}`" if "\n" not in query else f"\n\n```sql\n{query};\n```"
    return f"And {number:,} more {what}; {shown}:{fence}"


def _unit(unit: str) -> tuple[float, str]:
    """What a figure is multiplied by, and what stands behind it."""
    if unit == "share" or unit.startswith("share of"):
        return 100, PERCENT
    return 1, f" {unit}" if unit and SEE not in unit and unit != "ratio" else ""


def _float(text: str | None) -> float | None:
    return None if text is None else float(text)


def _first_difference(one: str, other: str) -> int:
    """How many signs two texts share at their beginning."""
    return next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _or_unknown(text: str | None, sign: str) -> str:
    return UNKNOWN if text is None else text + sign


def _is_figure(column: Column) -> bool:
    """True for a number that is no year."""
    return column.kind.is_numeric() and column.unit != "year"


def _number(shown: float, digits: int) -> str:
    """So many digits that count, thousands in groups, and words for what nobody would count the zeros of."""
    size = abs(shown)
    for least, most, name in NAMED:
        if least <= size < most:
            return f"{shown / least:.{digits}g}{name}"
    if size >= NAMED[0][1] or 0 < size < SMALL:
        mantissa, _, power = f"{shown:.{digits - 1}e}".partition("e")
        return f"{float(mantissa):g}e{int(power)}"
    return f"{shown:,.0f}" if size >= 10**digits else f"{shown:,.{digits}g}"
