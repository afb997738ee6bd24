"""The TOP500 lists: three encodings, renamed columns, and neither a row nor the performance of a system."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from indicators.model import BadPayload, File
from indicators.sources.top500 import ALIASES, IGNORED, SOURCE, parse

OLD, NEW = ("Rank", "Site", "Country", "RMax"), ("Rank", "Name", "Country", "Rmax [TFlop/s]")


def listed(month: str) -> File:
    return File(f"TOP500_{month}.tsv", f"https://example.org/TOP500_{month}.tsv")


def payload(columns: tuple[str, ...] = OLD, encoding: str = "utf-8", site: str = "Laboratory", **first: str) -> bytes:
    """A list of 500 systems of 1 each: 100 in China, the others in the United States; `first` changes the first of them."""
    rows = [{"Country": "China" if rank % 5 == 0 else "United States", "Rank": str(rank)} for rank in range(1, 501)]
    rows[0] |= first
    lines = ["\t".join(columns), *("\t".join(row.get(name, "1" if "max" in name.lower() else site) for name in columns) for row in rows)]
    return "\n".join(lines).encode(encoding)


def figures(rows: pl.DataFrame, country: str) -> dict[str, Any]:
    (found,) = rows.filter(country_name=country).iter_rows(named=True)
    return found


def test_a_list_is_read_as_countries_with_counts_and_shares() -> None:
    rows = SOURCE.conform(parse(payload(RMax="501"), listed("199306")))
    assert rows.height == 2
    assert figures(rows, "China") | {"list_month": None} == {
        "list_month": None, "country_name": "China", "system_count": 100, "rmax_share": 0.1,
    }  # fmt: skip
    assert (figures(rows, "United States")["rmax_share"], rows["list_month"][0]) == (0.9, date(1993, 6, 1))


def test_no_row_of_a_system_leaves_the_parser() -> None:
    rows = parse(payload(site="Sentinel Laboratory"), listed("199306"))
    assert set(rows.columns) == {"list_month", "country_name", "system_count", "rmax_share"}
    assert "Sentinel" not in rows.write_csv()


def test_the_only_system_of_a_country_is_counted_and_its_performance_is_not_told() -> None:
    rows = parse(payload(Country="Norway"), listed("199306"))
    assert (figures(rows, "Norway")["system_count"], figures(rows, "Norway")["rmax_share"]) == (1, None)
    assert figures(rows, "United States")["rmax_share"] == 0.798


@pytest.mark.parametrize("column", ["RMax", "Rmax", "Rmax [TFlop/s]"])
def test_a_share_is_the_same_in_every_unit(column: str) -> None:
    assert figures(parse(payload(("Rank", "Country", column)), listed("201706")), "China")["rmax_share"] == 0.2


def test_thousands_may_have_commas_and_a_decimal_comma_is_no_thousand() -> None:
    assert figures(parse(payload(RMax="1,501.5"), listed("199306")), "China")["rmax_share"] == round(100 / 2000.5, 6)
    with pytest.raises(BadPayload, match=r"'59,7'.*no numbers"):
        parse(payload(RMax="59,7"), listed("199306"))


@pytest.mark.parametrize(("month", "encoding"), [("200406", "utf-8"), ("200611", "latin-1"), ("201811", "mac_roman")])
def test_each_age_has_its_encoding_and_refuses_the_others(month: str, encoding: str) -> None:
    assert parse(payload(encoding=encoding, site="Universität"), listed(month)).height == 2
    for other in {"utf-8", "latin-1", "mac_roman"} - {encoding}:
        with pytest.raises(BadPayload, match=rf"top500: TOP500_{month}\.tsv: .*(byte 0x|bytes are UTF-8)"):
            parse(payload(encoding=other, site="Universität"), listed(month))


def test_a_last_row_of_blanks_is_no_system() -> None:
    assert parse(payload() + b"\n\t\t\t", listed("200906"))["system_count"].sum() == 500


def test_new_names_of_columns_not_read_are_known_and_any_other_stops_the_source() -> None:
    assert parse(payload(NEW), listed("201811")).height == 2
    with pytest.raises(BadPayload, match=r"unknown columns \['Owner'\]"):
        parse(payload((*OLD, "Owner")), listed("199306"))
    with pytest.raises(BadPayload, match="column for 'rmax' is gone"):
        parse(payload(("Rank", "Country", "RPeak")), listed("199306"))


@pytest.mark.parametrize(("first", "match"), [
    ({"Country": " "}, r"ranks \[1\.0\] have no country or no performance"),
    ({"RMax": ""}, "no country or no performance"),
    ({"RMax": "0"}, "no country or no performance"),
    ({"Rank": "2"}, "500 systems whose ranks are not 1 to 500"),
])  # fmt: skip
def test_a_list_that_is_not_500_ranked_and_placed_systems_is_refused(first: dict[str, str], match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        parse(payload(OLD, **first), listed("199306"))


def test_a_shortened_list_is_refused() -> None:
    with pytest.raises(BadPayload, match="499 systems"):
        parse(payload().rpartition(b"\n")[0], listed("199306"))


def test_lists_since_china_stopped_submitting_are_refused_until_the_bias_is_stated() -> None:
    assert parse(payload(NEW), listed("201911")).height == 2
    with pytest.raises(BadPayload, match=r"China hardly submits .*state it in sql/indicators/supercomputing_share\.sql"):
        parse(payload(NEW), listed("202006"))
    assert max(file.as_of_date or date.max for file in SOURCE.files) == date(2018, 11, 1)


def test_a_file_that_is_no_list_is_refused() -> None:
    with pytest.raises(BadPayload, match="names no list"):
        parse(payload(), File("list.tsv", "https://example.org/list.tsv"))


def test_no_column_is_both_read_and_ignored() -> None:
    assert not {name for names in ALIASES.values() for name in names} & set(IGNORED)


def test_every_captured_list_is_read_whole(captures: Path) -> None:
    folder = captures / "top500_1993_2018" / "2020-08-28"
    rows = pl.concat([SOURCE.conform(parse((folder / file.name).read_bytes(), file)) for file in SOURCE.files])
    assert rows.group_by("list_month").agg(pl.col("system_count").sum())["system_count"].to_list() == [500] * 52
    assert rows.filter(pl.col("rmax_share").is_null() != (pl.col("system_count") == 1)).height == 0
    last = rows.filter(list_month=date(2018, 11, 1))
    assert (figures(last, "China")["system_count"], figures(last, "United States")["rmax_share"]) == (227, 0.376838)
