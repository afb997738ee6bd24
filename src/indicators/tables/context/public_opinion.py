"""public_opinion: what people in a country say of AI, answer by answer, as parts of those who answered.

Know before editing:
- One survey so far. Two providers of one concept stay two surveys: `survey_code` is in the key, and nothing is averaged over it.
- The terms of UNDP's file are not confirmed, so the released table is empty until `undp_ai_survey` is declared open; it is written and
  tested as if it were.
- Days of fieldwork are curated (`surveys.csv`), for the file states none; so are the codes of questions (`survey_questions.csv`), one
  reason a row, typing errors of the labels and questions left out among them.
- Parts sum to 1 within one country and question only. Who does not know is counted by `familiarity` and left out everywhere else.
"""

from datetime import date

import polars as pl

from indicators.model import Column, ContractBroken, Rule, Table

SURVEY = "undp_2025"
SPELLINGS = {"most_people_can_be_trusted": "trusted", "need_to_be_very_careful_in_dealing_with_people": "careful", "don_t_know": "unknown"}
ANSWERS = (
    "nothing", "a_little", "some", "a_lot", "unknown", "never", "once_a_month_or_less", "once_a_week", "more_than_once_a_week",
    "sometimes", "most_of_the_time", "always", "yes", "no", "not_at_all_likely", "not_very_likely", "somewhat_likely", "very_likely",
    "very_unlikely", "unlikely", "neutral", "likely", "strongly_disagree", "disagree", "agree", "strongly_agree", "careful", "trusted",
    "not_at_all_confident", "not_very_confident", "somewhat_confident", "very_confident",
)  # fmt: skip
ANSWERED = "SELECT survey_code, country_code, question_code, sum(answer_share) AS parts FROM public_opinion GROUP BY ALL"

TABLE = Table(
    name="public_opinion",
    title="What people say of AI",
    description="One row per survey, country, question and answer. Empty until the terms of its source are confirmed.",
    key=("survey_code", "country_code", "question_code", "answer_code"),
    row_bounds=(0, 3_780),
    max_loss_share=0.05,
    columns=(
        Column("survey_code", pl.String, "Survey", values=(SURVEY,)),
        Column("country_code", pl.String, "Country in which people were asked", links_to="countries.country_code"),
        Column("question_code", pl.String, "Question, in our words short", pattern="^[a-z_]+$"),
        Column("question_title", pl.String, "Question, in our words; the file prints labels and no wording", pattern=r"\S"),
        Column("answer_code", pl.String, "Answer", values=ANSWERS),
        Column("answer_order", pl.Int32, "Place of the answer in its question, from the least to the most; who does not know comes last",
               minimum=1, maximum=5),
        Column("answer_share", pl.Float64, "Part of those who answered that gave it", "share", minimum=0, maximum=1),
        Column("fieldwork_start", pl.Date, "First day of the fieldwork, as far as known", minimum=date(2024, 1, 1)),
        Column("fieldwork_end", pl.Date, "Last day of the fieldwork, as far as known", minimum=date(2024, 1, 1)),
        Column("excludes_unknown", pl.Boolean, "Whether people who do not know are left out of the parts"),
    ),
    rules=(
        Rule("Is the table whole (1,600 rows or more), or empty because its source may not go out?",
             "SELECT count(*) AS rows FROM public_opinion HAVING count(*) BETWEEN 1 AND 1599"),
        Rule("Do the answers of a question sum to the whole in every country?", f"FROM ({ANSWERED}) WHERE abs(parts - 1) > 0.0005"),
        Rule("Does every country have every question of its survey?",
             "SELECT country_code, question_code FROM (SELECT DISTINCT survey_code, country_code FROM public_opinion) JOIN "
             "(SELECT DISTINCT survey_code, question_code FROM public_opinion) USING (survey_code) "
             "WHERE (survey_code, country_code, question_code) NOT IN "
             "(SELECT (survey_code, country_code, question_code) FROM public_opinion)"),
        Rule("Has social trust both its answers (one of the labels is misspelt)?",
             "SELECT survey_code, country_code FROM public_opinion WHERE question_code = 'social_trust' GROUP BY ALL HAVING count(*) <> 2"),
        Rule("Do trust and confidence leave out who does not know?",
             "SELECT * FROM public_opinion WHERE question_code IN ('trust', 'confidence') AND (answer_code = 'unknown' "
             "OR NOT excludes_unknown)"),
        Rule("Does the fieldwork begin before it ends?", "SELECT * FROM public_opinion WHERE fieldwork_start > fieldwork_end"),
        Rule("Is every country's income group known?",
             "SELECT DISTINCT country_code FROM public_opinion WHERE country_code NOT IN "
             "(SELECT country_code FROM country_groups WHERE scheme_code = 'income')", is_warning=True),
    ),
)  # fmt: skip


def build(
    undp_ai_survey: pl.DataFrame, reference_surveys: pl.DataFrame, reference_survey_questions: pl.DataFrame, country_groups: pl.DataFrame
) -> pl.DataFrame:
    """Return one row per country, question about AI and answer; raises ContractBroken for a question that is not curated."""
    _require_curated(undp_ai_survey, reference_survey_questions)
    known = set(country_groups["country_code"])
    strange = sorted(set(undp_ai_survey["iso3_code"]) - known)
    if strange:
        raise ContractBroken(f"{TABLE.name}: undp_ai_survey: countries {strange} are no codes of ISO 3166; upstream must be asked")
    questions = reference_survey_questions.filter(survey_code=SURVEY).drop_nulls("question_code").rename({"printed_question": "question"})
    rows = undp_ai_survey.join(questions.join(reference_surveys, on="survey_code"), on="question")
    is_careful = pl.col("answer_code") == "careful"
    return rows.with_columns(answer_code=_code(pl.col("answer"))).select(
        "survey_code",
        "question_code",
        "question_title",
        "answer_code",
        country_code="iso3_code",
        answer_order=pl.when(pl.col("answer_code") == "trusted").then(2).when(is_careful).then(1).otherwise("answer_order").cast(pl.Int32),
        answer_share=(pl.col("value_percent") / 100).round(6),
        fieldwork_start=pl.col("fieldwork_start").str.to_date(),
        fieldwork_end=pl.col("fieldwork_end").str.to_date(),
        excludes_unknown=(pl.col("excludes_unknown") == "true") & (pl.col("question_code") != "familiarity"),
    )


def _code(answer: pl.Expr) -> pl.Expr:
    """A printed answer as a code."""
    return answer.str.to_lowercase().str.replace_all("[^a-z]+", "_").str.strip_chars("_").replace(SPELLINGS)


def _require_curated(rows: pl.DataFrame, questions: pl.DataFrame) -> None:
    """Raise ContractBroken where the file asks a question that `survey_questions.csv` does not name."""
    unknown = sorted(set(rows["question"]) - set(questions["printed_question"]))
    if unknown:
        raise ContractBroken(f"{TABLE.name}: unknown questions {unknown[:5]}; add each to data/reference/survey_questions.csv")
