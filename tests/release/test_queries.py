"""The queries that travel with a release: only those that it can answer, and each over the tables that it names."""

from pathlib import Path

import gates
import pytest

from indicators.release.companions.questions import QUESTIONS, Question, questions


def test_a_release_is_told_apart_from_questions_that_it_cannot_answer(tmp_path: Path) -> None:
    told = (gates.published(tmp_path).release.folder / "QUERIES.md").read_text(encoding="utf-8")
    assert "SELECT count(*) FROM 'BASE/tables/chips.parquet';" in told
    assert "Release 2026.01.1 is a folder" in told
    assert "## Questions" not in told
    assert questions(["chips", "claims"]) == [question for question in QUESTIONS if question.id == "verdicts"]


def test_every_question_has_a_name_of_its_own() -> None:
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_question_reads_the_table_that_it_names_and_its_order_is_stated(question: Question) -> None:
    assert f"FROM {question.table}\n" in question.sql
    assert "ORDER BY" in question.sql or question.id == "meaning"
    assert not question.polars or question.polars.startswith(f'pl.scan_parquet("BASE/tables/{question.table}.parquet")')
