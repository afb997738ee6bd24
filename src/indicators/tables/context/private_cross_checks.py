"""private_cross_checks: our figures beside those of sources that may be read but not republished. Never released.

Know before editing:
- Rows of six private sources reach this table, so it lies apart from everything that is released; nothing released may be built from it.
  `indicators cross-checks` builds and prints it. It is empty where those sources were never fetched, as in a fresh clone.
- Two providers of one concept are never merged: each row names its source, and says in `how_to_read` what the two sides do not share.
- Where we have no figure of our own that may be published (investment, views of AI, tags of documents) theirs stand alone.
- A name that no country has (regions, groups, `Various countries`) is not compared.
"""

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.tables._countries import codes_by_name
from indicators.tables.context import _our_figures as ours
from indicators.tables.context import _their_figures as theirs

CHECKS = {
    "arena_gap": "points, United States minus China; ours is the month's last board by votes, theirs the month's best as read in 2025",
    "benchmark_gap": "share; ours is the best of all scores up to the year's end, of level 5 only for MATH; theirs the best single results",
    "incidents": "incidents by year of occurrence; a later archive holds more for the same year",
    "partner_rank": "rank of China among partners of the United States; ours in papers of three conferences, theirs in all articles on AI",
    "paper_ratio": "China over the United States; ours in papers of three conferences, theirs in all articles on AI, the mainland alone",
    "fabrication_share": "share; ours of exports of integrated circuits by value, theirs of capacity by site",
    "military_gdp_share": "share of GDP; ours is the World Bank's of today, theirs SIPRI's of early 2022",
    "military_usd": "US dollars of 2019, the one year in which constant prices are current ones",
    "private_investment_usd": "US dollars; two providers, no figure of ours",
    "more_benefits_share": "share seeing more benefits than drawbacks in AI products; Ipsos, online panels, no figure of ours",
    "military_documents_share": "share of enacted US federal documents tagged military and public safety; no figure of ours",
}
"""Comparison → its unit, and what the two sides do not share."""
THEIRS_ALONE = ("private_investment_usd", "more_benefits_share", "military_documents_share")
CODES = {"world": "WLD"} | {code.lower(): code for code in ("USA-CHN", "CHN-USA", "USA", "CHN", "TWN", "KOR", "JPN", "DEU", "ITA", "NLD")}
"""Subjects that are codes already."""

TABLE = Table(
    name="private_cross_checks",
    title="Our figures beside those that may not be republished",
    description="One row per comparison, subject, detail, period and source. Stays on the machine that fetched the sources.",
    key=("check_code", "subject_code", "detail", "period_end", "their_source_id"),
    row_bounds=(0, 20_000),
    max_loss_share=1.0,
    is_released=False,
    columns=(
        Column("check_code", pl.String, "Which comparison", values=tuple(CHECKS)),
        Column("subject_code", pl.String, "Country (alpha-3), WLD for the world, or a pair", pattern=r"^[A-Z]{3}(?:-[A-Z]{3})?$"),
        Column("detail", pl.String, "What else the figure is for"),
        Column("period_end", pl.Date, "Last day the figures speak of"),
        Column("our_value", pl.Float64, "Our figure; null where theirs stands alone", is_nullable=True),
        Column("their_value", pl.Float64, "Their figure"),
        Column("difference", pl.Float64, "Ours minus theirs; null where theirs stands alone", is_nullable=True),
        Column("their_source_id", pl.String, "Whose figure it is"),
        Column("how_to_read", pl.String, "Unit, and what the two sides do not share"),
    ),
    rules=(
        Rule("Is China as far behind on our boards as on theirs, within 40 points?",
             "SELECT * FROM private_cross_checks WHERE check_code = 'arena_gap' AND abs(difference) > 40", is_warning=True),
        Rule("Do we count at least the incidents of an earlier archive, and no more than twice as many?",
             "SELECT * FROM private_cross_checks WHERE check_code = 'incidents' AND our_value NOT BETWEEN their_value AND 2 * their_value",
             is_warning=True),
        Rule("Is China the same partner by rank in conferences as in articles?",
             "SELECT * FROM private_cross_checks WHERE check_code = 'partner_rank' AND difference <> 0", is_warning=True),
        Rule("Is military expenditure within half a point of GDP of SIPRI's?",
             "SELECT * FROM private_cross_checks WHERE check_code = 'military_gdp_share' AND abs(difference) > 0.005", is_warning=True),
        Rule("Are dollars of 2019 within a twentieth of SIPRI's?",
             "SELECT * FROM private_cross_checks WHERE check_code = 'military_usd' AND abs(difference) > 0.05 * their_value",
             is_warning=True),
        Rule("Do two providers of investment agree within a half?",
             "SELECT subject_code, period_end, min(their_value) AS least, max(their_value) AS most FROM private_cross_checks "
             "WHERE check_code = 'private_investment_usd' GROUP BY ALL HAVING most > 1.5 * least", is_warning=True),
    ),
)  # fmt: skip


def build(  # noqa: PLR0913 - parameters name inputs
    *,
    stanford_ai_index: pl.DataFrame,
    eto_cat: pl.DataFrame,
    eto_cross_border: pl.DataFrame,
    eto_agora: pl.DataFrame,
    eto_semiconductor_supply_chain: pl.DataFrame,
    owid_sipri_milex: pl.DataFrame,
    indicator_values: pl.DataFrame,
    aiid: pl.DataFrame,
    paper_counts: pl.DataFrame,
    paper_pairs: pl.DataFrame,
    military_expenditure: pl.DataFrame,
    country_codes: pl.DataFrame,
    reference_country_aliases: pl.DataFrame,
) -> pl.DataFrame:
    """Return every figure of theirs that one of ours stands beside, and those that stand alone."""
    printed = pl.concat([
        theirs.of_stanford(stanford_ai_index), theirs.of_activity(eto_cat), theirs.of_pairs(eto_cross_border),
        theirs.of_documents(eto_agora), theirs.of_supply_chain(eto_semiconductor_supply_chain), theirs.of_sipri(owid_sipri_milex),
    ])  # fmt: skip
    own = pl.concat([
        ours.of_indicators(indicator_values), ours.of_incidents(aiid), ours.of_papers(paper_counts, paper_pairs),
        ours.of_forces(military_expenditure),
    ], how="diagonal")  # fmt: skip
    known = codes_by_name(country_codes, reference_country_aliases) | CODES
    return _beside(_placed(printed, known), own)


def _placed(printed: pl.DataFrame, known: dict[str, str]) -> pl.DataFrame:
    """Their figures of countries, pairs and the world, under codes."""
    name = pl.col("subject_name").str.to_lowercase()
    coded = printed.with_columns(subject_code=name.replace_strict(known, default=None, return_dtype=pl.String))
    return coded.filter(pl.col("subject_code").is_not_null())


def _beside(printed: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """Theirs with ours, where there is one; those that stand alone without."""
    both = printed.join(own, on=["check_code", "subject_code", "detail", "period_end"], how="left")
    kept = both.filter(pl.col("our_value").is_not_null() | pl.col("check_code").is_in(THEIRS_ALONE))
    return kept.with_columns(
        pl.col("our_value", "their_value").round(6),
        difference=(pl.col("our_value") - pl.col("their_value")).round(6),
        how_to_read=pl.col("check_code").replace_strict(CHECKS, return_dtype=pl.String),
    ).select(TABLE.column_names)
