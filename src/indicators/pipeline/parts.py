"""Tables built one file of a source at a time (a conference and year): memory holds a few files, and only what changed is built again.

Know before editing: a part is named by its file and a digest of everything it was made of (the rows given, and all code that makes
tables), so a part that is there is right. Parts lie in `<working>/parts/<table>/`; the table is their join, in the order of its key.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl

from indicators import model
from indicators import tables as tables_package
from indicators.model import Table
from indicators.snapshots.remembered import code_digest
from indicators.snapshots.rows import Part
from indicators.tables import TableModule, inputs, tables

Given = Callable[[str], pl.DataFrame]
"""An input by its name, whole."""
LANES = 2
"""Files at once: polars leaves the interpreter free for the next one, and memory holds no more than these."""


def build(module: TableModule, files: Iterable[Part], given: Given, working: Path, place: Path) -> tuple[Path, int]:
    """Build a table's parts, each where it is not there yet, and join them; returns the path and how many were built."""
    table, folder = module.TABLE, working / "parts" / module.TABLE.name
    per_file = {name for name in inputs(module) if name == table.parts_of or _is_in_parts(name, table.parts_of)}
    shared = {name: given(name) for name in inputs(module) if name not in per_file}
    known = {name: _digest(frame) for name, frame in shared.items()}
    before = set(folder.glob("*.parquet"))
    with ThreadPoolExecutor(LANES) as pool:
        paths = list(pool.map(lambda file: _part(module, file, per_file, shared, known, folder), files))
    for old in before - set(paths):
        old.unlink()
    return table.join(paths, place), len(set(paths) - before)


def of_file(folder: Path, file_name: str) -> Path:
    """The one part of a table that was made of a file."""
    (path,) = folder.glob(f"{file_name}-*.parquet")
    return path


def _part(
    module: TableModule, file: Part, per_file: set[str], shared: Mapping[str, pl.DataFrame], known: Mapping[str, str], folder: Path
) -> Path:
    """The part made of one file, built unless it is there."""
    own = {name: _own(module.TABLE, name, file, folder.parent) for name in per_file}
    made_of = dict(known) | {name: _digest(frame) for name, frame in own.items()}
    stamp = hashlib.sha256(f"{module.__name__} {_code()} {pl.__version__} {sorted(made_of.items())}".encode()).hexdigest()
    path = folder / f"{file.provenance.file_name}-{stamp[:16]}.parquet"
    if not path.exists():
        module.TABLE.write_to(path, module.build(**shared, **own))
    return path


def _own(table: Table, name: str, file: Part, folder: Path) -> pl.DataFrame:
    """What one file gives to an input: its rows, or the part of another table that was made of it."""
    if name == table.parts_of:
        return file.frame.with_columns(file_name=pl.lit(file.provenance.file_name))
    return pl.read_parquet(of_file(folder / name, file.provenance.file_name))


def _is_in_parts(name: str, source_id: str) -> bool:
    """True where a table is built from the same source, file by file."""
    return name in tables() and tables()[name].TABLE.parts_of == source_id


def _digest(frame: pl.DataFrame) -> str:
    """A digest of a frame's columns and rows in their order; the same within one version of polars."""
    return hashlib.sha256(str(frame.schema).encode() + frame.hash_rows().to_numpy().tobytes()).hexdigest()


def _code() -> str:
    """Digest of the code that makes tables."""
    return code_digest(*(Path(package.__path__[0]) for package in (model, tables_package)))
