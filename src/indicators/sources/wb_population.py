"""World Bank: Population, total (SP.POP.TOTL), every year per country.

Know before editing: 265 codes include aggregates (WLD, EUU, …), which the tables leave out; Taiwan is absent
(null, not zero); China excludes Hong Kong and Macao.
"""

from datetime import timedelta

import polars as pl

from indicators.model import File, Source
from indicators.sources._world_bank import SCHEMA, parse_years

SOURCE = Source(
    id="wb_population",
    title="Population, total (SP.POP.TOTL)",
    publisher="World Bank, packaged by datahub.io",
    homepage="https://data.worldbank.org/indicator/SP.POP.TOTL",
    license="CC-BY-4.0",
    redistribution="open",
    attribution="The World Bank: World Development Indicators: Population (SP.POP.TOTL), CC BY 4.0; packaged by datahub.io (ODC-PDDL-1.0)",
    cadence=timedelta(days=90),
    files=(File("population.csv", "https://raw.githubusercontent.com/datasets/population/main/data/population.csv"),),
    schema=SCHEMA,
    max_bytes=5_000_000,
)


def parse(payload: bytes, _file: File) -> pl.DataFrame:
    """Return one row per code and year with a known value."""
    return parse_years(payload, SOURCE.id)
