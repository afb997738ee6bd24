"""Chinese models on Chinese-designed hardware: what counts as such, what is not named, and whole years only."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from query import ask

MODELS: dict[str, Any] = {"model_id": pl.String, "publication_date": pl.Date, "training_hardware": pl.List(pl.String)}
CHIPS = {"Shensuan-1": "CHN", "NVIDIA A100": "USA"}
ASCEND, NVIDIA = "Huawei Ascend 910", "NVIDIA A100"
Row = dict[str, Any]
Answer = tuple[Any, ...]


def model(*hardware: str, year: int = 2024, countries: tuple[str | None, ...] = ("CHN",), **other: Any) -> Row:
    return {"publication_date": date(year, 6, 30), "training_hardware": list(hardware) or None, "countries": countries} | other


def shares(*models: Row, read_on: date | None = date(2025, 3, 31), chips: dict[str, str] = CHIPS) -> dict[int, Answer]:
    """Value, lower, upper, n and coverage by year."""
    named = [row | {"model_id": str(number)} for number, row in enumerate(models)]
    developers = [{"model_id": row["model_id"], "country_code": country} for row in named for country in row["countries"]]
    read = {"source_id": ["epoch_ai_models" if read_on else "other"], "as_of_date": [read_on or date(2030, 1, 1)]}
    rows = ask(
        "domestic_hardware_share",
        models=pl.DataFrame([{name: row[name] for name in MODELS} for row in named], schema=MODELS),
        model_organizations=pl.DataFrame(developers, schema={"model_id": pl.String, "country_code": pl.String}),
        accelerators=pl.DataFrame(list(chips.items()), schema=["accelerator_name", "designer_country_code"], orient="row"),
        sources=pl.DataFrame(read),
    )
    assert set(rows.select("subject_code", "dimension").unique().rows()) <= {("CHN", None)}
    assert rows["period_end"].is_sorted()
    assert all(start == date(end.year, 1, 1) for start, end in rows.select("period_start", "period_end").iter_rows())
    return {end.year: tuple(rest) for end, *rest in rows.select("period_end", "value", "lower", "upper", "n", "coverage_share").iter_rows()}


def test_the_share_is_of_those_that_name_hardware_and_the_rest_widens_the_interval() -> None:
    assert shares(model(ASCEND), model(NVIDIA), model(NVIDIA), model(NVIDIA)) == {2024: (0.25, 0.25, 0.25, 4, 1.0)}
    assert shares(model(ASCEND), model(NVIDIA), model(), model()) == {2024: (0.5, 0.25, 0.75, 2, 0.5)}
    empty = model(training_hardware=[])
    assert shares(model(ASCEND), model(NVIDIA), empty, empty) == shares(model(ASCEND), model(NVIDIA), model(), model())


def test_a_year_in_which_none_names_hardware_has_no_share() -> None:
    assert shares(model(), model(NVIDIA, year=2023)) == {2023: (0.0, 0.0, 0.0, 1, 1.0), 2024: (None, 0.0, 1.0, 0, 0.0)}


@pytest.mark.parametrize(("name", "value"), [
    ("Ascend (昇腾) 910", 1.0), ("Huawei Ascend", 1.0), ("昇腾 910B", 1.0), ("MTT S4000", 1.0), ("Hygon DCU", 1.0), ("Shensuan-1", 1.0),
    ("Shensuan-2", 0.0), ("NVIDIA H800 SXM5", 0.0), ("Google TPU v3", 0.0),
])  # fmt: skip
def test_hardware_is_chinese_by_its_row_or_by_its_name(name: str, value: float) -> None:
    assert shares(model(name))[2024][0] == value


def test_it_is_the_table_that_says_who_designed_what_bears_no_such_name() -> None:
    assert shares(model("Shensuan-1"), chips={"NVIDIA A100": "USA"})[2024][0] == 0.0
    assert shares(model("Shensuan-1"), chips={})[2024][0] == 0.0
    assert shares(model(ASCEND), chips={})[2024][0] == 1.0


def test_a_model_trained_on_both_counts_once_as_chinese() -> None:
    assert shares(model(ASCEND, NVIDIA, "Huawei Ascend 910B"), model(NVIDIA, NVIDIA)) == {2024: (0.5, 0.5, 0.5, 2, 1.0)}


@pytest.mark.parametrize("countries", [("CHN", "CHN"), ("CHN", "USA"), ("CHN", None)])
def test_a_model_of_several_developers_counts_once(countries: tuple[str | None, ...]) -> None:
    assert shares(model(ASCEND, countries=countries), model(NVIDIA))[2024] == (0.5, 0.5, 0.5, 2, 1.0)


@pytest.mark.parametrize("other", [
    {"countries": ("USA",)}, {"countries": ("HKG",)}, {"countries": (None,)}, {"countries": ()}, {"publication_date": None},
    {"publication_date": date(2017, 12, 31)},
])  # fmt: skip
def test_a_model_outside_the_population_counts_nowhere(other: Row) -> None:
    assert shares(model(NVIDIA), model(ASCEND, **other)) == {2024: (0.0, 0.0, 0.0, 1, 1.0)}


def test_the_year_in_which_the_source_was_read_is_left_out_until_it_ends() -> None:
    two = (model(ASCEND), model(NVIDIA, year=2025))
    assert list(shares(*two)) == [2024]
    assert list(shares(*two, read_on=date(2025, 12, 30))) == [2024]
    assert list(shares(*two, read_on=date(2025, 12, 31))) == [2024, 2025]
    assert list(shares(*two, read_on=None)) == [2024]
