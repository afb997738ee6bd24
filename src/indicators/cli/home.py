"""DAGSTER_HOME: where runs, events and schedules are kept, made ready before anything of Dagster is asked.

Know before editing: an instance of one's own (say, in PostgreSQL) is named the way every Dagster program is told: by DAGSTER_HOME in the
environment, a folder with a `dagster.yaml`. Then the command line writes to the instance that the page and the daemon read.
"""

import os
import shutil
from pathlib import Path

from indicators.model import Folders, IndicatorsError

SETTINGS = "dagster.yaml"


def prepare(folders: Folders) -> Path:
    """The instance's folder: the one the environment names, as it is; else the data folder's, with the project's settings."""
    named = os.environ.get("DAGSTER_HOME", "")
    if named:
        return _named(Path(named))
    folders.dagster.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folders.project / SETTINGS, folders.dagster / SETTINGS)
    os.environ["DAGSTER_HOME"] = str(folders.dagster)
    return folders.dagster


def _named(home: Path) -> Path:
    if not home.is_absolute() or not (home / SETTINGS).is_file():
        raise IndicatorsError(
            f"DAGSTER_HOME={str(home)!r} is no absolute folder with a {SETTINGS}; name one, or unset it to use data/dagster"
        )
    return home
