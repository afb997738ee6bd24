"""What must hold of every reading, whatever the chip: searched by hypothesis over the curated thresholds, around each of them and far away."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.tables.compute import control_thresholds
from indicators.tables.compute._limbs import QUANTITIES, Item, Quantity, Threshold, Verdict, any_of, judge
from indicators.tables.compute._reading import (
    NONE,
    NOT_APPLICABLE,
    NOT_STATED,
    UNDECIDABLE,
    Version,
    classify,
    letters,
    read,
    versions,
)
from indicators.tables.compute.control_thresholds import DESTINATION_GROUPS, READ_EFFECTS

PROJECT = Path(__file__).resolve().parents[2]
SEARCH = settings(max_examples=120, deadline=None, derandomize=True, database=None)
LONG_SEARCH = settings(SEARCH, max_examples=400)
PARAGRAPHS = (NONE, "3A090.b", "3A090.a")
REQUIREMENTS = (NONE, "exception_eligible", "notify", "licence_required")
REVIEWS = (NOT_APPLICABLE, NOT_STATED, "case_by_case", "presumption_of_denial")
ANSWERS = ("paragraph_code", "requirement_code", "review_policy_code")
MARKET = "marketed for data centres"


def reference(name: str) -> pl.DataFrame:
    return pl.read_csv(PROJECT / "data" / "reference" / f"{name}.csv", infer_schema=False)


THRESHOLDS = control_thresholds.build(reference("control_thresholds"), reference("control_destinations")).to_dicts()
RULES = versions(THRESHOLDS, "integrated_circuit")
MEMORY_RULES = versions(THRESHOLDS, "high_bandwidth_memory")
LETTERS = letters(THRESHOLDS, "integrated_circuit")
READ_ROWS = [row for row in THRESHOLDS if row["effect_code"] in READ_EFFECTS]


def limits(name: str) -> list[float]:
    """Every bound of a quantity that occurs in the curated rows."""
    stated = (row.get(f"{end}_{name}") for row in THRESHOLDS for end in ("min", "max"))
    return sorted({bound for bound in stated if bound is not None})


def around(bound: float) -> tuple[float, float, float]:
    return math.nextafter(bound, -math.inf), bound, math.nextafter(bound, math.inf)


def figure(name: str) -> st.SearchStrategy[float]:
    """A figure on, beside or far from the bounds of its quantity."""
    near = [value for bound in limits(name) for value in around(bound)]
    return st.sampled_from(near) | st.floats(min_value=0.01, max_value=3 * max(near), allow_nan=False)


GROUPS = st.sampled_from(DESTINATION_GROUPS).map(lambda group: {"CHN", group})
SUBSETS = st.sets(st.sampled_from([*QUANTITIES, MARKET]), max_size=3)
PARTS = st.dictionaries(st.sampled_from(sorted(QUANTITIES)), st.floats(0.001, 1), max_size=3)
NAMES = ("NVIDIA HGX H20", "NVIDIA A100 PCIe", "NVIDIA X1", "Maker X1")


def item(figures: Mapping[str, float], is_datacenter: bool | None = True, name: str = "Maker X1") -> Item:
    return Item({each: Quantity(value) for each, value in figures.items()}, is_datacenter, name, name.split(maxsplit=1)[0])


ITEMS = st.builds(item, st.fixed_dictionaries({name: figure(name) for name in QUANTITIES}), st.booleans(), st.sampled_from(NAMES))
"""Items of which everything is known."""


def with_figure(known: Item, name: str, quantity: Quantity) -> Item:
    return replace(known, quantities={**known.quantities, name: quantity})


def vaguer(known: Item, unknown: Iterable[str]) -> Item:
    """The same item with some figures unknown, each of which says so by its name."""
    for name in unknown:
        if name == MARKET:
            known = replace(known, is_datacenter_marketed=None)
        else:
            known = with_figure(known, name, Quantity(missing=f"the unknown {name}"))
    return known


def bounded(known: Item, parts: Mapping[str, float]) -> Item:
    """The same item with some figures known only as lower bounds, each a part of the true one."""
    for name, part in parts.items():
        known = with_figure(known, name, Quantity((known.quantity(name).value or 0) * part, is_lower_bound=True))
    return known


@st.composite
def raised(draw: st.DrawFn) -> tuple[Item, Item]:
    """An item, and the same with one figure raised."""
    known, name = draw(ITEMS), draw(st.sampled_from(sorted(QUANTITIES)))
    return known, with_figure(known, name, Quantity(max(known.quantity(name).value or 0, draw(figure(name)))))


def side_by_side(read_as: Sequence[Version], groups: Iterable[str], *items: Item) -> Iterator[list[dict[str, Any]]]:
    """The readings of some items under every version given, for every group given."""
    for version, group in product(read_as, sorted(groups)):
        yield [read(version, each, group) for each in items]


def rank(reading: Mapping[str, Any]) -> list[int]:
    """How strictly an item is held: its paragraph, what is required, how it is reviewed."""
    return [order.index(reading[name]) for order, name in zip((PARAGRAPHS, REQUIREMENTS, REVIEWS), ANSWERS, strict=True)]


def assert_no_looser(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    assert all(low <= high for low, high in zip(rank(before), rank(after), strict=True)), (before, after)


def assert_no_contradiction(certain: Mapping[str, Any], vague: Mapping[str, Any]) -> None:
    """Each answer to the vaguer item is the certain one or undecidable."""
    for name in ANSWERS:
        assert vague[name] in (certain[name], UNDECIDABLE), (name, certain, vague)


def test_the_search_covers_every_bounded_quantity_and_all_that_is_read() -> None:
    assert {name: len(limits(name)) > 0 for name in QUANTITIES} == dict.fromkeys(QUANTITIES, True)
    assert {"2022-10", "2023-10", "2024-04", "2025-01-diffusion", "2026-01-review"} <= {version.rule_id for version in RULES}
    assert (len(MEMORY_RULES), len(LETTERS) >= 2, len(READ_ROWS) > 20) == (1, True, True)


@SEARCH
@given(raised(), GROUPS)
def test_raising_one_figure_alone_never_loosens_control(pair: tuple[Item, Item], groups: set[str]) -> None:
    for before, after in side_by_side(RULES, groups, *pair):
        assert_no_looser(before, after)


@SEARCH
@given(raised(), GROUPS)
def test_raising_one_figure_alone_never_loosens_a_letter(pair: tuple[Item, Item], groups: set[str]) -> None:
    order = (NONE, UNDECIDABLE, "licence_required")
    for before, after in side_by_side(LETTERS, groups, *pair):
        assert order.index(before["requirement_code"]) <= order.index(after["requirement_code"]), (before, after)


@SEARCH
@given(ITEMS, GROUPS)
def test_marketing_for_data_centres_never_loosens_control(known: Item, groups: set[str]) -> None:
    consumer, datacenter = (replace(known, is_datacenter_marketed=stated) for stated in (False, True))
    for before, after in side_by_side(RULES, groups, consumer, datacenter):
        assert_no_looser(before, after)


@LONG_SEARCH
@given(ITEMS, SUBSETS, GROUPS)
def test_an_unknown_figure_gives_the_same_answer_or_none(known: Item, unknown: set[str], groups: set[str]) -> None:
    for certain, vague in side_by_side(RULES + LETTERS, groups, known, vaguer(known, unknown)):
        assert_no_contradiction(certain, vague)


@SEARCH
@given(ITEMS, SUBSETS, SUBSETS, GROUPS)
def test_learning_a_figure_never_takes_an_answer_back(known: Item, unknown: set[str], learnt: set[str], groups: set[str]) -> None:
    for later, earlier in side_by_side(RULES + LETTERS, groups, vaguer(known, unknown - learnt), vaguer(known, unknown)):
        for name in ANSWERS[:2]:
            assert earlier[name] in (later[name], UNDECIDABLE), (name, earlier, later)


@LONG_SEARCH
@given(ITEMS, PARTS, SUBSETS, GROUPS)
def test_a_lower_bound_claims_nothing_that_a_true_figure_above_it_contradicts(
    known: Item, parts: dict[str, float], unknown: set[str], groups: set[str]
) -> None:
    vague = bounded(vaguer(known, unknown - set(parts)), parts)
    for certain, uncertain in side_by_side(RULES + LETTERS, groups, known, vague):
        assert_no_contradiction(certain, uncertain)


@SEARCH
@given(ITEMS, PARTS)
def test_a_row_decided_from_a_lower_bound_is_decided_so_by_the_true_figure(known: Item, parts: dict[str, float]) -> None:
    for row in READ_ROWS:
        assert judge(row, bounded(known, parts)).truth in (judge(row, known).truth, None), row


@SEARCH
@given(ITEMS, PARTS, SUBSETS)
def test_the_paragraph_does_not_depend_on_the_destination(known: Item, parts: dict[str, float], unknown: set[str]) -> None:
    chip = bounded(vaguer(known, unknown - set(parts)), parts)
    for version in RULES:
        stated = {read(version, chip, group)["paragraph_code"] for group in DESTINATION_GROUPS}
        assert stated == {classify(version, chip).paragraph_code}


@SEARCH
@given(ITEMS, PARTS, SUBSETS, GROUPS)
def test_an_undecidable_reading_names_what_is_missing(known: Item, parts: dict[str, float], unknown: set[str], groups: set[str]) -> None:
    chip = bounded(vaguer(known, unknown - set(parts)), parts)
    missing = [name if name == MARKET else f"the unknown {name}" for name in unknown - set(parts)]
    missing += [f"{QUANTITIES[name]} beyond its lower bound" for name in parts] + ["the unpublished cut-off of the letter"]
    for (reading,) in side_by_side(RULES + LETTERS + MEMORY_RULES, groups, chip):
        if UNDECIDABLE in (reading[name] for name in ANSWERS):
            assert any(word in reading["reason"] for word in missing), (reading, missing)


@SEARCH
@given(ITEMS, GROUPS)
def test_with_every_figure_known_every_reading_is_decided(known: Item, groups: set[str]) -> None:
    for (reading,) in side_by_side(RULES + MEMORY_RULES, groups, known):
        assert UNDECIDABLE not in [reading[name] for name in ANSWERS], reading


@SEARCH
@given(ITEMS)
def test_a_row_is_met_exactly_where_each_of_its_conditions_is(known: Item) -> None:
    for row in READ_ROWS:
        bare = {key: None for key in row if key.startswith(("min_", "max_"))}
        alone: list[dict[str, Any]] = [{**row, **bare, key: row[key]} for key in bare if row[key] is not None]
        assert judge(row, known).truth is all(judge(one, known).truth for one in [*alone, {**row, **bare}]), row


@SEARCH
@given(st.lists(st.sampled_from([True, False, None])), st.randoms(use_true_random=False))
def test_alternatives_are_or_of_three_values_in_any_order(truths: list[bool | None], random: Any) -> None:
    verdicts = [Verdict(truth, ((f"because {position}", ""),)) for position, truth in enumerate(truths)]
    shuffled = random.sample(verdicts, len(verdicts))
    expected = True if True in truths else None if None in truths else False
    assert (any_of(verdicts).truth, any_of(shuffled).truth) == (expected, expected)


def inside(row: Threshold, name: str) -> float:
    """A figure that meets a row's bounds of a quantity with room to spare."""
    least, most = row.get(f"min_{name}"), row.get(f"max_{name}")
    if least is not None and most is not None:
        return float((least + most) / 2)
    return float(2 * least if least is not None else most / 2 if most is not None else 1)


