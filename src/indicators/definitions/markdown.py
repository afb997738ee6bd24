"""Rows as a table of Markdown, as Dagster's page draws it: behind a click, or in the words of a check."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

LONGEST = 80
"""Characters of a cell before it is cut."""
MANY, FEW = 8, 4
"""Columns up to which rows run across; rows that stand side by side where they do not."""


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table; a sign that Markdown would read is escaped."""
    lines = [columns, ["---"] * len(columns), *([_escaped(cut(value)) for value in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def records(found: Sequence[Mapping[str, Any]]) -> str:
    """Records as a table with every column that one of them fills; side by side, the first few, where these are many."""
    columns = list(dict.fromkeys(name for record in found for name, value in record.items() if value is not None))
    if len(columns) <= MANY:
        return table(columns, ([record.get(name) for name in columns] for record in found))
    head = ["column", *(f"row {number}" for number in range(1, min(FEW, len(found)) + 1))]
    return table(head, ([name, *(record.get(name) for record in found[:FEW])] for name in columns))


def cut(value: Any, longest: int = LONGEST) -> str:
    """A value as the text of a cell, on one line and no longer than can be read there; null is empty."""
    text = "" if value is None else ", ".join(map(str, value)) if isinstance(value, list | pl.Series) else str(value)
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")
