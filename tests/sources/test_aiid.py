"""The AI Incident Database: days and labels are read, names and texts never, and labels are known by their number."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from indicators.model import BadPayload, File
from indicators.sources.aiid import INCIDENT_ALIASES, INCIDENT_IGNORED, LABEL_ALIASES, LABEL_IGNORED, SOURCE, parse

INCIDENTS, LABELS = SOURCE.files
NAMED = "jane-doe-of-nowhere"
MISUSE = "4. Malicious Actors & Misuse"
FRAUD = "4.3. Fraud, scams, and targeted manipulation"


def incidents(*rows: dict[str, str]) -> bytes:
    """Incidents in the upstream format, with a name in every column that may hold one."""
    columns = {**{theirs[0]: ours for ours, theirs in INCIDENT_ALIASES.items()}, **dict.fromkeys(INCIDENT_IGNORED, "")}
    usual = {"incident_id": "7", "occurred_date": "2024-02-29"}
    return pl.DataFrame([{theirs: (usual | row).get(ours, NAMED) for theirs, ours in columns.items()} for row in rows]).write_csv().encode()


def labels(*rows: dict[str, str]) -> bytes:
    """Labels in the upstream format: an intended fraud, unless told otherwise."""
    columns = {**{theirs[0]: ours for ours, theirs in LABEL_ALIASES.items()}, **dict.fromkeys(LABEL_IGNORED, "")}
    usual = {"incident_id": "7", "namespace": "MIT", "is_published": "True", "intent": "Intentional"}
    usual |= {"risk_domain_code": MISUSE, "risk_subdomain_code": FRAUD}
    return pl.DataFrame([{theirs: (usual | row).get(ours, NAMED) for theirs, ours in columns.items()} for row in rows]).write_csv().encode()


def test_an_incident_is_its_number_and_its_day() -> None:
    assert SOURCE.conform(parse(incidents({}), INCIDENTS)).rows() == [(7, date(2024, 2, 29), None, None, None)]


def test_a_label_is_the_numbers_of_domain_and_subdomain_and_the_intent() -> None:
    assert SOURCE.conform(parse(labels({}), LABELS)).rows() == [(7, None, "4", "4.3", "Intentional")]


@pytest.mark.parametrize(("domain", "subdomain"), [
    ("4. Malicious actors & misuse", "4.3 Fraud, scams and targeted manipulation"), ("4.Misuse", "4.3.Fraud"),
])  # fmt: skip
def test_labels_are_known_by_their_number_however_spelt(domain: str, subdomain: str) -> None:
    row = parse(labels({"risk_domain_code": domain, "risk_subdomain_code": subdomain}), LABELS).row(0, named=True)
    assert (row["risk_domain_code"], row["risk_subdomain_code"]) == ("4", "4.3")


def test_no_name_title_or_description_is_read() -> None:
    rows = pl.concat([parse(incidents({}), INCIDENTS), parse(labels({}), LABELS)])
    assert NAMED not in rows.write_csv()
    assert set(SOURCE.schema) == {"incident_id", "occurred_date", "risk_domain_code", "risk_subdomain_code", "intent"}


def test_review_queues_reports_and_annotators_files_are_never_requested() -> None:
    assert [file.name for file in SOURCE.files] == ["incidents.csv", "classifications_MIT.csv"]
    for name in ("submissions.csv", "quickadd.csv", "reports.csv", "classifications_CSETv1.csv", "classifications_CSETv1_Annotator-1.csv"):
        with pytest.raises(BadPayload, match=f"aiid: {name} is not read"):
            parse(incidents({}), File(name, f"https://example.org/{name}"))


def test_every_file_is_of_one_archive_whose_day_its_address_fixes() -> None:
    assert {file.as_of_date for file in SOURCE.files} == {date(2025, 3, 28)}


def test_a_label_that_is_not_published_is_left_out() -> None:
    assert parse(labels({}, {"incident_id": "8", "is_published": "False"}), LABELS)["incident_id"].to_list() == [7]


@pytest.mark.parametrize(("cells", "match"), [
    ({"risk_domain_code": "Malicious Actors & Misuse"}, r"labels of \['7'\] lack a number"),
    ({"risk_domain_code": "8. New"}, "lack a number"),
    ({"risk_subdomain_code": "5.1. Overreliance and unsafe use"}, "subdomain and domain differ"),
    ({"risk_subdomain_code": ""}, "lack a number"),
    ({"intent": ""}, "or an intent"),
    ({"intent": "Perhaps"}, "unknown words"),
    ({"namespace": "GMF"}, "unknown words"),
    ({"is_published": "yes"}, "unknown words"),
])  # fmt: skip
def test_a_label_outside_the_known_world_is_refused(cells: dict[str, str], match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        parse(labels(cells), LABELS)


@pytest.mark.parametrize(("cells", "match"), [
    ({"occurred_date": ""}, r"no day for incidents \['7'\]"),
    ({"occurred_date": "February 2024"}, "no days"),
    ({"incident_id": ""}, "blank"),
    ({"incident_id": "seven"}, "no number"),
])  # fmt: skip
def test_an_incident_without_number_or_day_is_refused(cells: dict[str, str], match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        parse(incidents(cells), INCIDENTS)


def test_two_labels_of_one_incident_are_refused_for_labels_are_single_choice() -> None:
    with pytest.raises(BadPayload, match="repeats"):
        parse(labels({}, {}), LABELS)


def test_an_unknown_column_is_refused_for_it_may_hold_names() -> None:
    text = incidents({}).decode().replace("title", "submitters")
    with pytest.raises(BadPayload, match=r"aiid: incidents\.csv: unknown columns \['submitters'\]"):
        parse(text.encode(), INCIDENTS)


def test_a_byte_that_does_not_decode_stops_the_source() -> None:
    with pytest.raises(BadPayload, match=r"aiid: incidents\.csv: not a readable UTF-8 CSV"):
        parse(incidents({"incident_id": "1"}).replace(b"jane", b"j\xe4ne"), INCIDENTS)


def test_the_capture_has_989_incidents_with_gaps_and_869_labels_that_end_with_an_id(captures: Path) -> None:
    folder = captures / "aiid_2025_03" / "2025-03-28"
    found, labelled = (SOURCE.conform(parse((folder / file.name).read_bytes(), file)) for file in SOURCE.files)
    assert (found.height, found["incident_id"].max(), labelled.height, labelled["incident_id"].max()) == (989, 1000, 869, 880)
    assert found.filter(pl.col("occurred_date") < date(2016, 1, 1)).height == 71
    assert labelled.filter(risk_domain_code="4")["risk_subdomain_code"].value_counts(sort=True).rows() == [
        ("4.3", 105),
        ("4.1", 50),
        ("4.2", 2),
    ]
    assert set(labelled["incident_id"]) <= set(found["incident_id"])
