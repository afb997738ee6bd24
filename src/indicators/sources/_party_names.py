"""Names out of an entity cell of the Entity List: the party's, its other names, and no addresses. Only for this package.

Know before editing:
- The name: where the cell announces aliases ("…, a.k.a., the following two aliases:"), all that stands before. Elsewhere the
  text up to the first comma, with the segments after it that are a legal form ("Co., Ltd.") or a unit of one of `PARENTS`;
  a semicolon and a bracket that holds another name or a reference ("(See alternate address …)") end it too. Exceptions: `KNOWN_NAMES`.
- Other names: one a line, after a dash, or in the bracket "(f.k.a., …)". A few entries list subordinate bodies so.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

PARENTS = ("Academy of Military Medical Sciences", "Concern Radio-Electronic Technologies", "Tactical Missile Corporation")
"""Organisations whose units are listed one by one as "Parent, Unit, address"; there the unit is part of the name."""
KNOWN_NAMES = (
    "Federal State Unitary Enterprise All-Russian Research Institute of Physical, Technical and Radio Engineering Measurements",
    "IKCO Finance",
    "JLD Technology, Hong Kong Co., Ltd.",
    "Maple Engineering Pvt. Ltd. Consultants, Importers and Exporters",
    "Valery Kosmachov",
)
"""Names that have commas of their own, or run into the address without one; found by reading the list."""

FORM = (
    r"(?:Company|Co|Corp|Corporation|Ltda|LTD|Ltd|Limited|INC|Inc|Incorporated|LLC|L\.L\.C|LLP|GmbH|AG|S\.A|S\.L|S\.R\.L|SARL|SAL|B\.V|N\.V|"
    r"Pte|PTE|PVT|Pvt|Sdn|Bhd|PLC|JSC|OJSC|CJSC|PJSC|OOO|OAO|ZAO|PAO|AO|PT|FSUE|FZE|FZCO|FZC|Jr|Sr)(?!\w)\.?"
)
LEGAL_FORM = re.compile(rf"{FORM}(?:\s+{FORM})*(?:\s*\([^()]*\))?")
MORE_THAN_FORM = re.compile(rf"\d|,(?!\s*{FORM})")
ABBREVIATION = re.compile(r"(?:\b(?:Ltd|LTD|Inc|INC|Corp|CORP|Co|CO|Bhd|BHD|Pvt|Pte|Jr|Sr)|\b\w\.\s?\w|\b[A-Z])\.$")
OUTSIDE_BRACKETS = r"(?![^()]*\))"
COMMA, SEMICOLON = re.compile(rf",{OUTSIDE_BRACKETS}"), re.compile(rf";{OUTSIDE_BRACKETS}")
REFERENCE = re.compile(r"\s*\(\s*(?:[Ss]ee|For alternate)\b.*$")
OTHER_NAME = re.compile(r",?\s*(?P<bracket>\(?)\b(?P<kind>[afn])\.?k\.?a\b\.?,?\s*")
ANNOUNCED = "the following"
GROUP = re.compile(rf"^{ANNOUNCED}\s+(.*?):?$", re.IGNORECASE)
TAIL = re.compile(rf"[,;]?\s*(?:\b[afn]\.k\.a\.,?|\band|\b(?:and )?to include|\b(?:and )?including)\s*(?:{ANNOUNCED}\b.*)?$")
SENTENCE = re.compile(r"(?P<word>\w{2,}|[)”'’])\.['’]?\s+(?=[A-Z\d]|ul\.|d\.)")
SHORT_WORDS = ("No", "St", "Dr", "Mr", "im", "Im", "IM", "San", "Tic", "Dis", "Pr")
"""Words whose full stop ends no name."""
UNIT_WORD = r"(?:Institut|Academ|Factory|Plant|Department|Bureau|Laborator|Univers|Branch|Representative)"
STREET_WORD = (
    r"(?:Street|St|Str|Road|Rd|Avenue|Ave|Boulevard|Blvd|Lane|Highway|Prospekt|Shosse|Ulitsa|Ul|Building|Bldg|Floor|Tower|"
    r"House|Room|Rm|Suite|Unit|Flat|Office|Plot|Box|No|District|Pr)"
)
ADDRESS = re.compile(rf"(?!.*\b{UNIT_WORD})(?:\d|P\.\s?O\.|.*\b{STREET_WORD}\b\.?\s*(?:#?\d|$)|.*\s\d+$)")
UNSEPARATED = re.compile(r"\s+(?:Office|Room|Suite|Flat)\s+(?:\w-)?\d.*$")
ASIDE = re.compile(r"[,;]?\s*\(?\b(?:all of preceding )?located (?:at|in)\b.*$")


@cache
def party_names(lines: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the party's name and its other names from the lines of an entity cell, without addresses; editions repeat most cells."""
    first_dash = next((number for number, line in enumerate(lines) if line.startswith("—")), len(lines))
    head = " ".join(lines[:first_dash])
    found = list(OTHER_NAME.finditer(head))
    before = head[: found[0].start()] if found else head
    is_announced = bool(found) and head[found[-1].end() :].startswith(ANNOUNCED)
    name = _tidy(GROUP.sub(r"\1", before if is_announced else _before_address(before)))
    aliases = [alias for match in found for alias in _inline(head[match.end() :], match)] + listed_names(lines)
    return name, tuple(alias for alias in dict.fromkeys(aliases) if alias and alias != name)


