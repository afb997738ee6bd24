"""One module per table: TABLE is its contract, `build` makes its rows. Found by looking, ordered by what they need.

Adding a table is adding a file in a domain folder here; nothing else is edited. `build` asks for what it needs by the
names of its parameters:

- a source id (`epoch_eci`): that source's rows, all files together, with the column `file_name`
- a table name (`countries`): that table as built in this run
- `reference_<name>`: the curated `data/reference/<name>.csv`, every cell as text, blank as null
- `provenance`, `definitions`, `measurements`, `verdicts`: what the release was built from, the indicators, their values, and
  what these and all other tables say to the claims
"""

import inspect
import pkgutil
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from types import ModuleType
from typing import Any, Protocol, cast

import polars as pl

from indicators.model import Table

REFERENCE = "reference_"
OVERLOOKING = ("measurements", "verdicts")
"""Run inputs that see every released table, but for those that ask for the same input or a later one."""


class TableModule(Protocol):
    """What every table module offers."""

    TABLE: Table
    __name__: str

    def build(self, **inputs: Any) -> pl.DataFrame:
        """Inputs by name to the table's rows."""
        ...


@cache
def tables() -> dict[str, TableModule]:
    """Every table module by table name, each after the tables that it needs."""
    found = {module.TABLE.name: module for module in map(_checked, _modules())}
    needs = {name: {other for other in requires(module) if other in found} for name, module in found.items()}
    for name in needs:
        needs[name] |= {other for other in found if found[other].TABLE.is_released and _stage(found[other]) < _stage(found[name])}
    return {name: found[name] for name in TopologicalSorter({name: sorted(needs[name]) for name in sorted(needs)}).static_order()}


def inputs(module: TableModule) -> tuple[str, ...]:
    """What `build` asks for, by the names of its parameters."""
    return tuple(inspect.signature(module.build).parameters)


def seen_by(name: str) -> set[str]:
    """The released tables that a table's run inputs see; none for a table that asks for no such input."""
    known = tables()
    return {other for other, module in known.items() if module.TABLE.is_released and _stage(module) < _stage(known[name])}


def requires(module: TableModule) -> set[str]:
    """What must stand before this table can be built and judged: its inputs and the tables that it links to."""
    return set(inputs(module)) | module.TABLE.links


def lineage(name: str) -> set[str]:
    """Every input behind a table, through the tables it is built from: sources, curated facts, run inputs."""
    known = tables()
    behind: set[str] = set()
    for other in inputs(known[name]):
        behind |= lineage(other) if other in known else {other}
    return behind


def _stage(module: TableModule) -> int:
    """How late a table is built: after all that its run inputs see."""
    return max((OVERLOOKING.index(asked) + 1 for asked in inputs(module) if asked in OVERLOOKING), default=0)


def _modules() -> list[ModuleType]:
    names = [module.name for module in pkgutil.walk_packages(__path__, f"{__name__}.") if not module.ispkg]
    return [import_module(name) for name in sorted(names) if not name.rpartition(".")[2].startswith("_")]


def _checked(module: ModuleType) -> TableModule:
    """The module, once its file name is the table's name."""
    if module.TABLE.name != module.__name__.rpartition(".")[2]:
        raise ImportError(f"{module.__name__} declares TABLE.name={module.TABLE.name!r}; file and table are the same word")
    return cast(TableModule, module)
