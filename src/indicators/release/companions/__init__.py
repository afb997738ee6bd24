"""The files that travel with the tables, each written by one module from the contracts, the audit and the comparison.

A module here gives the text of one file; `FILES` names it. Know before editing: the order of `FILES` is the order of writing, so a
file may be written from those before it.
"""

from collections.abc import Callable

from indicators.release.companions import changelog, changes, citation, croissant, dictionary, licenses, package, queries, readme, views
from indicators.release.edition import Edition
from indicators.release.site import FILES as SITE

FILES: dict[str, Callable[[Edition], str]] = {
    "datapackage.json": package.text,
    "changes.json": changes.text,
    "CHANGES.md": changelog.text,
    "views.sql": views.text,
    "QUERIES.md": queries.text,
    "LICENSES.md": licenses.text,
    "CITATION.cff": citation.text,
    "croissant.json": croissant.text,
    "DICTIONARY.md": dictionary.text,
    **SITE,
    "README.md": readme.text,
}


def write(edition: Edition) -> None:
    """Write every file into the edition's folder, what is Parquet first, so that the others can describe it."""
    changes.write(edition)
    for name, text in FILES.items():
        path = edition.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text(edition), encoding="utf-8")
