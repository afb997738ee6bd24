"""The ledger of claims: what the op-ed says, and what the data say of it, then and now."""

import re
from dataclasses import dataclass
from typing import Any

from indicators.model import EVALUATIONS, figure
from indicators.release.edition import Edition
from indicators.release.site.reading import frame

VERDICTS = ("supported", "mixed", "contradicted", "not_measurable")
MINUS = re.compile(r"-(?=\d)")
Row = dict[str, Any]


@dataclass(frozen=True)
class Judged:
    """One claim with both of its verdicts and the figures behind them."""

    then: Row
    now: Row
    evidence: dict[str, list[Row]]
    """By evaluation: every figure against its threshold."""

    @property
    def is_silent(self) -> bool:
        """True where nothing could be measured either time."""
        return {self.then["verdict_code"], self.now["verdict_code"]} == {"not_measurable"}

    @property
    def criterion(self) -> str:
        """What its first figure measures."""
        return next((row["criterion"] for row in self.evidence[EVALUATIONS[1]]), "")


def judged(edition: Edition) -> list[Judged]:
    """Every claim by its id; none where the edition has no ledger."""
    claims, evidence = frame(edition.files, "claims"), frame(edition.files, "claim_evidence")
    if claims is None or evidence is None:
        return []
    found: dict[str, dict[str, Row]] = {}
    for row in claims.drop("sql", "observed").sort("claim_id").to_dicts():
        found.setdefault(row["claim_id"], {})[row["evaluation_code"]] = row
    figures: dict[tuple[str, str], list[Row]] = {}
    for row in evidence.sort("claim_id", "evaluation_code", "place").to_dicts():
        figures.setdefault((row["claim_id"], row["evaluation_code"]), []).append(row)
    then, now = EVALUATIONS
    return [
        Judged(rows[then], rows[now], {code: figures.get((claim_id, code), []) for code in EVALUATIONS}) for claim_id, rows in found.items()
    ]


def tally(claims: list[Judged]) -> dict[str, tuple[int, int]]:
    """By verdict: how many claims had it then, and how many have it now."""
    return {
        code: (sum(claim.then["verdict_code"] == code for claim in claims), sum(claim.now["verdict_code"] == code for claim in claims))
        for code in VERDICTS
    }


def told(row: Row) -> str:
    """A figure with its interval and unit."""
    return MINUS.sub("−", figure(row["value"], row["lower"], row["upper"], row["unit"]))


def held(row: Row) -> str:
    """The threshold a figure is held against; empty where there is none."""
    signs = {">=": "≥", "<=": "≤"}
    if row["threshold"] is None:
        return ""
    return f"{signs.get(row['comparison_code'], row['comparison_code'])} {figure(row['threshold'], None, None, row['unit'])}"
