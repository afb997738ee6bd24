"""Indicator: one SQL file with a header that defines it."""

import re
from dataclasses import dataclass
from pathlib import Path

from indicators.model.errors import IndicatorsError

FIELDS = ("title", "unit", "method", "interval", "coverage", "caveats")
HEADER = re.compile(r"\A/\*(.*?)\*/", re.DOTALL)
FIELD = re.compile(rf"^\s*({'|'.join(FIELDS)}):\s*(.*?)(?=^\s*(?:{'|'.join(FIELDS)}):|\Z)", re.DOTALL | re.MULTILINE)


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
        header = HEADER.match(sql)
        stated = {name: " ".join(text.split()) for name, text in FIELD.findall(header[1] if header else "")}
        missing = [name for name in FIELDS if not stated.get(name)]
        if missing:
            raise IndicatorsError(f"{path.name}: header lacks {missing}; begin the file with /* title: … caveats: … */")
        return cls(id=path.stem, sql=sql, **stated)
