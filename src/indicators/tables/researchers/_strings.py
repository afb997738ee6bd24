"""What a printed affiliation says of its place by itself: the institutions and places named in it, one after the other.

Know before editing:
- A string is cut into parts (`_names.parts`); the longest run of parts that equals a known name is that name ("University of
  California, Berkeley").
- A place belongs to the name before it. A country overrules that name's own (a campus abroad: "…, Qatar"), a city only fills a gap
  (Moscow is in Idaho too), except a mainland city after a name in Hong Kong, Macau or Taiwan; "China" after such a name is the source's
  habit and no place. Where another, unknown unit stands between, a different place stands by itself.
- An organisation with laboratories in several countries is at its seat only where nothing else in the string tells a country.
- Names in several countries give one answer for each.
"""

from indicators.tables.researchers._known import Answer, Known, Place
from indicators.tables.researchers._names import parts, unfooted

TERRITORIES = ("HKG", "MAC", "TWN")
LONGEST_RUN = 5
UNIT_WORDS = frozenset((
    "academy", "center", "centre", "college", "co", "company", "corp", "corporation", "department", "dept", "division", "faculty", "group",
    "hospital", "inc", "institut", "institute", "institution", "institutes", "lab", "laboratories", "laboratory", "labs", "ltd", "research",
    "school", "univ", "universidad", "universita", "universitat", "universite", "university",
))  # fmt: skip


def answers(text: str, known: Known) -> list[Answer]:
    """The institutions with a country that a printed affiliation names; none where it says nothing certain."""
    found = _read(parts(text), known) or _read(parts(unfooted(text)), known)
    located = [answer for answer in found if answer.country and answer.basis != "seat"]
    chosen = located or [answer for answer in found if answer.country]
    named = {answer.country for answer in chosen if answer.name}
    kept = [answer for answer in chosen if answer.name or answer.country not in named]
    return list({(answer.name, answer.country): answer for answer in reversed(kept)}.values())[::-1]


def _read(printed: list[str], known: Known) -> list[Answer]:
    """Every name and place in turn, each place given to the name that it follows."""
    listed = [words for part in printed for words in _unglued(part, known)]
    found: list[Answer] = []
    start, is_apart = 0, False
    while start < len(listed):
        words = listed[start]
        size, named = _longest_name(listed, start, known)
        place = None if named else known.place(words)
        ending = None if named or place else known.ending(words)
        if place or ending:
            _give(place or ending, found, is_apart=is_apart or place is None)
        found += named
        is_unit = not (named or place or ending) and not UNIT_WORDS.isdisjoint(words.split())
        is_apart = is_unit or (is_apart and not named and (place or ending or ("city",))[0] == "city")
        start += size
    return found


def _unglued(words: str, known: Known) -> list[str]:
    """A part, cut where a country ends one affiliation and a known name begins the next ("Korea EPFL")."""
    listed = words.split()
    for size in range(1, min(4, len(listed))):
        rest = " ".join(listed[size:]).removeprefix("the ")
        if known.country(" ".join(listed[:size])) and not known.named(words) and (name := known.named(rest)) and name.country:
            return [" ".join(listed[:size]), rest]
    return [words]


def _longest_name(listed: list[str], start: int, known: Known) -> tuple[int, list[Answer]]:
    """How many parts from here make a known name, and which; else the organisations and names that "and" joins within this part."""
    for size in range(min(LONGEST_RUN, len(listed) - start), 0, -1):
        answer = known.named(" ".join(listed[start : start + size]))
        if answer:
            return size, [answer]
    pieces = [known.named(words) or known.seated(words) for words in listed[start].split(" and ")]
    whole = known.seated(listed[start])
    if whole and not any(pieces[1:]):
        return 1, [whole]
    return 1, [answer for answer in pieces if answer]


def _give(place: Place | None, found: list[Answer], *, is_apart: bool) -> None:
    """Let a place speak for the name before it, or stand by itself where another, unknown unit stands between."""
    if place is None:
        return
    kind, code = place
    last = found[-1] if found else None
    if last is None or (is_apart and last.country and _is_elsewhere(last.country, kind, code)):
        found.append(Answer(None, code, "place"))
    elif last.country is None or last.basis == "seat" or _is_elsewhere(last.country, kind, code):
        last.country, last.basis = code, "place"


def _is_elsewhere(own: str, kind: str, stated: str) -> bool:
    """True where a place overrules a name's own country."""
    if own in TERRITORIES and stated == "CHN":
        return kind == "city"
    return kind == "country" and own != stated
