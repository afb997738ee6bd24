"""History: one DuckDB file with every version of every released row, recorded release by release.

Know before editing:
- It is a cache: `rebuild` replays the release folders and gives the same content. It is never a release artifact.
- The statements are in `sql/history`; here they are filled in and run, all tables of a release in one transaction.
- The file is written in a storage version that older DuckDB clients open. One writer at a time; readers open read-only.
- `changes` tells what `release.compare` tells, by the same SQL (`model.difference`). A column that was retyped later is told in its
  newest type.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from indicators.model import IndicatorsError, difference, sql_text

STORAGE_VERSION = "v1.0.0"
ONLY = """(SELECT * FROM {table}_history
    WHERE is_held(release_from, release_to, {one}) AND NOT is_held(release_from, release_to, {other}))"""
"""Rows of a table that one release has and another may not: what lived through both cannot differ."""
LIFE = ("release_from", "release_to")
"""The columns of a history that say in which releases a row was true."""
KEYS = """SELECT DISTINCT table_name, key FROM (
    SELECT table_name, list(column_name ORDER BY key_place) AS key FROM release_columns
    WHERE key_place IS NOT NULL GROUP BY table_name, version) ORDER BY ALL"""


@dataclass(frozen=True)
class History:
    """The history file and the folder of SQL that writes it."""

    file: Path
    sql: Path

    def record(self, release: Path) -> bool:
        """Record a release folder; False where it is in the history already. Raises IndicatorsError out of order."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with _writing(self.file) as connection:
            connection.execute((self.sql / "prepare.sql").read_text(encoding="utf-8"))
            _require_described(connection)
            if not _is_next(connection, release):
                return False
            self._record(connection, release)
        return True

    def rebuild(self, releases: Sequence[Path]) -> None:
        """Replay releases, oldest first, into a new file that then takes the old one's place."""
        draft = self.file.with_name(f".{self.file.name}.part")
        draft.unlink(missing_ok=True)
        fresh = History(draft, self.sql)
        for release in releases:
            fresh.record(release)
        if releases:
            draft.replace(self.file)
        else:
            self.file.unlink(missing_ok=True)

    def releases(self) -> list[str]:
        """Versions the history holds, oldest first."""
        if not self.file.exists():
            return []
        with duckdb.connect(str(self.file), read_only=True) as connection:
            rows = connection.sql("SELECT version FROM releases ORDER BY release_number(version)").fetchall()
            return [str(row[0]) for row in rows]

    def _record(self, connection: duckdb.DuckDBPyConnection, release: Path) -> None:
        package = _package(release)
        stated = [release.name, package["created"], package["schema_version"]]
        connection.execute("INSERT INTO releases VALUES (?, ?, ?)", stated)
        keys = {resource["name"]: _key(resource["schema"]) for resource in package["resources"]}
        present = {path.stem: path for path in sorted((release / "tables").glob("*.parquet"))}
        for table, path in present.items():
            columns = _columns(connection, f"read_parquet({sql_text(path)})")
            _grow(connection, table, columns)
            _describe(connection, release.name, table, columns, keys.get(table, []))
            same = " AND ".join(f'o."{name}" IS NOT DISTINCT FROM n."{name}"' for name in columns)
            self._run(connection, "record", table=table, path=sql_text(path), version=release.name, same=same)
            self._run(connection, "as_of", table=table)
        for table in _tables(connection) - set(present):
            connection.execute(f"UPDATE {table}_history SET release_to = ? WHERE release_to IS NULL", [release.name])  # noqa: S608
        self._run(connection, "diff", rows=" UNION ALL ".join(_differences(connection)))
        self._comment(connection, [resource for resource in package["resources"] if resource["name"] in present])

    def _comment(self, connection: duckdb.DuckDBPyConnection, resources: Sequence[dict[str, Any]]) -> None:
        """Let DuckDB say what each table, column and macro is, in the words of the release."""
        self._run(connection, "describe")
        for resource in resources:
            columns = _column_comments(resource["name"], resource["schema"]["fields"])
            told = sql_text(f"{resource['title']}. {resource['description']}")
            self._run(connection, "describe_table", table=resource["name"], told=told, columns=columns)

    def _run(self, connection: duckdb.DuckDBPyConnection, statement: str, **filled: object) -> None:
        sql = (self.sql / f"{statement}.sql").read_text(encoding="utf-8")
        for name, value in filled.items():
            sql = sql.replace("{" + name + "}", str(value))
        connection.execute(sql)


