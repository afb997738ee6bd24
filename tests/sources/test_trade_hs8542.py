"""Trade in integrated circuits: a header that is too short, years and units that differ, absent reporters, and shares alone."""

from pathlib import Path

import polars as pl
import pytest

from indicators.model import BadPayload, File
from indicators.sources._comtrade import ALIASES, EXPORTERS, IGNORED, WHOLE
from indicators.sources._taiwan_customs import ALL_EXPORTS, DESTINATIONS
from indicators.sources.trade_hs8542 import SOURCE, parse

WORLD, PLACES, LINES = SOURCE.files
HEADER = (*ALIASES, *IGNORED)
KNOWN = {2013: 62.823e9, 2022: 184.136e9}
OTHERS = 20e9


def world(years: dict[int, dict[str, float]], encoding: str = "latin-1", comma: str = ",", **changed: str) -> bytes:
    """Yearly exports by reporter as Comtrade sends them: a comma after each row and none after the header."""
    lines = [",".join(HEADER)]
    for year, values in years.items():
        for code, value in values.items():
            row = {
                **WHOLE,
                "period": str(year),
                "reporterCode": code,
                "reporterDesc": EXPORTERS.get(code, "Curaçao"),
                "primaryValue": str(value),
            }
            row |= changed if code == "531" else {}
            lines.append(",".join(f'"{row.get(name, "")}"' for name in HEADER) + comma)
    return "\r\n".join(lines).encode(encoding)


def exports(year: int, *absent: str) -> dict[str, float]:
    """What each reporter exported in a year: Taiwan the known total, the other eight 20 billions each, Curaçao one."""
    values = dict.fromkeys(EXPORTERS, OTHERS) | {"490": KNOWN.get(year, 100e9), "531": 1e9}
    return {code: value for code, value in values.items() if code not in absent}


YEARS = {year: exports(year) for year in (2013, 2022, 2023)}


def places(*rows: tuple[str, str, float], bom: str = "\ufeff") -> bytes:
    """Taiwan's exports by year and destination, in US dollars; the known totals go to China."""
    known = tuple((str(year), "中國大陸", value) for year, value in KNOWN.items())
    lines = [f"{year},{country},85423100002, Processors,{value}" for year, country, value in (*known, *rows)]
    return "\n".join([f"{bom}Year,Country,HS Code,Description,Export Value (USD)", *lines]).encode()


def lines(*rows: tuple[str, float], product: str = "85423100002", flow: str = ALL_EXPORTS) -> bytes:
    """Taiwan's exports by period and line, in thousands of US dollars and years of the Republic of China."""
    known = tuple((f"{year - 1911}年", value / 1000) for year, value in KNOWN.items())
    cells = [f"{flow},{period},{product},處理器, Processors,{value}" for period, value in (*known, *rows)]
    return "\n".join(["進出口別,日期,貨品號列,中文貨名,英文貨名,美元(千元)", *cells]).encode()


def shares(rows: pl.DataFrame, year: int) -> dict[str, float | None]:
    return dict(rows.filter(year=year).select("country_name", "export_share").iter_rows())


def test_a_share_is_of_all_reporters_and_once_more_without_hong_kong() -> None:
    rows = SOURCE.conform(parse(world(YEARS), WORLD))
    (taiwan,) = rows.filter(year=2023, country_name="Other Asia, nes").iter_rows(named=True)
    assert (taiwan["export_share"], taiwan["export_share_without_hkg"]) == (round(100 / 261, 6), round(100 / 241, 6))
    assert rows.filter(country_name="China, Hong Kong SAR")["export_share_without_hkg"].to_list() == [None] * 3
    assert rows.filter(year=2023)["counterpart_count"].unique().to_list() == [10]


def test_no_value_of_a_reporter_and_no_small_reporter_leaves_the_parser() -> None:
    rows = parse(world(YEARS), WORLD)
    assert set(rows["country_name"]) == set(EXPORTERS.values())
    assert rows.select(pl.max_horizontal(pl.col(pl.Float64).max())).item() <= 1


def test_a_year_without_taiwan_has_no_shares_for_anybody_and_no_zero() -> None:
    rows = parse(world(YEARS | {2024: exports(2024, "490", "702")}), WORLD).filter(year=2024)
    assert (rows.height, rows["export_share"].null_count(), rows["export_share_without_hkg"].null_count()) == (9, 9, 9)
    assert set(rows.filter(~pl.col("is_reported"))["country_name"]) == {"Other Asia, nes", "Singapore"}
    assert rows["coverage_share"].unique().to_list() == [round(141 / 261, 6)]


