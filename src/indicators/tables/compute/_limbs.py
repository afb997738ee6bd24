"""Three-valued logic over one threshold row: met by an item, not met, or not decidable from what is known.

Know before editing:
- `None` is "unknown". A figure that is only a lower bound decides where it already passes a bound and nowhere else.
- One test that fails decides a limb, whatever else is unknown; one limb that is met decides a paragraph.
- A reason that holds of several limbs is said once, with all of them.
- No item is named here; bounds, addressees and named products come from `control_thresholds`, figures from the caller.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

Threshold = Mapping[str, Any]
"""One row of control_thresholds."""

QUANTITIES = {
    "tpp": "TPP",
    "performance_density": "performance density",
    "interconnect_gb_s": "interconnect",
    "memory_bandwidth_density": "memory bandwidth density",
    "memory_bandwidth_gb_s": "memory bandwidth",
}
"""Quantities that rows bound, as in `min_<quantity>` and `max_<quantity>`, and how a reason names them."""


@dataclass(frozen=True)
class Quantity:
    """One figure of an item; `missing` names what would have to be known where there is none."""

    value: float | None = None
    is_lower_bound: bool = False
    missing: str = ""


@dataclass(frozen=True)
class Item:
    """What is known of one item: figures by quantity, whether it is designed or marketed for data centres, its name and designer."""

    quantities: Mapping[str, Quantity]
    is_datacenter_marketed: bool | None
    name: str = ""
    designer_name: str = ""

    def quantity(self, name: str) -> Quantity:
        """Return the figure of that name, unknown where it is not given."""
        return self.quantities.get(name, Quantity())


@dataclass(frozen=True)
class Verdict:
    """True, False or None for unknown, and the inequalities or missing figures that make it so, each with its limb."""

    truth: bool | None
    told: tuple[tuple[str, str], ...] = ()

    @property
    def reason(self) -> str:
        """Return the reasons in words, each once, with every limb it holds of."""
        limbs: dict[str, list[str]] = {}
        for words, limb in dict.fromkeys(self.told):
            limbs.setdefault(words, []).extend([limb] if limb else [])
        return "; ".join(words + (f" ({', '.join(where)})" if where else "") for words, where in limbs.items())


class _Test(NamedTuple):
    """One condition of a row: met, failed or unknown, and why."""

    truth: bool | None
    why: str


def judge(row: Threshold, item: Item) -> Verdict:
    """Return whether an item meets every bound of one row; the reason is the first failing test, else all unknown, else all."""
    if row["addressee_name"] not in (None, item.designer_name):
        return Verdict(False, ((f"addressed to {row['addressee_name']}, not {item.designer_name}", ""),))
    tests, limb = list(_tests(row, item)), f"{row['paragraph_code']} limb {row['limb']}"
    for test in tests:
        if test.truth is False:
            return Verdict(False, ((test.why, limb),))
    unknown = [test.why for test in tests if test.truth is None]
    if unknown:
        return Verdict(None, (("unknown: " + " and ".join(dict.fromkeys(unknown)), limb),))
    return Verdict(True, ((" and ".join(test.why for test in tests) or "whatever its figures", limb),))


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return true where one is true, else unknown where one is unknown, else false."""
    known = list(verdicts)
    for verdict in known:
        if verdict.truth:
            return verdict
    truth = None if any(verdict.truth is None for verdict in known) else False
    return Verdict(truth, tuple(words for verdict in known if verdict.truth is truth for words in verdict.told))


def bounds(row: Threshold) -> set[str]:
    """Return the quantities that a row bounds."""
    return {name for name in QUANTITIES if row.get(f"min_{name}") is not None or row.get(f"max_{name}") is not None}


def _tests(row: Threshold, item: Item) -> Iterable[_Test]:
    if row["addressee_name"] is not None:
        yield _Test(True, f"addressed to {row['addressee_name']}")
    if row["named_product_pattern"] is not None:
        is_named = re.fullmatch(row["named_product_pattern"], item.name) is not None
        yield _Test(is_named, "named by the letter" if is_named else "not named by the letter")
    if row["is_datacenter_marketed"] is not None:
        yield _market(row["is_datacenter_marketed"], item.is_datacenter_marketed)
    for name, label in QUANTITIES.items():
        figure, least, most = item.quantity(name), row.get(f"min_{name}"), row.get(f"max_{name}")
        if least is not None:
            yield _at_least(label, figure, least, row["is_minimum_inclusive"])
        if most is not None:
            yield _below(label, figure, most, row["is_maximum_inclusive"])


def _market(wanted: bool, stated: bool | None) -> _Test:
    if stated is None:
        return _Test(None, "whether it is marketed for data centres")
    return _Test(stated is wanted, "marketed for data centres" if stated else "not marketed for data centres")


def _at_least(label: str, figure: Quantity, bound: float, is_inclusive: bool) -> _Test:
    sign, fails = ("≥", "<") if is_inclusive else (">", "≤")
    if figure.value is None:
        return _Test(None, figure.missing or label)
    if figure.value > bound or (is_inclusive and figure.value == bound):
        return _Test(True, f"{label} {figure.value:.10g} {sign} {bound:.10g}")
    return _open(label, figure) if figure.is_lower_bound else _Test(False, f"{label} {figure.value:.10g} {fails} {bound:.10g}")


def _below(label: str, figure: Quantity, bound: float, is_inclusive: bool) -> _Test:
    sign, fails = ("≤", ">") if is_inclusive else ("<", "≥")
    if figure.value is None:
        return _Test(None, figure.missing or label)
    if figure.value > bound or (not is_inclusive and figure.value == bound):
        return _Test(False, f"{label} {figure.value:.10g} {fails} {bound:.10g}")
    return _open(label, figure) if figure.is_lower_bound else _Test(True, f"{label} {figure.value:.10g} {sign} {bound:.10g}")


def _open(label: str, figure: Quantity) -> _Test:
    return _Test(None, f"{label} beyond its lower bound {figure.value:.10g}")
