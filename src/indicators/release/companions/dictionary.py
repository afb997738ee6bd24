"""`DICTIONARY.md`: every table with its columns and the audit's warnings, and every indicator, for people.

Know before editing: headings are bare names, so that `DICTIONARY.md#models` leads there. A `|` inside a cell must be escaped.
"""

from collections.abc import Iterable
from typing import Any

import polars as pl

from indicators.model import PROJECT_TITLE, SCHEMA_VERSION, Column, Indicator, Table
from indicators.release.companions import licenses
from indicators.release.edition import Edition

TYPES: dict[type[pl.DataType], str] = {
    pl.String: "text",
    pl.Boolean: "true or false",
    pl.Date: "day",
    pl.Int32: "whole number",
    pl.Int64: "whole number",
    pl.Float64: "number",
}
HEAD = """\
# Data dictionary of {title}, release {version}

Schema {schema}. {tables} tables, {columns} columns, {indicators} indicators. A column that can be empty says so; unknown is null,
never zero. The same descriptions are in `datapackage.json` and in the metadata of each Parquet file, for programs.

Tables: {names}

Indicators: {ids}
"""


def text(edition: Edition) -> str:
    """Tables first, then indicators."""
    head = HEAD.format(
        title=PROJECT_TITLE,
        version=edition.version,
        schema=SCHEMA_VERSION,
        tables=len(edition.tables),
        columns=sum(len(table.columns) for table in edition.tables),
        indicators=len(edition.indicators),
        names=_links(table.name for table in edition.tables),
        ids=_links(indicator.id for indicator in edition.indicators) or "none",
    )
    tables = [_table(table, edition) for table in edition.tables]
    return "\n".join([head, *tables, *map(_indicator, edition.indicators)])


def _links(names: Iterable[str]) -> str:
    return ", ".join(f"[`{name}`](#{name})" for name in names)


def _table(table: Table, edition: Edition) -> str:
    """A table's own words, its columns, and what the audit found wanting in it."""
    apart = f" Licence: {licenses.in_words(table.license)}." if licenses.is_apart(table) else ""
    rows = edition.changes[table.name].rows_after
    told = [
        f"## {table.name}\n",
        f"**{table.title}.** {table.description}{apart}\n",
        f"{rows:,} rows; key: {', '.join(f'`{name}`' for name in table.key)}.\n",
        "| column | type | unit | meaning |\n|---|---|---|---|",
        *map(_column, table.columns),
        *_warnings(edition.warnings.get(table.name, [])),
    ]
    return "\n".join(told) + "\n"


def _column(column: Column) -> str:
    empty = ", can be empty" if column.is_nullable else ""
    return f"| `{column.name}` | {_type(column)}{empty} | {_cell(column.unit)} | {_cell(_meaning(column))} |"


def _type(column: Column) -> str:
    kind = column.kind
    return f"list of {TYPES[pl.String]}" if isinstance(kind, pl.List) else TYPES[type(kind)]


def _meaning(column: Column) -> str:
    """What a column says, where it points to, and what it may hold."""
    table, _, other = column.links_to.partition(".")
    link = f"; links to [`{table}`](#{table}).`{other}`" if column.links_to else ""
    values = f"; one of {', '.join(f'`{value}`' for value in column.values)}" if column.values else ""
    bounds = [f"{word} {bound}" for word, bound in (("from", column.minimum), ("to", column.maximum)) if bound is not None]
    return column.description + link + values + (f"; {' '.join(bounds)}" if bounds else "")


def _warnings(found: list[dict[str, Any]]) -> list[str]:
    """The audit's questions that were answered no, each with the rows that fail it."""
    lines = [f"- {finding['question']} No: {_counted(finding['failing_rows'])}." for finding in found]
    return ["\nWarnings of the audit (the rows are in `audit.json`):\n", *lines] if lines else []


def _counted(rows: float) -> str:
    return f"{rows:,.0f} row" + ("" if rows == 1 else "s")


def _indicator(indicator: Indicator) -> str:
    """What a figure means and cannot say; the SQL that computes it is in its own file."""
    told = {name: getattr(indicator, name) for name in ("unit", "method", "interval", "coverage", "caveats")}
    lines = "".join(f"- {name}: {words}\n" for name, words in told.items())
    file = f"sql/indicators/{indicator.id}.sql"
    return f"## {indicator.id}\n\n**{indicator.title}.** Defined in [`{file}`]({file}).\n\n{lines}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
