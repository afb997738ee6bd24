"""The files that travel with the tables, each written by one module from the contracts, the audit and the comparison.

A module here gives the text of one file; `FILES` names it. Know before editing: the order of `FILES` is the order of writing, so a
file may be written from those before it.
"""

from collections.abc import Callable

from indicators.release.companions import changes, licenses, package, views
from indicators.release.edition import Edition

FILES: dict[str, Callable[[Edition], str]] = {
    "datapackage.json": package.text,
    "changes.json": changes.text,
    "views.sql": views.text,
    "LICENSES.md": licenses.text,
}


def write(edition: Edition) -> None:
    """Write every file into the edition's folder."""
    for name, text in FILES.items():
        (edition.folder / name).write_text(text(edition), encoding="utf-8")
