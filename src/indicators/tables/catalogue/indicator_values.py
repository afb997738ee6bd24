"""indicator_values: every figure of every indicator, each with its interval, its count and its coverage.

Know before editing: an indicator over a table that waits (for a source's first fetch, or for its terms) has no values meanwhile.
"""

import polars as pl

from indicators.model import Column, Rule, Table

TABLE = Table(
    name="indicator_values",
    title="Values of the indicators",
    description="One row per indicator, subject, dimension and period. Recompute any of them from the other tables with DuckDB alone.",
    key=("indicator_id", "subject_code", "dimension", "period_start", "period_end"),
    row_bounds=(40_000, 96_000),
    columns=(
        Column("indicator_id", pl.String, "Which figure; defined in `indicators`", links_to="indicators.indicator_id"),
        Column(
            "subject_code",
            pl.String,
            "Country (ISO 3166-1 alpha-3), a pair (USA-CHN), a named group (CHN+HKG+MAC), a group (ADV), or WLD: all there are",
            pattern=r"^[A-Z]{3}(?:[-+][A-Z]{3})*$",
        ),
        Column(
            "dimension",
            pl.String,
            "What else the figure is for: venue, benchmark, level, rule, way of dating, rating or counting; null where there is nothing",
            is_nullable=True,
        ),
        Column("period_start", pl.Date, "First day the figure speaks of"),
        Column("period_end", pl.Date, "Last day the figure speaks of"),
        Column("value", pl.Float64, "The figure, in the indicator's unit; null where it cannot be known", is_nullable=True),
        Column("lower", pl.Float64, "Lower bound; the indicator says how it is made", is_nullable=True),
        Column("upper", pl.Float64, "Upper bound; the indicator says how it is made", is_nullable=True),
        Column(
            "n",
            pl.Int64,
            "Observations behind the figure; null where the counts have a licence of their own",
            "rows",
            is_nullable=True,
            minimum=0,
        ),
        Column(
            "coverage_share", pl.Float64, "Part of the population that the figure rests on", "share", is_nullable=True, minimum=0, maximum=1
        ),
        Column(
            "basis",
            pl.List(pl.String),
            "Names that the figure rests on, such as the best model or chip, in the indicator's order; null for most counts and "
            "shares, and where nothing is known",
            is_nullable=True,
        ),
    ),
    rules=(
        Rule("Does every value lie inside its interval?", "SELECT * FROM indicator_values WHERE value NOT BETWEEN lower AND upper"),
        Rule(
            "Does every basis name something?",
            "SELECT * FROM indicator_values WHERE len(basis) = 0 OR list_contains(list_transform(basis, lambda name: trim(name)), '')",
        ),
        Rule(
            "Is n told wherever the counts may be?",
            "SELECT * FROM indicator_values WHERE (n IS NULL) <> (indicator_id = 'misuse_share')",
        ),
        Rule("Does every period begin before it ends?", "SELECT * FROM indicator_values WHERE period_start > period_end"),
        Rule(
            "Is every share a share?",
            "SELECT v.* FROM indicator_values v JOIN indicators i USING (indicator_id) "
            "WHERE i.unit = 'share' AND value NOT BETWEEN 0 AND 1",
        ),
        Rule(
            "Does every figure of a best (frontier, gap, ratio, lag, level, ceiling) name the models or chips it rests on?",
            "SELECT * FROM indicator_values WHERE value IS NOT NULL "
            "AND regexp_matches(indicator_id, '_(frontier|gap|ratio|lag_months|at_capability)$|^export_ceiling_') "
            "AND (basis IS NULL OR len(basis) = 0 OR list_count(basis) < len(basis))",
        ),
        Rule(
            "Has every indicator values, unless a table that it reads waits for its source?",
            "SELECT indicator_id FROM indicators WHERE indicator_id NOT IN (SELECT indicator_id FROM indicator_values) "
            "AND NOT (contains(sql, 'military_expenditure') AND NOT EXISTS (FROM military_expenditure)) "
            "AND NOT (contains(sql, 'public_opinion') AND NOT EXISTS (FROM public_opinion))",
        ),
    ),
)


def build(measurements: pl.DataFrame) -> pl.DataFrame:
    """Return every row that the indicators' SQL gives."""
    return measurements.select(TABLE.column_names)
