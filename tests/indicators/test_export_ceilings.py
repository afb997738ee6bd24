"""The best accelerator that needs no licence for China: rules, letters, what is undecided, and what counts as best."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from query import ask

RULE_DAY, LETTER_DAY, LAST_DAY = date(2023, 11, 17), date(2025, 4, 9), date(2025, 6, 30)
MONTHS = {"before": date(2023, 10, 31), "ruled": date(2023, 11, 30), "lettered": date(2025, 4, 30)}
SCHEMA: dict[str, Any] = {
    "accelerator_id": pl.String,
    "accelerator_name": pl.String,
    "designer_country_code": pl.String,
    "release_date": pl.Date,
    "is_datacenter_marketed": pl.Boolean,
    "is_merchant": pl.Boolean,
    "is_implausible": pl.Boolean,
    "total_processing_performance": pl.Float64,
    "memory_bandwidth_gb_s": pl.Float64,
    "excluded_columns": pl.List(pl.String),
}
STATUS: dict[str, Any] = {
    "accelerator_id": pl.String,
    "rule_id": pl.String,
    "version_kind_code": pl.String,
    "destination_group_code": pl.String,
    "requirement_code": pl.String,
    "in_text_from": pl.Date,
    "enforced_from": pl.Date,
    "enforced_to": pl.Date,
}


def chip(name: str, tpp: float | None, **other: Any) -> dict[str, Any]:
    return {
        "accelerator_id": name,
        "accelerator_name": name,
        "designer_country_code": "USA",
        "release_date": date(2022, 1, 1),
        "is_datacenter_marketed": True,
        "is_merchant": True,
        "is_implausible": False,
        "total_processing_performance": tpp,
        "memory_bandwidth_gb_s": None,
        "excluded_columns": None,
    } | other


CHIPS = [
    chip("large", 16000, memory_bandwidth_gb_s=4800),
    chip("lettered", 2368, memory_bandwidth_gb_s=4000),
    chip("likened", 2200),
    chip("open", 2100, memory_bandwidth_gb_s=900),
    chip("unclear", 3000),
    chip("captive", 4400, is_merchant=False),
    chip("domestic", 9000, designer_country_code="CHN"),
    chip("consumer", 2300, is_datacenter_marketed=False),
    chip("announced", 99000, release_date=None),
    chip("impossible", 2350, is_implausible=True),
    chip("on_chip", None, memory_bandwidth_gb_s=80000, excluded_columns=["memory_bandwidth_gb_s"]),
]
UNDER_RULE = {"large": "licence_required", "unclear": "undecidable"}
UNDER_LETTER = {"lettered": "licence_required", "likened": "undecidable", "large": "undecidable"}


def reading(name: str, rule: str, kind: str, requirement: str, since: date) -> dict[str, Any]:
    in_text = since if kind == "regulation" else None
    return dict(zip(STATUS, (name, rule, kind, "CHN", requirement, in_text, since, None), strict=True))


@pytest.fixture(scope="module")
def tables() -> dict[str, pl.DataFrame]:
    names = [one["accelerator_id"] for one in CHIPS]
    readings = [reading(name, "2023-10", "regulation", UNDER_RULE.get(name, "none"), RULE_DAY) for name in names]
    readings += [reading(name, "2025-04", "letter", UNDER_LETTER.get(name, "none"), LETTER_DAY) for name in names]
    return {
        "accelerators": pl.DataFrame(CHIPS, schema=SCHEMA),
        "accelerator_control_status": pl.DataFrame(readings, schema=STATUS),
        "sources": pl.DataFrame({"source_id": ["epoch_ml_hardware"], "as_of_date": [LAST_DAY]}),
    }


def at(rows: pl.DataFrame, month: str, dimension: str) -> tuple[Any, ...]:
    chosen = (pl.col("period_end") == MONTHS[month]) & (pl.col("dimension") == dimension)
    return rows.filter(chosen).select("value", "lower", "upper").row(0)


def test_each_rule_and_letter_lowers_the_ceiling_on_its_day(tables: dict[str, pl.DataFrame]) -> None:
    rows = ask("export_ceiling_tpp", **tables)
    assert at(rows, "before", "in_text") == (16000, 16000, 16000)
    assert at(rows, "ruled", "in_text") == at(rows, "ruled", "enforced") == (2368, 2368, 3000)
    assert at(rows, "lettered", "enforced") == (2368, 2368, 3000)
    assert at(rows, "lettered", "enforced_with_letters") == (2100, 2100, 3000)


def test_the_basis_names_the_chips_that_share_the_first_place(tables: dict[str, pl.DataFrame]) -> None:
    twin = pl.DataFrame([chip("a_twin", 2368)], schema=SCHEMA)
    both = tables | {"accelerators": pl.concat([tables["accelerators"], twin])}
    chosen = (pl.col("period_end") == MONTHS["ruled"]) & (pl.col("dimension") == "enforced")
    for indicator_id in ("export_ceiling_tpp", "export_ceiling_ratio"):
        assert ask(indicator_id, **both).filter(chosen)["basis"].to_list() == [["a_twin", "lettered"]]


def test_coverage_counts_the_undecided_and_the_unknown_as_uncovered(tables: dict[str, pl.DataFrame]) -> None:
    rows = ask("export_ceiling_tpp", **tables).filter(pl.col("period_end") == MONTHS["lettered"])
    shares = dict(rows.select("dimension", "coverage_share").iter_rows())
    assert set(rows["n"]) == {7}
    assert shares == {"in_text": 0.571429, "enforced": 0.571429, "enforced_with_letters": 0.428571}


def test_a_quarantined_row_is_undecided_and_its_figure_is_no_ceiling(tables: dict[str, pl.DataFrame]) -> None:
    wild = tables["accelerators"].with_columns(
        total_processing_performance=pl.when("is_implausible").then(50000.0).otherwise("total_processing_performance")
    )
    for indicator_id in ("export_ceiling_tpp", "export_ceiling_ratio"):
        assert ask(indicator_id, **tables | {"accelerators": wild}).equals(ask(indicator_id, **tables))


def test_bandwidth_that_is_kept_out_of_readings_is_no_ceiling(tables: dict[str, pl.DataFrame]) -> None:
    rows = ask("export_ceiling_memory_bandwidth", **tables)
    assert at(rows, "before", "enforced") == (4800, 4800, 4800)
    assert at(rows, "ruled", "enforced") == (4000, 4000, 4000)
    assert at(rows, "lettered", "enforced_with_letters") == (900, 900, 900)


def test_the_ratio_is_of_the_best_released_anywhere(tables: dict[str, pl.DataFrame]) -> None:
    rows = ask("export_ceiling_ratio", **tables)
    assert at(rows, "before", "enforced") == (1, 1, 1)
    assert at(rows, "ruled", "enforced") == (0.148, 0.148, 0.1875)
    smaller = tables | {"accelerators": tables["accelerators"].filter(pl.col("accelerator_id") != "large")}
    assert at(ask("export_ceiling_ratio", **smaller), "ruled", "enforced")[0] == pytest.approx(2368 / 9000, abs=1e-6)


def test_the_decidable_share_is_given_for_every_version_and_letter(tables: dict[str, pl.DataFrame]) -> None:
    rows = ask("control_decidable_share", **tables)
    assert rows.select("dimension", "value", "n", "period_start", "period_end").rows() == [
        ("2023-10", 0.909091, 11, RULE_DAY, LAST_DAY),
        ("2025-04", 0.818182, 11, LETTER_DAY, LAST_DAY),
    ]
