"""What people say of AI: questions and answers by codes, parts of the whole, empty while the source may not go out."""

from pathlib import Path
from typing import Any

import gates
import polars as pl
import pytest
import scored

from indicators.model import ContractBroken
from indicators.sources.undp_ai_survey import ANSWERS, SOURCE, parse
from indicators.tables.context.public_opinion import ANSWERS as CODES
from indicators.tables.context.public_opinion import TABLE, build

REFERENCE = scored.PROJECT / "data" / "reference"
SURVEYS = pl.read_csv(REFERENCE / "surveys.csv", infer_schema=False)
QUESTIONS = pl.read_csv(REFERENCE / "survey_questions.csv", infer_schema=False)
INCOMES = pl.read_csv(REFERENCE / "country_groups.csv", infer_schema=False).filter(pl.col("group_code").is_in(["HIC", "UMC", "LMC", "LIC"]))
GROUPS = INCOMES.select("country_code", scheme_code=pl.lit("income"))


def stated(*codes: str, questions: dict[str, tuple[str, ...]] = ANSWERS) -> pl.DataFrame:
    """Every answer of every question, equally often, in the countries named."""
    rows = [(code, code, question, answer, order, 100 / max(len(answers), 2)) for code in codes for question, answers in questions.items()
            for order, answer in enumerate(answers, start=1)]  # fmt: skip
    return pl.DataFrame(rows, schema=dict(SOURCE.schema), orient="row").with_columns(file_name=pl.lit("x"))


def built(rows: pl.DataFrame) -> pl.DataFrame:
    return TABLE.conform(build(rows, SURVEYS, QUESTIONS, GROUPS))


def failing(words: str, rows: pl.DataFrame) -> list[tuple[Any, ...]]:
    return scored.failing(TABLE.rules, words, public_opinion=rows, country_groups=GROUPS)


SOUND = built(stated("CHN", "USA"))


def test_an_answer_has_a_code_and_its_place_from_the_least_to_the_most() -> None:
    trust = SOUND.filter(country_code="USA", question_code="trust").sort("answer_order")
    assert trust["answer_code"].to_list() == ["not_at_all_confident", "not_very_confident", "somewhat_confident", "very_confident"]
    assert trust["answer_share"].to_list() == [0.25] * 4
    assert {str(day) for day in (*trust["fieldwork_start"], *trust["fieldwork_end"])} == {"2024-11-01", "2025-01-31"}


def test_a_misspelt_label_is_the_other_answer_of_the_same_question() -> None:
    social = SOUND.filter(country_code="USA", question_code="social_trust").sort("answer_order")
    assert social.select("answer_code", "answer_order", "answer_share").rows() == [("careful", 1, 0.5), ("trusted", 2, 0.5)]
    assert set(SOUND["question_code"]) >= {"expect_leisure"}
    assert failing("misspelt", SOUND) == []
    assert len(failing("misspelt", SOUND.filter(pl.col("answer_code") != "careful"))) == 2


def test_freedom_of_choice_is_left_out_and_only_familiarity_counts_who_does_not_know() -> None:
    assert SOUND.filter(pl.col("answer_order") > 5).is_empty()
    assert SOUND.filter(answer_code="unknown")["question_code"].unique().to_list() == ["familiarity"]
    assert SOUND.filter(~pl.col("excludes_unknown"))["question_code"].unique().to_list() == ["familiarity"]
    assert set(SOUND["answer_code"]) <= set(CODES)


def test_every_row_of_the_survey_is_curated_or_named_as_left_out() -> None:
    assert set(QUESTIONS["printed_question"]) == set(ANSWERS)
    assert QUESTIONS.filter(pl.col("question_code").is_null())["printed_question"].to_list() == [
        "Q14. Current freedom of choice", "Q15. Future freedom of choice",
    ]  # fmt: skip


def test_a_question_that_is_not_curated_stops_the_build() -> None:
    with pytest.raises(ContractBroken, match=r"public_opinion: unknown questions \['Q22. Fear'\]; add each to .*survey_questions\.csv"):
        built(stated("USA", questions={"Q22. Fear": ("Yes", "No")}))


def test_a_code_of_no_country_stops_the_build() -> None:
    with pytest.raises(ContractBroken, match=r"public_opinion: undp_ai_survey: countries \['XKX'\] are no codes"):
        built(stated("XKX"))


def test_without_rows_of_the_source_the_table_is_empty_and_passes_its_audit(tmp_path: Path) -> None:
    empty = built(SOURCE.nothing.with_columns(file_name=pl.lit("x")))
    assert empty.is_empty()
    countries = pl.DataFrame({"country_code": ["USA"]})
    tables = gates.write(tmp_path, {TABLE.name: empty, "countries": countries, "country_groups": GROUPS})
    assert gates.audited(tables, TABLE).passed


@pytest.mark.parametrize("question", [rule.question for rule in TABLE.rules if "whole (" not in rule.question])
def test_sound_answers_break_no_rule(question: str) -> None:
    assert failing(question, SOUND) == []


def test_a_part_of_the_survey_breaks_a_rule_and_none_or_all_of_it_does_not() -> None:
    whole = built(stated(*INCOMES["country_code"].head(21)))
    assert (whole.height, failing("whole (1,600", whole), failing("whole (1,600", SOUND.clear())) == (1_890, [], [])
    assert failing("whole (1,600", SOUND) == [(180,)]


@pytest.mark.parametrize(("words", "changed", "rows"), [
    ("sum to the whole", {"answer_share": 0.3}, 54),
    ("Do trust and confidence", {"answer_code": "unknown"}, 16),
    ("Do trust and confidence", {"excludes_unknown": False}, 16),
    ("begin before it ends", {"fieldwork_start": SOUND["fieldwork_end"].max()}, 0),
    ("income group", {"country_code": "VEN"}, 1),
])  # fmt: skip
def test_a_rule_finds_what_it_is_for(words: str, changed: dict[str, Any], rows: int) -> None:
    assert len(failing(words, SOUND.with_columns(**{name: pl.lit(value) for name, value in changed.items()}))) == rows


def test_a_country_that_was_not_asked_everything_breaks_a_rule() -> None:
    lost = SOUND.filter(~((pl.col("country_code") == "USA") & (pl.col("question_code") == "trust")))
    assert failing("every question", lost) == [("USA", "trust")]


@pytest.mark.parametrize("day", ["2025-10-21"])
def test_the_captured_survey_passes_every_rule(captures: Path, day: str) -> None:
    payload = (captures / "undp_ai_survey_2025" / day / SOURCE.files[0].name).read_bytes()
    table = built(parse(payload, SOURCE.files[0]).with_columns(file_name=pl.lit("x")))
    assert TABLE.row_bounds[0] <= table.height == 1_890 <= TABLE.row_bounds[1]
    for rule in TABLE.rules:
        assert failing(rule.question, table) == [], rule.question
