"""talent_origins: published figures on where leading AI researchers studied and work, one row a figure, with its sampling error.

Know before editing:
- No open source lets these be computed: rows of persons were never published. The figures are quoted, curated in
  `data/reference/talent_origins.csv` one row per figure and page, and a figure on several pages is one row here with all its addresses.
- Origin is the country of the undergraduate degree: no birth, no citizenship, and never an affiliation. In 2022 China is 47% of origins
  and 28% of workplaces in the same sample; a text with "trains 38%" contradicts every publication of the study.
- The study ended with NeurIPS 2022: later figures under its name are unproven. Its elite is 0.5% of submissions in edition 1.0 and 2% in
  edition 2.0; the two are different tiers and make no series.
- The half-width is the binomial one, as if authors were drawn one by one. They cluster in papers and the design effect was never
  published, so it is a lower bound of the true uncertainty; shares are printed in whole per cent, which is not in it either.
- WIRED's coauthor counts lie far below every count by affiliation, ours included: kept, marked, and in no indicator.
"""

import polars as pl

from indicators.model import Column, ContractBroken, Table
from indicators.tables.researchers._talent_rules import RULES

DEFINITIONS = {
    "undergraduate": "Country of the undergraduate degree: neither birth nor citizenship, and never an affiliation",
    "graduate_school": "Country of the graduate school, of those with an undergraduate degree from China",
    "work": "Country of the institution an author works at, as the study found it: never an origin",
    "follow_up_work": "Country of work in 2025 of authors with an undergraduate degree from China who worked at US institutions in 2019",
    "us_china_coauthored_papers": "Papers with coauthors of US and of Chinese institutions, as the study found them",
    "analysed_papers": "Papers that the study looked at",
    "sample_authors": "Authors in the sample",
    "sample_papers": "Papers in the sample",
    "accepted_papers": "Papers that the conference accepted",
}
SAMPLED_STAGES = ("undergraduate", "graduate_school", "work", "follow_up_work")
FAR_BELOW = "far_below_affiliation_counts"
WHOLE = ("cohort_year", "count", "sample_size")
IDENTITY = (
    "study_code", "edition", "cohort_name", "cohort_year", "tier_code", "population_code", "stage_code", "country_code", "region_name",
)  # fmt: skip
FIGURE = ("share", "count", "sample_size")
NORMAL_95 = 1.96

TABLE = Table(
    name="talent_origins",
    title="Published figures on origins and workplaces of AI researchers",
    description="One row per published figure. Origin is the country of the undergraduate degree and is kept apart from work. Quoted facts"
    " of MacroPolo's Global AI Talent Tracker (copyright Paulson Institute), a follow-up by Carnegie and counts by WIRED.",
    key=(*IDENTITY, "variant"),
    row_bounds=(46, 108),
    max_loss_share=0.02,
    columns=(
        Column("study_code", pl.String, "Whose figure it is", values=("macropolo", "carnegie_follow_up", "wired_coauthorship")),
        Column("edition", pl.String, "Edition of the study: 1.0 and 2.0, or the year", pattern=r"^(?:[12]\.0|20\d{2})$"),
        Column("cohort_name", pl.String, "Conference whose authors or papers are meant", pattern=r"^NeurIPS 20\d{2}$"),
        Column("cohort_year", pl.Int32, "Its year", unit="year", minimum=2019, maximum=2030),
        Column("tier_code", pl.String, "Which papers: accepted (about 20% of submissions); the elite of edition 1.0 (0.5%), or that of 2.0"
               " (orals, 2%), which are not comparable; all; or not told",
               values=("top_20", "elite_half_percent", "elite_2_percent", "all_accepted", "unstated")),
        Column("population_code", pl.String, "Of whom the figure is a share: all of the tier, or a part of it",
               values=("all", "at_us_institutions", "china_undergraduate", "chinese_origin_at_us_institutions")),
        Column("population_note", pl.String, "The same in words", pattern=r"\S"),
        Column("stage_code", pl.String, "What is told of them, or what is counted", values=tuple(DEFINITIONS)),
        Column("definition", pl.String, "The stage in words", values=tuple(DEFINITIONS.values())),
        Column("country_code", pl.String, "Country; null for a region, and for counts of no country. Whether China includes Hong Kong,"
               " Macao or Taiwan is not told", is_nullable=True, links_to="countries.country_code"),
        Column("region_name", pl.String, "Region as printed, where it is no country; its countries are not told", is_nullable=True,
               values=("Europe", "Other")),
        Column("variant", pl.Int32, "1, or the place among figures that differ between pages", minimum=1, maximum=9),
        Column("is_disputed", pl.Boolean, "True where pages differ on the figure"),
        Column("share", pl.Float64, "Share of the population; null for counts of no share", "share", is_nullable=True, minimum=0,
               maximum=1),
        Column("share_basis_code", pl.String, "Printed, or computed from printed counts; null without a share", is_nullable=True,
               values=("published", "computed")),
        Column("count", pl.Int32, "Persons or papers, where a count is printed", "persons or papers", is_nullable=True, minimum=1),
        Column("sample_size", pl.Int32, "Authors in the sample, or papers analysed, that the share is of; null where not known",
               "persons or papers", is_nullable=True, minimum=1),
        Column("half_width", pl.Float64, "Half of the 95% interval of a binomial share; the design effect is unknown (authors cluster in"
               " papers), so this is a lower bound of the uncertainty; null without a known sample", "share", is_nullable=True, minimum=0,
               maximum=0.5),
        Column("interval_code", pl.String, "What the half-width is", values=("binomial_design_effect_unknown", "none")),
        Column("caveat_code", pl.String, "Mark of a figure that stands against all others", is_nullable=True, values=(FAR_BELOW,)),
        Column("source_kind_codes", pl.List(pl.String), "Who says so: publisher, study_author, press"),
        Column("urls", pl.List(pl.String), "Every page with this figure"),
    ),
    rules=RULES,
)  # fmt: skip


