"""accelerators: chips for machine learning, with the figures by which export rules judge them.

Total processing performance is recomputed here: the maximum over bit lengths of dense operations a second × bit length ÷ 1e12. That is the
definition of Note 2 to ECCN 3A090 (2 × MacTOPS × bit length; a multiply-accumulate is two operations, dense figures only). TF32 counts 19
bits, its bits in use, which is what the upstream figure uses too.

Know before editing:
- Judgements are data: makers' countries, product lines, interconnects and corrections lie in data/reference, one reason a row.
- A correction holds while upstream's cell still reads `upstream_value` (blank: is still blank); then upstream's new figure is used.
  `fill` gives a blank figure, `exclude` keeps a published figure out of readings, `upper_bound` marks an area that counts too
  much, and `quarantine` keeps the whole row out of readings.
- Where tensor cores are listed without a tensor, FP8 or INT8 figure, TPP comes from vector units and is a lower bound.
- An area above about 858 mm² is the sum of several dies.
- No release date means announced only: leave such chips out of series over time.
"""

import re
from datetime import date
from typing import Any

import polars as pl

from indicators.model import Column, ContractBroken, Rule, Table

BITS = {
    "fp64_flop_s": 64,
    "fp32_flop_s": 32,
    "tf32_flop_s": 19,
    "tensor_fp16_flop_s": 16,
    "fp16_flop_s": 16,
    "fp8_flop_s": 8,
    "fp4_flop_s": 4,
    "int16_op_s": 16,
    "int8_op_s": 8,
    "int4_op_s": 4,
}
EFFECTS = ("fill", "exclude", "upper_bound", "quarantine")
INTERCONNECT_EVIDENCE = ("source", "secondary", "background", "conflicting", "doubtful")
Row = dict[str, Any]


def _throughput(name: str, bits: int, label: str) -> Column:
    unit = "FLOP/s" if "flop" in name else "OP/s"
    return Column(
        name, pl.Float64, f"Dense throughput, {label} ({bits} bits); null where unknown", unit, is_nullable=True, minimum=1e9, maximum=1e18
    )


