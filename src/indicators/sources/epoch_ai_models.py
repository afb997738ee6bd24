"""Epoch AI's table of AI models: one row per model, with organisation, country, date, size, training compute, cost and access.

Know before editing:
- The archive holds four files: all, notable, frontier, large-scale. They agree but for one row, yet `all` is not all: on 2026-03-30 it
  lacks 75 notable and 8 large-scale models (Kimi K2.5 and GLM-5 among them). Rows are those of `all`, then each other file's models
  that no earlier file names; `member` says which file a row is from. `notable_ai_models.csv` alone stands in where there is no archive.
- A list is joined by a comma without a blank; a comma with one belongs to the name (`Xinhua Zhiyun Technology Co., Ltd.`), and so does
  one before `Ltd.` or `Inc.` (`Thunder Software Technology Co.,Ltd.`).
- One developer's cell writes two with a blank (`JOINED`); a private person's account (`ACCOUNTS`) is read as an individual developer.
- A row whose name is a sentence of somebody's notes, and that states nothing else, is no model and is left out.
- Names carry outer blanks, tabs and line breaks; several names of `all` repeat. Countries repeat within a cell and are not aligned with
  organisations: a set, nothing more.
- A last digit 1 after two or more zeros (5.0000000000001e+26) is Epoch's mark on a figure, not a digit of it, and may stand twice. It is
  taken off, which moves no figure by more than 0.1 %. A withdrawn figure is blank, never zero.
- Figures in dollars of 2020 (captures of 2024) are no dollars of 2023 and are not read; nor are notes, abstracts, authors, citations, the
  size of datasets (two numbers in a cell) and `FLOP/$` (`Infinity`, `NaN`).
"""

import csv
import io
import re
from datetime import timedelta

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._csv import dates, numbers, read_text_columns, require_unique, require_words
from indicators.sources._zip import members

NUMBERS = {
    "parameters": ["Parameters"],
    "training_compute_flop": ["Training compute (FLOP)"],
    "training_compute_low_flop": ["Training compute lower bound"],
    "training_compute_high_flop": ["Training compute upper bound"],
    "training_cost_usd_2023": ["Training compute cost (2023 USD)"],
    "hardware_quantity": ["Hardware quantity"],
}
LISTS = {
    "organizations": ["Organization"],
    "organization_kinds": ["Organization categorization"],
    "countries": ["Country (of organization)", "Country (from Organization)"],
    "domains": ["Domain"],
    "compute_methods": ["Training compute estimation method"],
    "training_hardware": ["Training hardware"],
}
TEXTS = {
    "model_name": ["Model", "System"],
    "publication_date": ["Publication date"],
    "compute_confidence": ["Confidence"],
    "accessibility": ["Model accessibility"],
    "open_weights": ["Open model weights?"],
    "frontier": ["Frontier model"],
}
ALIASES = TEXTS | LISTS | NUMBERS
COMPUTE = ("training_compute_flop", "training_compute_low_flop", "training_compute_high_flop")
COST_2020 = "Training compute cost (2020 USD)"
IGNORED = (
    "(DEPRECATED) Training dataset size (datapoints)", "API prices", "Abstract", "Accessibility notes", "Approach", "Archived links",
    "Assumed hardware performance (FLOP/s)", "Assumed precision", "Authors", "Base model", "Base model compute", "Batch size",
    "Batch size notes", "Citations", "Compute cost notes", "Compute sponsor categorization", "Context window", "Created", "Created By",
    "Dataset size notes", "Distillation or synthetic data", "Distillation or synthetic data compute",
    "Distillation or synthetic data compute notes", "Documents", "Epochs", "Estimated over 1e25 FLOP", "Exclude", "FLOP/$",
    "Finetune compute (FLOP)", "Finetune compute notes", "Foundation model", "Hardware FP16", "Hardware FP32", "Hardware TF16",
    "Hardware TF32", "Hardware acquisition cost", "Hardware age", "Hardware count", "Hardware maker", "Hardware release date",
    "Hardware utilization", "Hardware utilization (HFU)", "Hardware utilization (MFU)", "Hugging Face developer id",
    "Inference code accessibility", "Inference compute (FLOP)", "Inference compute notes", "Knowledge cutoff", "Last modified", "Link",
    "Maybe over 1e25 FLOP", "Model versions", "Model versions (benchmarks)", "Notability criteria", "Notability criteria notes",
    "Numerical format", "Parameters notes", "Possibly over 1e23 FLOP", "Post-training compute (FLOP)", "Post-training compute notes",
    "Power per GPU", "Reference", "Sparsity", "Task", "Total compute - (base + finetune)", "Training chip-hours",
    "Training cloud compute vendor", "Training code accessibility", "Training compute cost (cloud)", "Training compute cost (upfront)",
    "Training compute notes", "Training data center", "Training dataset", "Training dataset notes", "Training dataset size",
    "Training dataset size (datapoints)", "Training dataset size (gradients)", "Training dataset size (total)", "Training power draw (W)",
    "Training time (hours)", "Training time notes", "Updated dataset size", "Utilization notes", "WikiText and Penn Treebank data",
    "benchmarks/models", COST_2020,
)  # fmt: skip
MEMBERS = {
    "all": "all_ai_models.csv",
    "notable": "notable_ai_models.csv",
    "frontier": "frontier_ai_models.csv",
    "large_scale": "large_scale_ai_models.csv",
}
README = "README.md"
MAY_LACK = {
    "all": ("open_weights",),
    "notable": ("open_weights", "compute_methods", "training_compute_low_flop", "training_compute_high_flop"),
    "frontier": ("open_weights", "organization_kinds", "training_compute_low_flop", "training_compute_high_flop"),
    "large_scale": (
        "open_weights", "frontier", "organization_kinds", "compute_methods", "training_compute_low_flop", "training_compute_high_flop",
        "training_cost_usd_2023",
    ),
}  # fmt: skip
"""Columns that a file of some capture does not have; any other that is gone stops the refresh."""
ACCESSIBILITY = ("API access", "Hosted access (no API)", "Open weights (non-commercial)", "Open weights (restricted use)",
                 "Open weights (unrestricted)", "Unreleased")  # fmt: skip
