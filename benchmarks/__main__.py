"""`make bench`: how long a release takes beside its parts, what the history saves over full copies, what a question transfers.

Every figure is a ratio of two timings (or sizes) of the same run on the same machine; compare ratios, never seconds.
"""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks import over_http, researchers
from indicators import measures
from indicators.history import History
from indicators.model import Folders
from indicators.pipeline import Pipeline
from indicators.tables import tables

ROUNDS = 5
FORMS = {"gzipped": "it gzipped", "parquet": "the Parquet file"}


def main() -> None:
    """Print one line a ratio."""
    _researchers()
    with tempfile.TemporaryDirectory() as place:
        pipeline = Pipeline(Folders(Path(place)))
        build = _timed(lambda: [pipeline.build(name) for name in tables()], rounds=1)
        audit = _timed(lambda: [pipeline.audit(name) for name in tables()], rounds=1)
        _say("audit (Great Expectations loading included) over building every table", audit, build)
        pipeline.assemble()
        release = pipeline.publish().release.folder
        sql, files = pipeline.folders.sql / "indicators", release / "tables"
        _say("all indicators over reading all tables", _timed(lambda: measures.measurements(sql, files)), _timed(lambda: _read(files)))
        _history(pipeline, release, Path(place))
        _over_http(release)


def _researchers() -> None:
    """The conference tables file by file, as a release builds them, beside the same tables built whole."""
    parts, whole = researchers.measured("parts"), researchers.measured("whole")
    _say("building the conference tables file by file over building them whole, seconds", parts["seconds"], whole["seconds"])
    _say("the same, peak memory of the process", parts["bytes"], whole["bytes"])
    _say("seconds for a million author positions, file by file (no ratio)", parts["seconds"] * 1e6, parts["slots"])


def _over_http(release: Path) -> None:
    """What a question transfers from nginx, beside downloading its whole table."""
    try:
        rows = over_http.measured(release)
    except subprocess.CalledProcessError as error:
        print(f"     n/a  bytes over HTTP: {error.stderr.splitlines()[-1]}")  # noqa: T201
        return
    for row in rows:
        others = " and ".join(f"{row['sent'] / row[form]:.2f} of {said}" for form, said in FORMS.items())
        _say(f"bytes over HTTP, {row['question']} by {row['reader']}, over the table as CSV ({others})", row["sent"], row["csv"])


def _history(pipeline: Pipeline, release: Path, place: Path) -> None:
    """Ten releases without a change: the history's size over the ten copies'."""
    history = History(place / "bench.duckdb", pipeline.folders.sql / "history")
    copies = [shutil.copytree(release, place / "copies" / f"2026.01.{number}") for number in range(1, 11)]
    first = _timed(lambda: history.record(copies[0]), rounds=1)
    later = median(_timed(lambda copy=copy: history.record(copy), rounds=1) for copy in copies[1:])  # type: ignore[misc]
    _say("recording an unchanged release over recording the first", later, first)
    _say("history of 10 releases over 10 copies, bytes", history.file.stat().st_size, sum(_size(copy / "tables") for copy in copies))


def _read(files: Path) -> None:
    with measures.connect(files) as connection:
        for path in files.glob("*.parquet"):
            connection.sql(f"FROM {path.stem}").fetchall()


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def _timed(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    seconds = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return median(seconds)


def _say(subject: str, measured: float, baseline: float) -> None:
    print(f"{measured / baseline:8.2f}  {subject}")  # noqa: T201


if __name__ == "__main__":
    main()
