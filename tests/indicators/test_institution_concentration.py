"""The ten largest institutions: one in all its countries, over what has a name, only where they are certain."""

from typing import Any

import polars as pl
from query import ask

SCHEMA = {"venue_code": pl.String, "year": pl.Int32, "kind_code": pl.String, "institution_name": pl.String, "country_code": pl.String,
          "paper_share_sum": pl.Float64}  # fmt: skip
FIGURES = ("subject_code", "dimension", "value", "lower", "upper", "n", "coverage_share", "basis")
LARGE = {f"{letter} University": float(size) for letter, size in zip("ABCDEFGHIJ", range(12, 2, -1), strict=True)}


def shares(institutions: dict[str, float], other: float = 0.0, unnamed: float = 0.0, split: str = "") -> list[tuple[Any, ...]]:
    """The indicator over one year; the institution `split` has its papers half in one country and half in another."""
    parts = [(name, code, size / 2) if name == split else (name, code, size if code == "USA" else 0.0)
             for name, size in institutions.items() for code in ("USA", "CHN")]  # fmt: skip
    rows: list[tuple[Any, ...]] = [("icml", 2018, "institution", name, code, size) for name, code, size in parts if size]
    rows += [("icml", 2018, kind, kind, None, size) for kind, size in (("other", other), ("unnamed", unnamed)) if size]
    every = sum(institutions.values()) + other + unnamed
    coverage = pl.DataFrame({"venue_code": ["icml"], "year": [2018], "paper_count": [int(every)]})
    counts = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return ask("institution_concentration", institution_counts=counts, venue_coverage=coverage).select(FIGURES).rows()


def test_the_ten_with_the_most_papers_count_and_are_named_the_largest_first() -> None:
    assert shares(LARGE | {"K University": 2.5, "L University": 2.5}, other=20.0) == [
        ("WLD", "icml", 0.75, 0.75, 0.75, 100, 1.0, list(LARGE)),
    ]


def test_what_has_no_institution_widens_the_interval_and_not_the_share() -> None:
    ((_, _, value, lower, upper, n, coverage, _),) = shares(LARGE, other=25.0, unnamed=50.0)
    assert (value, lower, upper, n, coverage) == (0.75, 0.5, 0.833333, 150, 0.666667)


def test_an_institution_in_two_countries_is_one() -> None:
    assert shares(LARGE, other=25.0, split="A University") == shares(LARGE, other=25.0)


def test_fewer_than_ten_named_institutions_have_no_figure() -> None:
    assert shares({name: size for name, size in LARGE.items() if name != "J University"}, other=25.0) == []


def test_a_year_in_which_an_unnamed_institution_could_be_of_the_ten_has_no_figure() -> None:
    assert shares(LARGE | {"J University": 1.9}, other=25.0) == []
    assert len(shares(LARGE | {"J University": 2.0}, other=25.0)) == 1


def test_equal_institutions_at_the_tenth_place_are_taken_in_alphabetical_order() -> None:
    ((*_, basis),) = shares({"K University": 3.0} | LARGE)
    assert basis == list(LARGE)
