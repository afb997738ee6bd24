"""Source and File: one upstream, what it publishes, under which terms, and where.

What does not belong here: fetching (snapshots) and parsing (sources).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from urllib.parse import urlsplit

import polars as pl
from polars._typing import PolarsDataType

from indicators.model.errors import BadPayload, IndicatorsError

Redistribution = Literal["open", "share_alike", "aggregates_only", "noncommercial", "no_derivatives", "unconfirmed"]
"""What the terms allow: publishing with credit; the same in a table under the same licence; own aggregates only; the rest is private."""
PRIVATE: frozenset[Redistribution] = frozenset({"noncommercial", "no_derivatives", "unconfirmed"})
"""Classes that stay on the machine that fetched them: no row, no baseline and no figure of theirs is published."""


@dataclass(frozen=True)
class File:
    """One address of a source. `name` is stable between captures; the address may carry a date or a page."""

    name: str
    url: str
    as_of_date: date | None = None
    """The day the content stands for, where the address says it; else the server's Last-Modified does."""
    is_data: bool = True
    """False for a file that only names others (an index of editions)."""
    also_from: tuple[str, ...] = ()
    """Domains that the host may redirect to, because its publisher keeps large files there."""

    @property
    def host(self) -> str:
        """The host the bytes must come from."""
        return urlsplit(self.url).netloc

    def may_come_from(self, url: str) -> bool:
        """True where an address lies in one of the domains of `also_from`, or below one."""
        host = f".{urlsplit(url).hostname or ''}"
        return any(host.endswith(f".{domain}") for domain in self.also_from)


Parser = Callable[[bytes, File], pl.DataFrame]
"""Bytes of one file to rows as stated. Raises BadPayload."""

Follow = Callable[[bytes, File], tuple[File, ...]]
"""Further files that this payload names: the next page, the newest edition."""


Past = Callable[[date], File]
"""The file that holds the source as it stood on a day: a past edition, which never changes and is named for its day."""


def follows_nothing(_payload: bytes, _file: File) -> tuple[File, ...]:
    """No further files: the default for a source whose addresses are all known beforehand."""
    return ()


@dataclass(frozen=True)
class Source:
    """What one upstream is: publisher, terms, rhythm, addresses, and what its bytes must look like."""

    id: str
    title: str
    publisher: str
    homepage: str
    license: str
    redistribution: Redistribution
    attribution: str
    cadence: timedelta
    """How often a look is worth it; a check older than twice this is overdue."""
    files: tuple[File, ...]
    schema: Mapping[str, PolarsDataType]
    """What `parse` returns, whatever the file: the closed world of the source's rows."""
    max_bytes: int = 20_000_000
    follow: Follow = follows_nothing
    past: Past | None = None
    """None where upstream serves only the state of today."""
    has_baseline: bool = True
    """False where the project holds no copy although it might: until it is fetched, the source has no rows."""

    @property
    def is_private(self) -> bool:
        """True where the terms, or our not knowing them, keep every row on the machine that fetched it."""
        return self.redistribution in PRIVATE

    @property
    def may_be_absent(self) -> bool:
        """True where having no rows at all is no fault: the baseline cannot hold it, or does not."""
        return self.is_private or not self.has_baseline

    @property
    def nothing(self) -> pl.DataFrame:
        """No rows, in the declared schema."""
        return pl.DataFrame(schema=dict(self.schema))

    def past_edition(self, day: date) -> File:
        """The source as it stood on a day; raises IndicatorsError where there are no past editions."""
        if self.past is None:
            raise IndicatorsError(f"{self.id} has no past editions: its server has the state of today only")
        return self.past(day)

    def is_past_edition(self, file_name: str, as_of_date: str) -> bool:
        """True where a file of this name and day is a past edition."""
        return self.past is not None and bool(as_of_date) and self.past(date.fromisoformat(as_of_date)).name == file_name

    def conform(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return parsed rows in the declared columns and types; raises BadPayload naming the first difference."""
        if rows.columns != list(self.schema):
            raise BadPayload(f"{self.id}: rows have columns {rows.columns}, SOURCE.schema says {list(self.schema)}")
        for name, dtype in self.schema.items():
            if rows.schema[name] != dtype:
                raise BadPayload(f"{self.id}: column {name!r} is {rows.schema[name]}, SOURCE.schema says {dtype}")
        return rows
