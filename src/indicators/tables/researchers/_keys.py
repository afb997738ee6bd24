"""Rows of `institution_keys` from its sources and curated files, one function each. Only for the modules of this folder.

Each yields (kind, key, institution, country). A key without a country says nothing of the place.
"""

from collections.abc import Iterable, Iterator

import polars as pl

from indicators.model import ContractBroken
from indicators.tables._countries import NAME_COLUMNS
from indicators.tables.researchers._names import plain

NOT_A_PLACE = ("georgia", "jersey", "guinea", "benin", "st lucia", "saint lucia")
"""Countries whose name is also that of a US state, a part of another name, or a suburb with a university (St Lucia, Brisbane)."""
NO_CODE = ("XK",)
"""Kosovo's code in the list of universities: ISO has none."""

Key = tuple[str, str, str | None, str | None]
University = tuple[str, str, str]
"""name, domain, alpha-3 code."""


def ranked(listed: list[Key], curated: list[Key]) -> list[tuple[str, str, int, str | None, str | None]]:
    """All keys with their order, a later one in place of an earlier; raises ContractBroken where a curated key repeats."""
    seen: set[tuple[str, str]] = set()
    for kind, key, name, _ in curated:
        if (kind, key) in seen:
            raise ContractBroken(f"institution_keys: two curated rows say what {kind} {key!r} ({name}) is; keep one in data/reference")
        seen.add((kind, key))
    merged = {(kind, key): (name, code) for kind, key, name, code in [*listed, *curated]}
    return [(*key, rank, *value) for rank, (key, value) in enumerate(merged.items(), start=1)]


def usual_names(curated: list[Key]) -> dict[str, str]:
    """The institution that each alias means, by the alias's words."""
    return {key: name for kind, key, name, _ in curated if kind == "alias" and name}


def countries(country_codes: pl.DataFrame, aliases: pl.DataFrame) -> Iterator[Key]:
    """Names of countries."""
    pairs = [pair for name in NAME_COLUMNS for pair in country_codes.select(name, "iso3_code").iter_rows() if pair[0]]
    for name, code in [*pairs, *aliases.select("alias", "country_code").iter_rows()]:
        if plain(name) not in NOT_A_PLACE:
            yield "country", plain(name), None, code


def places(curated: pl.DataFrame) -> Iterator[Key]:
    """Curated spellings of countries, cities, and campuses abroad."""
    for kind, place, name, code in curated.select("kind_code", "place", "institution_name", "country_code").iter_rows():
        yield kind, plain(place), name, code


def aliases(curated: pl.DataFrame) -> Iterator[Key]:
    """Curated spellings of institutions."""
    for alias, name, code in curated.select("alias", "institution_name", "country_code").iter_rows():
        yield "alias", plain(alias), name, code


def seats(curated: pl.DataFrame) -> Iterator[Key]:
    """Names and domains of organisations with laboratories in several countries."""
    for kind, key, name, code in curated.select("key_kind", "key", "organization_name", "country_code").iter_rows():
        yield ("seat_domain", key, name, code) if kind == "domain" else (kind, plain(key), name, code)


def universities(listed: pl.DataFrame, country_codes: pl.DataFrame) -> list[University]:
    """Name, domain and alpha-3 code of every university of a country that ISO knows."""
    codes = dict(country_codes.select("iso2_code", "iso3_code").iter_rows())
    rows = listed.filter(~pl.col("iso2_code").is_in(NO_CODE)).select("university_name", "domain", "iso2_code")
    unknown = sorted(set(rows["iso2_code"]) - set(codes))
    if unknown:
        raise ContractBroken(
            f"institution_keys: university_domains has country codes {unknown} that country_codes lacks; add them to NO_CODE"
        )
    return [(name, domain, codes[code]) for name, domain, code in rows.iter_rows()]


def _agreed(pairs: Iterable[tuple[str, str]]) -> dict[str, str | None]:
    """The country of each key, null where its rows differ."""
    codes: dict[str, str | None] = {}
    for key, code in pairs:
        codes[key] = code if codes.get(key, code) == code else None
    return codes


def names(listed: list[University], usual: dict[str, str]) -> Iterator[Key]:
    """Names of universities, by their usual name where an alias gives one; no country where two universities have the name."""
    printed = {plain(name): name for name, _, _ in reversed(listed)}
    for key, code in _agreed((plain(name), code) for name, _, code in listed).items():
        yield "university", key, usual.get(key, printed[key]), code


def domains(listed: list[University], usual: dict[str, str]) -> Iterator[Key]:
    """Domains of universities; no country where two countries share one."""
    printed = {domain: name for name, domain, _ in reversed(listed)}
    for domain, code in _agreed((domain, code) for _, domain, code in listed).items():
        yield "domain", domain, usual.get(plain(printed[domain]), printed[domain]), code


def curated_domains(curated: pl.DataFrame, listed: list[University], usual: dict[str, str]) -> Iterator[Key]:
    """Curated domains; without a name of their own, by the name in the list of universities, if that puts them in the same country."""
    known = {domain: (name, code) for _, domain, name, code in domains(listed, usual)}
    for domain, name, code in curated.select("domain", "institution_name", "country_code").iter_rows():
        by_list = known.get(domain, (None, None))
        yield "domain", domain, usual.get(plain(name), name) if name else (by_list[0] if by_list[1] == code else None), code


def top_levels(country_codes: pl.DataFrame) -> Iterator[Key]:
    """Country-code domains; one that two countries share belongs to the one whose code it is."""
    own = pl.col("top_level_domain").str.strip_chars(".")
    ranked = country_codes.filter(own.is_not_null()).sort(own == pl.col("iso2_code").str.to_lowercase(), maintain_order=True)
    for domain, code in ranked.select(own, "iso3_code").iter_rows():
        yield "domain", domain, None, code


def territories(curated: pl.DataFrame) -> Iterator[Key]:
    """Patterns that tell Hong Kong, Macau, Taiwan and mainland campuses apart."""
    for pattern, code in curated.select("pattern", "country_code").iter_rows():
        yield "territory", pattern, None, code
