"""publication_counts: articles by country and year in official statistics, and with whom they were written.

Know before editing:
- Whole counting: an article counts once for each of its countries, so countries add up to more than the world. Fractional counts exist for
  the whole period only.
- `domestic_only` and `international` may add up to less than `total`: articles with incomplete addresses are in neither.
- Countries, the world and the rest are told apart by `area_kind_code`. Kosovo, the former Serbia and Montenegro, the Gaza Strip and the
  West Bank have no ISO code of their own here.
- The source prints zero for years in which an area did not exist; the curated `area_spans.csv` makes them null, and a figure there stops
  the build.
"""

import polars as pl

from indicators.model import Column, ContractBroken, Rule, Table
from indicators.tables._countries import codes_by_name, country_code

TOTAL = "Total articles"
ATTRIBUTES = {
    TOTAL: "total",
    "With multiple institutions": "multiple_institutions",
    "With domestic institutions only": "domestic_only",
    "With international institutions": "international",
}
PERIOD_MEASURES = {
    "articles": "total",
    "fractional_articles": "total",
    "articles_multiple_institutions": "multiple_institutions",
    "articles_domestic_only": "domestic_only",
    "articles_international": "international",
}
FIELDS = {"SPBS-99": "artificial_intelligence", "SPBS-91": "artificial_intelligence", "SPBS-33": "all"}
KINDS = ("world", "country", "other", "unassigned")
NO_COUNTRY = {"World": "world", "Unassigned": "unassigned"} | dict.fromkeys(
    ("Kosovo", "Serbia and Montenegro", "Gaza Strip", "West Bank"), "other"
)  # fmt: skip
KEY = ("field_code", "area_name", "first_year", "last_year", "attribute_code")

TABLE = Table(
    name="publication_counts",
    title="Articles by country in official statistics",
    description="One row per field, country (or the world), period and kind of coauthorship: articles in journals and conference "
    "proceedings as NCSES counts them in Scopus. From transformed copies of its tables. China is as the source has it: Hong Kong and "
    "Macao have no row of their own and seem to be in it; Taiwan is apart.",
    key=KEY,
    row_bounds=(16_000, 38_000),
    columns=(
        Column("field_code", pl.String, "Field of the articles (artificial intelligence by Scopus' classification of journals)",
               values=("all", "artificial_intelligence")),
        Column("area_name", pl.String, "Country, economy, the world or what is left, as printed without the mark of a footnote"),
        Column("area_kind_code", pl.String,
               "Whether that is a country; world: all articles; other: an area without a code of its own; unassigned: an address without "
               "country", values=KINDS),
        Column("country_code", pl.String, "Country of an author's institution; null where the area is none",
               is_nullable=True, links_to="countries.country_code"),
        Column("has_footnote", pl.Boolean, "True where the name is printed with a footnote, whose text is not in the copies"),
        Column("first_year", pl.Int32, "First year of publication", unit="year", minimum=2003, maximum=2030),
        Column("last_year", pl.Int32, "Last year of publication", unit="year", minimum=2003, maximum=2030),
        Column("attribute_code", pl.String,
               "total; multiple_institutions: two or more addresses; domestic_only: all addresses in the area; international: addresses in "
               "several countries", values=tuple(ATTRIBUTES.values())),
        Column("article_count", pl.Int64, "Whole counting; null for years in which the area did not exist",
               unit="articles", is_nullable=True, minimum=0, maximum=5_000_000),
        Column("article_share_sum", pl.Float64,
               "Fractional counting: each article's 1 split over its authors' countries; null but for totals of the whole period",
               unit="articles", is_nullable=True, minimum=0, maximum=5_000_000),
        Column("table_code", pl.String, "Table of NCSES that the row is from", values=tuple(FIELDS)),
    ),
    rules=(
        Rule("Are domestic and international articles together no more than all (less where addresses are incomplete)?",
             "SELECT field_code, area_name, first_year, last_year FROM publication_counts GROUP BY ALL HAVING sum(article_count) FILTER "
             "(attribute_code IN ('domestic_only', 'international')) > any_value(article_count) FILTER (attribute_code = 'total')"),
        Rule("Have articles of several countries several institutions, and are they no more than all?",
             "FROM (PIVOT (SELECT field_code, area_name, first_year, last_year, attribute_code, article_count FROM publication_counts) "
             "ON attribute_code IN ('total', 'multiple_institutions', 'international') USING sum(article_count)) "
             "WHERE international > multiple_institutions OR multiple_institutions > total"),
        Rule("Do single years make the whole period?",
             "SELECT p.area_name, p.attribute_code FROM publication_counts p JOIN publication_counts y "
             "USING (field_code, area_name, attribute_code) WHERE p.last_year > p.first_year AND y.first_year = y.last_year "
             "GROUP BY p.area_name, p.attribute_code, p.article_count HAVING sum(y.article_count) <> p.article_count"),
        Rule("Do fractional counts of all areas make the world (rounding aside), and whole counts no less?",
             "SELECT field_code, first_year, last_year FROM publication_counts WHERE attribute_code = 'total' AND field_code <> 'all' "
             "GROUP BY ALL HAVING abs(sum(article_share_sum) FILTER (area_kind_code <> 'world') - sum(article_share_sum) FILTER "
             "(area_kind_code = 'world')) > 10 OR sum(article_count) FILTER (area_kind_code <> 'world') "
             "< sum(article_count) FILTER (area_kind_code = 'world')"),
        Rule("Has a country a code, and nothing else one?",
             "SELECT * FROM publication_counts WHERE (area_kind_code = 'country') <> (country_code IS NOT NULL)"),
        Rule("Are China and Taiwan told apart in every year, and still no row for Hong Kong or Macao (else say where theirs went)?",
             "SELECT field_code, first_year, last_year FROM publication_counts GROUP BY ALL "
             "HAVING count(DISTINCT country_code) FILTER (country_code IN ('CHN', 'TWN')) < 2 OR bool_or(country_code IN ('HKG', 'MAC'))"),
        Rule("Has the unassigned rest no article of domestic institutions only (else Hong Kong may be there, not in China)?",
             "SELECT * FROM publication_counts WHERE area_kind_code = 'unassigned' AND attribute_code = 'domestic_only' "
             "AND article_count > 0"),
        Rule("Are articles on artificial intelligence fewer than those of all fields?",
             "SELECT a.* FROM publication_counts a JOIN publication_counts b USING (area_name, first_year, last_year, attribute_code) "
             "WHERE a.field_code = 'artificial_intelligence' AND b.field_code = 'all' AND a.article_count > b.article_count"),
        Rule("Is every name printed without a footnote that nobody has read?",
             "SELECT DISTINCT area_name, country_code FROM publication_counts WHERE has_footnote", is_warning=True),
    ),
)  # fmt: skip


