"""`changes.json` and `changes.parquet`: what differs from the release before, for machines; counts by table, and every cell.

Know before editing: a table, a column or a release that is new is told as such, never row by row, so the file is as large as the change.
The same rows are the answer of `FROM changes('<before>', '<version>')` in the history and of `indicators diff`.
"""

import json

import polars as pl

from indicators.model import Column, Table
from indicators.release.companions import headline
from indicators.release.compare import CODES, ORDER, cells
from indicators.release.edition import Edition

FILE = "changes.parquet"
TABLE = Table(
    name="changes",
    title="Changes since the release before",
    description="One row per restated cell and per added or removed row; where key is null, the column or (without its name) the table as a"
    " whole came, went, or is of another type or key, and its rows are not listed. A first release has no rows.",
    key=ORDER,
    row_bounds=(0, 2_000_000),
    columns=(
        Column("table_name", pl.String, "The table"),
        Column("change_code", pl.String, "What happened to the row, the column or the table", values=tuple(sorted(CODES.values()))),
        Column(
            "key",
            pl.String,
            "The row's key as a JSON object; null for a column or table",
            is_nullable=True,
        ),
        Column("column_name", pl.String, "The column that differs; null for a row or a table as a whole", is_nullable=True),
        Column(
            "value_before",
            pl.String,
            "The value in the release before as text, a list as JSON; a column's type, a table's key",
            is_nullable=True,
        ),
        Column("value_after", pl.String, "The value in this release, likewise", is_nullable=True),
    ),
)


def text(edition: Edition) -> str:
    """What changed in a paragraph, and counts of rows and columns added, removed and changed, by table."""
    tables = {name: change.as_json() for name, change in edition.changes.items()}
    before = edition.last.version if edition.last else None
    content = {"from": before, "to": edition.version, "summary": headline.summary(edition), "tables": tables}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def write(edition: Edition) -> None:
    """Write every difference as Parquet; the same two releases give the same bytes."""
    TABLE.write_to(edition.folder / FILE, cells(edition.changes))
