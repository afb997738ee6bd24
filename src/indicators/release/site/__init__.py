"""The release page: `site/` of every release, a few static pages written from the edition.

`pages` renders; `figures` (with `headlines`, `series`, `charts`, `controls`), `ledger`, `matrix` and `records` say what is shown;
`words` says how amounts are written. Templates and the style sheet lie beside.
"""

from collections.abc import Callable
from functools import partial

from indicators.release.edition import Edition
from indicators.release.site import pages

FILES: dict[str, Callable[[Edition], str]] = {
    f"site/{pages.STYLE}": lambda _edition: pages.style(),
    **{f"site/{page.file}": partial(pages.text, page) for page in pages.PAGES},
}
"""Every file of the page with the function that gives its text."""

__all__ = ["FILES"]
