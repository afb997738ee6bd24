"""CSET's archive of laws: flags in two cases, a name cut at its commas, and no words of any document."""

import io
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from indicators.model import BadPayload
from indicators.sources.eto_agora import ALIASES, COLLECTIONS, IGNORED, SOURCE, parse

FILE = SOURCE.files[0]
NAMES = {ours: spellings[0] for ours, spellings in ALIASES.items()}
DOCUMENT = {
    "document_id": "7",
    "authority": "Congress",
    "collections": "U.S. federal laws",
    "activity": "Enacted",
    "activity_date": "2024-12-23",
    "is_validated": "true",
    "is_for_government": "True",
    "is_for_private_sector": "false",
    "is_military": "False",
}
AUTHORITIES = "Name,Jurisdiction,Parent authority\nCongress,United States,\nPrivate-sector companies,,\n"


def archive(documents: list[dict[str, str]], authorities: str = AUTHORITIES, *extra: str, **members: str) -> bytes:
    """An archive in the upstream layout, with every column and a mark at the beginning of its files."""
    header = [*NAMES.values(), *IGNORED, "Harms: Financial loss", *extra]
    ours = {theirs: name for name, theirs in NAMES.items()}
    rows = [{name: document.get(ours.get(name, name), "") for name in header} for document in documents]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        opened.writestr("agora/documents.csv", "\ufeff" + pl.DataFrame(rows, schema=dict.fromkeys(header, pl.String)).write_csv())
        opened.writestr("agora/authorities.csv", "\ufeff" + authorities)
        for name, text in members.items():
            opened.writestr(f"agora/{name}", text)
    return packed.getvalue()


def test_flags_are_read_without_regard_to_case() -> None:
    (row,) = SOURCE.conform(parse(archive([DOCUMENT]), FILE)).rows(named=True)
    flags = (row["is_validated"], row["is_for_government"], row["is_for_private_sector"], row["is_military"])
    assert flags == (True, True, False, False)
    assert (row["jurisdiction"], row["activity_date"], row["proposed_date"]) == ("United States", date(2024, 12, 23), None)


def test_an_authority_may_have_no_jurisdiction() -> None:
    assert parse(archive([DOCUMENT | {"authority": "Private-sector companies"}]), FILE)["jurisdiction"].to_list() == [None]


def test_a_name_that_was_cut_at_its_commas_is_put_together_again() -> None:
    cut = "Editors' Picks;and agency policies;U.S. regulations;executive orders"
    assert parse(archive([DOCUMENT | {"collections": cut}]), FILE)["collections"].to_list() == [["Editors' Picks", COLLECTIONS[6]]]


def test_a_document_without_a_collection_has_an_empty_list() -> None:
    assert parse(archive([DOCUMENT | {"collections": ""}]), FILE)["collections"].to_list() == [[]]


def test_words_of_documents_are_never_read() -> None:
    told = dict.fromkeys(IGNORED, "sentinel words")
    rows = parse(archive([DOCUMENT | told], AUTHORITIES, **{"fulltext/7.txt": "sentinel words"}), FILE)
    assert "sentinel" not in str(rows.rows())
    assert not {"title", "name", "summary", "link", "tags"} & set(rows.columns)


@pytest.mark.parametrize(
    ("document", "match"),
    [
        ({"is_validated": "yes"}, "neither true nor false"),
        ({"activity": "Repealed"}, "'activity' holds unknown words"),
        ({"collections": "Laws of the sea"}, "'collections' holds unknown words"),
        ({"activity_date": "23 December 2024"}, "no days"),
        ({"document_id": ""}, "is blank in 1 rows"),
    ],
)
def test_what_is_not_as_known_is_refused(document: dict[str, str], match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        parse(archive([DOCUMENT | document]), FILE)


def test_an_unknown_column_is_refused_but_a_new_tag_is_not() -> None:
    with pytest.raises(BadPayload, match="unknown columns"):
        parse(archive([DOCUMENT], AUTHORITIES, "Lobbyists"), FILE)
    assert parse(archive([DOCUMENT], AUTHORITIES, "Strategies: Something new, and more"), FILE).height == 1


def test_a_document_that_repeats_and_an_unknown_member_are_refused() -> None:
    with pytest.raises(BadPayload, match="repeats for"):
        parse(archive([DOCUMENT, DOCUMENT]), FILE)
    with pytest.raises(BadPayload, match=r"unknown members \['people.csv'\]"):
        parse(archive([DOCUMENT], AUTHORITIES, **{"people.csv": "a\n"}), FILE)


def test_the_capture_is_read_whole(captures: Path) -> None:
    rows = SOURCE.conform(parse((captures / "eto_agora" / "2025-06-30" / "agora.zip").read_bytes(), FILE))
    assert (rows.height, rows["is_validated"].sum(), rows["is_military"].sum(), rows["activity_date"].max()) == (
        951,
        200,
        140,
        date(2025, 6, 22),
    )
    assert dict(rows["jurisdiction"].value_counts().iter_rows()) == {
        "United States": 865, "China": 26, "Multinational": 19, "Other countries": 18, None: 23,
    }  # fmt: skip
    assert set(rows["collections"].explode().drop_nulls()) == set(COLLECTIONS)
    assert rows.filter(pl.col("collections").list.contains(COLLECTIONS[6])).height == 48
