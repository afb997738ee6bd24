"""model_links: how many of the model names that each scoring source prints are linked to `models`, and how many have a country.

Know before editing:
- Links are made by exact spelling or by `model_aliases.csv`, never guessed (`_identity.model_ids`). A spelling of several models stays
  unlinked and is counted here as ambiguous; any other name without a link is not in `models`, or is there in another spelling.
- Names count once. A name has an organisation or a country where each of its rows has. Rows that name no model count as rows only.
- Of Arena only the newest board counts: spellings change between boards, so all boards together would count models twice.
"""

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.sources import epoch_benchmark_hub, epoch_eci, lmarena_text

INDEX, HUB, ARENA = epoch_eci.SOURCE.id, epoch_benchmark_hub.SOURCE.id, lmarena_text.SOURCE.id

TABLE = Table(
    name="model_links",
    title="Match rates of scored models",
    description="One row per source of scores: how many of the models it names are linked to `models`, and how many have a country.",
    key=("source_id",),
    row_bounds=(3, 3),
    columns=(
        Column("source_id", pl.String, "Source of the names: the newest index, the hub, or the newest board of Arena",
               values=(INDEX, HUB, ARENA)),
        Column("names", pl.Int64, "Distinct model names printed", "names", minimum=1),
        Column("linked_names", pl.Int64, "Of these, names linked to a model", "names", minimum=0),
        Column("ambiguous_names", pl.Int64, "Of these, names that match more than one model, all left unlinked", "names", minimum=0),
        Column("linked_share", pl.Float64, "Linked names among all names", "share", minimum=0, maximum=1),
        Column("rows", pl.Int64, "Rows of scores", "rows", minimum=1),
        Column("rows_linked", pl.Int64, "Of these, rows linked to a model", "rows", minimum=0),
        Column("rows_linked_share", pl.Float64, "Linked rows among all rows", "share", minimum=0, maximum=1),
        Column("names_with_organization", pl.Int64, "Names whose developer is known", "names", minimum=0),
        Column("names_with_country", pl.Int64, "Names whose country is known", "names", minimum=0),
        Column("with_country_share", pl.Float64, "Names whose country is known among all names", "share", minimum=0, maximum=1),
    ),
    rules=(
        Rule(
            "Have 95 in 100 models of the newest index an organisation and a country?",
            f"SELECT * FROM model_links WHERE source_id = '{INDEX}' "  # noqa: S608
            "AND least(names_with_organization, names_with_country) < 0.95 * names",
        ),
        Rule(
            "Is no part more than the whole, and no ambiguous name linked?",
            "SELECT * FROM model_links WHERE linked_names + ambiguous_names > names OR rows_linked > rows OR names > rows "
            "OR greatest(names_with_organization, names_with_country) > names",
        ),
        Rule("Does no name match more than one model?", "SELECT * FROM model_links WHERE ambiguous_names > 0", is_warning=True),
        Rule(
            "Is the linked part of no source's names ten points below that of the last release?",
            "SELECT source_id, p.linked_share AS was, l.linked_share AS now FROM model_links l "
            "JOIN previous_model_links p USING (source_id) WHERE l.linked_share < p.linked_share - 0.1",
            is_warning=True,
        ),
    ),
)  # fmt: skip


def build(
    capability_scores: pl.DataFrame,
    benchmark_scores: pl.DataFrame,
    arena_ratings: pl.DataFrame,
    models: pl.DataFrame,
    reference_model_aliases: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row per source of scores with its match rates."""
    newest = arena_ratings.filter(pl.col("leaderboard_date") == pl.col("leaderboard_date").max())
    printed = {INDEX: capability_scores, HUB: benchmark_scores, ARENA: newest}
    return pl.concat(_counted(source_id, rows, models, reference_model_aliases) for source_id, rows in printed.items())


def _counted(source_id: str, rows: pl.DataFrame, models: pl.DataFrame, aliases: pl.DataFrame) -> pl.DataFrame:
    """The counts of one source's names and rows."""
    names = _names(rows, _ambiguous(source_id, models, aliases))
    counts = names.select(
        source_id=pl.lit(source_id),
        names=pl.len().cast(pl.Int64),
        linked_names=pl.col("is_linked").sum().cast(pl.Int64),
        ambiguous_names=pl.col("is_ambiguous").sum().cast(pl.Int64),
        rows=pl.lit(rows.height, pl.Int64),
        rows_linked=pl.lit(rows["model_id"].count(), pl.Int64),
        names_with_organization=pl.col("has_organization").sum().cast(pl.Int64),
        names_with_country=pl.col("has_country").sum().cast(pl.Int64),
    )
    return counts.with_columns(
        linked_share=(pl.col("linked_names") / pl.col("names")).round(6),
        rows_linked_share=(pl.col("rows_linked") / pl.col("rows")).round(6),
        with_country_share=(pl.col("names_with_country") / pl.col("names")).round(6),
    ).select(TABLE.column_names)


def _names(rows: pl.DataFrame, ambiguous: set[str]) -> pl.DataFrame:
    """One row per printed name: whether it is linked, ambiguous, and placed in all its rows."""
    return (
        rows.filter(pl.col("model_name").is_not_null())
        .group_by("model_name")
        .agg(
            is_linked=pl.col("model_id").is_not_null().all(),
            has_organization=pl.col("organization_id").is_not_null().all(),
            has_country=pl.col("country_code").is_not_null().all(),
        )
        .with_columns(is_ambiguous=pl.col("model_name").str.strip_chars().is_in(list(ambiguous)) & ~pl.col("is_linked"))
    )


def _ambiguous(source_id: str, models: pl.DataFrame, aliases: pl.DataFrame) -> set[str]:
    """Spellings of more than one model: as its name here, as its name upstream, or as an alias of this source."""
    own = aliases.filter(pl.col("source_id") == source_id).join(models.select("model_name", "model_id"), on="model_name")
    spelled = pl.concat(
        [
            models.select("model_id", spelling="model_name"),
            models.select("model_id", spelling="source_model_name"),
            own.select("model_id", spelling=pl.col("alias").str.strip_chars()),
        ]
    ).unique()
    return set(spelled.filter(pl.col("spelling").is_duplicated())["spelling"])
