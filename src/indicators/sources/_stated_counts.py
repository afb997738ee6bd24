"""How many entries an abstract says a rule adds to, or takes off, the US Entity List. Only for the modules of this package.

The abstract is prose and is read here, never kept. What it states is a number; whatever this small grammar does not know is null.

Know before editing:
- Only the Entity List counts: additions to the Unverified List and the Military End-User List are worded alike.
- One sentence must state it. Two statements in one abstract ("add two …, transfer forty-five …") are a sum that nobody stated: null.
- Entities are parties, entries are lines of the list: a party can have several, and an address can have one of its own.
- Numbers by destination are entries. They are used where every destination bears one and they add up.
- "Under the destination of Russia", without a number, says that every entry is there; two destinations without numbers say nothing.
"""

import re
from dataclasses import dataclass

UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = {word: unit for unit, word in enumerate(UNITS)} | {word: 10 * ten for ten, word in enumerate(TENS, start=2)}
WORD = "|".join([*sorted(WORDS, key=len, reverse=True), "hundred"])
NUMBER = rf"(?:\d+|\ban?\b|(?:{WORD})(?:[- ](?:and )?(?:{WORD}))*)"
PARTIES = r"(?:new |additional |inadvertently omitted )?(?:[A-Z][a-z]+ )?(?:entit(?:y|ies)|persons?)"
ENTRIES = r"entr(?:y|ies)"
ADD = r"\badd(?:s|ing)?"
ADDRESSES = rf"{NUMBER} address(?:es)?"
TO_THE_LIST = r" to the Entity List\b"
ADDED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{ADD} (?P<entities>{NUMBER}) {PARTIES}(?:,? under (?:a total of )?(?P<entries>{NUMBER}) {ENTRIES},?)?{TO_THE_LIST}",
        rf"{ADD} (?P<entities>{NUMBER}) {PARTIES} and (?P<addresses>{NUMBER}) address(?:es)?{TO_THE_LIST}",
        rf"{ADD} (?P<entries>{NUMBER}) {ENTRIES}(?: \((?P<entities>{NUMBER}) {PARTIES} and {ADDRESSES}\))?{TO_THE_LIST}",
        rf"\bremov(?:es|ing) (?P<entities>{NUMBER}) {PARTIES} from the Unverified List(?: \(UVL\))? and adding them{TO_THE_LIST}",
    )
)
REMOVED = re.compile(
    rf"\bremov(?:es|ing) (?:from the Entity List )?(?:a total of )?(?P<entities>{NUMBER}) entit(?:y|ies)\b"
    r"(?! from the (?!Entity List\b))"
)
OTHER_RULE = re.compile(r"\b(?:That (?:final |interim )?rule|published)\b[^.]*$")
"""Before a statement in its sentence, this makes it one about an earlier rule."""
NEXT_SUBJECT = re.compile(r"\b(?:This (?:final )?rule|In addition|Additionally|Lastly|Finally|BIS is also|In this rule, BIS also)\b")
DESTINATIONS = re.compile(r"\bunder the destinations? of (.+?)(?:,? (?:and )?have been\b| with this final rule\b|(?<!\b[A-Z])\.(?:\s|$))")
CHINA = re.compile(r"(?:the )?(?:China, People'?s Republic of|People'?s Republic of China)(?: \(China\))?")
DESTINATION = re.compile(r"(?:the )?(?P<name>[A-Z][\w'-]*(?: (?:of|the|[A-Z][\w'-]*))*)(?: \([A-Z][A-Za-z.]*\))?(?: \((?P<number>\d+)\))?")


@dataclass(frozen=True)
class Stated:
    """What one abstract states of the Entity List; null where it does not, or in words that are not known."""

    entities_added: int | None = None
    entries_added: int | None = None
    china_entries_added: int | None = None
    entities_removed: int | None = None


def stated_counts(abstract: str | None) -> Stated:
    """Return the counts that an abstract states."""
    text = " ".join((abstract or "").split())
    removals = [found for found in REMOVED.finditer(text) if _is_own(text, found)]
    removed = number(removals[0]["entities"]) if len(removals) == 1 else None
    additions = [found for pattern in ADDED for found in pattern.finditer(text) if _is_own(text, found)]
    if len(additions) != 1:
        return Stated(entities_removed=removed)
    stated = {name: number(words) for name, words in additions[0].groupdict().items() if words}
    entities, entries = stated.get("entities"), stated.get("entries")
    if entities is not None and "addresses" in stated:
        entries = entities + stated["addresses"]
    by_destination = _by_destination(text[additions[0].end() :])
    entries, china = _entries(entities, entries, by_destination)
    return Stated(entities, entries, china, removed)


def number(words: str) -> int:
    """Return a number as an abstract writes it: digits, an article, or words up to nine hundred and ninety-nine."""
    if words.isdigit():
        return int(words)
    if words in ("a", "an"):
        return 1
    hundreds, _, rest = words.rpartition("hundred") if "hundred" in words else ("", "", words)
    below = sum(WORDS[word] for word in re.split(r"[- ]+", rest) if word in WORDS)
    return 100 * WORDS.get(hundreds.strip(), 0) + below


def _is_own(text: str, found: re.Match[str]) -> bool:
    """Whether a statement is about this rule rather than an earlier one."""
    return not OTHER_RULE.search(text[: found.start()])


def _entries(entities: int | None, entries: int | None, by_destination: dict[str, int | None]) -> tuple[int | None, int | None]:
    """Return entries, and those under China, once the destinations are taken into account."""
    numbers = list(by_destination.values())
    counts = [count for count in numbers if count is not None]
    total = sum(counts) if counts and len(counts) == len(numbers) else None
    if len(numbers) == 1 and total is None:
        total = entities if entries is None else entries
    is_sound = total is not None and (total == entries if entries is not None else total >= (entities or 0))
    if is_sound:
        only = by_destination.get("China", 0)
        return total, total if only is None else only
    is_elsewhere = bool(numbers) and not counts and "China" not in by_destination
    return entries, 0 if is_elsewhere else None


def _by_destination(text: str) -> dict[str, int | None]:
    """Return destination → entries (null where no number stands by it) from what follows an addition; empty where not understood."""
    clause = DESTINATIONS.search(NEXT_SUBJECT.split(text, maxsplit=1)[0])
    if not clause:
        return {}
    named = CHINA.sub("China", clause[1])
    named = re.sub(r", (?=\(\d)", " ", re.sub(r"(\(\d+\)) (?=[A-Z])", r"\1, ", named))
    found = [DESTINATION.fullmatch(part) for part in re.split(r"[,;]\s+(?:and )?|\s+and (?=the |[A-Z])", named)]
    if not all(found):
        return {}
    return {part["name"]: int(part["number"]) if part["number"] else None for part in found if part}
