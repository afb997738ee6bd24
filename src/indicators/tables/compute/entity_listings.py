"""entity_listings: the parties on the US Entity List, one row per party and country heading.

Know before editing:
- The list holds parties in force; whoever was removed is gone. First listings counted from it understate past additions.
- `address_country_code` is the heading under which the list prints the party: an address, not a nationality. Parties in Hong
  Kong stand under China since 2020-12-23. Crimea is a heading of its own: it is UKR here, and `address_country_name` tells.
- A date is the day of the Federal Register in which the listing was published, as the list prints it, misprints included.
- The same party may stand under several headings, and some stand twice under one: `listing_id` ends in the ordinal among equals.
"""

from datetime import date

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.tables._countries import codes_by_name, country_code

TABLE = Table(
    name="entity_listings",
    title="US Entity List",
    description="One row per entry of the Entity List (15 CFR Part 744, Supplement No. 4) in force on the day of its source; a party can "
    "have several. Addresses are left out. Removed entries are absent: a removal is visible between two releases only. `sources.note` says "
    "where the bytes are not the list as the server sends it.",
    key=("listing_id",),
    row_bounds=(2_890, 6_820),
    columns=(
        Column("listing_id", pl.String, "Country, name as a slug, ordinal among equals in list order; kept unless an earlier equal goes",
               pattern=r"^[a-z]{3}-[a-z0-9]+(?:-[a-z0-9]+)*-[1-9][0-9]*$"),
        Column("party_name", pl.String, "Name as printed, without its address", pattern=r"\S"),
        Column("aliases", pl.List(pl.String), "Other and former names as printed; in a few entries subordinate bodies; empty if none"),
        Column("address_country_code", pl.String, "Country of the heading. Hong Kong is under China since 2020-12-23; Crimea is UKR",
               links_to="countries.country_code"),
        Column("address_country_name", pl.String, "Heading as printed, which tells Crimea from Ukraine", pattern=r"^[A-Z][A-Z ,.'’()-]+$"),
        Column("first_listed_date", pl.Date, "Earliest day among the dated citations; null where none bears a date",
               is_nullable=True, minimum=date(1997, 1, 1)),
        Column("citation", pl.String, "Citation of that day (page of the entry, not of the rule's start); else the first printed",
               pattern=r"^\d{2,3} FR \d+$"),
        Column("citations", pl.List(pl.String), "Federal Register citations of the entry as its source prints them, in order"),
        Column("license_requirement", pl.String, "Licence requirement as printed, without footnote marks", pattern=r"\S"),
        Column("review_policy", pl.String, "Licence review policy as printed; null where the cell is blank, or left out by the copy",
               is_nullable=True),
        Column("footnote_codes", pl.List(pl.String), "Footnotes of the requirement, which widen it to foreign-made items; empty if none"),
    ),
    rules=(
        Rule("Is no party listed later than its source's day?",
             "SELECT e.* FROM entity_listings e, (SELECT max(as_of_date) AS day FROM sources WHERE source_id = 'ecfr_entity_list') s "
             "WHERE e.first_listed_date > s.day"),
        Rule("Is the first citation among the citations?", "SELECT * FROM entity_listings WHERE NOT list_contains(citations, citation)"),
        Rule("Is no alias blank or the party's own name?",
             "SELECT * FROM entity_listings WHERE list_contains(aliases, '') OR list_contains(aliases, party_name)"),
        Rule("Are footnotes single digits?",
             "SELECT listing_id, code FROM (SELECT listing_id, unnest(footnote_codes) AS code FROM entity_listings) "
             "WHERE NOT regexp_full_match(code, '[1-9]')"),
        Rule("Are there between 940 and 2,200 entries under China, as in a healthy run?",
             "SELECT count(*) AS entries FROM entity_listings WHERE address_country_code = 'CHN' HAVING count(*) NOT BETWEEN 940 AND 2200"),
        Rule("Is Huawei Technologies Co., Ltd. under China since 84 FR 22963 (2019-05-21)?",
             "SELECT 'Huawei Technologies Co., Ltd.' AS missing WHERE NOT EXISTS (SELECT 1 FROM entity_listings "
             "WHERE party_name = 'Huawei Technologies Co., Ltd.' AND address_country_code = 'CHN' "
             "AND citation = '84 FR 22963' AND first_listed_date = DATE '2019-05-21')"),
        Rule("Is Crimea kept as Ukraine with its own heading?",
             "SELECT * FROM entity_listings WHERE starts_with(address_country_name, 'CRIMEA') AND address_country_code <> 'UKR'"),
        Rule("Is no address left in a name?",
             "SELECT listing_id, name FROM (SELECT listing_id, unnest(list_append(aliases, party_name)) AS name FROM entity_listings) "
             r"WHERE regexp_matches(name, 'P\.\s?O\.\s?Box|,.*\b(Street|Avenue|Road|Blvd|Floor)\b|\b(Room|Suite|Apt) \d')",
             is_warning=True),
        Rule("Does any entry state a review policy (a copy without them says nothing of policies)?",
             "SELECT count(*) AS entries FROM entity_listings HAVING count(review_policy) = 0", is_warning=True),
        Rule("Is every licence requirement printed to its end?",
             "SELECT listing_id, license_requirement FROM entity_listings WHERE regexp_matches(license_requirement, '(\\.\\.\\.|…)$')",
             is_warning=True),
        Rule("Has every entry a date?", "SELECT * FROM entity_listings WHERE first_listed_date IS NULL", is_warning=True),
        Rule("Does the year of every first listing fit its volume (volume 1 of the Federal Register is of 1936)?",
             "SELECT * FROM entity_listings WHERE year(first_listed_date) <> CAST(split_part(citation, ' ', 1) AS INTEGER) + 1935",
             is_warning=True),
        Rule("Does one page of the Federal Register always bear one date?",
             "SELECT citation, min(first_listed_date) AS first_day, max(first_listed_date) AS last_day FROM entity_listings "
             "GROUP BY citation HAVING count(DISTINCT first_listed_date) > 1 ORDER BY citation", is_warning=True),
    ),
)  # fmt: skip


