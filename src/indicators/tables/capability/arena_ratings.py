"""arena_ratings: every board of Arena's text leaderboard, one row a model, each with its organisation, country and why.

Know before editing:
- A board comes whole from one file: from `latest` where that has it, else from `full`. Upstream has every board; the baseline's copy lacks
  those of August 2025 to July 2026 and one in five before, and they are missing here until upstream was read.
- A name that stands twice on a board is one row: the entry with the most votes, then the better rank. `is_listed_twice` says so.
- A printed organisation must be known, or the build stops. A blank one is filled from `arena_organizations.csv` by the model's name,
  one reason a row; what is still blank stays null and is counted. The country is the one of the organisation's headquarters.
- What a rating means changes with `arena_breaks.csv`. Boards without variances were assembled from the website, which differs.
- Upstream's licence is free text: one that `arena_licenses.csv` does not know leaves `is_open_weights` null, and the audit names it.
- Whether a rating is preliminary is not in the file, so it is not here.
"""

from datetime import date

import polars as pl

from indicators.model import Column, ContractBroken, Table
from indicators.sources.lmarena_text import CATEGORIES, SOURCE
from indicators.tables._identity import model_ids, organization_ids
from indicators.tables.capability._arena_rules import RULES

BOARD = ["leaderboard_date", "category_code"]
KEY = [*BOARD, "model_name"]
METHODS = ("unweighted", "reweighted", "style_controlled")

TABLE = Table(
    name="arena_ratings",
    title="Arena ratings by board and model",
    description="One row per board of the text arena, category and model: how its anonymous answers fare in votes of the public. "
    "Each board is a new fit, so compare models within one board only. Preliminary ratings are not marked: the file does not tell them.",
    key=tuple(KEY),
    row_bounds=(10_900, 400_000),  # 12,839 and 15,914 in the captures, whose boards have gaps; the official file has all since 2023
    max_loss_share=1.0,  # the baseline dates boards by the website's last change, the official file by publication: keys change once
    columns=(
        Column("leaderboard_date", pl.Date, "Day of the board", minimum=date(2023, 4, 1)),
        Column("category_code", pl.String, "Which votes count; overall is all of them", values=CATEGORIES),
        Column("model_name", pl.String, "Name as the board prints it; spellings change between boards"),
        Column("model_id", pl.String, "Model, where the name is linked", is_nullable=True, links_to="models.model_id"),
        Column("rating", pl.Float64, "Arena score on the scale of Elo", "points", is_nullable=True, minimum=400, maximum=2500),
        Column("rating_low", pl.Float64, "Lower bound of the 95% interval", "points", is_nullable=True, minimum=400, maximum=2500),
        Column("rating_high", pl.Float64, "Upper bound of the 95% interval", "points", is_nullable=True, minimum=400, maximum=2500),
        Column("votes", pl.Int64, "Votes the rating rests on", "votes", is_nullable=True, minimum=0),
        Column("rank", pl.Int32, "Place on the board: until July 2025 shared where intervals overlap", is_nullable=True, minimum=1),
        Column("organization_id", pl.String, "Who made it", is_nullable=True, links_to="organizations.organization_id"),
        Column("organization_basis_code", pl.String, "Where that comes from", values=("source", "curated", "unknown")),
        Column("country_code", pl.String, "Country of its headquarters", is_nullable=True, links_to="countries.country_code"),
        Column("license_name", pl.String, "Licence as printed: since July 2026 open or proprietary", is_nullable=True),
        Column("is_open_weights", pl.Boolean, "True where the licence lets weights be downloaded, whatever the use", is_nullable=True),
        Column("method_code", pl.String, "How ratings were made on that day: no comparison across", values=METHODS),
        Column("is_listed_twice", pl.Boolean, "True where the board has the name more than once; the entry with the most votes is kept"),
    ),
    rules=RULES,
)  # fmt: skip


def build(  # noqa: PLR0913 - parameters name inputs
    *,
    lmarena_text: pl.DataFrame,
    organizations: pl.DataFrame,
    organization_aliases: pl.DataFrame,
    models: pl.DataFrame,
    reference_arena_organizations: pl.DataFrame,
    reference_arena_licenses: pl.DataFrame,
    reference_arena_breaks: pl.DataFrame,
    reference_model_aliases: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row per board, category and model; raises ContractBroken for an organisation nobody knows."""
    rows = _once(_boards(lmarena_text))
    printed = organization_ids(rows["organization"], SOURCE.id, organization_aliases, TABLE.name)
    curated = _curated(rows["model_name"], reference_arena_organizations, organizations)
    licenses = reference_arena_licenses.select(license="license_name", is_open_weights=pl.col("is_open_weights") == "true")
    countries = organizations.select("organization_id", "country_code")
    return (
        rows.with_columns(printed=printed, curated=curated)
        .with_columns(
            organization_id=pl.coalesce("printed", "curated"),
            organization_basis_code=_basis(),
            model_id=model_ids(rows["model_name"], SOURCE.id, models, reference_model_aliases),
            method_code=_methods(rows, reference_arena_breaks),
        )
        .join(countries, on="organization_id", how="left", maintain_order="left")
        .join(licenses, on="license", how="left", maintain_order="left")
        .rename({"license": "license_name"})
        .select(TABLE.column_names)
    )


def _boards(rows: pl.DataFrame) -> pl.DataFrame:
    """Each board from one file, so that two fits never mix."""
    history, newest = (rows.filter(pl.col("file_name") == file.name) for file in SOURCE.files)
    return pl.concat([history.join(newest, on=BOARD, how="anti"), newest])


def _once(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per name and board: the entry with the most votes, then the better rank."""
    best_first = rows.sort([*KEY, "votes", "rank"], descending=[False] * 3 + [True, False], nulls_last=True)
    marked = best_first.with_columns(is_listed_twice=pl.len().over(KEY) > 1)
    return marked.unique(KEY, keep="first", maintain_order=True)


def _curated(names: pl.Series, curated: pl.DataFrame, organizations: pl.DataFrame) -> pl.Series:
    """The organisation we give to a model by its name; raises ContractBroken where that is not among `organizations`."""
    known = dict(organizations.select("organization_name", "organization_id").iter_rows())
    strange = sorted(set(curated["organization_name"]) - set(known))
    if strange:
        raise ContractBroken(f"{TABLE.name}: arena_organizations.csv names {strange}; add each to data/reference/organizations.csv")
    given = {model: known[name] for model, name in curated.select("model_name", "organization_name").iter_rows()}
    return names.replace_strict(given, default=None, return_dtype=pl.String)


def _basis() -> pl.Expr:
    """Where the organisation comes from."""
    is_printed, is_curated = pl.col("printed").is_not_null(), pl.col("curated").is_not_null()
    return pl.when(is_printed).then(pl.lit("source")).when(is_curated).then(pl.lit("curated")).otherwise(pl.lit("unknown"))


def _methods(rows: pl.DataFrame, breaks: pl.DataFrame) -> pl.Series:
    """How each board was made, by the last break before it of its kind; rows are in the order of their days, as `_once` leaves them."""
    is_assembled = pl.col("rating_variance").is_null().all().over(BOARD)
    boards = rows.select("leaderboard_date", board_kind=pl.when(is_assembled).then(pl.lit("assembled")).otherwise(pl.lit("official")))
    since = breaks.select("board_kind", "method_code", leaderboard_date=pl.col("valid_from").str.to_date()).sort("leaderboard_date")
    return boards.join_asof(since, on="leaderboard_date", by="board_kind", check_sortedness=False)["method_code"]