TABLE = Table(
    name="accelerators",
    title="Accelerators for machine learning",
    description="One row per chip or board as Epoch AI lists it, with recomputed total processing performance and performance density.",
    key=("accelerator_id",),
    row_bounds=(148, 350),
    columns=(
        Column("accelerator_id", pl.String, "Slug of the printed name", pattern=r"^[a-z0-9][a-z0-9._-]*$"),
        Column("accelerator_name", pl.String, "Name as Epoch AI prints it"),
        Column("designer_name", pl.String, "Company that designed it"),
        Column("designer_country_code", pl.String, "Headquarters country of the designer, not the country of manufacture",
               links_to="countries.country_code"),
        Column("release_date", pl.Date, "Day of release; null for a chip that is announced only", is_nullable=True, minimum=date(2005, 1,
               1)),
        Column("is_datacenter_marketed", pl.Boolean, "Whether its product line is designed or marketed for data centres; null where"
               " unknown", is_nullable=True),
        Column("datacenter_basis", pl.String, "The judgement on the product line behind is_datacenter_marketed", is_nullable=True),
        Column("process_nm", pl.Float64, "Process node by its name", unit="nm", is_nullable=True, minimum=1, maximum=200),
        Column("foundry_names", pl.List(pl.String), "Makers of the dies; null where unknown", is_nullable=True),
        Column("die_area_mm2", pl.Float64, "Area of the dies, summed where there are several", unit="mm²", is_nullable=True, minimum=20,
               maximum=3000),
        _throughput("fp64_flop_s", 64, "FP64"),
        _throughput("fp32_flop_s", 32, "FP32"),
        _throughput("tf32_flop_s", 19, "TF32"),
        _throughput("tensor_fp16_flop_s", 16, "FP16 or BF16 on matrix units"),
        _throughput("fp16_flop_s", 16, "FP16 on vector units, or where upstream does not tell the two apart"),
        _throughput("fp8_flop_s", 8, "FP8"),
        _throughput("fp4_flop_s", 4, "FP4"),
        _throughput("int16_op_s", 16, "INT16"),
        _throughput("int8_op_s", 8, "INT8"),
        _throughput("int4_op_s", 4, "INT4"),
        Column("total_processing_performance", pl.Float64, "Recomputed: maximum over bit lengths of dense operations a second × bit"
               " length ÷ 1e12", unit="TPP", is_nullable=True, minimum=1, maximum=1_000_000),
        Column("upstream_total_processing_performance", pl.Float64, "The same as Epoch AI publishes it", unit="TPP", is_nullable=True,
               minimum=1, maximum=1_000_000),
        Column("is_tpp_lower_bound", pl.Boolean, "Whether the recomputed figure is only a lower bound: matrix units are listed, their"
               " throughput is not"),
        Column("performance_density", pl.Float64, "Total processing performance over die area; null without either", unit="TPP/mm²",
               is_nullable=True, minimum=0, maximum=1000),
        Column("is_performance_density_lower_bound", pl.Boolean, "Whether the density is only a lower bound: by its TPP, or an area that"
               " counts more than logic"),
        Column("interconnect_gb_s", pl.Float64, "Bidirectional transfer over all inputs and outputs except volatile memory, curated;"
               " null where unknown", unit="GB/s", is_nullable=True, minimum=1, maximum=20_000),
        Column("interconnect_evidence_code", pl.String, "How the interconnect is known; conflicting and doubtful figures decide nothing",
               is_nullable=True, values=INTERCONNECT_EVIDENCE),
        Column("is_interconnect_lower_bound", pl.Boolean, "Whether the interconnect leaves out a host bus that is not known"),
        Column("memory_gb", pl.Float64, "Memory, in units of 1e9 bytes", unit="GB", is_nullable=True, minimum=0.01, maximum=10_000),
        Column("memory_bandwidth_gb_s", pl.Float64, "Memory bandwidth, in units of 1e9 bytes a second", unit="GB/s", is_nullable=True,
               minimum=1, maximum=100_000),
        Column("tdp_w", pl.Float64, "Thermal design power", unit="W", is_nullable=True, minimum=1, maximum=10_000),
        Column("is_implausible", pl.Boolean, "Whether the row is quarantined: published, and kept out of every reading"),
        Column("curated_columns", pl.List(pl.String), "Columns that upstream leaves blank and a curated figure fills; null where none",
               is_nullable=True),
        Column("excluded_columns", pl.List(pl.String), "Columns whose figure is published and kept out of readings; null where none",
               is_nullable=True),
        Column("quality_note", pl.String, "Why the row was corrected, excluded from readings in part, or quarantined", is_nullable=True),
    ),
    rules=(
        Rule("Does the A100 have the TPP that the rule was written around (4992)?",
             "SELECT * FROM accelerators WHERE accelerator_name = 'NVIDIA A100 SXM4 80 GB' AND total_processing_performance <> 4992"),
        Rule("Is density TPP over area?",
             "SELECT * FROM accelerators WHERE abs(performance_density - total_processing_performance / die_area_mm2) > 1e-5"
             " OR (performance_density IS NULL) <> (total_processing_performance IS NULL OR die_area_mm2 IS NULL)"),
        Rule("Does a quarantined or corrected row say why?",
             "SELECT * FROM accelerators WHERE quality_note IS NULL AND (is_implausible OR curated_columns IS NOT NULL OR"
             " excluded_columns IS NOT NULL)"),
        Rule("Does the recomputed TPP agree with upstream's within 0.5%?",
             "SELECT * FROM accelerators WHERE abs(total_processing_performance / upstream_total_processing_performance - 1) > 0.005",
             is_warning=True),
        Rule("Is every TPP more than a lower bound?", "SELECT * FROM accelerators WHERE is_tpp_lower_bound", is_warning=True),
        Rule("Is no row quarantined?", "SELECT * FROM accelerators WHERE is_implausible", is_warning=True),
        Rule("Is the market of every product line known?", "SELECT * FROM accelerators WHERE is_datacenter_marketed IS NULL",
             is_warning=True),
        Rule("Is every area that of one die (up to 858 mm²)?", "SELECT * FROM accelerators WHERE die_area_mm2 > 858", is_warning=True),
        Rule("Is every chip with a date released no later than its source?",
             "SELECT c.* FROM accelerators c, (SELECT max(as_of_date) AS day FROM sources WHERE source_id = 'epoch_ml_hardware') s WHERE"
             " c.release_date > s.day", is_warning=True),
    ),
)  # fmt: skip


