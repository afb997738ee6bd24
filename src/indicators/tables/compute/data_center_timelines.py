"""data_center_timelines: what runs at each followed site, on each day on which that changed or is expected to change.

Know before editing:
- A row holds from its day until the site's next one. Whatever lies after the day of the file is a projection; upstream marks none.
- Zero means that nothing runs yet; null means that nobody knows.
- Upstream moves days of the past as it reads more pictures: in nine months nearly half of them, so more may vanish here than elsewhere.
  Projections are moved at every update and are no loss.
- Power is that of the whole site, cooling included, in every file (the list of sites changed to computers alone in 2026).
- Dollars are of 2025, as upstream computes them from power and kinds of chips.
"""

from datetime import date

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.sources import epoch_data_center_timelines as source
from indicators.tables.compute.data_centers import site_id

COSTS = {"capital_cost": "All capital costs", "compute_cost": "Computers", "construction_cost": "Buildings, cooling and power supply"}


def _usd(name: str, label: str) -> Column:
    return Column(f"{name}_usd_2025", pl.Float64, f"{label} of what runs, estimated; null where unknown", unit="2025 US dollars",
                  is_nullable=True, minimum=0, maximum=1e12)  # fmt: skip


TABLE = Table(
    name="data_center_timelines",
    title="Timelines of frontier data centres",
    description="One row per site and day on which its state changed or is expected to change: computing, power, buildings and costs.",
    key=("data_center_id", "status_date"),
    row_bounds=(100, 1_200),
    core="is_projection IS NOT TRUE",
    max_loss_share=0.6,
    columns=(
        Column("data_center_id", pl.String, "Site", links_to="data_centers.data_center_id"),
        Column("status_date", pl.Date, "Day from which the row holds, until the site's next", minimum=date(2010, 1, 1),
               maximum=date(2045, 1, 1)),
        Column("is_projection", pl.Boolean, "Whether that day lies after the day of the file, or of its fetching where the file bears none;"
               " null where neither is known", is_nullable=True),
        Column("h100_equivalents", pl.Float64, "Computing in units of one NVIDIA H100; zero before anything runs, null where unknown",
               unit="H100 equivalents", is_nullable=True, minimum=0, maximum=100_000_000),
        Column("power_mw", pl.Float64, "Power of the whole site at full load; null where unknown", unit="MW", is_nullable=True, minimum=0,
               maximum=20_000),
        Column("buildings_operational", pl.Int64, "Buildings in operation; null where unknown", unit="buildings", is_nullable=True,
               minimum=0, maximum=500),
        *(_usd(name, label) for name, label in COSTS.items()),
    ),
    rules=(
        Rule("Are there days of the past and projections?",
             "SELECT count(*) AS past FROM data_center_timelines WHERE is_projection IS NOT NULL "
             "HAVING count(*) > 0 AND (bool_and(is_projection) OR NOT bool_or(is_projection))"),
        Rule("Is a projection later than its file's day, and nothing else?",
             "SELECT t.* FROM data_center_timelines t, sources s WHERE s.source_id = 'epoch_data_center_timelines' "
             "AND t.is_projection <> (t.status_date > s.as_of_date)"),
        Rule("Are all capital costs computers and construction?",
             "SELECT * FROM data_center_timelines "
             "WHERE abs(capital_cost_usd_2025 - compute_cost_usd_2025 - construction_cost_usd_2025) > 1e7", is_warning=True),
        Rule("Does nothing compute without power?",
             "SELECT * FROM data_center_timelines WHERE h100_equivalents > 0 AND power_mw = 0", is_warning=True),
        Rule("Is it known of every row whether it is a projection?",
             "SELECT * FROM data_center_timelines WHERE is_projection IS NULL", is_warning=True),
        Rule("Does every site's computing only grow?",
             "SELECT * FROM data_center_timelines "
             "QUALIFY h100_equivalents < max(h100_equivalents) OVER (PARTITION BY data_center_id ORDER BY status_date)", is_warning=True),
        Rule("Has every site a timeline?",
             "SELECT * FROM data_centers WHERE data_center_id NOT IN (SELECT data_center_id FROM data_center_timelines)", is_warning=True),
        Rule("Is the computing of every row known?", "SELECT * FROM data_center_timelines WHERE h100_equivalents IS NULL",
             is_warning=True),
    ),
)  # fmt: skip


def build(epoch_data_center_timelines: pl.DataFrame, reference_data_center_sites: pl.DataFrame, provenance: pl.DataFrame) -> pl.DataFrame:
    """Return one row per site and day, the past told from projections by the day of the file, else by that of its fetching."""
    fetched = pl.col("retrieved_at").str.slice(0, 10).str.to_date(strict=False)
    days = provenance.filter(source_id=source.SOURCE.id).select("file_name", day=pl.coalesce("as_of_date", fetched))
    return epoch_data_center_timelines.join(days, on="file_name", how="left", validate="m:1").select(
        "status_date",
        pl.col("h100_equivalents", "power_mw").round(6),
        *((pl.col(f"{name}_busd") * 1e9).round().alias(f"{name}_usd_2025") for name in COSTS),
        data_center_id=site_id(pl.col("site_name"), reference_data_center_sites),
        is_projection=pl.col("status_date") > pl.col("day"),
        buildings_operational=pl.col("buildings_operational").round().cast(pl.Int64),
    )
