"""paper_affiliations: the country of an affiliation, why, and its part of the paper."""

import duckdb
import polars as pl
import pytest
from institutions import baseline, keys, reference

from indicators.model import ContractBroken
from indicators.sources.paperlists import SOURCE
from indicators.tables.researchers import papers
from indicators.tables.researchers.paper_affiliations import TABLE, build

COUNTRIES, KEYS = baseline("country_codes"), keys()


def built(*rows: dict[str, object]) -> pl.DataFrame:
    shared = dict.fromkeys(SOURCE.schema) | {
        "venue_code": "neurips",
        "year": 2018,
        "paper_id": "1",
        "layout_code": "author_index",
        "status": "Oral",
        "is_in_proceedings": True,
    }
    numbered = [shared | {"slot": slot, "ordinal": 1} | row for slot, row in enumerate(rows, start=1)]
    return TABLE.conform(build(pl.DataFrame(numbered, schema=dict(SOURCE.schema)), COUNTRIES, KEYS, reference("country_aliases")))


def failing(frame: pl.DataFrame, layout: str = "listed_name") -> list[str]:
    """Questions that a frame of affiliations fails."""
    schema = {column.name: column.dtype for column in papers.TABLE.columns}
    listed = [
        dict.fromkeys(schema) | {"paper_id": paper, "venue_code": "cvpr", "year": 2023, "layout_code": layout, "author_slot_count": 1}
        for paper in frame["paper_id"].unique()
    ]
    with duckdb.connect() as connection:
        connection.register("paper_affiliations", frame)
        connection.register("papers", pl.DataFrame(listed, schema=schema))
        return [rule.question for rule in TABLE.rules if connection.sql(rule.failing_rows).fetchall()]


def affiliation(paper: int, name: str, code: str | None, basis: str) -> tuple[str, int, int, str, str | None, str, float | None]:
    return (f"cvpr-2023-{paper}", 1, 1, name, code, basis, None if code is None else 1.0)


def frame(*rows: tuple[object, ...]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={column.name: column.dtype for column in TABLE.columns}, orient="row")


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
    assert resolved("China", "Hong Kong University of Science and Technology", "connect.hkust-gz.edu.cn") == ("CHN", "source")


def test_a_mainland_university_stays_there_whatever_mailbox_its_author_has() -> None:
    assert resolved("China", "Zhejiang University", "cse.ust.hk") == ("CHN", "source")


def test_a_laboratory_is_where_it_is_stated_and_teaches_nothing_about_its_name() -> None:
    found = built(
        {"country_name": "China", "institution_name": "Microsoft Research", "campus_name": "Asia"},
        {"country_name": "US", "institution_name": "Microsoft Research"},
        {"institution_name": "Microsoft Research", "domain": "microsoft.com"},
    )
    assert found.select("country_code", "basis_code").rows() == [("CHN", "source"), ("USA", "source"), ("USA", "seat")]


@pytest.mark.parametrize(
    ("domain", "code"),
    [
        ("cs.ox.ac.uk", "GBR"), ("pku.edu.cn", "CHN"), ("ust.hk", "HKG"), ("mit.edu", "USA"), ("nist.gov", "USA"), ("mail.mil", "USA"),
        ("cs.toronto.edu", "CAN"), ("mila.quebec", "CAN"), ("univ-ag.gp", "GLP"), ("uniandes.edu.co", "COL"),
    ],
)  # fmt: skip
def test_a_domain_tells_the_country_by_its_longest_known_suffix(domain: str, code: str) -> None:
    assert resolved(domain=domain) == (code, "domain")


@pytest.mark.parametrize(
    "domain", ["gmail.com", "vectorinstitute.ai", "prowler.io", "eleuther.org", "alum.mit.edu", "mail.ru", "ceu.edu", None]
)
def test_domains_that_say_nothing_of_the_place_leave_the_country_unknown(domain: str | None) -> None:
    assert resolved(domain=domain) == (None, "unresolved")


def test_a_name_alone_resolves_by_what_it_equals_and_a_piece_of_it_does_not() -> None:
    assert resolved(name="National Taiwan University") == ("TWN", "alias")
    assert resolved(name="Taiwan Bicycle Club") == (None, "unresolved")


