"""UNDP's survey on AI and human development (2025): answers to 140 items in 21 countries, in percent of those asked.

Know before editing:
- The terms of this file are not confirmed (UNDP's data are usually CC BY 3.0 IGO): rows stay on the machine that fetches them. Once they
  are confirmed, `redistribution` becomes "open" and nothing else needs to change.
- The official address is not known; the one here is a pinned public copy. Another copy beside it holds merge markers and is refused.
- The unit is `%`, but for the mean age, which is in years. There is no wave, day, sample size or interval.
- Labels are kept with their faults (`leasure`, `Scoial trust`); `ITEMS` is the closed world, and every country has every item once.
- Answers of one item sum to 100 within a country only. Only Q8 counts who does not know; Q18 and Q19 leave them out.
- Questions Q9 and Q20 are not in the file.
"""

import re
from datetime import timedelta
from itertools import chain

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._csv import numbers, read_text_columns, require_words

ALIASES = {"iso3_code": ["Country ISO"], "country_name": ["Country"], "item": ["Question"], "value": ["Value"], "unit": ["Unit"]}
IGNORED = ("Section", "Description")
YES_NO = ("Yes", "No")
LIKELY = ("Not at all likely", "Not very likely", "Somewhat likely", "Very likely")
EXPECTED = ("Very Unlikely", "Unlikely", "Neutral", "Likely", "Very Likely")
CONFIDENT = ("Not at all confident", "Not very confident", "Somewhat confident", "Very confident")
AGREED = ("Strongly Disagree", "Disagree", "Neutral", "Agree", "Strongly Agree")
CHOICE = ("1 (no choice at all)", *(str(step) for step in range(2, 10)), "10 (a great deal of choice)")
USES = (
    "Social Media", "Virtual Assistants", "Work-related", "Education", "Government", "Healthcare", "Financial", "Transportation",
    "Entertainment", "Other", "None of the above",
)  # fmt: skip
LIKELY_USES = ("Financial advice", "Medical advice", "Entertainment or leasure", "Work tasks", "Education and training")
ALPHA3 = re.compile("[A-Z]{3}")
MEAN_AGE = "Q1. Mean Age"
PEOPLE = (
    MEAN_AGE, "Q1. Age 15-17", "Q1. Age 18-35", "Q1. Age 36-59", "Q1. Age 60+", "Q2. Female", "Q2. Male", "Q2. Other",
    "Q3. Primary or Less", "Q3. Some Secondary", "Q3. Completed Secondary", "Q3. University or More", "Q4. Employed (Full-Time)",
    "Q4. Employed (Part-Time)", "Q4. Self-employed", "Q4. Unemployed", "Q4. Retired", "Q4. Student", "Q4. Unpaid Worker", "Q5. Farm",
    "Q5. Unskilled / Semi-skilled", "Q5. Skilled", "Q5. Service (incl. sales)", "Q5. Professional / Higher administrative",
    "Q5. Clerical", "Q5. Other", "Q6. Severely limited", "Q6. Limited - but not severely", "Q6. Not limited at all",
    "Q7. Mean Internet Access",
)  # fmt: skip
ANSWERS = {
    "Q8. AI Familiarity": ("Nothing", "A Little", "Some", "A Lot", "Don't Know"),
    "Q10. Interaction with AI": ("Never", "Once a month or less", "Once a week", "More than once a week"),
    **{f"Q11. AI Use ({use})": YES_NO for use in USES},
    **{f"Q12. Likelihood of AI use ({use})": LIKELY for use in LIKELY_USES},
    "Q13. AI Perception": ("Never", "Sometimes", "Most of the time", "Always"),
    "Q14. Current freedom of choice": CHOICE,
    "Q15. Future freedom of choice": CHOICE,
    "Q16. Exposed to AI": AGREED,
    "Q16. Confident control interactions": AGREED,
    "Q17. Social trust": ("Most people can be trusted",),
    "Q17. Scoial trust": ("Need to be very careful in dealing with people",),
    "Q18. Trust in AI Systems": CONFIDENT,
    "Q19. Confidence in AI Systems": CONFIDENT,
    "Q21. Increase productivity": EXPECTED,
    "Q21. Find new jobs": EXPECTED,
    "Q21. Current job change/replaced": EXPECTED,
}
"""Question → its answers, from the least to the most."""
ITEMS = {f"{question}: {answer}": (question, answer) for question, answers in ANSWERS.items() for answer in answers}
COPY = "https://raw.githubusercontent.com/ES-1085/f2025-ds1-project-sereanalytics-team/18b1fc298c09ef7961aa919e7bcc36c2b0ba71c1"

