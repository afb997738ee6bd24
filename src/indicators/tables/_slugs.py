"""Printed names as parts of ids. Only for the modules of this package.

A name without accents, in lower case, runs of other signs as one hyphen. In names of models dots, underscores, Greek letters and plus
signs carry meaning (`Qwen2.5` is no `Qwen25`, `PanGu-Σ` no `PanGu-α`, `Command R+` no `Command R`), so `model_slug` keeps them.
"""

import polars as pl

GREEK = {"α": "alpha", "β": "beta", "λ": "lambda", "μ": "mu", "π": "pi", "σ": "sigma", "ς": "sigma", "φ": "phi", "ω": "omega"}


def slug(name: pl.Expr) -> pl.Expr:
    """Return a name without accents, in lower case, runs of other signs as one hyphen."""
    return _plain(name).str.replace_all(r"[^a-z0-9]+", "-").str.strip_chars("-")


def model_slug(name: pl.Expr) -> pl.Expr:
    """Return a model's name as an id: as `slug`, but dots and underscores stay and plus signs and Greek letters are spelt out."""
    spelt = _plain(name).str.replace_many(list(GREEK), list(GREEK.values())).str.replace_all(r"\+", "-plus-")
    return spelt.str.replace_all(r"[^a-z0-9._]+", "-").str.strip_chars("-._")


def _plain(name: pl.Expr) -> pl.Expr:
    return name.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
