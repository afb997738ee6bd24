"""paper_affiliations: every affiliation of an accepted paper's author positions, with country and reason. Never released.

Know before editing:
- How a country is told and in which order: `_affiliations`. What is known of names, domains and places: `institution_keys`.
- `listed_name` and some `listed_domain` cells name several institutions; each is a row here, so `ordinal` counts within the position.
- `seat` is an assumption (the organisation has laboratories in several countries and the string names none): where the place of such an
  organisation is known, it is the seat in 88 of 100 positions (Google 78, Microsoft 70, NVIDIA 100), so it is counted apart.

Weights: a paper's 1 is split equally over its positions with a country, and a position's part equally over its affiliations
with a country. A paper without any country has no weight.
"""

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.tables.researchers._acceptance import accepted
from indicators.tables.researchers._affiliations import BASES, resolved

TABLE = Table(
    name="paper_affiliations",
    title="Affiliations of accepted papers",
    description="One row per accepted paper, author position and affiliation there. The country is the place of the affiliation.",
    key=("paper_id", "slot", "ordinal"),
    parts_of="paperlists",
    row_bounds=(185_500, 436_000),
    is_released=False,
    columns=(
        Column("paper_id", pl.String, "Paper", links_to="papers.paper_id"),
        Column("slot", pl.Int32, "Author's position; position in the file's list where that names no authors", minimum=1, maximum=3000),
        Column("ordinal", pl.Int32, "Which of the position's affiliations", minimum=1, maximum=30),
        Column("institution_name", pl.String,
               "Canonical name; as printed where none is known; null where none is printed, or none can be told to be the country's",
               is_nullable=True),
        Column("country_code", pl.String, "Place of the affiliation", is_nullable=True, links_to="countries.country_code"),
        Column("basis_code", pl.String, "Where the country comes from", values=BASES),
        Column("paper_share", pl.Float64,
               "This affiliation's part of the paper; null without a country", unit="papers", is_nullable=True, minimum=0, maximum=1),
    ),
    rules=(
        Rule("Has every affiliation with a country a reason, and no other?",
             "SELECT * FROM paper_affiliations WHERE (country_code IS NULL) <> (basis_code = 'unresolved')"),
        Rule("Do a paper's parts make one?",
             "SELECT paper_id FROM paper_affiliations GROUP BY 1 HAVING abs(sum(paper_share) - 1) > 1e-6"),
        Rule("Is no e-mail address in a name?", "SELECT * FROM paper_affiliations WHERE institution_name LIKE '%@%'"),
        Rule("Are China, Hong Kong, Macau and Taiwan told apart (trap 5)?",
             "SELECT code FROM (VALUES ('CHN'), ('HKG'), ('MAC'), ('TWN')) AS t(code) "
             "WHERE code NOT IN (SELECT country_code FROM paper_affiliations WHERE country_code IS NOT NULL)"),
        Rule("Is Microsoft, where only its seat is known, in the United States and nowhere else (trap 6)?",
             "SELECT * FROM paper_affiliations WHERE institution_name = 'Microsoft' AND (basis_code IN ('alias', 'university_name') "
             "OR (basis_code = 'seat' AND country_code <> 'USA'))"),
        Rule("Is Microsoft mostly in China in no edition whose places are read from its strings (trap 6)?",
             "SELECT venue_code, year FROM paper_affiliations JOIN papers USING (paper_id) "
             "WHERE institution_name = 'Microsoft' AND layout_code <> 'author_index' GROUP BY ALL "
             "HAVING count(*) >= 30 AND avg((country_code = 'CHN')::INT) > 0.6"),
        Rule("Is every organisation with a seat and 200 affiliations at home in two of five (trap 7)?",
             "WITH seats AS (SELECT institution_name, any_value(country_code) AS seat FROM paper_affiliations WHERE basis_code = 'seat' "
             "GROUP BY 1) SELECT institution_name FROM paper_affiliations JOIN seats USING (institution_name) "
             "WHERE country_code IS NOT NULL GROUP BY 1 HAVING count(*) >= 200 AND avg((country_code = seat)::INT) < 0.4"),
        Rule("Has each organisation one seat (trap 7)?",
             "SELECT institution_name FROM paper_affiliations WHERE basis_code = 'seat' "
             "GROUP BY 1 HAVING count(DISTINCT country_code) > 1"),
        Rule("Is no country known from a domain that is sold worldwide (.ai, .io, .td, .cx)?",
             "SELECT * FROM paper_affiliations WHERE basis_code = 'domain' AND country_code IN ('AIA', 'IOT', 'TCD', 'CXR', 'ASC', 'CCK')"),
    ),
)  # fmt: skip


def build(
    paperlists: pl.DataFrame, country_codes: pl.DataFrame, institution_keys: pl.DataFrame, reference_country_aliases: pl.DataFrame
) -> pl.DataFrame:
    """Return one row per affiliation; raises ContractBroken for a country name nobody knows."""
    rows = accepted(paperlists).filter(pl.col("slot").is_not_null())
    rows = resolved(rows, country_codes, reference_country_aliases, institution_keys)
    has_country = pl.col("country_code").is_not_null()
    slots = pl.col("slot").filter(has_country).n_unique().over("paper_id")
    affiliations = has_country.sum().over("paper_id", "slot")
    return rows.with_columns(paper_share=pl.when(has_country).then(1 / (slots * affiliations))).select(TABLE.column_names)
