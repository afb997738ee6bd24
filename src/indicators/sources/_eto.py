"""What the sources of CSET's Emerging Technology Observatory (ETO) share: their terms, their flags, their keys.

Only for the modules of this package. Know before editing: the terms are CC BY-NC 4.0, so every source of theirs is private.
"""

from collections.abc import Sequence

import polars as pl

from indicators.model import BadPayload

LICENSE = "CC-BY-NC-4.0"
PUBLISHER = "CSET, Emerging Technology Observatory"
BOOLEANS = {"true": True, "false": False}
"""Flags are printed `True` in most columns and `true` in some of the same file."""


def flags(frame: pl.DataFrame, names: Sequence[str], source_id: str) -> pl.DataFrame:
    """Cast text columns of true and false, in any case, to booleans; raises BadPayload on anything else."""
    for name in names:
        value = pl.col(name).str.to_lowercase().replace_strict(BOOLEANS, default=None, return_dtype=pl.Boolean)
        bad = frame.filter(pl.col(name).is_not_null() & value.is_null())
        if bad.height:
            raise BadPayload(f"{source_id}: column {name!r} holds {bad[name].head(3).to_list()}, which are neither true nor false")
        frame = frame.with_columns(value.alias(name))
    return frame


def whole_numbers(frame: pl.DataFrame, names: Sequence[str], source_id: str) -> pl.DataFrame:
    """Cast text columns to whole numbers; raises BadPayload where one is blank, negative or no whole number."""
    for name in names:
        value = pl.col(name).cast(pl.Int64, strict=False)
        bad = frame.filter(value.is_null() | (value < 0))
        if bad.height:
            raise BadPayload(
                f"{source_id}: column {name!r} holds {bad[name].head(3).to_list()}, which are no counts; upstream must be asked"
            )
        frame = frame.with_columns(value.alias(name))
    return frame


def require_keys(frame: pl.DataFrame, key: Sequence[str], source_id: str) -> None:
    """Raise BadPayload where a key of several columns repeats, naming the rows."""
    twice = frame.filter(frame.select(key).is_duplicated()).sort(key)
    if twice.height:
        keys = twice.select(key).unique(maintain_order=True)
        told = f"key {tuple(key)} repeats {keys.height} times, first {keys.row(0)}"
        raise BadPayload(f"{source_id}: {told}; if one name stands for two places, declare it ambiguous, else upstream must be asked")
