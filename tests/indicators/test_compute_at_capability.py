"""compute_at_capability and compute_efficiency_ratio: the leanest model known at each level, and how much is unknown."""

from datetime import date
from typing import Any

import polars as pl
from scored import measured

READ = pl.DataFrame({"source_id": ["epoch_eci"], "as_of_date": [date(2025, 2, 15)]})
JANUARY = date(2025, 1, 31)


def model(name: str, country: str | None, score: float, flop: float | None, confidence: str = "confident") -> dict[str, Any]:
    factor = {"confident": 3, "likely": 10, "speculative": 30}[confidence]
    return {"model_name": name, "model_id": name, "country_code": country, "score": score, "release_date": date(2025, 1, 2),
            "training_compute_flop": flop, "training_compute_low_flop": flop and flop / factor,
            "training_compute_high_flop": flop and flop * factor, "compute_confidence_code": confidence}  # fmt: skip


def rows(indicator_id: str, *told: dict[str, Any], unlinked: tuple[str, ...] = (), **only: Any) -> list[dict[str, Any]]:
    whole = pl.DataFrame(list(told), infer_schema_length=None)
    scores = whole.select("model_name", "country_code", "score", "release_date",
                          model_id=pl.when(~pl.col("model_id").is_in(unlinked)).then("model_id"))  # fmt: skip
    models = whole.select("model_id", "^.*flop$", "compute_confidence_code", model_name=pl.lit("another name"))
    found = measured(indicator_id, capability_scores=scores, models=models, sources=READ)
    return [row for row in found if all(row[name] == value for name, value in ({"period_end": JANUARY} | only).items())]


BIG = model("big", "USA", 146.0, 5e25)
LEAN = model("lean", "USA", 131.0, 1e24)
V3 = model("V3", "CHN", 132.0, 4e24)
DARK = model("dark", "USA", 150.0, None)


def test_the_leanest_model_at_each_level_is_named_with_its_bounds() -> None:
    found = {row["dimension"]: row for row in rows("compute_at_capability", BIG, LEAN, V3, subject_code="USA")}
    assert [(level, found[f"eci_{level} any"]["basis"]) for level in (125, 130, 135, 139, 145)] == [
        (125, ["lean"]), (130, ["lean"]), (135, ["big"]), (139, ["big"]), (145, ["big"]),
    ]  # fmt: skip
    low, high = (1e24 / 3, 1e24 * 3)
    assert (found["eci_130 any"]["value"], found["eci_130 any"]["lower"], found["eci_130 any"]["upper"]) == (1e24, low, high)


def test_models_without_an_estimate_are_counted_and_lower_the_coverage() -> None:
    (row,) = rows("compute_at_capability", BIG, DARK, dimension="eci_145 any")
    assert (row["n"], row["coverage_share"], row["value"]) == (2, 0.5, 5e25)
    (row,) = rows("compute_at_capability", BIG, V3, dimension="eci_145 any", unlinked=("big",))
    assert (row["n"], row["coverage_share"], row["value"], row["basis"]) == (1, 0.0, None, None)


def test_a_doubtful_estimate_counts_for_any_and_not_for_confident() -> None:
    doubtful = model("doubt", "USA", 146.0, 1e23, "speculative")
    found = {row["dimension"]: (row["value"], row["coverage_share"]) for row in rows("compute_at_capability", BIG, doubtful)}
    assert (found["eci_145 any"], found["eci_145 confident"]) == ((1e23, 1.0), (5e25, 0.5))
    (likely,) = rows("compute_at_capability", model("likely", "USA", 146.0, 1e23, "likely"), dimension="eci_145 confident")
    assert likely["value"] == 1e23


def test_the_ratio_is_us_over_chinese_with_bounds_at_their_furthest() -> None:
    (row,) = rows("compute_efficiency_ratio", BIG, LEAN, V3, DARK, dimension="eci_130 any")
    assert (row["value"], row["lower"], row["upper"], row["basis"]) == (0.25, round(1 / 36, 4), 2.25, ["lean", "V3"])
    assert (row["n"], row["coverage_share"]) == (4, 0.75)


def test_no_ratio_where_one_side_has_no_estimate_or_no_model() -> None:
    assert rows("compute_efficiency_ratio", BIG, V3, dimension="eci_145 any") == []
    assert rows("compute_efficiency_ratio", LEAN, V3 | {"training_compute_flop": None}) == []


def test_a_model_of_no_country_counts_for_none() -> None:
    assert rows("compute_at_capability", model("stray", None, 150.0, 1e20)) == []
