"""Tables in the graph: an asset that builds each, with what its page shows of it. `audits` has the check of each."""

from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl

from indicators import measures
from indicators.definitions import changes, markdown, plots
from indicators.definitions.keys import CURATED, PRIVATE, TABLES, reference_key, source_key, table_key
from indicators.model import Column, Table
from indicators.pipeline import Pipeline, permissions
from indicators.sources import sources
from indicators.tables import OVERLOOKING, REFERENCE, inputs, seen_by, tables

PREVIEW_ROWS, PREVIEW_LONGEST = 2, 24
"""What the page has room for without a scroll bar: rows side by side, and characters of a cell."""
PLOTTED = "indicator_values"


def curated_specs() -> list[dg.AssetSpec]:
    """The curated facts that tables ask for, drawn so that the graph shows them."""
    asked = sorted({name for module in tables().values() for name in inputs(module) if name.startswith(REFERENCE)})
    return [
        dg.AssetSpec(reference_key(name), group_name=CURATED, description=f"data/reference/{name.removeprefix(REFERENCE)}.csv")
        for name in asked
    ]


def _inputs(name: str) -> list[dg.AssetKey]:
    """The assets a table is built from; a source of which it is given no rows is none of them."""
    keys: set[dg.AssetKey] = set()
    table = tables()[name].TABLE
    for asked in inputs(tables()[name]):
        if asked in sources():
            keys |= set() if permissions.is_withheld(table, sources()[asked].SOURCE) else {source_key(asked)}
        elif asked in tables():
            keys.add(table_key(asked))
        elif asked.startswith(REFERENCE):
            keys.add(reference_key(asked))
        elif asked == "provenance":
            keys |= {source_key(source_id) for source_id in permissions.public_sources()}
        elif asked in OVERLOOKING:
            keys |= {table_key(other) for other in seen_by(name)}
    return sorted(keys)


def table_asset(pipeline: Pipeline, name: str) -> dg.AssetsDefinition:
    """The asset that builds one table, with its columns and a preview."""
    table = tables()[name].TABLE
    columns = [dg.TableColumn(column.name, str(column.kind), description=_describe(column)) for column in table.columns]

    @dg.asset(
        key=table_key(name),
        group_name=PRIVATE if permissions.is_private(name) else TABLES,
        deps=_inputs(name),
        description=f"{table.title}. {table.description}",
        kinds={"polars", "parquet"},
        metadata={"dagster/column_schema": dg.TableSchema(columns), "key": ", ".join(table.key), "is_released": table.is_released},
    )
    def made() -> dg.MaterializeResult[Any]:
        return dg.MaterializeResult(metadata=_found(pipeline, name, pipeline.build(name)))

    return made


def _found(pipeline: Pipeline, name: str, path: Path) -> dict[str, Any]:
    """What a page shows of a built table: its size, what differs from the last release, its first rows, and its plots."""
    rows = pl.scan_parquet(path)
    found: dict[str, Any] = {
        "dagster/row_count": rows.select(pl.len()).collect().item(),
        "bytes": path.stat().st_size,
        **_changed(pipeline, tables()[name].TABLE, path),
        "preview": _preview(rows.head(PREVIEW_ROWS).collect()),
        "path": dg.MetadataValue.path(str(path)),
    }
    drawn = _plots(pipeline, path) if name == PLOTTED else {}
    return found | drawn | ({"parts_built": pipeline.rebuilt[name]} if name in pipeline.rebuilt else {})


def _preview(rows: pl.DataFrame) -> dg.TableMetadataValue:
    """Rows side by side, a line a column."""
    names = ("column", *(f"row {number}" for number in range(1, rows.height + 1)))
    lines = [(name, *(markdown.cut(value, PREVIEW_LONGEST) for value in rows[name])) for name in rows.columns]
    records = [dg.TableRecord(dict(zip(names, line, strict=True))) for line in lines]
    return dg.MetadataValue.table(records, dg.TableSchema([dg.TableColumn(name) for name in names]))


def _changed(pipeline: Pipeline, table: Table, path: Path) -> dict[str, Any]:
    """Rows added, removed and changed since the last release: what the next one would say. None of a table that is not released."""
    last = pipeline.shelf.latest()
    if last is None or not table.is_released:
        return {}
    return {"compared_with": f"release {last.version}", **changes.counts(last.tables / path.name, path, table.key)}


def _plots(pipeline: Pipeline, path: Path) -> dict[str, Any]:
    """The headline indicators as small plots, and the newest figure of each as a number, which the page plots over builds."""
    defined = {indicator.id: indicator for indicator in measures.definitions(pipeline.folders.sql / "indicators")}
    drawn = [(plot, defined[plot.headline.indicator_id]) for plot in plots.plots(pl.read_parquet(path))]
    in_full = "\n\n".join(plot.in_full(about.title, about.unit) for plot, about in drawn)
    return {
        "plots_with_intervals": dg.MetadataValue.md(in_full),
        **{f"plot/{plot.headline.id}": dg.MetadataValue.md(plot.at_once(about.title, about.unit)) for plot, about in drawn},
        **{f"newest/{plot.headline.id}": plot.newest.value for plot, _ in drawn},
    }


def _describe(column: Column) -> str:
    return f"{column.description} ({column.unit})" if column.unit else column.description
