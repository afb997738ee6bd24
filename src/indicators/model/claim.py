"""Claim: one SQL file that says what a text claims, the rule that tests it, and how."""

import re
from dataclasses import dataclass
from pathlib import Path

from indicators.model.errors import IndicatorsError
from indicators.model.header import stated

FIELDS = ("claim", "indicators", "rule", "caveats", "rule_version", "reads")
NAME = re.compile(r"^(c\d\d)_[a-z0-9_]+$")
EVALUATIONS = ("at_publication", "latest")
"""With facts up to the day of the text, and with all of them."""
NOTHING = ("none", "nothing")
"""What a header says where there is no indicator, or no table that is read."""


@dataclass(frozen=True)
class Claim:
    """A claim in our words, the rule fixed beforehand, and the one SELECT over released tables that gives its verdicts."""

    id: str
    file: str
    claim: str
    indicators: tuple[str, ...]
    """The indicators that show its figures."""
    rule: str
    caveats: str
    rule_version: int
    reads: tuple[str, ...]
    """The released tables that the SELECT reads."""
    sql: str

    @classmethod
    def read(cls, path: Path) -> "Claim":
        """The claim of an SQL file; raises IndicatorsError where its name or its header is wrong."""
        name = NAME.match(path.stem)
        if not name:
            raise IndicatorsError(f"{path.name}: a claim's file is named for its id and subject, such as c03_capability_gap.sql")
        sql = path.read_text(encoding="utf-8")
        told = stated(path, sql, FIELDS)
        if not told["rule_version"].isdigit():
            raise IndicatorsError(
                f"{path.name}: rule_version is {told['rule_version']!r}; give a whole number, and a new one for a new rule"
            )
        return cls(
            id=name[1].upper(),
            file=path.name,
            claim=told["claim"],
            indicators=_listed(told["indicators"]),
            rule=told["rule"],
            caveats=told["caveats"],
            rule_version=int(told["rule_version"]),
            reads=_listed(told["reads"]),
            sql=sql,
        )


def _listed(text: str) -> tuple[str, ...]:
    """Names separated by commas; none where the header says so."""
    return () if text in NOTHING else tuple(name.strip() for name in text.split(","))
