"""CSET's Country Activity Tracker (CAT): articles, patent applications and private investment in AI by country, field and year.

Know before editing:
- Non-commercial terms: private. Nothing of it is released, kept in the baseline, or counted for freshness.
- History is rewritten between releases (85 % of the complete article cells of two captures differ): compare within one capture only.
- `Congo` names two countries; in 2026-04 its rows repeat 16 keys, in 2024-12 they do not. Rows of a name in `AMBIGUOUS` are set aside
  whatever the capture, since nobody can say whose they are, and every other key that repeats stops the refresh.
- Articles mix countries with groups, whose names change (`Asia Pacific` → `Asia`): `GROUPS` is the closed list of all seen. Investment and
  patents have countries only; `Hong Kong` stands in the patents of 2024-12 alone. There is no row for the world: shares need their own.
- `is_complete` is false for years that are not over for the provider: articles end 2–3 years, patents 5 years before the capture.
- Members come and go (the 2026-04 archive lacks two); lines end in CRLF. Citations and sums over years are not read.
"""

from collections.abc import Mapping
from datetime import timedelta

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._csv import read_text_columns, require_words
from indicators.sources._eto import LICENSE, PUBLISHER, flags, require_keys, whole_numbers
from indicators.sources._zip import members

READ: Mapping[str, tuple[str, str]] = {
    "publications_yearly_articles.csv": ("articles", "num_articles"),
    "patents_yearly_applications.csv": ("patent_applications", "num_patent_applications"),
    "companies_yearly_estimated.csv": ("investment_musd", "estimated_investment"),
}
"""Member → our metric and the column of its value; investment is in million US dollars."""
IGNORED = (
    "companies_summary.csv", "companies_yearly_disclosed.csv", "patents_summary.csv", "patents_yearly_granted.csv",
    "publications_summary.csv", "publications_yearly_citations.csv",
)  # fmt: skip
AMBIGUOUS = ("Congo",)
"""Names that stand for two countries: their rows are nobody's."""
GROUPS = (
    "ASEAN", "Africa", "Asia", "Asia Pacific", "EU", "Europe", "Five Eyes", "Global Partnership on Artificial Intelligence",
    "Latin America and the Caribbean", "NATO", "North America and the Caribbean", "Northern America", "OECD", "Oceania", "Quad",
    "South and Central America",
)  # fmt: skip
ARTICLE_FIELDS = ("AI Safety", "All", "Computer Vision", "Large language models", "Natural Language Processing", "Robotics")
KEY = ("metric_code", "country_name", "field", "year")

SOURCE = Source(
    id="eto_cat",
    title="Country Activity Tracker: Artificial Intelligence",
    publisher=PUBLISHER,
    homepage="https://cat.eto.tech/",
    license=LICENSE,
    redistribution="noncommercial",
    attribution="CSET Emerging Technology Observatory, Country Activity Tracker (CAT), CC BY-NC 4.0",
    cadence=timedelta(days=30),
    files=(File("cat.zip", "https://zenodo.org/records/19103157/files/cat.zip?download=1"),),
    schema={
        "metric_code": pl.String,
        "country_name": pl.String,
        "is_group": pl.Boolean,
        "field": pl.String,
        "year": pl.Int64,
        "value": pl.Int64,
        "is_complete": pl.Boolean,
    },
)


def parse(payload: bytes, _file: File) -> pl.DataFrame:
    """Return one row per metric, country or group, field and year: articles, applications, or million US dollars as estimated upstream."""
    found = members(payload, SOURCE.id)
    unknown, gone = sorted(set(found) - set(READ) - set(IGNORED)), sorted(set(READ) - set(found))
    if unknown or gone:
        told = f"unknown members {unknown}, missing members {gone} in the archive"
        raise BadPayload(f"{SOURCE.id}: {told}; read the release's notes, then adapt READ or IGNORED")
    rows = pl.concat([_metric(found[name], name) for name in sorted(READ)])
    rows = rows.filter(~pl.col("country_name").is_in(AMBIGUOUS))
    require_keys(rows, KEY, SOURCE.id)
    _require_countries_only(rows)
    return rows.with_columns(is_group=pl.col("country_name").is_in(GROUPS)).select(list(SOURCE.schema))


def _metric(payload: bytes, name: str) -> pl.DataFrame:
    """The rows of one member in our words."""
    metric, column = READ[name]
    told = f"{SOURCE.id}: {name}"
    columns = {"country_name": ["country"], "field": ["field"], "year": ["year"], "value": [column], "is_complete": ["complete"]}
    rows = read_text_columns(payload, told, columns)
    if metric == "articles":
        require_words(rows, "field", ARTICLE_FIELDS, told)
    rows = flags(whole_numbers(rows, ["year", "value"], told), ["is_complete"], told)
    if rows.select(pl.any_horizontal(pl.all().is_null()).any()).item():
        raise BadPayload(f"{told}: a cell is blank; upstream must be asked")
    return rows.with_columns(metric_code=pl.lit(metric))


def _require_countries_only(rows: pl.DataFrame) -> None:
    """Raise BadPayload where investment or patents suddenly have groups, which would count a country twice."""
    mixed = rows.filter((pl.col("metric_code") != "articles") & pl.col("country_name").is_in(GROUPS))
    if mixed.height:
        raise BadPayload(
            f"{SOURCE.id}: groups {mixed['country_name'].unique().sort().to_list()[:3]} outside articles; adapt what sums them"
        )
