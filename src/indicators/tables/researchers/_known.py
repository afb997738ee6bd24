"""Everything that a part of a printed affiliation may equal, in the form in which it is looked up. Only for the modules of this folder.

What equals nothing says nothing: the only beginnings that count are the curated ones of organisations with laboratories in several
countries ("Google Research …"), and within these a place decides ("Google Research, Brain Team, Zürich").
"""

from dataclasses import dataclass

import polars as pl

from indicators.tables.researchers._names import without_digits

NAMES = {"campus": "place", "alias": "alias", "university": "university_name"}
"""Kinds of names in the order in which they are asked, with the basis of what they say."""
PLACES = ("country", "city")
SEATS = ("beginning", "whole")
JOINING = frozenset(("of", "and", "in", "for", "the", "new", "north", "south", "east", "west", "northern", "southern", "bank"))
"""Words after which a country belongs to a name and is no place ("Bank of China", "New Mexico")."""
LONGEST_COUNTRY = 3

Entry = tuple[str | None, str | None]
"""institution, country."""
Place = tuple[str, str]
"""`country` or `city`, and its code."""


def entries(keys: pl.DataFrame, kind: str) -> dict[str, Entry]:
    """Institution and country by key, of one kind."""
    chosen = keys.filter(pl.col("kind_code") == kind)
    names, codes = chosen["institution_name"].to_list(), chosen["country_code"].to_list()
    return dict(zip(chosen["key"].to_list(), zip(names, codes, strict=True), strict=True))


@dataclass
class Answer:
    """One institution that a string names, with its country and why; the name is null for a bare place."""

    name: str | None
    country: str | None
    basis: str
    is_campus: bool = False


@dataclass(frozen=True)
class Known:
    """Words → institution and country, by kind of key."""

    by_kind: dict[str, dict[str, Entry]]

    @classmethod
    def of(cls, keys: pl.DataFrame) -> "Known":
        """The keys of `institution_keys` as dictionaries."""
        return cls({kind: entries(keys, kind) for kind in (*NAMES, *PLACES, *SEATS)})

    def named(self, words: str) -> Answer | None:
        """The institution that these words are, if any; a name that lies in several countries has none."""
        for kind, basis in NAMES.items():
            if words in self.by_kind[kind]:
                name, country = self.by_kind[kind][words]
                return Answer(name, country, basis, is_campus=kind == "campus")
        return None

    def country(self, words: str) -> str | None:
        """The country that these words are."""
        return self.by_kind["country"].get(words, (None, None))[1]

    def place(self, words: str) -> Place | None:
        """The place that these words are, postal codes aside."""
        for kind in PLACES:
            found = self.by_kind[kind].get(words) or self.by_kind[kind].get(without_digits(words))
            if found and found[1]:
                return kind, found[1]
        return None

    def ending(self, words: str) -> Place | None:
        """The country that stands last in a part ("Beijing China"); not where it belongs to a name."""
        listed = words.split()
        for start in range(max(1, len(listed) - LONGEST_COUNTRY), len(listed)):
            code = self.country(" ".join(listed[start:]))
            if code and listed[start - 1] not in JOINING:
                return "country", code
        return None

    def seated(self, words: str) -> Answer | None:
        """The organisation with several countries that a part begins with, at its laboratory's place where the part tells it."""
        listed = words.split()
        for size in range(len(listed), 0, -1):
            begun = " ".join(listed[:size])
            seat = self.by_kind["beginning"].get(begun) or (self.by_kind["whole"].get(begun) if size == len(listed) else None)
            if seat:
                place = self._within(listed[size:])
                return Answer(seat[0], place, "place") if place else Answer(*seat, "seat")
        return None

    def _within(self, listed: list[str]) -> str | None:
        """The country of the places among words; null where there is none, or two that differ."""
        spans = ((start, start + size) for start in range(len(listed)) for size in range(1, LONGEST_COUNTRY + 1))
        codes = {found[1] for start, end in spans if (found := self.place(" ".join(listed[start:end])))}
        return codes.pop() if len(codes) == 1 else None
