"""Epoch AI's data centres and their timelines: both layouts, tagged owners, cells full of commas, and what must stop a refresh."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from indicators.model import BadPayload, Parser
from indicators.sources import epoch_data_center_timelines as timelines
from indicators.sources import epoch_data_centers as sites

SITES, TIMELINES = sites.SOURCE.files[0], timelines.SOURCE.files[0]
PICTURES = "[{'id': 'att1', 'width': 512, 'url': 'https://example.org/a,b\"c'}, {'id': 'att2'}]"
EARLIER = {
    "Handle": "Maker One Springfield Ohio", "Title": "Maker One", "Owner": "Maker #confident", "Address": "1 Long Road, Springfield, OH 1",
    "Latitude": "32°35'25\"N", "Longitude": " 101°18'43\"W", "Sentinel satellite timelapse": PICTURES,
}  # fmt: skip
LATER = {"Name": "Maker One", "Owner": "Maker #confident", "Country": "United States", "Selected Sources": "- [a](https://b)\n- c\n"}
STATE = {"Data center": "Maker One", "Date": "2025-06-01", "Power (MW)": "76.0", "H100 equivalents": "4266.4", "Buildings operational": "3",
         "Total capital cost (2025 USD billions)": "2.5", "Compute cost (2025 USD billions)": "1.5",
         "Construction cost (2025 USD billions)": "1.0", "Construction status": "Roof complete,\nsee [here](https://b)"}  # fmt: skip


def payload(*rows: Mapping[str, str]) -> bytes:
    return pl.DataFrame([dict(row) for row in rows]).write_csv().encode()


def site(*rows: Mapping[str, str]) -> pl.DataFrame:
    return sites.SOURCE.conform(sites.parse(payload(*rows), SITES))


def state(**cells: str) -> pl.DataFrame:
    row = {name: cells.get(name.split(" ")[0].lower(), cell) for name, cell in STATE.items()}
    return timelines.SOURCE.conform(timelines.parse(payload(row), TIMELINES))


def test_a_site_of_2025_has_a_title_and_no_country() -> None:
    assert site(EARLIER).rows() == [("Maker One Springfield Ohio", "Maker One", "Maker", "confident", None)]


def test_a_site_of_2026_has_a_country_and_no_title() -> None:
    assert site(LATER).rows() == [("Maker One", None, "Maker", "confident", "United States")]


@pytest.mark.parametrize(("owners", "name", "certainty"), [
    ("G42 #likely", "G42", "likely"),
    ("ByteDance #likely, Oracle #confident", "ByteDance, Oracle", "likely"),
    ("A #confident, B #speculative, C #likely", "A, B, C", "speculative"),
    ("Google", "Google", None),
    ("", None, None),
])  # fmt: skip
def test_an_owner_is_a_name_and_how_sure_it_is(owners: str, name: str | None, certainty: str | None) -> None:
    assert site(LATER | {"Owner": owners}).select("owner_name", "owner_certainty").row(0) == (name, certainty)


@pytest.mark.parametrize("owners", ["Maker #rumoured", "Maker#confident", "#likely", "Maker #likely #confident"])
def test_an_owner_with_an_unknown_tag_is_refused(owners: str) -> None:
    with pytest.raises(BadPayload, match=r"epoch_data_centers: owners .* carry unknown tags.*add each to CERTAINTIES"):
        site(LATER | {"Owner": owners})


def test_no_address_coordinate_picture_or_prose_is_kept() -> None:
    kept = "".join(str(cell) for row in (EARLIER, LATER) for cell in site(row).row(0))
    assert not any(sign in kept for sign in ("°", "Road", "http", "att1"))
    assert "Roof" not in str(state().row(0))


@pytest.mark.parametrize(("rows", "match"), [
    ([LATER | {"Name": ""}], "blank in 1"),
    ([LATER, LATER], "repeats for .'Maker One'"),
    ([LATER | {"Colour": "red"}], r"unknown columns \['Colour'\]"),
    ([LATER | EARLIER], r"appears as \['Handle', 'Name'\]"),
    ([{"Owner": "A #likely"}], r"'site_name' is gone; known spellings: \['Handle', 'Name'\]; add the new name to ALIASES"),
])  # fmt: skip
def test_a_list_of_sites_outside_the_known_world_is_refused(rows: list[dict[str, str]], match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        site(*rows)


@pytest.mark.parametrize("parse", [sites.parse, timelines.parse])
@pytest.mark.parametrize("page", [b"<!doctype html>\n<p>Data, centers</p>\n", b"<!doctype html>\n<p>Data centers</p>\n"])
def test_a_page_of_html_is_refused(parse: Parser, page: bytes) -> None:
    with pytest.raises(BadPayload, match=r"is gone|not a readable"):
        parse(page, SITES)


def test_a_state_is_read_as_stated_with_zero_apart_from_blank() -> None:
    row = state(power="0.0", h100="").row(0, named=True)
    assert (row["status_date"], row["power_mw"], row["h100_equivalents"], row["capital_cost_busd"]) == (date(2025, 6, 1), 0.0, None, 2.5)


def test_columns_of_later_timelines_change_nothing() -> None:
    later = STATE | {"IT power (MW)": "60", "Annual operating cost (2025 USD billions)": "1", "Thumbnail": PICTURES,
                     "Current H100 equivalents (from Data center)": "9"}  # fmt: skip
    assert timelines.parse(payload(later), TIMELINES).equals(timelines.parse(payload(STATE), TIMELINES))


@pytest.mark.parametrize(("rows", "match"), [
    ([STATE | {"Power (MW)": "-1"}], "below zero in .*Maker One"),
    ([STATE | {"Date": ""}], "1 rows without a site or a day"),
    ([STATE | {"Data center": ""}], "1 rows without a site or a day"),
    ([STATE | {"Date": "6/1/2025"}], "no days"),
    ([STATE, STATE], "twice the same in .*Maker One"),
    ([STATE | {"Water use (GL)": "1"}], "unknown columns"),
])  # fmt: skip
def test_a_timeline_outside_the_known_world_is_refused(rows: list[dict[str, str]], match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        timelines.parse(payload(*rows), TIMELINES)


@pytest.mark.parametrize(("read", "ignored"), [(sites.ALIASES, sites.IGNORED), (timelines.ALIASES, timelines.IGNORED)])
def test_no_column_is_both_read_and_ignored(read: Mapping[str, list[str]], ignored: tuple[str, ...]) -> None:
    assert not {name for spellings in read.values() for name in spellings} & set(ignored)


def test_the_capture_is_read_whole(captures: Path) -> None:
    folder = captures / "epoch_data_centers" / "2025-12-17"
    found = sites.SOURCE.conform(sites.parse((folder / SITES.name).read_bytes(), SITES))
    rows = timelines.SOURCE.conform(timelines.parse((folder / TIMELINES.name).read_bytes(), TIMELINES))
    assert (found.height, rows.height, rows["status_date"].min(), rows["status_date"].max()) == (
        17,
        118,
        date(2016, 9, 20),
        date(2029, 1, 1),
    )
    assert found.filter(site_name="xAI Colossus 1 Memphis Tennessee").select("owner_name", "owner_certainty").row(0) == (
        "xAI",
        "confident",
    )
    assert set(found["site_name"]) == set(rows["site_name"])
