"""CSET's pairs of countries: stored once, censored below a threshold, the same in both orders."""

from pathlib import Path

import polars as pl
import pytest

from indicators.model import BadPayload, File
from indicators.sources.eto_cross_border import FIELDS, SOURCE, THRESHOLD, parse

FILE = File("AI safety.csv", "https://data.example.org/AI%20safety.csv")
HEADER = "country1,country2,field,year,num_articles,complete"


def pairs(*lines: str) -> bytes:
    """A file in the upstream layout, lines ending in CRLF."""
    return "".join(f"{line}\r\n" for line in (HEADER, *lines)).encode()


def test_a_pair_printed_in_both_orders_or_in_one_is_stored_once_in_the_order_of_the_alphabet() -> None:
    rows = SOURCE.conform(
        parse(
            pairs(
                "United States,China,AI safety,2021,61,True",
                "China,United States,AI safety,2021,61,True",
                "Japan,China,AI safety,2024,30,False",
            ),
            FILE,
        )
    )
    assert rows.rows() == [
        ("China", "Japan", "AI safety", 2024, 30, False),
        ("China", "United States", "AI safety", 2021, 61, True),
    ]


@pytest.mark.parametrize(
    ("lines", "match"),
    [
        (["France,Japan,AI safety,2020,30,True", "Japan,France,AI safety,2020,31,True"], "the two orders of a pair differ"),
        (["France,Japan,AI safety,2020,30,True", "Japan,France,AI safety,2020,30,False"], "the two orders of a pair differ"),
        (["France,Japan,AI safety,2020,30,True", "France,Japan,AI safety,2020,30,True"], "repeats 1 times"),
        (["France,Japan,AI safety,2020,24,True"], "below 25 articles; the threshold moved"),
        (["France,France,AI safety,2020,30,True"], "paired with itself"),
        (["France,,AI safety,2020,30,True"], "a country is missing"),
        (["France,Japan,Robotics,2020,30,True"], "'field' holds unknown words"),
        (["France,Japan,AI safety,2020,30,"], "a country is missing"),
    ],
)
def test_what_is_not_as_known_is_refused(lines: list[str], match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        parse(pairs(*lines), FILE)


def test_every_field_has_a_file_of_its_own_so_that_none_is_added_to_another() -> None:
    assert [file.name for file in SOURCE.files] == [f"{field}.csv" for field in FIELDS]


@pytest.mark.parametrize(
    ("field", "height"), [("Artificial intelligence", 5_284), ("AI safety", 114), ("Chip design and fabrication", 1_220)]
)
def test_the_capture_is_read_whole(captures: Path, field: str, height: int) -> None:
    (file,) = (file for file in SOURCE.files if file.name == f"{field}.csv")
    path = captures / "eto_cross_border_2026_04" / "2026-04-13" / file.name.replace(" ", "_")
    rows = SOURCE.conform(parse(path.read_bytes(), file))
    assert (rows.height, rows["articles"].min()) == (height, THRESHOLD)
    assert sorted(rows.filter(~pl.col("is_complete"))["year"].unique()) == [2024, 2025]
    assert not set(rows["country_name_a"]) & {"China (mainland)", "Hong Kong", "Macau"}


def test_the_united_kingdom_is_the_second_partner_of_the_united_states_and_china_the_first(captures: Path) -> None:
    (file,) = (file for file in SOURCE.files if file.name.startswith("Artificial"))
    rows = parse((captures / "eto_cross_border_2026_04" / "2026-04-13" / "Artificial_intelligence.csv").read_bytes(), file)
    american = rows.filter("is_complete").filter(pl.any_horizontal(pl.col("country_name_a", "country_name_b") == "United States"))
    partner = pl.when(pl.col("country_name_a") == "United States").then("country_name_b").otherwise("country_name_a")
    ranked = american.with_columns(partner=partner).sort("year", "articles", descending=[False, True]).group_by("year", maintain_order=True)
    assert {tuple(names) for names in ranked.agg(pl.col("partner").head(2))["partner"]} == {("China", "United Kingdom")}
