"""The command line: quick help, clear words, exit codes that scripts can use."""

import re
import subprocess
import sys
from pathlib import Path

import entity_list
import house
import pytest

from indicators.model import Folders
from indicators.pipeline import Pipeline

HEAVY = ("polars", "duckdb", "dagster", "great_expectations", "pandas", "requests", "rich")
HELP = f"""
import sys
from click.testing import CliRunner
from indicators.cli import cli
print(CliRunner().invoke(cli, ["--help"]).exit_code, [name for name in {HEAVY} if name in sys.modules])
"""
COMMANDS = (
    "refresh",
    "backfill",
    "release",
    "publish",
    "verify",
    "diff",
    "releases",
    "withdraw",
    "query",
    "status",
    "baseline",
    "cross-checks",
    "history",
    "ui",
    "site",
)


def test_help_loads_nothing_heavy() -> None:
    ended = subprocess.run([sys.executable, "-c", HELP], capture_output=True, text=True, check=True)
    assert ended.stdout.split(maxsplit=1) == ["0", "[]\n"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_teaches(command: str, tmp_path: Path) -> None:
    told = house.indicators(command, "--help", data=tmp_path / "data").stdout
    assert "Usage: " in told
    assert len(told.splitlines()) > 5
    assert "\\b" not in told


def test_an_unknown_command_is_wrong_usage(tmp_path: Path) -> None:
    assert "No such command" in house.indicators("sell", data=tmp_path / "data", expect=2).stderr


def test_a_relative_data_folder_is_refused_with_the_remedy(tmp_path: Path) -> None:
    told = house.indicators("status", data=tmp_path / "data", expect=1, INDICATORS_DATA="data")
    assert "INDICATORS_DATA='data' is not absolute" in told.stderr


def test_an_example_in_the_help_keeps_its_lines(tmp_path: Path) -> None:
    lines = house.indicators("--help", data=tmp_path / "data").stdout.splitlines()
    assert [line.split()[1] for line in lines if line.startswith("  indicators ")] == [
        "release",
        "refresh",
        "backfill",
        "query",
        "claims",
        "publish",
    ]


def test_a_second_run_on_the_same_folder_is_refused_while_the_first_one_writes(tmp_path: Path) -> None:
    pipeline = Pipeline(Folders(tmp_path / "data"))
    with pipeline.alone():
        backfill = ["backfill", "--as-of", "2025-01-31"]
        for command in (["release"], ["refresh"], backfill, ["history", "rebuild"], ["baseline", "epoch_eci"]):
            assert "another run is writing" in house.indicators(*command, data=tmp_path / "data", expect=1).stderr


def test_a_data_folder_that_is_a_file_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder")
    told = house.indicators("release", data=tmp_path / "data", expect=1).stderr
    assert told.startswith("indicators: ")
    assert "Traceback" not in told


@pytest.mark.parametrize(("name", "value"), [("INDICATORS_TIMEOUT", "soon"), ("INDICATORS_SCHEDULE", "sometimes")])
def test_a_wrong_setting_is_named(name: str, value: str, tmp_path: Path) -> None:
    told = house.indicators("refresh", data=tmp_path / "data", expect=1, INDICATORS_MIRROR=str(tmp_path), **{name: value})
    assert f"{name}='{value}'" in told.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nothing"], "nothing is no source; past editions are served for: ecfr_entity_list"),
        (["country_codes"], "country_codes serves only its state of today"),
        (["--as-of", "2999-01-01"], "2999-01-01 lies ahead"),
        (["--until", "2999-01-01"], "2999-01-01 lies ahead"),
        (["--since", "2024-06-01", "--until", "2024-01-01"], "--since 2024-06-01 is after --until 2024-01-01"),
        (["--since", "2024-01-01", "--until", "2024-02-01"], "no quarter ends between"),
        (["--as-of", "2024-01-31", "--since", "2024-01-01"], "--as-of names the very days; leave out --since"),
        (["--as-of", "2024-01-31", "--until", "2024-06-30"], "--as-of names the very days; leave out --since"),
        (["--since", "January"], "'January' does not match"),
    ],
)
def test_a_backfill_of_what_cannot_be_is_wrong_usage_and_touches_nothing(words: list[str], told: str, tmp_path: Path) -> None:
    assert told in house.indicators("backfill", *words, data=tmp_path / "data", expect=2).stderr
    assert not (tmp_path / "data").exists()


def test_a_backfill_asks_for_quarter_ends_names_what_is_not_served_and_asks_once(tmp_path: Path) -> None:
    served = tmp_path / "mirror" / "www.ecfr.gov/api/versioner/v1/full/2024-03-31"
    served.mkdir(parents=True)
    (served / "title-15.xml?part=744").write_bytes(entity_list.document(entity_list.entry("Party")))
    words, mirror = ("backfill", "--since", "2024-01-01", "--until", "2024-07-01"), str(tmp_path / "mirror")
    first = house.indicators(*words, data=tmp_path / "data", INDICATORS_MIRROR=mirror).stdout
    assert "ecfr_entity_list   2      1         0             1            0" in first
    assert "the server has no edition of 2024-06-30" in first
    again = house.indicators("backfill", "--as-of", "2024-03-31", data=tmp_path / "data", INDICATORS_MIRROR=str(tmp_path)).stdout
    assert "ecfr_entity_list   1      0         1             0            0" in again


def test_a_backfill_that_gets_none_of_its_days_has_failed(tmp_path: Path) -> None:
    told = house.indicators("backfill", "--as-of", "2024-03-31", data=tmp_path / "data", expect=1, INDICATORS_MIRROR=str(tmp_path))
    assert "the server has no edition of 2024-03-31" in told.stdout


def test_reading_before_the_first_release_says_how_to_make_one(tmp_path: Path) -> None:
    assert "indicators release" in house.indicators("query", "SELECT 1", data=tmp_path / "data", expect=1).stderr


def test_a_refresh_that_gets_nothing_says_what_stands_in(tmp_path: Path) -> None:
    told = house.indicators("refresh", data=tmp_path / "data", INDICATORS_MIRROR=str(tmp_path)).stdout
    lines = [line for line in told.splitlines() if line.startswith("epoch_eci: ")]
    assert len(lines) == 1
    assert re.search(r"; the baseline of \d{4}-\d\d-\d\d stands in$", lines[0])
