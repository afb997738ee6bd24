"""The audits of a run put together: read back, held against each other, and made the quality report of a release."""

import json
from pathlib import Path
from typing import Any

from indicators.model import AuditFailed


def read_audit(path: Path) -> dict[str, Any]:
    """A table's audit as it was kept; raises AuditFailed where there is none."""
    if not path.exists():
        raise AuditFailed(f"{path.stem} was not audited; run `indicators release`, which builds and audits every table")
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def require_judged_together(audits: list[dict[str, Any]]) -> None:
    """Raise AuditFailed where a table was judged beside another version of a table than the one that lies there now."""
    hashes = {audit["table"]: audit["sha256"] for audit in audits}
    for audit in audits:
        moved = [other for other, sha256 in audit["beside"].items() if hashes.get(other) != sha256]
        if moved:
            raise AuditFailed(f"{audit['table']}: {moved} changed after its audit; run `indicators release` to judge them together")


def audit_document(audits: list[dict[str, Any]]) -> dict[str, Any]:
    """The quality report of a release: verdict, time spent, and every finding of every table."""
    seconds = {
        "loading": max(audit["seconds_loading"] for audit in audits),
        "judging": round(sum(audit["seconds_judging"] for audit in audits), 3),
        "measuring": round(sum(audit["seconds_measuring"] for audit in audits), 3),
    }
    return {"passed": all(audit["passed"] for audit in audits), "seconds": seconds, "tables": audits}
