"""compute_clusters: known and announced AI supercomputers, with country, owner, chips, power and first day.

Know before editing:
- The list is no census: it holds perhaps a tenth to a fifth of the world's computing. Publish shares, never totals.
- Upstream's standard analysis is the core: existing single clusters, no possible duplicates. Files of 2026 lost every other row, so
  `core` makes that loss a warning, and whatever compares two releases must filter on the flag.
- A later phase counts its earlier phase again. `superseded_by_id` names it: count the earlier one only until the later one's first day.
- Names repeat, so an id ends in the ordinal among equals: the standard analysis first (its ids outlive the loss of the others), then by
  first day, country, chips and figures. A correction can swap the ids of two nameless systems.
- A chip is linked where its printed name is an accelerator's, letter for letter; all other names stay as printed, without a link.
- Owners are as printed, several separated by commas.
"""

from datetime import date

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.tables._countries import codes_by_name, country_code
from indicators.tables._slugs import slug

STATUSES = ("existing", "planned", "decommissioned")
CERTAINTIES = ("confirmed", "likely", "unlikely")
LASTING = ("first_operational_date", "country_code", "status_code", "certainty_code", "total_accelerator_count", "h100_equivalents")
"""What orders clusters of one name, from the most to the least lasting; power, which is revised most often, comes last of all."""


def _chips(name: str, description: str) -> Column:
    return Column(name, pl.Int64, f"{description}; estimated, null where unknown", "chips", is_nullable=True, minimum=1, maximum=20_000_000)


