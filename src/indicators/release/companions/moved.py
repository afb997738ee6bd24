"""The indicators' part of `CHANGES.md`: newest figures that moved, and figures of the past that were restated."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from indicators.release.companions import words
from indicators.release.edition import Edition
from indicators.release.movements import SERIES, SIZE, VALUES, Movements

NEWEST_TOLD, RESTATED_TOLD = 25, 15
NEWEST = """\
SELECT indicator_id, subject_code, a.dimension, b.period_end AS period_before, b.value AS value_before, a.period_end, a.value
FROM (FROM 'tables/indicator_values.parquet'
      WINDOW series AS (PARTITION BY indicator_id, subject_code, dimension ORDER BY period_end DESC, period_start DESC)
      QUALIFY row_number() OVER series = 1) a
JOIN (FROM '../{before}/tables/indicator_values.parquet'
      WINDOW series AS (PARTITION BY indicator_id, subject_code, dimension ORDER BY period_end DESC, period_start DESC)
      QUALIFY row_number() OVER series = 1) b
USING (indicator_id, subject_code) WHERE a.dimension IS NOT DISTINCT FROM b.dimension AND a.value IS DISTINCT FROM b.value"""
RESTATED = f"FROM 'changes.parquet' WHERE table_name = '{VALUES}' AND column_name = 'value'"
HOW = """\
The newest figure of each series (an indicator of one subject and dimension), then and now. The largest moves come first, measured by the
larger of half the figure's interval and how much the indicator usually varies; a figure that is known at last, or no longer, comes before.
`n` is how many observations are behind the figure of now."""


def sections(edition: Edition, movements: Movements) -> Iterator[str]:
    """Newest figures, series that began or ended, and figures of the past, each where there are some."""
    titles = {indicator.id: (indicator.title, indicator.unit) for indicator in edition.indicators}
    before = edition.last.version if edition.last else ""
    yield "## Indicators that moved"
    yield from _newest(movements.newest, titles, before)
    for verb, found in (("New", movements.begun), ("Ended", movements.ended)):
        if found:
            told = [f"{titles.get(name, (name,))[0]} ({number})" for name, number in found.items()]
            yield f"{verb} series: {', '.join(told)}."
    if movements.restated.height:
        yield "## Figures of the past that were restated"
        yield from _restated(movements.restated, titles)


def _newest(moved: pl.DataFrame, titles: dict[str, tuple[str, str]], before: str) -> Iterator[str]:
    if moved.is_empty():
        yield "The newest figure of every series is what it was."
        return
    yield HOW
    lines = ["| indicator | of | then | now | n | from → to |", "|---|---|---|---|---|---|"]
    for row in moved.head(NEWEST_TOLD).iter_rows(named=True):
        title, unit = titles.get(row["indicator_id"], (row["indicator_id"], ""))
        then, now = (words.period(row[f"period_start{side}"], row[f"period_end{side}"]) for side in ("_before", ""))
        lines.append(
            f"| {title} | {_series(row)} | {then} | {now} | {row['n']:,} | {words.pair(row['value_before'], row['value'], unit)} |"
        )
    yield "\n".join(lines)
    if moved.height > NEWEST_TOLD:
        yield words.more(moved.height - NEWEST_TOLD, "series", NEWEST.format(before=before))


def _restated(restated: pl.DataFrame, titles: dict[str, tuple[str, str]]) -> Iterator[str]:
    """A line a series: how many of its periods, and the one restated most."""
    yield f"The same period is told otherwise now: {restated.height:,} figures. A line is a series, with the period that was restated most."
    series = (
        restated.with_columns(periods=pl.len().over(SERIES))
        .group_by(SERIES, maintain_order=True)
        .first()
        .sort(-pl.col(SIZE), nulls_last=False)
    )
    lines = ["| indicator | of | periods | most in | from → to |", "|---|---|---|---|---|"]
    for row in series.head(RESTATED_TOLD).iter_rows(named=True):
        title, unit = titles.get(row["indicator_id"], (row["indicator_id"], ""))
        most = words.period(row["period_start"], row["period_end"])
        lines.append(f"| {title} | {_series(row)} | {row['periods']} | {most} | {words.pair(row['value_before'], row['value'], unit)} |")
    yield "\n".join(lines)
    if series.height > RESTATED_TOLD:
        yield words.more(series.height - RESTATED_TOLD, "series", RESTATED, "every value that was restated, the newest too")


def _series(row: dict[str, Any]) -> str:
    return str(row["subject_code"]) + (f", `{row['dimension']}`" if row["dimension"] else "")
