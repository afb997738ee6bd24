"""organizations and their aliases: one organisation, one id, one country, one basis; what is not known is not guessed."""

from pathlib import Path
from typing import Any

import epoch
import house
import polars as pl
import pytest

from indicators.model import ContractBroken
from indicators.sources.epoch_ai_models import ACCOUNTS


def organization(name: str, *rows: dict[str, Any], **given: pl.DataFrame) -> dict[str, Any]:
    return epoch.built(*rows, origins=None, **given)["organizations"].row(by_predicate=pl.col("organization_name") == name, named=True)


def country(name: str, *rows: dict[str, Any], **given: pl.DataFrame) -> tuple[str | None, str]:
    found = organization(name, *rows, **given)
    return found["country_code"], found["country_basis_code"]


ALONE = epoch.row("A", organizations=["Lab"], countries=["China", "China"], organization_kinds=["Industry"])
SHARED = epoch.row("B", organizations=["Institute", "University"], countries=["France"], organization_kinds=["Academia", "Academia"])


def test_an_organisation_has_the_country_of_the_rows_where_it_stands_alone() -> None:
    assert country("Lab", ALONE, epoch.row("C", organizations=["Lab", "Other"], countries=["France"])) == ("CHN", "own_models")


def test_else_the_country_of_rows_that_name_a_single_one() -> None:
    assert country("Institute", SHARED) == ("FRA", "shared_models")


@pytest.mark.parametrize(("countries", "basis"), [
    (["China", "France"], "several"), (["Multinational"], "multinational"), (["Multinational", "China"], "multinational"), (None, "unknown"),
])  # fmt: skip
def test_several_countries_and_multinational_are_no_country(countries: list[str] | None, basis: str) -> None:
    assert country("Lab", epoch.row("A", countries=countries)) == (None, basis)


def test_countries_of_a_shared_row_are_nobodys_when_there_are_two() -> None:
    assert country("Institute", epoch.row("B", organizations=["Institute", "Lab"], countries=["France", "China"])) == (None, "unknown")


def test_two_shared_rows_with_different_countries_give_none() -> None:
    rows = [epoch.row(name, organizations=["Lab", f"Other {name}"], countries=[where]) for name, where in (("A", "China"), ("B", "France"))]
    assert country("Lab", *rows) == (None, "several")


def test_the_curated_file_wins_and_gives_what_upstream_lacks() -> None:
    known = epoch.curated("organizations", "Lab,USA,academia,said so", "Elsewhere,FRA,,said so too")
    found = organization("Lab", ALONE, organizations=known)
    assert (found["country_code"], found["kind_code"], found["basis"]) == ("USA", "academia", "said so")
    assert found["printed_country_codes"] == ["CHN"]
    assert country("Elsewhere", ALONE, organizations=known) == ("FRA", "curated")


def test_a_curated_organisation_without_a_country_has_none() -> None:
    assert country("Lab", ALONE, organizations=epoch.curated("organizations", "Lab,,,not established")) == (None, "curated")


def test_the_kind_is_told_where_it_is_one() -> None:
    assert organization("University", SHARED)["kind_code"] == "academia"
    mixed = epoch.row("D", organizations=["Lab", "University"], organization_kinds=["Industry", "Academia"])
    assert organization("Lab", mixed)["kind_code"] is None


def test_the_archive_counts_before_the_notable_file() -> None:
    older = epoch.row("A", countries=["Multinational"], file_name=epoch.NOTABLE, member="notable")
    assert country("Lab", older, ALONE) == ("CHN", "own_models")
    only = epoch.row("A", organizations=["Former Lab"], file_name=epoch.NOTABLE, member="notable")
    assert country("Former Lab", only, ALONE) == ("CHN", "own_models")


def test_an_unknown_country_stops_the_build() -> None:
    with pytest.raises(ContractBroken, match=r"organizations: unknown country names \['Atlantis'\]"):
        epoch.built(epoch.row("A", countries=["Atlantis"]))


def test_spellings_of_one_organisation_are_one_row_with_every_spelling_kept() -> None:
    known = epoch.curated("organizations", "Zhipu AI,CHN,industry,x")
    aliases = epoch.curated("organization_aliases", "Z.ai (Zhipu AI),epoch_ai_models,Zhipu AI,renamed", "Zhipu,other_feed,Zhipu AI,short")
    rows = [epoch.row("A", organizations=["Z.ai (Zhipu AI)"]), epoch.row("B", organizations=["Zhipu AI"])]
    made = epoch.built(*rows, organizations=known, organization_aliases=aliases)
    assert made["organizations"]["organization_id"].to_list() == ["zhipu-ai"]
    assert made["organization_aliases"].select("alias", "source_id").rows() == [
        ("Z.ai (Zhipu AI)", "epoch_ai_models"), ("Zhipu AI", "epoch_ai_models"), ("Zhipu", "other_feed"),
    ]  # fmt: skip
    assert made["organization_aliases"]["organization_id"].unique().to_list() == ["zhipu-ai"]


def test_a_curated_alias_of_nobody_stops_the_build() -> None:
    with pytest.raises(
        ContractBroken, match=r"organization_aliases: aliases of unknown organisations \['Nobody'\]; add each to .*organizations"
    ):
        epoch.built(ALONE, organization_aliases=epoch.curated("organization_aliases", "No,other_feed,Nobody,x"))


LARGE = "Is every developer of ten models or more in the last release still there, with the same country?"


