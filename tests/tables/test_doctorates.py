"""doctorates: the newest edition wins and says what it revised, suppressed is unknown, groups are no countries."""

from pathlib import Path
from typing import Any

import ncses
import polars as pl
import pytest

from indicators.model import ContractBroken
from indicators.sources import ncses_doctorates
from indicators.sources.ncses_doctorates import LAYOUTS
from indicators.tables.researchers.doctorates import TABLE, build

LABELS = ncses.labels(LAYOUTS)
YEAR = ("field_2022_number", "field_2022_staying")
PLANS = [
    f"field_temporary_residents_{word}_2018_21" for word in ("doctorate_recipients_number", "plans_to_stay", "definite_commitments_to_stay")
]
NEW, OLD, COUNTS, PERIODS, STATUS = "11762.csv", "9582.csv", "11695.csv", "11025.csv", "9453.csv"


def table(name: str, rows: dict[str, list[Any]], columns: tuple[str, ...] | list[str] = YEAR) -> dict[str, bytes]:
    return {name: ncses.hierarchy(name.removesuffix(".csv"), LABELS[name], rows, columns)}


def built(*payloads: dict[str, bytes]) -> pl.DataFrame:
    together = {name: text for payload in payloads for name, text in payload.items()}
    return TABLE.conform(build(ncses.parsed(ncses_doctorates, together), ncses.COUNTRIES, ncses.ALIASES))


def captured(captures: Path) -> pl.DataFrame:
    rows = ncses.captured(ncses_doctorates, captures)
    return TABLE.conform(build(rows, ncses.real_codes(), ncses.reference("country_aliases")))


def figures(rows: pl.DataFrame, name: str, year: int, *columns: str, field: str = "all", last: int = 0) -> tuple[Any, ...]:
    (row,) = rows.filter(citizenship_name=name, first_year=year, last_year=last or year, field_code=field).select(columns).rows()
    return row


def test_the_newest_edition_is_published_and_the_one_before_stands_beside_it() -> None:
    rows = built(
        table(OLD, {"All -> Asia -> China<sup>a</sup>": [6664, 76.7]}), table(NEW, {"All -> Asia -> China<sup>a</sup>": [6661, 76.8]})
    )
    assert figures(rows, "China", 2022, "recipients", "stay_share", "edition_year") == (6661, 0.768, 2023)
    assert figures(rows, "China", 2022, "earlier_recipients", "earlier_stay_share", "earlier_edition_year") == (6664, 0.767, 2022)
    assert ncses.failing(TABLE, "Did the newest edition", doctorates=rows) == 1


def test_a_year_that_only_the_old_edition_has_comes_from_it() -> None:
    rows = built(table(OLD, {"All": [16477, 72.5]}, ["field_2016_number", "field_2016_staying"]), table(NEW, {"All": [19620, 74.3]}))
    assert figures(rows, "All citizenships", 2016, "stay_share", "edition_year", "earlier_edition_year") == (0.725, 2022, None)


def test_a_table_with_intentions_comes_before_one_with_counts_alone() -> None:
    rows = built(table(OLD, {"All -> Asia -> India": [2671, 88.2]}), table(COUNTS, {"India ": [2671]}, ["field_2022"]))
    assert figures(rows, "India", 2022, "stay_share", "table_code") == (0.882, "2-8")


def test_tables_of_one_edition_that_disagree_stop_the_build() -> None:
    with pytest.raises(ContractBroken, match="tables of one edition disagree on recipients"):
        built(table(NEW, {"All -> Asia -> India": [2674, 88.2]}), table(COUNTS, {"India ": [2671]}, ["field_2022"]))


def test_suppressed_is_unknown_and_never_zero() -> None:
    rows = built(table(NEW, {"All -> Australia-Oceania -> New Zealand": ["", ""], "All -> Asia -> India": [24, ""]}))
    assert figures(rows, "New Zealand", 2022, "recipients", "stay_share") == (None, None)
    assert figures(rows, "India", 2022, "recipients", "stay_share") == (24, None)


def test_nobody_has_no_share_though_the_source_prints_one() -> None:
    rows = built(table(NEW, {"All -> Australia-Oceania -> Other": [0, 0.0]}))
    assert figures(rows, "Australia-Oceania: other", 2022, "recipients", "stay_share") == (0, None)
    wrong = rows.with_columns(stay_share=pl.lit(0.0))
    assert [ncses.failing(TABLE, "Is a share of nobody", doctorates=frame) for frame in (rows, wrong)] == [0, 1]


