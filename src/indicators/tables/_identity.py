"""Who is meant: printed names of organisations and models to the ids of `organizations` and `models`. Only for the modules of this package.

Exact spellings only (outer white space aside), each from the source's own aliases or from those of Epoch AI's models: nothing is guessed.
"""

import polars as pl

from indicators.model import ContractBroken

EPOCH = "epoch_ai_models"
"""The source whose spellings every other source may use."""


def organization_ids(names: pl.Series, source_id: str, aliases: pl.DataFrame, table: str) -> pl.Series:
    """Return the organisation of each printed name, null for null; raises ContractBroken for a spelling nobody knows.

    `aliases` is the table `organization_aliases`; `table` is who asks, for the message.
    """
    known = _by_alias(aliases, EPOCH, "organization_id") | _by_alias(aliases, source_id, "organization_id")
    ids = names.str.strip_chars().replace_strict(known, default=None, return_dtype=pl.String)
    unknown = sorted(names.filter(names.is_not_null() & ids.is_null()).unique())
    if unknown:
        remedy = f"add each to data/reference/organization_aliases.csv for {source_id}, and its organisation to organizations.csv"
        raise ContractBroken(f"{table}: unknown organisations {unknown[:10]} ({len(unknown)}); {remedy}")
    return ids


def model_ids(names: pl.Series, source_id: str, models: pl.DataFrame, aliases: pl.DataFrame) -> pl.Series:
    """Return the model of each printed name: by its canonical name, else by a curated alias of the source, else null (unlinked).

    `models` is that table, `aliases` the curated `model_aliases`. A name of several models, or an alias of one that is not there, is null.
    """
    named = models.filter(pl.col("model_name").is_unique())
    canonical = dict(named.select("model_name", "model_id").iter_rows())
    known = {alias: canonical.get(name) for alias, name in _by_alias(aliases, source_id, "model_name").items()} | canonical
    return names.str.strip_chars().replace_strict(known, default=None, return_dtype=pl.String)


def _by_alias(aliases: pl.DataFrame, source_id: str, target: str) -> dict[str, str]:
    """Alias → target of one source; an alias with several targets means nobody."""
    own = aliases.filter(pl.col("source_id") == source_id).select(pl.col("alias").str.strip_chars(), target).unique()
    return dict(own.filter(pl.col("alias").is_unique()).iter_rows())
