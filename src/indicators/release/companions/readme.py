"""`README.md`: what a person needs who has nothing but the release's folder: what this is, use, citation, quality, changes.

Know before editing: it stays under 100 lines whatever the release holds, and sends the reader to the file beside it that has the rest.
"""

from indicators.model import PROJECT_LICENSE, PROJECT_TITLE, SCHEMA_VERSION
from indicators.release.companions import citation, licenses, soundness
from indicators.release.edition import Edition
from indicators.release.shelf import SUMS

BESIDE = {
    "DICTIONARY.md": "every table and column with unit, key, links and values; every indicator; the audit's warnings by table",
    "CHANGES.md": "what changed since the release before, in words (`changes.json`, `changes.parquet`: for programs)",
    "LICENSES.md": "the terms and credits of every source",
    "CITATION.cff": "how to cite this release",
    "audit.json": "every question asked of every table, with the answer and the rows that fail",
    "sources.json": "every file that was read: address, day, sha256, when it was checked",
    "views.sql": "views for DuckDB, here or over HTTP",
    "QUERIES.md": "how to ask from DuckDB, Python, R and the browser",
    "datapackage.json": "the schema for programs (Data Package); `croissant.json`: the same for machine learning",
    "site/index.html": "the release as a page, to open in a browser",
    SUMS: "checksums: `sha256sum -c SHA256SUMS`",
}
README = """\
# {title}, release {version}

{abstract}
Built from public sources on {day}, schema {schema}. A release never changes: what you cite stays what it was.

## What is this?

{contents}

```sql
-- in DuckDB, in this folder: how far the best Chinese model is behind the best US model, month by month
SELECT period_end, value AS points, lower, upper, n AS models FROM 'tables/indicator_values.parquet'
WHERE indicator_id = 'capability_gap' AND dimension = 'as_dated' ORDER BY period_end DESC LIMIT 12;
```

## May I use it?

{use}

## How do I cite it?

> {sentence}

`CITATION.cff` says the same for programs. Name the release with every figure: figures are restated from one to the next.

## How good is it?

{quality}

## What changed?

{changes}

## Files

{files}
"""


def text(edition: Edition) -> str:
    """The five answers, and the files that have the rest."""
    return README.format(
        title=PROJECT_TITLE,
        version=edition.version,
        abstract=soundness.wrapped(citation.project()["abstract"]),
        day=edition.created.date().isoformat(),
        schema=SCHEMA_VERSION,
        contents=_contents(edition),
        use=_use(edition),
        sentence=citation.sentence(edition),
        quality="\n\n".join([soundness.audit(edition), soundness.stale(edition), soundness.coverage(edition)]),
        changes=_changes(edition),
        files=_files(edition),
    )


def _contents(edition: Edition) -> str:
    """What the tables are, with their rows."""
    rows = ", ".join(f"`{table.name}` {edition.changes[table.name].rows_after:,}" for table in edition.tables)
    told = f"{len(edition.tables)} Parquet tables in `tables/`, and {len(edition.indicators)} indicators over them, one file of SQL each."
    return soundness.wrapped(f"{told} `DICTIONARY.md` explains every column and figure. With their rows: {rows}.")


def _use(edition: Edition) -> str:
    """The terms in one breath."""
    told = f"Yes, for any purpose, with credit: {licenses.in_words(PROJECT_LICENSE)}."
    other = filter(licenses.is_apart, edition.tables)
    apart = [f"The table `{table.name}` is under {licenses.in_words(table.license)}." for table in other]
    credit = f"`LICENSES.md` has the terms and credits of the {len(edition.credits)} sources: pass on those of what you use."
    return soundness.wrapped(" ".join([told, *apart, credit]))


def _changes(edition: Edition) -> str:
    """The tables that changed most since the release before."""
    if not edition.last:
        return "This is the first release."
    rows = {name: told.rows_added + told.rows_removed + told.rows_changed for name, told in edition.changes.items() if told.is_change}
    told = f"Since release {edition.last.version}, {len(rows)} of {len(edition.changes)} tables changed. Rows added, removed or restated:"
    return soundness.wrapped(f"{told} {soundness.most(rows)}. `CHANGES.md` spells them out.")


def _files(edition: Edition) -> str:
    """The files beside this one, each with what it is for; the checksums come last."""
    present = [name for name in BESIDE if (edition.folder / name).exists() or name == SUMS]
    return "\n".join(f"- `{name}`: {BESIDE[name]}" for name in present)
