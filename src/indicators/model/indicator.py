"""Indicator: one SQL file with a header that defines it."""

from dataclasses import dataclass
from pathlib import Path

from indicators.model.header import stated

FIELDS = ("title", "unit", "method", "interval", "coverage", "caveats")


@dataclass(frozen=True)
class Indicator:
    """What a figure means, and the one SELECT over released tables that computes it."""

    id: str
    title: str
    unit: str
    method: str
    interval: str
    coverage: str
    caveats: str
    sql: str

    @classmethod
    def read(cls, path: Path) -> "Indicator":
        """The indicator defined by an SQL file; raises IndicatorsError where its header is incomplete."""
        sql = path.read_text(encoding="utf-8")
        return cls(id=path.stem, sql=sql, **stated(path, sql, FIELDS))
