"""ai_incidents: reported AI incidents, counted by the month they happened in and by their risk and intent. No incident, no name.

Know before editing:
- Share-alike: the table carries CC BY-SA 4.0, and may rest on nothing but share-alike and open sources.
- Two axes of time: `occurred_month`, and `archive_date`, the day these counts were true. Recent months fill up for years.
- Counts of what was reported and entered, which follows the news; never of risk.
- Incidents without a label stand as `unclassified`: shares are of the classified, and the rest is their coverage. It lies in the newest
  entries, so in the last months nothing is classified.
"""

from datetime import date

import polars as pl

from indicators.model import Column, ContractBroken, Rule, Table
from indicators.sources.aiid import INCIDENTS, INTENTS, LABELS, SOURCE

UNCLASSIFIED = "unclassified"
KEY = ("occurred_month", "risk_subdomain_code", "intent_code")

TABLE = Table(
    name="ai_incidents",
    title="Reported AI incidents",
    description="Reported incidents of the AI Incident Database, counted by month of occurrence, risk (MIT AI Risk Repository) and intent."
    " Counts follow the news and recent months are incomplete: numbers of reports, never of risk. Licence of this table: CC BY-SA 4.0.",
    key=KEY,
    row_bounds=(503, 1_184),
    license="CC-BY-SA-4.0",
    is_aggregate=True,
    columns=(
        Column("occurred_month", pl.Date, "First day of the month it happened in", minimum=date(1983, 9, 1)),
        Column("risk_domain_code", pl.String, "Domain of risk by number; unclassified where there is no label",
               values=("1", "2", "3", "4", "5", "6", "7", UNCLASSIFIED)),
        Column("risk_domain_name", pl.String, "Domain of risk; 4 is misuse. Null where there is no label", is_nullable=True),
        Column("risk_subdomain_code", pl.String, "Subdomain of risk by number; unclassified where there is no label",
               pattern=rf"^(?:[1-7]\.[1-9]|{UNCLASSIFIED})$"),
        Column("risk_subdomain_name", pl.String, "Subdomain of risk; null where there is no label", is_nullable=True),
        Column("intent_code", pl.String, "Whether the harm was intended, as labelled",
               values=(*(intent.lower() for intent in INTENTS), UNCLASSIFIED)),
        Column("incident_count", pl.Int32, "Reported incidents", "incidents", minimum=1, maximum=1_000),
        Column("archive_date", pl.Date, "Day of the archive that says so, the same in every row", minimum=date(2025, 3, 28)),
    ),
    rules=(
        Rule("Are there 989 incidents at least, 71 of them before 2016?",
             "SELECT sum(incident_count)::BIGINT AS incidents, sum(incident_count) FILTER (occurred_month < '2016-01-01')::BIGINT AS older "
             "FROM ai_incidents HAVING incidents < 989 OR coalesce(older, 0) < 71"),
        Rule("Has at least half of the incidents a label, 869 or more?",
             "SELECT sum(incident_count)::BIGINT AS incidents, "
             "coalesce(sum(incident_count) FILTER (risk_domain_code <> 'unclassified'), 0)::BIGINT AS labelled "
             "FROM ai_incidents HAVING labelled < 869 OR labelled < incidents / 2"),
        Rule("Does nothing happen after the day of the archive, and is that one day?",
             "SELECT * FROM ai_incidents WHERE occurred_month > archive_date "
             "OR archive_date <> (SELECT min(archive_date) FROM ai_incidents)"),
        Rule("Is it counted by month (a first day)?", "SELECT * FROM ai_incidents WHERE day(occurred_month) <> 1"),
        Rule("Does every subdomain lie in its domain, and is a label whole or absent?",
             "SELECT * FROM ai_incidents WHERE risk_subdomain_code[1] <> risk_domain_code[1] "
             "OR (risk_domain_code = 'unclassified') <> (intent_code = 'unclassified') "
             "OR (risk_domain_code = 'unclassified') <> (risk_subdomain_name IS NULL OR risk_domain_name IS NULL)"),
        Rule("Are all seven domains in use, and three subdomains of misuse?",
             "SELECT count(DISTINCT risk_domain_code) AS domains, count(DISTINCT risk_subdomain_code) FILTER (risk_domain_code = '4') "
             "AS of_misuse FROM ai_incidents WHERE risk_domain_code <> 'unclassified' HAVING domains <> 7 OR of_misuse <> 3"),
        Rule("Has every incident a label (those without are the newest entries, and not random)?",
             "SELECT year(occurred_month) AS year, sum(incident_count)::BIGINT AS incidents, sum(incident_count) FILTER "
             "(risk_domain_code = 'unclassified')::BIGINT AS without FROM ai_incidents GROUP BY ALL HAVING without > 0 ORDER BY ALL",
             is_warning=True),
        Rule("Are a past year's incidents as many as in the last release (recent years fill up late)?",
             "SELECT p.year, p.incidents AS was, n.incidents AS now FROM "
             "(SELECT year(occurred_month) AS year, sum(incident_count)::BIGINT AS incidents FROM previous_ai_incidents GROUP BY ALL) p "
             "LEFT JOIN (SELECT year(occurred_month) AS year, sum(incident_count)::BIGINT AS incidents FROM ai_incidents GROUP BY ALL) n "
             "USING (year) WHERE p.incidents IS DISTINCT FROM n.incidents ORDER BY ALL", is_warning=True),
    ),
)  # fmt: skip