TABLE = Table(
    name="compute_clusters",
    title="Compute clusters",
    description="One row per AI supercomputer, or phase of one, that Epoch AI knows of: existing, announced or gone. It holds perhaps 10 to"
    " 20 % of the world's AI computing, so sums are no totals. Count only rows in the standard analysis: later files hold no others.",
    key=("cluster_id",),
    row_bounds=(410, 1_572),
    core="is_in_standard_analysis",
    columns=(
        Column("cluster_id", pl.String, "Name as a slug and ordinal among equals, the standard analysis first",
               pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*-[1-9][0-9]*$"),
        Column("cluster_name", pl.String, "Name as printed; nameless Chinese systems share one", pattern=r"^[^\r\n]*\S[^\r\n]*$"),
        Column("country_code", pl.String, "Where it stands; null where not stated. Hong Kong is HKG", is_nullable=True,
               links_to="countries.country_code"),
        Column("owner_name", pl.String, "Owner as printed, several separated by commas; null where not stated", is_nullable=True),
        Column("status_code", pl.String, "Whether it exists", values=STATUSES),
        Column("certainty_code", pl.String, "How sure Epoch AI is that it is, or will be, as told", values=CERTAINTIES),
        Column("h100_equivalents", pl.Float64, "Computing in units of one NVIDIA H100, by operations a second; null where unknown",
               unit="H100 equivalents", is_nullable=True, minimum=0.001, maximum=100_000_000),
        Column("accelerator_name", pl.String, "Chip of which it has most, as printed; null where unknown", is_nullable=True),
        Column("accelerator_id", pl.String, "The same chip in accelerators; null where no name there is the same", is_nullable=True,
               links_to="accelerators.accelerator_id"),
        _chips("accelerator_count", "Chips of that kind, or of an unknown kind"),
        Column("secondary_accelerator_name", pl.String, "Second kind of chip, as printed; null where there is none", is_nullable=True),
        Column("secondary_accelerator_id", pl.String, "The same chip in accelerators; null where no name there is the same",
               is_nullable=True, links_to="accelerators.accelerator_id"),
        _chips("secondary_accelerator_count", "Chips of the second kind"),
        _chips("total_accelerator_count", "Chips of all kinds"),
        Column("power_mw", pl.Float64, "Power capacity, reported or computed upstream; null where unknown", unit="MW", is_nullable=True,
               minimum=0.001, maximum=20_000),
        Column("first_operational_date", pl.Date, "First day of operation, often an estimate; null for most that are announced",
               is_nullable=True, minimum=date(2005, 1, 1)),
        Column("superseded_by_name", pl.String, "Later phase that counts this one again, as printed; null where there is none",
               is_nullable=True),
        Column("superseded_by_id", pl.String, "That phase in this table; null where it is not listed", is_nullable=True,
               links_to="compute_clusters.cluster_id"),
        Column("is_in_standard_analysis", pl.Boolean, "Whether Epoch AI counts it in its own analysis"),
        Column("is_possible_duplicate", pl.Boolean, "Whether Epoch AI suspects that another row is the same cluster"),
    ),
    rules=(
        Rule("Are there between 410 and 964 clusters in the standard analysis, as in a healthy run?",
             "SELECT count(*) AS clusters FROM compute_clusters WHERE is_in_standard_analysis HAVING count(*) NOT BETWEEN 410 AND 964"),
        Rule("Does every cluster of the standard analysis exist, and is none a possible duplicate?",
             "SELECT * FROM compute_clusters WHERE is_in_standard_analysis AND (status_code <> 'existing' OR is_possible_duplicate)"),
        Rule("Does no existing cluster begin after its source's day?",
             "SELECT c.* FROM compute_clusters c, (SELECT max(as_of_date) AS day FROM sources WHERE source_id = 'epoch_gpu_clusters') s "
             "WHERE c.status_code = 'existing' AND c.first_operational_date > s.day"),
        Rule("Is no cluster superseded by itself, or by a cluster that began before it?",
             "SELECT c.* FROM compute_clusters c JOIN compute_clusters s ON c.superseded_by_id = s.cluster_id "
             "WHERE c.cluster_id = s.cluster_id OR s.first_operational_date < c.first_operational_date"),
        Rule("Does the table hold more than the standard analysis (where it does not, all other rows are gone since an earlier release)?",
             "SELECT count(*) AS clusters FROM compute_clusters HAVING bool_and(is_in_standard_analysis)", is_warning=True),
        Rule("Is the country of every cluster known?", "SELECT * FROM compute_clusters WHERE country_code IS NULL", is_warning=True),
        Rule("Has every cluster of the standard analysis a first day and a figure?",
             "SELECT * FROM compute_clusters WHERE is_in_standard_analysis "
             "AND (first_operational_date IS NULL OR h100_equivalents IS NULL)", is_warning=True),
        Rule("Is every later phase listed?",
             "SELECT * FROM compute_clusters WHERE superseded_by_name IS NOT NULL AND superseded_by_id IS NULL", is_warning=True),
        Rule("Is every printed chip an accelerator?",
             "SELECT * FROM compute_clusters WHERE (accelerator_name IS NOT NULL AND accelerator_id IS NULL) "
             "OR (secondary_accelerator_name IS NOT NULL AND secondary_accelerator_id IS NULL)", is_warning=True),
        Rule("Is a chip's worth in H100 equivalents within a factor of five of its performance?",
             "SELECT c.* FROM compute_clusters c JOIN accelerators a USING (accelerator_id), "
             "(SELECT total_processing_performance AS tpp FROM accelerators WHERE accelerator_name = 'NVIDIA H100 SXM5 80GB') h "
             "WHERE c.secondary_accelerator_name IS NULL AND a.total_processing_performance / h.tpp / "
             "(c.h100_equivalents / c.accelerator_count) NOT BETWEEN 0.2 AND 5", is_warning=True),
    ),
)  # fmt: skip


def build(
    epoch_gpu_clusters: pl.DataFrame, accelerators: pl.DataFrame, country_codes: pl.DataFrame, reference_country_aliases: pl.DataFrame
) -> pl.DataFrame:
    """Return one row per cluster; raises ContractBroken for an unknown country name."""
    known = codes_by_name(country_codes, reference_country_aliases)
    countries = country_code(epoch_gpu_clusters["country_name"], known, TABLE.name)
    chips = dict(accelerators.select("accelerator_name", "accelerator_id").iter_rows())
    rows = _in_our_words(epoch_gpu_clusters.with_columns(countries.alias("country_code"))).with_columns(
        accelerator_id=_link(pl.col("accelerator_name"), chips),
        secondary_accelerator_id=_link(pl.col("secondary_accelerator_name"), chips),
    )
    rows = _with_ids(rows)
    names = rows.filter(pl.col("cluster_name").is_unique()).select("cluster_name", "cluster_id")
    later = _link(pl.col("superseded_by_name"), dict(names.iter_rows()))
    return rows.with_columns(superseded_by_id=later).select(TABLE.column_names)


def _in_our_words(rows: pl.DataFrame) -> pl.DataFrame:
    """Codes in lower case, counts as whole numbers, figures without the noise of their last digits."""
    return rows.select(
        "cluster_name", "country_code", "first_operational_date", "superseded_by_name", "is_in_standard_analysis", "is_possible_duplicate",
        pl.col("h100_equivalents", "power_mw").round(6),
        owner_name="owners",
        status_code=pl.col("status").str.to_lowercase(),
        certainty_code=pl.col("certainty").str.to_lowercase(),
        accelerator_name="primary_chip_name",
        accelerator_count=pl.col("primary_chip_count").round().cast(pl.Int64),
        secondary_accelerator_name="secondary_chip_name",
        secondary_accelerator_count=pl.col("secondary_chip_count").round().cast(pl.Int64),
        total_accelerator_count=pl.col("total_chip_count").round().cast(pl.Int64),
    )  # fmt: skip


def _with_ids(rows: pl.DataFrame) -> pl.DataFrame:
    """Add an id that neither the order of the file nor the loss of rows outside the standard analysis changes."""
    order = [~pl.col("is_in_standard_analysis"), *map(pl.col, LASTING), pl.col("power_mw")]
    slugged = rows.with_columns(slug=slug(pl.col("cluster_name"))).sort(*order, nulls_last=True)
    among_equals = pl.int_range(1, pl.len() + 1).over("slug")
    return slugged.with_columns(cluster_id=pl.concat_str("slug", among_equals, separator="-"))


def _link(name: pl.Expr, known: dict[str, str]) -> pl.Expr:
    """The id of a printed name; null for one that nothing bears."""
    return name.replace_strict(known, default=None, return_dtype=pl.String)
