"""What people see in the terminal: progress while fetching, and tables of what came of it."""

import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import polars as pl
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.table import Table

from indicators.release import Published, TableChange, Uploaded, Verdict
from indicators.release.site import app
from indicators.snapshots import Check, is_absent

PIPED_WIDTH = 200
"""Columns where there is no terminal to ask, so that nothing is cut short in a log or a pipe."""

out = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH)
err = Console(stderr=True, width=None if sys.stderr.isatty() else PIPED_WIDTH)
SHOWN_FAILURES = 3
SHOWN_COLUMNS = 3
GAP, READABLE = 3, 24
"""Columns between two cells, and the least measure in which a long cell can still be read."""


class FetchBar:
    """A bar over all files, and one a file on its way; call it with file, bytes so far, and bytes in all."""

    def __init__(self, files: int) -> None:
        """Draw on standard error, so that output stays clean for scripts; `files` is how many are expected."""
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[amount]}"), TimeElapsedColumn())
        self._bar = Progress(*columns, console=err, transient=True)
        self._all = self._bar.add_task("fetching", total=files, amount=f"0 of {files} files", visible=False)
        self._tasks: dict[str, TaskID] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        """Begin to draw."""
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Leave the terminal as it was."""
        self._bar.stop()

    def __call__(self, file: str, done: int, total: int | None) -> None:
        """Begin, move or end the bar of a file; what comes after its end is ignored."""
        with self._lock:
            if total is None:
                self._tasks[file] = self._bar.add_task(f"  {file}", total=None, amount="")
            elif file not in self._tasks:
                return
            elif done < total:
                self._bar.update(self._tasks[file], completed=done, total=total, amount=f"{done / 1e6:.1f} MB")
            else:
                self._end(file)

    def _end(self, file: str) -> None:
        self._bar.remove_task(self._tasks.pop(file))
        whole = next(task for task in self._bar.tasks if task.id == self._all)
        ended, files = int(whole.completed) + 1, max(int(whole.total or 0), int(whole.completed) + 1)
        self._bar.update(self._all, completed=ended, total=files, amount=f"{ended} of {files} files", visible=True)


class CopyBar:
    """A bar over bytes; call it with what is being done, bytes so far, and bytes in all."""

    def __init__(self) -> None:
        """Draw on standard error, so that output stays clean for scripts."""
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=err, transient=True, disable=not err.is_terminal)
        self._task = self._bar.add_task("comparing", total=None)

    def __enter__(self) -> Self:
        """Begin to draw."""
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Leave the terminal as it was."""
        self._bar.stop()

    def __call__(self, doing: str, done: int, total: int) -> None:
        """Move on."""
        self._bar.update(self._task, description=escape(doing), completed=done, total=total or None)


def checks(source_checks: Mapping[str, Sequence[Check]], standing_in: Mapping[str, str]) -> None:
    """One line a source: how its files fared in this run; then the first trouble of each, and what stands in for what was not usable."""
    table = _table("source", "files", "new", "changed", "unchanged", "not usable", title="Sources")
    troubles: dict[str, str] = {}
    for source_id, found in source_checks.items():
        counts = [_count(sum(check.outcome == outcome for check in found)) for outcome in ("new", "changed", "unchanged")]
        bad = [check for check in found if not check.is_good]
        table.add_row(source_id, str(len(found)), *counts, f"[yellow]{len(bad)}[/]" if bad else _count(0))
        troubles |= {source_id: "; ".join(filter(None, (bad[0].error, standing_in[source_id])))} if bad else {}
    out.print(table)
    told(troubles)


def editions(source_checks: Mapping[str, Sequence[Check]], asked: int) -> None:
    """One line a source: how many past editions were asked for, fetched, held before; then the days that could not be had, and why."""
    table = _table("source", "days", "fetched", "held before", "not served", "failed", title="Past editions")
    for source_id, found in source_checks.items():
        absent, good = sum(map(is_absent, found)), sum(check.is_good for check in found)
        table.add_row(source_id, str(asked), *map(_count, (good, asked - len(found), absent, len(found) - good - absent)))
    out.print(table)
    for source_id, found in source_checks.items():
        absent_days = [check.as_of_date for check in found if is_absent(check)]
        failed = {f"{source_id} {check.as_of_date}": check.error for check in found if not check.is_good and not is_absent(check)}
        told({source_id: f"the server has no edition of {', '.join(absent_days)}"} if absent_days else {})
        told(dict(list(failed.items())[:SHOWN_FAILURES]))
        told({source_id: f"{len(failed) - SHOWN_FAILURES} more failed"} if len(failed) > SHOWN_FAILURES else {})


def told(troubles: Mapping[str, str]) -> None:
    """What went wrong, a line a source."""
    for source_id, trouble in troubles.items():
        out.print(f"[yellow]{source_id}[/]: {escape(trouble)}", soft_wrap=True, highlight=False)


def published(outcome: Published, stale: pl.DataFrame, seconds: dict[str, float], total: float) -> None:
    """What a release came to: tables, rows, changes, stale sources, time, and where it is."""
    changes(outcome.changes)
    _stale(stale)
    _warnings(outcome.release.document("audit.json"))
    gx = seconds["loading"] + seconds["judging"]
    out.print(
        f"[dim]{total:.1f} s in all, of which Great Expectations {gx:.1f} s "
        f"(loading {seconds['loading']:.1f} s, judging {seconds['judging']:.1f} s)"
        f" and DuckDB's part of the audit {seconds['measuring']:.1f} s[/]"
    )
    if outcome.is_new and not app.is_in(outcome.release.folder):
        out.print("[yellow]its page has no charts and no query box:[/] web/dist is not built; `make web/dist/.built` builds it")
    if outcome.is_new:
        out.print(f"[bold green]published {outcome.release.version}[/] in {outcome.release.folder}", soft_wrap=True)
    else:
        out.print(
            f"[bold]nothing changed[/] since {outcome.release.version}; no new release. It is in {outcome.release.folder}", soft_wrap=True
        )


