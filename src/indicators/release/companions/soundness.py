"""How good a release is, in a few lines: what the audit left open, which sources are stale, what the figures rest on.

What does not belong here: judging. The audit did that before; here its findings are counted.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from textwrap import fill
from typing import Any

import polars as pl

from indicators.release.edition import Edition

WIDTH = 120
NAMED = 8
"""How many tables, sources or indicators a line names."""
MOST, HALF = 0.8, 0.5


def audit(edition: Edition) -> str:
    """How many questions were asked, and the warnings that stand, by table."""
    asked = sum(len(table["findings"]) for table in json.loads((edition.folder / "audit.json").read_text(encoding="utf-8"))["tables"])
    standing = {table: len(found) for table, found in edition.warnings.items() if found}
    told = f"**Audit.** {asked:,} questions were asked of {len(edition.tables)} tables; a release goes out only if all that block are met."
    if not standing:
        return wrapped(f"{told} No warning stands.")
    warned = f"Warnings that stand: {sum(standing.values())}, most in {most(standing)}."
    return wrapped(f"{told} {warned} Each is under its table in `DICTIONARY.md`.")


def stale(edition: Edition) -> str:
    """How many files were not confirmed with their servers, and the sources whose newest such file is oldest."""
    days: dict[str, set[str]] = defaultdict(set)
    for row in edition.sources:
        if row["is_stale"]:
            days[row["source_id"]].add(row["as_of_date"] or "unknown")
    files = sum(row["is_stale"] for row in edition.sources)
    told = f"**Sources.** {len(edition.sources)} files of {len(edition.credits)} sources were read."
    if not days:
        return wrapped(f"{told} None is stale.")
    oldest = sorted((max(found), source) for source, found in days.items())
    named = ", ".join(f"`{source}` {day}" for day, source in oldest[:NAMED])
    return wrapped(f"{told} {files} files, of {len(days)} sources, are stale: not confirmed with their server. Oldest: {named}.")


def coverage(edition: Edition) -> str:
    """How much of what they speak of the figures rest on, and the indicators whose newest figures rest on least."""
    if "indicator_values" not in {table.name for table in edition.tables}:
        return "**Coverage.** This release has no indicators."
    values = pl.read_parquet(edition.files / "indicator_values.parquet", columns=["indicator_id", "period_end", "coverage_share"])
    known = values.drop_nulls("coverage_share")
    shares = [_percent((known["coverage_share"] >= MOST).sum(), known), _percent((known["coverage_share"] < HALF).sum(), known)]
    least = ", ".join(f"`{name}` {share:.0%}" for name, share in _least(known).head(NAMED).iter_rows())
    told = f"**Coverage.** Of {known.height:,} figures that state it, {shares[0]} rest on {MOST:.0%} or more of what they speak of"
    return wrapped(
        f"{told}, {shares[1]} on less than half. Least, in the newest period: {least}. `coverage_share` stands beside every figure."
    )


def wrapped(text: str) -> str:
    """Text in lines, for a file that people read as it is."""
    return fill(" ".join(text.split()), WIDTH, break_long_words=False, break_on_hyphens=False)


def most(counts: Mapping[str, int]) -> str:
    """The names that count most, with their counts."""
    ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return ", ".join(f"`{name}` {count:,}" for name, count in ordered[:NAMED])


def _least(known: pl.DataFrame) -> pl.DataFrame:
    """By indicator: the median coverage of its newest period, least first."""
    newest = known.filter(pl.col("period_end") == pl.col("period_end").max().over("indicator_id"))
    return newest.group_by("indicator_id").agg(pl.col("coverage_share").median()).sort("coverage_share", "indicator_id")


def _percent(count: Any, of: pl.DataFrame) -> str:
    return f"{count / max(of.height, 1):.0%}"
