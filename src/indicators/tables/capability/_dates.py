"""Which day a model's date stands for: previews, releases, first versions and publications told apart.

Only for the modules of this package.

Know before editing:
- The index dates a model once; the hub dates each of its versions. More than `SAME_DAYS` apart they mean different events.
- A name can carry a month (`GPT-4o (Nov 2024)`) while its date is that of the first version (2024-05-13). The hub calls all those versions
  by the name without the month, so the version dated in that month is the one meant.
- Scores are never taken from the hub's index here: it is an older fit.
"""

import polars as pl

from indicators.sources.epoch_benchmark_hub import INDEX

SAME_DAYS = 14
"""Days by which two dates of one event may differ: announcement, weights, API, paper within two weeks."""
MONTH_IN_NAME = r"[(,]\s*([A-Z][a-z]{2})[a-z]*\.? (20\d\d)\)$"
IS_PREVIEW = r"(?i)\b(preview|beta)\b"
KINDS = ("preview", "release", "first_version", "publication", "unknown")
"""Shown before its release; released; the first of several versions although the name means a later one; published weeks after release."""
BASES = ("version", "month_in_name")
"""A version of the hub; the first of the month that the name carries."""


def corrected(rows: pl.DataFrame, curated: pl.DataFrame) -> pl.DataFrame:
    """Return rows of versions with the dates set right that the hub prints exactly as `version_dates` knows them to be wrong."""
    wrong = curated.select(
        "model_version", release_date=pl.col("printed_date").str.to_date(), right_date=pl.col("release_date").str.to_date()
    )
    joined = rows.join(wrong, on=["model_version", "release_date"], how="left", maintain_order="left")
    source = pl.when(pl.col("release_date").is_not_null()).then(pl.lit("source")).otherwise(pl.lit("unknown"))
    return joined.with_columns(
        release_date=pl.coalesce("right_date", "release_date"),
        release_date_basis_code=pl.when(pl.col("right_date").is_not_null()).then(pl.lit("curated")).otherwise(source),
    ).drop("right_date")


def with_version_dates(rows: pl.DataFrame, hub: pl.DataFrame, curated: pl.DataFrame) -> pl.DataFrame:
    """Return models of the index with `version_date`, `version_date_basis_code` and `release_date_kind_code`.

    `rows` has `model_name` and `release_date`; `hub` is the rows of `epoch_benchmark_hub`.
    """
    index = corrected(hub.filter(pl.col("benchmark_file") == INDEX), curated)
    versions = index.filter(pl.col("release_date").is_not_null() & pl.col("model_name").is_not_null())
    whole = versions.group_by("model_name").agg(whole_date=pl.col("release_date").min())
    by_month = versions.group_by(base_name="model_name", named_month=pl.col("release_date").dt.month_start()).agg(
        month_date=pl.col("release_date").min()
    )
    named = rows.with_columns(base_name=_base_name(), named_month=_named_month())
    joined = named.join(whole, on="model_name", how="left", maintain_order="left")
    joined = joined.join(by_month, on=["base_name", "named_month"], how="left", maintain_order="left")
    is_later = pl.col("named_month") > pl.col("release_date")
    dated = joined.with_columns(hub_date=pl.coalesce("whole_date", "month_date")).with_columns(
        version_date=pl.coalesce("hub_date", pl.when(is_later).then("named_month")),
        version_date_basis_code=pl.when(pl.col("hub_date").is_not_null())
        .then(pl.lit("version"))
        .otherwise(pl.when(is_later).then(pl.lit("month_in_name"))),
    )
    extra = ("base_name", "named_month", "whole_date", "month_date", "hub_date")
    return dated.with_columns(release_date_kind_code=_kind()).drop(extra)


def _base_name() -> pl.Expr:
    """A name without its month: `DeepSeek-V2 (MoE-236B, May 2024)` is `DeepSeek-V2 (MoE-236B)`."""
    name = pl.col("model_name")
    without = name.str.replace(r"\s*\([A-Z][a-z]+\.? 20\d\d\)$", "").str.replace(r",\s*[A-Z][a-z]+\.? 20\d\d\)$", ")")
    return pl.when(name.str.contains(MONTH_IN_NAME)).then(without)


def _named_month() -> pl.Expr:
    """The first day of the month that a name carries; null where it carries none."""
    words = pl.col("model_name").str.extract_groups(MONTH_IN_NAME)
    return (words.struct[0] + pl.lit(" ") + words.struct[1]).str.to_date("%b %Y", strict=False)


def _kind() -> pl.Expr:
    """What the index's date stands for, beside the version's, the month in the name and the word for a preview in it."""
    days = (pl.col("release_date") - pl.col("version_date")).dt.total_days()
    is_same_month = pl.col("named_month") == pl.col("release_date").dt.month_start()
    return (
        pl.when(pl.col("named_month") > pl.col("release_date"))
        .then(pl.lit("first_version"))
        .when((days < -SAME_DAYS) | (days.is_null() & pl.col("model_name").str.contains(IS_PREVIEW)))
        .then(pl.lit("preview"))
        .when(days > SAME_DAYS)
        .then(pl.lit("publication"))
        .when(days.is_not_null() | is_same_month)
        .then(pl.lit("release"))
        .otherwise(pl.lit("unknown"))
    )
