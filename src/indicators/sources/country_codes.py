"""ISO 3166-1 countries with names, regions and top-level domains.

Know before editing:
- `NA` is Namibia's code and a continent's: every cell is read as text, and only a blank is null.
- Taiwan has no row in the UN columns (region, M49) and keeps its ISO codes; its CLDR name is present.
- Column order and the list of translations change; `IGNORED` is a prefix list, so that a new language is no surprise.
"""

from datetime import timedelta

import polars as pl

from indicators.model import File, Source
from indicators.sources._csv import read_text_columns, require_unique

ALIASES = {
    "iso3_code": ["ISO3166-1-Alpha-3"],
    "iso2_code": ["ISO3166-1-Alpha-2"],
    "numeric_code": ["ISO3166-1-numeric"],
    "display_name": ["CLDR display name"],
    "official_name": ["official_name_en"],
    "un_formal_name": ["UNTERM English Formal"],
    "un_short_name": ["UNTERM English Short"],
    "region_name": ["Region Name"],
    "subregion_name": ["Sub-region Name"],
    "top_level_domain": ["TLD"],
}
IGNORED = (
    "FIFA", "Dial", "MARC", "is_independent", "GAUL", "FIPS", "WMO", "ITU", "IOC", "DS", "UNTERM Spanish Formal",
    "Global Code", "Intermediate Region Code", "official_name_fr", "UNTERM French Short", "ISO4217-currency_name",
    "UNTERM Russian Formal", "ISO4217-currency_alphabetic_code", "Small Island Developing States (SIDS)",
    "UNTERM Spanish Short", "ISO4217-currency_numeric_code", "UNTERM Chinese Formal", "UNTERM French Formal",
    "UNTERM Russian Short", "M49", "Sub-region Code", "Region Code", "official_name_ar", "ISO4217-currency_minor_unit",
    "UNTERM Arabic Formal", "UNTERM Chinese Short", "Land Locked Developing Countries (LLDC)", "Intermediate Region Name",
    "official_name_es", "official_name_cn", "ISO4217-currency_country_name", "Least Developed Countries (LDC)",
    "UNTERM Arabic Short", "official_name_ru", "Global Name", "Capital", "Continent", "Languages", "Geoname ID", "EDGAR",
    "wikidata_id",
)  # fmt: skip

SOURCE = Source(
    id="country_codes",
    title="Country codes (ISO 3166-1) with names and regions",
    publisher="Open Knowledge Foundation, datahub.io",
    homepage="https://github.com/datasets/country-codes",
    license="ODC-PDDL-1.0",
    redistribution="open",
    attribution="datasets/country-codes, Open Data Commons Public Domain Dedication and License",
    cadence=timedelta(days=90),
    files=(File("country-codes.csv", "https://raw.githubusercontent.com/datasets/country-codes/main/data/country-codes.csv"),),
    schema=dict.fromkeys(ALIASES, pl.String),
    max_bytes=5_000_000,
)


def parse(payload: bytes, _file: File) -> pl.DataFrame:
    """Return one row per country, every code and name as text."""
    rows = read_text_columns(payload, SOURCE.id, ALIASES, IGNORED)
    require_unique(rows, "iso3_code", SOURCE.id)
    return rows
