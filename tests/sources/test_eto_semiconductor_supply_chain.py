"""CSET's chip explorer: two ways of printing a share, countries among firms, unknown beside negligible."""

from pathlib import Path

import polars as pl
import pytest

from indicators.model import BadPayload
from indicators.sources.eto_semiconductor_supply_chain import SOURCE, parse

PROVIDERS, PROVISION = SOURCE.files
OLD = "provider_name,provider_id,provided_name,provided_id,share_provided,negligible_market_share"
NEW = "provider_name,provider_id,provided_name,provided_id,share_provided,year,source"


def lines(*rows: str, end: str = "\n") -> bytes:
    return "".join(f"{row}{end}" for row in rows).encode()


def test_a_share_is_a_share_whether_printed_with_a_sign_or_without() -> None:
    old = SOURCE.conform(parse(lines(OLD, "USA,P1,Design,S1,61%,", "TSMC,P34,Fabrication,S2,,negligible", end="\r\n"), PROVISION))
    new = SOURCE.conform(parse(lines(NEW, 'USA,P1,Design,S1,51.0,2022,"A report, p. 4"'), PROVISION))
    assert old.select("share", "year", "is_negligible").rows() == [(0.61, None, False), (None, None, True)]
    assert new.select("share", "year", "is_negligible").rows() == [(0.51, 2022, False)]
    assert "report" not in str(new.rows())


def test_a_provider_is_a_country_only_where_its_type_says_so_and_stands_once() -> None:
    header = "provider_name,alias,provider_id,provider_type,country"
    told = lines(header, "UMC,,P38,organization,TWN", "Canon,,P159,organization,JPN", "Canon,Canon ANELVA,P159,organization,JPN",
                 "EUR,Europe,P312,country,EUR")  # fmt: skip
    rows = SOURCE.conform(parse(told, PROVIDERS))
    assert rows.select("provider_id", "provider_type").rows() == [("P38", "organization"), ("P159", "organization"), ("P312", "country")]


@pytest.mark.parametrize(
    ("rows", "match"),
    [
        ((OLD, "USA,P1,Design,S1,161%,"), "are no shares"),
        ((OLD, "USA,P1,Design,S1,5%,negligible"), "called negligible too"),
        ((OLD, "USA,P1,Design,S1,much,"), "no numbers"),
        ((OLD, "USA,P1,Design,S1,,tiny"), "unknown words"),
        ((OLD, "USA,P1,Design,S1,5%,", "USA,P1,Design,S1,6%,"), "repeats 1 times"),
        (("a,b", "1,2"), "is gone"),
    ],
)
def test_what_is_not_as_known_is_refused(rows: tuple[str, ...], match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        parse(lines(*rows), PROVISION)


def test_a_row_printed_twice_alike_is_kept_once() -> None:
    row = "Powertech,P57,ATP,S3,,"
    assert parse(lines(OLD, row, row), PROVISION).height == 1


@pytest.mark.parametrize(("day", "providers", "provision"), [("2025-01-30", 294, 659), ("2026-08-14", 396, 1_300)])
def test_every_capture_is_read_whole(captures: Path, day: str, providers: int, provision: int) -> None:
    folder = captures / "eto_semiconductor_supply_chain" / day
    known = SOURCE.conform(parse((folder / PROVIDERS.name).read_bytes(), PROVIDERS))
    rows = SOURCE.conform(parse((folder / PROVISION.name).read_bytes(), PROVISION))
    assert (known.height, rows.height) == (providers, provision)
    assert set(rows["provider_id"]) <= set(known["provider_id"])
    countries = rows.join(known.filter(provider_type="country").select("provider_id"), on="provider_id", how="semi")
    sums = countries.filter(pl.col("share").is_not_null()).group_by("input_id", "year").agg(pl.col("share").sum())
    assert sums.filter(pl.col("share") > 1.045).height == 0
