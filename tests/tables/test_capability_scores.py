"""capability_scores: whose a model is, from the source, from curation, or unknown; never guessed."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from indicators.model import ContractBroken
from indicators.sources import epoch_eci
from indicators.tables.capability.capability_scores import TABLE, build

NAMES = ["China", "United States of America", "France"]
CODES = pl.DataFrame({"official_name": NAMES, "display_name": NAMES, "un_short_name": NAMES, "iso3_code": ["CHN", "USA", "FRA"]})
ALIASES = pl.DataFrame({"alias": ["Korea (Republic of)"], "country_code": ["KOR"]})
CURATED = pl.DataFrame({"model_name": ["Blank 1"], "organization_name": ["Curated Lab"], "country_code": ["CHN"]})


def built(*models: dict[str, Any]) -> pl.DataFrame:
    usual = {
        "model_name": "Model (Sep 2024)",
        "eci": 130.0,
        "eci_low": 128.0,
        "eci_high": 132.0,
        "release_date": date(2024, 9, 1),
        "organizations": "Some Lab",
        "countries": "China",
        "accessibility": "API access",
    }
    rows = pl.DataFrame([usual | model for model in models], schema=dict(epoch_eci.SOURCE.schema))
    return TABLE.conform(build(rows, CURATED, CODES, ALIASES))


def country(**model: Any) -> tuple[Any, ...]:
    return built(model).select("country_code", "country_basis_code").row(0)


def test_the_printed_country_is_the_models() -> None:
    assert country(countries="China") == ("CHN", "source")
    assert country(countries="Korea (Republic of)") == ("KOR", "source")


def test_the_same_country_twice_is_one() -> None:
    assert country(countries="United States of America, United States of America") == ("USA", "source")


@pytest.mark.parametrize("cell", ["China,France", "Multinational", "Multinational,China"])
def test_several_countries_are_no_country(cell: str) -> None:
    assert country(countries=cell) == (None, "several")


def test_a_blank_organisation_is_filled_by_curation_alone() -> None:
    assert country(model_name="Blank 1", organizations=None, countries=None) == ("CHN", "curated")
    assert built({"model_name": "Blank 1", "organizations": None, "countries": None})["organization_name"].to_list() == ["Curated Lab"]
    assert country(model_name="Blank 2", organizations=None, countries=None) == (None, "unknown")


def test_a_named_organisation_without_a_country_is_not_overruled() -> None:
    assert country(model_name="Blank 1", organizations="Other Lab", countries=None) == (None, "unknown")


def test_an_unknown_country_stops_the_build() -> None:
    with pytest.raises(ContractBroken, match=r"unknown country names \['Atlantis'\]"):
        country(countries="Atlantis")


def test_ids_are_slugs_of_names() -> None:
    rows = built({"model_name": "Claude 3.5 Sonnet (Jun 2024)", "organizations": "Z.ai (Zhipu AI),Tsinghua University"})
    assert rows.select("model_id", "organization_id").row(0) == ("claude-3.5-sonnet-jun-2024", "z.ai-zhipu-ai")
