"""Everybody that the captured conference files name, so that a test can look for them where nobody may be named."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import house
import polars as pl

NAME_FIELDS = ("author", "author_site")
ORGANISATION = re.compile(r"\b(?:center|centre|university|institute|laboratory|team|group)\b", re.IGNORECASE)
PROFILE = re.compile(r"~[^\W\d_][\w.'’-]*_[\w.'’-]*\d+\b")
"""A profile id of OpenReview."""
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w")


def named() -> set[str]:
    """Full names and profile ids of all authors in the captures, in lower case."""
    return {name.lower() for path in sorted((house.captures() / "paperlists").rglob("*.json")) for name in _of_file(path)}


def texts(path: Path) -> set[str]:
    """Every text of a Parquet file, list entries included."""
    frame = pl.read_parquet(path)
    columns = [frame[name].explode() if frame.schema[name] == pl.List(pl.String) else frame[name] for name in frame.columns]
    return {text for column in columns if column.dtype == pl.String for text in column.drop_nulls().unique()}


def _of_file(path: Path) -> Iterator[str]:
    papers: list[dict[str, Any]] = json.loads(path.read_bytes())
    for paper in papers:
        for field in NAME_FIELDS:
            cells = (" ".join(cell.split()) for cell in (paper.get(field) or "").split(";"))
            yield from (name for name in cells if " " in name and not ORGANISATION.search(name))
        yield from (cell.strip() for cell in (paper.get("authorids") or "").split(";") if cell.strip())
