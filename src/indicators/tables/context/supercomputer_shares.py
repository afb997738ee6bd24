"""supercomputer_shares: whose systems stand on each TOP500 list, and their part of its performance. Own aggregates; no system.

Know before editing:
- The terms let out aggregates only: counts and shares by country; the performance of a country's only system is no aggregate.
- A country without a row has no system on that list.
- The series ends in November 2018. From about 2020 China hardly submits systems: longer, it would show a decline that is none.
- A list holds systems whose owners ran and submitted one benchmark (LINPACK): clouds and secret machines are missing everywhere.
"""

from datetime import date

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.sources.top500 import SYSTEMS
from indicators.tables._countries import codes_by_name, country_code

TABLE = Table(
    name="supercomputer_shares",
    title="Listed supercomputers by country",
    description="One row per TOP500 list and country: systems and share of the list's LINPACK performance, June 1993 to November 2018."
    " Own aggregates over lists by TOP500.org.",
    key=("list_month", "country_code"),
    row_bounds=(1_259, 2_962),
    max_loss_share=0.02,
    is_aggregate=True,
    columns=(
        Column("list_month", pl.Date, "First day of the list's month (June or November)", minimum=date(1993, 6, 1),
               maximum=date(2019, 11, 1)),
        Column("country_code", pl.String, "Where the systems stand; Hong Kong and Taiwan apart from China",
               links_to="countries.country_code"),
        Column("system_count", pl.Int32, "Systems on the list", "systems", minimum=1, maximum=SYSTEMS),
        Column("system_share", pl.Float64, "Part of the list's 500 systems", "share", minimum=0.002, maximum=1),
        Column("rmax_share", pl.Float64, "Part of the list's performance (Rmax); null where the country has one system, which is no "
               "aggregate", "share", is_nullable=True, minimum=0.000001, maximum=1),
    ),
    rules=(
        Rule("Is there a list for every June and November from 1993 to 2018, each with 500 systems?",
             "SELECT l.list_month FROM (SELECT DISTINCT make_date(y, m, 1) AS list_month FROM range(1993, 2019) r(y), (VALUES (6), (11)) "
             "t(m)) l LEFT JOIN supercomputer_shares s USING (list_month) GROUP BY ALL HAVING coalesce(sum(system_count), 0) <> 500"),
        Rule("Do the shares of every list make one?",
             "SELECT list_month, sum(system_share) AS systems, sum(rmax_share) AS rmax, count(*) - count(rmax_share) AS untold "
             "FROM supercomputer_shares GROUP BY ALL "
             "HAVING abs(systems - 1) > 1e-6 OR rmax > 1 + 1e-4 OR rmax < CASE untold WHEN 0 THEN 1 - 1e-4 ELSE 0.95 END"),
        Rule("Is the performance told of every country with two or more systems, and of no other?",
             "SELECT * FROM supercomputer_shares WHERE (rmax_share IS NULL) <> (system_count = 1)"),
        Rule("Does the series end before China stopped submitting systems (about 2020)?",
             "SELECT * FROM supercomputer_shares WHERE list_month >= '2020-06-01'"),
        Rule("Are systems of Saudi Arabia, Hong Kong and Taiwan found under their codes, however spelt?",
             "SELECT code FROM (VALUES ('SAU'), ('HKG'), ('TWN')) t(code) "
             "WHERE code NOT IN (SELECT country_code FROM supercomputer_shares)"),
        Rule("Had the United States 225 of the first 500 systems, and China 227 of those of November 2018?",
             "SELECT * FROM (VALUES (DATE '1993-06-01', 'USA', 225), (DATE '2018-11-01', 'CHN', 227)) k(list_month, country_code, known) "
             "LEFT JOIN supercomputer_shares USING (list_month, country_code) WHERE system_count IS DISTINCT FROM known"),
    ),
)  # fmt: skip


def build(top500: pl.DataFrame, country_codes: pl.DataFrame, reference_country_aliases: pl.DataFrame) -> pl.DataFrame:
    """Return one row per list and country; raises ContractBroken for a name that no country has."""
    known = codes_by_name(country_codes, reference_country_aliases)
    codes = country_code(top500["country_name"], known, TABLE.name)
    placed = top500.with_columns(codes.alias("country_code")).sort("list_month", "country_name")
    share = pl.when(pl.col("rmax_share").is_not_null().all()).then(pl.col("rmax_share").sum().round(6))
    counts = placed.group_by("list_month", "country_code", maintain_order=True).agg(pl.col("system_count").sum(), share)
    return counts.with_columns(system_share=(pl.col("system_count") / SYSTEMS).round(6))
