"""`indicators publish`: releases to where readers read them."""

from collections.abc import Sequence

from indicators.cli import show
from indicators.model import Folders
from indicators.release import Shelf, Target, upload


def publish(address: str, versions: Sequence[str]) -> int:
    """Copy releases to a folder or a bucket, then the index; returns the exit code."""
    shelf = Shelf(Folders.from_environment().releases)
    with show.CopyBar() as bar:
        uploaded = upload(shelf, Target.at(address), versions, bar)
    show.uploaded(uploaded, address)
    return 0
