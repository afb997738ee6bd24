"""The AI Incident Database: which incident happened when, and its labels in the MIT taxonomy of risks. Nothing else of it is read.

Know before editing:
- Share-alike: whatever is built from it is published under CC BY-SA 4.0, in files of its own. Report texts keep their own rights.
- Titles, descriptions and lists of deployers, developers and harmed parties name private persons, victims among them: never read. The
  review queues (submissions, quickadd) name who submitted, the annotators' files repeat a taxonomy, reports hold texts: never requested.
- Ids have gaps (989 incidents, the newest is 1000) and one in eight has no label. Those without are not random: labels end with an id
  (880 on 2025-03-28), so the newest entries, and with them the last months, have none.
- Labels are single-choice and spelt with their number (`4. Malicious Actors & Misuse`); spellings change, so only the number is read.
- Recent years fill up late, for years: the day of the archive, in the address, belongs to every count.
- `duplicates.csv` is not read: upstream has removed what it lists, except 637 (of 112), which still stands among the incidents.
- CSETv1, another taxonomy, covers 214 incidents, 160 of them without a sector: not read.
"""

from datetime import date, timedelta

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._csv import dates, read_text_columns, require_unique, require_words

INCIDENTS, LABELS = "incidents.csv", "classifications_MIT.csv"
ARCHIVE = "https://raw.githubusercontent.com/thecraigd/AI-Incident-Database-Dashboard/451e5e10ffc4be8614be2dc7aba9dc909cf2f93f"
ARCHIVE_DAY = date(2025, 3, 28)
INCIDENT_ALIASES = {"incident_id": ["incident_id"], "occurred_date": ["date"]}
INCIDENT_IGNORED = (
    "_id", "reports", "Alleged deployer of AI system", "Alleged developer of AI system", "Alleged harmed or nearly harmed parties",
    "description", "title",
)  # fmt: skip
LABEL_ALIASES = {
    "incident_id": ["Incident ID"],
    "namespace": ["Namespace"],
    "is_published": ["Published"],
    "risk_domain_code": ["Risk Domain"],
    "risk_subdomain_code": ["Risk Subdomain"],
    "intent": ["Intent"],
}
LABEL_IGNORED = ("Entity", "Timing")
INTENTS = ("Intentional", "Unintentional", "Other")

SOURCE = Source(
    id="aiid",
    title="AI Incident Database: incidents and MIT risk labels",
    publisher="Responsible AI Collaborative",
    homepage="https://incidentdatabase.ai/research/snapshots/",
    license="CC-BY-SA-4.0",
    redistribution="share_alike",
    attribution="AI Incident Database, Responsible AI Collaborative, CC BY-SA 4.0; labels by the MIT AI Risk Repository's taxonomy",
    cadence=timedelta(days=90),
    files=tuple(File(name, f"{ARCHIVE}/mongodump_full_snapshot/{name}", as_of_date=ARCHIVE_DAY) for name in (INCIDENTS, LABELS)),
    schema={
        "incident_id": pl.Int32,
        "occurred_date": pl.Date,
        "risk_domain_code": pl.String,
        "risk_subdomain_code": pl.String,
        "intent": pl.String,
    },
    max_bytes=10_000_000,
)


def parse(payload: bytes, file: File) -> pl.DataFrame:
    """Return one row per incident with its day, or one row per published label with the numbers of its domain and subdomain."""
    told = f"{SOURCE.id}: {file.name}"
    if file.name not in (INCIDENTS, LABELS):
        raise BadPayload(f"{told} is not read: only {INCIDENTS} and {LABELS} name no person; do not add it to SOURCE.files")
    rows = _incidents(payload, told) if file.name == INCIDENTS else _labels(payload, told)
    require_unique(rows, "incident_id", told)
    numbered = pl.col("incident_id").cast(pl.Int32, strict=False)
    if rows.select(numbered.is_null().any()).item():
        raise BadPayload(f"{told}: an incident's id is no number; look at the newest snapshot")
    absent = [pl.lit(None, dtype=kind).alias(name) for name, kind in SOURCE.schema.items() if name not in rows.columns]
    return rows.with_columns(numbered, *absent).select(list(SOURCE.schema))


def _incidents(payload: bytes, told: str) -> pl.DataFrame:
    """Every incident and its day."""
    rows = dates(read_text_columns(payload, told, INCIDENT_ALIASES, INCIDENT_IGNORED), ["occurred_date"], told)
    undated = rows.filter(pl.col("occurred_date").is_null())["incident_id"].to_list()
    if undated:
        raise BadPayload(f"{told}: no day for incidents {undated[:5]}; upstream must be asked")
    return rows


def _labels(payload: bytes, told: str) -> pl.DataFrame:
    """Every published label; raises BadPayload where one lacks a number, or a subdomain lies in another domain."""
    rows = read_text_columns(payload, told, LABEL_ALIASES, LABEL_IGNORED)
    for name, known in (("namespace", ["MIT"]), ("is_published", ["True", "False"]), ("intent", INTENTS)):
        require_words(rows, name, known, told)
    published = rows.filter(pl.col("is_published") == "True")
    codes = published.with_columns(
        pl.col("risk_domain_code").str.extract(r"^([1-7])\. ?\D"), pl.col("risk_subdomain_code").str.extract(r"^([1-7]\.[1-9])\.? ?\D")
    )
    is_sound = pl.col("risk_subdomain_code").str.starts_with(pl.col("risk_domain_code")) & pl.col("intent").is_not_null()
    bad = codes.filter(~is_sound.fill_null(value=False))["incident_id"].to_list()
    if bad:
        raise BadPayload(f"{told}: labels of {bad[:5]} lack a number or an intent, or subdomain and domain differ; upstream must be asked")
    return codes.drop("namespace", "is_published")
