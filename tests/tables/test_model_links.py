"""model_links: the match rates of each source's names, ambiguous ones counted and never linked."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from scored import failing

from indicators.tables._identity import model_ids
from indicators.tables.capability.model_links import TABLE, build

MODELS = pl.DataFrame(
    {
        "model_id": ["model-1", "model-2", "twin-a", "twin-b"],
        "model_name": ["Model 1", "Model 2", "Twin", "Twin"],
        "source_model_name": ["Model 1", "Model 2", "Twin", "Twin"],
    }
)
ALIASES = pl.DataFrame(
    {
        "alias": ["m-1", "both", "both", "both"],
        "source_id": ["epoch_eci", "lmarena_text", "lmarena_text", "epoch_eci"],
        "model_name": ["Model 1", "Model 1", "Model 2", "Model 2"],
    }
)


def rows(source_id: str, *names: str | None, **cells: Any) -> pl.DataFrame:
    """Rows of a table of scores, linked as the project links them."""
    printed = pl.Series(names, dtype=pl.String)
    frame = pl.DataFrame({"model_name": printed, "model_id": model_ids(printed, source_id, MODELS, ALIASES)})
    usual = {"organization_id": "lab", "country_code": "CHN", "leaderboard_date": date(2026, 8, 21)} | cells
    return frame.with_columns(**{name: cell if isinstance(cell, pl.Series) else pl.lit(cell) for name, cell in usual.items()})


def counted(source_id: str, **tables: pl.DataFrame) -> dict[str, Any]:
    """The row of one source, the others being sound."""
    usual = {
        "capability_scores": rows("epoch_eci", "Model 1"),
        "benchmark_scores": rows("epoch_benchmark_hub", "Model 1"),
        "arena_ratings": rows("lmarena_text", "Model 1"),
    }
    built = TABLE.conform(build(**usual | tables, models=MODELS, reference_model_aliases=ALIASES))
    return built.row(by_predicate=pl.col("source_id") == source_id, named=True)


def test_ambiguous_names_stay_unlinked_and_are_counted_and_strangers_are_not_ambiguous() -> None:
    row = counted("epoch_eci", capability_scores=rows("epoch_eci", "Model 1", "m-1", "Twin", "Stranger"))
    assert (row["names"], row["linked_names"], row["ambiguous_names"], row["linked_share"]) == (4, 2, 1, 0.5)


@pytest.mark.parametrize(("source_id", "table", "linked", "ambiguous"), [
    ("epoch_eci", "capability_scores", 1, 0), ("lmarena_text", "arena_ratings", 0, 1), ("epoch_benchmark_hub", "benchmark_scores", 0, 0),
])  # fmt: skip
def test_an_alias_counts_for_its_own_source_alone(source_id: str, table: str, linked: int, ambiguous: int) -> None:
    row = counted(source_id, **{table: rows(source_id, "both")})
    assert (row["linked_names"], row["ambiguous_names"]) == (linked, ambiguous)


def test_rows_without_a_name_count_as_rows_and_a_name_counts_once() -> None:
    row = counted("epoch_benchmark_hub", benchmark_scores=rows("epoch_benchmark_hub", "Model 1", "Model 1", "Stranger", None))
    assert (row["names"], row["linked_names"], row["rows"], row["rows_linked"], row["rows_linked_share"]) == (2, 1, 4, 2, 0.5)


def test_of_arena_the_newest_board_alone_counts() -> None:
    days = pl.Series([date(2026, 8, 11), date(2026, 8, 21), date(2026, 8, 21)])
    row = counted("lmarena_text", arena_ratings=rows("lmarena_text", "Gone", "Model 1", "Stranger", leaderboard_date=days))
    assert (row["names"], row["linked_names"], row["rows"]) == (2, 1, 2)


def test_a_name_with_a_row_without_country_has_none() -> None:
    countries = pl.Series(["CHN", None, "USA"])
    placed = rows("epoch_benchmark_hub", "Model 1", "Model 1", "Model 2", country_code=countries)
    row = counted("epoch_benchmark_hub", benchmark_scores=placed)
    assert (row["names_with_organization"], row["names_with_country"], row["with_country_share"]) == (2, 1, 0.5)


def table(**changed: Any) -> pl.DataFrame:
    """A sound row of 100 names of the index, changed as told."""
    sound = {"source_id": "epoch_eci", "names": 100, "linked_names": 60, "ambiguous_names": 0, "linked_share": 0.6, "rows": 100}
    return pl.DataFrame([sound | {"rows_linked": 60, "names_with_organization": 95, "names_with_country": 95} | changed])


@pytest.mark.parametrize(("words", "changed"), [
    ("95 in 100", {"names_with_country": 94}),
    ("95 in 100", {"names_with_organization": 94}),
    ("more than the whole", {"ambiguous_names": 41}),
    ("more than the whole", {"rows_linked": 101}),
    ("match more than one", {"ambiguous_names": 1}),
    ("ten points below", {"linked_share": 0.49}),
])  # fmt: skip
def test_every_question_can_fail(words: str, changed: dict[str, Any]) -> None:
    assert failing(TABLE.rules, words, model_links=table(), previous_model_links=table()) == []
    assert len(failing(TABLE.rules, words, model_links=table(**changed), previous_model_links=table())) == 1
