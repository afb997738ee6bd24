"""Questions that people ask of a release, each as one SELECT over its tables: data for `QUERIES.md` and for the release's page.

What does not belong here: how a client is set up (`queries`). Know before editing: tests run every SELECT, and every polars
expression, against a release; the expression gives the SELECT's rows, and `BASE` in it stands for the release's folder or address.
"""

from collections.abc import Collection
from dataclasses import dataclass

GAP = """\
SELECT period_end, value, lower, upper, n
FROM indicator_values
WHERE indicator_id = 'capability_gap' AND dimension = 'as_dated' AND subject_code = 'USA-CHN'
ORDER BY period_end"""
GAP_LAZILY = """\
pl.scan_parquet("BASE/tables/indicator_values.parquet")
.filter(indicator_id="capability_gap", dimension="as_dated", subject_code="USA-CHN")
.select("period_end", "value", "lower", "upper", "n")
.sort("period_end")"""
STATUS = """\
SELECT rule_id, requirement_code, review_policy_code, enforced_from, enforced_to, reason
FROM accelerator_control_status
WHERE accelerator_id = 'nvidia-h200-sxm' AND destination_group_code = 'CHN'
ORDER BY rule_id"""
STATUS_LAZILY = """\
pl.scan_parquet("BASE/tables/accelerator_control_status.parquet")
.filter(accelerator_id="nvidia-h200-sxm", destination_group_code="CHN")
.select("rule_id", "requirement_code", "review_policy_code", "enforced_from", "enforced_to", "reason")
.sort("rule_id")"""
SHARES = """\
SELECT period_start, subject_code, value, coverage_share
FROM indicator_values
WHERE indicator_id = 'paper_share' AND dimension = 'neurips whole' AND subject_code IN ('CHN', 'USA')
ORDER BY period_start, subject_code"""
SHARES_LAZILY = """\
pl.scan_parquet("BASE/tables/indicator_values.parquet")
.filter(pl.col("subject_code").is_in(["CHN", "USA"]), indicator_id="paper_share", dimension="neurips whole")
.select("period_start", "subject_code", "value", "coverage_share")
.sort("period_start", "subject_code")"""
LISTED = """\
SELECT party_name, first_listed_date, citation
FROM entity_listings
WHERE address_country_code = 'CHN' AND in_force_from_date <= DATE '2023-01-01'
  AND (is_in_force OR removed_by_date > DATE '2023-01-01')
ORDER BY party_name, citation"""
INSTITUTIONS = """\
SELECT institution_name, country_code, paper_count
FROM institution_counts
WHERE venue_code = 'icml' AND year = 2024 AND kind_code = 'institution'
ORDER BY paper_count DESC, institution_name LIMIT 20"""
VERDICTS = """\
SELECT claim_id, claim, evaluation_code, verdict_code, observed
FROM claims
ORDER BY claim_id, evaluation_code"""
MEANING = """\
SELECT title, unit, method, interval, coverage, caveats
FROM indicators
WHERE indicator_id = 'capability_gap'"""
CREDITS = """\
SELECT DISTINCT source_title, publisher_name, license_name, attribution
FROM sources
ORDER BY source_title"""


@dataclass(frozen=True)
class Question:
    """What is asked, of which table, in SQL (its name for the table is the view's), and lazily in polars where that is shown."""

    id: str
    title: str
    table: str
    sql: str
    polars: str = ""


QUESTIONS = (
    Question("gap", "How far does the best US model lead the best Chinese one?", "indicator_values", GAP, GAP_LAZILY),
    Question("status", "What holds for one chip, rule by rule?", "accelerator_control_status", STATUS, STATUS_LAZILY),
    Question("shares", "What share of a conference's papers has an author in each country?", "indicator_values", SHARES, SHARES_LAZILY),
    Question("listed", "Who in a country was on the Entity List on a day?", "entity_listings", LISTED),
    Question("institutions", "Which institutions have most papers at a conference?", "institution_counts", INSTITUTIONS),
    Question("verdicts", "Which claims of the op-ed hold?", "claims", VERDICTS),
    Question("meaning", "What does an indicator mean, and what are its limits?", "indicators", MEANING),
    Question("credits", "What was it built from, and who is to be credited?", "sources", CREDITS),
)


def questions(tables: Collection[str]) -> list[Question]:
    """The questions that a release with these tables can answer."""
    return [question for question in QUESTIONS if question.table in tables]
