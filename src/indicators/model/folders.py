"""The one place that knows folders: what belongs to the project, and what the pipeline writes.

Know before editing: everything the pipeline writes lies under `data`, which `INDICATORS_DATA` moves as a whole.
The baseline, the curated facts and the SQL are read from the project, wherever the data are.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from indicators.model.errors import IndicatorsError

PROJECT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Folders:
    """Where one run reads the project and writes its state."""

    data: Path
    project: Path = PROJECT

    @classmethod
    def from_environment(cls) -> "Folders":
        """Folders as `INDICATORS_DATA` (an absolute path) says, else `data/` of the project."""
        named = os.environ.get("INDICATORS_DATA", "")
        if named and not Path(named).is_absolute():
            whole = Path(named).expanduser().resolve()
            raise IndicatorsError(f"INDICATORS_DATA={named!r} is not absolute; give the full path, e.g. {whole}")
        if not (PROJECT / "sql").is_dir():
            raise IndicatorsError(f"no sql/ beside the package in {PROJECT}; install with `pip install -e .` from a checkout")
        return cls(Path(named) if named else PROJECT / "data")

    @property
    def baseline(self) -> Path:
        """Parsed rows that stand in where nothing was fetched yet (read from the project)."""
        return self.project / "data" / "baseline"

    @property
    def reference(self) -> Path:
        """Curated facts of our own, one citation a row (read from the project)."""
        return self.project / "data" / "reference"

    @property
    def sql(self) -> Path:
        """Indicators, history and claims as SQL (read from the project)."""
        return self.project / "sql"

    @property
    def app(self) -> Path:
        """The program of a release's page, as `make` builds it (read from the project)."""
        return self.project / "web" / "dist"

    @property
    def snapshots(self) -> Path:
        """Exact bytes of every fetch, by source."""
        return self.data / "snapshots"

    @property
    def working(self) -> Path:
        """Tables that are built and checked but never released."""
        return self.data / "working"

    @property
    def private(self) -> Path:
        """Tables with rows of sources whose terms keep them in: read by people on this machine, and by no step of a release."""
        return self.data / "private"

    @property
    def candidate(self) -> Path:
        """The release in the making: `tables/`, `audit/`, `audit.json`."""
        return self.data / "candidate"

    @property
    def releases(self) -> Path:
        """Immutable releases and their `index.json`."""
        return self.data / "releases"

    @property
    def history(self) -> Path:
        """The DuckDB file with every version of every released row."""
        return self.data / "indicators.duckdb"

    @property
    def dagster(self) -> Path:
        """DAGSTER_HOME: runs, events, schedules."""
        return self.data / "dagster"


def sql_text(text: Path | str) -> str:
    """A path or a text as an SQL string literal, whatever signs it holds."""
    return "'" + str(text).replace("'", "''") + "'"
