"""Printed names as parts of ids. Only for the modules of this package."""

import polars as pl


def slug(name: pl.Expr) -> pl.Expr:
    """Return a name without accents, in lower case, runs of other signs as one hyphen."""
    plain = name.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    return plain.str.replace_all(r"[^a-z0-9]+", "-").str.strip_chars("-")