def _before_address(text: str) -> str:
    """Return the segments of a name: the first, its legal forms, and the unit of a known parent."""
    whole = next((name for name in KNOWN_NAMES if text.startswith((f"{name} ", f"{name},"))), None)
    if whole:
        return whole
    segments = [segment.strip() for segment in COMMA.split(SEMICOLON.split(REFERENCE.sub("", text))[0])]
    name = segments[0]
    for segment in segments[1:]:
        form = LEGAL_FORM.match(segment)
        if form is None and name not in PARENTS:
            break
        name = f"{name}, {form[0] if form else segment}"
        if form and form[0] != segment.rstrip("."):
            break
    return UNSEPARATED.sub("", _sentence(name))


def _sentence(text: str) -> str:
    """Return the text up to a full stop that an address follows, and without references to other entries."""
    text = REFERENCE.sub("", text)
    for stop in SENTENCE.finditer(text):
        rest = text[stop.end() :]
        if stop["word"] not in SHORT_WORDS and MORE_THAN_FORM.search(rest) and not LEGAL_FORM.match(rest):
            return text[: stop.end("word") + 1]
    return text


def _inline(rest: str, match: re.Match[str]) -> list[str]:
    """Names after an inline "(a.k.a., …)" or ", a.k.a. …"; none where the text announces a list of lines."""
    if rest.startswith(ANNOUNCED):
        return []
    further = OTHER_NAME.search(rest)
    rest = rest[: further.start()] if further else rest
    stated = _within_bracket(rest) if match["bracket"] else _before_address(rest)
    is_several = match["kind"] == "a" and "," in stated and " and " in stated
    return [_tidy(name) for name in (re.split(r",\s*|\s+and\s+", stated) if is_several else [stated])]


def _within_bracket(rest: str) -> str:
    """Return the text up to the bracket's end; a bracket that never ends stops at the address."""
    depth = 1
    for position, sign in enumerate(rest):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return rest[:position]
    return rest.partition(", Address:")[0]


def listed_names(lines: Sequence[str]) -> list[str]:
    """Names that stand one a line after a dash, without an address that follows on the same line."""
    stated = (name for line in lines if line.startswith("—") for name in re.split(r";\s*—", line[1:]))
    texts = (_sentence(ASIDE.sub("", TAIL.sub("", _tidy(name)))) for name in stated)
    parts = ((first, *takewhile(lambda part: not ADDRESS.match(part.strip()), rest)) for first, *rest in map(COMMA.split, texts))
    return [name for part in parts if (name := _tidy(",".join(part)))]


def _tidy(name: str) -> str:
    """Return a name without the list's punctuation: closing `;`, `; and`, and a full stop that is no abbreviation's."""
    name = re.sub(r"[;,]\s*and$", "", name.strip(" ,;:")).strip(" ,;:")
    return name if ABBREVIATION.search(name) else name.removesuffix(".")
