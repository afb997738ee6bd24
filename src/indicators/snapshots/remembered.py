"""Rows already parsed, kept beside the bytes they came from: a file is parsed once for each content and each version of the code.

Know before editing: what is kept can always be made again, so a file that cannot be read is as good as none. A refusal is never
kept. The code that counts is all of the parser's folder; a change there, or another polars, parses everything anew.
"""

import hashlib
import inspect
import threading
from functools import cache
from pathlib import Path

import polars as pl

from indicators.model import File, Parser


def remembering(parse: Parser, folder: Path) -> Parser:
    """The same parser, which keeps its rows in a folder and reads them from there where the same bytes come again."""

    def parsed(payload: bytes, file: File) -> pl.DataFrame:
        stem = f"{hashlib.sha256(payload).hexdigest()}-{_named(file)}"
        path = folder / f"{stem}-{_version(parse)}.parquet"
        try:
            return pl.read_parquet(path)
        except (OSError, pl.exceptions.PolarsError):
            rows = parse(payload, file)
            _keep(rows, path, stem)
            return rows

    return parsed


def _keep(rows: pl.DataFrame, path: Path, stem: str) -> None:
    """Write rows by a rename, and forget what older code made of the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{threading.get_ident()}")
    rows.write_parquet(draft)
    draft.replace(path)
    for old in path.parent.glob(f"{stem}-*.parquet"):
        if old != path:
            old.unlink(missing_ok=True)


def _named(file: File) -> str:
    """What a parser may know of a file beside its bytes, as a short digest."""
    return _short(f"{file.name} {file.url} {file.as_of_date}".encode())


def _version(parse: Parser) -> str:
    """The parser's name and the code beside it, as a short digest."""
    return _short(f"{parse.__module__}.{parse.__qualname__} {code_digest(Path(inspect.getfile(parse)).parent)} {pl.__version__}".encode())


@cache
def code_digest(*folders: Path) -> str:
    """Digest of all code in some folders."""
    digest = hashlib.sha256()
    for path in (path for folder in folders for path in sorted(folder.rglob("*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _short(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:16]