def build(reference_talent_origins: pl.DataFrame) -> pl.DataFrame:
    """Return one row per figure, whatever the number of pages; raises ContractBroken for a cell that is no number."""
    figures = _typed(reference_talent_origins).group_by(*IDENTITY, *FIGURE).agg(
        population_note=pl.col("population_note").min(),
        source_kind_codes=pl.col("source_kind_code").unique().sort(),
        urls=pl.col("url").unique().sort(),
    )  # fmt: skip
    figures = figures.sort(*IDENTITY, *FIGURE).with_columns(
        variant=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over(IDENTITY),
        is_disputed=pl.len().over(IDENTITY) > 1,
        definition=pl.col("stage_code").replace_strict(DEFINITIONS, default=None, return_dtype=pl.String),
        caveat_code=pl.when(pl.col("stage_code") == "us_china_coauthored_papers").then(pl.lit(FAR_BELOW)),
    )
    return _with_intervals(figures).select(TABLE.column_names)


def _typed(rows: pl.DataFrame) -> pl.DataFrame:
    """The curated cells in the types of the contract."""
    types = {**dict.fromkeys(WHOLE, pl.Int32), "share": pl.Float64}
    for name, dtype in types.items():
        value = pl.col(name).cast(dtype, strict=False)
        bad = rows.filter(pl.col(name).is_not_null() & value.is_null())[name].to_list()
        if bad:
            raise ContractBroken(f"{TABLE.name}: {name} is {bad[:3]} in data/reference/talent_origins.csv, which is no number; correct it")
        rows = rows.with_columns(value)
    return rows


def _with_intervals(figures: pl.DataFrame) -> pl.DataFrame:
    """Add shares of printed counts, and half-widths where persons were sampled and their number is known."""
    printed, computed = pl.col("share"), (pl.col("count") / pl.col("sample_size")).round(6)
    basis = pl.when(printed.is_not_null()).then(pl.lit("published")).when(computed.is_not_null()).then(pl.lit("computed"))
    figures = figures.with_columns(share=pl.coalesce(printed, computed), share_basis_code=basis)
    share, size = pl.col("share"), pl.col("sample_size")
    half_width = (NORMAL_95 * (share * (1 - share) / size).sqrt()).round(6)
    figures = figures.with_columns(half_width=pl.when(pl.col("stage_code").is_in(SAMPLED_STAGES)).then(half_width))
    code = pl.when(pl.col("half_width").is_not_null()).then(pl.lit("binomial_design_effect_unknown")).otherwise(pl.lit("none"))
    return figures.with_columns(interval_code=code)
