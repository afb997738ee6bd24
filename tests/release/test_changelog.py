"""CHANGES.md: what a person reads first, in words; and every query in it gives what the text says it gives."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import gates
import polars as pl
import pytest

from indicators.model import Column, Table
from indicators.release import Release, cells, compare
from indicators.release.companions import changelog, changes, headline, words
from indicators.release.edition import Edition
from indicators.release.movements import READ

CLAIMS = Table(
    name="claims",
    title="Claims",
    description="Claims of a test.",
    key=("claim_id", "evaluation_code"),
    row_bounds=(1, 9),
    columns=tuple(Column(name, pl.String, name) for name in ("claim_id", "evaluation_code", "claim", "verdict_code", "observed", "reason")),
)
VALUES = Table(
    name="indicator_values",
    title="Values",
    description="Values of a test.",
    key=READ[:5],
    row_bounds=(1, 999),
    columns=tuple(Column(name, pl.Int64 if name == "n" else pl.Float64 if place > 4 else pl.Date if place > 2 else pl.String, name)
                  for place, name in enumerate(READ)),
)  # fmt: skip
INPUTS = Table(
    name="sources",
    title="Sources",
    description="Sources of a test.",
    key=("source_id", "file_name"),
    row_bounds=(1, 9),
    columns=tuple(Column(name, pl.String, name) for name in ("source_id", "file_name", "as_of_date", "sha256", "is_stale")),
)
TABLES = {table.name: table for table in (gates.CHIPS, CLAIMS, VALUES, INPUTS)}
GAP = "/* title: The gap\n unit: index points\n method: m\n interval: i\n coverage: c\n caveats: c */ SELECT 1"


def verdict(code: str, claim: str = "C01") -> pl.DataFrame:
    row = {
        "claim_id": claim,
        "evaluation_code": "latest",
        "claim": "The gap closes",
        "verdict_code": code,
        "observed": f"seen {code}",
        "reason": None,
    }
    return pl.DataFrame([row], schema={column.name: pl.String for column in CLAIMS.columns})


def figures(*told: tuple[str, int, float]) -> pl.DataFrame:
    """Subject, year and value of one indicator."""
    rows = [("gap", subject, None, date(year, 1, 1), date(year, 12, 31), value, None, None, 7) for subject, year, value in told]
    return pl.DataFrame(rows, schema={column.name: column.kind for column in VALUES.columns}, orient="row")


def edition(place: Path, before: Mapping[str, pl.DataFrame] | None, after: Mapping[str, pl.DataFrame]) -> Edition:
    """A release in the making beside the one before, with what the changes are written from."""
    last = Release("2026.01.1", place / "2026.01.1") if before is not None else None
    if last and before is not None:
        gates.write(last.folder, before)
    gates.write(place / "2026.01.2", after)
    (place / "2026.01.2" / "sql" / "indicators").mkdir(parents=True)
    (place / "2026.01.2" / "sql" / "indicators" / "gap.sql").write_text(GAP)
    keys = {name: table.key for name, table in TABLES.items()}
    found = compare(last.tables if last else None, place / "2026.01.2" / "tables", keys)
    made = Edition(place / "2026.01.2", "2026.01.2", datetime(2026, 1, 2, tzinfo=UTC), [TABLES[name] for name in after], {}, last, found)
    changes.write(made)
    return made


def test_a_first_release_says_so_and_lists_its_tables(tmp_path: Path) -> None:
    told = changelog.text(edition(tmp_path, None, {"chips": gates.chips()}))
    assert told.startswith("# 2026.01.2, the first release")
    assert "| `chips` | 10 | Chips |" in told


def test_a_verdict_that_flipped_opens_the_paragraph_and_is_told_with_its_claim(tmp_path: Path) -> None:
    told = changelog.text(edition(tmp_path, {"claims": verdict("mixed")}, {"claims": verdict("supported")}))
    assert "Since 2026.01.1: 1 verdict changed (C01 latest: mixed → supported)" in told
    assert "- **C01** The gap closes. latest: **mixed → supported**. Now: seen supported." in told


def test_no_verdict_changed_is_told_and_a_new_claim_is_no_flip(tmp_path: Path) -> None:
    both = pl.concat([verdict("mixed"), verdict("supported", "C02")])
    assert "no verdict changed" in headline.summary(edition(tmp_path, {"claims": verdict("mixed")}, {"claims": both}))


def test_an_indicator_is_told_by_its_title_with_both_periods_its_unit_and_observations(tmp_path: Path) -> None:
    told = changelog.text(edition(
        tmp_path, {"indicator_values": figures(("USA", 2024, 7.4))}, {"indicator_values": figures(("USA", 2024, 7.1), ("USA", 2025, 5.2))}
    ))  # fmt: skip
    assert "| The gap | USA | 2024 | 2025 | 7 | 7.4 → 5.2 index points |" in told
    assert "| The gap | USA | 1 | 2024 | 7.4 → 7.1 index points |" in told


def test_a_source_is_told_where_its_bytes_are_others_with_the_days_they_stand_for(tmp_path: Path) -> None:
    before = {
        "source_id": ["a", "a", "b"],
        "file_name": ["x", "y", "z"],
        "as_of_date": ["2025-01-01"] * 3,
        "sha256": ["1", "2", "3"],
        "is_stale": ["yes"] * 3,
    }
    after = before | {"as_of_date": ["2025-02-01", "2025-01-01", "2025-01-01"], "sha256": ["9", "8", "3"], "is_stale": ["no"] * 3}
    told = changelog.text(edition(tmp_path, {"sources": pl.DataFrame(before)}, {"sources": pl.DataFrame(after)}))
    assert "## Sources that changed\n\n- a: x (2025-01-01 → 2025-02-01), y (restated)\n" in told
    assert "- b:" not in told


def test_a_row_is_told_by_key_column_and_both_values(tmp_path: Path) -> None:
    told = changelog.text(edition(tmp_path, {"chips": gates.chips()}, {"chips": gates.chips(speed=9.5)}))
    assert "### chips: 1 row restated" in told
    assert "- **c1**: `speed` 1 → 9.5 op/s" in told
    assert "more rows" not in told


def test_tables_that_did_not_change_are_named_once(tmp_path: Path) -> None:
    tables = {"chips": gates.chips(), "claims": verdict("mixed")}
    told = changelog.text(edition(tmp_path, tables, tables | {"chips": gates.chips(9)}))
    assert "Unchanged: `claims`." in told


def test_a_new_table_is_told_as_one_and_not_row_by_row(tmp_path: Path) -> None:
    made = edition(tmp_path, {"chips": gates.chips()}, {"chips": gates.chips(), "claims": verdict("mixed")})
    assert "### claims: a new table of 1 row\n" in changelog.text(made)
    assert cells(made.changes).height == 1


def many(value: float) -> dict[str, pl.DataFrame]:
    """More of everything than is told."""
    subjects = [f"{one}{other}A" for one in "ABCDEF" for other in "ABCDEF"]
    past_and_now = figures(*((name, year, value * place) for place, name in enumerate(subjects, start=1) for year in (2024, 2025)))
    return {"indicator_values": past_and_now, "chips": gates.chips(20).with_columns(pl.col("speed") + value)}


def test_every_list_that_is_cut_ends_with_how_many_more_and_a_query_that_shows_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = changelog.text(edition(tmp_path, many(1.0), many(2.0)))
    monkeypatch.chdir(tmp_path / "2026.01.2")
    found = re.findall(r"And (\d+) more (\w+); [^:]+:(?: `([^`]+)`|\n\n```sql\n(.*?);\n```)", told, re.DOTALL)
    assert [(int(number), what) for number, what, *_ in found] == [(11, "series"), (21, "series"), (10, "rows")]
    with duckdb.connect() as connection:
        rows = [connection.execute(short or long).fetchall() for _, _, short, long in found]
    assert [len(answer) for answer in rows] == [36, 72, 20]


@pytest.mark.parametrize(
    ("before", "after", "unit", "told"),
    [
        (0.516129, 0.787879, "share", "51.61% → 78.79%"),
        (4.56e24, 3.4078e24, "FLOP", "4.56e24 → 3.408e24 FLOP"),
        (1.0000001, 1.0000002, "points", "1.0000001 → 1.0000002 points"),
        (None, 540.0, "W", "unknown → 540 W"),
        (140.0, None, "W", "140 W → unknown"),
        (-0.046, 0.017, "the benchmark's own, see benchmarks.unit", "-0.046 → 0.017"),
        (32706624, 6770000, "US dollars of 2023", "32,706,624 → 6,770,000 US dollars of 2023"),
        (3.98e11, 7.44e11, "parameters", "398 billion → 744 billion parameters"),
        (1011, 1105, "entries", "1,011 → 1,105 entries"),
        (0.0, 0.00002, "ratio", "0 → 2e-5"),
    ],
)
def test_two_figures_are_told_in_as_many_digits_as_tell_them_apart(before: float | None, after: float | None, unit: str, told: str) -> None:
    assert words.pair(before, after, unit) == told


def test_long_texts_are_told_from_where_they_differ() -> None:
    column = Column("note", pl.String, "Note")
    same = "A sentence that both of the texts begin with, and that nobody needs to read twice: "
    assert words.cell(column, same + "one", same + "two") == "`note` … one → … two"
    assert words.value(column, "w" * 30 + " " + "x" * 60) == "w" * 30 + " …"
    assert words.cell(Column("country_codes", pl.List(pl.String), "Codes"), '["CHN"]', '["CHN","USA"]') == "`country_codes` CHN → CHN, USA"


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), "2025"),
        (date(2025, 10, 1), date(2025, 12, 31), "2025 Q4"),
        (date(2025, 2, 1), date(2025, 2, 28), "2025-02"),
        (date(2026, 1, 15), date(2026, 1, 15), "2026-01-15"),
    ],
)
def test_a_period_has_the_name_that_people_use(start: date, end: date, told: str) -> None:
    assert words.period(start, end) == told
