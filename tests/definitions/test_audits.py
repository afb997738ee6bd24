"""What the page of an audit says: the verdict, what blocks first with its rows, and every answer; and what the terminal says of it."""

from pathlib import Path

import dagster as dg
import gates
import pytest

from indicators.definitions import markdown
from indicators.definitions.audits import _judged, audit_check
from indicators.definitions.jobs import failures
from indicators.model import Folders
from indicators.pipeline import Pipeline
from indicators.quality import TableAudit


def audit(place: Path, **changed: str | float | None) -> TableAudit:
    """The audit of chips, of which one is changed."""
    return gates.audited(gates.write(place, {"countries": gates.countries(), "chips": gates.chips(10, **changed)}))


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> dg.AssetCheckResult:
    return _judged(audit(tmp_path_factory.mktemp("failed"), kind_code="cpu", speed=None))


def test_what_blocks_stands_in_the_description_with_its_rows_as_a_table(failed: dg.AssetCheckResult) -> None:
    assert not failed.passed
    assert failed.description is not None
    verdict, question, rows = failed.description.split("\n\n")
    assert verdict.startswith("**chips may not be published.**")
    assert question == "**NO: kind_code: is it one of ['gpu', 'tpu']?** 1 row, such as"
    assert rows.splitlines() == ["| kind_code | chip_id |", "| --- | --- |", "| cpu | c1 |"]


def test_every_answer_is_in_a_table_with_what_blocks_first(failed: dg.AssetCheckResult) -> None:
    answers = failed.metadata["answers"]
    assert isinstance(answers, dg.TableMetadataValue)
    told = [record.data["answer"] for record in answers.records]
    assert told == sorted(told, key=("NO", "WARN", "yes").index)
    assert told[:2] == ["NO", "WARN"]
    assert answers.records[1].data == {"answer": "WARN", "question": "Is every speed known?", "fails": "1 row"}


def test_rows_of_warnings_are_behind_a_click_and_counts_make_a_series(failed: dg.AssetCheckResult) -> None:
    told = failed.metadata["rows_of_warnings"]
    assert isinstance(told, dg.MarkdownMetadataValue)
    assert "| c1 | USA | cpu |" in (told.value or "")
    assert failed.metadata["answered_no"].value == failed.metadata["warnings"].value == 1


def test_a_sound_table_has_no_failures_to_read(tmp_path: Path) -> None:
    passed = _judged(audit(tmp_path))
    assert passed.passed
    assert (passed.description or "").startswith("**chips may be published.**")
    assert not set(passed.metadata) & {"failures", "rows_of_warnings"}


def test_the_terminal_says_the_same_in_sentences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline = Pipeline(Folders(tmp_path))
    monkeypatch.setattr(pipeline, "audit", lambda _name: audit(tmp_path, kind_code="cpu"))
    job = dg.define_asset_job("checks", dg.AssetSelection.all_asset_checks())
    table = dg.AssetSpec(dg.AssetKey(["table", "countries"]))
    graph = dg.Definitions(assets=[table], asset_checks=[audit_check(pipeline, "countries")], jobs=[job])
    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    ended = graph.resolve_job_def("checks").execute_in_process(raise_on_error=False, run_config=quiet)
    ((kind, told),) = failures(ended)
    assert kind == "AuditFailed"
    assert told.startswith("audit of countries:\nchips.kind_code: kind_code: is it one of ['gpu', 'tpu']? No: 1 failing, e.g. [{")


def test_rows_of_many_columns_stand_side_by_side_and_empty_columns_are_left_out() -> None:
    wide = {f"column_{number}": number for number in range(9)}
    lines = markdown.records([wide | {"empty": None}, wide]).splitlines()
    assert lines[0] == "| column | row 1 | row 2 |"
    assert lines[2] == "| column_0 | 0 | 0 |"
    assert len(lines) == 11


def test_signs_that_markdown_reads_are_shown_as_they_are() -> None:
    assert markdown.table(["cell"], [["a|b <c> *d*\ne"]]).splitlines()[-1] == r"| a\|b &lt;c> \*d\* e |"
    assert len(markdown.cut("x" * 1_000)) == markdown.LONGEST
