"""Arena's text leaderboard (LMArena, arena.ai): ratings of language models from votes between two anonymous answers, board by board.

Know before editing:
- `full` holds every board so far, `latest` the newest one in the same columns; where both have a board they agree (both captures do).
- Every board is a new fit: ratings of two boards are not comparable, nor are ranks, whose rule has changed.
- Upstream has some thirty categories (56 MB of history in September 2026); `CATEGORIES` are read, the rest is skipped while reading.
- `rating_lower` and `rating_upper` are bounds. The site's daily JSON has half-widths there, and old matrices 0.0 where there is no rating:
  a rating outside its bounds, or of zero, is refused.
- `variance` is filled in the official file and null on boards put together from the website (the captures): the site shows ratings
  with style control since 2025, subset `text` has them without. The table tells the two apart by it.
- A name may stand twice on a board (4 times in 15,918 rows). From July 2026 organisations may be blank, and licences are one of two words.
- There is no country, and no flag for preliminary ratings, which the site has.
- The host redirects to its storage below hf.co, and has served from hosts below its own name.
"""

import io
from datetime import timedelta

import polars as pl

from indicators.model import BadPayload, File, Source

CATEGORIES = ("overall",)
"""What we publish of upstream's categories."""

ROOT = "https://huggingface.co/datasets/lmarena-ai/leaderboard-dataset/resolve/main/text"
STORAGE = ("hf.co", "huggingface.co")

TEXTS = {"category_code": "category", "model_name": "model_name", "organization": "organization", "license": "license"}
NUMBERS = {
    "rating": ("rating", pl.Float64),
    "rating_low": ("rating_lower", pl.Float64),
    "rating_high": ("rating_upper", pl.Float64),
    "rating_variance": ("variance", pl.Float64),
    "votes": ("vote_count", pl.Int64),
    "rank": ("rank", pl.Int32),
}
DAY = "leaderboard_publish_date"
COLUMNS = (*TEXTS.values(), *(theirs for theirs, _ in NUMBERS.values()), DAY)

SOURCE = Source(
    id="lmarena_text",
    title="Arena Leaderboard Dataset, text",
    publisher="LMArena",
    homepage="https://huggingface.co/datasets/lmarena-ai/leaderboard-dataset",
    license="CC-BY-4.0",
    redistribution="open",
    attribution="LMArena, 'Arena Leaderboard Dataset', CC BY 4.0",
    cadence=timedelta(days=3),
    files=(
        File("full.parquet", f"{ROOT}/full-00000-of-00001.parquet", also_from=STORAGE),
        File("latest.parquet", f"{ROOT}/latest-00000-of-00001.parquet", also_from=STORAGE),
    ),
    schema={
        "leaderboard_date": pl.Date,
        **dict.fromkeys(TEXTS, pl.String),
        **{ours: dtype for ours, (_, dtype) in NUMBERS.items()},
    },
    max_bytes=200_000_000,
)


def parse(payload: bytes, file: File) -> pl.DataFrame:
    """Return one row per board, category and entry: rating with its 95% bounds, votes, rank, organisation and licence as printed."""
    try:
        scan = pl.scan_parquet(io.BytesIO(payload))
        _require_columns(scan.collect_schema().names())
        rows = scan.filter(pl.col("category").cast(pl.String).is_in(CATEGORIES)).select(_day(), *_texts(), *_numbers()).collect()
    except pl.exceptions.PolarsError as error:
        told = f"{file.name} is no readable Parquet of the known types ({str(error).splitlines()[0]})"
        raise BadPayload(f"{SOURCE.id}: {told}; look at the newest snapshot") from error
    _require_sound(rows)
    return rows


def _day() -> pl.Expr:
    """The day of publication, written as text, day or moment."""
    return pl.col(DAY).cast(pl.String).str.slice(0, 10).str.to_date("%Y-%m-%d").alias("leaderboard_date")


def _texts() -> list[pl.Expr]:
    """Words without outer space; blank is null."""
    stripped = {ours: pl.col(theirs).cast(pl.String).str.strip_chars() for ours, theirs in TEXTS.items()}
    return [pl.when(text != "").then(text).alias(ours) for ours, text in stripped.items()]


def _numbers() -> list[pl.Expr]:
    return [pl.col(theirs).cast(dtype).alias(ours) for ours, (theirs, dtype) in NUMBERS.items()]


def _require_columns(columns: list[str]) -> None:
    """Raise BadPayload where a column is gone or nobody knows one."""
    gone, unknown = sorted(set(COLUMNS) - set(columns)), sorted(set(columns) - set(COLUMNS))
    if gone or unknown:
        told = f"columns {gone} are gone and {unknown} are unknown; known: {sorted(COLUMNS)}"
        raise BadPayload(f"{SOURCE.id}: {told}; adapt TEXTS, NUMBERS or DAY")


def _require_sound(rows: pl.DataFrame) -> None:
    """Raise BadPayload for a category without rows, an entry without day or name, and ratings that are none."""
    missing = sorted(set(CATEGORIES) - set(rows["category_code"]))
    if missing:
        raise BadPayload(f"{SOURCE.id}: no rows of category {missing}; look how upstream calls it now, then change CATEGORIES")
    nameless = rows.filter(pl.col("leaderboard_date").is_null() | pl.col("model_name").is_null())
    if nameless.height:
        raise BadPayload(f"{SOURCE.id}: {nameless.height} rows lack their day or model; upstream must be asked")
    zero = rows.filter((pl.col("rating") <= 0) | (pl.col("votes") < 0))
    if zero.height:
        raise BadPayload(f"{SOURCE.id}: ratings of zero or negative votes, {_sample(zero)}; 0.0 may mean no rating: upstream must be asked")
    outside = rows.filter(~pl.col("rating").is_between("rating_low", "rating_high"))
    if outside.height:
        told = f"{outside.height} ratings lie outside their bounds, {_sample(outside)}"
        raise BadPayload(f"{SOURCE.id}: {told}; the bounds may have become half-widths: upstream must be asked")


def _sample(rows: pl.DataFrame) -> str:
    """The first rows, for an error message."""
    return f"e.g. {rows.select('leaderboard_date', 'model_name', 'rating', 'rating_low', 'rating_high', 'votes').head(2).rows()}"
