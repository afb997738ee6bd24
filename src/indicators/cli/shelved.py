"""Releases side by side: what differs between two, which there are, and withdrawing one."""

import json

import click
import polars as pl

from indicators import release
from indicators.cli import show
from indicators.model import Folders, IndicatorsError
from indicators.pipeline import Pipeline
from indicators.release import Release, Shelf, TableChange

PUBLISHED, WITHDRAWN = "published", "withdrawn"


def diff(before: str, after: str, table: str | None, style: str, rows: int) -> int:
    """Compare two releases, or one table of theirs; returns the exit code."""
    shelf = _pipeline().shelf
    then, now = shelf.get(before), shelf.get(after)
    only = _known(table, then, now) if table else None
    changes = release.compare(then.tables, now.tables, now.keys, then.keys, only)
    if table:
        _rows(changes[table], table, (then, now), style, rows)
    elif style == "table":
        _summary(changes, then, now)
    else:
        click.echo(_counts(changes, then, now) if style == "json" else _sheet(changes).write_csv(), nl=style == "json")
    return 0


def releases(*, as_json: bool) -> int:
    """List every release with its status; returns the exit code."""
    shelf = _pipeline().shelf
    lines = [line(found, shelf) for found in shelf.releases()]
    if as_json:
        click.echo(json.dumps(lines, indent=2, ensure_ascii=False))
    elif lines:
        show.frame(pl.DataFrame(lines), len(lines), f"Releases in {shelf.folder}")
    else:
        show.out.print("no release yet: indicators release")
    return 0


def withdraw(version: str, reason: str) -> int:
    """Withdraw a release for good; returns the exit code."""
    pipeline = _pipeline()
    with pipeline.alone():
        pipeline.shelf.withdraw(version, reason)
        release.draw_index(pipeline.shelf)
    latest = pipeline.shelf.latest()
    told = f"the latest is {latest.version} now" if latest else "there is no latest release now, until the next one"
    show.out.print(
        f"[bold]{version} is withdrawn[/]: its folder stays as it is, and the index tells the reason; {told}",
        soft_wrap=True,
        highlight=False,
    )
    show.out.print("where releases were copied to, `indicators publish` tells it", highlight=False)
    return 0


def line(found: Release, shelf: Shelf) -> dict[str, str | int]:
    """One release: when it was made, its schema, its size, and whether it stands."""
    withdrawal = shelf.withdrawals().get(found.version)
    return {
        "release": found.version,
        "created": found.package["created"],
        "schema": found.schema_version,
        "tables": len(found.resources),
        "rows": sum(resource["rows"] for resource in found.resources),
        "status": WITHDRAWN if withdrawal else PUBLISHED,
        "reason": f"{withdrawal.at}: {withdrawal.reason}" if withdrawal else "",
    }


def _known(table: str, then: Release, now: Release) -> str:
    """The table, where either release has it; raises IndicatorsError naming those there are."""
    known = sorted({*then.keys, *now.keys})
    if table not in known:
        raise IndicatorsError(f"no table {table!r} in {then.version} or {now.version}; there are {', '.join(known)}")
    return table


def _rows(change: TableChange, table: str, pair: tuple[Release, Release], style: str, rows: int) -> None:
    """Every cell that differs: for people with the key in words, for programs as `changes.parquet` has it."""
    cells = release.cells({table: change})
    if style != "table":
        click.echo(cells.write_json() if style == "json" else cells.write_csv(), nl=style == "json")
        return
    title = f"{table}: {pair[0].version} → {pair[1].version}"
    told = cells.drop("table_name").with_columns(pl.col("key").map_elements(_in_words, return_dtype=pl.String))
    show.frame(told, rows, title, "; --rows shows more, --csv and --json all") if told.height else show.out.print(f"{title}: the same")
    for release_, count, is_alone in (
        (pair[0], change.rows_before, not change.rows_after),
        (pair[1], change.rows_after, not change.rows_before),
    ):
        if is_alone and count:
            show.out.print(f"only {release_.version} has its {count:,} rows: indicators query 'FROM {table}' --release {release_.version}")


def _in_words(key: str) -> str:
    return " · ".join(str(part) for part in json.loads(key).values() if part is not None)


def _summary(changes: dict[str, TableChange], then: Release, now: Release) -> None:
    changed = {name: change for name, change in changes.items() if change.is_change}
    show.out.print(f"[bold]{then.version} → {now.version}[/]: {len(changed)} of {len(changes)} tables differ", highlight=False)
    if changed:
        show.changes(changed)
        show.out.print(
            f"[dim]the rows of one: indicators diff {then.version} {now.version} --table {next(iter(changed))}[/]", highlight=False
        )


def _counts(changes: dict[str, TableChange], then: Release, now: Release) -> str:
    tables = {name: change.as_json() for name, change in changes.items()}
    return json.dumps({"from": then.version, "to": now.version, "tables": tables}, indent=2, ensure_ascii=False)


def _sheet(changes: dict[str, TableChange]) -> pl.DataFrame:
    """One line a table, with how many rows and columns differ."""
    lines = [
        {"table_name": name} | {told: len(value) if isinstance(value, list | dict) else value for told, value in change.as_json().items()}
        for name, change in changes.items()
    ]
    return pl.DataFrame(lines)


def _pipeline() -> Pipeline:
    return Pipeline(Folders.from_environment())
