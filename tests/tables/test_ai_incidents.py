"""AI incidents as counts: no incident and no name, coverage in the open, the archive's day beside the month, share-alike terms."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from indicators.model import ContractBroken, Folders
from indicators.sources import aiid
from indicators.tables.context.ai_incidents import TABLE, build

NAMES = pl.read_csv(Folders(Path()).reference / "ai_risk_subdomains.csv", infer_schema=False)
ARCHIVE = date(2025, 3, 28)
Row = dict[str, Any]


def stated(*incidents: tuple[date, str | None, str | None]) -> pl.DataFrame:
    """Rows of both files: a day, the subdomain of its label and the intent; no label where there is no subdomain."""
    empty = dict.fromkeys(aiid.SOURCE.schema)
    rows: list[Row] = []
    for number, (day, subdomain, intent) in enumerate(incidents, start=1):
        rows.append(empty | {"incident_id": number, "occurred_date": day, "file_name": aiid.INCIDENTS})
        if subdomain:
            label = {"risk_domain_code": subdomain[0], "risk_subdomain_code": subdomain, "intent": intent}
            rows.append(empty | label | {"incident_id": number, "file_name": aiid.LABELS})
    return pl.DataFrame(rows, schema={**aiid.SOURCE.schema, "file_name": pl.String})


def table(rows: pl.DataFrame, *days: date | None) -> pl.DataFrame:
    found = days or (ARCHIVE, ARCHIVE)
    provenance = pl.DataFrame(
        {"source_id": ["aiid"] * len(found), "as_of_date": found}, schema={"source_id": pl.String, "as_of_date": pl.Date}
    )
    return TABLE.conform(build(rows, provenance, NAMES))


FRAUD, BIAS, NONE = ("4.3", "Intentional"), ("1.1", "Unintentional"), (None, None)
FEW = stated((date(2024, 5, 1), *FRAUD), (date(2024, 5, 31), *FRAUD), (date(2024, 5, 9), *BIAS), (date(2024, 6, 1), *NONE))


def failures(question: str, incidents: pl.DataFrame, previous: pl.DataFrame | None = None) -> list[tuple[Any, ...]]:
    rule = next(rule for rule in TABLE.rules if rule.question.startswith(question))
    with duckdb.connect() as database:
        database.register("ai_incidents", incidents.to_arrow())
        if previous is not None:
            database.register("previous_ai_incidents", previous.to_arrow())
        return database.execute(rule.failing_rows).fetchall()


def test_incidents_are_counted_by_month_risk_and_intent() -> None:
    rows = table(FEW).select("occurred_month", "risk_domain_code", "risk_subdomain_code", "intent_code", "incident_count").rows()
    may, june = date(2024, 5, 1), date(2024, 6, 1)
    assert rows == [
        (may, "1", "1.1", "unintentional", 1), (may, "4", "4.3", "intentional", 2), (june, *["unclassified"] * 3, 1),
    ]  # fmt: skip


def test_names_are_the_taxonomys_and_null_without_a_label() -> None:
    rows = table(FEW).select("risk_domain_name", "risk_subdomain_name").rows()
    assert rows[1] == ("Malicious actors and misuse", "Fraud, scams, and targeted manipulation")
    assert rows[2] == (None, None)


def test_no_column_can_tell_an_incident_or_a_person() -> None:
    assert TABLE.column_names == [
        "occurred_month", "risk_domain_code", "risk_domain_name", "risk_subdomain_code", "risk_subdomain_name", "intent_code",
        "incident_count", "archive_date",
    ]  # fmt: skip
    assert "never of risk" in TABLE.description


def test_the_table_is_published_under_the_terms_of_its_source() -> None:
    assert (TABLE.license, aiid.SOURCE.license, aiid.SOURCE.redistribution) == ("CC-BY-SA-4.0", "CC-BY-SA-4.0", "share_alike")


def test_every_row_says_the_day_of_the_archive() -> None:
    assert table(FEW)["archive_date"].unique().to_list() == [ARCHIVE]


@pytest.mark.parametrize("days", [(ARCHIVE, date(2025, 4, 4)), (None, None)])
def test_files_of_two_archives_or_of_no_known_day_make_no_table(days: tuple[date | None, ...]) -> None:
    with pytest.raises(ContractBroken, match="counts need one archive and its day"):
        table(FEW, *days)


def test_a_label_of_no_incident_stops_the_build() -> None:
    with pytest.raises(ContractBroken, match=r"labels of \[1\], which are no incidents"):
        table(FEW.filter((pl.col("incident_id") != 1) | (pl.col("file_name") == aiid.LABELS)))


def test_an_unknown_subdomain_stops_the_build() -> None:
    with pytest.raises(ContractBroken, match=r"unknown subdomains \['4\.9'\]; add each to data/reference/ai_risk_subdomains\.csv"):
        table(stated((date(2024, 5, 1), "4.9", "Intentional")))


def test_curated_subdomains_are_24_of_seven_domains_each_with_one_name_and_a_citation() -> None:
    assert (NAMES.height, NAMES["risk_subdomain_code"].n_unique()) == (24, 24)
    assert NAMES.select("risk_domain_code", "risk_domain_name").unique().height == 7
    assert NAMES.filter(pl.col("risk_subdomain_code").str.head(1) != pl.col("risk_domain_code")).height == 0
    assert NAMES["reason"].str.contains("https://airisk.mit.edu/").all()


@pytest.mark.parametrize(("question", "rows"), [
    ("Are there 989 incidents", FEW),
    ("Has at least half", FEW),
    ("Are all seven domains", FEW),
    ("Has every incident a label", FEW),
    ("Does nothing happen after", stated((date(2025, 4, 1), *FRAUD))),
])  # fmt: skip
def test_a_rule_finds_its_counterexample(question: str, rows: pl.DataFrame) -> None:
    assert len(failures(question, table(rows))) == 1


@pytest.mark.parametrize(("question", "column", "value"), [
    ("Does nothing happen after", "archive_date", date(2026, 1, 1)),
    ("Is it counted by month", "occurred_month", date(2024, 5, 2)),
    ("Does every subdomain lie in its domain", "risk_domain_code", "7"),
    ("Does every subdomain lie in its domain", "intent_code", "unclassified"),
    ("Does every subdomain lie in its domain", "risk_subdomain_name", None),
])  # fmt: skip
def test_a_row_that_contradicts_itself_or_the_others_is_found(question: str, column: str, value: str | date | None) -> None:
    rows = table(FEW)
    is_fraud = pl.col("risk_subdomain_code") == "4.3"
    assert failures(question, rows) == []
    assert failures(question, rows.with_columns(pl.when(is_fraud).then(pl.lit(value)).otherwise(column).alias(column)))


def test_a_year_that_fills_up_is_told() -> None:
    later = table(pl.concat([FEW, stated((date(2024, 7, 1), *BIAS)).with_columns(incident_id=pl.lit(9, pl.Int32))]))
    assert failures("Are a past year's incidents", later, table(FEW)) == [(2024, 4, 5)]
    assert failures("Are a past year's incidents", later, later) == []


def test_the_capture_passes_every_blocking_rule_with_its_known_counts(captures: Path) -> None:
    folder = captures / "aiid_2025_03" / "2025-03-28"
    files = [aiid.parse((folder / file.name).read_bytes(), file).with_columns(file_name=pl.lit(file.name)) for file in aiid.SOURCE.files]
    rows = table(pl.concat(files))
    asked = [rule for rule in TABLE.rules if not rule.is_warning]
    assert [rule.question for rule in asked if failures(rule.question, rows)] == []
    labelled = rows.filter(pl.col("risk_domain_code") != "unclassified")
    assert (rows.height, rows["incident_count"].sum(), labelled["incident_count"].sum()) == (592, 989, 869)
    assert TABLE.row_bounds[0] <= rows.height <= TABLE.row_bounds[1]
    assert (2024, 251, 36) in failures("Has every incident a label", rows)
