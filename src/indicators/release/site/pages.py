"""The pages, each rendered from one edition by a template of its own name.

Know before editing: a page loads its style sheet and the script beside it and nothing else; whatever it shows is inside it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from indicators.model import PROJECT_LICENSE, PROJECT_NAME, PROJECT_TITLE, SCHEMA_VERSION
from indicators.release.companions import citation, licenses
from indicators.release.companions.questions import questions
from indicators.release.edition import Edition
from indicators.release.site import app, charts, ledger, matrix, records, words
from indicators.release.site.controls import rule_versions
from indicators.release.site.figures import figures
from indicators.release.site.moves import moves

Context = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """One page: its file, its name in the navigation, and what its template is given."""

    file: str
    title: str
    context: Callable[[Edition], Context]
    has_program: bool = False
    """Whether the program draws its charts or answers its queries."""


def _overview(edition: Edition) -> Context:
    cite = {"sentence": citation.sentence(edition), "bibtex": citation.bibtex(edition)}
    rules = rule_versions(edition)
    return {"sections": figures(edition, rules), "rules": rules, "claims": ledger.judged(edition), **cite, **_about(edition)}


def _about(edition: Edition) -> Context:
    document = records.audit_document(edition)
    audits = records.audits(document)
    return {
        "audits": audits,
        "seconds": document.get("seconds", {}),
        "asked": sum(audit["asked"] for audit in audits),
        "warnings": sum(len(audit["failed"]) for audit in audits),
        "rows": sum(change.rows_after for change in edition.changes.values()),
        "sources": records.sources(edition),
    }


def _claims(edition: Edition) -> Context:
    return {"claims": ledger.judged(edition)}


def _chips(edition: Edition) -> Context:
    rules = rule_versions(edition)
    found = {"designers": matrix.designers(edition, rules), "destinations": matrix.destinations(edition, rules)}
    return {**found, "rules": rules, "needs": matrix.NEEDS}


def _changes(edition: Edition) -> Context:
    return {"changes": edition.changes, "last": edition.last, "moves": moves(edition)}


def _sources(edition: Edition) -> Context:
    return {"sources": records.sources(edition)}


def _dictionary(edition: Edition) -> Context:
    return {"rows": {name: change.rows_after for name, change in edition.changes.items()}}


def _data(edition: Edition) -> Context:
    asked = questions([table.name for table in edition.tables])
    return {"files": records.tables(edition), "others": records.others(edition), "questions": asked}


PAGES = (
    Page("index.html", "Overview", _overview, has_program=True),
    Page("claims.html", "Claims", _claims),
    Page("chips.html", "Chips and rules", _chips),
    Page("changes.html", "Changes", _changes),
    Page("quality.html", "Quality", _about),
    Page("sources.html", "Sources", _sources),
    Page("dictionary.html", "Dictionary", _dictionary),
    Page("data.html", "Data and queries", _data, has_program=True),
)
STYLE = "site.css"


def text(page: Page, edition: Edition) -> str:
    """A page's HTML."""
    shared = {"page": page, "pages": PAGES, "edition": edition, "license": licenses.stated(PROJECT_LICENSE)}
    return _templates().get_template(page.file).render(**shared, has_program=app.is_in(edition.folder), **page.context(edition))


def style() -> str:
    """The style sheet of every page."""
    return files(__package__).joinpath(STYLE).read_text(encoding="utf-8")


@cache
def _templates() -> Environment:
    loader = PackageLoader("indicators.release.site")
    found = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    named = {"words": words, "ledger": ledger, "charts": charts}
    found.globals |= {**named, "PROJECT_TITLE": PROJECT_TITLE, "PROJECT_NAME": PROJECT_NAME, "SCHEMA_VERSION": SCHEMA_VERSION}
    return found
