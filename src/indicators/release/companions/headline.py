"""What changed, in a paragraph: verdicts first, then indicators, then rows. It opens `CHANGES.md` and is an entry of the feed."""

from dataclasses import dataclass

import polars as pl

from indicators.release.companions import words
from indicators.release.edition import Edition

LEDGER = "claims"
MOVED = 3
"""Indicators that the paragraph names."""


@dataclass(frozen=True)
class Flip:
    """A claim whose verdict is another one; `rule` says so where its rule is another one, too."""

    claim_id: str
    evaluation_code: str
    before: str
    after: str
    is_rule_new: bool


def summary(edition: Edition) -> str:
    """The paragraph."""
    if edition.last is None:
        rows = sum(change.rows_after for change in edition.changes.values())
        return f"The first release: {len(edition.changes)} tables with {rows:,} rows. There is none before to compare it with."
    told = [_verdicts(edition), _moved(edition), _rows(edition)]
    return f"Since {edition.last.version}: " + "; ".join(filter(None, told)) + "."


def flips(edition: Edition) -> list[Flip]:
    """The verdicts that changed, by claim."""
    change = edition.changes.get(LEDGER)
    cells = change.cells.filter(change_code="restated") if change else pl.DataFrame(schema={"column_name": pl.String})
    ruled = set(cells.filter(column_name="rule_version")["key"]) if change else set()
    part = {name: pl.col("key").str.json_path_match(f"$.{name}").alias(name) for name in ("claim_id", "evaluation_code")}
    flipped = cells.filter(column_name="verdict_code")
    if flipped.is_empty():
        return []
    rows = flipped.select(*part.values(), "value_before", "value_after", is_rule_new=pl.col("key").is_in(ruled))
    return [Flip(*row) for row in rows.sort("claim_id", "evaluation_code").iter_rows()]


def _verdicts(edition: Edition) -> str:
    if LEDGER not in edition.changes:
        return ""
    found = [
        f"{flip.claim_id} {words.code(flip.evaluation_code)}: {words.code(flip.before)} → {words.code(flip.after)}"
        for flip in flips(edition)
    ]
    number = f"{len(found)} verdict{'s' * (len(found) != 1)} changed" if found else "no verdict changed"
    return f"{number} ({', '.join(found)})" if found else number


def _moved(edition: Edition) -> str:
    if edition.movements is None:
        return ""
    newest = edition.movements.newest
    titles = {indicator.id: indicator.title for indicator in edition.indicators}
    most = newest["indicator_id"].unique(maintain_order=True).head(MOVED)
    named = f", most of all {', '.join(titles[name] for name in most)}" if newest.height else ""
    return f"{newest.height:,} indicator series have another newest figure{named}"


def _rows(edition: Edition) -> str:
    changed = [change for change in edition.changes.values() if change.is_change]
    added, removed, restated = (sum(getattr(change, f"rows_{kind}") for change in changed) for kind in ("added", "removed", "changed"))
    return (
        f"{len(changed)} of {len(edition.changes)} tables changed, with {added:,} rows added, {removed:,} removed and {restated:,} restated"
    )
