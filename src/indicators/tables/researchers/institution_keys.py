"""institution_keys: every name, domain and place by which an affiliation may be told, with the country it stands for.

Know before editing:
- Names are compared as words (`_names.plain`), domains by their longest known suffix, patterns of territories in the file's order.
- A name or domain that lies in several countries stays here without a country: it stops a shorter one from answering for it.
- A curated row overrules the list of universities; an alias gives a university its usual name wherever it is met.
- Nothing is learnt from how often a name stands beside a country: that would put all of Microsoft Research in China (trap 6).
"""

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.tables.researchers import _keys

KINDS = ("country", "city", "campus", "alias", "university", "beginning", "whole", "domain", "seat_domain", "territory")
TABLE = Table(
    name="institution_keys",
    title="Names and domains of institutions and places",
    description="One row per kind and key: a name as plain words, an internet domain, or a pattern, with its institution and country.",
    key=("kind_code", "key"),
    row_bounds=(21_500, 50_600),
    is_released=False,
    columns=(
        Column("kind_code", pl.String, "What the key is: a place, a name, the beginning or the whole of a multinational's name, a domain",
               values=KINDS),
        Column("key", pl.String, "Plain words, domain without a leading dot, or pattern", pattern=r"\S"),
        Column("rank", pl.Int32, "Order of the key in its file: the first pattern that matches wins", minimum=1),
        Column("institution_name", pl.String, "Whose key it is; null for a place or a top-level domain", is_nullable=True, pattern=r"^\S"),
        Column("country_code", pl.String, "Where it lies; null where it says nothing of the place",
               is_nullable=True, links_to="countries.country_code"),
    ),
    rules=(
        Rule("Is Microsoft Research without its campus nowhere but at the owner's seat (trap 6)?",
             "SELECT * FROM institution_keys WHERE key IN ('microsoft research', 'microsoft', 'msr', 'microsoft.com') "
             "AND (kind_code NOT IN ('beginning', 'whole', 'seat_domain') OR country_code IS DISTINCT FROM 'USA')"),
        Rule("Is no multinational an alias too, which would hide that its place is assumed (trap 7)?",
             "SELECT a.* FROM institution_keys a JOIN institution_keys s ON a.key = s.key AND s.kind_code IN ('beginning', 'whole') "
             "WHERE a.kind_code IN ('alias', 'university')"),
        Rule("Has no name that lies in two countries a country (trap 7)?",
             "SELECT * FROM institution_keys WHERE kind_code IN ('alias', 'university') AND country_code IS NOT NULL "
             "AND key IN ('northeastern university', 'ntu', 'victoria university', 'american university', 'ucl')"),
        Rule("Does no country's domain that is sold worldwide tell a country?",
             "SELECT * FROM institution_keys WHERE kind_code = 'domain' AND country_code IS NOT NULL "
             "AND key IN ('ai', 'io', 'co', 'me', 'ac', 'tv', 'cc', 'td', 'cx', 'eu')"),
        Rule("Do Hong Kong, Macau, Taiwan and mainland campuses each have keys of their own (trap 5)?",
             "SELECT code FROM (VALUES ('CHN'), ('HKG'), ('MAC'), ('TWN')) AS t(code) "
             "WHERE code NOT IN (SELECT country_code FROM institution_keys WHERE kind_code = 'territory')"),
    ),
)  # fmt: skip


def build(  # noqa: PLR0913 - parameters name inputs
    *,
    country_codes: pl.DataFrame,
    university_domains: pl.DataFrame,
    reference_country_aliases: pl.DataFrame,
    reference_domain_countries: pl.DataFrame,
    reference_territory_institutions: pl.DataFrame,
    reference_institution_places: pl.DataFrame,
    reference_institution_aliases: pl.DataFrame,
    reference_institution_seats: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row per kind and key; raises ContractBroken where two curated rows give one key."""
    curated = [
        *_keys.places(reference_institution_places), *_keys.aliases(reference_institution_aliases),
        *_keys.seats(reference_institution_seats), *_keys.territories(reference_territory_institutions),
    ]  # fmt: skip
    usual = _keys.usual_names(curated)
    universities = _keys.universities(university_domains, country_codes)
    listed = [
        *_keys.countries(country_codes, reference_country_aliases), *_keys.top_levels(country_codes), *_keys.names(universities, usual),
        *_keys.domains(universities, usual), *_keys.curated_domains(reference_domain_countries, universities, usual),
    ]  # fmt: skip
    return pl.DataFrame(_keys.ranked(listed, curated), schema={column.name: column.dtype for column in TABLE.columns}, orient="row")
