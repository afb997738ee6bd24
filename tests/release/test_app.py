"""The program of the page in a release: whole, or not at all."""

from dataclasses import replace
from pathlib import Path

import gates
import polars as pl

from indicators.cli import show
from indicators.release import Published, Shelf, publish
from indicators.release.site import app

TIMES = {"loading": 0.0, "judging": 0.0, "measuring": 0.0}


def built(folder: Path, *names: str) -> Path:
    folder.mkdir()
    for name in names:
        (folder / name).write_text(f"// {name}")
    return folder


def published(place: Path, program: Path) -> Published:
    """A release of small tables with the program of a folder."""
    candidate = gates.candidate(place / "candidate")
    return publish(replace(candidate, app=program), Shelf(place / "releases"))


def told(outcome: Published) -> str:
    with show.out.capture() as captured:
        show.published(outcome, pl.DataFrame(), TIMES, 0)
    return captured.get()


def test_the_program_travels_with_a_release_and_is_in_its_checksums(tmp_path: Path) -> None:
    release = published(tmp_path, built(tmp_path / "dist", "app.js", "query.js", ".built")).release.folder
    assert sorted(path.name for path in (release / "site" / "app").iterdir()) == ["app.js", "query.js"]
    assert "  site/app/app.js\n" in (release / "SHA256SUMS").read_text()


def test_a_program_of_which_the_build_did_not_end_stays_out(tmp_path: Path) -> None:
    release = published(tmp_path, built(tmp_path / "dist", "app.js")).release.folder
    assert not (release / "site" / "app").exists()


def test_a_release_without_the_program_is_published_and_one_line_says_how_to_get_it(tmp_path: Path) -> None:
    without = published(tmp_path / "a", tmp_path / "nowhere")
    assert not app.is_in(without.release.folder)
    assert "`make web/dist/.built`" in told(without)
    assert "web/dist" not in told(published(tmp_path / "b", built(tmp_path / "dist", "app.js", ".built")))
