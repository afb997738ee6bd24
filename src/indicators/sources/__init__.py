"""One module per upstream: SOURCE says what it is, `parse` turns its bytes into rows in its own words.

Adding a source is adding a file here; nothing else is edited. A module imports only `model` and parsers.
Parsing is closed-world: an unknown column, word or shape raises BadPayload, which names source, place and remedy.
"""

import pkgutil
from functools import cache
from importlib import import_module
from typing import Protocol, cast

import polars as pl

from indicators.model import File, Source


class SourceModule(Protocol):
    """What every module of this package offers."""

    SOURCE: Source

    def parse(self, payload: bytes, file: File) -> pl.DataFrame:
        """Bytes of one file to rows as stated."""
        ...


@cache
def sources() -> dict[str, SourceModule]:
    """Every source module by its id, which is its file name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    found = {name: cast(SourceModule, import_module(f"{__name__}.{name}")) for name in names}
    for name, module in found.items():
        if module.SOURCE.id != name:
            raise ImportError(f"sources/{name}.py declares SOURCE.id={module.SOURCE.id!r}; the two must be the same word")
    return found
