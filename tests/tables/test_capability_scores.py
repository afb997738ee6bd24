"""capability_scores: whose a model is, what its dates stand for, which model it is; from the source, from curation, or unknown."""

from datetime import date
from pathlib import Path
from typing import Any

import gates
import polars as pl
import pytest
from scored import MODELS, ORGANIZATIONS, PROJECT, failing, indexed, version

from indicators.model import SCHEMA_VERSION, ContractBroken
from indicators.quality import Previous
from indicators.sources import epoch_benchmark_hub, epoch_eci
from indicators.tables.capability._dates import with_version_dates
from indicators.tables.capability.capability_scores import TABLE


def country(**model: Any) -> tuple[Any, ...]:
    return indexed(model).select("country_code", "country_basis_code").row(0)


def test_the_printed_country_is_the_models() -> None:
    assert country(countries="China") == ("CHN", "source")
    assert country(countries="Korea (Republic of)") == ("KOR", "source")


def test_the_same_country_twice_is_one() -> None:
    assert country(countries="United States of America, United States of America") == ("USA", "source")


@pytest.mark.parametrize("cell", ["China,France", "Multinational", "Multinational,China"])
def test_several_countries_are_no_country(cell: str) -> None:
    assert country(organizations="US Lab,Some Lab", countries=cell) == (None, "several")


def test_several_countries_of_developers_with_one_seat_are_that_country_but_multinational_is_none() -> None:
    assert country(organizations="US Lab", countries="France,United States of America") == ("USA", "seat")
    assert country(organizations="US Lab", countries="Multinational,China") == (None, "several")


def test_a_blank_organisation_is_filled_by_curation_alone() -> None:
    assert country(model_name="Blank 1", organizations=None, countries=None) == ("CHN", "curated")
    assert indexed({"model_name": "Blank 1", "organizations": None, "countries": None})["organization_name"].to_list() == ["Curated Lab"]
    assert country(model_name="Blank 2", organizations=None, countries=None) == (None, "unknown")


def test_a_named_organisation_without_a_country_is_not_overruled() -> None:
    assert country(model_name="Blank 1", organizations="Other Lab", countries=None) == (None, "unknown")


def test_an_unknown_country_or_organisation_stops_the_build() -> None:
    with pytest.raises(ContractBroken, match=r"unknown country names \['Atlantis'\]"):
        country(countries="Atlantis")
    with pytest.raises(ContractBroken, match=r"capability_scores: unknown organisations \['Nobody'\].*for epoch_eci"):
        country(organizations="Nobody")


def test_organisations_are_those_of_the_table_and_the_first_counts() -> None:
    assert indexed({"organizations": "US Lab Research,Some Lab"})["organization_id"].to_list() == ["us-lab-research"]


@pytest.mark.parametrize(("name", "model_id"), [
    ("Model 1", "model-1"), ("Model 2 (May 2024)", "model-2"), ("Model 1 (May 2024)", None), ("Twin", None), ("Nobody", None),
])  # fmt: skip
def test_models_are_linked_by_name_or_curated_alias_and_else_stay_unlinked(name: str, model_id: str | None) -> None:
    assert indexed({"model_name": name})["model_id"].to_list() == [model_id]


def dated(name: str, day: date, *versions: dict[str, Any]) -> tuple[Any, ...]:
    row = indexed({"model_name": name, "release_date": day}, versions=versions)
    return row.select("version_date", "version_date_basis_code", "release_date_kind_code").row(0)


def test_a_date_long_before_the_first_version_is_a_previews() -> None:
    versions = [version("o3-2025-04-16_low", "o3", date(2025, 4, 16)), version("o3-2025-04-16_high", "o3", date(2025, 4, 16))]
    assert dated("o3", date(2024, 12, 20), *versions) == (date(2025, 4, 16), "version", "preview")


def test_a_date_within_two_weeks_of_the_first_version_is_a_release() -> None:
    versions = [version("o1-2024-12-17_high", "o1", date(2024, 12, 17)), version("o1-late", "o1", date(2025, 3, 1))]
    assert dated("o1", date(2024, 12, 5), *versions) == (date(2024, 12, 17), "version", "release")


