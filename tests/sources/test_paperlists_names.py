"""What a cell of an affiliation names: repairs of what a PDF broke, and what is never kept."""

import json

import pytest

from indicators.model import File
from indicators.sources.paperlists import parse


def names(*cells: str, author: str = "", name: str = "cvpr2021.json") -> list[str | None]:
    paper = {"id": "1", "status": "Poster", "track": "main", "pdf": "https://example.org/1.pdf", "author": author, "aff": ";".join(cells)}
    return parse(json.dumps([paper]).encode(), File(name, f"https://example.org/{name}"))["institution_name"].to_list()


@pytest.mark.parametrize("entity", ["&amp;", "&#38;", "&amp;amp;"])
def test_a_semicolon_that_ends_an_entity_does_not_split_an_institution(entity: str) -> None:
    assert names(f"Texas A{entity}M", "AT&T") == ["Texas A&M", "AT&T"]


def test_an_entity_escaped_twice_is_one_sign() -> None:
    assert names("Noah&amp;amp;#x27;s Ark Lab", "ETH") == ["Noah's Ark Lab", "ETH"]


def test_what_only_looks_like_an_entity_splits() -> None:
    assert names("Texas A&M", "ETH") == ["Texas A&M", "ETH"]


@pytest.mark.parametrize("separator", [";", "; ", " ; "])
def test_separators_differ_and_names_do_not(separator: str) -> None:
    assert names(f"Institute A{separator}Institute B") == ["Institute A", "Institute B"]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("2Google", "Google"),
        ("1. Institute A", "Institute A"),
        ("1Institute A, 2Google", "Institute A, Google"),
        ("CMU2Meta AI", "CMU, Meta AI"),
        ("Institute A3", "Institute A3"),
        ("Google Research1, Institute B2", "Google Research, Institute B2"),
        ("7École Polytechnique", "École Polytechnique"),
        ("†KAIST", "KAIST"),
        ("KAIST∗Hyundai Motor", "KAIST, Hyundai Motor"),
        ("Amazon*, Inria†", "Amazon, Inria"),
    ],
)
def test_a_footnote_sign_is_no_part_of_a_name(cell: str, name: str) -> None:
    assert names(cell) == [name]


@pytest.mark.parametrize(
    "name",
    ["4Paradigm", "01.AI", "3M", "42dot", "360 AI Institute", "A*STAR", "AI2", "Data61", "AI4Science, Institute A", "Style2Paints Research",
     "L3Harris", "Layer6", "Institute A, Oxford, OX2 6GG, UK", "Institute A, Boston, MA 02115", "University of Lyon 1", "X"],
)  # fmt: skip
def test_a_sign_that_belongs_to_a_name_stays(name: str) -> None:
    assert names(name) == [name]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Bosch Center for Arti\ufb01cial Intelligence", "Bosch Center for Artificial Intelligence"),
        ("Universit ´e de Montr ´eal", "Université de Montréal"),
        ("LIGM, ´Ecole des Ponts", "LIGM, École des Ponts"),
        ("Universit¨ at Basel", "Universität Basel"),
        ("Bo˘gazi¸ci University", "Boğaziçi University"),
        ("Koc ¸ University", "Koç University"),
        ("Universit`a degli Studi", "Università degli Studi"),
        ("Universit ´e Cˆote d’Azur", "Université Côte d’Azur"),
        (", Institute  A", "Institute A"),
    ],
)
def test_ligatures_and_accents_are_put_together(cell: str, name: str) -> None:
    assert names(cell) == [name]


@pytest.mark.parametrize(
    "cell", ["ada@inst.edu", "GIVEN @GMAIL .COM", "Institute A, ada@inst.edu", "ada\uff20inst.edu", "https://ada.example.org/"]
)
def test_a_cell_with_an_address_is_dropped_whole(cell: str) -> None:
    assert names(cell, "ETH") == [None, "ETH"]


@pytest.mark.parametrize("cell", ["Ada Example", "ada  example", "ETHAda Example", "Bo Example's group, ETH"])
@pytest.mark.parametrize("author", ["Ada Example; Bo Example", "Ada Example, Bo Example"])
def test_a_cell_that_names_an_author_is_dropped_whole(cell: str, author: str) -> None:
    assert names(cell, "ETH", author=author) == [None, "ETH"]


def test_an_institution_among_the_authors_is_no_person() -> None:
    assert names("Lab, Example University", author="Ada Example; Example University") == ["Lab, Example University"]


def test_a_piece_of_a_name_torn_at_its_brackets_is_dropped() -> None:
    assert names("Nick) Example (None", "SIAT (CAS)") == [None, "SIAT (CAS)"]


@pytest.mark.parametrize(
    "cell",
    ["Work done during an internship at Institute A", "Institute A (Work was done when A. Example was at ETH)", "Currently at Institute A",
     "∗Corresponding author", "Associate Professor at Institute A", "Paper under double-blind review", "*Interned with Institute A",
     "the final published version of the proceedings is available"],
)  # fmt: skip
def test_a_remark_is_no_institution(cell: str) -> None:
    assert names(cell, "ETH") == [None, "ETH"]


@pytest.mark.parametrize("name", ["Tsinghua Shenzhen International Graduate School", "Oxford Internet Institute", "Academia Sinica"])
def test_a_word_that_begins_like_a_remark_is_none(name: str) -> None:
    assert names(name) == [name]


@pytest.mark.parametrize(
    "cell",
    ["Not provided in the text", "Not specified", "Unknown", "N/A", "None", "no affiliation", "Affiliation of Second Author",
     "(No affiliation provided in the text)", "Unknown Institution", "Independent Researcher", "12466", "†", "-"],
)  # fmt: skip
def test_a_placeholder_is_no_institution(cell: str) -> None:
    assert names(cell, "ETH") == [None, "ETH"]