def build(
    epoch_ml_hardware: pl.DataFrame,
    reference_designer_countries: pl.DataFrame,
    reference_product_lines: pl.DataFrame,
    reference_chip_interconnects: pl.DataFrame,
    reference_accelerator_corrections: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row per accelerator; raises ContractBroken for an unknown maker, an ambiguous product line or a wrong correction."""
    rows = _corrected(_in_our_units(epoch_ml_hardware), reference_accelerator_corrections)
    rows = _with_performance(rows)
    rows = _with_designer(rows, reference_designer_countries)
    rows = _with_interconnect(rows, reference_chip_interconnects)
    rows = rows.with_columns(
        _markets(rows["accelerator_name"], reference_product_lines), accelerator_id=_slug(pl.col("accelerator_name"))
    ).unnest("market")
    return rows.select(TABLE.column_names)


def _in_our_units(rows: pl.DataFrame) -> pl.DataFrame:
    """Bytes as GB and GB/s, bit-operations as TPP, foundries as a list."""
    return rows.select(
        "accelerator_name", "manufacturer_name", "release_date", "process_nm", "die_area_mm2", "tensor_cores", "tdp_w", *BITS,
        foundry_names=pl.col("foundries").str.split(","),
        upstream_total_processing_performance=(pl.col("total_processing_bit_op_s") / 1e12).round(6),
        memory_gb=(pl.col("memory_bytes") / 1e9).round(6),
        memory_bandwidth_gb_s=(pl.col("memory_bandwidth_byte_s") / 1e9).round(6),
    )  # fmt: skip


def _corrected(rows: pl.DataFrame, corrections: pl.DataFrame) -> pl.DataFrame:
    """Rows with every correction that still holds, and what was done to each."""
    unknown = corrections.filter(~pl.col("effect_code").is_in(EFFECTS) | ~pl.col("column_name").is_in(rows.columns))
    if unknown.height:
        raise ContractBroken(f"{TABLE.name}: corrections with unknown effect or column {unknown.to_dicts()}; effects: {EFFECTS}")
    wanted = corrections.to_dicts()
    done = [
        _correct(row, [one for one in wanted if one["accelerator_name"] == row["accelerator_name"]]) for row in rows.iter_rows(named=True)
    ]
    made = {"is_implausible": pl.Boolean(), "is_area_upper_bound": pl.Boolean(), "quality_note": pl.String()}
    lists = dict.fromkeys(("curated_columns", "excluded_columns"), pl.List(pl.String))
    return pl.DataFrame(done, schema={**rows.schema, **made, **lists})


def _correct(row: Row, corrections: list[Row]) -> Row:
    held = [one for one in corrections if row[one["column_name"]] == _number(one["upstream_value"])]
    columns = {effect: [one["column_name"] for one in held if one["effect_code"] == effect] or None for effect in EFFECTS}
    filled = {one["column_name"]: _number(one["value"]) for one in held if one["effect_code"] == "fill"}
    return {
        **row,
        **filled,
        "is_implausible": columns["quarantine"] is not None,
        "is_area_upper_bound": "die_area_mm2" in (columns["upper_bound"] or ()),
        "quality_note": "; ".join(one["reason"] for one in held) or None,
        "curated_columns": columns["fill"],
        "excluded_columns": columns["exclude"],
    }


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)


def _with_performance(rows: pl.DataFrame) -> pl.DataFrame:
    """Add total processing performance, its density, and whether either is only a lower bound."""
    performance = pl.max_horizontal(pl.col(name) * bits / 1e12 for name, bits in BITS.items()).round(6)
    has_matrix_figure = pl.any_horizontal(pl.col("tensor_fp16_flop_s", "fp8_flop_s", "int8_op_s").is_not_null())
    return rows.with_columns(
        total_processing_performance=performance,
        is_tpp_lower_bound=pl.col("tensor_cores").is_not_null() & ~has_matrix_figure,
        performance_density=(performance / pl.col("die_area_mm2")).round(6),
    ).with_columns(
        is_performance_density_lower_bound=pl.col("performance_density").is_not_null()
        & (pl.col("is_tpp_lower_bound") | pl.col("is_area_upper_bound"))
    )


def _with_designer(rows: pl.DataFrame, designers: pl.DataFrame) -> pl.DataFrame:
    """Add the designer and its country, by the maker as printed, or by the chip where no maker is printed."""
    by_maker = {row["manufacturer_name"]: row for row in designers.to_dicts() if row["manufacturer_name"]}
    by_chip = {row["accelerator_name"]: row for row in designers.to_dicts() if row["accelerator_name"]}
    pairs = rows.select("manufacturer_name", "accelerator_name").rows()
    found = [by_maker.get(maker) or by_chip.get(chip) for maker, chip in pairs]
    unknown = sorted({str(maker or chip) for (maker, chip), one in zip(pairs, found, strict=True) if one is None})
    if unknown:
        raise ContractBroken(f"{TABLE.name}: unknown makers {unknown[:10]}; add each to data/reference/designer_countries.csv")
    known = [one for one in found if one]
    return rows.with_columns(
        pl.Series("designer_name", [one["designer_name"] for one in known], dtype=pl.String),
        pl.Series("designer_country_code", [one["country_code"] for one in known], dtype=pl.String),
    )


def _with_interconnect(rows: pl.DataFrame, interconnects: pl.DataFrame) -> pl.DataFrame:
    """Add the curated interconnect, how it is known, and whether it leaves something out."""
    curated = interconnects.select(
        "accelerator_name",
        pl.col("interconnect_gb_s").cast(pl.Float64),
        is_interconnect_lower_bound=pl.col("is_lower_bound") == "true",
        interconnect_evidence_code="evidence_code",
    )
    joined = rows.join(curated, on="accelerator_name", how="left", validate="m:1")
    return joined.with_columns(pl.col("is_interconnect_lower_bound").fill_null(value=False))


def _markets(names: pl.Series, lines: pl.DataFrame) -> pl.Series:
    """For each name, whether its product line is for data centres and why; null where no line is known."""
    patterns = [(re.compile(line["name_pattern"]), line) for line in lines.to_dicts()]
    found = []
    for name in names:
        hits = [line for pattern, line in patterns if pattern.fullmatch(name)]
        if len(hits) > 1:
            raise ContractBroken(f"{TABLE.name}: {name!r} is in several product lines {[hit['name_pattern'] for hit in hits]}; narrow one")
        is_datacenter = hits[0]["is_datacenter_marketed"] == "true" if hits else None
        found.append({"is_datacenter_marketed": is_datacenter, "datacenter_basis": hits[0]["reason"] if hits else None})
    return pl.Series("market", found, dtype=pl.Struct({"is_datacenter_marketed": pl.Boolean, "datacenter_basis": pl.String}))


def _slug(name: pl.Expr) -> pl.Expr:
    """A name as an id: lower case, runs of other signs as one hyphen; dots and underscores stay."""
    return name.str.to_lowercase().str.replace_all(r"[^a-z0-9._]+", "-").str.strip_chars("-._")
