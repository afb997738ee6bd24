"""LICENSES.md: what the licences of the sources ask for goes out with the release."""

import json
from dataclasses import replace
from pathlib import Path

import gates
import pytest

from indicators.release import Shelf, publish
from indicators.release.companions import licenses
from indicators.sources import sources

PUBLIC = {name: module.SOURCE for name, module in sources().items() if not module.SOURCE.is_private}
TRACKER = gates.SOURCES[0] | {"source_id": "indiaml_tracker", "source_title": "A tracker", "license_name": "MIT"}
LABELS = gates.SOURCES[0] | {"source_id": "labels", "license_name": "CC-BY-SA-4.0", "redistribution_code": "share_alike"}


def told(place: Path, *rows: dict[str, object]) -> str:
    """The file of a small release that is built from these sources."""
    candidate = gates.candidate(place / "candidate")
    (candidate.folder / "sources.json").write_text(json.dumps(rows))
    tables = (gates.CHIPS, replace(gates.COUNTRIES, license="CC-BY-SA-4.0"))
    return (publish(replace(candidate, tables=tables), Shelf(place / "releases")).release.folder / "LICENSES.md").read_text()


def test_a_source_is_credited_with_title_author_address_and_the_terms_address(tmp_path: Path) -> None:
    line = "- **A small feed**, A publisher. <https://data.example.org> Licence: [CC0-1.0]({}). Credit: Nobody.\n"
    assert line.format("https://creativecommons.org/publicdomain/zero/1.0/") in told(tmp_path, gates.SOURCES[0])


def test_it_says_that_the_data_were_changed_and_that_nobody_endorses_them(tmp_path: Path) -> None:
    text = told(tmp_path, gates.SOURCES[0])
    assert "**Changes.** No file of a source is published as it was." in text
    assert "No source endorses this dataset" in text


def test_a_table_under_terms_of_its_own_is_named_and_its_source_stands_apart(tmp_path: Path) -> None:
    text = told(tmp_path, gates.SOURCES[0], LABELS)
    assert "The table `countries`, and what `audit.json` and `changes.parquet` quote of it, are published under Creative Commons" in text
    assert "https://creativecommons.org/licenses/by-sa/4.0/" in text.split("in tables under the same licence")[1]


def test_indicators_over_a_table_under_terms_of_its_own_are_named_with_it(tmp_path: Path) -> None:
    sql = gates.candidate(tmp_path / "candidate").sql / "indicators"
    header = "/* title: Few\nunit: share\nmethod: one\ninterval: none\ncoverage: all\ncaveats: none */\n"
    (sql / "few.sql").write_text(header + "SELECT * FROM countries")
    (sql / "other.sql").write_text(header.replace("Few", "Other") + "SELECT * FROM chips")
    text = told(tmp_path, gates.SOURCES[0], LABELS)
    assert "and the figures of `few` wherever they stand" in text
    assert "`other`" not in text


def test_the_notice_of_the_mit_licence_goes_with_its_copyright_line_and_only_then(tmp_path: Path) -> None:
    assert "Notice of the MIT licence" not in told(tmp_path / "one", gates.SOURCES[0])
    text = told(tmp_path / "two", TRACKER)
    assert "- A tracker: Copyright (c) 2025 Sohan Basak" in text
    assert "Permission is hereby granted" in text


@pytest.mark.parametrize("name", sorted(name for name, source in PUBLIC.items() if source.license == "MIT"))
def test_every_source_under_the_mit_licence_has_its_copyright_line(name: str) -> None:
    assert licenses.NOTICES[name].startswith("Copyright (c) ")


@pytest.mark.parametrize("name", sorted(name for name, source in PUBLIC.items() if source.redistribution in {"open", "share_alike"}))
def test_every_licence_under_which_rows_go_out_has_an_address(name: str) -> None:
    assert licenses.TERMS[PUBLIC[name].license].startswith("https://")