def test_an_institution_has_one_name_in_every_layout() -> None:
    spellings: tuple[dict[str, object], ...] = (
        {"institution_name": "MIT CSAIL, Cambridge, USA", "layout_code": "listed_name"},
        {"institution_name": "Research, MIT", "domain": "mit.edu", "layout_code": "listed_domain"},
        {"institution_name": None, "domain": "cs.mit.edu", "layout_code": "listed_domain"},
        {"institution_name": "Massachusetts Institute of Technology", "country_name": "US"},
    )
    assert built(*spellings)["institution_name"].unique().to_list() == ["Massachusetts Institute of Technology"]


def test_a_string_of_two_institutions_is_two_affiliations_of_its_position() -> None:
    found = built({"institution_name": "ETH Zurich and CMU"}, {"institution_name": "Nobody's Garage"})
    assert found.select("slot", "ordinal", "institution_name", "country_code", "paper_share").rows() == [
        (1, 1, "ETH Zurich", "CHE", 0.5),
        (1, 2, "Carnegie Mellon University", "USA", 0.5),
        (2, 1, "Nobody's Garage", None, None),
    ]


def test_a_second_affiliation_keeps_its_place_after_a_first_that_names_two() -> None:
    found = built({"institution_name": "ETH Zurich and CMU"}, {"slot": 1, "ordinal": 2, "institution_name": "EPFL"})
    assert found.select("ordinal", "country_code").rows() == [(1, "CHE"), (2, "USA"), (3, "CHE")]


def test_a_papers_weight_is_split_over_positions_with_a_country_then_over_their_affiliations_with_one() -> None:
    found = built(
        {"country_name": "US"},
        {"slot": 1, "ordinal": 2, "country_name": "China"},
        {"slot": 1, "ordinal": 3},
        {"slot": 2, "ordinal": 1, "country_name": "China"},
        {"slot": 3, "ordinal": 1},
    )
    assert found["paper_share"].to_list() == [0.25, 0.25, None, 0.5, None]


def test_a_blank_name_is_none() -> None:
    assert built({"institution_name": "  "}, {"institution_name": " Nobody's Garage "})["institution_name"].to_list() == [
        None,
        "Nobody's Garage",
    ]


def test_a_paper_without_positions_has_no_affiliation() -> None:
    assert built({"slot": None, "ordinal": None}, {"paper_id": "2", "status": "Reject"}).is_empty()


def test_territories_that_the_source_folds_are_told_apart_by_their_institutions_own_names() -> None:
    for name in ("National Yang Ming Chiao Tung University", "National Dong Hwa University"):
        assert resolved("China", name) == ("TWN", "territory_rule")
    assert resolved("China", "HTC") == ("CHN", "source")


def test_microsoft_in_china_by_its_name_alone_fails_the_table() -> None:
    territories = [affiliation(paper, "X", code, "source") for paper, code in enumerate(("CHN", "HKG", "MAC", "TWN"))]
    usual = [affiliation(10, "Microsoft", "USA", "seat"), affiliation(11, "Microsoft", "CHN", "place")]
    assert failing(frame(*territories, *usual)) == []
    for basis in ("alias", "university_name", "seat"):
        assert any("trap 6" in asked for asked in failing(frame(*territories, *usual, affiliation(12, "Microsoft", "CHN", basis))))


def test_microsoft_mostly_in_china_fails_an_edition_whatever_the_reason() -> None:
    places = [affiliation(paper, "Microsoft", "CHN", "place") for paper in range(30)]
    seats = [affiliation(paper, "Microsoft", "USA", "seat") for paper in range(30, 60)]
    assert any("mostly in China" in asked for asked in failing(frame(*places, *seats[:10])))
    assert not any("mostly in China" in asked for asked in failing(frame(*places, *seats)))


def test_an_organisation_that_is_nearly_nowhere_at_home_fails_the_table() -> None:
    away = [affiliation(paper, "Google", "ISL", "place") for paper in range(199)]
    assert any("two of five" in asked for asked in failing(frame(*away, affiliation(200, "Google", "USA", "seat"))))


def test_an_address_in_a_name_and_a_country_sold_as_a_domain_fail_the_table() -> None:
    asked = failing(frame(affiliation(1, "a@b.example", "USA", "domain"), affiliation(2, "X", "AIA", "domain")))
    assert [any(word in question for question in asked) for word in ("e-mail", "sold worldwide", "trap 5")] == [True, True, True]
