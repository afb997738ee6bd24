"""A release in the making: what the files that travel with the tables are written from."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from indicators import measures
from indicators.model import Indicator, Table
from indicators.release.compare import TableChange
from indicators.release.movements import Movements
from indicators.release.shelf import Release


@dataclass(frozen=True)
class Edition:
    """A staged release: its folder holds `tables/`, `sql/`, `audit.json` and `sources.json`; the rest is written from here."""

    folder: Path
    version: str
    created: datetime
    tables: list[Table]
    """Contracts, by name."""
    hashes: dict[str, str]
    """The sha256 of every table's file."""
    last: Release | None
    """The release before, where there is one."""
    changes: dict[str, TableChange]
    """By table: what differs from the release before."""

    @property
    def files(self) -> Path:
        """Its Parquet files."""
        return self.folder / "tables"

    @cached_property
    def indicators(self) -> list[Indicator]:
        """What each figure means, by name."""
        return measures.definitions(self.folder / "sql" / "indicators")

    @cached_property
    def movements(self) -> Movements | None:
        """Indicators that moved since the release before, where both have them."""
        return Movements.read(self.last.tables, self.files) if self.last else None

    @cached_property
    def warnings(self) -> dict[str, list[dict[str, Any]]]:
        """By table: the audit's questions that were answered no and do not block a release, with how many rows fail."""
        audits = json.loads((self.folder / "audit.json").read_text(encoding="utf-8"))["tables"]
        return {audit["table"]: [found for found in audit["findings"] if not found["passed"]] for audit in audits}

    @cached_property
    def sources(self) -> list[dict[str, Any]]:
        """Every input behind the tables, a row a file."""
        rows: list[dict[str, Any]] = json.loads((self.folder / "sources.json").read_text(encoding="utf-8"))
        return rows

    @cached_property
    def credits(self) -> list[dict[str, str]]:
        """One entry a source: title, address, terms and how to credit it."""
        once = {row["source_id"]: row for row in self.sources}
        return [_credit(row) for _, row in sorted(once.items())]


def _credit(row: dict[str, Any]) -> dict[str, str]:
    told = {"title": row["source_title"], "license": row["license_name"], "attribution": row["attribution"]}
    return told | ({"path": row["homepage_url"]} if row["homepage_url"] else {})
