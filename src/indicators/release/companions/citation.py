"""`CITATION.cff`: how to cite this release, which is the project's own `CITATION.cff` with the version and the day; the same in words.

Know before editing: authors, licence, abstract, keywords and the text that the claims come from are written once, in the project's file.
"""

from functools import cache
from typing import Any

import yaml

from indicators.model.folders import PROJECT
from indicators.release.edition import Edition

BIBTEX = """\
@misc{{{key},
  author = {{{{{authors}}}}},
  title = {{{{{title}, release {version}}}}},
  year = {{{year}}},
  note = {{Data set, {license}}}
}}"""


def text(edition: Edition) -> str:
    """The project's citation, of this version and day."""
    day = edition.created.date().isoformat()
    return yaml.safe_dump(project() | {"version": edition.version, "date-released": day}, sort_keys=False, allow_unicode=True, width=120)


@cache
def project() -> dict[str, Any]:
    """What the project says of itself to those who cite it."""
    stated: dict[str, Any] = yaml.safe_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))
    return stated


def authors() -> list[str]:
    """Who made the dataset, by name."""
    return [str(author["name"]) for author in project()["authors"]]


def sentence(edition: Edition) -> str:
    """The citation as a reader writes it."""
    told = f"{'; '.join(authors())} ({edition.created.year}): {project()['title']}, release {edition.version}"
    return f"{told}. Data set, {project()['license']}."


def bibtex(edition: Edition) -> str:
    """The citation for those who write with LaTeX."""
    return BIBTEX.format(
        key=f"indicators_{edition.version.replace('.', '_')}",
        authors=" and ".join(authors()),
        title=project()["title"],
        version=edition.version,
        year=edition.created.year,
        license=project()["license"],
    )
