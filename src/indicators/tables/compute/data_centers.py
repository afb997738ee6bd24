"""data_centers: the sites whose growth Epoch AI follows by satellite and permit, with owner and country.

Know before editing:
- A choice of the largest sites, mostly American: no census of any country.
- Sites were named by a handle in 2025 and by a name since 2026; data/reference/data_center_sites.csv keeps one id for both, and gives
  the country of a site whose file states none.
- A site that only the timelines name is a row too, so that the two files need not be of one day; its owner is null.
- Addresses and coordinates are left out: later files have fewer of them, and a country is enough here.
"""

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.sources.epoch_data_centers import CERTAINTIES
from indicators.tables._countries import codes_by_name, country_code
from indicators.tables._slugs import slug

TABLE = Table(
    name="data_centers",
    title="Frontier data centres",
    description="One row per site that Epoch AI follows. A choice of the largest sites and no census: do not compare countries by it.",
    key=("data_center_id",),
    row_bounds=(14, 190),
    columns=(
        Column("data_center_id", pl.String, "Slug of the site's newest name, kept when it is renamed",
               pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$"),
        Column("data_center_name", pl.String, "Name as printed", pattern=r"^[^\r\n]*\S[^\r\n]*$"),
        Column("owner_name", pl.String, "Owner as printed, several separated by commas; null where not stated", is_nullable=True,
               pattern=r"^[^#]+$"),
        Column("owner_certainty_code", pl.String, "How sure Epoch AI is of the owner, of several the least sure; null where not stated",
               is_nullable=True, values=CERTAINTIES),
        Column("country_code", pl.String, "Where it stands: as stated, else by its address; null where neither says", is_nullable=True,
               links_to="countries.country_code"),
    ),
    rules=(
        Rule("Is Colossus 1 an American site whose owner is known with confidence?",
             "SELECT 'colossus-1' AS missing WHERE NOT EXISTS (SELECT 1 FROM data_centers "
             "WHERE data_center_id = 'colossus-1' AND country_code = 'USA' AND owner_certainty_code = 'confident')"),
        Rule("Is the country of every site known?", "SELECT * FROM data_centers WHERE country_code IS NULL", is_warning=True),
        Rule("Is every site's owner known, and how surely?",
             "SELECT * FROM data_centers WHERE owner_name IS NULL OR owner_certainty_code IS NULL", is_warning=True),
    ),
)  # fmt: skip


def build(
    epoch_data_centers: pl.DataFrame,
    epoch_data_center_timelines: pl.DataFrame,
    country_codes: pl.DataFrame,
    reference_data_center_sites: pl.DataFrame,
    reference_country_aliases: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row per site that either file names; raises ContractBroken for an unknown country name."""
    timed = epoch_data_center_timelines.select("site_name").unique().join(epoch_data_centers, on="site_name", how="anti")
    sites = pl.concat([epoch_data_centers, timed], how="diagonal")
    known = codes_by_name(country_codes, reference_country_aliases)
    curated = dict(reference_data_center_sites.select("printed_name", "country_code").iter_rows())
    stated = country_code(sites["country_name"], known, TABLE.name)
    return sites.select(
        "owner_name",
        data_center_id=site_id(pl.col("site_name"), reference_data_center_sites),
        data_center_name=pl.coalesce("title", "site_name"),
        owner_certainty_code="owner_certainty",
        country_code=pl.coalesce(stated, pl.col("site_name").replace_strict(curated, default=None, return_dtype=pl.String)),
    )


def site_id(name: pl.Expr, sites: pl.DataFrame) -> pl.Expr:
    """Return the id of a site by any name it was printed under: the curated one, else the name as a slug."""
    known = dict(sites.select("printed_name", "data_center_id").iter_rows())
    return pl.coalesce(name.replace_strict(known, default=None, return_dtype=pl.String), slug(name))
