"""What a table's page says of the rows that differ is what the comparison of releases says."""

from collections.abc import Callable
from pathlib import Path

import gates
import polars as pl
import pytest

from indicators.definitions.changes import counts
from indicators.release import compare

CHANGES: dict[str, Callable[[pl.DataFrame], pl.DataFrame]] = {
    "nothing": lambda rows: rows,
    "a value": lambda _: gates.chips(speed=42.0),
    "a value to null": lambda _: gates.chips(speed=None),
    "rows come": lambda _: gates.chips(12),
    "rows go": lambda rows: rows.head(7),
    "a key": lambda _: gates.chips(chip_id="another"),
    "a column": lambda rows: rows.with_columns(price_usd=pl.lit(1.0)),
    "all rows": lambda rows: rows.clear(),
}


@pytest.mark.parametrize("change", list(CHANGES))
def test_counts_are_those_of_the_comparison(change: str, tmp_path: Path) -> None:
    then = gates.write(tmp_path / "then", {"chips": gates.chips()})
    now = gates.write(tmp_path / "now", {"chips": CHANGES[change](gates.chips())})
    told = compare(then, now, {"chips": gates.CHIPS.key})["chips"]
    found = counts(then / "chips.parquet", now / "chips.parquet", gates.CHIPS.key)
    assert found == {"rows_added": told.rows_added, "rows_removed": told.rows_removed, "rows_changed": told.rows_changed}


def test_a_null_in_a_key_is_a_value_like_any_other(tmp_path: Path) -> None:
    rows = gates.chips(maker_country_code=None)
    then, now = (gates.write(tmp_path / name, {"chips": frame}) for name, frame in (("then", rows), ("now", rows.head(9))))
    found = counts(then / "chips.parquet", now / "chips.parquet", ("chip_id", "maker_country_code"))
    assert found == {"rows_added": 0, "rows_removed": 1, "rows_changed": 0}


def test_a_list_that_differs_is_a_change(tmp_path: Path) -> None:
    frames = [pl.DataFrame({"key": ["a", "b"], "names": names}) for names in ([["x"], ["y"]], [["x"], ["y", "z"]])]
    then, now = (gates.write(tmp_path / str(number), {"lists": frame}) for number, frame in enumerate(frames))
    assert counts(then / "lists.parquet", now / "lists.parquet", ("key",))["rows_changed"] == 1


def test_a_table_that_the_last_release_lacks_is_new_as_a_whole(tmp_path: Path) -> None:
    now = gates.write(tmp_path, {"chips": gates.chips()})
    assert counts(tmp_path / "none.parquet", now / "chips.parquet", gates.CHIPS.key)["rows_added"] == 10


def test_rows_of_another_key_cannot_be_matched(tmp_path: Path) -> None:
    then = gates.write(tmp_path / "then", {"chips": gates.chips().rename({"chip_id": "id"})})
    now = gates.write(tmp_path / "now", {"chips": gates.chips(8)})
    found = counts(then / "chips.parquet", now / "chips.parquet", gates.CHIPS.key)
    assert found == {"rows_added": 8, "rows_removed": 10, "rows_changed": 0}