CONFIDENCE = ("Confident", "Likely", "Speculative", "Unknown", "Unverified")
KINDS = ("Academia", "Government", "Industry", "Research collective")
METHODS = ("Benchmarks", "Comparison with other models", "Cost", "Hardware", "Operation counting", "Other", "Reported",
           "Reported FLOPs per token/update", "Third-party estimation")  # fmt: skip
DOMAINS = (
    "3D modeling", "Astronomy", "Audio", "Biology", "Cybersecurity", "Driving", "Earth science", "Games", "Image generation", "Language",
    "Materials science", "Mathematics", "Medicine", "Multimodal", "Other", "Psychology", "Recommendation", "Robotics", "Search", "Speech",
    "Video", "Vision",
)  # fmt: skip
WORDS = {"accessibility": ACCESSIBILITY, "compute_confidence": CONFIDENCE, "open_weights": ("Yes", "No"), "frontier": ("True",)}
LIST_WORDS = {"organization_kinds": KINDS, "compute_methods": METHODS, "domains": DOMAINS}
MARK = re.compile(r"(?:0{2,}1)+$")
INNER_COMMA = "\x00"
"""Stands for a comma that belongs to a name while a list is split."""
JOINED = (
    "Massachusetts Institute of Technology (MIT), Genesis Therapeutics",
    "Massachusetts Institute of Technology (MIT),Genesis Therapeutics",
)
ACCOUNTS = {"hexgrad": "Individual developer"}
"""Accounts of private persons, who are not to be named: all are read as one developer without a name."""
LIMITED = (r",((?:Ltd|Inc)\.?)(,|$)", f"{INNER_COMMA}$1$2")

SOURCE = Source(
    id="epoch_ai_models",
    title="Data on AI Models",
    publisher="Epoch AI",
    homepage="https://epoch.ai/data/ai-models",
    license="CC-BY-4.0",
    redistribution="open",
    attribution="Epoch AI, 'Data on AI Models', CC BY 4.0",
    cadence=timedelta(days=7),
    files=(
        File("ai_models.zip", "https://epoch.ai/data/ai_models.zip"),
        File(MEMBERS["notable"], f"https://epoch.ai/data/{MEMBERS['notable']}"),
    ),
    schema={
        "model_name": pl.String,
        "member": pl.String,
        "publication_date": pl.Date,
        "compute_confidence": pl.String,
        "accessibility": pl.String,
        "open_weights": pl.String,
        "is_notable": pl.Boolean,
        "is_frontier": pl.Boolean,
        "is_large_scale": pl.Boolean,
        **dict.fromkeys(LISTS, pl.List(pl.String)),
        **dict.fromkeys(NUMBERS, pl.Float64),
    },
)


