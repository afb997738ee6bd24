"""World Bank: GDP (current US$) (NY.GDP.MKTP.CD), newest year per country.

Know before editing: 265 codes include aggregates (WLD, EUU, …), which the countries table leaves out; Taiwan is absent
(null, not zero); China excludes Hong Kong and Macao.
"""

from datetime import timedelta

import polars as pl

from indicators.model import File, Source
from indicators.sources._world_bank import SCHEMA, parse_newest

SOURCE = Source(
    id="wb_gdp",
    title="GDP (current US$) (NY.GDP.MKTP.CD)",
    publisher="World Bank, packaged by datahub.io",
    homepage="https://data.worldbank.org/indicator/NY.GDP.MKTP.CD",
    license="CC-BY-4.0",
    redistribution="open",
    attribution="The World Bank: World Development Indicators: GDP (NY.GDP.MKTP.CD), CC BY 4.0; packaged by datasets/gdp (ODC-PDDL-1.0)",
    cadence=timedelta(days=90),
    files=(File("gdp.csv", "https://raw.githubusercontent.com/datasets/gdp/main/data/gdp.csv"),),
    schema=SCHEMA,
    max_bytes=5_000_000,
)


def parse(payload: bytes, _file: File) -> pl.DataFrame:
    """Return one row per code with its newest year and value."""
    return parse_newest(payload, SOURCE.id)