def build(
    ncses_ai_publications: pl.DataFrame,
    country_codes: pl.DataFrame,
    reference_country_aliases: pl.DataFrame,
    reference_area_spans: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row per field, area, period and attribute; raises ContractBroken for labels nobody knows."""
    rows = ncses_ai_publications.filter(pl.col("table_code").is_in(list(FIELDS)))
    counted = _known(_counted(_described(rows)), reference_area_spans)
    kinds = counted["area_name"].replace_strict(NO_COUNTRY, default="country", return_dtype=pl.String)
    names = counted["area_name"].set(kinds != "country", None)
    codes = country_code(names, codes_by_name(country_codes, reference_country_aliases), TABLE.name)
    return counted.with_columns(kinds.alias("area_kind_code"), codes.alias("country_code"))


def _described(rows: pl.DataFrame) -> pl.DataFrame:
    """Add area, footnote and attribute as the labels say them."""
    second, last = pl.col("path").list.get(1, null_on_oob=True), pl.col("path").list.last()
    place = pl.when(second.is_null() | (second == TOTAL)).then(0).otherwise(1)
    is_yearly = pl.col("first_year") == pl.col("last_year")
    by_label = last.replace_strict(ATTRIBUTES, default=None, return_dtype=pl.String)
    by_measure = pl.col("measure_code").replace_strict(PERIOD_MEASURES, default=None, return_dtype=pl.String)
    described = rows.with_columns(
        area_name=pl.col("path").list.get(place),
        has_footnote=pl.col("marks").list.get(place).is_not_null(),
        field_code=pl.col("table_code").replace_strict(FIELDS),
        attribute_code=pl.when(is_yearly).then(by_label).otherwise(by_measure),
    )
    unknown = described.filter(pl.col("attribute_code").is_null())["path"].to_list()
    if unknown:
        raise ContractBroken(f"{TABLE.name}: unknown kind of coauthorship in {unknown[:3]}; add it to ATTRIBUTES")
    return described


def _counted(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per key, with whole and fractional counts apart."""
    is_whole = pl.col("measure_code") != "fractional_articles"
    return rows.group_by(*KEY, "table_code", maintain_order=True).agg(
        pl.col("has_footnote").any(),
        article_count=pl.col("value").filter(is_whole).first().cast(pl.Int64),
        article_share_sum=pl.col("value").filter(~is_whole).first(),
    )


def _known(rows: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Make counts of years in which an area did not exist null; raises ContractBroken where one is no zero."""
    years = spans.select("area_name", exists_from=pl.col("first_year").cast(pl.Int32), exists_to=pl.col("last_year").cast(pl.Int32))
    joined = rows.join(years, on="area_name", how="left")
    is_before, is_after = pl.col("last_year") < pl.col("exists_from"), pl.col("first_year") > pl.col("exists_to")
    is_outside = pl.any_horizontal(is_before, is_after).fill_null(value=False)
    counted = joined.filter(is_outside & (pl.col("article_count") > 0))
    if counted.height:
        told = counted.select("area_name", "first_year", "article_count").head(3).to_dicts()
        raise ContractBroken(f"{TABLE.name}: articles where data/reference/area_spans.csv knows no area, e.g. {told}; correct the span")
    return joined.with_columns(pl.when(~is_outside).then(pl.col("article_count")).alias("article_count")).drop("exists_from", "exists_to")
