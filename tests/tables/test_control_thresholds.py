"""The curated rules: complete, typed, and honest about what was never enforced."""

from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from indicators.model import ContractBroken
from indicators.tables.compute import control_thresholds

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"


def curated(name: str) -> pl.DataFrame:
    return pl.read_csv(REFERENCE / f"{name}.csv", infer_schema=False)


@pytest.fixture(scope="module")
def rows() -> pl.DataFrame:
    built = control_thresholds.build(curated("control_thresholds"), curated("control_destinations"))
    return control_thresholds.TABLE.conform(built)


def test_every_curated_row_is_released_with_typed_bounds(rows: pl.DataFrame) -> None:
    limb = rows.row(by_predicate=(pl.col("rule_id") == "2023-10") & (pl.col("limb") == "b.1"), named=True)
    assert rows.height == curated("control_thresholds").height == 39
    assert (limb["min_tpp"], limb["max_tpp"], limb["min_performance_density"], limb["max_performance_density"]) == (2400, 4800, 1.6, 5.92)
    assert (limb["is_datacenter_marketed"], limb["applies_to_paragraph_codes"]) == (True, ["3A090.b"])


def test_a_blank_bound_is_no_bound(rows: pl.DataFrame) -> None:
    limb = rows.row(by_predicate=(pl.col("rule_id") == "2023-10") & (pl.col("limb") == "b.2"), named=True)
    assert (limb["max_tpp"], limb["min_interconnect_gb_s"]) == (None, None)


def test_the_diffusion_text_stands_worldwide_and_is_enforced_on_headquarters_only(rows: pl.DataFrame) -> None:
    diffusion = rows.filter((pl.col("rule_id") == "2025-01-diffusion") & (pl.col("item_code") == "integrated_circuit"))
    enforced = dict(diffusion.group_by("destination_scope_code").agg(pl.col("is_enforced").any()).iter_rows())
    assert enforced == {"worldwide": False, "hq_d5_macau_anywhere": True}
    assert diffusion["in_text_to"].null_count() == diffusion.height


def test_no_number_of_a_letter_ever_requires_a_licence(rows: pl.DataFrame) -> None:
    letters = rows.filter(pl.col("regime_code") == "informed_letter")
    bounds = [name for name in rows.columns if name.startswith(("min_", "max_"))]
    bounded = letters.filter(pl.any_horizontal(pl.col(bounds).is_not_null()))
    assert set(bounded["effect_code"]) == {"cut_off_unpublished"}
    assert letters["in_text_from"].null_count() == letters.height == 5


def test_memory_thresholds_are_strict_on_both_sides(rows: pl.DataFrame) -> None:
    memory = rows.filter(pl.col("item_code") == "high_bandwidth_memory")
    assert memory["is_minimum_inclusive"].to_list() == [False, False]


def test_an_unknown_reach_is_refused() -> None:
    strange = curated("control_thresholds").with_columns(destination_scope_code=pl.lit("the moon"))
    with pytest.raises(ContractBroken, match=r"the moon.*control_destinations"):
        control_thresholds.build(strange, curated("control_destinations"))


def test_an_unknown_destination_group_is_refused() -> None:
    strange = curated("control_destinations").with_columns(destination_group_codes=pl.lit("CHN;MOON"))
    with pytest.raises(ContractBroken, match="MOON"):
        control_thresholds.build(curated("control_thresholds"), strange)


@pytest.mark.parametrize(("column", "text"), [("min_tpp", "about 4800"), ("is_enforced", "maybe"), ("in_text_from", "spring 2023")])
def test_a_cell_that_does_not_fit_is_refused(column: str, text: str) -> None:
    wrong = curated("control_thresholds").with_columns(pl.lit(text).alias(column))
    with pytest.raises(ContractBroken, match="does not fit"):
        control_thresholds.build(wrong, curated("control_destinations"))


@pytest.mark.parametrize(("document", "day", "question", "found"), [
    ("2023-23055", date(2023, 11, 17), "Is a legal start called checked", 0),
    ("2023-23055", date(2023, 11, 18), "Is a legal start called checked", 10),
    ("2022-21658", date(2022, 10, 7), "Is a legal start called checked", 0),
    ("2022-21658", date(2022, 10, 8), "Is a legal start called checked", 2),
    ("2025-00711", date(2025, 1, 17), "Is a legal start called checked", 0),
    ("2023-23055", None, "Is every document behind a threshold", 8),
])  # fmt: skip
def test_legal_starts_are_held_to_the_documents(rows: pl.DataFrame, document: str, day: date | None, question: str, found: int) -> None:
    (rule,) = [rule for rule in control_thresholds.TABLE.rules if rule.question.startswith(question)]
    documents = pl.DataFrame({"document_number": [document], "effective_date": [day]}, schema_overrides={"effective_date": pl.Date})
    with duckdb.connect() as database:
        database.register("control_thresholds", rows)
        database.register("control_documents", documents)
        assert len(database.execute(rule.failing_rows).fetchall()) == found
