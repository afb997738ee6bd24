"""paperlists: three layouts, what is kept, what is never read, and what stops the parser."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from indicators.model import BadPayload, File
from indicators.sources.paperlists import SOURCE, parse

INDEXED: dict[str, Any] = {
    "id": "11",
    "title": "A title",
    "author": "Ada Example;Bo Example",
    "email": "ada@inst.edu;bo@other.fr",
    "status": "Poster",
    "track": "main",
    "pdf": "https://example.org/11.pdf",
    "author_num": 2,
    "aff": "Institute A + Institute B; Institute C",
    "aff_domain": "inst.edu;other.fr",
    "aff_unique_index": "0+1;2",
    "aff_unique_norm": "Institute A;Institute B;Institute C",
    "aff_campus_unique_index": "",
    "aff_campus_unique": "",
    "aff_country_unique_index": "0+1;1",
    "aff_country_unique": "United States;France",
}
LISTED: dict[str, Any] = {
    "id": "a-1",
    "title": "A title",
    "status": "Oral",
    "track": "main",
    "position": "PhD student",
    "aff": "Google;ETH",
    "aff_domain": "google.com;ethz.ch",
}
NAMED: dict[str, Any] = {"id": "_x", "title": "A title", "status": "Spotlight", "track": "main", "aff": "Institute A; Institute B"}


def rows(*papers: dict[str, Any], name: str = "nips2018.json") -> pl.DataFrame:
    return SOURCE.conform(parse(json.dumps(papers).encode(), File(name, f"https://example.org/{name}")))


def stated(*papers: dict[str, Any], name: str = "nips2018.json") -> list[tuple[Any, ...]]:
    return rows(*papers, name=name).select("slot", "ordinal", "institution_name", "domain", "country_name").rows()


def test_each_author_position_keeps_each_of_its_affiliations_with_its_country() -> None:
    assert stated(INDEXED) == [
        (1, 1, "Institute A", None, "United States"),
        (1, 2, "Institute B", None, "France"),
        (2, 1, "Institute C", "fr", "France"),
    ]


def test_an_index_outside_its_list_is_refused_and_the_paper_is_named() -> None:
    with pytest.raises(BadPayload, match=r"nips2018\.json, paper 11.*aff_country_unique_index"):
        rows(INDEXED | {"aff_country_unique_index": "0+1;2"})


def test_a_country_list_that_skips_an_author_keeps_its_countries_without_naming_institutions() -> None:
    three = {"author_num": 3, "aff": "A;B;C", "aff_unique_index": "0;1;2", "aff_domain": "inst.edu;other.fr;third.de"}
    assert stated(INDEXED | three | {"aff_country_unique_index": "0;1"}) == [
        (1, 1, None, None, "United States"),
        (2, 1, None, None, "France"),
        (3, 1, None, None, None),
    ]


def test_lists_that_skip_an_author_without_printed_affiliation_are_placed() -> None:
    gap = {"author_num": 3, "aff": "A;;C", "aff_domain": "inst.edu;;", "aff_unique_index": "0;2", "aff_country_unique_index": "0;1"}
    assert stated(INDEXED | gap) == [
        (1, 1, "Institute A", "inst.edu", "United States"),
        (2, 1, None, None, None),
        (3, 1, "Institute C", None, "France"),
    ]


def test_one_authors_unequal_lists_do_not_pair_an_institution_with_a_foreign_country() -> None:
    assert stated(INDEXED | {"aff_country_unique_index": "1;1"})[:2] == [(1, 1, None, None, "France"), (1, 2, None, None, None)]


def test_a_paper_without_any_affiliation_keeps_its_authors_positions() -> None:
    bare = {key: INDEXED[key] for key in ("id", "status", "track", "pdf", "author_num")} | {"aff": ";", "aff_domain": ";"}
    assert stated(INDEXED | {"id": "12"}, bare)[3:] == [(1, 1, None, None, None), (2, 1, None, None, None)]


def test_a_blank_in_a_list_of_names_is_null_and_never_an_empty_name() -> None:
    blank = NAMED | {"aff": "; Institute A"}
    assert stated(blank) == [(1, 1, None, None, None), (2, 1, "Institute A", None, None)]


def test_unknown_is_no_country_and_a_placeholder_is_no_institution() -> None:
    blanks = {"aff_country_unique": "Unknown;France", "aff_unique_norm": "University Affiliation Not Specified;B;C"}
    assert stated(INDEXED | blanks)[0] == (1, 1, None, None, None)


def test_a_campus_is_kept_only_where_its_list_skips_nobody() -> None:
    whole = rows(INDEXED | {"aff_campus_unique": "Asia;Paris", "aff_campus_unique_index": "0+1;1"})
    skipping = rows(INDEXED | {"aff_campus_unique": "Asia;Paris", "aff_campus_unique_index": "1;1"})
    assert whole["campus_name"].to_list() == ["Asia", "Paris", "Paris"]
    assert skipping["campus_name"].null_count() == 3


def test_listed_institutions_stand_beside_their_domains() -> None:
    found = rows(LISTED, name="icml2024.json")
    assert found.select("slot", "institution_name", "domain").rows() == [(1, "Google", "com"), (2, "ETH", "ch")]
    assert found["layout_code"].unique().to_list() == ["listed_domain"]


def test_domains_that_do_not_match_the_institutions_stay_nameless_and_no_position_is_lost() -> None:
    assert stated(LISTED | {"aff_domain": "ethz.ch"}, name="icml2024.json") == [(1, 1, None, "ch", None), (2, 1, None, None, None)]


def test_a_list_of_institutions_alone_gives_positions_without_country() -> None:
    assert stated(NAMED, name="iclr2022.json") == [(1, 1, "Institute A", None, None), (2, 1, "Institute B", None, None)]


@pytest.mark.parametrize("host", ["ada@inst.edu", "ada~inst.edu", "Ada Example", "{x,y}.edu", "gmail", "x_y.edu"])
def test_what_is_no_institutions_host_name_is_not_kept(host: str) -> None:
    assert rows(LISTED | {"aff_domain": f"{host};ethz.ch"}, name="icml2024.json")["domain"].to_list() == [None, "ch"]


@pytest.mark.parametrize(
    ("host", "kept"),
    [("cs.inst.edu", "cs.inst.edu"), ("a.ac.uk", "a.ac.uk"), ("ada.me", "me"), ("ada-example.com", "com"), ("gmx.de", "gmx.de")],
)
def test_a_domain_that_can_be_a_persons_own_keeps_its_last_label_alone(host: str, kept: str) -> None:
    assert rows(LISTED | {"aff_domain": f"{host};ethz.ch"}, name="icml2024.json")["domain"].to_list() == [kept, "ch"]


def test_a_domain_that_several_papers_share_stands_whole() -> None:
    papers = [LISTED | {"id": str(number)} for number in range(5)]
    assert rows(*papers, name="icml2024.json")["domain"].unique().sort().to_list() == ["ethz.ch", "google.com"]


def test_a_domain_that_spells_an_author_is_a_persons_own_however_many_papers_share_it() -> None:
    papers = [LISTED | {"id": str(number), "author": "Ada Example", "aff_domain": "ada-example.org;ethz.ch"} for number in range(5)]
    turned = [paper | {"aff_domain": "exampleada.org;ethz.ch"} for paper in papers]
    for signed in (papers, turned):
        assert rows(*signed, name="icml2024.json")["domain"].unique().sort().to_list() == ["ethz.ch", "org"]


def test_nothing_that_names_a_person_or_a_work_is_kept() -> None:
    kept = json.dumps(rows(INDEXED).to_dicts()) + json.dumps(rows(LISTED, name="icml2024.json").to_dicts())
    assert not [word for word in ("Example", "title", "ada", "PhD", "@") if word in kept]


@pytest.mark.parametrize("status", ["Reject", "Withdraw", "Desk Reject"])
def test_a_paper_that_was_not_accepted_is_counted_without_its_affiliations(status: str) -> None:
    assert stated(NAMED | {"status": status}, name="iclr2022.json") == [(None, None, None, None, None)]


@pytest.mark.parametrize(
    ("name", "status"),
    [("cvpr2023.json", "Highlight"), ("aaai2022.json", "Technical"), ("emnlp2023.json", "Long Findings"), ("iccv2017.json", "Spotlight")],
)
def test_each_conference_has_words_of_its_own_for_accepted_papers(name: str, status: str) -> None:
    assert stated(NAMED | {"status": status}, name=name)[0][:3] == (1, 1, "Institute A")
    with pytest.raises(BadPayload, match=f"unknown words.*{status}"):
        rows(NAMED | {"status": status}, name="colm2025.json")


@pytest.mark.parametrize(("track", "name"), [("Survey track", "ijcai2020.json"), ("Survey Track", "ijcai2024.json")])
def test_a_track_stays_as_the_year_words_it(track: str, name: str) -> None:
    assert rows(NAMED | {"status": "Poster", "track": track}, name=name)["track"].unique().to_list() == [track]


def test_rows_without_status_are_demonstrations_at_cvpr_2022_alone() -> None:
    bare = {"id": "1", "title": "A title", "pdf": "https://example.org/1.pdf", "aff": "Institute A"}
    assert rows(bare, name="cvpr2022.json").select("track", "is_in_proceedings").rows() == [("Demos", True)]
    assert rows(bare, name="cvpr2021.json").select("track", "is_in_proceedings").rows() == [(None, True)]


def test_a_paper_that_states_no_id_has_upstreams_digest_of_its_title_and_not_the_title() -> None:
    assert rows({**NAMED, "id": None}, name="cvpr2024.json")["paper_id"].to_list() == ["035cd72428"] * 2


def test_a_row_that_stands_twice_word_for_word_is_one_paper() -> None:
    assert rows(NAMED, NAMED, name="iclr2022.json").height == 2


PROFILED: dict[str, Any] = {
    "id": "p",
    "author": "Ada Example;Bo Example;Cy Example",
    "authors#_avg": [3, 0],
    "status": "Poster",
    "track": "main",
    "aff": "A+B;;C",
    "aff_domain": "a.edu+b.edu;;c.edu",
    "aff_unique_norm": "A;B;;C",
    "aff_unique_index": "0+1;2;3",
    "aff_country_unique": "United States;;France",
    "aff_country_unique_index": "0+0;2",
}


def test_profiles_give_every_author_a_position_and_a_domain_to_each_of_its_affiliations() -> None:
    assert stated(PROFILED, name="colm2025.json") == [
        (1, 1, "A", "a.edu", "United States"),
        (1, 2, "B", "b.edu", "United States"),
        (2, 1, None, None, None),
        (3, 1, "C", "c.edu", "France"),
    ]
    assert rows(PROFILED, name="colm2025.json")["layout_code"].unique().to_list() == ["author_index"]


def test_a_country_list_that_skips_a_printed_affiliation_is_not_placed() -> None:
    skipping = {"aff": "A;B;C", "aff_unique_index": "0;1;3", "aff_domain": "a.edu;b.edu;c.edu", "aff_country_unique_index": "0;2"}
    assert stated(PROFILED | skipping, name="corl2022.json") == [
        (1, 1, None, None, "United States"),
        (2, 1, None, None, "France"),
        (3, 1, None, None, None),
    ]


def test_a_semicolon_within_a_name_makes_no_more_positions_than_authors() -> None:
    torn = {"aff": "A;B; C;D", "aff_unique_index": "0;1;2;3", "aff_country_unique_index": "0;0;0;0", "aff_domain": "a.edu;b.edu;d.edu"}
    assert stated(PROFILED | torn, name="corl2022.json") == [
        (1, 1, None, "a.edu", None),
        (2, 1, None, "b.edu", None),
        (3, 1, None, "d.edu", None),
    ]
    listed = LISTED | {"authors#_avg": 2, "aff": "Google;Lab; ETH"}
    assert stated(listed, name="icml2024.json") == [(1, 1, None, "com", None), (2, 1, None, "ch", None)]


def test_a_pdf_proves_a_paper_whose_affiliations_nobody_printed_and_a_poster_entry_of_an_oral_is_none() -> None:
    printed = {"id": "1", "status": "Poster", "track": "main", "pdf": "https://example.org/1.pdf"}
    again = {"id": "site_2", "title": "[From Oral 1A] A title", "status": "Poster", "track": "main"}
    found = rows(NAMED, printed, again, name="cvpr2023.json").select("paper_id", "is_in_proceedings").unique(maintain_order=True)
    assert found.rows() == [("_x", True), ("1", True), ("site_2", False)]


def test_a_listing_without_proceedings_entry_is_no_paper_and_its_other_half_is_one() -> None:
    listing = {"id": "1", "status": "Poster", "track": "main"}
    other_half = {key: value for key, value in INDEXED.items() if key not in ("status", "track")}
    withdrawn = {key: value for key, value in other_half.items() if key != "pdf"} | {"id": "3"}
    found = rows(listing, other_half, withdrawn).select("paper_id", "is_in_proceedings").unique(maintain_order=True)
    assert found.rows() == [("1", False), ("11", True), ("3", False)]


@pytest.mark.parametrize(
    ("change", "name", "complaint"),
    [
        ({"status": "Accepted"}, "nips2018.json", "unknown words.*Accepted"),
        ({"status": "Withdraw"}, "icml2019.json", "unknown words.*Withdraw"),
        ({"track": "Survey track"}, "icml2019.json", "unknown words.*Survey track"),
        ({"track": "Competition"}, "nips2018.json", "unknown words.*Competition"),
        ({"aff_continent": "Europe"}, "nips2018.json", "unknown fields.*aff_continent"),
        ({"aff": ["Institute A"]}, "nips2018.json", "not text"),
        ({"id": None, "title": None}, "nips2018.json", "without id and title"),
        ({"aff_unique_index": "0+-1;2"}, "nips2018.json", "points outside"),
        ({}, "eccv2020.json", "known venue"),
    ],
)
def test_what_nobody_declared_stops_the_parser(change: dict[str, Any], name: str, complaint: str) -> None:
    with pytest.raises(BadPayload, match=complaint):
        rows(INDEXED | change, name=name)


def test_an_id_of_two_papers_stops_the_parser() -> None:
    with pytest.raises(BadPayload, match="repeats for"):
        rows(INDEXED, INDEXED | {"status": "Oral"})


@pytest.mark.parametrize("payload", [b"<html>", b"{}", b"[]", b"[1]"])
def test_what_is_no_list_of_papers_is_refused(payload: bytes) -> None:
    with pytest.raises(BadPayload, match=r"nips2018\.json"):
        parse(payload, File("nips2018.json", "https://example.org/nips2018.json"))


OFFICIAL = {
    "nips2016": 568, "nips2017": 679, "nips2018": 1009, "nips2021": 2334, "icml2023": 1828, "icml2024": 2610, "iclr2021": 860,
    "iclr2022": 1095, "cvpr2017": 783, "cvpr2018": 979, "cvpr2019": 1294, "cvpr2023": 2359, "iccv2015": 526, "iccv2021": 1612,
    "ijcai2020": 592, "colm2024": 299, "colm2025": 418, "aaai2021": 1654,
}  # fmt: skip


def persons(payload: bytes) -> set[str]:
    """Every author of a file by full name; groups that sign as authors are left out."""
    named = {name.strip() for paper in json.loads(payload) for name in (paper.get("author") or "").replace(",", ";").split(";")}
    return {name for name in named if " " in name and "University" not in name and "Center" not in name}


def test_every_captured_file_parses_to_the_official_number_of_papers_and_names_nobody(captures: Path) -> None:
    found = {}
    for file in SOURCE.files:
        (path,) = (captures / "paperlists").glob(f"*/{file.name}")
        frame = SOURCE.conform(parse(path.read_bytes(), file))
        is_accepted = pl.col("is_in_proceedings") & ~pl.col("status").fill_null("").is_in(["Reject", "Withdraw", "Desk Reject"])
        found[path.stem] = frame.filter(is_accepted & (pl.col("track").fill_null("main") == "main"))["paper_id"].n_unique()
        texts = set(frame["institution_name"].drop_nulls()) | set(frame["domain"].drop_nulls())
        assert not [text for text in texts if "@" in text or "//" in text], file.name
        assert not persons(path.read_bytes()) & texts, file.name
    assert OFFICIAL.items() <= found.items()
    assert set(found) == {path.stem for path in (captures / "paperlists").glob("*/*.json")}
    assert len(found) == 85
