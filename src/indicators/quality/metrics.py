"""Questions that span tables or releases, each answered by DuckDB with the rows for which the answer is no.

Links between tables, the rules of a table, the rows lost since the last release, the promise of the schema, licences.

Know before editing: a rule may name `previous_<table>`, a table as the last release has it. It is asked where that release has the table
with all its columns of today; else (a first release, a younger table or column) there is nothing to compare, and it is not asked.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

from indicators.model import SCHEMA_VERSION, Table, is_new_major, sql_text

SAMPLE_ROWS = 5
"""Rows told of what blocks: enough to find the fault."""
LISTED_ROWS = 100
"""Rows told of a warning: published with the release, to be read as a list."""


@dataclass(frozen=True)
class Metric:
    """A question, how many rows fail it, how many may, and some of them."""

    question: str
    failing: float
    allowed: float = 0
    is_warning: bool = False
    column: str = ""
    sample: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Previous:
    """The last release: what the candidate is compared with."""

    version: str
    schema_version: str
    tables: Path
    today: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The columns that a table has today, by its contract: a rule on what it was is asked where the release has them all."""


def measure(table: Table, connection: duckdb.DuckDBPyConnection, previous: Previous | None, refused: list[str]) -> list[Metric]:
    """Every metric of one table; `refused` names the inputs whose licence keeps it in."""
    metrics = [*_nulls(table, connection), *_links(table, connection), *_rules(table, connection, previous), _licences(table, refused)]
    if previous and (previous.tables / f"{table.name}.parquet").exists():
        metrics += [_promise(table, connection, previous), *_losses(table, connection, previous)]
    return metrics


def _nulls(table: Table, connection: duckdb.DuckDBPyConnection) -> Iterator[Metric]:
    """One question a column that may not be null, all counted in one pass."""
    names = [column.name for column in table.columns if not column.is_nullable]
    counted = ", ".join(f'count(*) FILTER ("{name}" IS NULL)' for name in names)
    for name, count in zip(names, connection.sql(f"SELECT {counted} FROM {table.name}").fetchall()[0], strict=True):  # noqa: S608
        question = f"{name}: is it never null?"
        unknown = f'SELECT * FROM {table.name} WHERE "{name}" IS NULL'  # noqa: S608
        yield _ask(question, unknown, connection, column=name) if count else Metric(question, 0, column=name)


def _links(table: Table, connection: duckdb.DuckDBPyConnection) -> Iterator[Metric]:
    for column in table.columns:
        if column.links_to:
            parent, _, key = column.links_to.partition(".")
            sql = f'SELECT * FROM {table.name} WHERE "{column.name}" NOT IN (SELECT "{key}" FROM {parent})'  # noqa: S608
            yield _ask(f"{column.name}: is every value among {column.links_to}?", sql, connection, column=column.name)


def _rules(table: Table, connection: duckdb.DuckDBPyConnection, previous: Previous | None) -> Iterator[Metric]:
    for rule in table.rules:
        if all(_is_at_hand(name, connection, previous) for name in re.findall(r"\bprevious_(\w+)", rule.failing_rows)):
            yield _ask(rule.question, rule.failing_rows, connection, is_warning=rule.is_warning)


def _is_at_hand(name: str, connection: duckdb.DuckDBPyConnection, previous: Previous | None) -> bool:
    """Make the view `previous_<name>`; False where the last release lacks the table or one of its columns of today."""
    if previous is None or not (path := previous.tables / f"{name}.parquet").exists():
        return False
    connection.execute(f"CREATE OR REPLACE TEMP VIEW previous_{name} AS FROM read_parquet({sql_text(path)})")
    return previous.today.get(name, frozenset()) <= set(_types(connection, f"previous_{name}"))


def _licences(table: Table, refused: list[str]) -> Metric:
    question = "May every input behind this table go out in this form?"
    return Metric(question, len(refused), sample=[{"table": table.name, "source_id": source} for source in refused])