@contextmanager
def _writing(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """One transaction on the file: everything in it, or nothing."""
    with duckdb.connect() as connection:
        try:
            connection.execute(f"ATTACH {sql_text(file)} AS history (STORAGE_VERSION '{STORAGE_VERSION}')")
        except duckdb.Error as error:
            is_open = "lock" in str(error).lower()
            remedy = "it is open elsewhere; close the other program" if is_open else "it is damaged; run `indicators history rebuild`"
            raise IndicatorsError(f"the history {file} cannot be written: {remedy} ({error})") from error
        connection.execute("USE history; BEGIN")
        yield connection
        connection.execute("COMMIT; USE memory; DETACH history")


def _is_next(connection: duckdb.DuckDBPyConnection, release: Path) -> bool:
    """True where the release is newer than all recorded, False where it is recorded; raises where the history is another's."""
    version = release.name
    held = dict(connection.sql("SELECT version, created FROM releases").fetchall())
    if version in held and held[version] == _package(release)["created"]:
        return False
    if version in held:
        raise IndicatorsError(f"history holds another release {version}; run `indicators history rebuild`")
    later = connection.execute("SELECT version FROM releases WHERE release_number(version) > release_number(?)", [version]).fetchall()
    if later:
        raise IndicatorsError(f"history already holds releases after {version}; run `indicators history rebuild`")
    return True


def _require_described(connection: duckdb.DuckDBPyConnection) -> None:
    """Refuse a history from before releases were recorded with their columns and keys."""
    bare = connection.sql("SELECT version FROM releases WHERE version NOT IN (SELECT version FROM release_columns)").fetchall()
    if bare:
        raise IndicatorsError(
            f"the history holds {bare[0][0]} without its columns, as it was written earlier; run `indicators history rebuild`"
        )


def _describe(connection: duckdb.DuckDBPyConnection, version: str, table: str, columns: dict[str, str], key: Sequence[str]) -> None:
    """Record which columns a table had in a release, and their place in its key."""
    places = {name: place for place, name in enumerate(key)}
    rows = [list(columns), list(columns.values()), [places.get(name) for name in columns]]
    connection.execute("INSERT INTO release_columns SELECT ?, ?, unnest(?), unnest(?), unnest(?)", [version, table, *rows])


def _column_comments(table: str, fields: Sequence[dict[str, Any]]) -> str:
    """A COMMENT for each column of a table and of its history: what it means, and its unit."""
    told = {field["name"]: field["description"] + (f" [{field['unit']}]" if "unit" in field else "") for field in fields}
    relations = (table, f"{table}_history")
    return "\n".join(f'COMMENT ON COLUMN {relation}."{name}" IS {sql_text(text)};' for relation in relations for name, text in told.items())


def _differences(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """One SELECT of what differs between `earlier` and `later`, for each table and each key that it ever had."""
    for table, key in connection.sql(KEYS).fetchall():
        columns = {name: kind for name, kind in _columns(connection, f"{table}_history").items() if name not in (*key, *LIFE)}
        before = ONLY.format(table=table, one="earlier", other="later")
        after = ONLY.format(table=table, one="later", other="earlier")
        yield f"SELECT *, {key} AS key_columns FROM ({difference(table, before, after, key, columns)})"  # noqa: S608


def _key(schema: dict[str, Any]) -> list[str]:
    """The key of a described table: a unique key stands where a part of it may be null."""
    return list(schema.get("primaryKey") or schema["uniqueKeys"][0])


def _package(release: Path) -> dict[str, Any]:
    """What a release says of itself."""
    return json.loads((release / "datapackage.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _grow(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str]) -> None:
    """Create the history of a table, or add the columns that a release brought."""
    described = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    connection.execute(f"CREATE TABLE IF NOT EXISTS {table}_history (release_from VARCHAR, release_to VARCHAR, {described})")
    held = _columns(connection, f"{table}_history")
    for name, kind in columns.items():
        if name not in held:
            connection.execute(f'ALTER TABLE {table}_history ADD COLUMN "{name}" {kind}')
        elif held[name] != kind:
            connection.execute(f'ALTER TABLE {table}_history ALTER COLUMN "{name}" SET DATA TYPE {kind}')


def _columns(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, str]:
    return {str(row[0]): str(row[1]) for row in connection.sql(f"DESCRIBE FROM {relation}").fetchall()}


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Tables with a history in the attached file."""
    named = connection.sql("SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%\\_history' ESCAPE '\\'")
    return {str(row[0]).removesuffix("_history") for row in named.fetchall()}
