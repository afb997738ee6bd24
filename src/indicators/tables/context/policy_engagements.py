"""policy_engagements: talks, declarations, resolutions and treaties on AI to which the United States or China is a party, since 2023.

Curated by this project: no open register of them exists. Changed by review only.

Know before editing:
- Only entries that can be stated with certainty, each with one official address (a government, an intergovernmental body, or its archive).
  The table is no census, and the less so the younger the quarter: absence says that nobody entered it.
- `evidence_code` says how the address is known: cited by independent public copies, or by its form alone. No address was fetched here.
- `parties` lists who signed, endorsed, adopted or met; where the list is incomplete it still holds the United States and China if they
  are parties. `UN` stands for all members of the United Nations, `EU` for the European Union.
- A resolution adopted without a vote binds both as members: `consensus`, where neither put it forward. `declined` is a stated refusal;
  `none` is everything else, presence at a summit among it.
"""

from datetime import date

import polars as pl

from indicators.model import Column, Rule, Table

KINDS = (
    "council_meeting", "declaration", "initiative", "leaders_meeting", "leaders_statement", "memorandum", "network", "official_talks",
    "resolution", "summit_declaration", "treaty",
)  # fmt: skip
ROLES = ("party", "consensus", "declined", "none")
OFFICIAL_HOSTS = (
    "bidenwhitehouse.archives.gov", "docs.un.org", "press.un.org", "www.apec.org", "www.coe.int", "www.commerce.gov", "www.elysee.fr",
    "www.fmprc.gov.cn", "www.gov.cn", "www.gov.uk", "www.mea.gov.in", "www.mfa.gov.cn", "www.mofa.go.jp", "www.rijksoverheid.nl",
    "www.state.gov", "www.whitehouse.gov",
)  # fmt: skip
PAIR = 2
UNOFFICIAL = f"SELECT engagement_id, url FROM policy_engagements WHERE split_part(url, '/', 3) NOT IN {OFFICIAL_HOSTS}"  # noqa: S608

