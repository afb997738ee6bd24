"""The TOP500 lists of supercomputers, June 1993 to November 2018, read as aggregates: systems and performance by country.

Know before editing:
- All rights reserved: no row of a system leaves `parse`, which returns a list's countries with counts and shares. A country with one
  system has no share of the performance: that would be the system's own.
- Three encodings: UTF-8 up to June 2004, Latin-1 up to November 2007, Mac Roman since. `_text` refuses what is saved otherwise.
- Performance (Rmax) is GFlop/s up to November 2016 and TFlop/s, with another header, since: shares need no unit. Thousands may have commas.
- Columns are renamed and added between lists; `IGNORED` holds every one seen. Some lists end in a row of blanks.
- `Saudi Arabia` is spelt `Saudia Arabia` in older lists. Hong Kong, Taiwan and Puerto Rico stand apart.
- The series ends in 2018 because the public copy does, and it must not simply go on: from about 2020 China hardly submits systems, so its
  shares and everybody's are biased. `parse` refuses later lists until that is stated where they are shown.
- The server has spreadsheets (`.xls`, `.xlsx`) of the same lists; these are tables saved from them, so nothing needs a reader of Excel.
"""

from datetime import date, timedelta

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._csv import numbers, read_text_columns
from indicators.sources._text import cells, comma_separated, decoded

SYSTEMS = 500
BIASED_FROM = date(2020, 6, 1)
UTF8_UNTIL, LATIN_UNTIL = date(2004, 6, 1), date(2007, 11, 1)
ALIASES = {"rank": ["Rank"], "country_name": ["Country"], "rmax": ["RMax", "Rmax", "Rmax [TFlop/s]"]}
IGNORED = (
    "Site", "Manufacturer", "Computer", "Year", "Processors", "RPeak", "Rpeak", "Rpeak [TFlop/s]", "Nmax", "Nhalf", "Processor Family",
    "Processor", "Proc. Frequency", "Processor Cores", "System Family", "System Model", "Operating System", "OS Family", "Architecture",
    "Segment", "Application Area", "Interconnect Family", "Interconnect", "Region", "Continent", "Cores", "Power", "Power (kW)",
    "Measured Size", "Accelerator", "Name", "Total Cores", "Accelerator Cores", "Effeciency (%)", "Efficiency (%)", "Mflops/Watt",
    "Processor Technology", "Processor Speed (MHz)", "Cores per Socket", "Processor Generation", "Previous Rank", "First Appearance",
    "First Rank", "Accelerator/Co-Processor Cores", "Accelerator/Co-Processor", "Power Source", "HPCG [TFlop/s]",
    "Power Effeciency [GFlops/Watts]", "Site ID", "System ID",
)  # fmt: skip
COPY = "https://raw.githubusercontent.com/lass-lab/Top500-analysis-dataset/f632b4651d946b7a5ceb248a31c26fa7e89b5a0f/data/top500/tsv"
LISTS = tuple(date(year, month, 1) for year in range(1993, 2019) for month in (6, 11))

SOURCE = Source(
    id="top500",
    title="TOP500 lists of supercomputers, by country",
    publisher="TOP500.org",
    homepage="https://www.top500.org/lists/top500/",
    license="All rights reserved",
    redistribution="aggregates_only",
    attribution="TOP500.org, TOP500 lists 1993 to 2018, in a public copy (lass-lab/Top500-analysis-dataset); own aggregates",
    cadence=timedelta(days=365),
    files=tuple(File(f"TOP500_{day:%Y%m}.tsv", f"{COPY}/TOP500_{day:%Y%m}.tsv", as_of_date=day) for day in LISTS),
    schema={
        "list_month": pl.Date,
        "country_name": pl.String,
        "system_count": pl.Int32,
        "rmax_share": pl.Float64,
    },
    max_bytes=2_000_000,
)


def parse(payload: bytes, file: File) -> pl.DataFrame:
    """Return one row per country of a list: its systems, and its share of the list's performance where they are two or more."""
    told, month = f"{SOURCE.id}: {file.name}", _month(file)
    systems = _systems(payload, month, told)
    total = systems["rmax"].sum()
    countries = systems.sort("rmax", "country_name").group_by("country_name", maintain_order=True)
    share = pl.when(pl.len() > 1).then((pl.col("rmax").sum() / total).round(6))
    shares = countries.agg(system_count=pl.len().cast(pl.Int32), rmax_share=share)
    return shares.with_columns(list_month=pl.lit(month)).sort("country_name").select(list(SOURCE.schema))


def _month(file: File) -> date:
    """The list's month, from the file's name; raises BadPayload for a list whose bias is not stated yet."""
    try:
        month = date(int(file.name[7:11]), int(file.name[11:13]), 1)
    except ValueError as error:
        raise BadPayload(f"{SOURCE.id}: {file.name!r} names no list; lists are called TOP500_<year><month>.tsv") from error
    if month >= BIASED_FROM:
        remedy = "state it in sql/indicators/supercomputing_share.sql and in the rules of supercomputer_shares before raising BIASED_FROM"
        raise BadPayload(f"{SOURCE.id}: {file.name}: China hardly submits systems since about 2020, so shares are biased; {remedy}")
    return month


def _systems(payload: bytes, month: date, told: str) -> pl.DataFrame:
    """The systems of a list with their performance; raises BadPayload unless there are 500, ranked and placed."""
    encoding = "utf-8" if month <= UTF8_UNTIL else "latin-1" if month <= LATIN_UNTIL else "mac_roman"
    rows = cells(decoded(payload, encoding, told), "\t", told)
    texts = read_text_columns(comma_separated(rows, told), told, ALIASES, IGNORED)
    is_grouped = pl.col("rmax").str.contains(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
    plain = pl.when(is_grouped).then(pl.col("rmax").str.replace_all(",", "")).otherwise("rmax")
    systems = numbers(texts.with_columns(plain.alias("rmax")), ["rank", "rmax"], told)
    if systems["rank"].sort().to_list() != list(range(1, SYSTEMS + 1)):
        raise BadPayload(f"{told}: {systems.height} systems whose ranks are not 1 to {SYSTEMS}, each once; look at the newest snapshot")
    unplaced = systems.filter(pl.col("country_name").is_null() | (pl.col("rmax") > 0).not_().fill_null(value=True))
    if unplaced.height:
        raise BadPayload(f"{told}: ranks {unplaced['rank'].to_list()[:5]} have no country or no performance; upstream must be asked")
    return systems
