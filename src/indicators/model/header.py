"""What an SQL file of this project says about itself, in the comment that it begins with.

What does not belong here: which fields a kind of file has; `indicator` and `claim` know theirs.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from indicators.model.errors import IndicatorsError

HEADER = re.compile(r"\A/\*(.*?)\*/", re.DOTALL)


def stated(path: Path, sql: str, fields: Sequence[str]) -> dict[str, str]:
    """Every field of the header, on one line each; raises IndicatorsError where one is missing."""
    names = "|".join(fields)
    field = re.compile(rf"^\s*({names}):\s*(.*?)(?=^\s*(?:{names}):|\Z)", re.DOTALL | re.MULTILINE)
    header = HEADER.match(sql)
    found = {name: " ".join(text.split()) for name, text in field.findall(header[1] if header else "")}
    missing = [name for name in fields if not found.get(name)]
    if missing:
        raise IndicatorsError(f"{path.name}: header lacks {missing}; begin the file with /* {fields[0]}: … {fields[-1]}: … */")
    return found
