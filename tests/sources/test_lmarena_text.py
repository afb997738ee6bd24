"""Arena's text leaderboard: what is read of it, and what must stop a refresh."""

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from indicators.model import BadPayload
from indicators.sources.lmarena_text import COLUMNS, SOURCE, parse

FULL, LATEST = SOURCE.files


def entry(**cells: Any) -> dict[str, Any]:
    usual = {
        "model_name": "Model 1",
        "organization": "Lab",
        "license": "MIT",
        "rating": 1300.5,
        "rating_lower": 1290.25,
        "rating_upper": 1310.75,
        "variance": 27.0,
        "vote_count": 5_000,
        "rank": 1,
        "category": "overall",
        "leaderboard_publish_date": "2026-08-21",
    }
    return usual | cells


def payload(*entries: dict[str, Any], **types: type[pl.DataType]) -> bytes:
    """A board in the upstream format."""
    body = io.BytesIO()
    frame = pl.DataFrame(list(entries), infer_schema_length=None)
    frame.with_columns(pl.col(name).cast(dtype) for name, dtype in types.items()).write_parquet(body)
    return body.getvalue()


def row(**cells: Any) -> dict[str, Any]:
    return parse(payload(entry(**cells)), LATEST).row(0, named=True)


def test_a_row_is_read_as_stated() -> None:
    assert row() == {
        "leaderboard_date": date(2026, 8, 21),
        "category_code": "overall",
        "model_name": "Model 1",
        "organization": "Lab",
        "license": "MIT",
        "rating": 1300.5,
        "rating_low": 1290.25,
        "rating_high": 1310.75,
        "rating_variance": 27.0,
        "votes": 5_000,
        "rank": 1,
    }


def test_outer_space_is_dropped_and_blank_is_unknown() -> None:
    read = row(model_name=" Model 1 ", organization="  ", license="")
    assert (read["model_name"], read["organization"], read["license"]) == ("Model 1", None, None)


def test_an_organisation_that_is_null_upstream_stays_null() -> None:
    read = parse(payload(entry(organization=None, license=None, variance=None), organization=pl.String, variance=pl.Float64), FULL)
    assert read.select("organization", "license", "rating_variance").row(0) == (None, None, None)


@pytest.mark.parametrize("day", [date(2026, 8, 21), datetime(2026, 8, 21, 7, 30), "2026-08-21T07:30:00Z"])  # noqa: DTZ001
def test_a_day_may_be_written_as_text_day_or_moment(day: Any) -> None:
    assert row(leaderboard_publish_date=day)["leaderboard_date"] == date(2026, 8, 21)


def test_words_may_come_as_categories_and_counts_as_other_numbers() -> None:
    body = payload(entry(), category=pl.Categorical, license=pl.Categorical, vote_count=pl.Float64, rank=pl.Int16, rating=pl.Float32)
    assert SOURCE.conform(parse(body, FULL)).select("votes", "rank", "rating").row(0) == (5_000, 1, 1300.5)


def test_categories_that_are_not_ours_are_skipped_whatever_they_hold() -> None:
    strange = entry(category="creative_writing", rating=0.0, model_name=None, leaderboard_publish_date="soon")
    assert parse(payload(entry(), strange), FULL)["category_code"].to_list() == ["overall"]


def test_a_name_that_stands_twice_is_kept_as_stated() -> None:
    assert parse(payload(entry(), entry(rank=2)), FULL).height == 2


def test_a_rating_without_bounds_or_none_at_all_stays_unknown() -> None:
    read = parse(payload(entry(), entry(rating=None, rating_lower=None, rating_upper=None)), FULL)
    assert read.select("rating", "rating_low", "rating_high").row(1) == (None, None, None)


@pytest.mark.parametrize(("cells", "match"), [
    ({"rating_lower": 10.0, "rating_upper": 10.0}, "half-widths"),
    ({"rating_lower": -12.0, "rating_upper": 13.0}, "half-widths"),
    ({"rating": 1320.0}, "outside their bounds"),
    ({"rating": 0.0, "rating_lower": 0.0, "rating_upper": 0.0}, "0.0 may mean no rating"),
    ({"vote_count": -1}, "negative votes"),
    ({"model_name": " "}, "lack their day or model"),
    ({"leaderboard_publish_date": None}, "lack their day or model"),
    ({"leaderboard_publish_date": "21 August 2026"}, "no readable Parquet of the known types"),
    ({"category": "Overall"}, r"no rows of category \['overall'\]"),
])  # fmt: skip
def test_a_cell_outside_the_known_world_is_refused(cells: dict[str, Any], match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        parse(payload(entry(**cells), leaderboard_publish_date=pl.String), LATEST)


def test_a_word_where_a_number_was_is_refused() -> None:
    with pytest.raises(BadPayload, match="no readable Parquet of the known types"):
        parse(payload(entry(rating="+5/-4")), LATEST)


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_that_is_gone_stops_the_refresh_and_says_what_to_do(name: str) -> None:
    cells = entry()
    del cells[name]
    with pytest.raises(BadPayload, match=rf"'{name}'\] are gone.*adapt TEXTS"):
        parse(payload(cells), FULL)


def test_an_unknown_column_stops_the_refresh() -> None:
    with pytest.raises(BadPayload, match=r"\['is_preliminary'\] are unknown"):
        parse(payload(entry(is_preliminary=True)), FULL)


@pytest.mark.parametrize("body", [b"", b"<!doctype html><html></html>", b"PAR1", payload(entry())[:-20]])
def test_bytes_that_are_no_whole_parquet_are_refused(body: bytes) -> None:
    with pytest.raises(BadPayload, match=r"latest\.parquet is no readable Parquet"):
        parse(body, LATEST)


def test_the_storage_that_the_host_redirects_to_is_named() -> None:
    for file in SOURCE.files:
        assert file.host == "huggingface.co"
        assert file.may_come_from("https://us.aws.cdn.hf.co/blob?X-Signature=1")
        assert not file.may_come_from("https://hf.co.example.org/blob")


@pytest.mark.parametrize(("day", "rows", "boards", "newest"), [
    ("2026-01-20", 12_842, 74, date(2025, 8, 4)),
    ("2026-08-22", 15_918, 82, date(2026, 8, 21)),
])  # fmt: skip
def test_every_capture_is_read_whole_and_latest_is_the_newest_board_of_full(
    captures: Path, day: str, rows: int, boards: int, newest: date
) -> None:
    folder = captures / SOURCE.id / day
    full, latest = (SOURCE.conform(parse((folder / file.url.rpartition("/")[2]).read_bytes(), file)) for file in SOURCE.files)
    assert (full.height, full["leaderboard_date"].n_unique(), full["leaderboard_date"].max()) == (rows, boards, newest)
    order = ["rank", "model_name"]
    assert full.filter(pl.col("leaderboard_date") == newest).sort(order).equals(latest.sort(order))


def test_known_figures_hold_in_the_newest_capture(captures: Path) -> None:
    full = parse((captures / SOURCE.id / "2026-08-22" / "full-00000-of-00001.parquet").read_bytes(), FULL)
    sizes = dict(full.group_by("leaderboard_date").len().iter_rows())
    assert (sizes[date(2024, 6, 19)], sizes[date(2025, 8, 4)]) == (109, 266)
    r1 = full.filter(pl.col("model_name") == "DeepSeek-R1", pl.col("leaderboard_date") == date(2025, 1, 24))
    assert r1.select("rank", "votes", "license", "rating", "rating_low", "rating_high").rows() == [(3, 1_883, "MIT", 1357, 1344, 1369)]