def test_a_date_long_after_the_first_version_is_a_publications() -> None:
    assert dated("Coder", date(2024, 1, 25), version("coder-base", "Coder", date(2023, 11, 2))) == (
        date(2023, 11, 2),
        "version",
        "publication",
    )


GPT_4O = [version(f"gpt-4o-{day}", "GPT-4o", day) for day in (date(2024, 5, 13), date(2024, 8, 6), date(2024, 11, 20))]


def test_a_name_with_a_later_month_carries_the_first_versions_date() -> None:
    assert dated("GPT-4o (Nov 2024)", date(2024, 5, 13), *GPT_4O) == (date(2024, 11, 20), "version", "first_version")
    assert dated("GPT-4o (May 2024)", date(2024, 5, 13), *GPT_4O) == (date(2024, 5, 13), "version", "release")


def test_the_month_in_the_name_stands_in_where_the_hub_has_no_version_of_it() -> None:
    assert dated("Grok-2 (Dec 2024)", date(2024, 8, 13)) == (date(2024, 12, 1), "month_in_name", "first_version")
    assert dated("Gemini 1.5 Pro (Sept 2024)", date(2024, 5, 14)) == (date(2024, 9, 1), "month_in_name", "first_version")
    assert dated("V2 (MoE-236B, May 2024)", date(2024, 5, 7)) == (None, None, "release")


def test_a_month_inside_other_words_is_found() -> None:
    found = dated("V2 (MoE-236B, May 2024)", date(2024, 1, 7), version("v2", "V2 (MoE-236B)", date(2024, 5, 7)))
    assert found == (date(2024, 5, 7), "version", "first_version")


def test_a_name_that_says_preview_is_dated_by_it_and_anything_else_is_unknown() -> None:
    assert dated("Max (Preview)", date(2026, 4, 20)) == (None, None, "preview")
    assert dated("Max", date(2026, 4, 20), version("other", "Other", date(2026, 4, 20))) == (None, None, "unknown")


def test_a_version_dated_a_year_early_does_not_date_its_model() -> None:
    assert dated("K2", date(2025, 9, 1), version("K2-0905", "K2", date(2024, 9, 5))) == (date(2025, 9, 5), "version", "release")


def test_scores_are_never_taken_from_the_hubs_older_fit() -> None:
    row = indexed({"model_name": "o3", "eci": 146.9}, versions=[version("o3-x", "o3", date(2025, 4, 16), score=141.0)])
    assert row["score"].to_list() == [146.9]


def caught(words: str, *models: dict[str, Any], **others: pl.DataFrame) -> list[tuple[Any, ...]]:
    sources = pl.DataFrame({"source_id": ["epoch_eci"], "as_of_date": [date(2026, 8, 11)]})
    tables = {"capability_scores": indexed(*models), "sources": sources, "organizations": ORGANIZATIONS} | others
    return failing(TABLE.rules, words, **tables)


def test_a_model_dated_in_the_future_is_caught() -> None:
    assert caught("no later than its source", {"release_date": date(2026, 8, 11)}) == []
    assert len(caught("no later than its source", {"release_date": date(2026, 8, 12)})) == 1


def test_a_country_lost_from_a_large_developer_is_caught() -> None:
    models: list[dict[str, Any]] = [{"model_name": f"M{number}"} for number in range(5)]
    lost = [*models[:4], models[4] | {"countries": None}]
    assert caught("of a developer of five or more", *models) == []
    assert caught("of a developer of five or more", *lost) == [("some-lab", 5, 4)]
    assert caught("of a developer of five or more", *lost[1:]) == []
    assert caught("Have 95 in 100", *lost) == [(5, 4)]


def test_a_country_that_changed_and_a_name_that_vanished_since_the_last_release_are_listed() -> None:
    before = indexed({"model_name": "Model 1"}, {"model_name": "GPT-4"})
    assert caught("the same country", {"model_name": "Model 1", "countries": "France"}, previous_capability_scores=before) == [
        ("Model 1", "CHN", "FRA")
    ]
    assert caught("still there by name", {"model_name": "Model 1"}, previous_capability_scores=before) == [("GPT-4", date(2024, 9, 1))]


