"""What the terms of the sources allow: which rows reach a table, whether it may go out and under which licence, what stays private.

Know before editing:
- A released table that asks for a private source is given none of its rows, whatever is stored: it lights up once its terms are known.
- A working table that rows of a private source reach is private itself: a folder of its own, no part in the candidate or in its audit
  (whose samples are published), and nothing that is released may be built from it.
- `measurements` end the path of rows: indicators see released tables only. Over a share-alike table they may give shares, and neither
  names nor counts, from which the table could be made again.
"""

import re
from collections.abc import Iterable

import polars as pl

from indicators.model import PROJECT_LICENSE, Claim, ContractBroken, Indicator, IndicatorsError, Source, Table
from indicators.sources import sources
from indicators.tables import inputs, tables


def is_withheld(table: Table, source: Source) -> bool:
    """True where a table that asks for a source is given none of its rows."""
    return table.is_released and source.is_private


def behind(name: str) -> set[str]:
    """The sources whose rows reach a table, itself or through the tables it is built from."""
    known, module = tables(), tables()[name]
    reached = {asked for asked in inputs(module) if asked in sources() and not is_withheld(module.TABLE, sources()[asked].SOURCE)}
    return reached.union(*(behind(asked) for asked in inputs(module) if asked in known))


def is_private(name: str) -> bool:
    """True for a table that rows of a private source reach."""
    return bool(_private_behind(name))


def public_sources() -> list[str]:
    """The sources that a release may rest on, or wait for."""
    return [name for name, module in sources().items() if not module.SOURCE.is_private]


def public_tables() -> list[str]:
    """The tables that make a release, released or working, in the order they are built."""
    return [name for name in tables() if not is_private(name)]


def refused(table: Table) -> list[str]:
    """The sources behind a table whose terms do not let it out in this form; none for a table that stays in."""
    return [name for name in sorted(behind(table.name)) if table.is_released and not _may_go_out(table, sources()[name].SOURCE)]


def require_kept_in(table: Table) -> None:
    """Raise ContractBroken where a released table is built from, or a table of a release is judged by, rows of a private source."""
    kept = _private_behind(table.name)
    if table.is_released and kept:
        told = f"it is released, and is built from a working table with rows of {kept}, which may not leave this machine"
        raise ContractBroken(f"{table.name}: {told}; build it without that table, or declare is_released=False")
    words = {word for rule in table.rules for word in re.findall(r"\w+", rule.failing_rows)}
    asked = sorted(name for name in (words | table.links) & set(tables()) if is_private(name))
    if asked and not kept:
        raise ContractBroken(f"{table.name}: its audit reads {asked}, which are private, and an audit is published with its samples")


def require_baseline_allowed(source: Source) -> None:
    """Raise IndicatorsError where the terms of a source keep its rows out of the project."""
    if source.is_private:
        told = f"its terms ({source.license}: {source.redistribution}) keep every row on the machine that fetched it"
        raise IndicatorsError(f"{source.id}: no baseline is made of it: {told}; `indicators refresh` fetches it here")


def require_statistics(measured: pl.DataFrame, defined: Iterable[Indicator]) -> None:
    """Raise ContractBroken where an indicator over a table under a licence of its own prints names or counts out of it."""
    apart = {name for name, module in tables().items() if module.TABLE.is_released and module.TABLE.license != PROJECT_LICENSE}
    over = sorted(indicator.id for indicator in defined if apart & set(re.findall(r"\w+", indicator.sql)))
    tells = pl.col("basis").is_not_null() | pl.col("n").is_not_null()
    telling = measured.filter(pl.col("indicator_id").is_in(over) & tells)["indicator_id"].unique().sort().to_list()
    if telling:
        told = f"{telling} print names or counts from {sorted(apart)}, which have a licence of their own"
        raise ContractBroken(f"indicator_values: {told}; let them give neither basis nor n")


def require_ledger(defined: Iterable[Claim]) -> None:
    """Raise ContractBroken where a claim reads a table under a licence of its own, or one that is not released."""
    for claim in defined:
        beyond = sorted(name for name in claim.reads if not _is_open(name))
        if beyond:
            told = "which are not released, or under a licence of their own"
            raise ContractBroken(f"sql/claims/{claim.file}: it reads {beyond}, {told}; let it read an indicator over them")


def _is_open(name: str) -> bool:
    """True for a released table under the project's licence."""
    module = tables().get(name)
    return module is not None and module.TABLE.is_released and module.TABLE.license == PROJECT_LICENSE


def _may_go_out(table: Table, source: Source) -> bool:
    """True where a released table may hold what was made from a source: share-alike under its licence, the rest under the project's."""
    if source.redistribution == "share_alike":
        return table.license == source.license
    is_own_aggregate = table.is_aggregate and table.license == PROJECT_LICENSE
    return source.redistribution == "open" or (source.redistribution == "aggregates_only" and is_own_aggregate)


def _private_behind(name: str) -> list[str]:
    return sorted(source_id for source_id in behind(name) if sources()[source_id].SOURCE.is_private)
