"""paper_affiliations: the country of an affiliation, why, and its part of the paper."""

import csv
import re
from pathlib import Path

import polars as pl
import pytest

from indicators.model import ContractBroken, Folders
from indicators.sources.paperlists import SOURCE, parse
from indicators.tables.researchers.paper_affiliations import TABLE, build

COUNTRIES = pl.DataFrame(
    [
        ("CHN", "CN", "China", ".cn"), ("HKG", "HK", "Hong Kong", ".hk"), ("MAC", "MO", "Macao", ".mo"), ("TWN", "TW", "Taiwan", ".tw"),
        ("USA", "US", "US", ".us"), ("GBR", "GB", "UK", ".uk"), ("AIA", "AI", "Anguilla", ".ai"), ("CAN", "CA", "Canada", ".ca"),
        ("BLM", "BL", "Saint Barthélemy", ".gp"), ("GLP", "GP", "Guadeloupe", ".gp"), ("MAF", "MF", "Saint Martin", ".gp"),
    ],
    schema=["iso3_code", "iso2_code", "display_name", "top_level_domain"],
    orient="row",
).with_columns(official_name="display_name", un_short_name="display_name")  # fmt: skip
REFERENCE = Folders(Path()).reference


def reference(name: str) -> pl.DataFrame:
    return pl.read_csv(REFERENCE / f"{name}.csv", infer_schema=False)


def built(*rows: dict[str, object]) -> pl.DataFrame:
    shared = dict.fromkeys(SOURCE.schema) | {
        "venue_code": "neurips",
        "year": 2018,
        "paper_id": "1",
        "status": "Oral",
        "is_in_proceedings": True,
    }
    numbered = [shared | {"slot": slot, "ordinal": 1} | row for slot, row in enumerate(rows, start=1)]
    frame = pl.DataFrame(numbered, schema=dict(SOURCE.schema))
    places, domains = reference("territory_institutions"), reference("domain_countries")
    return TABLE.conform(build(frame, COUNTRIES, reference("country_aliases"), places, domains))


def resolved(
    country: str | None = None, name: str | None = None, domain: str | None = None, campus: str | None = None
) -> tuple[str | None, str]:
    (row,) = built({"country_name": country, "institution_name": name, "domain": domain, "campus_name": campus}).to_dicts()
    return row["country_code"], row["basis_code"]


def test_the_stated_country_stands_before_the_domain() -> None:
    assert resolved("Canada", "University of Toronto", "cs.cmu.edu") == ("CAN", "source")


def test_an_unknown_country_name_stops_the_build() -> None:
    with pytest.raises(ContractBroken, match=r"Atlantis.*country_aliases"):
        resolved("Atlantis")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Chinese University of Hong Kong", "HKG"),
        ("Lingnan University", "HKG"),
        ("University of Macau", "MAC"),
        ("National Taiwan University", "TWN"),
        ("National Tsing Hua University", "TWN"),
        ("Academia Sinica", "TWN"),
    ],
)
def test_territories_are_told_apart_where_the_source_says_china(name: str, code: str) -> None:
    assert resolved("China", name) == (code, "territory_rule")


@pytest.mark.parametrize(
    "name", ["Tsinghua University", "Sun Yat-sen University", "Chinese Academy of Sciences", "Lingnan Normal University"]
)
def test_mainland_institutions_with_similar_names_stay_in_china(name: str) -> None:
    assert resolved("China", name) == ("CHN", "source")


def test_a_domain_of_a_territory_corrects_china_too() -> None:
    assert resolved("China", "Huawei", "cse.cuhk.edu.hk") == ("HKG", "territory_rule")


def test_a_domain_of_a_territory_does_not_move_an_author_stated_elsewhere() -> None:
    assert resolved("Canada", "Huawei", "cse.ust.hk") == ("CAN", "source")


def test_a_mainland_campus_of_a_hong_kong_university_is_in_china() -> None:
    assert resolved("China", "Chinese University of Hong Kong", campus="Shenzhen") == ("CHN", "source")
    assert resolved("China", "Chinese University of Hong Kong", "cuhk.edu.cn") == ("CHN", "source")
    assert resolved(None, "HKUST (Guangzhou)", "connect.ust.hk") == ("CHN", "territory_rule")


def test_a_laboratory_is_where_it_is_stated_and_teaches_nothing_about_its_name() -> None:
    found = built(
        {"country_name": "China", "institution_name": "Microsoft Research", "campus_name": "Asia"},
        {"country_name": "US", "institution_name": "Microsoft Research"},
        {"institution_name": "Microsoft Research", "domain": "microsoft.com"},
    )
    assert found["country_code"].to_list() == ["CHN", "USA", None]


@pytest.mark.parametrize(
    ("domain", "code"),
    [
        ("cs.ox.ac.uk", "GBR"), ("pku.edu.cn", "CHN"), ("ust.hk", "HKG"), ("mit.edu", "USA"), ("nist.gov", "USA"), ("mail.mil", "USA"),
        ("cs.toronto.edu", "CAN"), ("mila.quebec", "CAN"), ("univ-ag.gp", "GLP"), ("uniandes.edu.co", "COL"),
    ],
)  # fmt: skip
def test_a_domain_tells_the_country_by_its_longest_known_suffix(domain: str, code: str) -> None:
    assert resolved(domain=domain) == (code, "domain")


@pytest.mark.parametrize("domain", ["google.com", "vectorinstitute.ai", "prowler.io", "eleuther.org", "alum.mit.edu", "mail.ru", None])
def test_domains_that_say_nothing_of_the_place_leave_the_country_unknown(domain: str | None) -> None:
    assert resolved(domain=domain) == (None, "unresolved")


def test_a_name_alone_resolves_nothing() -> None:
    assert resolved(name="National Taiwan University") == (None, "unresolved")


def test_a_papers_weight_is_split_over_positions_with_a_country_then_over_their_affiliations_with_one() -> None:
    found = built(
        {"country_name": "US"},
        {"slot": 1, "ordinal": 2, "country_name": "China"},
        {"slot": 1, "ordinal": 3},
        {"slot": 2, "ordinal": 1, "country_name": "China"},
        {"slot": 3, "ordinal": 1},
    )
    assert found["paper_share"].to_list() == [0.25, 0.25, None, 0.5, None]


def test_a_paper_without_positions_has_no_affiliation() -> None:
    assert built({"slot": None, "ordinal": None}, {"paper_id": "2", "status": "Reject"}).is_empty()


def test_every_curated_row_has_a_reason_and_a_form_that_matches() -> None:
    for name, key in (("territory_institutions", "pattern"), ("domain_countries", "domain")):
        with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
        assert all(row["reason"] and row[key] == row[key].lower() for row in found)
        assert len({row[key] for row in found}) == len(found)


def test_every_curated_pattern_and_domain_still_applies(captures: Path) -> None:
    paths = [(path, file) for file in SOURCE.files for path in (captures / "paperlists").glob(f"*/{file.name}")]
    rows = pl.concat([parse(path.read_bytes(), file) for path, file in paths])
    names, hosts = rows["institution_name"].drop_nulls().unique(), rows["domain"].drop_nulls().unique()
    patterns = [row for row in reference("territory_institutions")["pattern"] if not any(re.search(row, name, re.I) for name in names)]
    domains = [row for row in reference("domain_countries")["domain"] if "." in row and not hosts.str.contains(rf"(^|\.){row}$").any()]
    assert (patterns, domains) == ([], [])
