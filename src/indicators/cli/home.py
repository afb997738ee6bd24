"""DAGSTER_HOME: made ready under the data folder before anything of Dagster is asked."""

import os
import shutil

from indicators.model import Folders


def prepare(folders: Folders) -> None:
    """Put the instance's settings into the data folder and point Dagster there."""
    folders.dagster.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folders.project / "dagster.yaml", folders.dagster / "dagster.yaml")
    os.environ["DAGSTER_HOME"] = str(folders.dagster)
