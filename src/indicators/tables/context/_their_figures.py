"""Figures of sources that may be read but not republished, in one shape. Only for `private_cross_checks`.

Each function returns `check_code`, `subject_name`, `detail`, `period_end`, `their_source_id`, `their_value`.
"""

import polars as pl

USA, CHINA = ("United States",), ("China", "China (mainland)")
BILLION, MILLION = 1e9, 1e6
CONSTANT_PRICES_OF = 2019
"""The one year in which SIPRI's constant dollars are current ones."""


def of_stanford(figures: pl.DataFrame) -> pl.DataFrame:
    """Gaps of boards and benchmarks, incidents, investment, and views of AI."""
    figure, year = pl.col("figure"), _year_end(pl.col("period").str.slice(0, 4).cast(pl.Int32))
    month = pl.col("period").str.to_date("%Y-%m", strict=False).dt.month_end()
    rows = figures.filter(pl.col("value").is_not_null()).with_columns(period_end=pl.when(figure == "2.1.36").then(month).otherwise(year))
    return pl.concat([
        _gaps(rows.filter(figure == "2.1.36").with_columns(measure=pl.lit("overall")), "arena_gap"),
        _gaps(rows.filter(figure == "2.1.37"), "benchmark_gap"),
        _facts(rows.filter(figure == "3.2.1").with_columns(subject=pl.lit("World")), "incidents", "all", "value"),
        _facts(rows.filter(figure == "4.3.10"), "private_investment_usd", "all", pl.col("value") * BILLION),
        _facts(rows.filter(figure == "8.1.2"), "more_benefits_share", "Ipsos", "value"),
    ]).with_columns(their_source_id=pl.lit("stanford_ai_index"))  # fmt: skip


def of_activity(rows: pl.DataFrame) -> pl.DataFrame:
    """Articles, China over the United States, and investment; complete years only, fields together."""
    whole = rows.filter("is_complete", field="All", is_group=False).with_columns(period_end=_year_end(pl.col("year")))
    articles, invested = whole.filter(metric_code="articles"), whole.filter(metric_code="investment_musd")
    chinese = articles.filter(pl.col("country_name").is_in(CHINA)).select("period_end", chinese="value")
    american = articles.filter(pl.col("country_name").is_in(USA)).rename({"value": "american"})
    ratio = american.join(chinese, on="period_end").with_columns(subject=pl.lit("CHN-USA"))
    invested = invested.filter(pl.col("country_name").is_in((*USA, *CHINA))).with_columns(
        subject=pl.col("country_name").replace(CHINA[1], CHINA[0])
    )
    return pl.concat([
        _facts(ratio, "paper_ratio", "AI", pl.col("chinese") / pl.col("american")),
        _facts(invested, "private_investment_usd", "all", pl.col("value") * MILLION),
    ]).with_columns(their_source_id=pl.lit("eto_cat"))  # fmt: skip


def of_pairs(rows: pl.DataFrame) -> pl.DataFrame:
    """The rank of China among the partners of the United States in AI articles, complete years only."""
    american = rows.filter("is_complete", field="Artificial intelligence").filter(pl.any_horizontal(_pair().is_in(USA)))
    ranked = american.with_columns(rank=pl.col("articles").rank("min", descending=True).over("year"))
    chinese = ranked.filter(pl.any_horizontal(_pair().is_in(CHINA))).with_columns(
        subject=pl.lit("USA-CHN"), period_end=_year_end(pl.col("year"))
    )
    return _facts(chinese, "partner_rank", "AI", "rank").with_columns(their_source_id=pl.lit("eto_cross_border"))


def of_documents(rows: pl.DataFrame) -> pl.DataFrame:
    """The part of enacted federal documents of the United States that is tagged military, by year; all, and the validated alone."""
    enacted = rows.filter(activity="Enacted").filter(pl.col("collections").list.contains("U.S. federal laws"))
    enacted = enacted.with_columns(period_end=_year_end(pl.col("activity_date").dt.year()), subject=pl.lit(USA[0]))
    kinds = (("all tags", enacted), ("validated tags", enacted.filter("is_validated")))
    share = pl.col("is_military").mean().alias("share")
    parts = [_facts(kept.group_by("subject", "period_end").agg(share), "military_documents_share", kind, "share") for kind, kept in kinds]
    return pl.concat(parts).with_columns(their_source_id=pl.lit("eto_agora"))


def of_supply_chain(rows: pl.DataFrame) -> pl.DataFrame:
    """Shares of countries in fabrication, by site; a share without its year is not compared."""
    countries = rows.filter(provider_type="country").select("provider_id")
    made = rows.filter(input_id="S2").filter(pl.col("share").is_not_null() & pl.col("year").is_not_null())
    made = made.join(countries, on="provider_id", how="semi").with_columns(subject="provider_name", period_end=_year_end(pl.col("year")))
    return _facts(made, "fabrication_share", "all", "share").with_columns(their_source_id=pl.lit("eto_semiconductor_supply_chain"))


def of_sipri(rows: pl.DataFrame) -> pl.DataFrame:
    """Military expenditure as part of GDP; in dollars only for the year in which constant prices are current ones."""
    rows = rows.with_columns(subject="country_name", period_end=_year_end(pl.col("year")))
    dollars = rows.filter(pl.col("expenditure_usd_2019").is_not_null(), year=CONSTANT_PRICES_OF)
    shares = rows.filter(pl.col("gdp_share").is_not_null())
    facts = [_facts(shares, "military_gdp_share", "all", "gdp_share"), _facts(dollars, "military_usd", "all", "expenditure_usd_2019")]
    return pl.concat(facts).with_columns(their_source_id=pl.lit("owid_sipri_milex"))


def _gaps(rows: pl.DataFrame, check: str) -> pl.DataFrame:
    """United States minus China, by measure and period; one side alone makes no gap."""
    american, chinese = (rows.filter(pl.col("subject").is_in(names)) for names in (USA, CHINA))
    both = american.join(chinese, on=["measure", "period_end"], suffix="_chinese").with_columns(subject=pl.lit("USA-CHN"))
    return _facts(both, check, pl.col("measure"), pl.col("value") - pl.col("value_chinese"))


def _facts(rows: pl.DataFrame, check: str, detail: str | pl.Expr, value: str | pl.Expr) -> pl.DataFrame:
    """Rows with `subject` and `period_end` in the common shape."""
    stated = pl.lit(detail) if isinstance(detail, str) else detail
    number = pl.col(value) if isinstance(value, str) else value
    return rows.select(
        check_code=pl.lit(check),
        subject_name=pl.col("subject"),
        detail=stated.cast(pl.String),
        period_end=pl.col("period_end"),
        their_value=number.cast(pl.Float64),
    )


def _pair() -> pl.Expr:
    return pl.col("country_name_a", "country_name_b")


def _year_end(year: pl.Expr) -> pl.Expr:
    return pl.date(year, 12, 31)
