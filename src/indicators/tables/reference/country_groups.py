"""country_groups: which countries a group holds, so that a mean by group can be computed again from released tables.

Know before editing:
- The lists are fixed, and say as of when: the IMF's advanced economies as of October 2024, the list in force when the op-ed appeared, and
  the World Bank's income groups as of July 2025. A newer list is a change of method, made by review.
- `EMD` is the rest of the IMF's list and `WLD` everybody; both follow from the countries and are not curated.
- Unclassified by the World Bank, or no economy of its own there: no income group (Venezuela, Ethiopia in that year, French Guiana).
- Kosovo and the Channel Islands are in the bank's list and not in ISO 3166: 53 of its 54 upper-middle and 86 of its 87 high-income
  economies are here.
"""

import polars as pl

from indicators.model import Column, ContractBroken, Rule, Table

GROUPS = {
    "ADV": ("imf", "Advanced economies (IMF)"),
    "EMD": ("imf", "All others: emerging market and developing economies, and territories (IMF)"),
    "ENG": ("language", "Advanced economies where most speak English"),
    "HIC": ("income", "High income (World Bank)"),
    "UMC": ("income", "Upper middle income (World Bank)"),
    "LMC": ("income", "Lower middle income (World Bank)"),
    "LIC": ("income", "Low income (World Bank)"),
    "WLD": ("world", "All countries and territories"),
}
"""Code → scheme and name."""
REST, WORLD = "EMD", "WLD"
NOT_ADVANCED = "Not among the IMF's advanced economies"
EVERYBODY = "Every country and territory of ISO 3166-1"

TABLE = Table(
    name="country_groups",
    title="Groups of countries",
    description="One row per group and country. Group codes stand in indicator_values.subject_code; none is a country's.",
    key=("group_code", "country_code"),
    row_bounds=(700, 760),
    max_loss_share=0.02,
    columns=(
        Column("group_code", pl.String, "Group; income groups have the World Bank's codes, ADV, EMD and ENG are ours",
               values=tuple(GROUPS)),
        Column("group_name", pl.String, "What it is called", values=tuple(name for _, name in GROUPS.values())),
        Column("scheme_code", pl.String, "Whose division it is; within imf and income no country is in two groups",
               values=("imf", "income", "language", "world")),
        Column("country_code", pl.String, "Member", links_to="countries.country_code"),
        Column("as_of_year", pl.Int32, "Year of the list; null where the group follows from the countries", "year", is_nullable=True,
               minimum=2024, maximum=2030),
        Column("citation", pl.String, "Which list says so", pattern=r"\S"),
    ),
    rules=(
        Rule("Is no country in two groups of the IMF's division, or of the World Bank's?",
             "SELECT scheme_code, country_code, list(group_code ORDER BY group_code) AS groups FROM country_groups "
             "WHERE scheme_code IN ('imf', 'income') GROUP BY ALL HAVING count(*) > 1"),
        Rule("Is every country of ISO 3166 advanced or not, and in the world?",
             "SELECT country_code, scheme FROM countries, (VALUES ('imf'), ('world')) t(scheme) "
             "WHERE (country_code, scheme) NOT IN (SELECT (country_code, scheme_code) FROM country_groups)"),
        Rule("Is no group's code a country's?", "SELECT * FROM country_groups WHERE group_code IN (SELECT country_code FROM countries)"),
        Rule("Are there as many members as the lists say (41 advanced; 86, 53, 50 and 25 by income, Kosovo and Channel Islands aside)?",
             "SELECT group_code, expected, count(country_code) AS members FROM (VALUES ('ADV', 41), ('HIC', 86), ('UMC', 53), ('LMC', 50), "
             "('LIC', 25)) t(group_code, expected) LEFT JOIN country_groups USING (group_code) GROUP BY ALL HAVING members <> expected"),
        Rule("Are the United States advanced, and China, India and Türkiye not?",
             "SELECT code, country_code FROM (VALUES ('ADV', 'USA'), ('EMD', 'CHN'), ('EMD', 'IND'), ('EMD', 'TUR')) t(code, country_code) "
             "WHERE (code, country_code) NOT IN (SELECT (group_code, country_code) FROM country_groups)"),
        Rule("Are the countries of the English-speaking group advanced?",
             "SELECT * FROM country_groups WHERE group_code = 'ENG' "
             "AND country_code NOT IN (SELECT country_code FROM country_groups WHERE group_code = 'ADV')"),
    ),
)  # fmt: skip


def build(reference_country_groups: pl.DataFrame, countries: pl.DataFrame) -> pl.DataFrame:
    """Return one row per group and member; raises ContractBroken for a curated group nobody knows."""
    unknown = sorted(
        set(reference_country_groups["group_code"]) - set(GROUPS) | {REST, WORLD} & set(reference_country_groups["group_code"])
    )
    if unknown:
        raise ContractBroken(f"{TABLE.name}: country_groups.csv has groups {unknown}; known: {sorted(set(GROUPS) - {REST, WORLD})}")
    listed = reference_country_groups.with_columns(pl.col("as_of_year").cast(pl.Int32))
    advanced = listed.filter(group_code="ADV")
    every = countries.select("country_code", as_of_year=pl.lit(None, pl.Int32))
    rest = every.join(advanced, on="country_code", how="anti").with_columns(group_code=pl.lit(REST), citation=pl.lit(NOT_ADVANCED))
    world = every.with_columns(group_code=pl.lit(WORLD), citation=pl.lit(EVERYBODY))
    whole = pl.concat([part.select(listed.columns) for part in (listed, rest, world)])
    return whole.with_columns(
        scheme_code=pl.col("group_code").replace_strict({code: scheme for code, (scheme, _) in GROUPS.items()}, return_dtype=pl.String),
        group_name=pl.col("group_code").replace_strict({code: name for code, (_, name) in GROUPS.items()}, return_dtype=pl.String),
    )
