"""Every curated row about institutions, places and domains still applies to a captured edition, and none is a person's."""

from typing import Any

import house
import polars as pl
import pytest
from institutions import baseline, keys, reference

from indicators.sources.paperlists import SOURCE, parse
from indicators.tables._countries import codes_by_name, country_code
from indicators.tables.researchers._acceptance import accepted
from indicators.tables.researchers._known import Known
from indicators.tables.researchers._names import plain
from indicators.tables.researchers._resolver import Resolver


class Met(dict[str, Any]):
    """A dictionary that remembers which of its keys were met."""

    def __init__(self, known: dict[str, Any]) -> None:
        super().__init__(known)
        self.keys_met: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        if key in self:
            self.keys_met.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Any:
        self.keys_met.add(key)
        return super().__getitem__(key)


@pytest.fixture(scope="module")
def printed() -> pl.DataFrame:
    """Distinct combinations that accepted papers of every captured edition print."""
    folder = house.captures() / "paperlists"
    paths = [(path, file) for file in SOURCE.files for path in folder.glob(f"*/{file.name}")]
    rows = pl.concat([parse(path.read_bytes(), file) for path, file in paths])
    columns = ("institution_name", "campus_name", "domain", "country_name", "layout_code")
    return accepted(rows).filter(pl.col("slot").is_not_null()).select(columns).unique(maintain_order=True)


@pytest.fixture(scope="module")
def met(printed: pl.DataFrame) -> dict[str, set[str]]:
    """Keys that resolving all of them asks for and finds, by kind."""
    whole = Resolver.of(keys())
    spied = {
        kind: Met(known) for kind, known in (whole.known.by_kind | {"domain": whole.domains, "seat_domain": whole.seat_domains}).items()
    }
    names = {kind: spied[kind] for kind in whole.known.by_kind}
    resolver = Resolver(Known(names), spied["domain"], spied["seat_domain"], whole.territories)  # type: ignore[arg-type]
    stated = country_code(printed["country_name"], codes_by_name(baseline("country_codes"), reference("country_aliases")), "test")
    for name, campus, domain, code, layout in printed.with_columns(country_name=stated).iter_rows():
        resolver.answered(name, campus, domain, code, layout)
    return {kind: found.keys_met for kind, found in spied.items()}


def test_every_alias_is_met_or_gives_a_university_its_usual_name(met: dict[str, set[str]]) -> None:
    listed = {plain(name) for name in baseline("university_domains")["university_name"]}
    aliases = {plain(alias) for alias in reference("institution_aliases")["alias"]}
    assert sorted(aliases - met["alias"] - listed) == []


def test_every_place_is_met_but_for_campuses_which_stand_guard(met: dict[str, set[str]]) -> None:
    rows = reference("institution_places").filter(pl.col("kind_code") != "campus").select("kind_code", "place").iter_rows()
    assert [place for kind, place in rows if plain(place) not in met[kind]] == []


def test_every_seat_is_met(met: dict[str, set[str]]) -> None:
    rows = reference("institution_seats").select("key_kind", "key").iter_rows()
    kinds = {"domain": "seat_domain"}
    assert [key for kind, key in rows if (key if kind == "domain" else plain(key)) not in met[kinds.get(kind, kind)]] == []


def test_every_curated_domain_is_printed_and_every_pattern_matches(printed: pl.DataFrame) -> None:
    hosts, names = printed["domain"].drop_nulls().unique(), printed["institution_name"].drop_nulls().unique()
    domains = [row for row in reference("domain_countries")["domain"] if "." in row and not hosts.str.contains(rf"(^|\.){row}$").any()]
    patterns = [row for row in reference("territory_institutions")["pattern"] if not names.str.contains(f"(?i){row}").any()]
    assert (domains, patterns) == ([], [])
