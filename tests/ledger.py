"""Running the project's claims over small tables: what the tests of the ledger share."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from indicators.model import EVALUATIONS, Claim
from indicators.tables import tables

PROJECT = Path(__file__).resolve().parents[1]
CLAIMS = PROJECT / "sql" / "claims"
THEN, NOW = EVALUATIONS
Row = dict[str, Any]


def claim(claim_id: str) -> Claim:
    """The claim of an id."""
    (path,) = CLAIMS.glob(f"{claim_id.lower()}_*.sql")
    return Claim.read(path)


def frame(name: str, rows: list[Row]) -> pl.DataFrame:
    """Rows of a released table in the types of its contract; what is left out is null."""
    return pl.DataFrame(rows, schema={column.name: column.kind for column in tables()[name].TABLE.columns})


def judged(claim_id: str, **given: list[Row]) -> dict[str, Row]:
    """The verdicts on a claim over the tables that it reads, by evaluation; a table that is not given is empty."""
    asked = claim(claim_id)
    assert set(given) <= set(asked.reads), f"{claim_id} does not read {sorted(set(given) - set(asked.reads))}"
    with duckdb.connect() as connection:
        for name in asked.reads:
            connection.register(name, frame(name, given.get(name, [])))
        rows = connection.sql(asked.sql).pl().to_dicts()
    assert [row["evaluation_code"] for row in rows] == list(EVALUATIONS)
    assert {row["claim_id"] for row in rows} == {claim_id}
    return {row["evaluation_code"]: row for row in rows}


def verdicts(claim_id: str, **given: list[Row]) -> tuple[str, str]:
    """The two verdicts, then and now."""
    found = judged(claim_id, **given)
    return found[THEN]["verdict_code"], found[NOW]["verdict_code"]


def criteria(row: Row, role: str = "") -> dict[str, Row]:
    """The evidence of a verdict by criterion, of one role where it is given."""
    return {item["criterion"]: item for item in row["evidence"] or [] if role in ("", item["role_code"])}


def value(indicator_id: str, subject: str, dimension: str | None, day: date, number: float | None, **other: Any) -> Row:
    """A figure of an indicator for the year that ends on a day, unless told otherwise."""
    period = {"period_start": date(day.year, 1, 1), "period_end": day}
    return {"indicator_id": indicator_id, "subject_code": subject, "dimension": dimension, "value": number, "n": 1, **period, **other}


def year_end(year: int) -> date:
    """The last day of a year."""
    return date(year, 12, 31)
