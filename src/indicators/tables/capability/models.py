"""models: AI models as Epoch AI lists them, one row a model, with date, size, training compute and access.

Know before editing:
- Rows are of one file: of the archive, or of the notable file where only that was ever fetched. What was fetched goes before the baseline.
- A model's id is the slug of its canonical name. `model_aliases.csv` leads other spellings to it, so an id outlives a rename upstream
  (`GPT-4` became `GPT-4 (Mar 2023)`). Of two models with one slug the older keeps it; the other's id ends in its day.
- Rows with one canonical name are one model: the row that states most counts, whole; `source_row_count` tells how many there are.
- Figures are restated: DeepSeek-V3 4.56e24, 3.41e24, 3.3e24; GPT-4o 3.81e25, then blank. Blank is null, never zero.
- Bounds of compute are Epoch's own where it states one on that side of the figure, else the figure over and times the factor of its
  confidence (`compute_confidence.csv`); null where neither is known. A bound without a figure is not kept.
"""

from datetime import date

import polars as pl

from indicators.model import Column, ContractBroken, Table
from indicators.sources.epoch_ai_models import DOMAINS, MEMBERS, METHODS, SOURCE
from indicators.tables._identity import EPOCH
from indicators.tables._printed import canonical, printed_countries
from indicators.tables._slugs import model_slug
from indicators.tables.capability._model_rules import RULES
from indicators.tables.capability.capability_scores import ACCESSIBILITY

CONFIDENCES = ("confident", "likely", "speculative", "unverified", "unknown")
OPEN = ("open_unrestricted", "open_restricted", "open_noncommercial")


def _flop(name: str, description: str, maximum: float = 1e28) -> Column:
    return Column(name, pl.Float64, description, unit="FLOP", is_nullable=True, minimum=1, maximum=maximum)


TABLE = Table(
    name="models",
    title="AI models",
    description="One row per AI model that Epoch AI lists, notable or not. Figures are estimates and are restated between releases.",
    key=("model_id",),
    row_bounds=(760, 6_600),
    max_loss_share=0.1,
    columns=(
        Column("model_id", pl.String, "Slug of the canonical name; outlives renames upstream", pattern=r"^[a-z0-9][a-z0-9._-]*$"),
        Column("model_name", pl.String, "Canonical name", pattern=r"^\S(?:.*\S)?$"),
        Column("source_model_name", pl.String, "Name as Epoch AI prints it in this capture, white space aside", pattern=r"^\S(?:.*\S)?$"),
        Column("publication_date", pl.Date, "Day of publication or release; null where unknown", is_nullable=True,
               minimum=date(1950, 1, 1)),
        Column("organization_names", pl.List(pl.String), "Developers as printed, in order; empty if none; ids in `model_organizations`"),
        Column("country_codes", pl.List(pl.String),
               "Distinct countries printed for its organisations; empty if none. Counts go by `model_organizations`"),
        Column("is_multinational", pl.Boolean, "Whether Multinational, which is no country, is printed among them"),
        Column("domains", pl.List(pl.String), f"What it is for, among {', '.join(DOMAINS)}; null where unknown", is_nullable=True),
        Column("parameters", pl.Float64, "Trained parameters", unit="parameters", is_nullable=True, minimum=1, maximum=1e15),
        _flop("training_compute_flop", "Training compute, pre-trained parts included; null where unknown or withdrawn"),
        _flop("training_compute_low_flop", "Lower bound of it: stated, else over the factor of its confidence"),
        _flop("training_compute_high_flop", "Upper bound of it: stated, else times the factor of its confidence", maximum=3e29),
        Column("compute_confidence_code", pl.String, "Epoch's confidence in the row's estimates: within a factor of 3, 10 or 30",
               values=CONFIDENCES),
        Column("compute_methods", pl.List(pl.String), f"How the compute was estimated, among {', '.join(METHODS)}", is_nullable=True),
        Column("training_hardware", pl.List(pl.String), "Chips it was trained on, as printed", is_nullable=True),
        Column("hardware_quantity", pl.Float64, "How many of them", unit="chips", is_nullable=True, minimum=1, maximum=1e7),
        Column("training_cost_usd_2023", pl.Float64, "Cost of the training compute", unit="US dollars of 2023", is_nullable=True,
               minimum=1, maximum=1e11),
        Column("accessibility_code", pl.String, "How it can be used; null where unknown", is_nullable=True,
               values=tuple(code for code in ACCESSIBILITY.values() if code != "unknown")),
        Column("is_open_weights", pl.Boolean, "Whether its weights can be had, on whatever terms; null where unknown", is_nullable=True),
        Column("is_notable", pl.Boolean, "Whether Epoch lists it as notable"),
        Column("is_frontier", pl.Boolean, "Whether Epoch marks it as among the ten largest by compute when it came out"),
        Column("is_large_scale", pl.Boolean, "Whether Epoch lists it as trained, surely or possibly, on more than 1e23 FLOP; null where "
               "only the notable file was had", is_nullable=True),
        Column("source_member_code", pl.String, "File of the archive that the row is from", values=tuple(MEMBERS)),
        Column("source_row_count", pl.Int32, "Rows of the source that bear its name", unit="rows", minimum=1, maximum=3),
    ),
    rules=RULES,
)  # fmt: skip