def build(aiid: pl.DataFrame, provenance: pl.DataFrame, reference_ai_risk_subdomains: pl.DataFrame) -> pl.DataFrame:
    """Return one row per month, risk and intent; raises ContractBroken for a label of no incident, or of an unknown risk."""
    incidents = aiid.filter(pl.col("file_name") == INCIDENTS).select("incident_id", "occurred_date")
    labels = aiid.filter(pl.col("file_name") == LABELS).select("incident_id", "risk_domain_code", "risk_subdomain_code", "intent")
    names = reference_ai_risk_subdomains.select("risk_subdomain_code", "risk_domain_name", "risk_subdomain_name")
    _require_known(labels, incidents, names)
    counted = incidents.join(labels, on="incident_id", how="left").with_columns(
        pl.col("risk_domain_code", "risk_subdomain_code").fill_null(UNCLASSIFIED),
        occurred_month=pl.col("occurred_date").dt.truncate("1mo"),
        intent_code=pl.col("intent").str.to_lowercase().fill_null(UNCLASSIFIED),
    )
    counts = counted.group_by("risk_domain_code", *KEY).agg(incident_count=pl.len().cast(pl.Int32))
    return counts.join(names, on="risk_subdomain_code", how="left").with_columns(archive_date=pl.lit(_archive_date(provenance)))


def _require_known(labels: pl.DataFrame, incidents: pl.DataFrame, names: pl.DataFrame) -> None:
    """Raise ContractBroken where a label belongs to no incident, or names a subdomain that nobody knows."""
    orphans = labels.join(incidents, on="incident_id", how="anti")["incident_id"].sort().to_list()
    if orphans:
        raise ContractBroken(f"{TABLE.name}: labels of {orphans[:5]}, which are no incidents; take both files from one archive")
    unknown = sorted(set(labels["risk_subdomain_code"]) - set(names["risk_subdomain_code"]))
    if unknown:
        raise ContractBroken(f"{TABLE.name}: unknown subdomains {unknown}; add each to data/reference/ai_risk_subdomains.csv")


def _archive_date(provenance: pl.DataFrame) -> date:
    """The day of the archive that both files come from; raises ContractBroken where they differ or are undated."""
    days = provenance.filter(source_id=SOURCE.id)["as_of_date"].unique().to_list()
    if len(days) != 1 or not isinstance(days[0], date):
        raise ContractBroken(f"{TABLE.name}: its files are of {days}; counts need one archive and its day, see sources/aiid.py")
    return days[0]
