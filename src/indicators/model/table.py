"""Table and Column: the contract of one published table, and gate 1, which holds a frame to it.

What belongs here: structure (columns, types, keys, order) and the one Parquet writer.
What does not: meaning, ranges and links; the audit judges those on the written file, from the same contract.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import polars as pl
from polars._typing import PolarsDataType

from indicators.model.errors import ContractBroken
from indicators.model.project import PROJECT_NAME, SCHEMA_VERSION

License = Literal["CC-BY-4.0", "CC-BY-SA-4.0"]
"""Licences under which a table may be published: the project's own, and the one that share-alike sources ask for."""
PROJECT_LICENSE: License = "CC-BY-4.0"
GROUP_ROWS = 4_096
"""A reader over HTTP takes whole row groups: with these, a question about one indicator takes a tenth of its columns."""
GROUPS = 32
"""A large table has larger groups and about this many: each is described in the footer, which every reader takes first."""
ZSTD_LEVEL = 9
"""Less than half a second more for a release, and 4% less to transfer; higher levels cost more than they save."""


@dataclass(frozen=True)
class Column:
    """One column: its type, what it means, and what the audit holds it to."""

    name: str
    dtype: PolarsDataType
    description: str
    unit: str = ""
    is_nullable: bool = False
    values: tuple[str, ...] = ()
    """The closed vocabulary, where there is one."""
    minimum: Any = None
    maximum: Any = None
    pattern: str = ""
    links_to: str = ""
    """`table.column` whose values this column must be among."""

    @property
    def kind(self) -> pl.DataType:
        """The type as an instance, so that types compare and print alike."""
        return self.dtype() if isinstance(self.dtype, type) else self.dtype


@dataclass(frozen=True)
class Rule:
    """A question about a table and the SQL that returns the rows for which the answer is no."""

    question: str
    failing_rows: str
    is_warning: bool = False
    """A warning is published with the release and does not block it."""


