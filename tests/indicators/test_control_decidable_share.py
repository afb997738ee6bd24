"""The share of chips that a version decides: a version is there once the source's day has come."""

from datetime import date

import polars as pl
from query import ask

FIRST, SECOND, LETTER = date(2022, 10, 21), date(2023, 11, 17), date(2022, 8, 26)
KINDS = {"2022-10": ("regulation", FIRST), "2023-10": ("regulation", SECOND), "2022-08": ("letter", LETTER)}
READINGS = pl.DataFrame(
    [
        {
            "accelerator_id": chip,
            "rule_id": rule,
            "version_kind_code": kind,
            "destination_group_code": "CHN",
            "requirement_code": "undecidable" if (chip, rule) == ("b", "2022-10") else "none",
            "in_text_from": day if kind == "regulation" else None,
            "enforced_from": day,
        }
        for chip in "ab"
        for rule, (kind, day) in KINDS.items()
    ]
)
CHIPS = pl.DataFrame({"accelerator_id": ["a", "b"], "release_date": [FIRST, None], "total_processing_performance": [1.0, None]})


def shares(last_day: date) -> list[tuple[object, ...]]:
    sources = pl.DataFrame({"source_id": ["epoch_ml_hardware"], "as_of_date": [last_day]})
    rows = ask("control_decidable_share", accelerators=CHIPS, accelerator_control_status=READINGS, sources=sources)
    return rows.select("dimension", "period_start", "period_end", "value", "n").sort("dimension").rows()


def test_a_version_ends_before_the_next_and_a_letter_with_the_source() -> None:
    assert shares(date(2024, 1, 1)) == [
        ("2022-08", LETTER, date(2024, 1, 1), 1, 2),
        ("2022-10", FIRST, date(2023, 11, 16), 0.5, 2),
        ("2023-10", SECOND, date(2024, 1, 1), 1, 2),
    ]


def test_a_version_that_begins_after_the_source_has_no_row_and_ends_no_other() -> None:
    assert shares(date(2022, 12, 31))[1:] == [("2022-10", FIRST, date(2022, 12, 31), 0.5, 2)]
    assert [row[0] for row in shares(SECOND)] == ["2022-08", "2022-10", "2023-10"]
    assert [row[0] for row in shares(date(2022, 10, 20))] == ["2022-08"]
