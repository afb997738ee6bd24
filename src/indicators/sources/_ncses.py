"""The shape of NCSES tables as one public repository converted them: labels in a hierarchy, periods in column names. Only for this package.

Know before editing:
- Labels carry HTML (`China<sup>a</sup>`, `C&#244;te`) and trailing blanks (`India `). Entities are resolved, blanks trimmed, and the mark
  of a footnote stands apart in `marks`. The footnotes' texts are not in the copies.
- A row that heads others may have no figures at all (`World -> China`); it is left out. A row of a hierarchy repeats its labels above.
- `D` means suppressed, say the copies' notes; the cells themselves are blank. Both are null here. A zero is a figure.
- The address is pinned to one commit, so the bytes never change: a newer copy is a new address.
"""

import html
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any

import polars as pl
from polars._typing import PolarsDataType

from indicators.model import BadPayload, File

COPY = "https://raw.githubusercontent.com/bq-org/ncses_stats_explorer_placeholder/1f879ab65ed260668840db406611ddc10e8455bc/output/tables"
COPIED_ON = date(2025, 3, 27)
SCHEMA: Mapping[str, PolarsDataType] = {
    "table_code": pl.String,
    "edition_year": pl.Int32,
    "row_id": pl.String,
    "path": pl.List(pl.String),
    "marks": pl.List(pl.String),
    "partner_name": pl.String,
    "first_year": pl.Int32,
    "last_year": pl.Int32,
    "measure_code": pl.String,
    "value": pl.Float64,
}
SUPPRESSED = "D"
LABEL = re.compile(r"(?P<name>[^<>]*?)\s*(?:<sup>(?P<mark>[a-z])</sup>)?\s*")


@dataclass(frozen=True)
class Layout:
    """One table: its number at NCSES, the newest year it covers, and what its columns are called."""

    table_code: str
    edition_year: int
    label: str
    """The column of labels; of a hierarchy, how the names of its columns begin."""
    cell: re.Pattern[str]
    """Names of columns with figures; its groups, all optional, are `measure`, `first`, `last` (two digits) and `partner`."""
    period: tuple[int, int] = (0, 0)
    """What the figures cover, where the columns do not say."""
    measure: str = ""
    """What the figures are, where the columns do not say."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Upstream's word for a measure → ours."""
    ignored: tuple[str, ...] = ()


def files(layouts: Mapping[str, Layout]) -> tuple[File, ...]:
    """The pinned copies of these tables, by the name each has here."""
    return tuple(File(name, f"{COPY}/{PurePath(name).stem}/data.csv", as_of_date=COPIED_ON) for name in layouts)


def read_table(payload: bytes, file: File, source_id: str, layouts: Mapping[str, Layout]) -> pl.DataFrame:
    """Return one row per label and cell, in the columns of SCHEMA; raises BadPayload for anything unknown."""
    layout, where = layouts[file.name], f"{source_id}: {file.name}"
    frame = _frame(payload, where, PurePath(file.name).stem)
    paths = _paths(frame, layout.label, where)
    places = pl.DataFrame(paths, schema={"row_id": pl.String, "path": pl.List(pl.String), "marks": pl.List(pl.String)}, orient="row")
    cells = _cells(frame, layout, {_slug(path[-1]): path[-1] for _, path, _ in paths}, where)
    frame = _without_headings(frame.select("row_id", *cells["column"]), paths)
    values = frame.unpivot(index="row_id", variable_name="column", value_name="value")
    values = values.with_columns(_numbers(values["value"], where), table_code=pl.lit(layout.table_code))
    values = values.with_columns(edition_year=pl.lit(layout.edition_year, dtype=pl.Int32))
    return values.join(cells, on="column", how="left").join(places, on="row_id", how="left").select(list(SCHEMA))


def _frame(payload: bytes, where: str, number: str) -> pl.DataFrame:
    """Every cell as text, blank as null, once the file is the table of that number and its rows have ids."""
    try:
        frame = pl.read_csv(io.BytesIO(payload), infer_schema=False, encoding="utf8", null_values="")
    except (pl.exceptions.PolarsError, ValueError) as error:
        raise BadPayload(f"{where}: not a readable UTF-8 CSV ({error}); look at the newest snapshot") from error
    gone = [name for name in ("table_id", "row_id") if name not in frame.columns]
    if gone:
        raise BadPayload(f"{where}: columns {gone} are gone; this is no converted table of NCSES, look at the newest snapshot")
    if frame["table_id"].unique().to_list() != [number] or frame["row_id"].is_duplicated().any() or frame["row_id"].null_count():
        raise BadPayload(f"{where}: rows of another table than {number}, or row ids that repeat or are blank; look at the newest snapshot")
    return frame