def test_the_header_is_one_field_short_and_a_table_that_is_not_stops_the_source() -> None:
    with pytest.raises(BadPayload, match="not every row ends in one comma more than the header has fields"):
        parse(world(YEARS, comma=""), WORLD)
    with pytest.raises(BadPayload, match="not every row ends in one comma more"):
        parse(world(YEARS, comma=",7"), WORLD)


def test_the_encoding_is_latin_1_and_no_other() -> None:
    with pytest.raises(BadPayload, match=rf"trade_hs8542: {WORLD.name}: the bytes are UTF-8 and not latin-1"):
        parse(world(YEARS, "utf-8"), WORLD)
    with pytest.raises(BadPayload, match=r"byte 0x8d at .* no letter"):
        parse(world(YEARS, "mac_roman"), WORLD)


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_rows_that_are_not_a_years_exports_to_the_world_are_refused(name: str) -> None:
    with pytest.raises(BadPayload, match=rf"\['{name}'\] hold more than a year's exports to the world"):
        parse(world(YEARS, **{name: "7"}), WORLD)


@pytest.mark.parametrize("value", ["", "0", "-1"])
def test_a_reporter_without_value_is_refused(value: str) -> None:
    with pytest.raises(BadPayload, match=r"no value, or two, for \[\('2013', '531'\)"):
        parse(world(YEARS, primaryValue=value), WORLD)


def test_a_reporter_that_states_a_year_twice_or_is_renamed_is_refused() -> None:
    twice = world(YEARS).decode("latin-1").splitlines()
    with pytest.raises(BadPayload, match=r"no value, or two"):
        parse("\n".join([*twice, twice[-1]]).encode("latin-1"), WORLD)
    with pytest.raises(BadPayload, match=r"renamed reporters \['490'\]"):
        parse(world(YEARS).replace(b"Other Asia, nes", b"Somewhere else"), WORLD)


def test_a_new_large_exporter_is_refused_until_it_is_declared() -> None:
    with pytest.raises(BadPayload, match=r"reporters \['999'\] have over 3% of 2023; add each to EXPORTERS"):
        parse(world(YEARS | {2023: exports(2023) | {"999": OTHERS}}), WORLD)


@pytest.mark.parametrize("factor", [0.001, 0.98, 1.02])
def test_taiwans_total_must_meet_its_customs_within_one_percent_in_every_file(factor: float) -> None:
    scaled = {year: {code: value * (factor if code == "490" else 1) for code, value in values.items()} for year, values in YEARS.items()}
    off = "trade_hs8542: .* Taiwan's exports of 2013 are .* times what its Customs publishes; see whether unit"
    with pytest.raises(BadPayload, match=off):
        parse(world(scaled), WORLD)
    with pytest.raises(BadPayload, match=off):
        parse(places(("2013", "香港", KNOWN[2013] * (factor - 1) if factor > 1 else KNOWN[2013])), PLACES)
    with pytest.raises(BadPayload, match=off):
        parse(lines(("102年", KNOWN[2013])), LINES)


def test_a_known_year_without_taiwan_is_refused() -> None:
    with pytest.raises(BadPayload, match="Taiwan's exports of 2022 are nothing what its Customs publishes"):
        parse(world(YEARS | {2022: exports(2022, "490")}), WORLD)


def test_destinations_are_shares_of_all_exports_with_unnamed_ones_in_the_denominator() -> None:
    rows = SOURCE.conform(parse(places(("2023", "中國大陸", 60), ("2023", "香港", 30), ("2023", "其他國家", 10)), PLACES))
    found = shares(rows, 2023)
    assert (found["中國大陸"], found["香港"], found["美國"]) == (0.6, 0.3, 0.0)
    assert rows.filter(year=2023)["coverage_share"].unique().to_list() == [0.9]
    assert rows.filter(year=2023).height == len(DESTINATIONS)