def build(ecfr_entity_list: pl.DataFrame, country_codes: pl.DataFrame, reference_country_aliases: pl.DataFrame) -> pl.DataFrame:
    """Return one row per entry of the list; raises ContractBroken for an unknown country heading."""
    known = codes_by_name(country_codes, reference_country_aliases)
    codes = country_code(ecfr_entity_list["country_name"], known, TABLE.name)
    rows = ecfr_entity_list.with_columns(codes.alias("address_country_code")).sort("ordinal")
    dated = rows.join(_first_listings(rows), on="ordinal", how="left").with_columns(slug=_slug(pl.col("party_name")))
    among_equals = pl.int_range(1, pl.len() + 1).over("address_country_code", "slug", order_by="ordinal")
    return dated.select(
        "party_name",
        "aliases",
        "address_country_code",
        "first_listed_date",
        "citations",
        "license_requirement",
        "review_policy",
        "footnote_codes",
        listing_id=pl.concat_str(pl.col("address_country_code").str.to_lowercase(), "slug", among_equals, separator="-"),
        address_country_name="country_name",
        citation=pl.coalesce("first_citation", pl.col("citations").list.first()),
    )


def _first_listings(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the earliest dated citation of each entry that has one; of two on one day, the first printed."""
    cited = rows.select("ordinal", first_citation="citations", first_listed_date="citation_dates")
    dated = cited.explode("first_citation", "first_listed_date").filter(pl.col("first_listed_date").is_not_null())
    return dated.sort("ordinal", "first_listed_date", maintain_order=True).unique("ordinal", keep="first", maintain_order=True)


def _slug(name: pl.Expr) -> pl.Expr:
    """Return a name as an id: without accents, lower case, runs of other signs as one hyphen."""
    plain = name.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase().str.replace_all("ı", "i")
    return plain.str.replace_all(r"[^a-z0-9]+", "-").str.strip_chars("-")
