"""accelerators: chips for machine learning, with the figures by which export rules judge them.

Total processing performance is recomputed here: the maximum over bit lengths of dense operations a second × bit length ÷ 1e12. That is the
definition of the technical notes to ECCN 3A090 (2 × MacTOPS × bit length; a multiply-accumulate is two operations, dense figures only).

TF32 counts 19 bits. The notes take the bit length of an operation from the largest input to its multiplication, and what TF32 multiplies
has 19 bits (sign, 8 of exponent, 10 of mantissa); the other 13 of the 32 in which it is stored never reach the multiplier. Upstream counts
it so too. A warning of the audit names the chips whose total would be higher if storage counted.

Performance density is that total over the applicable die area: logic dies of a node with non-planar transistors. Nodes above 16 nm are
planar, so their dies have none and no density. Where the node is unknown the area counts, and a warning says so.

Know before editing:
- Judgements are data, one reason a row in data/reference, and `_accelerator_facts` applies them.
- Where tensor cores are listed without a tensor, FP8 or INT8 figure, TPP comes from vector units and is a lower bound.
- An area above about 858 mm² is the sum of several dies.
- Upstream's bandwidth within a node mixes links and host buses and is not read; interconnects are curated.
- GB200 and GB300 are counted per GPU, not per superchip of two.
- No release date means announced only: leave such chips out of series over time.
"""

