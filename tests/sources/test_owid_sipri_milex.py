"""SIPRI's series as kept by Our World in Data: dollars and not millions, the world beside its countries."""

from pathlib import Path

import pytest

from indicators.model import BadPayload
from indicators.sources.owid_sipri_milex import GROUPS, IGNORED, SOURCE, parse

FILE = SOURCE.files[0]
HEADER = "Entity,Year,military_expenditure,military_expenditure_share_gdp,military_expenditure_per_capita"


def series(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows)).encode()


def test_a_blank_is_unknown_and_percent_becomes_a_share() -> None:
    rows = SOURCE.conform(parse(series("France,1970,5373185.0,1.63,", "World,2019,1860580484102.0,,"), FILE))
    assert rows.rows() == [("France", False, 1970, 5373185.0, 0.0163), ("World", True, 2019, 1860580484102.0, None)]
    assert IGNORED == ("military_expenditure_per_capita",)


@pytest.mark.parametrize(
    ("row", "match"),
    [
        ("World,2019,1860580.5,,", "the unit is not US dollars any more"),
        ("France,2019,-1,,", "out of range"),
        ("France,2019,1,150,", "out of range"),
        (",2019,1,,", "out of range"),
        ("France,,1,,", "out of range"),
    ],
)
def test_what_is_not_as_known_is_refused(row: str, match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        parse(series(row), FILE)


def test_a_key_that_repeats_is_refused() -> None:
    with pytest.raises(BadPayload, match="repeats"):
        parse(series("France,2019,1,,", "France,2019,2,,"), FILE)


def test_the_capture_is_read_whole(captures: Path) -> None:
    rows = SOURCE.conform(parse((captures / "owid_sipri_milex_2022_02" / "2022-02-25" / FILE.name).read_bytes(), FILE))
    assert (rows.height, rows["country_name"].n_unique(), rows["year"].min(), rows["year"].max()) == (8_496, 176, 1949, 2020)
    assert set(rows.filter("is_group")["country_name"]) == set(GROUPS)
    assert rows.filter(country_name="Kuwait", year=1991)["gdp_share"].to_list() == [1.1735]
    assert rows.filter(country_name="Taiwan").height > 0
