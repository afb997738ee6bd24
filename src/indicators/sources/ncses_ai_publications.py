"""Articles on artificial intelligence by country, from the US Science and Engineering Indicators 2024 (Scopus, read in April 2023).

Know before editing:
- These are transformed copies, not the bytes that NCSES publishes (see `_ncses`); the original is a zip of workbooks.
- SPBS-99: AI articles by country, year and kind of coauthorship, a hierarchy of up to four labels. SPBS-91: the same for 2003-22 in one,
  with fractional counts. SPBS-33: articles of all fields, 46 countries. Whole counting: an article counts once for each of its countries.
- Articles with domestic institutions only and those with international ones may make less than the total: incomplete addresses.
- SPBS-92 (articles of two countries) and SPBS-94 (index of collaboration) are square, of 60 countries, for 2003-22 as a whole: official
  statistics have no yearly AI series of two countries. SPBS-36 and -37 have one for all fields, in odd years, with the United States only.
- `China` has no footnote here, and no table has a row for Hong Kong or Macao, though SPBS-96 lists universities of Hong Kong, with articles
  of domestic institutions only. `Unassigned` has none such, so theirs must lie under a country: China, by all likelihood; the copies do
  not say.
- Zero is printed for years in which a state did not exist (Serbia, Montenegro; before 2007).
- Left out: 9968 (SPBS-99 without its years, garbled in conversion), 10061 (network measures, rounded to whole numbers), 10064 and 10065
  (institutions; pairs under 50 articles are printed as 0).
"""

import re
from datetime import timedelta

import polars as pl

from indicators.model import File, Source
from indicators.sources._ncses import SCHEMA, Layout, files, read_table

EDITION = 2022
LABEL = "region_country_or_economy"
YEARS = re.compile(r"field_(?P<first>\d{4})")
ODD_YEARS = re.compile(r"(?P<first>\d{4})")
PARTNERS = re.compile(r"(?P<partner>[a-z_]+)")
COUNTS = {
    "number_of_papers_whole_": "articles",
    "number_of_papers_fractional_": "fractional_articles",
    "papers_involving_multiple_institutions_whole_": "articles_multiple_institutions",
    "papers_involving_only_domestic_institutions_whole_": "articles_domestic_only",
    "papers_involving_international_institutions_whole_": "articles_international",
}
MEASURES = re.compile(f"(?P<measure>{'|'.join(COUNTS)})")
PERIOD = (2003, 2022)
LAYOUTS = {
    "10067.csv": Layout("SPBS-99", EDITION, LABEL, YEARS, measure="articles"),
    "10059.csv": Layout("SPBS-91", EDITION, LABEL, MEASURES, PERIOD, words=COUNTS, ignored=("rank", "region")),
    "10001.csv": Layout("SPBS-33", EDITION, LABEL, YEARS, measure="articles"),
    "10060.csv": Layout("SPBS-92", EDITION, LABEL, PARTNERS, PERIOD, measure="articles_together"),
    "10062.csv": Layout("SPBS-94", EDITION, LABEL, PARTNERS, PERIOD, measure="collaboration_index"),
    "10004.csv": Layout("SPBS-36", EDITION, LABEL, ODD_YEARS, measure="partner_percent_of_us"),
    "10005.csv": Layout("SPBS-37", EDITION, LABEL, ODD_YEARS, measure="us_percent_of_partner"),
}

SOURCE = Source(
    id="ncses_ai_publications",
    title="Science and Engineering Indicators 2024: AI articles by country (transformed copy, not original bytes)",
    publisher="US National Center for Science and Engineering Statistics, converted by bq-org/ncses_stats_explorer_placeholder",
    homepage="https://ncses.nsf.gov/pubs/nsb202333/",
    license="US-public-domain",
    redistribution="open",
    attribution="National Center for Science and Engineering Statistics; Science-Metrix; Elsevier, Scopus (April 2023); Science and "
    "Engineering Indicators, tables SPBS-33, -36, -37, -91, -92, -94, -99 (US government work); transformed copies of "
    "bq-org/ncses_stats_explorer_placeholder, not original bytes",
    cadence=timedelta(days=365),
    files=files(LAYOUTS),
    schema=SCHEMA,
    max_bytes=2_000_000,
)


def parse(payload: bytes, file: File) -> pl.DataFrame:
    """Return one row per label and cell: articles, an index, or per cent of articles; null where suppressed."""
    return read_table(payload, file, SOURCE.id, LAYOUTS)