def build(
    epoch_ai_models: pl.DataFrame,
    provenance: pl.DataFrame,
    reference_model_aliases: pl.DataFrame,
    reference_compute_confidence: pl.DataFrame,
    country_codes: pl.DataFrame,
    reference_country_aliases: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row per model of the file that counts; raises ContractBroken for an unknown country name or confidence."""
    rows = _bounded(in_force(epoch_ai_models, provenance, reference_model_aliases), reference_compute_confidence)
    countries = printed_countries(rows, country_codes, reference_country_aliases, TABLE.name)
    accessibility = pl.col("accessibility").replace_strict(ACCESSIBILITY, return_dtype=pl.String)
    stated = pl.col("open_weights").replace_strict({"Yes": True, "No": False}, return_dtype=pl.Boolean)
    names = pl.col("organizations").fill_null([])
    known = rows.join(countries, on="row").with_columns(
        accessibility_code=accessibility, source_member_code="member", organization_names=names
    )
    return known.with_columns(is_open_weights=pl.coalesce(stated, accessibility.is_in(OPEN))).select(TABLE.column_names)


def in_force(rows: pl.DataFrame, provenance: pl.DataFrame, aliases: pl.DataFrame) -> pl.DataFrame:
    """One row per model of the file that counts, with its id, its names, `source_row_count` and an index `row`."""
    named = _of_one_file(rows, provenance).with_columns(
        source_model_name="model_name", model_name=canonical(pl.col("model_name"), aliases, "model_name")
    )
    stated = pl.sum_horizontal(pl.col(name).is_not_null() for name in SOURCE.schema)
    together = named.with_columns(
        *(pl.col(flag).max().over("model_name") for flag in ("is_notable", "is_frontier", "is_large_scale")),
        stated=stated,
        source_row_count=pl.len().over("model_name").cast(pl.Int32),
    )
    order = {"stated": True, "publication_date": False, "source_model_name": False}
    fullest = together.sort(list(order), descending=list(order.values()), nulls_last=True, maintain_order=True)
    models = fullest.unique("model_name", keep="first", maintain_order=True)
    return models.with_columns(model_id=_ids(models)).with_row_index("row")


def _of_one_file(rows: pl.DataFrame, provenance: pl.DataFrame) -> pl.DataFrame:
    """The rows of the first file in the source's order, of those that were fetched; of the baseline where none was."""
    order = {file.name: place for place, file in enumerate(SOURCE.files)}
    files = provenance.filter(pl.col("source_id") == EPOCH).select("file_name", "origin_code").rows()
    counts = min(files, key=lambda file: (file[1] == "baseline", order[file[0]]))
    return rows.filter(pl.col("file_name") == counts[0])


def _ids(models: pl.DataFrame) -> pl.Series:
    """The slug of each name; where several share it, the oldest keeps it and the others end in their day."""
    slugs = models.with_row_index("place").with_columns(slug=model_slug(pl.col("model_name")))
    age = pl.struct(pl.col("publication_date").fill_null(date.max), "model_name").rank("ordinal").over("slug")
    dated = pl.concat_str("slug", pl.col("publication_date").cast(pl.String).fill_null("undated"), separator="-")
    return slugs.select(model_id=pl.when(age == 1).then("slug").otherwise(dated)).to_series()


def _bounded(rows: pl.DataFrame, confidence: pl.DataFrame) -> pl.DataFrame:
    """Rows with the code of their confidence and a bound on either side of each figure of compute."""
    blank = rows.with_columns(confidence=pl.col("compute_confidence").fill_null("Unknown"))
    joined = blank.join(confidence.select("confidence", "confidence_code", "interval_factor"), on="confidence", how="left")
    unknown = sorted(joined.filter(pl.col("confidence_code").is_null())["confidence"].unique())
    if unknown:
        raise ContractBroken(f"{TABLE.name}: unknown confidence {unknown}; add it to data/reference/compute_confidence.csv")
    flop, factor = pl.col("training_compute_flop"), pl.col("interval_factor").cast(pl.Float64)
    low, high = pl.col("training_compute_low_flop"), pl.col("training_compute_high_flop")
    return joined.with_columns(
        compute_confidence_code="confidence_code",
        training_compute_low_flop=pl.when(low <= flop).then(low).otherwise((flop / factor).map_elements(_six_digits, pl.Float64)),
        training_compute_high_flop=pl.when(high >= flop).then(high).otherwise((flop * factor).map_elements(_six_digits, pl.Float64)),
    )


def _six_digits(figure: float) -> float:
    """A figure rounded to six digits: 1.5e28, not 1.4999999999999998e28."""
    return float(f"{figure:.6g}")