def fitting(row: Threshold, **figures: float) -> Item:
    """An item that meets a row but for the figures given."""
    chip = item({name: inside(row, name) for name in QUANTITIES} | figures, row["is_datacenter_marketed"])
    return replace(chip, designer_name=row["addressee_name"] or "Maker")


BOUNDS = [
    pytest.param(row, name, end, id=f"{row['rule_id']} {row['paragraph_code']} {row['limb']} {row['destination_scope_code']} {end}_{name}")
    for row, name, end in product(READ_ROWS, QUANTITIES, ("min", "max"))
    if row.get(f"{end}_{name}") is not None
]


@pytest.mark.parametrize(("row", "name", "end"), BOUNDS)
def test_each_bound_is_inside_or_outside_as_its_row_states(row: Threshold, name: str, end: str) -> None:
    is_inclusive = row["is_minimum_inclusive" if end == "min" else "is_maximum_inclusive"]
    truths = [judge(row, fitting(row, **{name: value})).truth for value in around(row[f"{end}_{name}"])]
    assert is_inclusive in (True, False)
    assert truths == ([False, is_inclusive, True] if end == "min" else [True, is_inclusive, False])


@pytest.mark.parametrize(("row", "name", "end"), BOUNDS)
def test_a_lower_bound_beside_each_bound_decides_only_beyond_it(row: Threshold, name: str, end: str) -> None:
    truths = [
        judge(row, with_figure(fitting(row), name, Quantity(value, is_lower_bound=True))).truth for value in around(row[f"{end}_{name}"])
    ]
    is_inclusive = row["is_minimum_inclusive" if end == "min" else "is_maximum_inclusive"]
    opposite = row.get(f"{'max' if end == 'min' else 'min'}_{name}")
    met = True if end == "min" and opposite is None else None
    expected = [None, met if is_inclusive else None, met] if end == "min" else [None, None if is_inclusive else False, False]
    assert truths == expected
