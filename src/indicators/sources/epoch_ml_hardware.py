"""Epoch AI's table of machine-learning accelerators: one row per chip, with throughput, memory, die, maker and foundry.

Know before editing:
- Columns are renamed and reordered between captures; `ALIASES` holds every spelling seen. One that matches none stops the refresh.
- `inf` in derived columns of captures before 2025-12 means "not computed"; those columns are not read.
- Throughput is dense, per chip (GB200 and GB300: per GPU, not per superchip). A blank is unknown, never zero.
- `INT4/FP4 performance`, seen in one capture, stands for the INT4 column, which had that name for a month.
- Names are unique within a capture and change between captures: a rename looks like one row lost and one gained. Known renames lie in
  data/reference/accelerator_names.csv; the placeholder `NVIDIA Blackwell` of 2025-10 was dropped and renamed to nothing.
- `PCle` with a small L is how two names are printed. They are kept so here.
- `Intranode bandwidth` mixes links with host buses and is not read.
- https://epoch.ai/data/machine_learning_hardware.csv answers 200 with a page of HTML; that is not this file.
- A blank release date marks a chip that is announced only. One maker is blank; two foundries may share a cell (`SMIC,TSMC`).
"""

from datetime import timedelta

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._csv import dates, numbers, read_text_columns, require_unique, require_words

MEASURES = {
    "fp64_flop_s": ["FP64 (double precision) performance (FLOP/s)"],
    "fp32_flop_s": ["FP32 (single precision) performance (FLOP/s)"],
    "tf32_flop_s": ["TF32 (TensorFloat-32) performance (FLOP/s)"],
    "tensor_fp16_flop_s": ["Tensor-FP16/BF16 performance (FLOP/s)"],
    "fp16_flop_s": ["FP16 (half precision) performance (FLOP/s)"],
    "fp8_flop_s": ["FP8 performance (FLOP/s)"],
    "fp4_flop_s": ["FP4 performance (FLOP/s)"],
    "int16_op_s": ["INT16 performance (OP/s)"],
    "int8_op_s": ["INT8 performance (OP/s)"],
    "int4_op_s": ["INT4 performance (OP/s)", "INT4/FP4 performance (OP/s)"],
    "tensor_cores": ["Tensor cores"],
    "total_processing_bit_op_s": ["Total processing performance (bit-OP/s)"],
    "memory_bytes": ["Memory (bytes)", "Memory size per board (Byte)"],
    "memory_bandwidth_byte_s": ["Memory bandwidth (byte/s)"],
    "die_area_mm2": ["Die Size (mm^2)"],
    "process_nm": ["Process size (nm)"],
    "tdp_w": ["TDP (W)"],
}
ALIASES = {
    "accelerator_name": ["Hardware name"],
    "manufacturer_name": ["Manufacturer"],
    "release_date": ["Release date"],
    "foundries": ["Foundry"],
    **MEASURES,
}
IGNORED = (
    "Type", "Notes", "Release price (USD)", "Intranode bandwidth (byte/s)", "Internode bandwidth (bit/s)", "Base clock (MHz)",
    "Boost clock (MHz)", "Memory clock (MHz)", "Memory bus (bit)", "Transistors (millions)", "Link to datasheet",
    "Source for the price", "ML models", "Last modified", "Max performance", "Energy efficiency", "Price-performance", "ML OP/s",
)  # fmt: skip
FOUNDRIES = ("Intel", "SMIC", "Samsung", "TSMC")

SOURCE = Source(
    id="epoch_ml_hardware",
    title="Data on Machine Learning Hardware",
    publisher="Epoch AI",
    homepage="https://epoch.ai/data/machine-learning-hardware",
    license="CC-BY-4.0",
    redistribution="open",
    attribution="Epoch AI, 'Data on Machine Learning Hardware', CC BY 4.0",
    cadence=timedelta(days=7),
    files=(File("ml_hardware.csv", "https://epoch.ai/data/ml_hardware.csv"),),
    schema={
        "accelerator_name": pl.String,
        "manufacturer_name": pl.String,
        "release_date": pl.Date,
        "foundries": pl.String,
        **dict.fromkeys(MEASURES, pl.Float64),
    },
    max_bytes=5_000_000,
)


def parse(payload: bytes, _file: File) -> pl.DataFrame:
    """Return one row per accelerator: dense operations a second by precision, bytes, mm², nm and W as stated."""
    rows = read_text_columns(payload, SOURCE.id, ALIASES, IGNORED)
    require_unique(rows, "accelerator_name", SOURCE.id)
    require_words(rows.select(pl.col("foundries").str.split(",")).explode("foundries"), "foundries", FOUNDRIES, SOURCE.id)
    rows = dates(numbers(rows, list(MEASURES), SOURCE.id), ["release_date"], SOURCE.id)
    _require_positive(rows)
    return rows.select(list(SOURCE.schema))


def _require_positive(rows: pl.DataFrame) -> None:
    """Raise BadPayload where a figure is zero or below: upstream leaves unknown figures blank."""
    for name in MEASURES:
        bad = rows.filter(pl.col(name) <= 0)
        if bad.height:
            chips = bad["accelerator_name"].head(3).to_list()
            raise BadPayload(f"{SOURCE.id}: {name!r} is zero or negative for {chips}; a blank means unknown, so upstream must be asked")
