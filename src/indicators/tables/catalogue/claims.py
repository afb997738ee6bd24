"""claims: what the founding op-ed claims, claim by claim, and what the data of this release say to it.

Know before editing:
- Thresholds and windows were fixed before the data were looked at. Where their wording leaves room, the reading was chosen with
  the data in view; `caveats` of the claim says so, and which verdict another reading gives. A threshold changes
  with a new `rule_version` and never otherwise.
- `not_measurable` is an answer: for causes, counterfactuals, norms, and where terms let out no figure; it always has a reason.
- The figure of a verdict is that of its first criterion that has one; all of them stand in `claim_evidence`.
"""

from typing import Any

import polars as pl

from indicators.model import EVALUATIONS, Column, Rule, Table, figure

VERDICTS = ("supported", "mixed", "contradicted", "not_measurable")
KEY = ("claim_id", "evaluation_code")
SHOWN, NAMED = 6, 2
"""Criteria that `observed` tells, and names that one may give; the others stand in claim_evidence."""

TABLE = Table(
    name="claims",
    title="Claims of the founding op-ed, tested",
    description="One row per claim and evaluation: the rule, its thresholds fixed beforehand, and the verdict that sql/claims computes from"
    " released tables. The text is by A. W. Graylin and P. Triolo, MIT Technology Review, 21 January 2025; its claims are told in"
    " our words.",
    key=KEY,
    row_bounds=(56, 112),
    max_loss_share=0.0,
    columns=(
        Column("claim_id", pl.String, "The claim", pattern=r"^C\d\d$"),
        Column("evaluation_code", pl.String, "at_publication: facts up to 21 January 2025; latest: the newest facts", values=EVALUATIONS),
        Column("vintage_code", pl.String, "What was known when: facts as known now; history has what earlier releases said",
               values=("as_known_now",)),
        Column("claim", pl.String, "What the text claims, in our words", pattern=r"\S"),
        Column("indicator_ids", pl.List(pl.String), "Indicators that show its figures"),
        Column("rule", pl.String, "What supports, what contradicts, over which window and with which coverage", pattern=r"\S"),
        Column("rule_version", pl.Int32, "Version of the rule; a threshold changes with it and never otherwise", minimum=1),
        Column("verdict_code", pl.String, "What the rule gives", values=VERDICTS),
        Column("reason", pl.String, "Why there is no verdict, or no better one; null otherwise", is_nullable=True),
        Column("observed", pl.String, "The figures that decided, with intervals and days; what stands beside it where nothing decides",
               is_nullable=True),
        Column("value", pl.Float64, "Figure of the first criterion that has one; null where none has", is_nullable=True),
        Column("lower", pl.Float64, "Lower bound of it", is_nullable=True),
        Column("upper", pl.Float64, "Upper bound of it", is_nullable=True),
        Column("unit", pl.String, "Unit of value, lower and upper", is_nullable=True),
        Column("as_of_date", pl.Date, "Day that this figure stands for", is_nullable=True),
        Column("coverage_share", pl.Float64, "Part of the population that it rests on", "share", is_nullable=True, minimum=0, maximum=1),
        Column("coverage_note", pl.String, "How much the verdict rests on, in words", is_nullable=True),
        Column("caveats", pl.String, "What the verdict cannot say", pattern=r"\S"),
        Column("sql", pl.String, "The rule as one SELECT over released tables, run with views.sql"),
    ),
    rules=(
        Rule("Has every claim both evaluations?", "SELECT claim_id FROM claims GROUP BY ALL HAVING count(*) <> 2"),
        Rule("Are claims numbered without a gap?",
             "SELECT max(claim_id) AS last FROM claims HAVING max(claim_id[2:]::INTEGER) <> count(DISTINCT claim_id)"),
        Rule("Has every claim without a verdict a reason?",
             "SELECT * FROM claims WHERE verdict_code = 'not_measurable' AND reason IS NULL"),
        Rule("Does every verdict rest on a figure of a day?",
             "SELECT * FROM claims WHERE verdict_code <> 'not_measurable' AND (observed IS NULL OR value IS NULL OR as_of_date IS NULL)"),
        Rule("Does no verdict of the op-ed's day rest on a later fact?",
             "SELECT * FROM claims WHERE evaluation_code = 'at_publication' AND as_of_date > '2025-01-21'"),
        Rule("Is every indicator that a claim names defined?",
             "SELECT claim_id, id FROM (SELECT claim_id, unnest(indicator_ids) AS id FROM claims) "
             "WHERE id NOT IN (SELECT indicator_id FROM indicators)"),
        Rule("Does the figure lie inside its interval?", "SELECT * FROM claims WHERE value NOT BETWEEN lower AND upper"),
        Rule("Is a verdict on a cause refused (C07, C20, C22)?",
             "SELECT * FROM claims WHERE claim_id IN ('C07', 'C20', 'C22') AND verdict_code <> 'not_measurable'"),
        Rule("Are the verdicts those of the last release?",
             "SELECT c.claim_id, c.evaluation_code, p.verdict_code AS was, c.verdict_code AS now FROM claims c "
             "JOIN previous_claims p USING (claim_id, evaluation_code) WHERE p.verdict_code <> c.verdict_code", is_warning=True),
        Rule("Is the rule that of the last release, or its version a new one?",
             "SELECT c.claim_id FROM claims c JOIN previous_claims p USING (claim_id, evaluation_code) "
             "WHERE p.rule <> c.rule AND p.rule_version = c.rule_version"),
    ),
)  # fmt: skip


def build(verdicts: pl.DataFrame) -> pl.DataFrame:
    """Return one row per claim and evaluation, with the figure of its first criterion that has one."""
    first = verdicts.sort(*KEY, pl.col("value").is_null(), "place").unique(KEY, keep="first", maintain_order=True)
    rows = first.rename({"period_end": "as_of_date"}).join(_observed(verdicts), on=KEY, how="left")
    return rows.with_columns(vintage_code=pl.lit("as_known_now")).select(TABLE.column_names)


def _observed(verdicts: pl.DataFrame) -> pl.DataFrame:
    """What decided each verdict in words, else what stands beside it."""
    decides = (pl.col("role_code") == "supports") | ((pl.col("role_code") == "contradicts") & pl.col("is_met"))
    known = verdicts.filter(pl.col("value").is_not_null()).with_columns(decides=decides)
    chosen = (
        known.filter(pl.col("decides") | ~pl.col("decides").any().over(KEY))
        .sort(*KEY, "place")
        .group_by(KEY, maintain_order=True)
        .head(SHOWN)
    )
    words = pl.Series("observed", [_told(row) for row in chosen.iter_rows(named=True)], dtype=pl.String)
    return chosen.with_columns(words).group_by(KEY, maintain_order=True).agg(pl.col("observed").str.join("; "))


def _told(row: dict[str, Any]) -> str:
    """A criterion in words: what is measured, the figure, its interval, its day, and the names that it rests on where they are few."""
    day = f", {row['period_end']}" if row["period_end"] else ""
    names = f" [{', '.join(row['names'])}]" if row["names"] and len(row["names"]) <= NAMED else ""
    return f"{row['criterion']}: {figure(row['value'], row['lower'], row['upper'], row['unit'])}{day}{names}"
