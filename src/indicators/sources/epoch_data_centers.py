"""Epoch AI's list of frontier data centres: one row per site, with its owner and, in later files, its country.

Know before editing:
- In 2025 a site had a `Handle` (the name its timeline bears) and a `Title`; since 2026 it has a `Name` and a `Country` instead.
- Owners carry how sure upstream is: `Oracle #confident, ByteDance #likely`. The least sure tag stands for the cell.
- One cell is a list written in Python (satellite pictures), full of commas and quotation marks. It is not read.
- Addresses, coordinates and notes are not read: a country is enough here.
- `Current power (MW)` is the whole site in 2025 and only its computers in 2026. Figures come from the timelines, which keep the two apart.
- https://epoch.ai/data/data_centers.csv answers with a page of HTML; that is not this file.
"""

from datetime import timedelta

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._csv import read_text_columns, require_unique

ALIASES = {"site_name": ["Handle", "Name"], "owners": ["Owner"]}
SOMETIMES = {"title": "Title", "country_name": "Country"}
IGNORED = (
    "Project", "Sentinel satellite timelapse", "Address", "Latitude", "Longitude", "Users", "Investors", "Construction companies",
    "Energy companies", "Current H100 equivalents", "Current power (MW)", "Current IT power (MW)",
    "Current total capital cost (2025 USD billions)", "Current capital cost (2025 USD billions)", "Selected Sources", "Selected sources",
    "Calculations sheet", "Current chip types", "All chip types", "Notes", "Thumbnail",
)  # fmt: skip
CERTAINTIES = ("confident", "likely", "speculative")
"""From the surest to the least sure."""
OWNER = rf"^[^#]+(?: #(?:{'|'.join(CERTAINTIES)}))?$"

SOURCE = Source(
    id="epoch_data_centers",
    title="Data on Frontier Data Centers",
    publisher="Epoch AI",
    homepage="https://epoch.ai/data/data-centers",
    license="CC-BY-4.0",
    redistribution="open",
    attribution="Epoch AI, 'Data on Frontier Data Centers', CC BY 4.0",
    cadence=timedelta(days=7),
    files=(File("data_centers.csv", "https://epoch.ai/data/data_centers/data_centers.csv"),),
    schema={
        "site_name": pl.String,
        "title": pl.String,
        "owner_name": pl.String,
        "owner_certainty": pl.String,
        "country_name": pl.String,
    },
    max_bytes=5_000_000,
)


def parse(payload: bytes, _file: File) -> pl.DataFrame:
    """Return one row per site: names as printed, owners without their tags, the least sure tag, and the country where it is stated."""
    stated = payload.partition(b"\n")[0].decode("utf-8-sig", errors="replace").strip().split(",")
    present = {ours: [theirs] for ours, theirs in SOMETIMES.items() if theirs in stated}
    rows = read_text_columns(payload, SOURCE.id, ALIASES | present, IGNORED)
    require_unique(rows, "site_name", SOURCE.id)
    owners = pl.col("owners").str.split(",").list.eval(pl.element().str.strip_chars())
    _require_tagged(rows.select("site_name", owner=owners).explode("owner"))
    absent = [pl.lit(None, pl.String).alias(name) for name in SOMETIMES if name not in present]
    sure = [pl.when(owners.list.eval(pl.element().str.ends_with(f"#{tag}")).list.any()).then(pl.lit(tag)) for tag in reversed(CERTAINTIES)]
    names = owners.list.eval(pl.element().str.replace(r"\s*#\w+$", "")).list.join(", ")
    return rows.with_columns(*absent, owner_name=names, owner_certainty=pl.coalesce(sure)).select(list(SOURCE.schema))


def _require_tagged(owners: pl.DataFrame) -> None:
    """Raise BadPayload where an owner is not a name with at most one known tag."""
    odd = owners.filter(~pl.col("owner").str.contains(OWNER)).rows()
    if odd:
        raise BadPayload(f"{SOURCE.id}: owners {odd[:3]} carry unknown tags; known: {list(CERTAINTIES)}; add each to CERTAINTIES")