@pytest.mark.parametrize(("countries", "passed"), [(["China"], True), (None, False), (["France"], False)])
def test_a_country_lost_from_a_large_developer_since_the_last_release_is_blocked(
    countries: list[str] | None, passed: bool, tmp_path: Path
) -> None:
    before = epoch.write(tmp_path / "before", epoch.built(*(epoch.row(f"M{number}") for number in range(10))))
    now = epoch.built(*(epoch.row(f"M{number}", countries=countries) for number in range(10)))
    audit = epoch.audited(epoch.write(tmp_path / "now", now), "organizations", before)
    assert epoch.answers(audit)[LARGE] is passed
    assert passed or "'organization_id': 'lab', 'was': 'CHN'" in audit.message()


def test_a_large_developer_that_is_gone_is_blocked_and_a_small_one_is_told(tmp_path: Path) -> None:
    many = [epoch.row(f"M{number}") for number in range(10)]
    before = epoch.write(tmp_path / "before", epoch.built(*many, epoch.row("S", organizations=["Small"])))
    renamed = [row | {"organizations": ["Lab (Renamed)"]} for row in many]
    audit = epoch.audited(epoch.write(tmp_path / "now", epoch.built(*renamed)), "organizations", before)
    assert epoch.answers(audit)[LARGE] is False
    (told,) = [finding for finding in audit.warnings if "organization_aliases.csv" in finding.question]
    assert told.sample == [{"vanished": ["Lab", "Small"], "appeared": ["Lab (Renamed)"]}]


@pytest.fixture(scope="module")
def newest() -> epoch.Frames:
    return epoch.from_captures(house.captures(), "2026-03-30", "2026-01-20")


def test_curation_and_the_captured_source_agree_but_for_organisations_in_two_countries(newest: epoch.Frames) -> None:
    rows = newest["organizations"].filter(pl.col("country_basis_code") == "curated", pl.col("printed_country_codes").list.len() > 0)
    odd = rows.filter(pl.col("printed_country_codes") != pl.concat_list("country_code"))
    assert odd["organization_name"].to_list() == ["Facebook AI Research", "Soochow University"]


def test_google_deepmind_has_one_country_in_every_capture(captures: Path, newest: epoch.Frames) -> None:
    older = epoch.from_captures(captures, "2025-11-01", "2025-02-24")
    found = [
        made["organizations"].row(by_predicate=pl.col("organization_name") == "Google DeepMind", named=True) for made in (older, newest)
    ]
    assert [one["printed_country_codes"] for one in found] == [["GBR", "USA"], ["USA"]]
    assert [one["country_code"] for one in found] == ["USA", "USA"]


@pytest.mark.parametrize(("kept", "merged"), [
    ("The University of Hong Kong", ["Hong Kong University"]), ("Peng Cheng Laboratory", ["Pengcheng Lab"]),
    ("ModelBest", ["Mianbi Intelligence"]), ("University of California, Irvine", ["UC Irvine", "University of California Irvine"]),
    ("University of California, Davis", ["UC Davis", "University of California Davis"]), ("University of Texas at Austin", ["UT Austin"]),
    ("Technische Universitat Berlin", ["TU Berlin"]), ("Forschungszentrum Julich", ["Research Center Juelich"]),
    ("Institució Catalana de Recerca i Estudis Avançats (ICREA)", ["Institucio Catalana de Recerca i Estudis Avancçats"]),
    ("Zhejiang Lab", ["Zhijiang Lab"]), ("Jacobs University Bremen", ["Jacobs University"]),
])  # fmt: skip
def test_spellings_captured_of_one_organisation_are_one(kept: str, merged: list[str], newest: epoch.Frames) -> None:
    names = newest["organizations"].filter(pl.col("organization_name").is_in([kept, *merged]))["organization_name"].to_list()
    assert names == [kept]
    met = newest["models"]["organization_names"].explode().unique().to_list()
    assert set(merged) <= set(met)


SEATS = {"DeepMind": "GBR", "Google DeepMind": "USA", "Facebook AI Research": "USA", "Microsoft Research Asia": "CHN", "SenseTime": "HKG",
         "Soochow University": "CHN"}  # fmt: skip


def test_seats_that_are_decided_by_curation_hold_for_every_model_of_the_captured_source(newest: epoch.Frames) -> None:
    named = newest["organizations"].filter(pl.col("organization_name").is_in(list(SEATS)))
    assert dict(named.select("organization_name", "country_code").iter_rows()) == SEATS
    counted = newest["model_organizations"].join(named.select("organization_id", seat="country_code"), on="organization_id")
    assert counted.height > 100
    assert counted.filter(pl.col("country_code") != pl.col("seat")).height == 0


def test_no_private_person_is_an_organisation(newest: epoch.Frames) -> None:
    assert newest["organization_aliases"].filter(pl.col("alias").is_in(list(ACCOUNTS))).height == 0
    kokoro = newest["model_organizations"].filter(pl.col("model_id").str.starts_with("kokoro"))
    assert kokoro.select("organization_id", "country_code").unique().rows() == [("individual-developer", None)]


def test_no_captured_organisation_hides_two(newest: epoch.Frames) -> None:
    spelt = newest["organization_aliases"].filter(pl.col("source_id") == "epoch_ai_models", pl.col("alias").str.contains(","))
    assert spelt.filter(pl.col("alias").str.starts_with("Xinhua Zhiyun"))["alias"].to_list() == ["Xinhua Zhiyun Technology Co., Ltd."]
    assert (
        not newest["organizations"].filter(pl.col("organization_name").str.contains(r"^(?:Ltd\.?|Inc\.?|McLean|Beijing \(AISI\))$")).height
    )
