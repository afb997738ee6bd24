"""populations: inhabitants by country and year, the denominator of figures per million. CHN, HKG and MAC stay apart; Taiwan is absent."""

import polars as pl

from indicators.model import Column, Rule, Table

TABLE = Table(
    name="populations",
    title="Inhabitants by country and year",
    description="One row per ISO country and year the World Bank knows. Taiwan has no row; China excludes Hong Kong and Macao.",
    key=("country_code", "year"),
    row_bounds=(11_850, 27_900),
    max_loss_share=0.02,
    columns=(
        Column("country_code", pl.String, "Country", links_to="countries.country_code"),
        Column("year", pl.Int32, "Year", "year", minimum=1960, maximum=2100),
        Column("population", pl.Int64, "Inhabitants at mid-year", "persons", minimum=100, maximum=2_000_000_000),
    ),
    rules=(
        Rule("Is the newest year the population that `countries` gives?",
             "SELECT * FROM (SELECT country_code, max(year) AS year, arg_max(population, year) AS population FROM populations GROUP BY 1) "
             "AS n FULL JOIN (FROM countries WHERE population IS NOT NULL) c USING (country_code) "
             "WHERE n.population IS DISTINCT FROM c.population OR n.year IS DISTINCT FROM c.population_year"),
        Rule("Have China, Hong Kong and Macao rows of their own, and China no more people than the mainland?",
             "SELECT code FROM (VALUES ('CHN', 0.6e9, 1.5e9), ('HKG', 3e6, 9e6), ('MAC', 1e5, 1e6)) t(code, least, most) "
             "LEFT JOIN populations ON code = country_code WHERE coalesce(population NOT BETWEEN least AND most, true)"),
        Rule("Is Taiwan, which the World Bank leaves out, left out and not zero?", "SELECT * FROM populations WHERE country_code = 'TWN'"),
        Rule("Is no year missing between the first and the last of a country?",
             "SELECT country_code FROM populations GROUP BY 1 HAVING count(*) <> max(year) - min(year) + 1"),
        Rule("Does no country of a million grow or shrink by more than a fifth within a year since 1990 (Kuwait did, in its war)?",
             "SELECT * FROM (SELECT *, lag(population) OVER (PARTITION BY country_code ORDER BY year) AS population_before "
             "FROM populations) "
             "WHERE year >= 1990 AND population_before >= 1e6 AND abs(population / population_before - 1) > 0.2", is_warning=True),
    ),
)  # fmt: skip


def build(country_codes: pl.DataFrame, wb_population: pl.DataFrame) -> pl.DataFrame:
    """Return one row per ISO country and year; aggregates of the World Bank have no ISO code and fall away."""
    known = wb_population.filter(pl.col("iso3_code").is_in(country_codes["iso3_code"].implode()))
    return known.select("year", country_code="iso3_code", population=pl.col("value").round().cast(pl.Int64))