from datetime import date

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.tables.compute._accelerator_facts import corrected, with_canonical_name, with_designer, with_interconnect, with_market

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
LARGEST_NON_PLANAR_NM = 16
"""Logic nodes up to here have fins or gates all around; those from 28 nm up are planar. In between both kinds exist, and a rule asks."""
INTERCONNECT_EVIDENCE = ("source", "secondary", "background", "conflicting", "doubtful")


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
        Column("accelerator_id", pl.String, "Slug of the name; a chip that upstream renames keeps its id",
               pattern=r"^[a-z0-9][a-z0-9._-]*$"),
        Column("accelerator_name", pl.String, "Name as Epoch AI prints it"),
        Column("designer_name", pl.String, "Company that designed it"),
        Column("designer_country_code", pl.String, "Headquarters country of the designer, not the country of manufacture",
               links_to="countries.country_code"),
        Column("release_date", pl.Date, "Day of release; null for a chip that is announced only", is_nullable=True, minimum=date(2005, 1,
               1)),
        Column("is_datacenter_marketed", pl.Boolean, "Whether its product line is designed or marketed for data centres; null where"
               " unknown", is_nullable=True),
        Column("is_merchant", pl.Boolean, "Whether its product line is sold as hardware, rather than built for its designer's own data"
               " centres; null where unknown", is_nullable=True),
        Column("datacenter_basis", pl.String, "The judgement on the product line behind is_datacenter_marketed and is_merchant",
               is_nullable=True),
        Column("process_nm", pl.Float64, "Process node by its name", unit="nm", is_nullable=True, minimum=1, maximum=200),
        Column("foundry_names", pl.List(pl.String), "Makers of the dies; null where unknown", is_nullable=True),
        Column("die_area_mm2", pl.Float64, "Area of the dies, summed where there are several", unit="mm²", is_nullable=True, minimum=20,
               maximum=3000),
        Column("applicable_die_area_mm2", pl.Float64, "Area that counts for density: that of die_area_mm2, null where the node is planar"
               " (above 16 nm); a die whose node is unknown counts", unit="mm²", is_nullable=True, minimum=20, maximum=3000),
        _throughput("fp64_flop_s", 64, "FP64"),
        _throughput("fp32_flop_s", 32, "FP32"),
        _throughput("tf32_flop_s", 19, "TF32, stored in 32 bits of which it multiplies 19"),
        _throughput("tensor_fp16_flop_s", 16, "FP16 or BF16 on matrix units"),
        _throughput("fp16_flop_s", 16, "FP16 on vector units, or where upstream does not tell the two apart"),
        _throughput("fp8_flop_s", 8, "FP8"),
        _throughput("fp4_flop_s", 4, "FP4"),
        _throughput("int16_op_s", 16, "INT16"),
        _throughput("int8_op_s", 8, "INT8"),
        _throughput("int4_op_s", 4, "INT4"),
        Column("total_processing_performance", pl.Float64, "Recomputed: maximum over bit lengths of dense operations a second × bit"
               " length ÷ 1e12, TF32 counting 19 bits", unit="TPP", is_nullable=True, minimum=1, maximum=1_000_000),
        Column("upstream_total_processing_performance", pl.Float64, "The same as Epoch AI publishes it", unit="TPP", is_nullable=True,
               minimum=1, maximum=1_000_000),
        Column("is_tpp_lower_bound", pl.Boolean, "Whether the recomputed figure is only a lower bound: matrix units are listed, their"
               " throughput is not"),
        Column("performance_density", pl.Float64, "Total processing performance over applicable die area; null without either",
               unit="TPP/mm²", is_nullable=True, minimum=0, maximum=1000),
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
             "SELECT * FROM accelerators WHERE accelerator_id = 'nvidia-a100-sxm4-80-gb' AND total_processing_performance IS DISTINCT FROM"
             " 4992"),
        Rule("Is density TPP over applicable area?",
             "SELECT * FROM accelerators WHERE abs(performance_density - total_processing_performance / applicable_die_area_mm2) > 1e-5"
             " OR (performance_density IS NULL) <> (total_processing_performance IS NULL OR applicable_die_area_mm2 IS NULL)"),
        Rule("Does exactly the area of planar nodes not count?",
             "SELECT * FROM accelerators WHERE applicable_die_area_mm2 IS DISTINCT FROM"
             " CASE WHEN coalesce(process_nm, 0) <= 16 THEN die_area_mm2 END"),
        Rule("Is every node plainly planar or plainly not (20 and 22 nm are made in both kinds)?",
             "SELECT * FROM accelerators WHERE process_nm > 16 AND process_nm < 28"),
        Rule("Does a quarantined or corrected row say why?",
             "SELECT * FROM accelerators WHERE quality_note IS NULL AND (is_implausible OR curated_columns IS NOT NULL OR"
             " excluded_columns IS NOT NULL)"),
        Rule("Is every interconnect known from somewhere?",
             "SELECT * FROM accelerators WHERE (interconnect_gb_s IS NULL) <> (interconnect_evidence_code IS NULL)"),
        Rule("Is no board with a host bus alone credited with a link (V100 for PCIe: 32 GB/s)?",
             "SELECT * FROM accelerators WHERE regexp_matches(accelerator_name, 'V100S? PCIe') AND interconnect_gb_s > 64"),
        Rule("Are A800 and H800 below the 600 GB/s of October 2022, for which they were cut down?",
             "SELECT * FROM accelerators WHERE regexp_matches(accelerator_name, '[AH]800') AND interconnect_gb_s >= 600"),
        Rule("Are GB200 and GB300 counted per GPU (a superchip of two would have twice the B200's throughput)?",
             "SELECT g.* FROM accelerators g, accelerators b WHERE regexp_matches(g.accelerator_name, 'GB[23]00') AND b.accelerator_id ="
             " 'nvidia-b200' AND g.tensor_fp16_flop_s > 1.5 * b.tensor_fp16_flop_s"),
        Rule("Is every maker of dies named once?",
             "SELECT * FROM accelerators WHERE len(foundry_names) <> len(list_distinct(foundry_names))"),
        Rule("Are the chips that readers ask for still under their ids (a rename belongs in accelerator_names.csv)?",
             "SELECT id FROM (SELECT unnest(['nvidia-a100-sxm4-80-gb', 'nvidia-a800-sxm', 'nvidia-h100-sxm5-80gb', 'nvidia-h800-sxm5',"
             " 'nvidia-hgx-h20', 'nvidia-h200-sxm', 'nvidia-b200', 'nvidia-gb200', 'amd-instinct-mi300x', 'huawei-ascend-910',"
             " 'huawei-ascend-910b', 'huawei-ascend-910c', 'biren-br100']) AS id) ANTI JOIN accelerators ON accelerator_id = id",
             is_warning=True),
        Rule("Does the recomputed TPP agree with upstream's within 0.01%?",
             "SELECT accelerator_id, total_processing_performance, upstream_total_processing_performance FROM accelerators WHERE"
             " abs(total_processing_performance / upstream_total_processing_performance - 1) > 0.0001"
             " ORDER BY abs(total_processing_performance / upstream_total_processing_performance - 1) DESC", is_warning=True),
        Rule("Does upstream total what we can total?",
             "SELECT accelerator_id, total_processing_performance FROM accelerators WHERE upstream_total_processing_performance IS NULL AND"
             " total_processing_performance IS NOT NULL", is_warning=True),
        Rule("Would every TPP be the same if TF32 counted the 32 bits in which it is stored?",
             "SELECT accelerator_id, total_processing_performance, round(tf32_flop_s * 32 / 1e12, 6) AS tpp_by_storage FROM accelerators"
             " WHERE round(tf32_flop_s * 32 / 1e12, 6) > total_processing_performance", is_warning=True),
        Rule("Is every TPP more than a lower bound?", "SELECT * FROM accelerators WHERE is_tpp_lower_bound", is_warning=True),
        Rule("Is no row quarantined?", "SELECT * FROM accelerators WHERE is_implausible", is_warning=True),
        Rule("Is every published figure read?", "SELECT accelerator_id, excluded_columns, quality_note FROM accelerators WHERE"
             " excluded_columns IS NOT NULL", is_warning=True),
        Rule("Is the market of every product line known?", "SELECT * FROM accelerators WHERE is_datacenter_marketed IS NULL",
             is_warning=True),
        Rule("Is every area that of one die (up to 858 mm²)?", "SELECT * FROM accelerators WHERE die_area_mm2 > 858", is_warning=True),
        Rule("Is the node of every area that counts known?",
             "SELECT accelerator_id, applicable_die_area_mm2 FROM accelerators WHERE applicable_die_area_mm2 IS NOT NULL AND process_nm IS"
             " NULL", is_warning=True),
        Rule("Has every chip a day of release (without one it is announced only, and in no series)?",
             "SELECT accelerator_id FROM accelerators WHERE release_date IS NULL", is_warning=True),
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
    reference_accelerator_names: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row per accelerator; raises ContractBroken for an unknown maker, an ambiguous line or name, or a wrong correction."""
    rows = with_canonical_name(_in_our_units(epoch_ml_hardware), reference_accelerator_names)
    rows = _with_performance(corrected(rows, reference_accelerator_corrections))
    rows = with_designer(rows, reference_designer_countries)
    rows = with_market(with_interconnect(rows, reference_chip_interconnects), reference_product_lines)
    return rows.with_columns(accelerator_id=_slug(pl.col("canonical_name"))).select(TABLE.column_names)


def _in_our_units(rows: pl.DataFrame) -> pl.DataFrame:
    """Bytes as GB and GB/s, bit-operations as TPP, foundries as a list."""
    return rows.select(
        "accelerator_name", "manufacturer_name", "release_date", "process_nm", "die_area_mm2", "tensor_cores", "tdp_w", *BITS,
        foundry_names=pl.col("foundries").str.split(","),
        upstream_total_processing_performance=(pl.col("total_processing_bit_op_s") / 1e12).round(6),
        memory_gb=(pl.col("memory_bytes") / 1e9).round(6),
        memory_bandwidth_gb_s=(pl.col("memory_bandwidth_byte_s") / 1e9).round(6),
    )  # fmt: skip


def _with_performance(rows: pl.DataFrame) -> pl.DataFrame:
    """Add total processing performance, its density over the applicable area, and whether either is only a lower bound."""
    performance = pl.max_horizontal(pl.col(name) * bits / 1e12 for name, bits in BITS.items()).round(6)
    has_matrix_figure = pl.any_horizontal(pl.col("tensor_fp16_flop_s", "fp8_flop_s", "int8_op_s").is_not_null())
    is_planar = (pl.col("process_nm") > LARGEST_NON_PLANAR_NM).fill_null(value=False)
    area = pl.when(~is_planar).then("die_area_mm2")
    return rows.with_columns(
        total_processing_performance=performance,
        is_tpp_lower_bound=pl.col("tensor_cores").is_not_null() & ~has_matrix_figure,
        applicable_die_area_mm2=area,
        performance_density=(performance / area).round(6),
    ).with_columns(
        is_performance_density_lower_bound=pl.col("performance_density").is_not_null()
        & (pl.col("is_tpp_lower_bound") | pl.col("is_area_upper_bound"))
    )


def _slug(name: pl.Expr) -> pl.Expr:
    """A name as an id: lower case, runs of other signs as one hyphen; dots and underscores stay."""
    return name.str.to_lowercase().str.replace_all(r"[^a-z0-9._]+", "-").str.strip_chars("-._")
