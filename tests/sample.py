"""The sample of institution strings that people judged by hand: how it was drawn, and how to draw another.

`python tests/sample.py > drawn.csv` prints 120 distinct strings of each layout, each with one affiliation it stands in, drawn
without looking at any answer. The judged file, `tests/data/resolution_sample.csv`, adds the country that the judge gave.
"""

import sys
from pathlib import Path

import polars as pl

SEED = 20261123
STRINGS_OF_A_LAYOUT = 120
BASELINE = Path(__file__).parents[1] / "data" / "baseline" / "paperlists.parquet"
SHOWN = ("paper_id", "venue_code", "year", "layout_code", "slot", "ordinal", "institution_name", "campus_name", "domain")


def drawn() -> pl.DataFrame:
    """Institution strings with one affiliation each, by layout."""
    rows = pl.read_parquet(BASELINE).filter(pl.col("institution_name").is_not_null()).select(SHOWN).sort(SHOWN)
    one = rows.sample(fraction=1, shuffle=True, seed=SEED).unique("institution_name", keep="first", maintain_order=True).sort(SHOWN)
    layouts = [one.filter(layout_code=layout) for layout in sorted(one["layout_code"].unique())]
    return pl.concat([layout.sample(STRINGS_OF_A_LAYOUT, seed=SEED) for layout in layouts])


if __name__ == "__main__":
    sys.stdout.write(drawn().write_csv())
