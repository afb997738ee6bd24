"""indicator_values: a figure of a best must name what it rests on."""

from collections.abc import Sequence

import polars as pl
import pytest
from scored import PROJECT, failing

from indicators.tables.catalogue.indicator_values import TABLE

OF_A_BEST = [
    "arena_frontier", "arena_gap", "benchmark_frontier", "benchmark_gap", "capability_frontier", "capability_gap", "capability_lag_months",
    "compute_at_capability", "compute_efficiency_ratio", "domestic_frontier_ratio", "export_ceiling_memory_bandwidth",
    "export_ceiling_ratio", "export_ceiling_tpp", "open_closed_gap", "training_compute_frontier", "training_compute_gap_ratio",
    "training_cost_frontier",
]  # fmt: skip
EVERY = sorted(path.stem for path in (PROJECT / "sql" / "indicators").glob("*.sql"))


def unnamed(indicator_id: str, value: float | None, basis: Sequence[str | None] | None) -> int:
    row = pl.DataFrame(
        [
            pl.Series("indicator_id", [indicator_id]),
            pl.Series("value", [value], dtype=pl.Float64),
            pl.Series("basis", [basis], dtype=pl.List(pl.String)),
        ]
    )
    return len(failing(TABLE.rules, "figure of a best", indicator_values=row))


@pytest.mark.parametrize("indicator_id", EVERY)
def test_a_figure_of_a_best_without_its_basis_is_caught_and_no_other(indicator_id: str) -> None:
    assert unnamed(indicator_id, 1.0, None) == (indicator_id in OF_A_BEST)


def test_a_named_basis_passes_and_so_does_a_figure_that_is_unknown() -> None:
    assert [unnamed("capability_gap", value, basis) for value, basis in ((1.0, ["a", "b"]), (None, None))] == [0, 0]
    assert [unnamed("capability_gap", 1.0, basis) for basis in (["a", None], [])] == [1, 1]


@pytest.mark.parametrize(
    ("sql", "opinions", "expected"),
    [("FROM models", 0, 1), ("FROM models", 1, 1), ("FROM public_opinion", 0, 0), ("FROM public_opinion", 1, 1)],
)
def test_an_indicator_without_values_is_caught_unless_its_table_waits_for_a_source(sql: str, opinions: int, expected: int) -> None:
    frames = {
        "indicators": pl.DataFrame({"indicator_id": ["silent"], "sql": [sql]}),
        "indicator_values": pl.DataFrame({"indicator_id": ["other"]}),
        "public_opinion": pl.DataFrame({"country_code": ["USA"] * opinions}, schema={"country_code": pl.String}),
        "military_expenditure": pl.DataFrame(schema={"year": pl.Int32}),
    }
    assert len(failing(TABLE.rules, "Has every indicator values", **frames)) == expected
