"""publication_pairs: how much two countries write together in official statistics.

Know before editing:
- Articles on artificial intelligence are known for 2003-22 as a whole only: no yearly series of two countries exists. Articles of all
  fields are known in odd years, as shares, with the United States on one side.
- A row is directed: `partner_share` is of the first country's international articles. The counts and the index are the same both ways.
- The diagonal of the source's square tables is 0 and means nothing; a zero elsewhere is a count.
"""

import polars as pl

from indicators.model import Column, ContractBroken, Rule, Table
from indicators.tables._countries import codes_by_name, country_code

US = "United States"
FIELDS = {"SPBS-92": "artificial_intelligence", "SPBS-94": "artificial_intelligence", "SPBS-36": "all", "SPBS-37": "all"}
KEY = ("field_code", "country_code", "partner_country_code", "first_year", "last_year")
PERCENT = ("partner_percent_of_us", "us_percent_of_partner")

TABLE = Table(
    name="publication_pairs",
    title="Articles of two countries in official statistics",
    description="One row per field, country, partner and period: articles with authors' institutions in both, as NCSES counts them in "
    "Scopus. Artificial intelligence for 2003-22 as a whole and 60 countries; all fields in odd years with the United States. From "
    "transformed copies. China seems to include Hong Kong and Macao, which have no row; Taiwan is apart.",
    key=KEY,
    row_bounds=(3_200, 7_600),
    columns=(
        Column("field_code", pl.String, "Field of the articles", values=("all", "artificial_intelligence")),
        Column("country_code", pl.String, "Country whose articles these are", links_to="countries.country_code"),
        Column("partner_country_code", pl.String, "Country they are written with", links_to="countries.country_code"),
        Column("first_year", pl.Int32, "First year of publication", unit="year", minimum=2003, maximum=2030),
        Column("last_year", pl.Int32, "Last year of publication", unit="year", minimum=2003, maximum=2030),
        Column("article_count", pl.Int64, "Articles of both, whole counting; null for all fields, where only shares are printed",
               unit="articles", is_nullable=True, minimum=0, maximum=1_000_000),
        Column("collaboration_index", pl.Float64,
               "Articles of both over what the two countries' international articles would lead to expect; null for all fields",
               is_nullable=True, minimum=0, maximum=100),
        Column("partner_share", pl.Float64,
               "Part of the country's international articles that have an author in the partner: computed from the counts for artificial "
               "intelligence, as printed for all fields; null where the country has no international article",
               unit="share", is_nullable=True, minimum=0, maximum=1),
    ),
    rules=(
        Rule("Do both countries of a pair have the same articles and index?",
             "SELECT a.* FROM publication_pairs a LEFT JOIN publication_pairs b ON a.country_code = b.partner_country_code "
             "AND b.country_code = a.partner_country_code AND a.field_code = b.field_code AND a.first_year = b.first_year "
             "WHERE a.field_code <> 'all' AND (a.article_count IS DISTINCT FROM b.article_count "
             "OR a.collaboration_index IS DISTINCT FROM b.collaboration_index)"),
        Rule("Does the index follow from the counts, as its definition says (rounding aside)?",
             "WITH totals AS (SELECT coalesce(country_code, 'world') AS code, article_count FROM publication_counts WHERE attribute_code = "
             "'international' AND last_year > first_year AND field_code <> 'all' AND area_kind_code IN ('country', 'world')) "
             "SELECT p.* FROM publication_pairs p JOIN totals x ON x.code = country_code JOIN totals y ON y.code = partner_country_code "
             "JOIN totals w ON w.code = 'world' WHERE abs(p.article_count / x.article_count * w.article_count / y.article_count "
             "- collaboration_index) > 0.005001"),
        Rule("Is no country its own partner?", "SELECT * FROM publication_pairs WHERE country_code = partner_country_code"),
        Rule("Is artificial intelligence there for the whole period only, and all fields for single years with the United States?",
             "SELECT * FROM publication_pairs WHERE (field_code = 'all') <> (first_year = last_year) "
             "OR field_code = 'all' AND 'USA' NOT IN (country_code, partner_country_code)"),
        Rule("Are China and Taiwan told apart, and still no row for Hong Kong or Macao?",
             "SELECT field_code FROM publication_pairs GROUP BY ALL HAVING NOT bool_or(country_code = 'CHN') "
             "OR field_code <> 'all' AND NOT bool_or(country_code = 'TWN') OR bool_or(country_code IN ('HKG', 'MAC'))"),
    ),
)  # fmt: skip


def build(
    ncses_ai_publications: pl.DataFrame,
    publication_counts: pl.DataFrame,
    country_codes: pl.DataFrame,
    reference_country_aliases: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row per field, country, partner and period; raises ContractBroken for a country name nobody knows."""
    named = _named(ncses_ai_publications.filter(pl.col("table_code").is_in(list(FIELDS))))
    known = codes_by_name(country_codes, reference_country_aliases)
    codes = {name: country_code(named[name], known, TABLE.name) for name in ("country_code", "partner_country_code")}
    pairs = _paired(named.with_columns(**codes).filter(pl.col("country_code") != pl.col("partner_country_code")))
    international = publication_counts.filter(pl.col("attribute_code") == "international", pl.col("country_code").is_not_null())
    counts = international.select("field_code", "country_code", "first_year", "last_year", international_count="article_count")
    joined = pairs.join(counts, on=["field_code", "country_code", "first_year", "last_year"], how="left")
    missing = joined.filter((pl.col("field_code") != "all") & pl.col("international_count").is_null())["country_code"]
    if missing.len():
        told = missing.unique().sort().to_list()[:5]
        raise ContractBroken(f"{TABLE.name}: no international articles in publication_counts for {told}; the two tables' names differ")
    share = pl.when(pl.col("international_count") > 0).then(pl.col("article_count") / pl.col("international_count")).round(6)
    return joined.with_columns(partner_share=pl.coalesce("partner_share", share)).select(TABLE.column_names)


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the names of country and partner, which stand in different places in each table."""
    label = pl.col("path").list.first()
    is_of_us = pl.col("measure_code") == PERCENT[0]
    return rows.with_columns(
        field_code=pl.col("table_code").replace_strict(FIELDS),
        country_code=pl.when(is_of_us).then(pl.lit(US)).otherwise(label),
        partner_country_code=pl.when(is_of_us).then(label).when(pl.col("measure_code") == PERCENT[1]).then(pl.lit(US))
        .otherwise("partner_name"),
    )  # fmt: skip


def _paired(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per key, with a column for each measure."""
    value, measure = pl.col("value"), pl.col("measure_code")
    return rows.group_by(KEY, maintain_order=True).agg(
        article_count=value.filter(measure == "articles_together").first().cast(pl.Int64),
        collaboration_index=value.filter(measure == "collaboration_index").first(),
        partner_share=(value.filter(measure.is_in(PERCENT)).first() / 100).round(6),
    )