def _promise(table: Table, connection: duckdb.DuckDBPyConnection, previous: Previous) -> Metric:
    """Columns that vanished or changed type, unless the schema's major version says so."""
    then = _types(connection, _released(table, previous))
    now = _types(connection, table.name)
    broken = [
        {"table": table.name, "column": name, "was": kind, "is": now.get(name, "gone")}
        for name, kind in then.items()
        if now.get(name) != kind
    ]
    question = f"Is every column of release {previous.version} still there, or a new major schema version announced (now {SCHEMA_VERSION})?"
    return Metric(question, 0 if is_new_major(previous.schema_version) else len(broken), sample=broken)


def _losses(table: Table, connection: duckdb.DuckDBPyConnection, previous: Previous) -> Iterator[Metric]:
    """The loss of rows since the last release; where there is a core, its loss blocks and the loss of all rows warns.

    Not asked where every row may go: the answer could not be no.
    """
    if table.is_provenance or table.max_loss_share >= 1:
        return
    before = _released(table, previous)
    then, now = _types(connection, before), _types(connection, table.name)
    if any(name not in then or name not in now for name in table.key):
        return
    core = _core(table, connection, before)
    if core:
        yield _loss(table, connection, previous, core)
    lost = _loss(table, connection, previous)
    yield replace(lost, is_warning=True, sample=[_vanished(table, connection, before, core), *lost.sample]) if core else lost


def _loss(table: Table, connection: duckdb.DuckDBPyConnection, previous: Previous, core: str = "") -> Metric:
    """Share of the last release's keys that vanished; of a core, also those that are there and no longer core."""
    allowed = table.max_loss_share
    named, keys = f"core rows ({core})" if core else "rows", ", ".join(f'"{name}"' for name in table.key)
    then, now = (f"FROM {rows} WHERE {core or 'true'}" for rows in (_released(table, previous), table.name))
    question = f"Are at least {1 - allowed:.0%} of the {named} of release {previous.version} still there?"
    gone = _ask(question, f"SELECT {keys} {then} EXCEPT SELECT {keys} {now}", connection)
    rows = connection.sql(f"SELECT count(*) {then}").fetchall()[0][0]
    return replace(gone, failing=round(gone.failing / max(rows, 1), 6), allowed=allowed)


def _core(table: Table, connection: duckdb.DuckDBPyConnection, before: str) -> str:
    """The predicate of the core; empty where there is none, or the last release lacks its columns: then every row is judged."""
    try:
        connection.sql(f"FROM {before} WHERE {table.core or 'true'} LIMIT 0")
    except duckdb.BinderException:
        return ""
    return table.core


def _vanished(table: Table, connection: duckdb.DuckDBPyConnection, before: str, core: str) -> dict[str, Any]:
    """How many rows there were and are, how many are gone, and how many of these were core."""
    same = " AND ".join(f'b."{name}" IS NOT DISTINCT FROM n."{name}"' for name in table.key)
    counted = f"""SELECT (SELECT count(*) FROM {before}) AS rows_before, (SELECT count(*) FROM {table.name}) AS rows_now,
        count(*) AS rows_gone, count(*) FILTER ({core}) AS core_rows_gone FROM {before} b ANTI JOIN {table.name} n ON {same}"""  # noqa: S608
    (told,) = connection.sql(counted).pl().iter_rows(named=True)
    return dict(told)


def _released(table: Table, previous: Previous) -> str:
    return f"read_parquet({sql_text(previous.tables / f'{table.name}.parquet')})"


def _ask(question: str, sql: str, connection: duckdb.DuckDBPyConnection, *, is_warning: bool = False, column: str = "") -> Metric:
    count = connection.sql(f"SELECT count(*) FROM ({sql})").fetchall()[0][0]  # noqa: S608
    told = LISTED_ROWS if is_warning else SAMPLE_ROWS
    sample = connection.sql(f"FROM ({sql}) LIMIT {told}").pl().to_dicts() if count else []
    return Metric(question, count, is_warning=is_warning, column=column, sample=sample)


def _types(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, str]:
    described = connection.sql(f"DESCRIBE FROM {relation}").fetchall()
    return {str(row[0]): str(row[1]) for row in described}
