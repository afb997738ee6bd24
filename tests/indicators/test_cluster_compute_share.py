"""Shares of known computing: what counts when, what stays in the denominator, and the same figures from a whole and a shortened file."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from query import ask

MARCH, APRIL = date(2024, 3, 31), date(2024, 4, 30)
SCHEMA: dict[str, Any] = {
    "cluster_id": pl.String,
    "country_code": pl.String,
    "status_code": pl.String,
    "certainty_code": pl.String,
    "h100_equivalents": pl.Float64,
    "first_operational_date": pl.Date,
    "superseded_by_id": pl.String,
    "is_in_standard_analysis": pl.Boolean,
}
Row = dict[str, Any]


def cluster(name: str, country: str | None, h100: float | None, **other: Any) -> Row:
    usual = {
        "cluster_id": name,
        "country_code": country,
        "status_code": "existing",
        "certainty_code": "confirmed",
        "h100_equivalents": h100,
    }
    return usual | {"first_operational_date": date(2024, 3, 5), "superseded_by_id": None, "is_in_standard_analysis": True} | other


CORE = [
    cluster("american", "USA", 50.0),
    cluster("likely", "USA", 10.0, certainty_code="likely"),
    cluster("chinese", "CHN", 20.0, certainty_code="likely"),
    cluster("nowhere", None, 20.0),
    cluster("newest", "HKG", 1.0, first_operational_date=date(2024, 4, 9)),
]
OTHERS = [
    cluster("plan", "CHN", 9e6, status_code="planned", is_in_standard_analysis=False),
    cluster("duplicate", "CHN", 900.0, is_in_standard_analysis=False),
    cluster("gone", "USA", 900.0, status_code="decommissioned", is_in_standard_analysis=False),
    cluster("marked plan", "CHN", 900.0, status_code="planned"),
]


def shares(*clusters: Row, as_of: date | None = date(2026, 3, 30)) -> pl.DataFrame:
    sources = pl.DataFrame(
        {"source_id": ["epoch_gpu_clusters", "other"], "as_of_date": [as_of, date.max]}, schema_overrides={"as_of_date": pl.Date}
    )
    return ask("cluster_compute_share", compute_clusters=pl.DataFrame(list(clusters), schema=SCHEMA), sources=sources)


def figure(rows: pl.DataFrame, country: str, day: date = MARCH) -> Row:
    (found,) = rows.filter(subject_code=country, period_end=day).iter_rows(named=True)
    return found


def test_a_share_is_of_all_that_is_known_with_the_part_of_no_country_in_the_denominator() -> None:
    rows = shares(*CORE)
    assert [figure(rows, code)["value"] for code in ("USA", "CHN")] == [0.6, 0.2]
    assert set(rows["subject_code"]) == {"USA", "CHN", "HKG"}
    assert set(rows["dimension"]) == {"existing"}


def test_bounds_are_the_worst_cases_over_certainty_and_country() -> None:
    american, chinese = (figure(shares(*CORE), code) for code in ("USA", "CHN"))
    assert (american["lower"], american["upper"]) == (round(50 / 90, 6), 1.0)
    assert (chinese["lower"], chinese["upper"]) == (0.0, round(40 / 90, 6))


def test_only_existing_clusters_of_the_standard_analysis_count_so_a_shortened_file_gives_the_same() -> None:
    assert shares(*CORE, *OTHERS).equals(shares(*CORE))


def test_a_phase_counts_until_the_phase_that_takes_it_in() -> None:
    phases = [
        cluster("phase-1", "CHN", 30.0, superseded_by_id="phase-2"),
        cluster("phase-2", "CHN", 80.0, first_operational_date=date(2024, 4, 30)),
    ]
    rows = shares(*CORE, *phases)
    assert figure(rows, "CHN")["value"] == round(50 / 130, 6)
    assert (figure(rows, "CHN", APRIL)["value"], figure(rows, "CHN", APRIL)["n"]) == (round(100 / 181, 6), 2)


@pytest.mark.parametrize("later", [
    {"is_in_standard_analysis": False}, {"status_code": "planned"}, {"first_operational_date": None},
])  # fmt: skip
def test_a_phase_whose_successor_does_not_count_goes_on_counting(later: Row) -> None:
    phases = [cluster("phase-1", "CHN", 30.0, superseded_by_id="phase-2"), cluster("phase-2", "CHN", 80.0, **later)]
    assert figure(shares(*CORE, *phases), "CHN", APRIL)["value"] == round(50 / 131, 6)


def test_a_cluster_without_a_first_day_enters_no_month_and_lowers_coverage() -> None:
    undated = cluster("undated", "CHN", 900.0, first_operational_date=None)
    before, after = figure(shares(*CORE), "CHN"), figure(shares(*CORE, undated), "CHN")
    assert (before["value"], before["coverage_share"]) == (0.2, 0.75)
    assert (after["value"], after["coverage_share"]) == (0.2, 0.6)


def test_a_cluster_without_a_figure_counts_for_coverage_alone() -> None:
    rows = shares(*CORE, cluster("silent", "CHN", None), cluster("alone", "TWN", None))
    assert (figure(rows, "CHN")["value"], figure(rows, "CHN")["n"], figure(rows, "CHN")["coverage_share"]) == (0.2, 1, 0.5)
    assert "TWN" not in set(rows["subject_code"])


def test_months_end_with_the_newest_cluster_and_never_after_the_sources_day() -> None:
    assert shares(*CORE)["period_end"].unique().sort().to_list() == [MARCH, APRIL]
    assert shares(*CORE, as_of=date(2024, 4, 29))["period_end"].unique().to_list() == [MARCH]
    assert shares(*CORE, as_of=None)["period_end"].max() == APRIL


def test_hong_kong_is_a_subject_of_its_own() -> None:
    assert figure(shares(*CORE), "HKG", APRIL)["value"] == round(1 / 101, 6)


def test_every_value_lies_in_its_interval_and_shares_lack_the_part_of_no_country() -> None:
    rows = shares(*CORE, *OTHERS)
    assert rows.filter(~pl.col("value").is_between(pl.col("lower"), pl.col("upper"))).height == 0
    assert rows.filter(period_end=MARCH)["value"].sum() == pytest.approx(0.8)
