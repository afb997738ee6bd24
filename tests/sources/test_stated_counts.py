"""What abstracts state of the Entity List: the wordings that are known, and the many that must stay unknown."""

import pytest

from indicators.sources._stated_counts import Stated, number, stated_counts

RULE = "In this rule, the bureau amends the regulations by"
CHINA = "China, People's Republic of (China)"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("7", 7), ("an", 1), ("one", 1), ("twelve", 12), ("twenty", 20), ("forty-two", 42), ("ninety nine", 99), ("one hundred", 100),
        ("one hundred and fourteen", 114), ("two hundred twenty-one", 221),
    ],
)  # fmt: skip
def test_a_number_is_digits_an_article_or_words(words: str, value: int) -> None:
    assert number(words) == value


@pytest.mark.parametrize(
    ("abstract", "entities", "entries"),
    [
        (f"{RULE} adding forty-two entities under forty-four entries to the Entity List.", 42, 44),
        (f"{RULE} adding seventy-seven entities, under a total of seventy-eight entries, to the Entity List.", 77, 78),
        (f"{RULE} adding 9 new entities to the Entity List.", 9, None),
        (f"{RULE} adding 11 entries to the Entity List.", None, 11),
        (f"{RULE} adding 29 entries (26 entities and 3 addresses) to the Entity List.", 26, 29),
        (f"{RULE} adding five entities and eight addresses to the Entity List.", 5, 13),
        (f"{RULE} adding an inadvertently omitted entity to the Entity List.", 1, None),
        ("The rule requires licences; and it will add two new Belarusian entities to the Entity List.", 2, None),
        (f"{RULE} removing 9 persons from the Unverified List (UVL) and adding them to the Entity List.", 9, None),
        (f"{RULE} adding one entity to the Entity List. In addition, it adds one entity to the Military End-User (MEU) List.", 1, None),
        (f"{RULE}\n  adding   three\nentities to the Entity List.", 3, None),
    ],
)
def test_an_addition_is_read(abstract: str, entities: int | None, entries: int | None) -> None:
    stated = stated_counts(abstract)
    assert (stated.entities_added, stated.entries_added) == (entities, entries)


@pytest.mark.parametrize(
    "abstract",
    [
        None,
        "",
        f"{RULE} adding several entities to the Entity List.",
        f"{RULE} adding 33 persons to the Unverified List (UVL).",
        f"{RULE} adding four entities to the Military End-User (MEU) List.",
        f"{RULE} revising four existing entries on the Entity List.",
        "The U.S. Government extends the licence of one company and one hundred and fourteen of its affiliates on the Entity List.",
        "On February 14, the bureau published a rule adding seven entities to the Entity List. This rule corrects three errors.",
        "That final rule amended the regulations by adding seven entities to the Entity List. It had errors.",
        f"{RULE} adding two entities to the Entity List, and by adding three entities to the Entity List.",
        "It will transfer forty-five entities from one list to the Entity List; and add two new entities and revise two to the Entity List.",
    ],
)
def test_what_is_not_understood_stays_unknown(abstract: str | None) -> None:
    assert stated_counts(abstract) == Stated()


@pytest.mark.parametrize(
    ("tail", "entries", "china"),
    [
        (f", under the destinations of {CHINA} (14) and Singapore (2).", 16, 14),
        (f", under the destinations of {CHINA} (10); Iran (2); and the United Arab Emirates (UAE) (4).", 16, 10),
        (". These entries are listed under the destinations of the People's Republic of China (China) (15), India, (1).", 16, 15),
        (". These entities are listed under the destinations of Costa Rica (6) Panama (2), and South Korea (8).", 16, 0),
        (". These entities, listed under the destination of Iran, have been determined to act so.", 16, 0),
        (" under the destination of the People's Republic of China (China).", 16, 16),
        (f". They are listed under the destinations of {CHINA} (20) and Japan (1).", 21, 20),
    ],
)
def test_numbers_by_destination_are_entries(tail: str, entries: int, china: int) -> None:
    stated = stated_counts(f"{RULE} adding 16 entities to the Entity List{tail}")
    assert (stated.entities_added, stated.entries_added, stated.china_entries_added) == (16, entries, china)


@pytest.mark.parametrize(
    ("tail", "china"),
    [
        (". These entities will be listed under the destinations of Belize, Malta, and the United Kingdom.", 0),
        (". These entities will be listed under the destinations of the People's Republic of China (China) and Japan.", None),
        (f". They are listed under the destinations of {CHINA} (9) and Japan (1).", None),
        (f". They are listed under the destinations of {CHINA} (15) and Japan.", None),
        (". Of these, 15 will be listed under the destination of Russia and one will be listed under the destination of China.", None),
        (". This rule also modifies four entries under the destination of the People's Republic of China (China).", None),
        (". In addition, it removes an entity from another list under the destination of Russia.", None),
    ],
)
def test_destinations_that_do_not_add_up_say_nothing_of_china(tail: str, china: int | None) -> None:
    stated = stated_counts(f"{RULE} adding 16 entities to the Entity List{tail}")
    assert (stated.entries_added, stated.china_entries_added) == (None, china)


def test_numbers_by_destination_must_equal_the_entries_that_are_stated() -> None:
    text = f"{RULE} adding 16 entities under 18 entries to the Entity List under the destinations of {CHINA} (16) and Japan ({{}})."
    assert stated_counts(text.format(2)) == Stated(16, 18, 16)
    assert stated_counts(text.format(1)) == Stated(16, 18, None)


@pytest.mark.parametrize(
    ("abstract", "removed"),
    [
        ("This rule removes one entity from the Entity List under the destination of Latvia.", 1),
        ("This rule removes from the Entity List one entity listed in three entries.", 1),
        ("Finally, this rule removes a total of four entities under the destinations of Israel and the U.A.E.", 4),
        ("The bureau is removing one entity under the destination of the People's Republic of China (China).", 1),
        ("This rule removes two entities and one address for a non-listed entity, consisting of one removal of an entity.", 2),
        ("Lastly, this rule removes two entities from the MEU List.", None),
        ("It removes an entity from the Military-End User List.", None),
        ("It removes 27 persons from the Unverified List.", None),
        ("It removes this entity from the Unverified List (UVL).", None),
        ("It removes one entity from the Entity List, and removes two entities under Japan.", None),
    ],
)
def test_a_removal_is_one_from_the_entity_list(abstract: str, removed: int | None) -> None:
    assert stated_counts(abstract) == Stated(entities_removed=removed)
