"""semiconductor_trade: who exports integrated circuits (HS 8542), and where Taiwan's go. Own shares; no value of a country.

Know before editing:
- The terms of UN Comtrade and of Taiwan's Customs let out own shares only.
- In a year in which a large exporter does not report, all shares are null: the total is not the world's. 2024 lacks Taiwan and Singapore.
- Hong Kong ships on what others made, a fifth of the total; `export_share_without_hkg` leaves it out. Singapore does so in part, too.
- Exports say where a chip was shipped from, tested or packaged included; never who designed it, nor how advanced it is.
- A year of Taiwan's that is not over ends with `period_end`, and its figures are preliminary.
"""

from datetime import date

import polars as pl

from indicators.model import Column, ContractBroken, Rule, Table
from indicators.tables._countries import codes_by_name, country_code

FLOWS = ("world_exports", "taiwan_exports")

TABLE = Table(
    name="semiconductor_trade",
    title="Exports of integrated circuits, as shares",
    description="One row per flow, year and country: shares of the reported world's exports of integrated circuits (HS 8542) of its nine"
    " largest exporters, and shares of Taiwan's exports by destination. Own shares over UN Comtrade and Taiwan Customs.",
    key=("flow_code", "year", "country_code"),
    row_bounds=(236, 554),
    max_loss_share=0.05,
    is_aggregate=True,
    columns=(
        Column("flow_code", pl.String, "world_exports: the country's part of the reported world; taiwan_exports: of Taiwan's exports",
               values=FLOWS),
        Column("year", pl.Int32, "Year", "year", minimum=2013, maximum=2100),
        Column("country_code", pl.String, "Exporter, or destination of Taiwan's exports; Taiwan is Comtrade's reporter 490",
               links_to="countries.country_code"),
        Column("period_end", pl.Date, "Last day that the year's figures cover", minimum=date(2013, 12, 31)),
        Column("is_reported", pl.Boolean, "Whether the exporter's figures are there; always true for Taiwan's exports"),
        Column("export_share", pl.Float64, "Part of the flow; null in a year in which a large exporter does not report", "share",
               is_nullable=True, minimum=0, maximum=0.6),
        Column("export_share_without_hkg", pl.Float64, "Part of the reported world without Hong Kong's re-exports; null for Hong Kong, "
               "for Taiwan's exports, and where the share is", "share", is_nullable=True, minimum=0, maximum=0.6),
        Column("counterpart_count", pl.Int32, "Reporters in the year, or destinations", "countries", minimum=50, maximum=250),
        Column("coverage_share", pl.Float64, "Part of the exports known: for the world, what this year's reporters exported of the last "
               "complete year (the first: of the next one); for Taiwan, what has a named destination", "share", minimum=0, maximum=1),
    ),
    rules=(
        Rule("Are all shares of a year null, and none zero, where a large exporter does not report?",
             "SELECT t.* FROM semiconductor_trade t JOIN (SELECT year, bool_and(is_reported) AS is_whole FROM semiconductor_trade "
             "WHERE flow_code = 'world_exports' GROUP BY ALL) USING (year) WHERE flow_code = 'world_exports' "
             "AND ((export_share IS NOT NULL) <> is_whole OR export_share <= 0)"),
        Rule("Does a year with shares cover 95% of the exports of the one beside it?",
             "SELECT * FROM semiconductor_trade WHERE export_share IS NOT NULL AND coverage_share < 0.95"),
        Rule("Are the nine large exporters in every year, Taiwan among them, with over 60% of the world and less than all?",
             "SELECT year, count(*) AS exporters, sum(export_share) AS together FROM semiconductor_trade WHERE flow_code = 'world_exports' "
             "GROUP BY ALL HAVING exporters <> 9 OR NOT list_contains(list(country_code), 'TWN') OR together NOT BETWEEN 0.6 AND 1"),
        Rule("Is the share without Hong Kong what is left once its re-exports are out of the total?",
             "SELECT t.* FROM semiconductor_trade t JOIN semiconductor_trade h ON h.year = t.year AND h.flow_code = t.flow_code "
             "AND h.country_code = 'HKG' WHERE t.flow_code = 'world_exports' AND (t.export_share_without_hkg IS NOT NULL) <> "
             "(t.export_share IS NOT NULL AND t.country_code <> 'HKG') "
             "OR abs(t.export_share / (1 - h.export_share) - t.export_share_without_hkg) > 1e-5"),
        Rule("Does Hong Kong ship on between a tenth and a quarter of the reported world?",
             "SELECT * FROM semiconductor_trade WHERE flow_code = 'world_exports' AND country_code = 'HKG' "
             "AND export_share NOT BETWEEN 0.1 AND 0.25"),
        Rule("Did 144 reporters state 2013, Taiwan with 12.4% of it?",
             "SELECT * FROM (SELECT 2013 AS year, 'TWN' AS country_code) LEFT JOIN (FROM semiconductor_trade WHERE flow_code = "
             "'world_exports') USING (year, country_code) WHERE counterpart_count IS DISTINCT FROM 144 "
             "OR round(export_share, 3) IS DISTINCT FROM 0.124"),
        Rule("Do China and Hong Kong take between two fifths and two thirds of Taiwan's exports in every year?",
             "SELECT year, sum(export_share) FILTER (country_code IN ('CHN', 'HKG')) AS together FROM semiconductor_trade "
             "WHERE flow_code = 'taiwan_exports' GROUP BY ALL HAVING coalesce(together, 0) NOT BETWEEN 0.4 AND 0.667"),
        Rule("Do Taiwan's destinations stay apart from one another, China from Hong Kong, and below all of its exports?",
             "SELECT year, sum(export_share) AS together FROM semiconductor_trade WHERE flow_code = 'taiwan_exports' GROUP BY ALL "
             "HAVING together NOT BETWEEN 0.9 AND 1 OR NOT list_has_all(list(country_code), ['CHN', 'HKG', 'USA'])"),
        Rule("Does every period end in its year?", "SELECT * FROM semiconductor_trade WHERE year(period_end) <> year"),
        Rule("Has every large exporter reported?",
             "SELECT year, country_code, counterpart_count, coverage_share FROM semiconductor_trade WHERE NOT is_reported",
             is_warning=True),
        Rule("Is every year whole?",
             "SELECT DISTINCT flow_code, year, period_end FROM semiconductor_trade WHERE period_end < make_date(year, 12, 31)",
             is_warning=True),
    ),
)  # fmt: skip


def build(trade_hs8542: pl.DataFrame, country_codes: pl.DataFrame, reference_country_aliases: pl.DataFrame) -> pl.DataFrame:
    """Return one row per flow, year and country; raises ContractBroken where a name or the months of a year are unknown."""
    known = codes_by_name(country_codes, reference_country_aliases)
    shares = trade_hs8542.filter(pl.col("flow_code").is_in(FLOWS))
    periods = trade_hs8542.filter(flow_code="taiwan_period").select("year", "last_month")
    placed = shares.with_columns(country_code=country_code(shares["country_name"], known, TABLE.name))
    ended = placed.join(periods, on="year", how="left", suffix="_of_taiwan").with_columns(
        last_month=pl.coalesce("last_month", "last_month_of_taiwan")
    )
    endless = ended.filter(pl.col("last_month").is_null())["year"].unique().sort().to_list()
    if endless:
        raise ContractBroken(f"{TABLE.name}: no file says which months {endless} of Taiwan's exports cover; fetch both files of one day")
    last_day = pl.date(pl.col("year"), pl.col("last_month"), 1).dt.month_end()
    return ended.with_columns(period_end=last_day).select(TABLE.column_names)
