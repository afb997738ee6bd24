"""military_expenditure: what countries and the world spend on their forces, in current US dollars and as part of GDP.

Know before editing:
- The world (`WLD`) is the source's own estimate and is never summed here; other aggregates fall away. Taiwan is not in the source.
- Figures are SIPRI's as the World Bank publishes them: current dollars at market rates, never to be mixed with constant prices.
- No copy is in the baseline: before a refresh the table is empty, and whole afterwards.
"""

import polars as pl

from indicators.model import Column, Rule, Table

WORLD = "WLD"
DOLLARS, PERCENT = "MS.MIL.XPND.CD", "MS.MIL.XPND.GD.ZS"
IS_EMPTY_OR_WHOLE = "Is the table whole (6,000 rows or more), or empty because its source was never fetched?"

TABLE = Table(
    name="military_expenditure",
    title="Military expenditure",
    description="One row per country and year, and per year for the world (WLD). Empty until its source is fetched.",
    key=("economy_code", "year"),
    row_bounds=(0, 17_000),
    max_loss_share=0.05,
    columns=(
        Column("economy_code", pl.String, "Country (ISO 3166-1 alpha-3), or WLD for the world as the source states it",
               pattern="^[A-Z]{3}$"),
        Column("year", pl.Int32, "Calendar year", "year", minimum=1949, maximum=2100),
        Column("expenditure_usd", pl.Float64, "Military expenditure at current prices and rates; null where not stated", "US dollars",
               is_nullable=True, minimum=0, maximum=2e13),
        Column("gdp_share", pl.Float64, "The same as part of gross domestic product; null where not stated", "share", is_nullable=True,
               minimum=0, maximum=2),
    ),
    rules=(
        Rule(IS_EMPTY_OR_WHOLE, "SELECT count(*) AS rows FROM military_expenditure HAVING count(*) BETWEEN 1 AND 5999"),
        Rule("Is every economy a country, or the world?",
             "SELECT DISTINCT economy_code FROM military_expenditure WHERE economy_code <> 'WLD' "
             "AND economy_code NOT IN (SELECT country_code FROM countries)"),
        Rule("Has every row a figure?", "SELECT * FROM military_expenditure WHERE expenditure_usd IS NULL AND gdp_share IS NULL"),
        Rule("Are figures in dollars, not millions (United States in 2000 to 2020: 200 to 900 billion a year)?",
             "SELECT * FROM military_expenditure WHERE economy_code = 'USA' AND year BETWEEN 2000 AND 2020 "
             "AND expenditure_usd NOT BETWEEN 200e9 AND 900e9"),
        Rule("Is a part of GDP a share, not percent (United States since 1990: 2 to 7%)?",
             "SELECT * FROM military_expenditure WHERE economy_code = 'USA' AND year >= 1990 AND gdp_share NOT BETWEEN 0.02 AND 0.07"),
        Rule("Is the world's expenditure known for every year since 2000 in which a country's is?",
             "SELECT year FROM military_expenditure WHERE year >= 2000 AND expenditure_usd IS NOT NULL GROUP BY year "
             "HAVING count(*) FILTER (economy_code = 'WLD') = 0", is_warning=True),
        Rule("Is the world's own figure since 2000 within a tenth of its countries' sum (some are not stated)?",
             "SELECT year, sum(expenditure_usd) FILTER (economy_code <> 'WLD') AS countries, any_value(expenditure_usd) FILTER "
             "(economy_code = 'WLD') AS world FROM military_expenditure WHERE year >= 2000 GROUP BY year "
             "HAVING countries NOT BETWEEN 0.9 * world AND 1.1 * world", is_warning=True),
        Rule("Is Taiwan there?",
             "SELECT 'TWN' AS country_code WHERE 'TWN' NOT IN (SELECT economy_code FROM military_expenditure)", is_warning=True),
    ),
)  # fmt: skip


def build(wb_military_expenditure: pl.DataFrame, countries: pl.DataFrame) -> pl.DataFrame:
    """Return one row per country or world and year with a figure in dollars, in percent of GDP, or both."""
    known = [*countries["country_code"], WORLD]
    rows = wb_military_expenditure.filter(pl.col("iso3_code").is_in(known))
    dollars, shares = (rows.filter(series=series).select("iso3_code", "year", "value") for series in (DOLLARS, PERCENT))
    joined = dollars.join(shares, on=["iso3_code", "year"], how="full", coalesce=True, suffix="_percent")
    return joined.select(
        "year",
        economy_code="iso3_code",
        expenditure_usd=pl.col("value").round(2),
        gdp_share=(pl.col("value_percent") / 100).round(8),
    )
