"""What the page reads of a release: its tables as they are written, and the names of places."""

from pathlib import Path

import polars as pl

from indicators.release.edition import Edition


def frame(folder: Path, name: str) -> pl.DataFrame | None:
    """A table of a folder of Parquet; None where it holds none of that name."""
    path = folder / f"{name}.parquet"
    return pl.read_parquet(path) if path.exists() else None


def place_names(edition: Edition) -> dict[str, str]:
    """Names by code, of countries and of groups of them."""
    named: dict[str, str] = {}
    for table, code, name in (("country_groups", "group_code", "group_name"), ("countries", "country_code", "country_name")):
        found = frame(edition.files, table)
        if found is not None and {code, name} <= set(found.columns):
            named |= dict(found.select(code, name).unique().iter_rows())
    return named
