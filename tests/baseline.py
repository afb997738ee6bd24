"""One release from the baseline for a whole run of the tests, whichever worker asks first: to be read, never written to."""

from pathlib import Path

import house
import pytest
from filelock import FileLock


def data(places: pytest.TempPathFactory) -> Path:
    """A data folder with one release, shared by every worker of the run."""
    base = places.getbasetemp()
    folder = (base.parent if base.name.startswith("popen-") else base) / "baseline"
    with FileLock(f"{folder}.lock"):
        if not (folder / "releases" / "latest").exists():
            folder.mkdir(exist_ok=True)
            house.indicators("release", data=folder)
    return folder
