"""What is told of a release in the terminal."""

import json
from pathlib import Path
from typing import Any

import gates
import polars as pl

from indicators.cli import show


def finding(*, passed: bool, is_warning: bool) -> dict[str, Any]:
    return {"passed": passed, "is_warning": is_warning}


def told(place: Path, audits: list[list[dict[str, Any]]]) -> str:
    outcome = gates.published(place)
    (outcome.release.folder / "audit.json").write_text(json.dumps({"tables": [{"findings": findings} for findings in audits]}))
    with show.out.capture() as captured:
        show.published(outcome, pl.DataFrame(), {"loading": 0, "judging": 0, "measuring": 0}, 0)
    return captured.get()


def test_a_release_tells_how_many_warnings_its_audit_holds_and_where(tmp_path: Path) -> None:
    warned, kept, sound = (finding(passed=passed, is_warning=warning) for passed, warning in ((False, True), (True, True), (True, False)))
    assert "2 warnings in audit.json: known imperfections" in told(tmp_path / "a", [[warned, kept], [sound, warned]])
    assert "1 warning in audit.json" in told(tmp_path / "b", [[warned, sound]])
