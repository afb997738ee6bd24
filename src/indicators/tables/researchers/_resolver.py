"""One printed affiliation to its institution, country and reason: what stands beside the string, then what it names.

Only for the modules of this folder; the order of reasons stands in `_affiliations`.
"""

import re
from dataclasses import dataclass, field

import polars as pl

from indicators.tables.researchers._known import Answer, Entry, Known, entries
from indicators.tables.researchers._strings import TERRITORIES, answers

LISTED_DOMAIN = "listed_domain"
"""The layout whose domain is the institution's and not an author's mailbox: only there a domain can name an institution."""

Answered = tuple[str | None, str | None, str]
"""institution, country, basis."""


@dataclass(frozen=True)
class Resolver:
    """Names, places, domains and patterns as they are looked up."""

    known: Known
    domains: dict[str, Entry]
    seat_domains: dict[str, Entry]
    territories: tuple[tuple[re.Pattern[str], str], ...]
    read: dict[str, list[Answer]] = field(default_factory=dict)
    """Strings that were met, with what they name: one string stands beside many domains."""

    @classmethod
    def of(cls, keys: pl.DataFrame) -> "Resolver":
        """The keys of `institution_keys` as a resolver; patterns in their file's order."""
        ruled = keys.filter(pl.col("kind_code") == "territory").sort("rank").select("key", "country_code")
        patterns = tuple((re.compile(key, re.IGNORECASE), code) for key, code in ruled.iter_rows())
        return cls(Known.of(keys), entries(keys, "domain"), entries(keys, "seat_domain"), patterns)

    def answered(self, name: str | None, campus: str | None, domain: str | None, stated: str | None, layout: str) -> list[Answered]:
        """Institution, country and basis of one printed affiliation; several where its string names several institutions."""
        text = ", ".join(filter(None, (name, campus)))
        found = self._named(text)
        owner, by_domain = longest(domain, self.domains)
        code, basis = self._beside(text, found, stated, by_domain)
        if code:
            owner = owner if layout == LISTED_DOMAIN and basis == "domain" else None
            return [(_own(found, code) or owner or name, code, basis)]
        seat, at_seat = longest(domain, self.seat_domains)
        if at_seat and not found:
            return [(seat if layout == LISTED_DOMAIN else name, at_seat, "seat")]
        return [(answer.name or name, answer.country, answer.basis) for answer in found] or [(name, None, "unresolved")]

    def _named(self, text: str) -> list[Answer]:
        if text not in self.read:
            self.read[text] = answers(text, self.known)
        return self.read[text]

    def _beside(self, text: str, found: list[Answer], stated: str | None, by_domain: str | None) -> tuple[str | None, str]:
        """Country and basis by what stands beside the string: the stated country, the domain, unless the string is a campus elsewhere."""
        territory = self._territory(text, found, stated, by_domain)
        if territory:
            return territory, "territory_rule"
        if stated:
            return stated, "source"
        campus = found[0].country if len(found) == 1 and found[0].is_campus else None
        return (campus, "place") if campus and by_domain != campus else (by_domain, "domain")

    def _territory(self, text: str, found: list[Answer], stated: str | None, by_domain: str | None) -> str | None:
        """The territory, or mainland, that a curated pattern, the name or the domain tells apart; null where no rule applies."""
        first = stated or by_domain
        ruled = next((code for rule, code in self.territories if rule.search(text)), None) if first in (*TERRITORIES, "CHN") else None
        if ruled == "CHN":
            return ruled if first in TERRITORIES else None
        if stated != "CHN" or by_domain == "CHN":
            return None
        named = {answer.country for answer in found if answer.basis != "seat"}
        told = ruled or (named.pop() if len(named) == 1 else by_domain)
        return told if told in TERRITORIES else None


def longest(host: str | None, known: dict[str, Entry]) -> Entry:
    """Institution and country of the longest known suffix of a host; nulls where that suffix says nothing."""
    labels = host.split(".") if host else []
    suffixes = (".".join(labels[start:]) for start in range(len(labels)))
    return next((known[suffix] for suffix in suffixes if suffix in known), (None, None))


def _own(found: list[Answer], code: str) -> str | None:
    """The institution of a string whose country is known: one that lies there, or one that has laboratories anywhere."""
    return next((answer.name for answer in found if answer.name and (answer.country == code or answer.basis == "seat")), None)
