"""`CHANGES.md`: what differs from the release before, for people, from what decides to what explains it.

Know before editing: which rows stand for a table is for `foremost` to say, how large a move is for `movements`; here it is put into words.
Every list that is cut short ends with how many more there are and the query that shows them, which a test runs.
"""

import json
from collections.abc import Iterator

import polars as pl

from indicators.model import Table
from indicators.release.companions import headline, moved, words
from indicators.release.compare import TableChange
from indicators.release.edition import Edition
from indicators.release.foremost import Row, foremost
from indicators.release.movements import VALUES

INPUTS = "sources"
ELSEWHERE = {VALUES: "Indicators that moved", INPUTS: "Sources that changed"}
"""Tables whose rows are told in a section of their own."""
COLUMNS, CELLS, FILES = 8, 3, 3
"""How many restated columns a table's line names, cells a row's line, files a source's line."""
VERBS = {"removed": "removed: ", "added": "added: "}
ROWS = "FROM 'changes.parquet' WHERE table_name = '{table}'"
HOW = """\
## How to read this

A row is the same row where its table's key is the same; a restated row differs in another column. Ten rows stand for a table: codes that
flipped (what few rows share first), figures by relative move, rows removed, rows added, then the rest, each kind in turn. Every cell that
differs is in `changes.parquet`: the queries here run in DuckDB inside this folder, and `indicators diff {before} {after} --table NAME`
prints the same."""


def text(edition: Edition) -> str:
    """The changes since the release before, or the tables of a first release."""
    parts = _first(edition) if edition.last is None else _since(edition, edition.last.version)
    return "\n\n".join(parts) + "\n"


def _first(edition: Edition) -> Iterator[str]:
    yield f"# {edition.version}, the first release"
    yield headline.summary(edition)
    lines = [f"| `{table.name}` | {edition.changes[table.name].rows_after:,} | {table.title} |" for table in edition.tables]
    yield "\n".join(["| table | rows | what |", "|---|---|---|", *lines])


def _since(edition: Edition, before: str) -> Iterator[str]:
    yield f"# Changes in {edition.version}, since {before}"
    yield headline.summary(edition)
    yield from _verdicts(edition)
    if edition.movements:
        yield from moved.sections(edition, edition.movements)
    yield from _sources(edition)
    yield "## Tables"
    for name, change in edition.changes.items():
        if change.is_change:
            yield from _table(edition, {table.name: table for table in edition.tables}.get(name), name, change)
    same = [f"`{name}`" for name, change in edition.changes.items() if not change.is_change]
    if same:
        yield f"Unchanged: {', '.join(same)}."
    yield HOW.format(before=before, after=edition.version)


def _verdicts(edition: Edition) -> Iterator[str]:
    """The claims whose verdict changed, with what was observed."""
    found = headline.flips(edition)
    if not found:
        return
    yield "## Claims whose verdict changed"
    ledger = pl.read_parquet(edition.files / f"{headline.LEDGER}.parquet")
    for flip in found:
        row = ledger.row(
            by_predicate=(pl.col("claim_id") == flip.claim_id) & (pl.col("evaluation_code") == flip.evaluation_code), named=True
        )
        rule = " The rule is another one, too." if flip.is_rule_new else ""
        verdicts = f"{words.code(flip.before)} → {words.code(flip.after)}"
        told = f"{row['claim']}. {words.code(flip.evaluation_code)}: **{verdicts}**.{rule} Now: {row['observed'] or row['reason']}."
        yield f"- **{flip.claim_id}** {told}"


def _sources(edition: Edition) -> Iterator[str]:
    """The sources whose bytes are others, with the day each file stands for."""
    change = edition.changes.get(INPUTS)
    cells = change.cells.filter(pl.col("key").is_not_null()) if change else None
    if cells is None or cells.is_empty():
        return
    days = {key: pair for key, *pair in cells.filter(column_name="as_of_date").select("key", "value_before", "value_after").iter_rows()}
    told: dict[str, list[str]] = {}
    for code, key in (
        cells.filter((pl.col("column_name") == "sha256") | pl.col("column_name").is_null()).select("change_code", "key").iter_rows()
    ):
        named = json.loads(key)
        day = " → ".join(value or words.UNKNOWN for value in days[key]) if key in days else code
        told.setdefault(named["source_id"], []).append(f"{named['file_name']} ({day})")
    if told:
        yield f"## {ELSEWHERE[INPUTS]}"
        yield "\n".join(f"- {source}: {words.listed(files, FILES)}" for source, files in told.items())


def _table(edition: Edition, table: Table | None, name: str, change: TableChange) -> Iterator[str]:
    """What happened to a table, then its most consequential rows."""
    yield f"### {name}: {_counts(change)}"
    columns = [f"`{column}` {count:,}" for column, count in sorted(change.values_changed.items(), key=lambda item: (-item[1], item[0]))]
    if columns:
        yield f"Restated: {words.listed(columns, COLUMNS)}."
    if name in ELSEWHERE:
        yield f"Told under “{ELSEWHERE[name]}”: `{ROWS.format(table=name)}` has all of it."
    elif table and edition.last and change.cells["key"].count():
        rows = foremost(table, change, edition.last.tables, edition.files)
        yield "\n".join(_line(row) for row in rows)
        rest = change.rows_added + change.rows_removed + change.rows_changed - len(rows)
        if rest:
            yield words.more(rest, "rows", ROWS.format(table=name))


def _counts(change: TableChange) -> str:
    """Rows and columns that came, went or were restated."""
    whole = change.cells.filter(pl.col("key").is_null() & pl.col("column_name").is_null())
    if whole.height:
        size = words.counted(change.rows_after, "row")
        return {"added": f"a new table of {size}", "removed": "the table is gone"}.get(whole["change_code"].item(), f"another key, {size}")
    rows = {"added": change.rows_added, "removed": change.rows_removed, "restated": change.rows_changed}
    columns = {"new": change.columns_added, "dropped": change.columns_removed, "of another type": change.columns_retyped}
    told = [f"{words.counted(number, 'row')} {verb}" for verb, number in rows.items() if number]
    return ", ".join(told + [f"columns {verb}: {', '.join(names)}" for verb, names in columns.items() if names])


def _line(row: Row) -> str:
    """A row in words: its key, then the cells that matter most."""
    key = " · ".join(str(part) for part in row.key.values() if part is not None)
    if row.kind in VERBS:
        cells = [words.named(column, before or after or "") for column, before, after in row.cells]
    else:
        cells = [words.cell(column, before, after) for column, before, after in row.cells]
    told = words.listed(cells, CELLS, "; ")
    name = f" ({words.named(*row.name)})" if row.name else ""
    return f"- {VERBS.get(row.kind, '')}**{key}**{name}" + (f" ({told})" if row.kind in VERBS and told else f": {told}" if told else "")
