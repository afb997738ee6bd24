"""`site/app/`: the program of the page, which draws the charts and answers queries in the browser; `make` builds it from web/.

Know before editing: a release without it is whole. Its page reads: tables in place of charts, a sentence in place of the query box.
"""

import shutil
from pathlib import Path

FOLDER = Path("site", "app")
MAIN = "app.js"
BUILT = ".built"


def copy(built: Path | None, release: Path) -> None:
    """Copy the program into a release's folder, where all of it was built."""
    if built and (built / BUILT).is_file():
        shutil.copytree(built, release / FOLDER, ignore=shutil.ignore_patterns(BUILT))


def is_in(release: Path) -> bool:
    """True where a release carries the program."""
    return (release / FOLDER / MAIN).is_file()