@pytest.mark.parametrize(("row", "match"), [
    (("112", "香港", 1.0), r"\['112'\] are no common years"),
    (("112年", "香港", 1.0), "are no common years"),
    (("2023", "", 1.0), "a destination is blank"),
    (("2023", "香港", -1.0), "have no value"),
    (("2023", "火星", 1.0), r"destinations \['火星'\] have over 2% of 2023; add each to DESTINATIONS"),
])  # fmt: skip
def test_a_destination_outside_the_known_world_is_refused(row: tuple[str, str, float], match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        parse(places(row), PLACES)


def test_years_of_the_republic_are_common_years_and_a_part_of_one_ends_with_its_month() -> None:
    rows = SOURCE.conform(parse(lines(("113年", 1), ("114年1月~114年7月(初步值)", 1)), LINES))
    assert dict(rows.select("year", "last_month").iter_rows()) == {2013: 12, 2022: 12, 2024: 12, 2025: 7}
    assert rows["export_share"].null_count() == rows.height


@pytest.mark.parametrize(("payload", "match"), [
    (lines(("2024", 1)), "'2024' is no period like 113年"),
    (lines(("114年1月~115年7月", 1)), "is no period"),
    (lines(("113年", 1), ("113年1月~113年7月", 1)), "a year stands under two periods"),
    (lines(product="84710000000"), "outside HS 8542"),
    (lines(flow="進口總值"), "unknown words"),
])  # fmt: skip
def test_a_line_outside_the_known_world_is_refused(payload: bytes, match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        parse(payload, LINES)


def test_a_byte_that_does_not_decode_stops_the_source() -> None:
    with pytest.raises(BadPayload, match=rf"trade_hs8542: {PLACES.name}: byte 0x.. at .* is not utf-8"):
        parse(places().decode().replace("中國大陸", "香港").encode("big5", errors="ignore"), PLACES)


def test_a_file_without_a_reader_is_refused() -> None:
    with pytest.raises(BadPayload, match=r"months\.csv has no reader"):
        parse(b"", File("months.csv", "https://example.org/months.csv"))


def captured(captures: Path, file: File) -> pl.DataFrame:
    return SOURCE.conform(parse((captures / "trade_hs8542" / "2025-09-25" / file.name).read_bytes(), file))


def test_the_captured_world_has_144_reporters_in_2013_and_no_share_in_2024(captures: Path) -> None:
    rows = captured(captures, WORLD)
    assert rows.filter(year=2013)["counterpart_count"].unique().to_list() == [144]
    assert [shares(rows, year)["Other Asia, nes"] for year in (2013, 2022, 2023, 2024)] == [0.124314, 0.170555, 0.174939, None]
    assert rows.filter(year=2024)["coverage_share"].unique().to_list() == [0.700962]


def raw(captures: Path, name: str, value: str) -> pl.DataFrame:
    """A captured file as it is, its values as numbers."""
    path = captures / "trade_hs8542" / "2025-09-25" / name
    text = pl.read_csv(
        path, infer_schema=False, encoding="latin-1" if "uncomtrade" in name or "world" in name else "utf8", truncate_ragged_lines=True
    )
    return text.with_columns(pl.col(value).cast(pl.Float64))


def test_the_captured_customs_files_agree_in_every_year_and_with_comtrade_within_one_percent(captures: Path) -> None:
    by_place = (
        raw(captures, PLACES.name, "Export Value (USD)").group_by(pl.col("Year").cast(pl.Int64)).agg(usd=pl.col("Export Value (USD)").sum())
    )
    common_year = pl.col("日期").str.extract(r"^(\d+)年").cast(pl.Int64) + 1911
    by_line = raw(captures, LINES.name, "美元(千元)").group_by(Year=common_year).agg(thousands=pl.col("美元(千元)").sum())
    both = by_place.join(by_line, on="Year").with_columns(off=(pl.col("usd") / pl.col("thousands") / 1000 - 1).abs())
    assert (both.height, both.filter(pl.col("off") > 1e-9).height) == (13, 0)
    comtrade = raw(captures, WORLD.name, "primaryValue").filter(reporterCode="490").with_columns(Year=pl.col("period").cast(pl.Int64))
    taiwan = comtrade.join(by_place, on="Year").with_columns(off=(pl.col("primaryValue") / pl.col("usd") - 1).abs())
    assert (taiwan.height, taiwan.filter(pl.col("off") > 0.01).height) == (11, 0)


def test_the_captured_2025_ends_in_july(captures: Path) -> None:
    assert captured(captures, LINES).filter(pl.col("last_month") < 12).select("year", "last_month").rows() == [(2025, 7)]
    assert shares(captured(captures, PLACES), 2024)["美國"] == 0.044856


def test_the_captured_file_of_three_reporters_says_nothing_that_the_world_does_not(captures: Path) -> None:
    columns = ("period", "reporterCode", "primaryValue")
    names = (WORLD.name, "ic_exports_comparison_uncomtrade_2013_2024.csv")
    world, three = (set(raw(captures, name, "primaryValue").select(columns).iter_rows()) for name in names)
    assert (len(three), three - world) == (36, set())
