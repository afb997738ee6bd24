"""Releases: immutable folders of audited Parquet with everything that describes them, and what differs between two.

`publish` stages beside and renames into place; `verify` checks a release as a reader would; `compare` is the diff;
`shelf` knows which releases there are; `companions` are the files that travel with the tables, written from an `edition`.
`upload` brings releases to a `target`, a folder or a bucket that readers read from, and writes the index there (`remote_index`).
"""

from indicators.release.compare import TableChange, cells, compare
from indicators.release.index import draw as draw_index
from indicators.release.publish import Candidate, Published, publish
from indicators.release.shelf import Release, Shelf, Withdrawal, next_version
from indicators.release.target import Target
from indicators.release.upload import Uploaded, upload
from indicators.release.verify import Verdict, verify

__all__ = [
    "Candidate",
    "Published",
    "Release",
    "Shelf",
    "TableChange",
    "Target",
    "Uploaded",
    "Verdict",
    "Withdrawal",
    "cells",
    "compare",
    "draw_index",
    "next_version",
    "publish",
    "upload",
    "verify",
]
