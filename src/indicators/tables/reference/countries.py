"""countries: ISO 3166-1, one row a country, with what denominators need. CHN, HKG, MAC and TWN stay apart."""

import polars as pl

from indicators.model import Column, Rule, Table

TABLE = Table(
    name="countries",
    title="Countries and territories",
    description="ISO 3166-1 countries and territories with region, newest population and GDP. China excludes Hong Kong and Macao.",
    key=("country_code",),
    row_bounds=(240, 260),
    max_loss_share=0.02,
    columns=(
        Column("country_code", pl.String, "ISO 3166-1 alpha-3 code", pattern="^[A-Z]{3}$"),
        Column("iso2_code", pl.String, "ISO 3166-1 alpha-2 code; NA is Namibia", pattern="^[A-Z]{2}$"),
        Column("country_name", pl.String, "Common English name (Unicode CLDR), written out"),
        Column("region_name", pl.String, "UN region; null for Antarctica", is_nullable=True),
        Column("subregion_name", pl.String, "UN sub-region; null for Antarctica", is_nullable=True),
        Column("top_level_domain", pl.String, "Internet country-code domain", is_nullable=True, pattern=r"^\.[a-z]{2}$"),
        Column("population", pl.Int64, "Inhabitants; null where the World Bank has none (Taiwan among them)", "persons", True, minimum=1),
        Column("population_year", pl.Int32, "Year of the population", "year", is_nullable=True, minimum=1990, maximum=2100),
        Column("gdp_usd", pl.Float64, "Gross domestic product, current US dollars; null where unknown", "US dollars", True, minimum=1e6),
        Column("gdp_year", pl.Int32, "Year of the GDP", "year", is_nullable=True, minimum=1970, maximum=2100),
    ),
    rules=(
        Rule(
            "Are China, Hong Kong, Macao and Taiwan countries of their own?",
            "SELECT code AS country_code FROM (VALUES ('CHN'), ('HKG'), ('MAC'), ('TWN')) t(code) "
            "WHERE code NOT IN (SELECT country_code FROM countries)",
        ),
        Rule(
            "Has every population a year, and every GDP?",
            "SELECT * FROM countries WHERE (population IS NULL) <> (population_year IS NULL) OR (gdp_usd IS NULL) <> (gdp_year IS NULL)",
        ),
        Rule(
            "Is the United States between 300 and 400 million people?",
            "SELECT * FROM countries WHERE country_code = 'USA' AND coalesce(population, 0) NOT BETWEEN 300e6 AND 400e6",
        ),
    ),
)

WRITTEN_OUT = {"US": "United States", "UK": "United Kingdom"}


def build(country_codes: pl.DataFrame, wb_population: pl.DataFrame, wb_gdp: pl.DataFrame) -> pl.DataFrame:
    """Return one row per ISO country; aggregates of the World Bank have no ISO code and fall away."""
    newest = wb_population.sort("year").group_by("iso3_code").last()
    population = newest.select("iso3_code", population=pl.col("value").round().cast(pl.Int64), population_year="year")
    gdp = wb_gdp.select("iso3_code", gdp_usd=pl.col("value").round(2), gdp_year="year")
    joined = country_codes.join(population, on="iso3_code", how="left").join(gdp, on="iso3_code", how="left")
    return joined.select(
        "iso2_code",
        "region_name",
        "subregion_name",
        "top_level_domain",
        "population",
        "population_year",
        "gdp_usd",
        "gdp_year",
        country_code="iso3_code",
        country_name=pl.col("display_name").replace(WRITTEN_OUT),
    )
