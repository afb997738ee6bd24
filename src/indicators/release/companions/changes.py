"""`changes.json`: what differs from the release before, by table, for machines."""

import json

from indicators.release.edition import Edition


def text(edition: Edition) -> str:
    """Counts of rows and columns added, removed and changed, by table."""
    tables = {name: change.as_json() for name, change in edition.changes.items()}
    before = edition.last.version if edition.last else None
    return json.dumps({"from": before, "to": edition.version, "tables": tables}, indent=2) + "\n"