TABLE = Table(
    name="policy_engagements",
    title="Engagements on AI that involve the United States or China",
    description="One row per engagement since 2023, curated by this project: what can be stated with certainty, no census.",
    key=("engagement_id",),
    row_bounds=(24, 120),
    max_loss_share=0.05,
    columns=(
        Column("engagement_id", pl.String, "Year, month and a short name", pattern=r"^20\d\d-\d\d-[a-z0-9-]+$"),
        Column("engagement_date", pl.Date, "Day of the signature, the adoption or the meeting (the first, where there are several)",
               minimum=date(2023, 1, 1), maximum=date(2026, 12, 31)),
        Column("title", pl.String, "What it was, in our words", pattern=r"^\S(?:.*\S)?$"),
        Column("kind_code", pl.String, "Kind of engagement", values=KINDS),
        Column("scope_code", pl.String, "One party, two, or more; more too where not all are listed",
               values=("unilateral", "bilateral", "multilateral")),
        Column("instrument", pl.String, "The document, or what stands for it", pattern=r"^\S(?:.*\S)?$"),
        Column("parties", pl.List(pl.String), "Parties as far as listed: countries (ISO 3166-1 alpha-3), EU, UN"),
        Column("is_party_list_complete", pl.Boolean, "Whether all parties of that day are listed (UN stands for its members)"),
        Column("usa_role_code", pl.String, "The United States: party (signed, endorsed, put forward, met), consensus (adopted"
               " without a vote), declined (stated), none", values=ROLES),
        Column("china_role_code", pl.String, "China: the same words", values=ROLES),
        Column("url", pl.String, "Official address, one", pattern=r"^https://[a-z0-9.-]+/\S+$"),
        Column("evidence_code", pl.String, "How the address is known: cited by independent public copies, or known by its form",
               values=("cited", "known")),
        Column("reason", pl.String, "What to know of the row", pattern=r"\S"),
    ),
    rules=(
        Rule("Is every engagement listed once: no two with one day, kind and instrument, nor with one title?",
             "SELECT list(engagement_id) AS twice FROM policy_engagements GROUP BY engagement_date, kind_code, instrument "
             "HAVING count(*) > 1 UNION ALL SELECT list(engagement_id) FROM policy_engagements GROUP BY title HAVING count(*) > 1"),
        Rule("Has every engagement an address of its own?",
             "SELECT url, count(*) AS rows FROM policy_engagements GROUP BY ALL HAVING rows > 1"),
        Rule("Is every address an official one (a new host joins OFFICIAL_HOSTS by review)?",
             UNOFFICIAL),
        Rule("Does the id begin with the month of the day?",
             "SELECT engagement_id, engagement_date FROM policy_engagements "
             "WHERE engagement_id[1:7] <> strftime(engagement_date, '%Y-%m')"),
        Rule("Is every party a country or a known organisation, listed once?",
             "SELECT engagement_id, parties FROM policy_engagements WHERE len(list_distinct(parties)) <> len(parties) UNION ALL "
             "SELECT engagement_id, [party] FROM (SELECT engagement_id, unnest(parties) AS party FROM policy_engagements) "
             "WHERE party NOT IN ('EU', 'UN') AND party NOT IN (SELECT country_code FROM countries)"),
        Rule("Is the United States or China a party, and do roles and parties agree?",
             "SELECT engagement_id, parties, usa_role_code, china_role_code FROM policy_engagements "
             "WHERE list_contains(parties, 'USA') <> (usa_role_code IN ('party', 'consensus')) "
             "OR list_contains(parties, 'CHN') <> (china_role_code IN ('party', 'consensus')) "
             "OR NOT (list_contains(parties, 'USA') OR list_contains(parties, 'CHN'))"),
        Rule("Is consensus said of resolutions of the United Nations only?",
             "SELECT * FROM policy_engagements WHERE 'consensus' IN (usa_role_code, china_role_code) "
             "AND NOT (kind_code = 'resolution' AND list_contains(parties, 'UN'))"),
        Rule("Do known facts stand (Bletchley and Geneva with both, Seoul without China, Paris without the United States)?",
             "SELECT known.*, parties FROM (VALUES ('2023-11-bletchley', true, true), ('2024-05-seoul-declaration', true, false), "
             "('2025-02-paris', false, true), ('2024-05-geneva', true, true)) AS known(engagement_id, usa, china) "
             "LEFT JOIN policy_engagements USING (engagement_id) WHERE parties IS NULL "
             "OR list_contains(parties, 'USA') <> usa OR list_contains(parties, 'CHN') <> china"),
        Rule("Is an engagement known for every quarter up to the newest (none may mean that nobody entered one)?",
             "SELECT quarter::DATE AS quarter FROM (SELECT unnest(generate_series(DATE '2023-01-01', max(engagement_date), "
             "INTERVAL 3 MONTH)) AS quarter FROM policy_engagements) "
             "WHERE quarter NOT IN (SELECT date_trunc('quarter', engagement_date) FROM policy_engagements)", is_warning=True),
        Rule("Is every address confirmed by a public copy?",
             "SELECT engagement_id, url FROM policy_engagements WHERE evidence_code <> 'cited'", is_warning=True),
    ),
)  # fmt: skip


def build(reference_policy_engagements: pl.DataFrame) -> pl.DataFrame:
    """Return one row per curated engagement, with its scope by the number of its parties."""
    parties = pl.col("parties").str.split(";").list.len()
    count = pl.when(pl.col("is_party_list_complete") == "true").then(parties)
    scope = pl.when(count == 1).then(pl.lit("unilateral")).when(count == PAIR).then(pl.lit("bilateral")).otherwise(pl.lit("multilateral"))
    return TABLE.typed(reference_policy_engagements.with_columns(scope_code=scope))
