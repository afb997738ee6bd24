"""What differs between two states of a table, as one SELECT for DuckDB: the same rows in a release, in a diff and in the history.

Know before editing:
- The history file keeps the statement, and older clients read it there: no lambda, nothing newer than DuckDB 1.1.
- A value is text as DuckDB prints it, a list is JSON. The key is a JSON object in the key's order; a null in it is a value like any other.
"""

from collections.abc import Mapping, Sequence

DIFFERENCE = """
SELECT '{table}' AS table_name, CASE WHEN NOT was THEN 'added' WHEN NOT stays THEN 'removed' ELSE 'restated' END AS change_code,
    key, cell.column_name, cell.value_before, cell.value_after
FROM (
    SELECT b._there IS NOT NULL AS was, a._there IS NOT NULL AS stays, json_object({key})::VARCHAR AS key, unnest([{cells}]) AS cell
    FROM (SELECT *, true AS _there FROM {before}) b FULL JOIN (SELECT *, true AS _there FROM {after}) a ON {match}
    WHERE {differs})
WHERE cell.differs"""
ONE_SIDE = "b._there IS NULL OR a._there IS NULL"
CELL = "{{'column_name': {name}, 'value_before': {before}, 'value_after': {after}, 'differs': coalesce({differs}, false)}}"


def difference(table: str, before: str, after: str, key: Sequence[str], columns: Mapping[str, str]) -> str:
    """A SELECT of one row an added or removed row, and one a cell that differs; `columns` (name to DuckDB type) are those to compare."""
    tests = {name: f'b."{name}" IS DISTINCT FROM a."{name}"' for name in columns}
    row = CELL.format(name="NULL::VARCHAR", before="NULL::VARCHAR", after="NULL::VARCHAR", differs=ONE_SIDE)
    return DIFFERENCE.format(
        table=table,
        before=before,
        after=after,
        key=", ".join(f"""'{name}', coalesce(b."{name}", a."{name}")""" for name in key),
        match=" AND ".join(f'b."{name}" IS NOT DISTINCT FROM a."{name}"' for name in key),
        cells=", ".join([row, *(_cell(name, kind, tests[name]) for name, kind in columns.items())]),
        differs=" OR ".join([ONE_SIDE, *tests.values()]),
    )


def _cell(name: str, kind: str, test: str) -> str:
    before, after = (_text(f'{side}."{name}"', kind) for side in "ba")
    return CELL.format(name=f"'{name}'", before=before, after=after, differs=f"b._there AND a._there AND {test}")


def _text(value: str, kind: str) -> str:
    """A value as text: what a list or a struct holds stays readable for machines."""
    return f"to_json({value})::VARCHAR" if kind.endswith("]") or kind.startswith("STRUCT") else f"{value}::VARCHAR"