def test_groups_have_no_code_and_countries_one() -> None:
    labels = ["All", "All -> Asia", "All -> Asia -> Taiwan", "All -> Asia -> Other", "All -> Region and country or economy unknown"]
    rows = built(table(NEW, {label: [5, 50] for label in labels}))
    found = {
        name: (kind, code) for name, kind, code in rows.select("citizenship_name", "citizenship_kind_code", "country_code").iter_rows()
    }
    assert found == {
        "All citizenships": ("all", None),
        "Asia": ("region", None),
        "Asia: other": ("other", None),
        "Taiwan": ("country", "TWN"),
        "Unknown": ("unknown", None),
    }


def test_what_is_left_of_a_region_is_not_set_beside_the_edition_before() -> None:
    rows = built(table(OLD, {"All -> Africa -> Other": [104, 66.3]}), table(NEW, {"All -> Africa -> Other": [94, 67.0]}))
    assert figures(rows, "Africa: other", 2022, "recipients", "earlier_recipients", "earlier_edition_year") == (94, None, None)


def test_the_footnote_of_china_is_marked_in_every_table() -> None:
    rows = built(
        table(NEW, {"All -> Asia -> China<sup>a</sup>": [10, 50], "All -> Asia -> Taiwan": [10, 50]}),
        table(COUNTS, {"China<sup>a</sup> -> Science and engineering": [9]}, ["field_2022"]),
        table(PERIODS, {"Country or economy of origin -> China<sup>a</sup>": [9, 50, 40]}, PLANS),
    )
    marked = rows.filter("has_footnote").select("citizenship_name", "field_code").rows()
    assert marked == [("China", "all"), ("China", "science_and_engineering"), ("China", "science_engineering_and_health")]
    assert ncses.failing(TABLE, "Is every name printed without", doctorates=rows) == 1


def test_computer_sciences_have_intentions_for_all_citizenships_and_counts_by_year() -> None:
    rows = built(
        table(PERIODS, {"All SEH fields -> Computer and information sciences": [5366, 81.1, 63.3]}, PLANS),
        table(STATUS, {
            "All<sup>a</sup> -> Mathematics -> Computer and information sciences": [2606],
            "All<sup>a</sup> -> Temporary visa holder -> Mathematics and computer sciences": [2741],
            "All<sup>a</sup> -> Temporary visa holder -> Mathematics and computer sciences -> Computer and information sciences": [1587],
        }, ["field_2022", "field__change_2012_22"][:1]),
    )  # fmt: skip
    field = "computer_and_information_sciences"
    assert rows.height == 2
    assert figures(rows, "All citizenships", 2018, "recipients", "stay_share", "commitment_share", field=field, last=2021) == (
        5366,
        0.811,
        0.633,
    )
    assert figures(rows, "All citizenships", 2022, "recipients", "stay_share", "has_footnote", field=field) == (1587, None, False)


@pytest.mark.parametrize(("payload", "match"), [
    (table(NEW, {"All -> Antarctica -> Chile": [5, 50]}), "unknown region 'Antarctica'"),
    (table(NEW, {"All -> Asia -> Atlantis": [5, 50]}), "unknown country names"),
    (table(COUNTS, {"India -> Alchemy": [5]}, ["field_2022"]), "unknown field 'Alchemy'"),
])  # fmt: skip
def test_a_label_that_nobody_knows_stops_the_build(payload: dict[str, bytes], match: str) -> None:
    with pytest.raises(ContractBroken, match=match):
        built(payload)


RULES = [
    ("Has a country a code", {"country_code": None}, "All -> Asia -> Taiwan"),
    ("Do fewer have a definite place", {"commitment_share": 0.9}, "All -> Asia -> Taiwan"),
    ("Are intentions by field known", {"field_code": "computer_and_information_sciences"}, "All -> Asia -> Taiwan"),
    ("Are China and Taiwan told apart", {"country_code": "HKG"}, "All -> Asia -> Taiwan"),
    ("Do regions and unknown", {"recipients": 9}, "All"),
    ("Does a revision change", {"earlier_recipients": 40}, "All -> Asia -> Taiwan"),
]


@pytest.mark.parametrize(("question", "changed", "label"), RULES, ids=[question for question, _, _ in RULES])
def test_every_rule_finds_what_it_asks_for(question: str, changed: dict[str, Any], label: str) -> None:
    paths = ["All", "All -> Asia", "All -> Asia -> China<sup>a</sup>", "All -> Asia -> Taiwan"]
    rows = built(table(NEW, dict(zip(paths, ([20, 50], [20, 50], [10, 50], [10, 50]), strict=True))))
    name = {"All": "All citizenships"}.get(label, label.rpartition(" -> ")[2])
    is_it = pl.col("citizenship_name") == name
    wrong = rows.with_columns(
        pl.when(is_it).then(pl.lit(value)).otherwise(column).cast(rows.schema[column]).alias(column) for column, value in changed.items()
    )
    assert [ncses.failing(TABLE, question, doctorates=frame) for frame in (rows, wrong)] == [0, 1]


