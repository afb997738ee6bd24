"""The matrix of chips by rule versions: what a shipment of each accelerator to China needs under each."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import polars as pl

from indicators.release.edition import Edition
from indicators.release.site import words
from indicators.release.site.controls import REGION, RuleVersion
from indicators.release.site.reading import frame, place_names

NEEDS = {
    "licence_required": ("licence", "a licence is required"),
    "notify": ("notice", "an exception applies after notice to the authority"),
    "exception_eligible": ("exception", "an exception applies"),
    "none": ("nothing", "nothing is required"),
    "undecidable": ("undecided", "published figures do not decide it; the reason names what is missing"),
}
"""By requirement: the word in a cell, and what it means."""


READ = ("accelerator_id", "rule_id", "requirement_code", "reason")
DESTINATIONS = {
    "CHN": "China, with Hong Kong",
    "MAC": "Macao",
    "D5_OTHER": "others of Country Group D:5",
    "D1_D4": "Country Groups D:1 and D:4 outside D:5",
    "A5": "Country Group A:5",
    "HQ_D5_IN_A5": "consignees in A:5 with headquarters in D:5 or Macao",
}
"""By group of destinations: what it is."""


@dataclass(frozen=True)
class Chip:
    """One accelerator and its reading under every version."""

    name: str
    tpp: str
    released: str
    is_for_data_centers: bool
    cells: list[dict[str, Any]]
    reasons: list[tuple[str, str]]
    """The versions that were decided alike, and why."""


@dataclass(frozen=True)
class Designer:
    """One designer's accelerators."""

    name: str
    country: str
    chips: list[Chip]

    @property
    def id(self) -> str:
        """What the filter knows it by."""
        return "".join(letter if letter.isalnum() else "-" for letter in self.name.lower())


def designers(edition: Edition, versions: list[RuleVersion]) -> list[Designer]:
    """Every designer with the newest chips first; none where the edition has no such tables."""
    status, chips = frame(edition.files, "accelerator_control_status"), frame(edition.files, "accelerators")
    if status is None or chips is None or not versions:
        return []
    read = {(row["accelerator_id"], row["rule_id"]): row for row in status.filter(destination_group_code=REGION).select(READ).to_dicts()}
    order = chips.sort("designer_name", "release_date", "accelerator_id", descending=[False, True, False], nulls_last=True)
    names = place_names(edition)
    return [
        Designer(name, words.place(rows[0]["designer_country_code"], names), [_chip(row, read, versions) for row in rows])
        for name, rows in ((name, list(found)) for name, found in groupby(order.to_dicts(), key=lambda row: row["designer_name"]))
    ]


def destinations(edition: Edition, versions: list[RuleVersion]) -> list[dict[str, Any]]:
    """By rule version and destination: how many accelerators have each requirement."""
    status = frame(edition.files, "accelerator_control_status")
    if status is None:
        return []
    counts = [(pl.col("requirement_code") == code).sum().alias(code) for code in NEEDS]
    known = status.group_by("destination_group_code", "rule_id").agg(counts).to_dicts()
    rows = {(row["destination_group_code"], row["rule_id"]): row for row in known}
    return [
        {"place": place, "version": version, **rows[code, version.rule_id]} for code, place in DESTINATIONS.items() for version in versions
    ]


def _chip(row: dict[str, Any], read: dict[tuple[str, str], dict[str, Any]], versions: list[RuleVersion]) -> Chip:
    tpp = row["total_processing_performance"]
    cells = [read[row["accelerator_id"], version.rule_id] for version in versions]
    alike: dict[str, list[str]] = {}
    for version, cell in zip(versions, cells, strict=True):
        alike.setdefault(cell["reason"], []).append(version.name)
    return Chip(
        name=row["accelerator_name"],
        tpp=("≥ " if row["is_tpp_lower_bound"] else "") + (words.UNKNOWN if tpp is None else f"{tpp:,.0f}"),
        released=f"{row['release_date']:%b %Y}" if row["release_date"] else words.UNKNOWN,
        is_for_data_centers=bool(row["is_datacenter_marketed"]),
        cells=cells,
        reasons=[(", ".join(names), reason) for reason, names in alike.items()],
    )
