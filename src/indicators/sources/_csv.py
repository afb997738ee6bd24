"""Reading CSV in a closed world: declared columns by any of their known spellings, all text, or an error that says what to do.

Only for the modules of this package.
"""

import io
from collections.abc import Mapping, Sequence

import polars as pl

from indicators.model import BadPayload


def read_text_columns(payload: bytes, source_id: str, aliases: Mapping[str, Sequence[str]], ignored: Sequence[str] = ()) -> pl.DataFrame:
    """Return the columns named in `aliases` (our name → every spelling seen) as stripped text; blank is null.

    `ignored` lists upstream columns known and not read. Raises BadPayload where the bytes are no CSV, a column is gone,
    or an unknown one appeared.
    """
    try:
        frame = pl.read_csv(io.BytesIO(payload), infer_schema=False, encoding="utf8")
    except (pl.exceptions.PolarsError, ValueError) as error:
        raise BadPayload(f"{source_id}: not a readable UTF-8 CSV ({error}); look at the newest snapshot") from error
    chosen = {ours: _spelling(frame.columns, spellings, source_id, ours) for ours, spellings in aliases.items()}
    unknown = sorted(set(frame.columns) - set(chosen.values()) - set(ignored))
    if unknown:
        raise BadPayload(f"{source_id}: unknown columns {unknown}; add each to ALIASES (renamed, or new) or to IGNORED")
    stripped = pl.col(list(chosen.values())).str.strip_chars()
    texts = frame.select(pl.when(stripped != "").then(stripped))
    return texts.rename({theirs: ours for ours, theirs in chosen.items()}).select(list(aliases))


def numbers(frame: pl.DataFrame, names: Sequence[str], source_id: str) -> pl.DataFrame:
    """Cast text columns to floats; `inf` and `nan` (not computed upstream) become null; anything else raises BadPayload."""
    for name in names:
        value = pl.col(name).cast(pl.Float64, strict=False)
        bad = frame.filter(pl.col(name).is_not_null() & value.is_null())
        if bad.height:
            raise BadPayload(f"{source_id}: column {name!r} holds {bad[name].head(3).to_list()}, which are no numbers")
        frame = frame.with_columns(pl.when(value.is_finite()).then(value).alias(name))
    return frame


def dates(frame: pl.DataFrame, names: Sequence[str], source_id: str) -> pl.DataFrame:
    """Cast text columns of ISO days to dates; raises BadPayload on anything else."""
    for name in names:
        value = pl.col(name).str.to_date("%Y-%m-%d", strict=False)
        bad = frame.filter(pl.col(name).is_not_null() & value.is_null())
        if bad.height:
            raise BadPayload(f"{source_id}: column {name!r} holds {bad[name].head(3).to_list()}, which are no days (YYYY-MM-DD)")
        frame = frame.with_columns(value.alias(name))
    return frame


def require_words(frame: pl.DataFrame, name: str, known: Sequence[str], source_id: str) -> None:
    """Raise BadPayload where a column holds a word outside the known vocabulary."""
    unknown = sorted(set(frame[name].drop_nulls()) - set(known))
    if unknown:
        raise BadPayload(f"{source_id}: column {name!r} holds unknown words {unknown}; read the source's notes, then declare them")


def require_unique(frame: pl.DataFrame, name: str, source_id: str) -> None:
    """Raise BadPayload where a key repeats or is blank."""
    blank = frame.filter(pl.col(name).is_null()).height
    twice = frame.filter(pl.col(name).is_duplicated())[name].unique().sort().to_list()
    if blank or twice:
        raise BadPayload(f"{source_id}: key {name!r} is blank in {blank} rows and repeats for {twice[:5]}; upstream must be asked")


def _spelling(columns: Sequence[str], spellings: Sequence[str], source_id: str, ours: str) -> str:
    """The one spelling of a column that is present."""
    present = [name for name in spellings if name in columns]
    if len(present) != 1:
        state = "is gone" if not present else f"appears as {present}"
        raise BadPayload(f"{source_id}: column for {ours!r} {state}; known spellings: {list(spellings)}; add the new name to ALIASES")
    return present[0]
