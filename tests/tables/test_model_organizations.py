"""model_organizations: every rule of counting is a query, and a country is never read from the order of a cell."""

from datetime import date
from pathlib import Path
from typing import Any

import epoch
import polars as pl
import pytest

from indicators.model import ContractBroken
from indicators.tables._identity import model_ids, organization_ids

KNOWN = (
    epoch.row("K1", organizations=["Chinese Lab"], countries=["China"]),
    epoch.row("K2", organizations=["US Lab"], countries=["United States of America"]),
)


def developers(**cells: Any) -> list[tuple[Any, ...]]:
    made = epoch.built(*KNOWN, epoch.row("M", **cells))["model_organizations"]
    return made.filter(model_id="m").sort("ordinal").select("organization_id", "country_code", "country_basis_code", "share").rows()


def test_each_developer_has_its_own_country_whatever_the_order_of_the_cell() -> None:
    rows = developers(organizations=["US Lab", "Chinese Lab"], countries=["China", "United States of America"])
    assert rows == [("us-lab", "USA", "organization", 0.5), ("chinese-lab", "CHN", "organization", 0.5)]


def test_an_unknown_developer_gets_the_one_country_that_is_left() -> None:
    rows = developers(organizations=["US Lab", "New"], countries=["France", "United States of America", "France"])
    assert rows[1] == ("new", "FRA", "printed", 0.5)


@pytest.mark.parametrize("countries", [["France", "Japan", "China"], ["Multinational", "France", "China"], None])
def test_two_countries_left_or_multinational_or_none_are_no_country(countries: list[str] | None) -> None:
    assert developers(organizations=["Chinese Lab", "New"], countries=countries)[1] == ("new", None, "unknown", 0.5)


def test_a_developer_named_twice_is_one() -> None:
    assert developers(organizations=["US Lab", "Chinese Lab", "US Lab"])[0] == ("us-lab", "USA", "organization", 0.5)


def test_a_model_without_a_developer_has_no_row() -> None:
    assert developers(organizations=None) == []


def test_a_country_that_its_developer_does_not_have_is_told(tmp_path: Path) -> None:
    known = epoch.curated("organizations", "Google DeepMind,USA,industry,x")
    row = epoch.row("Gemini", organizations=["Google DeepMind"], countries=["United Kingdom"])
    audit = epoch.audited(epoch.write(tmp_path, epoch.built(*KNOWN, row, organizations=known)), "model_organizations")
    told = {finding.question: finding.sample for finding in audit.warnings}
    (contradiction,) = [sample for question, sample in told.items() if question.startswith("Is every developer's country among")]
    assert [(found["model_id"], found["country_code"]) for found in contradiction] == [("gemini", "USA")]
    assert told["Is every printed country some developer's?"] == [{"model_id": "gemini", "code": "GBR"}]


def test_too_many_developers_without_a_country_are_blocked(tmp_path: Path) -> None:
    rows = [epoch.row(f"M{number}", organizations=[f"Lab {number}"], countries=None) for number in range(3)]
    audit = epoch.audited(epoch.write(tmp_path, epoch.built(*KNOWN, *rows)), "model_organizations")
    assert "Have nine in ten developers a country? No: 1 failing, e.g. [{'developers': 5, 'with_country': 2}]" in audit.message()
    assert "Have nine in ten notable models" in audit.message()


def renames(tmp_path: Path, before: list[dict[str, Any]], now: list[dict[str, Any]]) -> dict[str, list[str]]:
    last = epoch.write(tmp_path / "before", epoch.built(*KNOWN, *before))
    audit = epoch.audited(epoch.write(tmp_path / "now", epoch.built(*KNOWN, *now)), "model_organizations", last)
    samples = [finding.sample for finding in audit.warnings if "model_aliases.csv" in finding.question]
    return {row["reading"]: row["names"] for sample in samples for row in sample}


def test_a_model_that_vanished_as_another_of_its_developer_and_day_appeared_is_probably_renamed(tmp_path: Path) -> None:
    day = {"publication_date": date(2023, 3, 15)}
    told = renames(tmp_path, [epoch.row("GPT-4", **day)], [epoch.row("GPT-4 (Mar 2023)", **day)])
    assert told == {"probably renamed": ["GPT-4 → GPT-4 (Mar 2023)"]}


def test_a_like_name_of_one_developer_is_probably_a_rename_on_another_day_too(tmp_path: Path) -> None:
    before = epoch.row("GLM 4.5 Air", publication_date=date(2025, 8, 1))
    now = epoch.row("GLM-4.5-Air", publication_date=date(2025, 8, 5))
    renamed = {"probably renamed": ["GLM 4.5 Air → GLM-4.5-Air X"]}
    assert renames(tmp_path, [before], [now | {"model_name": "GLM-4.5-Air X"}]) == renamed


def test_other_models_came_and_went(tmp_path: Path) -> None:
    gone = epoch.row("Old", organizations=["US Lab"], publication_date=date(2020, 1, 1))
    come = epoch.row("New", publication_date=date(2020, 1, 1))
    assert renames(tmp_path, [gone], [come]) == {"appeared": ["New"], "vanished": ["Old"]}


def test_no_name_is_told_when_none_came_or_went(tmp_path: Path) -> None:
    assert renames(tmp_path, [epoch.row("Same")], [epoch.row("Same")]) == {}


def test_captured_vintages_differ_in_few_models_beyond_curated_renames(captures: Path) -> None:
    older, newer = (epoch.from_captures(captures, archive, "2025-02-24") for archive in ("2025-11-01", "2026-03-30"))
    before, now = (set(made["models"]["model_id"]) for made in (older, newer))
    assert before - now == set()
    assert len(now - before) == 73


ALIASES = pl.DataFrame(
    {
        "alias": ["Meta AI", "Meta", "Meta", "Two", "Two"],
        "source_id": ["epoch_ai_models", "arena", "hub", "arena", "arena"],
        "organization_id": ["meta", "meta", "meta-materials", "a", "b"],
    }
)


def ids(source_id: str, *names: str | None) -> list[str | None]:
    return organization_ids(pl.Series("name", names, dtype=pl.String), source_id, ALIASES, "boards").to_list()


def test_a_spelling_is_looked_up_in_its_source_first_and_in_epochs_next() -> None:
    assert ids("hub", " Meta ", "Meta AI", None) == ["meta-materials", "meta", None]
    assert ids("arena", "Meta") == ["meta"]


def test_an_unknown_or_ambiguous_spelling_stops_the_build_and_says_what_to_do() -> None:
    with pytest.raises(
        ContractBroken, match=r"boards: unknown organisations \['Nobody', 'Two'\] \(2\); add each to .*organization_aliases\.csv"
    ):
        ids("arena", "Two", "Nobody", "Meta")


def test_models_are_linked_by_name_then_by_curated_alias_and_never_by_guess() -> None:
    models = pl.DataFrame({"model_name": ["GPT-4o", "Twin", "Twin"], "model_id": ["gpt-4o", "twin", "twin-2024-01-01"]})
    aliases = pl.DataFrame(
        [("gpt4o", "arena", "GPT-4o"), ("gpt4o", "hub", "Other"), ("lost", "arena", "Gone"), ("GPT-4o", "arena", "Twin")],
        schema=["alias", "source_id", "model_name"],
        orient="row",
    )
    names = pl.Series("name", ["GPT-4o", "gpt4o", "Twin", "lost", "new", None, " GPT-4o "])
    assert model_ids(names, "arena", models, aliases).to_list() == ["gpt-4o", "gpt-4o", None, None, None, None, "gpt-4o"]
