"""UNDP's survey: a closed world of items, each asked once in every country, labels kept with their faults."""

from pathlib import Path

import polars as pl
import pytest

from indicators.model import BadPayload
from indicators.sources.undp_ai_survey import ANSWERS, ITEMS, MEAN_AGE, PEOPLE, SOURCE, parse

FILE = SOURCE.files[0]
Row = dict[str, str]


def country(code: str = "NOR", **changed: str) -> list[Row]:
    """Every item of a country; `changed` gives values by item."""
    rows = [{"Country ISO": code, "Country": code.title(), "Section": "S", "Question": item, "Description": "d", "Value": "25", "Unit": "%"}
            for item in (*PEOPLE, *ITEMS)]  # fmt: skip
    rows[0] |= {"Value": "41.5", "Unit": "years"}
    for row in rows:
        row["Value"] = changed.get(row["Question"], row["Value"])
    return rows


def payload(*rows: Row) -> bytes:
    return b"\xef\xbb\xbf" + pl.DataFrame(list(rows)).write_csv().encode()


def read(*rows: Row) -> pl.DataFrame:
    return SOURCE.conform(parse(payload(*rows), FILE))


def test_an_answer_is_a_row_and_who_was_asked_is_left_out() -> None:
    rows = read(*country(**{"Q18. Trust in AI Systems: Very confident": "3.54"}))
    assert rows.height == len(ITEMS) == 110
    trust = rows.filter(question="Q18. Trust in AI Systems").sort("answer_order")
    assert trust["answer"].to_list() == ["Not at all confident", "Not very confident", "Somewhat confident", "Very confident"]
    assert trust.row(3) == ("NOR", "Nor", "Q18. Trust in AI Systems", "Very confident", 4, 3.54)
    assert not rows.filter(pl.col("question").str.contains(r"^Q[1-7]\.")).height


def test_labels_keep_their_faults() -> None:
    questions = set(read(*country())["question"])
    assert {"Q17. Social trust", "Q17. Scoial trust", "Q12. Likelihood of AI use (Entertainment or leasure)"} <= questions


def test_a_copy_with_merge_markers_is_refused() -> None:
    marker = dict.fromkeys(country()[0], "")
    for line in ("<<<<<<< HEAD", "=======", ">>>>>>> main"):
        with pytest.raises(BadPayload, match="undp_ai_survey: "):
            read(*country(), marker | {"Country ISO": line})
        with pytest.raises(BadPayload, match="merge markers"):
            read(*country(), country()[5] | {"Country ISO": line})


def test_a_country_without_one_of_the_items_is_refused_and_the_item_is_named() -> None:
    with pytest.raises(BadPayload, match=r"'NOR' has 139 rows where 140 items .*missing: \['Q21. Increase productivity: Very Likely'\]"):
        read(*[row for row in country() if row["Question"] != "Q21. Increase productivity: Very Likely"])


def test_an_item_that_is_asked_twice_is_refused() -> None:
    with pytest.raises(BadPayload, match="'NOR' has 141 rows"):
        read(*country(), country()[7])


@pytest.mark.parametrize(("changed", "match"), [
    ({"Question": "Q22. Fear of AI: Great"}, "unknown words"),
    ({"Question": "Q18. Trust in AI Systems: Don't Know"}, "unknown words"),
    ({"Unit": "points"}, "unknown words"),
    ({"Unit": "years"}, "another unit"),
    ({"Value": "100.5"}, "outside 0 to 100"),
    ({"Value": "-1"}, "outside 0 to 100"),
    ({"Value": ""}, "blank"),
    ({"Value": "many"}, "no numbers"),
    ({"Country ISO": "Norway"}, "another survey"),
])  # fmt: skip
def test_a_cell_outside_the_known_world_is_refused(changed: Row, match: str) -> None:
    rows = country()
    rows[50] |= changed
    with pytest.raises(BadPayload, match=f"undp_ai_survey: .*{match}"):
        read(*rows)


def test_percent_for_the_mean_age_is_refused() -> None:
    rows = country()
    assert rows[0]["Question"] == MEAN_AGE
    rows[0] |= {"Unit": "%"}
    with pytest.raises(BadPayload, match="another unit"):
        read(*rows)


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(BadPayload, match=r"undp_ai_survey: unknown columns \['Weight'\]"):
        read(*[row | {"Weight": "1"} for row in country()])


def test_no_row_of_it_may_leave_the_machine_until_its_terms_are_confirmed() -> None:
    assert SOURCE.redistribution == "unconfirmed"
    assert SOURCE.is_private


@pytest.mark.parametrize("day", ["2025-10-21"])
def test_every_capture_is_read_whole(captures: Path, day: str) -> None:
    rows = SOURCE.conform(parse((captures / "undp_ai_survey_2025" / day / FILE.name).read_bytes(), FILE))
    assert (rows.height, rows["iso3_code"].n_unique(), len(PEOPLE) + len(ITEMS)) == (2_310, 21, 140)
    assert rows["value_percent"].null_count() == 0
    sums = rows.filter(~pl.col("question").str.starts_with("Q17")).group_by("iso3_code", "question").agg(pl.col("value_percent").sum())
    assert sums.filter((pl.col("value_percent") - 100).abs() > 0.05).is_empty()
    assert set(rows["question"]) == set(ANSWERS)