@dataclass(frozen=True)
class Table:
    """The contract of one table: asset, file and name are the same word everywhere."""

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    row_bounds: tuple[int, int]
    """Fewest and most rows of a healthy run (known run −10–20 %, ×2): explained when broken, never widened."""
    max_loss_share: float = 0.2
    """The largest share of the last release's rows (of its core rows, where there is a core) that may vanish without blocking."""
    core: str = ""
    """The rows that are promised to stay, as a DuckDB predicate over this table's columns; empty: all of them."""
    parts_of: str = ""
    """A source whose files build this table one at a time; every key then lies in one file's part. Empty: built whole."""
    is_released: bool = True
    is_aggregate: bool = False
    """True where rows are counts over many upstream rows: the only way out for an `aggregates_only` source."""
    is_provenance: bool = False
    """True for the record of inputs: its change alone makes no release."""
    license: License = PROJECT_LICENSE
    """The project's own, except for a table built from a `share_alike` source, which carries that source's."""
    rules: tuple[Rule, ...] = ()

    @property
    def column_names(self) -> list[str]:
        """Names in published order."""
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """The column of that name; raises KeyError."""
        return {column.name: column for column in self.columns}[name]

    @property
    def links(self) -> set[str]:
        """Tables that this one's columns point into."""
        return {column.links_to.partition(".")[0] for column in self.columns if column.links_to} - {self.name}

    def conform(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return `frame` in published order, or raise ContractBroken naming table, column and rows (gate 1)."""
        self._require_columns(frame)
        self._require_types(frame)
        self._require_keys(frame)
        self._require_finite(frame)
        return frame.select(self.column_names).sort(self.key)

    def write(self, frame: pl.DataFrame, folder: Path) -> Path:
        """Conform `frame` and write `<folder>/<name>.parquet` by a rename; the same rows give the same bytes."""
        return self.write_to(folder / f"{self.name}.parquet", frame)

    def write_to(self, path: Path, frame: pl.DataFrame) -> Path:
        """Conform `frame` and write it to `path`."""
        return self._written(self.conform(frame).lazy(), path)

    def join(self, parts: Sequence[Path], folder: Path) -> Path:
        """Write parts as one table, reading a little at a time; raises ContractBroken where their keys overlap."""
        filled = sorted((*ends, part) for part in parts if (ends := self._ends(part)))
        for (_, last, one), (first, _, other) in pairwise(filled):
            if last >= first:
                raise ContractBroken(
                    f"{self.name}: {one.name} ends at {last}, {other.name} begins at {first}; a key lies in one file's part"
                )
        frames = [pl.scan_parquet(part) for *_, part in filled]
        return self._written(pl.concat(frames) if frames else self._nothing(), folder / f"{self.name}.parquet")

    def _written(self, rows: pl.LazyFrame, path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.part")
        group = max(GROUP_ROWS, rows.select(pl.len()).collect().item() // GROUPS)
        packed: dict[str, Any] = {"compression": "zstd", "compression_level": ZSTD_LEVEL, "statistics": True, "row_group_size": group}
        rows.sink_parquet(draft, **packed, metadata=self._file_metadata())
        return draft.rename(path)

    def _ends(self, part: Path) -> tuple[tuple[Any, ...], tuple[Any, ...]] | None:
        """The first and the last key of a sorted part; None where it has no rows."""
        keys = pl.read_parquet(part, columns=list(self.key)).select(self.key)
        return (keys.row(0), keys.row(-1)) if keys.height else None

    def _nothing(self) -> pl.LazyFrame:
        return pl.LazyFrame(schema={column.name: column.kind for column in self.columns})

    def typed(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Cast the text columns of a curated CSV to this contract; raises ContractBroken where a cell does not fit."""
        try:
            return frame.select(_cast(column) for column in self.columns)
        except (pl.exceptions.PolarsError, ValueError) as error:
            raise ContractBroken(f"{self.name}: a curated row does not fit its column: {error}; correct the CSV") from error

    def _require_columns(self, frame: pl.DataFrame) -> None:
        missing = [name for name in self.column_names if name not in frame.columns]
        extra = [name for name in frame.columns if name not in self.column_names]
        if missing or extra:
            raise ContractBroken(f"{self.name}: columns missing {missing}, unexpected {extra}; change TABLE and build together")

    def _require_types(self, frame: pl.DataFrame) -> None:
        for column in self.columns:
            if frame.schema[column.name] != column.kind:
                stated = f"is {frame.schema[column.name]}, the contract says {column.kind}"
                raise ContractBroken(f"{self.name}.{column.name}: {stated}; cast it in build")

    def _require_keys(self, frame: pl.DataFrame) -> None:
        for name in self.key:
            if self.column(name).is_nullable or not frame[name].null_count():
                continue
            null = frame.with_row_index("row").filter(pl.col(name).is_null())
            raise ContractBroken(f"{self.name}.{name}: {null.height} rows without their key, {_sample(null)}")
        is_twice = frame.select(self.key).is_duplicated()
        if is_twice.any():
            twice = frame.filter(is_twice).sort(self.key)
            raise ContractBroken(f"{self.name}: key {self.key} repeats in {twice.height} rows, {_sample(twice)}")

    def _require_finite(self, frame: pl.DataFrame) -> None:
        for column in self.columns:
            if column.kind.is_float() and not frame[column.name].is_finite().all():
                bad = frame.filter(pl.col(column.name).is_not_null() & ~pl.col(column.name).is_finite())
                raise ContractBroken(f"{self.name}.{column.name}: {bad.height} rows hold NaN or inf, {_sample(bad)}")

    def _file_metadata(self) -> dict[str, str]:
        """What a file says of itself, wherever it is taken: texts, and JSON for the key and the columns."""
        columns = {column.name: {"description": column.description, "unit": column.unit} for column in self.columns}
        described = {"table": self.name, "title": self.title, "description": self.description, "license": self.license}
        stated = described | {"dataset": PROJECT_NAME, "schema_version": SCHEMA_VERSION, "key": json.dumps(self.key)}
        return stated | {"columns": json.dumps(columns, ensure_ascii=False)}


def _cast(column: Column) -> pl.Expr:
    """Text to the column's type; a list is written with semicolons, a boolean as true or false."""
    text = pl.col(column.name)
    if column.kind == pl.Boolean:
        return text.replace_strict({"true": True, "false": False}, return_dtype=pl.Boolean)
    if isinstance(column.kind, pl.List):
        return text.str.split(";").cast(column.kind)
    return text.str.to_date() if column.kind == pl.Date else text.cast(column.kind)


def _sample(frame: pl.DataFrame, rows: int = 3) -> str:
    """The first rows as text, for an error message."""
    return f"e.g. {frame.head(rows).to_dicts()}"
