"""Releases: immutable folders of audited Parquet with everything that describes them, and what differs between two.

`publish` stages beside and renames into place; `verify` checks a release as a reader would; `compare` is the diff;
`shelf` knows which releases there are; `companions` are the files that travel with the tables, written from an `edition`.
"""

from indicators.release.compare import TableChange, compare, row_changes
from indicators.release.publish import Candidate, Published, publish
from indicators.release.shelf import Release, Shelf, next_version
from indicators.release.verify import Verdict, verify

__all__ = [
    "Candidate",
    "Published",
    "Release",
    "Shelf",
    "TableChange",
    "Verdict",
    "compare",
    "next_version",
    "publish",
    "row_changes",
    "verify",
]
