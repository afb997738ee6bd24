"""When a reading held, and by which rules: days in the text and days enforced, kept apart. Only for this package."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from indicators.tables.compute._limbs import Threshold

KINDS = ("in_text", "enforced")


def law(ruling: Sequence[Threshold], deciding: Sequence[Threshold], first_day: date) -> dict[str, Any]:
    """Return in the text and as enforced: the days of the ruling rows, and the rules of the deciding ones."""
    found: dict[str, Any] = {}
    for kind in KINDS:
        found |= _interval(ruling, first_day, kind) if ruling else {f"{kind}_from": first_day, f"{kind}_to": None}
        found[f"{kind}_rule_ids"] = sorted({row["rule_id"] for row in _live(deciding, first_day, kind)})
    return found


def _interval(rows: Iterable[Threshold], first_day: date, kind: str) -> Mapping[str, date | None]:
    """Return the days, from the version's first on, on which at least one of the rows stood in the text, or was enforced."""
    start, end = f"{kind}_from", f"{kind}_to"
    live = _live(rows, first_day, kind)
    is_open = any(row[end] is None for row in live)
    begin = min((max(row[start], first_day) for row in live), default=None)
    return {start: begin, end: None if is_open or not live else max(row[end] for row in live)}


def _live(rows: Iterable[Threshold], first_day: date, kind: str) -> list[Threshold]:
    """Return the rows that stood in the text, or were enforced, on the version's first day or later."""
    start, end = f"{kind}_from", f"{kind}_to"
    return [row for row in rows if row[start] and (row[end] is None or row[end] >= first_day)]


def stands(row: Threshold, day: date) -> bool:
    return any(
        row[f"{kind}_from"] and row[f"{kind}_from"] <= day and (row[f"{kind}_to"] is None or row[f"{kind}_to"] >= day) for kind in KINDS
    )