def _paths(frame: pl.DataFrame, label: str, where: str) -> list[tuple[str, list[str], list[str | None]]]:
    """Of each row its id, its labels from the top, and the footnote marks of those labels."""
    levels = [name for name in frame.columns if re.fullmatch(rf"{label}_level_\d", name)] or [label]
    gone = [name for name in (*levels, *(_about(label) if levels != [label] else ())) if name not in frame.columns]
    if gone:
        raise BadPayload(f"{where}: columns {gone} are gone; correct the layout's label")
    found = []
    for row in frame.iter_rows(named=True):
        texts = [row[name] for name in levels if row[name] is not None]
        pairs = [_label(text, where) for text in texts]
        is_path = levels == [label] or [row[name] for name in _about(label)] == [" -> ".join(texts), str(len(texts))]
        if not pairs or not is_path:
            raise BadPayload(f"{where}: row {row['row_id']} has labels {texts}, which are not its path; upstream must be asked")
        found.append((row["row_id"], [name for name, _ in pairs], [mark for _, mark in pairs]))
    return found


def _about(label: str) -> tuple[str, str]:
    return f"{label}_full_path", f"{label}_hierarchy_depth"


def _label(text: str, where: str) -> tuple[str, str | None]:
    """A label as people read it, and the mark of its footnote."""
    match = LABEL.fullmatch(html.unescape(text))
    if not match or not match["name"].strip():
        raise BadPayload(f"{where}: label {text!r} has markup that nobody knows; extend LABEL")
    return match["name"].strip(), match["mark"]


def _cells(frame: pl.DataFrame, layout: Layout, names: Mapping[str, str], where: str) -> pl.DataFrame:
    """One row per column with figures: partner, period and measure."""
    known = {"table_id", "row_id", layout.label, *_about(layout.label), *layout.ignored}
    rest = [name for name in frame.columns if name not in known and not name.startswith(f"{layout.label}_level_")]
    matches = {name: match for name in rest if (match := layout.cell.fullmatch(name))}
    strangers = [name for name, match in matches.items() if match.groupdict().get("partner") not in (None, *names)]
    unknown = sorted({*rest, *strangers} - (set(matches) - set(strangers)))
    if unknown or not matches:
        told = f"unknown columns {unknown} beside {len(matches) - len(strangers)} known"
        raise BadPayload(f"{where}: {told}; correct the layout's `cell`, or add to `ignored`")
    schema = {"column": pl.String} | {name: SCHEMA[name] for name in ("partner_name", "first_year", "last_year", "measure_code")}
    return pl.DataFrame([(name, *_cell(match.groupdict(), layout, names)) for name, match in matches.items()], schema=schema, orient="row")


def _cell(groups: Mapping[str, Any], layout: Layout, names: Mapping[str, str]) -> tuple[str | None, int, int, str]:
    first = int(groups.get("first") or layout.period[0])
    short = groups.get("last")
    last = first // 100 * 100 + int(short) if short else layout.period[1] or first
    word = groups.get("measure")
    return names.get(groups.get("partner") or ""), first, last, layout.words[word] if word else layout.measure


def _without_headings(frame: pl.DataFrame, paths: list[tuple[str, list[str], list[str | None]]]) -> pl.DataFrame:
    """Leave out rows that have no figure and stand above others; a row that is blank by itself is suppressed."""
    above = {tuple(path[:depth]) for _, path, _ in paths for depth in range(1, len(path))}
    headings = [row_id for row_id, path, _ in paths if tuple(path) in above]
    is_blank = pl.all_horizontal(pl.exclude("row_id").is_null())
    return frame.filter(~(is_blank & pl.col("row_id").is_in(headings)))


def _numbers(texts: pl.Series, where: str) -> pl.Series:
    """Figures, null where suppressed; raises BadPayload where a cell is neither."""
    texts = texts.str.strip_chars().replace({SUPPRESSED: None, "": None})
    values = texts.cast(pl.Float64, strict=False)
    bad = texts.filter(texts.is_not_null() & (values.is_null() | ~values.is_finite() | (values < 0)))
    if bad.len():
        raise BadPayload(f"{where}: cells {bad.unique().sort().to_list()[:5]} are no figures; read the table's notes")
    return values.alias("value")


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower())
