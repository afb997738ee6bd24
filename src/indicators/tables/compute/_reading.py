"""Reading rule versions and letters: which paragraph an item meets, and what follows for a group of destinations.

Know before editing:
- A version is every row that stood in the text or was enforced on its first day, and all rows of its own document: a rule that
  replaces one paragraph leaves the others in force. Versions come from the rows, not from a list here.
- Paragraphs are tried in order (a before b); an earlier one that is undecided leaves the item undecided.
- A letter is a version of its own kind: it has no paragraphs, reviews or exceptions, and stands alone.
- Where a paragraph is undecided and no candidate reaches the destination, nothing is required all the same.
- Days and rule ids come from the rows that reach the destination; where none does, the version's first day opens both intervals.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from indicators.tables.compute._law import law, stands
from indicators.tables.compute._limbs import Item, Threshold, Verdict, any_of, bounds, judge
from indicators.tables.compute.control_thresholds import (
    DEFINING_EFFECT,
    EXEMPTING_EFFECTS,
    LETTER_REGIME,
    READ_EFFECTS,
    REGULATION_REGIMES,
    REVIEW_EFFECTS,
    UNPUBLISHED_EFFECT,
)

NONE, UNDECIDABLE, NOT_STATED, NOT_APPLICABLE = "none", "undecidable", "not_stated", "not_applicable"
REGULATION, LETTER = "regulation", "letter"


@dataclass(frozen=True)
class Version:
    """The rows by which items of one kind are read from a day on."""

    rule_id: str
    first_day: date
    rows: tuple[Threshold, ...]
    kind: str = REGULATION

    def with_effect(self, *effects: str) -> list[Threshold]:
        """Return rows that have one of the effects."""
        return [row for row in self.rows if row["effect_code"] in effects]


@dataclass(frozen=True)
class Classification:
    """The paragraph an item meets, or those it may meet where that is undecided."""

    paragraph_code: str
    candidates: frozenset[str]
    reason: str


class _Answer(NamedTuple):
    """What follows for a destination, why, and the rows that say so beside those that require a licence."""

    code: str
    reason: str = ""
    rows: tuple[Threshold, ...] = ()


def versions(thresholds: Sequence[Threshold], item_code: str) -> list[Version]:
    """Return every version of the regulation that says something of items of this kind, oldest first."""
    stated = _stated(thresholds, item_code, REGULATION_REGIMES)
    return [
        Version(rule, day, tuple(row for row in stated if row["rule_id"] == rule or stands(row, day))) for rule, day in _first_days(stated)
    ]


def letters(thresholds: Sequence[Threshold], item_code: str) -> list[Version]:
    """Return every letter about items of this kind, oldest first."""
    stated = _stated(thresholds, item_code, (LETTER_REGIME,))
    return [Version(rule, day, tuple(row for row in stated if row["rule_id"] == rule), LETTER) for rule, day in _first_days(stated)]


def _stated(thresholds: Sequence[Threshold], item_code: str, regimes: Sequence[str]) -> list[Threshold]:
    """Return the rows of some regimes that say something of items of this kind."""
    rows = [row for row in thresholds if row["item_code"] == item_code and row["regime_code"] in regimes]
    return [row for row in rows if row["effect_code"] in READ_EFFECTS]


def _first_days(rows: Sequence[Threshold]) -> list[tuple[str, date]]:
    """Return each rule with the first legal start among its rows, oldest first."""
    first = {rule: min(row["effective_from"] for row in rows if row["rule_id"] == rule) for rule in {row["rule_id"] for row in rows}}
    return sorted(first.items(), key=lambda pair: (pair[1], pair[0]))


def classify(version: Version, item: Item) -> Classification:
    """Return which paragraph an item meets under a version: a property of the item, whatever the destination."""
    limbs = sorted(filter(_defines, version.with_effect(DEFINING_EFFECT)), key=lambda row: (row["paragraph_code"], row["limb"]))
    verdicts: dict[str, Verdict] = {}
    for paragraph in dict.fromkeys(row["paragraph_code"] for row in limbs):
        verdicts[paragraph] = any_of(judge(row, item) for row in limbs if row["paragraph_code"] == paragraph)
        if verdicts[paragraph].truth:
            break
    candidates = frozenset(paragraph for paragraph, verdict in verdicts.items() if verdict.truth is not False)
    unknown = [verdict for verdict in verdicts.values() if verdict.truth is None]
    if unknown:
        return Classification(UNDECIDABLE, candidates, any_of(unknown).reason)
    if candidates:
        (met,) = candidates
        return Classification(met, candidates, verdicts[met].reason)
    return Classification(NONE, candidates, any_of(verdicts.values()).reason)


def read(version: Version, item: Item, group: str) -> dict[str, Any]:
    """Return one reading: paragraph, requirement, review policy, dates and the reason, for one item and group of destinations."""
    if version.kind == LETTER:
        return _read_letter(version, item, group)
    found = classify(version, item)
    reaching = [row for row in version.with_effect(DEFINING_EFFECT) if _reaches(row, group)]
    binding = [row for row in reaching if _attaches(row, found.candidates)]
    requirement = _requirement(version, item, found, group, bool(binding))
    review = _review(version, item, found, group, requirement.code)
    ruling = binding or reaching
    return {
        "rule_id": version.rule_id,
        "version_kind_code": version.kind,
        "destination_group_code": group,
        "paragraph_code": found.paragraph_code,
        "requirement_code": requirement.code,
        "review_policy_code": review.code,
        **law(ruling, (*ruling, *requirement.rows, *review.rows), version.first_day),
        "reason": "; ".join(part for part in (found.reason, _reach(binding, group), requirement.reason, review.reason) if part),
        "is_lower_bound": _rests_on_a_lower_bound(version, item),
    }


def _read_letter(letter: Version, item: Item, group: str) -> dict[str, Any]:
    """Return what a letter says: a licence for what it names, undecided for what reaches an unpublished cut-off, else nothing."""
    reaching = [row for row in letter.rows if _reaches(row, group)]
    named = any_of(judge(row, item) for row in reaching if row["effect_code"] == DEFINING_EFFECT)
    likened = any_of(judge(row, item) for row in reaching if row["effect_code"] == UNPUBLISHED_EFFECT)
    requirement, reason = (DEFINING_EFFECT, named.reason) if named.truth else (NONE, likened.reason)
    if not named.truth and likened.truth is not False:
        stated = likened.reason if likened.truth is None else f"unknown: the unpublished cut-off of the letter ({likened.reason})"
        requirement, reason = UNDECIDABLE, stated
    return {
        "rule_id": letter.rule_id,
        "version_kind_code": letter.kind,
        "destination_group_code": group,
        "paragraph_code": NOT_APPLICABLE,
        "requirement_code": requirement,
        "review_policy_code": _review_unstated(requirement),
        **law(letter.rows, reaching, letter.first_day),
        "reason": reason or f"no reach to {group}",
        "is_lower_bound": _rests_on_a_lower_bound(letter, item),
    }


def _requirement(version: Version, item: Item, found: Classification, group: str, is_reached: bool) -> _Answer:
    """Return what a shipment to the group needs: the newest exception that is met stands in place of the licence."""
    if not is_reached:
        return _Answer(NONE, f"no reach to {group}" if found.candidates else "")
    if found.paragraph_code == UNDECIDABLE:
        return _Answer(UNDECIDABLE)
    exceptions = [row for row in version.with_effect(*EXEMPTING_EFFECTS) if _reaches(row, group) and _attaches(row, found.candidates)]
    for row in sorted(exceptions, key=lambda row: row["in_text_from"], reverse=True):
        verdict = judge(row, item)
        if verdict.truth is not False:
            return _Answer(row["effect_code"] if verdict.truth else UNDECIDABLE, f"exception: {verdict.reason}", (row,))
    return _Answer(DEFINING_EFFECT)


def _review(version: Version, item: Item, found: Classification, group: str, requirement: str) -> _Answer:
    """Return how an application would be reviewed: the strictest policy that is met, or undecided before it."""
    if requirement == NONE:
        return _Answer(NOT_APPLICABLE)
    rows = [row for row in version.with_effect(*REVIEW_EFFECTS) if _reaches(row, group) and _attaches(row, found.candidates)]
    if not rows:
        return _Answer(_review_unstated(requirement))
    if found.paragraph_code == UNDECIDABLE:
        return _Answer(UNDECIDABLE)
    for policy in REVIEW_EFFECTS:
        stated = [row for row in rows if row["effect_code"] == policy]
        verdict = any_of(judge(row, item) for row in stated)
        if verdict.truth is not False:
            return _Answer(policy if verdict.truth else UNDECIDABLE, f"review: {verdict.reason}", tuple(stated))
    return _Answer(NOT_STATED)


def _review_unstated(requirement: str) -> str:
    """Return the review where no row states a policy: whether one is due at all hangs on the requirement."""
    return {NONE: NOT_APPLICABLE, UNDECIDABLE: UNDECIDABLE}.get(requirement, NOT_STATED)


def _reach(binding: Iterable[Threshold], group: str) -> str:
    """Return by which paragraphs the licence reaches the group, where another one than the item's own says so."""
    paragraphs = sorted({row["paragraph_code"] for row in binding if not _defines(row)})
    return f"reaches {group} by {' and '.join(paragraphs)}" if paragraphs else ""


def _rests_on_a_lower_bound(version: Version, item: Item) -> bool:
    names = {name for row in version.with_effect(DEFINING_EFFECT, UNPUBLISHED_EFFECT, *REVIEW_EFFECTS) for name in bounds(row)}
    return any(item.quantity(name).is_lower_bound for name in names)


def _defines(row: Threshold) -> bool:
    """Whether a row says what an item is, rather than what follows for items of another paragraph."""
    return row["paragraph_code"] in (row["applies_to_paragraph_codes"] or ())


def _attaches(row: Threshold, paragraphs: frozenset[str]) -> bool:
    return not paragraphs.isdisjoint(row["applies_to_paragraph_codes"] or ())


def _reaches(row: Threshold, group: str) -> bool:
    return group in (row["destination_group_codes"] or ())