def test_fields_make_all_and_years_make_the_period() -> None:
    rows = built(
        table(NEW, {"All -> Asia -> Taiwan": [30, 50, 14, 50, 16, 50]},
              [f"field_{period}_{word}" for period in ("2022_23", "2022", "2023") for word in ("number", "staying")]),
        table(COUNTS, {"Taiwan": [16], "Taiwan -> Science and engineering": [10], "Taiwan -> Non-science and engineering": [6]}, ["field_2023"]),
    )  # fmt: skip
    wrong = rows.with_columns(
        pl.when(first_year=2023, field_code="all").then(17).otherwise("recipients").cast(pl.Int32).alias("recipients")
    )
    for question in ("Do the fields of science", "Do single years make"):
        assert [ncses.failing(TABLE, question, doctorates=frame) for frame in (rows, wrong)] == [0, 1]


def test_the_captures_keep_every_rule_and_say_what_the_card_says(captures: Path) -> None:
    rows = captured(captures)
    assert rows.height == 1302
    assert [rule.question for rule in TABLE.rules if not rule.is_warning and ncses.failing(TABLE, rule.question, doctorates=rows)] == []
    assert figures(rows, "China", 2023, "recipients", "stay_share", "has_footnote") == (6652, 0.775, True)
    assert figures(rows, "China", 2017, "recipients", "stay_share", "earlier_recipients") == (5552, 0.833, 5553)
    assert figures(rows, "India", 2022, "recipients", "earlier_recipients", "edition_year") == (2674, 2671, 2023)
    assert figures(rows, "China", 2016, "recipients", "edition_year") == (5527, 2022)
    assert figures(rows, "China", 2012, "recipients", "stay_share", "table_code") == (4222, None, "7-7")
    assert figures(rows, "All citizenships", 2023, "recipients", "stay_share") == (19393, 0.762)
    assert rows.filter(pl.col("country_code").is_in(["HKG", "MAC"])).is_empty()
    assert figures(rows, "Taiwan", 2023, "recipients", "stay_share", "country_code") == (462, 0.797, "TWN")


def test_computer_sciences_of_the_captures_are_three_periods_and_eleven_years(captures: Path) -> None:
    rows = captured(captures).filter(field_code="computer_and_information_sciences")
    periods = rows.filter(pl.col("last_year") > pl.col("first_year"))
    assert periods.select("first_year", "last_year", "recipients", "stay_share", "commitment_share").rows() == [
        (2010, 2013, 3379, 0.782, 0.533),
        (2014, 2017, 4429, 0.835, 0.568),
        (2018, 2021, 5366, 0.811, 0.633),
    ]
    years = dict(rows.filter(pl.col("last_year") == pl.col("first_year")).select("first_year", "recipients").iter_rows())
    assert sorted(years) == list(range(2012, 2023))
    assert sum(years[year] for year in range(2014, 2018)) == 4429
    assert sum(years[year] for year in range(2018, 2022)) == 5377


def test_everybody_with_a_known_citizenship_makes_the_number_that_another_table_states(captures: Path) -> None:
    rows = captured(captures)
    top = ncses.raw(captures, "ncses_doctorates", "11696.csv")
    known = figures(rows, "All citizenships", 2023, "recipients")[0] - figures(rows, "Unknown", 2023, "recipients")[0]
    assert [str(known)] == top["field_doctorate_recipients"].head(1).to_list()


def test_the_revision_of_2023_moved_few_doctorates_and_no_share_of_china_by_more_than_a_tenth_of_a_point(captures: Path) -> None:
    rows = captured(captures).filter(pl.col("earlier_recipients").is_not_null(), citizenship_kind_code="country")
    moved = rows.filter(pl.col("recipients") != pl.col("earlier_recipients"))
    assert (rows.height, moved.height) == (702, 64)
    spain = moved.filter(citizenship_name="Spain", first_year=2021).select("earlier_recipients", "recipients").row(0)
    assert spain == (129, 115)
    china = rows.filter(pl.col("stay_share").is_not_null(), country_code="CHN")
    assert china.select(((pl.col("stay_share") - pl.col("earlier_stay_share")).abs() < 0.0011).all()).item()
