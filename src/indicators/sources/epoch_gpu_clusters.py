"""Epoch AI's list of GPU clusters: one row per known or announced AI supercomputer, with owner, country, chips, power and state.

Know before editing:
- Names repeat: 257 rows are `Anonymized Chinese System`, four of them in Hong Kong. There is no key; the table makes one.
- The file held 786 rows until April 2026 at least, and by September 2026 only the 482 of the standard analysis, which a flag marks.
- A later phase of a cluster is a row of its own that counts the earlier phase again; `Superseded by` names it.
- Announced clusters (`Planned`) hold 60 times the computing of the existing ones, and mostly bear no date.
- Cells hold line breaks, numbers are written as 700000, 700000.0 or 6.75e+20, and a count may end in .000000000004.
- A name with a comma stands in quotation marks of its own. Notes, quotes and addresses are prose or places: they are not read.
- A blank is unknown, never zero. A blank flag means no.
"""

from datetime import timedelta

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._csv import dates, numbers, read_text_columns, require_words

MEASURES = {
    "h100_equivalents": ["H100 equivalents"],
    "primary_chip_count": ["Chip quantity (primary)"],
    "secondary_chip_count": ["Chip quantity (secondary)"],
    "total_chip_count": ["Total number of AI chips"],
    "power_mw": ["Power Capacity (MW)"],
}
NAMES = {
    "cluster_name": ["Name"],
    "status": ["Status"],
    "certainty": ["Certainty"],
    "country_name": ["Country"],
    "owners": ["Owner"],
    "primary_chip_name": ["Chip type (primary)"],
    "secondary_chip_name": ["Chip type (secondary)"],
    "superseded_by_name": ["Superseded by"],
}
FLAGS = {"is_in_standard_analysis": ["Include in Standard Analysis"], "is_possible_duplicate": ["Possible Duplicate"]}
IGNORED = (
    "Single cluster?", "Max OP/s (log)", "Note", "Sector", "Hardware Cost", "Location", "Users", "Hardware note", "Quote",
    "First Operational Date Note", "Certainty Note", "Energy Efficiency (log)", "Builds Upon", "Possible Duplicate Of",
    "GPU Supplier (primary)", "GPU supplier (secondary)", "Exclude", "Rank when first operational", "16-bit OP/s (log)", "Max OP/s",
    "8-bit OP/s", "16-bit OP/s", "32-bit OP/s", "Calculated Power Capacity (MW)", "Reported Power Capacity (MW)", "Energy Efficiency",
    "Calculated Cost", "Reported Cost", "Reported Cost (Inflation adjusted)", "Cost Quote", "Noteworthy",
    "Decommissioned Date (if applicable)", "Largest existing cluster when first operational",
    "% of largest cluster when first operational", "Source 1", "Source 2", "Source 3", "Source 4", "Source 5",
    "latitude", "longitude", "Latitude", "Longitude",
)  # fmt: skip
STATUSES = ("Existing", "Planned", "Decommissioned")
CERTAINTIES = ("Confirmed", "Likely", "Unlikely")

SOURCE = Source(
    id="epoch_gpu_clusters",
    title="Data on GPU Clusters",
    publisher="Epoch AI",
    homepage="https://epoch.ai/data/gpu-clusters",
    license="CC-BY-4.0",
    redistribution="open",
    attribution="Epoch AI, 'Data on GPU Clusters', CC BY 4.0",
    cadence=timedelta(days=7),
    files=(File("gpu_clusters.csv", "https://epoch.ai/data/gpu_clusters.csv"),),
    schema={
        **dict.fromkeys(NAMES, pl.String),
        "first_operational_date": pl.Date,
        **dict.fromkeys(MEASURES, pl.Float64),
        **dict.fromkeys(FLAGS, pl.Boolean),
    },
    max_bytes=5_000_000,
)


def parse(payload: bytes, _file: File) -> pl.DataFrame:
    """Return one row per cluster in the order of the file: names and words as printed, chips, H100 equivalents and MW as numbers."""
    aliases = {**NAMES, "first_operational_date": ["First Operational Date"], **MEASURES, **FLAGS}
    rows = read_text_columns(payload, SOURCE.id, aliases, IGNORED)
    for name, known in {"status": STATUSES, "certainty": CERTAINTIES, **dict.fromkeys(FLAGS, ("True", "False"))}.items():
        require_words(rows, name, known, SOURCE.id)
    _require_filled(rows)
    rows = dates(numbers(rows, list(MEASURES), SOURCE.id), ["first_operational_date"], SOURCE.id)
    _require_positive(rows)
    unquoted = pl.col("cluster_name", "superseded_by_name").str.replace(r'^"(.*)"$', "$1")
    return rows.with_columns(unquoted, pl.col(list(FLAGS)).eq_missing(pl.lit("True"))).select(list(SOURCE.schema))


def _require_filled(rows: pl.DataFrame) -> None:
    """Raise BadPayload where the file is empty, or a cluster has no name, state or certainty."""
    for name in ("cluster_name", "status", "certainty"):
        blank = rows.filter(pl.col(name).is_null()).height
        if blank or not rows.height:
            raise BadPayload(f"{SOURCE.id}: {name!r} is blank in {blank} of {rows.height} rows; look at the newest snapshot")


def _require_positive(rows: pl.DataFrame) -> None:
    """Raise BadPayload where a figure is zero or below: upstream leaves unknown figures blank."""
    for name in MEASURES:
        bad = rows.filter(pl.col(name) <= 0)["cluster_name"].head(3).to_list()
        if bad:
            raise BadPayload(f"{SOURCE.id}: {name!r} is zero or negative for {bad}; a blank means unknown, so upstream must be asked")