def changes(found: dict[str, TableChange]) -> None:
    """One line a table: rows, how many were added, removed and restated, and the columns restated most."""
    table = _table("table", "rows", "added", "removed", "restated", "columns")
    for name, change in found.items():
        is_new = change.rows_before == 0
        columns = ["new table"] if is_new else [f"+{name}" for name in change.columns_added]
        columns += [f"−{name}" for name in change.columns_removed]
        columns += [f"{name} {count:,}" for name, count in sorted(change.values_changed.items(), key=lambda item: -item[1])[:SHOWN_COLUMNS]]
        counts = [_count(change.rows_added), _count(change.rows_removed), _count(change.rows_changed)]
        table.add_row(name, f"{change.rows_after:,}", *counts, ", ".join(columns))
    for number in range(1, 5):
        table.columns[number].justify = "right"
    out.print(table)


def verdicts(found: Iterable[Verdict], *, quiet: bool) -> int:
    """Each verdict as it is reached; returns how many failed."""
    failed = 0
    for verdict in found:
        failed += not verdict.passed
        if not (quiet and verdict.passed):
            mark = "[green]ok  [/]" if verdict.passed else "[red]FAIL[/]"
            out.print(f"{mark} {escape(verdict.subject)}: {escape(verdict.detail)}", soft_wrap=True, highlight=False)
    return failed


def frame(rows: pl.DataFrame, limit: int, title: str = "", hint: str = "") -> None:
    """Rows as a table, the first `limit` of them; as records, a line a column, where the terminal is too narrow."""
    shown = rows.head(limit)
    if out.width < sum(_least(shown, name) + GAP for name in shown.columns):
        _records(shown, title)
    else:
        table = _table(*shown.columns, title=title)
        for row in shown.iter_rows():
            table.add_row(*map(_cell, row))
        out.print(table)
    if rows.height > limit:
        out.print(f"[dim]{limit} of {rows.height:,} rows{hint}[/]")


def _records(rows: pl.DataFrame, title: str) -> None:
    width = max(map(len, rows.columns))
    out.print(f"[bold]{escape(title)}[/]" if title else "")
    for row in rows.iter_rows(named=True):
        for name, value in row.items():
            out.print(f"[dim]{name:>{width}}[/]  {_cell(value)}", soft_wrap=True, highlight=False)
        out.print()


def _least(rows: pl.DataFrame, name: str) -> int:
    """The narrowest a column can be read in: its header, and its longest cell up to a measure."""
    return max([len(name), *(min(len(_cell(value)), READABLE) for value in rows[name])])


def _cell(value: object) -> str:
    return "" if value is None else escape(str(value))


def listed(columns: Sequence[str], lines: Iterable[Sequence[str]], title: str = "") -> None:
    """Lines with markup of their own as a table, whose cells fold."""
    table = _table(*columns, title=title)
    for line in lines:
        table.add_row(*line)
    out.print(table, highlight=False)


def failures(found: Iterable[tuple[str, str]]) -> None:
    """Why a run failed, in the words of its errors."""
    for _, message in found:
        err.print(f"[red]failed:[/] {escape(message)}", soft_wrap=True, highlight=False)


def uploaded(what: Uploaded, address: str) -> None:
    """What was copied where, a line a release, and whether the index was written."""
    for version, files in what.files.items():
        out.print(f"{version}: " + (f"{files} files copied" if files else "[dim]there already, checksum for checksum[/]"))
    index = f"index written ({', '.join(what.index)})" if what.index else "the index is as it was"
    done = f"[bold green]published[/] to {escape(address)}" if what.index else f"[bold]nothing to do[/] at {escape(address)}"
    out.print(f"{done}: {what.bytes / 1e6:,.1f} MB copied, {index}" if what.index or what.bytes else f"{done}: {index}", soft_wrap=True)


def _warnings(audit: Mapping[str, Any]) -> None:
    """How many questions of the release's audit were answered no without blocking it."""
    found = [finding for table in audit["tables"] for finding in table["findings"] if finding["is_warning"] and not finding["passed"]]
    out.print(f"{len(found)} warning{'s' * (len(found) != 1)} in audit.json: known imperfections, published with the data", highlight=False)


def _stale(stale: pl.DataFrame) -> None:
    if stale.is_empty():
        out.print("every source was confirmed with its server")
        return
    table = _table("source", "from", "files", "as of", title="Stale: not confirmed with the server")
    for row in stale.iter_rows(named=True):
        table.add_row(row["source_id"], row["origin_code"], str(row["files"]), str(row["as_of"] or "unknown"))
    out.print(table)
    reasons = stale.filter(pl.col("why") != "")
    told(dict(reasons.select("source_id", "why").iter_rows()))
    if reasons.height < stale.height:
        out.print("[dim]the others were not asked yet: `indicators refresh` does[/]")


def _table(*columns: str, title: str = "") -> Table:
    """A table without boxes, whose cells fold and are never cut short."""
    table = Table(box=box.SIMPLE, title=title or None, title_justify="left", title_style="bold", pad_edge=False)
    for name in columns:
        table.add_column(name, overflow="fold")
    return table


def _count(number: int) -> str:
    return f"{number:,}" if number else "[dim]0[/]"
