"""Commands that write: they run the Dagster jobs in this process, on the same instance as the UI shows."""

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import polars as pl

from indicators.cli import home, show
from indicators.model import Folders, NotFresh
from indicators.pipeline import Pipeline, permissions
from indicators.sources import sources

if TYPE_CHECKING:
    import dagster as dg

FAILED, NOT_FRESH, STOPPED = 1, 3, 130
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def refresh(*, require_fresh: bool) -> int:
    """Fetch every source; returns the exit code."""
    folders = Folders.from_environment()
    result, pipeline, _ = _run("refresh", folders)
    show.checks(pipeline.checks, pipeline.standing_in())
    if not result.success:
        return _explain(result)
    return _not_fresh(pipeline) if require_fresh else 0


def release(*, first_refresh: bool, require_fresh: bool) -> int:
    """Build, audit, publish and record; returns the exit code."""
    folders = Folders.from_environment()
    if require_fresh and not first_refresh and (refused := _not_fresh(Pipeline(folders))):
        return refused
    result, pipeline, seconds = _run("refresh_and_release" if first_refresh else "release", folders, require_fresh=require_fresh)
    if first_refresh:
        show.checks(pipeline.checks, pipeline.standing_in())
    if pipeline.outcome is not None:
        audit = json.loads((folders.candidate / "audit.json").read_text(encoding="utf-8"))
        show.published(pipeline.outcome, _stale(pipeline), audit["seconds"], seconds)
    return 0 if result.success else _explain(result)


def baseline(source_ids: tuple[str, ...], note: str) -> int:
    """Write the baseline of some sources, or of all; returns the exit code."""
    pipeline = Pipeline(Folders.from_environment())
    unknown = sorted(set(source_ids) - set(sources()))
    if unknown:
        show.err.print(f"[red]no source {unknown}[/]; there are {', '.join(sources())}")
        return FAILED
    for source_id in source_ids or _held(pipeline):
        entries = pipeline.write_baseline(source_id, note)
        size = (pipeline.folders.baseline / f"{source_id}.parquet").stat().st_size
        show.out.print(f"{source_id}: {sum(entry.rows for entry in entries):,} rows of {len(entries)} files, {size:,} bytes")
    return 0


def _held(pipeline: Pipeline) -> list[str]:
    """The sources of which a baseline can be made: those that may leave this machine and have rows."""
    return [source_id for source_id in permissions.public_sources() if pipeline.rows(source_id)]


def cross_checks(rows: int) -> int:
    """Build the private comparisons from what is stored and built, and print them; returns the exit code."""
    folders = Folders.from_environment()
    result, _, _ = _run("cross_check", folders)
    if not result.success:
        return _explain(result)
    path = folders.private / "private_cross_checks.parquet"
    found = pl.read_parquet(path)
    show.frame(found.drop("how_to_read"), rows, f"{path.stem}: for you alone, in {path}", "; --rows shows more")
    show.told(dict(found.select("check_code", "how_to_read").unique(maintain_order=True).iter_rows()))
    show.out.print("" if found.height else "nothing to compare: `indicators refresh` fetches the sources that may not be republished")
    return 0


def rebuild_history() -> int:
    """Replay every release into a new history; returns the exit code."""
    pipeline = Pipeline(Folders.from_environment())
    versions = pipeline.rebuild_history()
    show.out.print(f"{pipeline.history.file}: {', '.join(versions) or 'no release yet'}")
    return 0


def ui(host: str, port: int) -> int:
    """Run `dagster dev` on the project's instance until it is stopped; returns its exit code."""
    folders = Folders.from_environment()
    place = home.prepare(folders)
    show.out.print(f"Dagster is starting on http://{host}:{port} (Ctrl-C ends it); state in {folders.data}")
    command = [sys.executable, "-m", "dagster", "dev", "-m", "indicators.definitions", "-h", host, "-p", str(port)]
    environment = os.environ | {"PYTHONWARNINGS": "ignore"}
    process = subprocess.Popen(command, cwd=place, env=environment, start_new_session=True)  # noqa: S603
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os.killpg(process.pid, signal.SIGINT))
    return process.wait()


def _run(job: str, folders: Folders, *, require_fresh: bool = False) -> "tuple[dg.ExecuteInProcessResult, Pipeline, float]":
    """Run one job on the instance of the data folder; returns its result, the pipeline it ran, and the seconds."""
    begun = time.monotonic()
    bar = show.FetchBar(sum(len(module.SOURCE.files) for module in sources().values()))
    pipeline = Pipeline(folders, bar)
    with pipeline.alone():
        home.prepare(folders)
        import dagster as dg

        from indicators import definitions

        instance = dg.DagsterInstance.get()
        config = QUIET | definitions.run_config(require_fresh=require_fresh) if job.endswith("release") else QUIET
        resolved = definitions.build(pipeline).resolve_job_def(job)
        with bar, instance:
            result = resolved.execute_in_process(instance=instance, raise_on_error=False, run_config=config)
    return result, pipeline, time.monotonic() - begun


def _explain(result: "dg.ExecuteInProcessResult") -> int:
    """Print why a run failed; returns the exit code."""
    from indicators.definitions import failures

    found = list(failures(result))
    if any(kind == "DagsterExecutionInterruptedError" for kind, _ in found):
        show.err.print("stopped; what was done so far is kept")
        return STOPPED
    show.failures(found)
    return NOT_FRESH if any(kind == "NotFresh" for kind, _ in found) else FAILED


def _not_fresh(pipeline: Pipeline) -> int:
    """Print what is not fresh; returns the exit code, 0 where everything is."""
    try:
        pipeline.require_fresh()
    except NotFresh as error:
        show.failures([("NotFresh", str(error))])
        return NOT_FRESH
    return 0


def _stale(pipeline: Pipeline) -> pl.DataFrame:
    """One row a source and origin that is stale: files, day, and the first reason."""
    files = pipeline.provenance().filter("is_stale")
    why = pl.col("trouble").filter(pl.col("trouble") != "").first().fill_null("").alias("why")
    counted = [pl.len().alias("files"), pl.col("as_of_date").max().alias("as_of"), why]
    return files.group_by("source_id", "origin_code").agg(counted).sort("source_id", "origin_code")
