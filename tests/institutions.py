"""What affiliations are resolved by: the project's curated files with the baseline's universities and countries."""

from functools import cache
from pathlib import Path

import polars as pl

from indicators.model import Folders
from indicators.tables.researchers import institution_keys
from indicators.tables.researchers._known import Known
from indicators.tables.researchers._resolver import Resolver
from indicators.tables.researchers._strings import answers

FOLDERS = Folders(Path())
CURATED = (
    "country_aliases", "domain_countries", "territory_institutions", "institution_places", "institution_aliases", "institution_seats",
)  # fmt: skip
Told = tuple[str | None, str | None, str]


def reference(name: str) -> pl.DataFrame:
    """A curated file as a table module gets it."""
    return pl.read_csv(FOLDERS.reference / f"{name}.csv", infer_schema=False)


def baseline(source_id: str) -> pl.DataFrame:
    """A source's rows as the baseline has them."""
    return pl.read_parquet(FOLDERS.baseline / f"{source_id}.parquet")


def keys(**other: pl.DataFrame) -> pl.DataFrame:
    """The table of keys, with other curated files where given by their names."""
    frames = {f"reference_{name}": other.get(name, reference(name)) for name in CURATED}
    built = institution_keys.build(country_codes=baseline("country_codes"), university_domains=baseline("university_domains"), **frames)
    return institution_keys.TABLE.conform(built)


@cache
def known() -> Known:
    """Names and places as they are looked up."""
    return Known.of(keys())


@cache
def resolver() -> Resolver:
    """Everything by which an affiliation is resolved."""
    return Resolver.of(keys())


def told(text: str) -> list[tuple[str | None, str]]:
    """Institutions and countries that a string names by itself, those at a seat marked."""
    return [(answer.name, f"{answer.country}{' seat' * (answer.basis == 'seat')}") for answer in answers(text, known())]


def countries(text: str) -> list[str | None]:
    """Countries that a string names by itself."""
    return [answer.country for answer in answers(text, known())]


def place(
    name: str | None, domain: str | None = None, stated: str | None = None, layout: str = "listed_domain", campus: str | None = None
) -> Told:
    """Institution, country and basis of a printed affiliation that has one answer."""
    (answer,) = resolver().answered(name, campus, domain, stated, layout)
    return answer
