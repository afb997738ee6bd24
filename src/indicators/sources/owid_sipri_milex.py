"""SIPRI's military expenditure as Our World in Data kept it: constant 2019 US dollars and share of GDP, 1949 to 2020.

Know before editing:
- SIPRI's terms allow short excerpts, no table: private. Nothing of it is released, kept in the baseline, or counted for freshness.
- Values are US dollars of 2019, not millions, and not current dollars: only for 2019 may they stand beside a series in current prices.
- Groups and the world stand among the countries (`GROUPS`, closed). `World` is read, never summed: countries are missing in many years.
- A blank is unknown. Czechoslovakia and others ended; Taiwan has its own row. Dollars per head are current ones and are not read.
- A share of GDP can exceed one: Kuwait in 1991, 117 %.
- A public workbook of 1949–2024 was edited by who put it up again: do not use it.
"""

from datetime import timedelta

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._csv import numbers, read_text_columns
from indicators.sources._eto import require_keys

ALIASES = {
    "country_name": ["Entity"],
    "year": ["Year"],
    "expenditure_usd_2019": ["military_expenditure"],
    "gdp_share": ["military_expenditure_share_gdp"],
}
IGNORED = ("military_expenditure_per_capita",)
GROUPS = ("Africa", "Asia", "Europe", "NATO members", "North America", "Oceania", "South America", "World")
HIGHEST_GDP_SHARE = 1.2
"""Kuwait's of 1991, rounded up: a higher one was not printed as a percentage."""
WORLD_AT_LEAST = 1e11
"""A world below this is in millions, whatever the header says."""
ADDRESS = "https://raw.githubusercontent.com/owid/owid-datasets/master/datasets/SIPRI%20Military%20Expenditure%20Database"

SOURCE = Source(
    id="owid_sipri_milex",
    title="SIPRI Military Expenditure Database, as kept by Our World in Data",
    publisher="SIPRI; Our World in Data",
    homepage="https://www.sipri.org/databases/milex",
    license="SIPRI terms of use: non-commercial, limited excerpts",
    redistribution="noncommercial",
    attribution="SIPRI Military Expenditure Database; processed by Our World in Data",
    cadence=timedelta(days=365),
    files=(File("sipri_military_expenditure.csv", f"{ADDRESS}/SIPRI%20Military%20Expenditure%20Database.csv"),),
    schema={
        "country_name": pl.String,
        "is_group": pl.Boolean,
        "year": pl.Int64,
        "expenditure_usd_2019": pl.Float64,
        "gdp_share": pl.Float64,
    },
    max_bytes=5_000_000,
)


def parse(payload: bytes, _file: File) -> pl.DataFrame:
    """Return one row per country or group and year: expenditure in US dollars of 2019, and its share of GDP (0.03 is 3 %)."""
    rows = read_text_columns(payload, SOURCE.id, ALIASES, IGNORED)
    rows = numbers(rows, ["year", "expenditure_usd_2019", "gdp_share"], SOURCE.id)
    rows = rows.with_columns(pl.col("year").cast(pl.Int64), (pl.col("gdp_share") / 100).round(6))
    require_keys(rows, ["country_name", "year"], SOURCE.id)
    _require_plausible(rows)
    return rows.with_columns(is_group=pl.col("country_name").is_in(GROUPS)).select(list(SOURCE.schema))


def _require_plausible(rows: pl.DataFrame) -> None:
    """Raise BadPayload where a key is blank, a figure is negative, a share implausible, or the world's dollars are millions."""
    bad = rows.filter(
        pl.any_horizontal(pl.col("country_name", "year").is_null())
        | (pl.col("expenditure_usd_2019") < 0)
        | ~pl.col("gdp_share").is_between(0, HIGHEST_GDP_SHARE)
    )
    if bad.height:
        raise BadPayload(f"{SOURCE.id}: {bad.height} rows are out of range, e.g. {bad.row(0)}; upstream must be asked")
    world = rows.filter((pl.col("country_name") == "World") & (pl.col("expenditure_usd_2019") < WORLD_AT_LEAST))
    if world.height:
        raise BadPayload(f"{SOURCE.id}: the world spent {world['expenditure_usd_2019'][0]:g} dollars; the unit is not US dollars any more")