SOURCE = Source(
    id="undp_ai_survey",
    title="Survey on AI and Human Development 2025",
    publisher="UNDP, Human Development Report Office",
    homepage="https://hdr.undp.org/",
    license="not confirmed (usually CC BY 3.0 IGO)",
    redistribution="unconfirmed",
    attribution="UNDP Human Development Report Office, Survey on AI and Human Development 2025",
    cadence=timedelta(days=180),
    files=(File("prism-AIHDS25_Survey-data-values.csv", f"{COPY}/prism-AIHDS25_Survey-data-values.csv"),),
    schema={
        "iso3_code": pl.String,
        "country_name": pl.String,
        "question": pl.String,
        "answer": pl.String,
        "answer_order": pl.Int32,
        "value_percent": pl.Float64,
    },
    max_bytes=5_000_000,
)


def parse(payload: bytes, _file: File) -> pl.DataFrame:
    """Return one row per country, question and answer, in percent; who was asked (Q1 to Q7) is checked and left out."""
    rows = numbers(read_text_columns(payload, SOURCE.id, ALIASES, IGNORED), ["value"], SOURCE.id)
    require_words(rows, "item", [*PEOPLE, *ITEMS], SOURCE.id)
    require_words(rows, "unit", ["%", "years"], SOURCE.id)
    _require_every_item_once(rows)
    _require_percent(rows)
    orders = {f"{question}: {word}": order for question, words in ANSWERS.items() for order, word in enumerate(words, start=1)}
    answers = rows.filter(pl.col("item").is_in(list(ITEMS)))
    return answers.select(
        "iso3_code",
        "country_name",
        question=pl.col("item").replace_strict({item: question for item, (question, _) in ITEMS.items()}, return_dtype=pl.String),
        answer=pl.col("item").replace_strict({item: answer for item, (_, answer) in ITEMS.items()}, return_dtype=pl.String),
        answer_order=pl.col("item").replace_strict(orders, return_dtype=pl.Int32),
        value_percent="value",
    )


def _require_every_item_once(rows: pl.DataFrame) -> None:
    """Raise BadPayload unless every country has every item once, and a three-letter code."""
    expected = sorted(chain(PEOPLE, ITEMS))
    for (code,), country in rows.group_by("iso3_code", maintain_order=True):
        items = sorted(country["item"].drop_nulls())
        if items != expected or not ALPHA3.fullmatch(str(code)):
            lost = sorted(set(expected) - set(items))[:3]
            told = f"{code!r} has {country.height} rows where {len(expected)} items are asked once each; missing: {lost}"
            raise BadPayload(f"{SOURCE.id}: {told}; a copy with merge markers, or another survey: look at the newest snapshot")


def _require_percent(rows: pl.DataFrame) -> None:
    """Raise BadPayload where a value is blank, outside 0 to 100, or in another unit than its item's."""
    is_age = pl.col("item") == MEAN_AGE
    is_sound = pl.col("value").is_between(0, 100) & ((pl.col("unit") == "years") == is_age)
    odd = rows.filter(~is_sound.fill_null(value=False))
    if odd.height:
        raise BadPayload(f"{SOURCE.id}: values blank, outside 0 to 100 or in another unit, e.g. {odd.row(0)}; upstream must be asked")
