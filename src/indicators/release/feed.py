"""`feed.xml`: the releases as an Atom feed (RFC 4287), newest news first, a withdrawal being news.

Know before editing:
- Links are relative: where the releases will be served is not known here, and a reader resolves them against the address it fetched the
  feed from. So a folder of releases can be moved or mirrored as it is.
- Ids are tag: URIs (RFC 4151). The project has no domain of its own; its name, a single label that nobody can register, stands in.
- Every day comes from a release or a withdrawal, none from the clock: the same shelf gives the same feed.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from feedgen.feed import FeedGenerator

from indicators.model import PROJECT_NAME, PROJECT_TITLE
from indicators.release.shelf import PACKAGE, Release, Withdrawal

TAG = f"tag:{PROJECT_NAME},2025:releases"
LENGTH = 50
"""Entries told: a feed is for news, and `index.json` lists every release."""
PAGES = (("site/index.html", "text/html"), ("CHANGES.md", "text/markdown"), (PACKAGE, "application/json"))
"""Where an entry leads: the first of these that the release has."""


def text(releases: Sequence[Release], withdrawals: Mapping[str, Withdrawal]) -> str:
    """The feed of some releases, by the day of their last news."""
    told = [(_updated(release, withdrawals.get(release.version)), release) for release in releases]
    told.sort(key=lambda pair: pair[0])
    feed = FeedGenerator()
    feed.id(TAG)
    feed.title(f"{PROJECT_TITLE}: releases")
    feed.author(name=PROJECT_TITLE)
    feed.link(href="feed.xml", rel="self", type="application/atom+xml")
    feed.link(href="index.json", rel="alternate", type="application/json")
    feed.updated(told[-1][0])
    for updated, release in told[-LENGTH:]:
        _add(feed, updated, release, withdrawals.get(release.version))
    return str(feed.atom_str(pretty=True).decode("utf-8"))


def _add(feed: FeedGenerator, updated: datetime, release: Release, withdrawal: Withdrawal | None) -> None:
    page, kind = next((name, kind) for name, kind in PAGES if (release.folder / name).is_file())
    entry = feed.add_entry(order="prepend")
    entry.id(f"{TAG}/{release.version}")
    entry.title(f"{release.version} (withdrawn)" if withdrawal else release.version)
    entry.published(datetime.fromisoformat(release.package["created"]))
    entry.updated(updated)
    entry.link(href=f"{release.version}/{page}", rel="alternate", type=kind)
    entry.summary(f"Withdrawn: {withdrawal.reason}" if withdrawal else _summary(release))


def _updated(release: Release, withdrawal: Withdrawal | None) -> datetime:
    return datetime.fromisoformat(withdrawal.at if withdrawal else release.package["created"])


def _summary(release: Release) -> str:
    """The paragraph that opens its `CHANGES.md`; a release from before there was one has only its size to tell."""
    changes = release.document("changes.json")
    return str(changes.get("summary") or f"{len(changes['tables'])} tables; schema {release.schema_version}.")