def losses(place: Path, left: int) -> list[str]:
    """What blocks a table of which `left` of 260 models of the last release are left."""
    models: list[dict[str, Any]] = [{"model_name": f"M{number}"} for number in range(260)]
    sources = pl.DataFrame({"source_id": ["epoch_eci"], "as_of_date": [date(2026, 8, 11)]})
    neighbours = {"organizations": ORGANIZATIONS, "models": MODELS, "countries": gates.countries(), "sources": sources}
    then = gates.write(place / f"then {left}", {"capability_scores": indexed(*models)})
    now = gates.write(place / f"now {left}", {"capability_scores": indexed(*models[:left])} | neighbours)
    audit = gates.audited(now, TABLE, Previous("2026.01.1", SCHEMA_VERSION, then))
    return [finding.question for finding in audit.failures]


def test_a_quarter_of_the_models_gone_blocks_and_a_tenth_does_not(tmp_path: Path) -> None:
    assert losses(tmp_path, 195) == ["Are at least 80% of the rows of release 2026.01.1 still there?"]
    assert losses(tmp_path, 234) == []


def test_anchors_that_moved_are_caught() -> None:
    assert caught("anchors where", {"model_name": "GPT-5", "eci": 150.0, "eci_low": None, "eci_high": None}) == []
    assert len(caught("anchors where", {"model_name": "GPT-5", "eci": 149.63, "eci_low": None, "eci_high": None})) == 1


def test_an_anchor_that_is_gone_or_renamed_is_listed() -> None:
    anchors = [{"model_name": name} for name in ("Claude 3.5 Sonnet", "GPT-5")]
    assert caught("name both anchors", *anchors) == []
    assert caught("name both anchors", anchors[0], {"model_name": "GPT-5 (Aug 2025)"}) == [("GPT-5",)]


def test_dates_that_are_no_releases_and_curated_countries_are_listed() -> None:
    assert [
        row[0] for row in caught("that of the version's release", {"model_name": "Grok-2 (Dec 2024)", "release_date": date(2024, 8, 13)})
    ] == ["Grok-2 (Dec 2024)"]
    assert caught("filled by curation", {"model_name": "Blank 1", "organizations": None, "countries": None}) == [
        ("Blank 1", "Curated Lab", "CHN")
    ]


@pytest.fixture
def newest(captures: Path) -> pl.DataFrame:
    """The models of the newest index with their dates."""
    scores = (captures / "epoch_eci" / "2026-08-11" / "eci_scores.csv").read_bytes()
    archive = (captures / "epoch_benchmark_hub" / "2026-04-29" / "benchmark_data.zip").read_bytes()
    curated = pl.read_csv(PROJECT / "data" / "reference" / "version_dates.csv", infer_schema=False)
    hub = epoch_benchmark_hub.parse(archive, epoch_benchmark_hub.SOURCE.files[0])
    return with_version_dates(epoch_eci.parse(scores, epoch_eci.SOURCE.files[0]), hub, curated)


def test_the_newest_index_has_its_known_models_and_countries_before_patching(newest: pl.DataFrame) -> None:
    counted = dict(newest["countries"].value_counts().iter_rows())
    assert (newest.height, counted["United States of America"], counted["China"], counted[None]) == (222, 138, 51, 17)


def test_the_dates_of_the_newest_index_are_of_known_kinds(newest: pl.DataFrame) -> None:
    kinds = dict(newest["release_date_kind_code"].value_counts().iter_rows())
    assert kinds == {"release": 151, "unknown": 51, "first_version": 8, "preview": 7, "publication": 5}
    firsts = newest.filter(release_date_kind_code="first_version")
    assert {"Gemini 1.5 Flash (Sep 2024)", "GPT-4o (Nov 2024)", "Grok-2 (Dec 2024)"} <= set(firsts["model_name"])
    assert newest.filter(model_name="o3").select("release_date", "version_date").rows() == [(date(2024, 12, 20), date(2025, 4, 16))]
