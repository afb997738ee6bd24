"""university_domains: one row per university and domain, and what stops the parser."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from indicators.model import BadPayload
from indicators.sources.university_domains import FIELDS, SOURCE, parse

UNIVERSITY: dict[str, Any] = dict.fromkeys(FIELDS) | {
    "name": "University of Somewhere ",
    "domains": ["somewhere.edu", "Campus.Somewhere.ac.uk"],
    "country": "United Kingdom",
    "alpha_two_code": "GB",
}


def rows(*entries: dict[str, Any]) -> pl.DataFrame:
    return SOURCE.conform(parse(json.dumps(entries).encode(), SOURCE.files[0]))


def test_every_domain_of_a_university_is_a_row_in_lower_case() -> None:
    assert rows(UNIVERSITY).rows() == [
        ("University of Somewhere", "somewhere.edu", "United Kingdom", "GB"),
        ("University of Somewhere", "campus.somewhere.ac.uk", "United Kingdom", "GB"),
    ]


def test_namibia_is_no_missing_value() -> None:
    assert rows(UNIVERSITY | {"alpha_two_code": "NA", "country": "Namibia"})["iso2_code"].to_list() == ["NA", "NA"]


def test_pages_and_provinces_are_not_read() -> None:
    assert rows(UNIVERSITY | {"web_pages": ["https://x.example"], "state-province": "Y"}).width == 4


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"domains": []}, "empty name, country or domain"),
        ({"domains": ["a.edu", ""]}, "empty name, country or domain"),
        ({"domains": "a.edu"}, "empty name, country or domain"),
        ({"name": None}, "empty name, country or domain"),
        ({"alpha_two_code": "GBR"}, "'GBR', which is no ISO alpha-2 code"),
        ({"founded": 1900}, r"unknown \['founded'\]; correct FIELDS"),
    ],
)
def test_what_nobody_declared_stops_the_parser(change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(BadPayload, match=rf"university_domains: .*{complaint}"):
        rows(UNIVERSITY | change)


def test_a_field_that_is_gone_stops_the_parser() -> None:
    with pytest.raises(BadPayload, match=r"fields gone \['country'\]"):
        rows({key: value for key, value in UNIVERSITY.items() if key != "country"})


@pytest.mark.parametrize("payload", [b"<html>", b"{}", b"[]", b"[1]"])
def test_what_is_no_list_of_universities_is_refused(payload: bytes) -> None:
    with pytest.raises(BadPayload, match="university_domains: not"):
        parse(payload, SOURCE.files[0])


def test_every_capture_is_read_whole(captures: Path) -> None:
    for path in (captures / "university_domains").glob("*/*.json"):
        found = SOURCE.conform(parse(path.read_bytes(), SOURCE.files[0]))
        assert found.unique(["university_name", "iso2_code"]).height > 10_000
        assert found.filter(pl.col("domain") == "tsinghua.edu.cn").rows() == [("Tsinghua University", "tsinghua.edu.cn", "China", "CN")]
        names = found.filter(pl.col("university_name") == "Northeastern University")
        assert sorted(names["iso2_code"].unique()) == ["CN", "US"]
