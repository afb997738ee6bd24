"""Curated judgements on accelerators, found by name: corrections, designers, product lines, interconnects, and names that changed.

Know before editing:
- Judgements are data: each is a row of data/reference with its reason. No accelerator is named here.
- A row keeps the name that upstream prints; whatever is curated, and the id, go by its canonical name, so that both outlive a rename.
- A correction holds while upstream's cell still reads `upstream_value` (blank: is still blank); then upstream's new figure is used.
  `fill` gives a blank figure, `exclude` keeps a published figure out of readings, `upper_bound` marks an area that counts too
  much, and `quarantine` keeps the whole row out of readings.
"""

import re
from typing import Any

import polars as pl

from indicators.model import ContractBroken

EFFECTS = ("fill", "exclude", "upper_bound", "quarantine")
MARKET = {"is_datacenter_marketed": pl.Boolean(), "is_merchant": pl.Boolean(), "datacenter_basis": pl.String()}
Row = dict[str, Any]


def with_canonical_name(rows: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Return rows with the one name that a chip has under all its spellings; raises ContractBroken where two rows are one chip."""
    known = dict(names.select("alias", "accelerator_name").iter_rows())
    chained = sorted(set(known) & set(known.values()))
    if chained:
        raise ContractBroken(f"accelerators: {chained} are aliases and canonical at once; correct data/reference/accelerator_names.csv")
    named = rows.with_columns(canonical_name=pl.col("accelerator_name").replace(known))
    twice = named.filter(pl.col("canonical_name").is_duplicated()).sort("canonical_name", "accelerator_name")
    if twice.height:
        pairs = twice.select("accelerator_name", "canonical_name").head(4).to_dicts()
        raise ContractBroken(f"accelerators: rows that are one chip {pairs}; correct data/reference/accelerator_names.csv")
    return named


def corrected(rows: pl.DataFrame, corrections: pl.DataFrame) -> pl.DataFrame:
    """Return rows with every correction that still holds, and what was done to each; raises ContractBroken for a wrong correction."""
    unknown = corrections.filter(~pl.col("effect_code").is_in(EFFECTS) | ~pl.col("column_name").is_in(rows.columns))
    if unknown.height:
        raise ContractBroken(f"accelerators: corrections with unknown effect or column {unknown.to_dicts()}; effects: {EFFECTS}")
    wanted = corrections.to_dicts()
    done = [
        _correct(row, [one for one in wanted if one["accelerator_name"] == row["canonical_name"]]) for row in rows.iter_rows(named=True)
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


def with_designer(rows: pl.DataFrame, designers: pl.DataFrame) -> pl.DataFrame:
    """Return rows with designer and country, by the maker as printed, or by the chip where none is; raises ContractBroken if unknown."""
    by_maker = {row["manufacturer_name"]: row for row in designers.to_dicts() if row["manufacturer_name"]}
    by_chip = {row["accelerator_name"]: row for row in designers.to_dicts() if row["accelerator_name"]}
    pairs = rows.select("manufacturer_name", "canonical_name").rows()
    found = [by_maker.get(maker) or by_chip.get(chip) for maker, chip in pairs]
    unknown = sorted({str(maker or chip) for (maker, chip), one in zip(pairs, found, strict=True) if one is None})
    if unknown:
        raise ContractBroken(f"accelerators: unknown makers {unknown[:10]}; add each to data/reference/designer_countries.csv")
    known = [one for one in found if one]
    return rows.with_columns(
        pl.Series("designer_name", [one["designer_name"] for one in known], dtype=pl.String),
        pl.Series("designer_country_code", [one["country_code"] for one in known], dtype=pl.String),
    )


def with_interconnect(rows: pl.DataFrame, interconnects: pl.DataFrame) -> pl.DataFrame:
    """Return rows with the curated interconnect, how it is known, and whether it leaves something out."""
    curated = interconnects.select(
        pl.col("interconnect_gb_s").cast(pl.Float64),
        canonical_name="accelerator_name",
        is_interconnect_lower_bound=pl.col("is_lower_bound") == "true",
        interconnect_evidence_code="evidence_code",
    )
    joined = rows.join(curated, on="canonical_name", how="left", validate="m:1")
    return joined.with_columns(pl.col("is_interconnect_lower_bound").fill_null(value=False))


def with_market(rows: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Return rows with what their product line is sold for, null where no line is known; raises ContractBroken where two lines match."""
    patterns = [(re.compile(line["name_pattern"]), line) for line in lines.to_dicts()]
    found = []
    for name in rows["canonical_name"]:
        hits = [line for pattern, line in patterns if pattern.fullmatch(name)]
        if len(hits) > 1:
            raise ContractBroken(f"accelerators: {name!r} is in several product lines {[hit['name_pattern'] for hit in hits]}; narrow one")
        found.append(_market(hits[0]) if hits else dict.fromkeys(MARKET))
    return rows.hstack(pl.DataFrame(found, schema=MARKET))


def _market(line: Row) -> Row:
    is_datacenter, is_merchant = line["is_datacenter_marketed"] == "true", line["is_merchant"] == "true"
    return {"is_datacenter_marketed": is_datacenter, "is_merchant": is_merchant, "datacenter_basis": line["reason"]}
