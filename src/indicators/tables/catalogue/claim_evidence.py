"""claim_evidence: every figure behind a verdict on a claim, with its threshold and whether it was met.

Know before editing: `supports` and `contradicts` decide, `coverage` caps the verdict, `context` is published beside it and decides nothing.
"""

import polars as pl

from indicators.model import EVALUATIONS, Column, Rule, Table

ROLES = ("supports", "contradicts", "coverage", "context")
COMPARISONS = (">=", ">", "<=", "<", "within")
PASSES = (
    "CASE comparison_code WHEN '>=' THEN value >= threshold WHEN '>' THEN value > threshold WHEN '<=' THEN value <= threshold "
    "WHEN '<' THEN value < threshold WHEN 'within' THEN threshold BETWEEN lower AND upper END"
)

TABLE = Table(
    name="claim_evidence",
    title="Figures behind the verdicts on claims",
    description="One row per claim, evaluation and criterion: the figure, its interval, its threshold, and whether it was met.",
    key=("claim_id", "evaluation_code", "place"),
    row_bounds=(150, 1_000),
    max_loss_share=0.5,
    columns=(
        Column("claim_id", pl.String, "The claim", links_to="claims.claim_id"),
        Column("evaluation_code", pl.String, "at_publication: facts up to 21 January 2025; latest: the newest facts",
               values=EVALUATIONS),
        Column("place", pl.Int32, "Order of the criteria; the first one's figure stands in claims", minimum=1),
        Column("criterion", pl.String, "What is measured, in our words", pattern=r"\S"),
        Column("role_code", pl.String, "supports, contradicts: decides; coverage: caps the verdict; context: decides nothing",
               values=ROLES),
        Column("value", pl.Float64, "The figure; null where it cannot be known or may not be published", is_nullable=True),
        Column("lower", pl.Float64, "Lower bound, as the indicator makes it", is_nullable=True),
        Column("upper", pl.Float64, "Upper bound, as the indicator makes it", is_nullable=True),
        Column("unit", pl.String, "Unit of value, lower, upper and threshold", pattern=r"\S"),
        Column("threshold", pl.Float64, "What the figure is held against; null where nothing is", is_nullable=True),
        Column("comparison_code", pl.String, "How; within: the threshold lies in the interval", is_nullable=True, values=COMPARISONS),
        Column("is_met", pl.Boolean, "Whether it was met; null where there is no threshold or no figure", is_nullable=True),
        Column("period_end", pl.Date, "Last day that the figure speaks of", is_nullable=True),
        Column("coverage_share", pl.Float64, "Part of the population that the figure rests on", "share", is_nullable=True, minimum=0,
               maximum=1),
        Column("names", pl.List(pl.String), "What the figure rests on, such as two models; null for counts and shares", is_nullable=True),
    ),
    rules=(
        Rule("Is a criterion met exactly where its figure passes the threshold (C03's may overlap, C05's and C09's depend on days, too)?",
             f"SELECT * FROM claim_evidence WHERE is_met <> coalesce({PASSES}, is_met) AND claim_id NOT IN ('C03', 'C05', 'C09')"),  # noqa: S608
        Rule("Is a figure that does not pass its threshold met only where intervals overlap?",
             f"SELECT * FROM claim_evidence WHERE is_met AND NOT {PASSES} AND NOT (claim_id = 'C03' AND lower <= 0)"),  # noqa: S608
        Rule("Is every criterion of an evaluation there once?",
             "SELECT claim_id, evaluation_code, criterion FROM claim_evidence GROUP BY ALL HAVING count(*) > 1"),
        Rule("Has every verdict a criterion that decides?",
             "SELECT claim_id, evaluation_code FROM claims WHERE verdict_code <> 'not_measurable' "
             "AND (claim_id, evaluation_code) NOT IN (SELECT (claim_id, evaluation_code) FROM claim_evidence "
             "WHERE role_code IN ('supports', 'contradicts') AND is_met IS NOT NULL)"),
        Rule("Is no claim supported whose coverage fails?",
             "SELECT e.* FROM claim_evidence e JOIN claims c USING (claim_id, evaluation_code) WHERE role_code = 'coverage' "
             "AND NOT coalesce(is_met, false) AND c.verdict_code = 'supported'"),
        Rule("Does nothing that decides at the op-ed's day come later?",
             "SELECT * FROM claim_evidence WHERE evaluation_code = 'at_publication' AND role_code <> 'context' "
             "AND period_end > '2025-01-21'"),
        Rule("Does every figure lie inside its interval?", "SELECT * FROM claim_evidence WHERE value NOT BETWEEN lower AND upper"),
    ),
)  # fmt: skip


def build(verdicts: pl.DataFrame) -> pl.DataFrame:
    """Return one row per criterion of every evaluation that has any."""
    return verdicts.filter(pl.col("place").is_not_null()).select(TABLE.column_names)
