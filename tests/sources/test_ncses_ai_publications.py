"""AI articles: hierarchical labels, square tables, and the facts of the captured copies."""

from pathlib import Path

import ncses
import polars as pl
import pytest

from indicators.model import BadPayload
from indicators.sources import ncses_ai_publications
from indicators.sources.ncses_ai_publications import COUNTS, LABEL, SOURCE, parse

FILES = {file.name: file for file in SOURCE.files}
YEARS = ("field_2021", "field_2022")


def by_year(rows: dict[str, list[object]]) -> pl.DataFrame:
    return parse(ncses.hierarchy("10067", LABEL, rows, YEARS), FILES["10067.csv"])


def test_a_country_is_a_heading_and_its_articles_stand_below_it() -> None:
    rows = by_year({"World -> China": ["", ""], "World -> China -> Total articles": [40167, 42524]})
    assert rows["path"].to_list() == [["World", "China", "Total articles"]] * 2
    assert rows.select("first_year", "value").rows() == [(2021, 40167.0), (2022, 42524.0)]


def test_entities_of_html_are_letters() -> None:
    rows = by_year({"World -> C&#244;te d&#8217;Ivoire -> Total articles": [1, 2]})
    assert rows["path"].list.get(1).unique().to_list() == ["Côte d’Ivoire"]


def test_a_square_tables_columns_are_its_own_labels() -> None:
    rows = parse(ncses.square("10060", LABEL, {"China": [0, 13631], "United States": [13631, 0]}), FILES["10060.csv"])
    pairs = {(path[0], partner): value for path, partner, value in rows.select("path", "partner_name", "value").iter_rows()}
    assert pairs[("China", "United States")] == 13631
    assert (rows["first_year"].unique().to_list(), rows["last_year"].unique().to_list()) == ([2003], [2022])


def test_a_column_that_is_no_label_of_a_square_table_stops_the_refresh() -> None:
    with pytest.raises(BadPayload, match=r"unknown columns \['atlantis'\]"):
        parse(ncses.flat("10060", LABEL, {"China": [0, 1]}, ["china", "atlantis"]), FILES["10060.csv"])


def test_a_new_way_of_counting_stops_the_refresh() -> None:
    with pytest.raises(BadPayload, match="number_of_papers_weighted_"):
        parse(ncses.flat("10059", LABEL, {"World": [1] * 6}, [*COUNTS, "number_of_papers_weighted_"]), FILES["10059.csv"])


def test_tables_of_institutions_and_the_one_without_years_are_not_read() -> None:
    assert not {"9968.csv", "10061.csv", "10064.csv", "10065.csv"} & set(FILES)


def test_the_source_says_that_it_is_a_transformed_copy() -> None:
    assert "transformed copy, not original bytes" in SOURCE.title
    assert "transformed copies" in SOURCE.attribution


@pytest.mark.parametrize(("name", "height"), [
    ("10067.csv", 14480), ("10059.csv", 905), ("10001.csv", 3760), ("10060.csv", 3600), ("10062.csv", 3600), ("10004.csv", 140), ("10005.csv", 140),
])  # fmt: skip
def test_every_captured_table_is_read_whole(captures: Path, name: str, height: int) -> None:
    rows = SOURCE.conform(parse((captures / SOURCE.id / ncses.COPIED_ON / name).read_bytes(), FILES[name]))
    assert (rows.height, rows["value"].null_count()) == (height, 0)


def test_the_card_of_the_source_holds_for_the_captures(captures: Path) -> None:
    articles, pairs, index = (ncses.raw(captures, SOURCE.id, name) for name in ("10067.csv", "10060.csv", "10062.csv"))
    years = [name for name in articles.columns if name.startswith("field_")]
    assert (articles.height, years[0], years[-1], len(years)) == (905, "field_2003", "field_2022", 20)
    assert "World -> China -> Total articles -> With international institutions" in articles[f"{LABEL}_full_path"].to_list()
    assert [(frame.height, len(frame.columns) - 3) for frame in (pairs, index)] == [(60, 60), (60, 60)]
    lost = ncses.raw(captures, SOURCE.id, "9968.csv")
    assert (lost.columns, "World" in lost["time_period"].to_list()) == (["table_id", "row_id", "time_period", "value"], True)


def test_shares_of_all_fields_are_for_odd_years_only(captures: Path) -> None:
    rows = ncses.captured(ncses_ai_publications, captures).filter(pl.col("table_code").is_in(["SPBS-36", "SPBS-37"]))
    assert sorted(set(rows["first_year"])) == list(range(2003, 2022, 2))
    assert rows.filter(pl.col("path").list.first() == "China", first_year=2021).select("measure_code", "value").rows() == [
        ("partner_percent_of_us", 24.27),
        ("us_percent_of_partner", 35.61),
    ]


def test_hong_kong_publishes_at_home_and_yet_has_no_row(captures: Path) -> None:
    institutions = ncses.raw(captures, SOURCE.id, "10064.csv").filter(pl.col("institution") == "City U. Hong Kong")
    assert institutions["papers_involving_only_domestic_institutions_whole_"].to_list() == ["1936"]
    rows = ncses.captured(ncses_ai_publications, captures)
    names = set(rows["path"].explode()) | set(rows["partner_name"])
    assert not {name for name in names if name and ("Hong Kong" in name or "Maca" in name)}
    assert rows.filter(pl.col("path") == ["Unassigned"], measure_code="articles_domestic_only")["value"].to_list() == [0.0]


def test_pairs_of_institutions_are_cut_off_at_fifty_which_is_why_they_are_not_read(captures: Path) -> None:
    counts = ncses.raw(captures, SOURCE.id, "10065.csv").drop("table_id", "row_id", "institution").cast(pl.Int64)
    assert min(counts.unpivot().filter(pl.col("value") > 0)["value"]) == 50
