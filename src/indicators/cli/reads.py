"""Commands that only read releases and logs."""

import click
import duckdb
import polars as pl

from indicators import measures, release
from indicators.cli import show
from indicators.cli.shelved import line
from indicators.model import Folders, IndicatorsError
from indicators.pipeline import Pipeline
from indicators.release import Shelf
from indicators.sources import sources

FAILED = 1


def verify(version: str, *, quiet: bool) -> int:
    """Verify one release; returns the exit code."""
    chosen = _shelf().get(version)
    failed = show.verdicts(release.verify(chosen), quiet=quiet)
    show.out.print(f"{chosen.version}: " + ("[red]" + f"{failed} things are wrong[/]" if failed else "[green]as published[/]"))
    return FAILED if failed else 0


def query(sql: str, version: str, style: str, rows: int) -> int:
    """Ask one release with SQL; returns the exit code."""
    chosen = _shelf().get(version)
    with measures.connect(chosen.tables) as connection:
        try:
            found = connection.sql(sql)
            frame = found.pl() if found is not None else pl.DataFrame()
        except (duckdb.Error, pl.exceptions.PolarsError) as error:
            raise IndicatorsError(f"{error}\ntables: {', '.join(sorted(path.stem for path in chosen.tables.glob('*')))}") from error
    if style == "table":
        show.frame(frame, rows, hint="; --rows shows more, --format csv all")
    else:
        click.echo(flat(frame).write_csv() if style == "csv" else frame.write_json(), nl=style == "json")
    return 0


def status() -> int:
    """Show sources and releases; returns the exit code."""
    pipeline = Pipeline(Folders.from_environment())
    seen = [_source_line(pipeline, source_id) for source_id in sources()]
    show.frame(pl.DataFrame(seen), len(seen), "Sources")
    show.told({source_id: trouble for source_id in sources() if (trouble := _trouble(pipeline, source_id))})
    shelved = [line(found, pipeline.shelf) for found in pipeline.shelf.releases()]
    show.frame(pl.DataFrame(shelved), len(shelved), "Releases") if shelved else show.out.print("no release yet: indicators release")
    show.out.print(f"state: {pipeline.folders.data}", soft_wrap=True)
    return 0


def _source_line(pipeline: Pipeline, source_id: str) -> dict[str, str | int]:
    """Origin, files and age of one source; a private one may have none."""
    found = [part.provenance for part in pipeline.rows(source_id)]
    origins = ", ".join(sorted({f"{sum(p.origin_code == code for p in found)} {code}" for code in {p.origin_code for p in found}}))
    days = [provenance.as_of_date for provenance in found if provenance.as_of_date]
    return {
        "source": source_id,
        "rows": sum(provenance.rows for provenance in found),
        "origin": origins or "nothing fetched",
        "as of": str(max(days)) if days else "unknown",
        "last confirmed": max((provenance.checked_at for provenance in found), default="") or "never",
    }


def _trouble(pipeline: Pipeline, source_id: str) -> str:
    """The first trouble of a source, if any."""
    return next((part.provenance.trouble for part in pipeline.rows(source_id) if part.provenance.trouble), "")


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists as text, which CSV can hold."""
    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    structs = [pl.col(name).struct.json_encode() for name, kind in frame.schema.items() if isinstance(kind, pl.Struct)]
    return frame.with_columns(*structs, *(pl.col(name).cast(pl.List(pl.String)).list.join("; ") for name in lists))


def _shelf() -> Shelf:
    return Pipeline(Folders.from_environment()).shelf
