"""The days of export rules, as the charts mark them and the matrix of chips names them."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from indicators.release.edition import Edition
from indicators.release.site.reading import frame

REGION = "CHN"
"""The destination whose rules are marked and whose reading the matrix shows."""
PRODUCT = re.compile(r"\b[a-z]+\d+\b")


@dataclass(frozen=True)
class RuleVersion:
    """One version of the rules that accelerators are read under."""

    rule_id: str
    day: date
    """Its first day of effect."""
    is_letter: bool
    citations: tuple[str, ...]
    url: str | None

    @property
    def label(self) -> str:
        """Its month, as short as a chart asks for."""
        return f"{self.day:%b} ’{self.day:%y}"

    @property
    def name(self) -> str:
        """Its id in words: month, and what sets it apart."""
        words = PRODUCT.sub(lambda found: found[0].upper(), " ".join(self.rule_id.split("-")[2:]))
        return f"{self.day:%b %Y} {words or 'rule'}"


def rule_versions(edition: Edition) -> list[RuleVersion]:
    """Every version that accelerators are read under, oldest first; none where the edition has no such tables."""
    status, thresholds = (frame(edition.files, name) for name in ("accelerator_control_status", "control_thresholds"))
    if status is None or thresholds is None:
        return []
    kinds = dict(status.select("rule_id", "version_kind_code").unique().iter_rows())
    stated = thresholds.filter(pl.col("rule_id").is_in(list(kinds))).sort("rule_id", "effective_from", "citation", nulls_last=True)
    found = [_version(str(rule_id), rows.to_dicts(), kinds) for (rule_id,), rows in stated.group_by("rule_id", maintain_order=True)]
    return sorted(found, key=lambda version: version.day)


def _version(rule_id: str, rows: list[dict[str, Any]], kinds: dict[str, str]) -> RuleVersion:
    first = min(row["effective_from"] for row in rows if row["effective_from"])
    citations = tuple(sorted({row["citation"] for row in rows if row["citation"]}))
    return RuleVersion(rule_id, first, kinds[rule_id] == "letter", citations, next((row["url"] for row in rows if row["url"]), None))
