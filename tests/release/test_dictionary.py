"""DICTIONARY.md: every table, column and indicator, with what a reader must know of it."""

from dataclasses import replace
from pathlib import Path

import gates
import pytest

from indicators.model import Column
from indicators.release import Shelf, publish

INDICATOR = """/* title: A gap
   unit: points
   method: one less another
   interval: none
   coverage: all
   caveats: a test's */
SELECT 1
"""


@pytest.fixture(scope="module")
def dictionary(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = tmp_path_factory.mktemp("release")
    candidate = gates.candidate(place / "candidate")
    (candidate.sql / "indicators" / "gap.sql").write_text(INDICATOR)
    return (publish(candidate, Shelf(place / "releases")).release.folder / "DICTIONARY.md").read_text()


def test_every_column_stands_under_its_table_with_type_unit_and_meaning(dictionary: str) -> None:
    chips = dictionary.partition("## chips")[2].partition("## countries")[0]
    assert "10 rows; key: `chip_id`." in chips
    assert "| `chip_id` | text |  | Id |" in chips
    assert "| `speed` | number, can be empty | op/s | Speed; from 0 to 100 |" in chips
    assert "| `maker_country_code` | text, can be empty |  | Maker; links to [`countries`](#countries).`country_code` |" in chips
    assert "| `kind_code` | text |  | Kind; one of `gpu`, `tpu` |" in chips


def test_every_indicator_is_defined_with_its_caveats(dictionary: str) -> None:
    gap = dictionary.split("## gap")[1]
    assert "**A gap.** Defined in [`sql/indicators/gap.sql`](sql/indicators/gap.sql)." in gap
    assert all(f"- {line}" in gap for line in ("unit: points", "method: one less another", "interval: none", "caveats: a test's"))


def test_every_link_within_the_page_leads_to_a_heading(dictionary: str) -> None:
    targets = {part.split(")")[0] for part in dictionary.split("](#")[1:]}
    assert targets <= {line.removeprefix("## ") for line in dictionary.splitlines() if line.startswith("## ")}
    assert targets == {"chips", "countries", "gap"}


def test_a_warning_of_the_audit_stands_under_its_table_and_an_answer_yes_does_not(tmp_path: Path) -> None:
    release = gates.published(tmp_path, {"chips": gates.chips(speed=None)}).release.folder
    chips, countries = (release / "DICTIONARY.md").read_text().split("## chips")[1].split("## countries")
    assert "- Is every speed known? No: 1 row." in chips
    assert "Is every tpu slow?" not in chips
    assert "Warnings" not in countries


def test_a_bar_in_a_text_does_not_break_the_row(tmp_path: Path) -> None:
    candidate = gates.candidate(tmp_path / "candidate")
    columns = (Column("country_code", gates.COUNTRIES.columns[0].dtype, "Code: a|b"),)
    told = replace(candidate, tables=(gates.CHIPS, replace(gates.COUNTRIES, columns=columns)))
    release = publish(told, Shelf(tmp_path / "releases")).release.folder
    assert "| `country_code` | text |  | Code: a\\|b |" in (release / "DICTIONARY.md").read_text()
