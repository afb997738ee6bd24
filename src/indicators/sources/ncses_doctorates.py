"""US research doctorates to holders of temporary visas: counts and intentions to stay, from the Survey of Earned Doctorates.

Know before editing:
- These are transformed copies, not the bytes that NCSES publishes (see `_ncses`); its own workbooks are not read.
- Table 2-8 (intention to stay, by citizenship) and 7-7 (counts of the first ten citizenships, by field) come in two editions, of 2022 and
  2023; the newer one revises the older by a few doctorates. SLBR-28 is the only table with computer sciences and intentions; it knows three
  periods of several years, and no field by citizenship. 1-7 counts the holders of temporary visas by field, year by year.
- Intentions are of everybody on a temporary visa, those who did not answer among them, says the 2023 edition; the 2022 edition says
  of those who answered, yet has the same figures. They are no stay rates: nobody looked where these people live.
- `China` carries footnote `a`, whose text is not in the copy. No table has a row for Hong Kong or Macao; Taiwan has one.
- A blank figure is suppressed. `0.0` per cent of 0 recipients is printed too, and is no share.
- What `Other` of a region holds differs between editions: countries are listed if they had five recipients in every year of the table.
- Left out: 1851 and 5001 (garbled in conversion), 11693 (institutions), 11696 (ranks of the counts in 2-8), 9909 and 9910 (students
  enrolled, not doctorates; one year, rounded to tens), and the repository's catalogue.
"""

import re
from datetime import timedelta

import polars as pl

from indicators.model import File, Source
from indicators.sources._ncses import SCHEMA, Layout, files, read_table

YEARS = re.compile(r"field_(?P<first>\d{4})")
STAYING = re.compile(r"field_(?P<first>\d{4})(?:_(?P<last>\d{2}))?_(?P<measure>number|staying)")
PLANS = re.compile(
    r"field_temporary_residents_(?P<measure>doctorate_recipients_number|plans_to_stay|definite_commitments_to_stay)"
    r"_(?P<first>\d{4})_(?P<last>\d{2})"
)
WORDS = {
    "number": "recipients",
    "staying": "staying_percent",
    "doctorate_recipients_number": "recipients",
    "plans_to_stay": "staying_percent",
    "definite_commitments_to_stay": "committed_percent",
}
LAYOUTS = {
    "11762.csv": Layout("2-8", 2023, "_b_region_and_country_or_economy_of_citizenship_b", STAYING, words=WORDS),
    "9582.csv": Layout("2-8", 2022, "_b_country_or_economy_of_citizenship_b", STAYING, words=WORDS),
    "11695.csv": Layout("7-7", 2023, "_b_country_or_economy_and_field_b", YEARS, measure="recipients"),
    "9597.csv": Layout("7-7", 2022, "_b_country_or_economy_and_field_b", YEARS, measure="recipients"),
    "9453.csv": Layout("1-7", 2022, "_b_field_and_citizenship_status_b", YEARS, measure="recipients", ignored=("field__change_2012_22",)),
    "11025.csv": Layout("SLBR-28", 2021, "_b_field_and_country_or_economy_of_origin_b", PLANS, words=WORDS),
}

SOURCE = Source(
    id="ncses_doctorates",
    title="Survey of Earned Doctorates: recipients on temporary visas (transformed copy, not original bytes)",
    publisher="US National Center for Science and Engineering Statistics, converted by bq-org/ncses_stats_explorer_placeholder",
    homepage="https://ncses.nsf.gov/surveys/earned-doctorates/",
    license="US-public-domain",
    redistribution="open",
    attribution="National Center for Science and Engineering Statistics, Survey of Earned Doctorates, tables 1-7, 2-8, 7-7, SLBR-28 "
    "(US government work); transformed copies of bq-org/ncses_stats_explorer_placeholder, not original bytes",
    cadence=timedelta(days=365),
    files=files(LAYOUTS),
    schema={name: dtype for name, dtype in SCHEMA.items() if name != "partner_name"},
    max_bytes=2_000_000,
)


def parse(payload: bytes, file: File) -> pl.DataFrame:
    """Return one row per label, period and measure: recipients as a number, intentions in per cent, null where suppressed."""
    return read_table(payload, file, SOURCE.id, LAYOUTS).drop("partner_name")