def parse(payload: bytes, file: File) -> pl.DataFrame:
    """Return one row per row of `all` and per model that only a smaller file names; FLOP, dollars of 2023, lists in the order printed.

    From the notable file alone: its rows; whether a model is large-scale is then unknown.
    """
    if file.name == MEMBERS["notable"]:
        return _read(payload, "notable")
    frames = {member: _read(content, member) for member, content in _opened(payload).items()}
    rows = frames["all"]
    for frame in frames.values():
        rows = pl.concat([rows, frame.join(rows, on="model_name", how="anti")])
    listed = {f"is_{member}": pl.col("model_name").is_in(frames[member]["model_name"].implode()) for member in MEMBERS if member != "all"}
    return rows.with_columns(**listed)


def _opened(payload: bytes) -> dict[str, bytes]:
    """The four files of the archive; raises BadPayload where one is gone or a table that nobody knows was added."""
    found = members(payload, SOURCE.id)
    missing = sorted(set(MEMBERS.values()) - set(found))
    unknown = sorted(set(found) - set(MEMBERS.values()) - {README})
    if missing or unknown:
        raise BadPayload(f"{SOURCE.id}: the archive lacks {missing} and has unknown {unknown}; adapt MEMBERS")
    return {member: found[name] for member, name in MEMBERS.items()}


def _read(payload: bytes, member: str) -> pl.DataFrame:
    """The rows of one file, typed; columns that it may lack and does are null."""
    where, absent = f"{SOURCE.id} ({member})", _absent(payload, member)
    wanted = {ours: spellings for ours, spellings in ALIASES.items() if ours not in absent}
    rows = read_text_columns(payload, where, wanted, IGNORED).with_columns(pl.lit(None, pl.String).alias(ours) for ours in absent)
    rows = rows.with_columns(pl.col("model_name").str.replace_all(r"\s+", " "), member=pl.lit(member))
    rows = dates(numbers(rows, list(NUMBERS), where), ["publication_date"], where).with_columns(map(_items, LISTS))
    rows = rows.filter(~_is_stray())
    _require_known(rows, where)
    is_frontier = (pl.col("frontier") == "True").fill_null(value=False)
    flags = {"is_notable": pl.lit(member == "notable"), "is_frontier": is_frontier, "is_large_scale": pl.lit(None, pl.Boolean)}
    return rows.with_columns(*(_unmarked(rows[name]) for name in COMPUTE), **flags).select(list(SOURCE.schema))


def _absent(payload: bytes, member: str) -> list[str]:
    """Our columns that a file may lack and of which it has no spelling; the cost too, where it is in dollars of 2020."""
    header = set(next(csv.reader(io.StringIO(payload.decode("utf-8-sig", errors="replace"))), []))
    may_lack = (*MAY_LACK[member], "training_cost_usd_2023") if COST_2020 in header else MAY_LACK[member]
    return [ours for ours in may_lack if not set(ALIASES[ours]) & header]


def _is_stray() -> pl.Expr:
    """Whether the name is a sentence and the row states neither a day nor a list nor a figure."""
    stated = ("publication_date", *LISTS, *NUMBERS)
    return pl.col("model_name").str.contains(r"\s.*\.$").fill_null(value=False) & pl.all_horizontal(pl.col(*stated).is_null())


def _items(name: str) -> pl.Expr:
    """A cell as a list: split at commas without a blank, inner white space made plain; null where blank."""
    cell = (
        pl.col(name)
        .str.replace_all(r"\s+", " ")
        .str.replace(*JOINED, literal=True)
        .str.replace_all(*LIMITED)
        .str.replace_all(", ", INNER_COMMA)
    )
    item = pl.element().str.replace_all(INNER_COMMA, ", ").str.strip_chars().replace(ACCOUNTS)
    return cell.str.split(",").list.eval(item).alias(name)


def _require_known(rows: pl.DataFrame, where: str) -> None:
    """Raise BadPayload for a row without a name, a word that nobody knows, or a figure of zero or below."""
    require_unique(rows.filter(pl.col("model_name").is_null()), "model_name", where)
    for name, words in WORDS.items():
        require_words(rows, name, words, where)
    for name, words in LIST_WORDS.items():
        require_words(rows.select(name).explode(name), name, words, where)
    for name in NUMBERS:
        bad = rows.filter(pl.col(name) <= 0)["model_name"].head(3).to_list()
        if bad:
            raise BadPayload(f"{where}: {name!r} is zero or negative for {bad}; a blank means unknown, so upstream must be asked")


def _unmarked(figures: pl.Series) -> pl.Series:
    """Figures without the noise of their sixteenth digit and without Epoch's mark, a last 1 after two or more zeros."""
    written = [None if figure is None else f"{figure:.14e}".partition("e") for figure in figures]
    plain = [None if parts is None else float(MARK.sub("", parts[0].rstrip("0")) + "e" + parts[2]) for parts in written]
    return pl.Series(figures.name, plain, dtype=pl.Float64)
