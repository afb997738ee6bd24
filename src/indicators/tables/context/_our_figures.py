"""Our own figures that private sources are compared with, in one shape. Only for `private_cross_checks`.

Each function returns `check_code`, `subject_code`, `detail`, `period_end`, `our_value`.
"""

import polars as pl

BENCHMARKS = {"mmlu": "MMLU", "math_level_5": "MATH"}
"""Our benchmark → the nearest of theirs."""
VOTES = ("unweighted", "reweighted")
"""How ratings are made that are not controlled for style."""


def of_indicators(values: pl.DataFrame) -> pl.DataFrame:
    """Gaps between the United States and China, and shares of chip exports."""
    known = values.filter(pl.col("value").is_not_null())
    arena = known.filter(pl.col("dimension").is_in(VOTES), indicator_id="arena_gap").with_columns(
        detail=pl.lit("overall"), month=pl.col("period_end").dt.month_end()
    )
    bench = known.filter(pl.col("dimension").is_in(list(BENCHMARKS)), indicator_id="benchmark_gap").with_columns(
        detail=pl.col("dimension").replace(BENCHMARKS), month=_year_end(pl.col("period_end").dt.year())
    )
    chips = known.filter(indicator_id="ic_export_share").with_columns(detail=pl.lit("all"), month=pl.col("period_end"))
    return pl.concat([_last(arena, "arena_gap"), _last(bench, "benchmark_gap"), _last(chips, "fabrication_share")])


def of_incidents(aiid: pl.DataFrame) -> pl.DataFrame:
    """Incidents by year of occurrence."""
    dated = aiid.filter(pl.col("occurred_date").is_not_null()).unique("incident_id")
    counted = dated.group_by(period_end=_year_end(pl.col("occurred_date").dt.year())).agg(value=pl.len())
    return _ours(counted.with_columns(subject_code=pl.lit("WLD"), detail=pl.lit("all")), "incidents")


def of_papers(paper_counts: pl.DataFrame, paper_pairs: pl.DataFrame) -> pl.DataFrame:
    """Papers of the three conferences together: China over the United States, and China's rank among American partners."""
    counts = paper_counts.with_columns(period_end=_year_end(pl.col("year"))).group_by("period_end").agg(
        value=_papers("CHN") / _papers("USA"), american=_papers("USA")
    )  # fmt: skip
    ratio = counts.filter(pl.col("american") > 0).with_columns(subject_code=pl.lit("CHN-USA"), detail=pl.lit("AI"))
    names = ("country_code_a", "country_code_b")
    pairs = paper_pairs.filter(pl.any_horizontal(pl.col(names) == "USA")).with_columns(
        partner=pl.when(pl.col(names[0]) == "USA").then(names[1]).otherwise(names[0]), period_end=_year_end(pl.col("year"))
    )
    totals = pairs.group_by("period_end", "partner").agg(pl.col("paper_count").sum())
    ranked = totals.with_columns(value=pl.col("paper_count").rank("min", descending=True).over("period_end")).filter(partner="CHN")
    return pl.concat([
        _ours(ratio, "paper_ratio"),
        _ours(ranked.with_columns(subject_code=pl.lit("USA-CHN"), detail=pl.lit("AI")), "partner_rank"),
    ])  # fmt: skip


def of_forces(military_expenditure: pl.DataFrame) -> pl.DataFrame:
    """Military expenditure as part of GDP, and in dollars."""
    rows = military_expenditure.with_columns(subject_code="economy_code", period_end=_year_end(pl.col("year")), detail=pl.lit("all"))
    checks = {"military_gdp_share": "gdp_share", "military_usd": "expenditure_usd"}
    parts = [_ours(rows.with_columns(value=column).filter(pl.col("value").is_not_null()), check) for check, column in checks.items()]
    return pl.concat(parts)


def _papers(country: str) -> pl.Expr:
    return pl.col("paper_count").filter(pl.col("country_code") == country).sum()


def _last(values: pl.DataFrame, check: str) -> pl.DataFrame:
    """The last figure of each subject, detail and `month` (any period's end)."""
    last = values.sort("period_end", "dimension").group_by("subject_code", "detail", "month", maintain_order=True).last()
    return _ours(last.with_columns(period_end="month"), check)


def _ours(rows: pl.DataFrame, check: str) -> pl.DataFrame:
    return rows.select("subject_code", "detail", "period_end", check_code=pl.lit(check), our_value=pl.col("value").cast(pl.Float64))


def _year_end(year: pl.Expr) -> pl.Expr:
    return pl.date(year, 12, 31)
