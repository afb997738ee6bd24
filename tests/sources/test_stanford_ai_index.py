"""Figures of the AI Index: blanks in labels, percentages as text, a pseudo-year, and figures that move between editions."""

from pathlib import Path

import pytest

from indicators.model import BadPayload, File
from indicators.sources.stanford_ai_index import SOURCE, parse

FILES = {file.name.removeprefix("fig_").removesuffix(".csv"): file for file in SOURCE.files}


def figure(number: str, text: str) -> list[tuple[object, ...]]:
    return SOURCE.conform(parse(text.encode(), FILES[number])).rows()


def test_labels_lose_outer_and_double_blanks_and_percentages_become_shares() -> None:
    text = 'Statement,Country,"% of respondents that ""Agree"""\nProducts  make me excited ,China ,80%\n'
    assert figure("8.1.4", text) == [("8.1.4", "China", "Products make me excited", None, 0.8)]


def test_a_change_between_years_is_no_year_and_a_blank_is_unknown() -> None:
    header = 'Country,Year,"% of respondents that ""Agree"""'
    rows = figure("8.1.2", f"{header}\nChina ,2022,78%\nTurkey ,2022,\nChina ,Point change 2022 vs. 2024,5%\n")
    assert rows == [("8.1.2", "China", None, "2022", 0.78), ("8.1.2", "Turkey", None, "2022", None)]


def test_empty_rows_at_the_end_are_no_rows() -> None:
    assert figure("3.2.1", "Year,Number of AI incidents\n2012,8\n,\n,\n") == [("3.2.1", None, None, "2012", 8.0)]


def test_a_figure_of_another_edition_under_the_same_number_is_refused() -> None:
    with pytest.raises(BadPayload, match=r"figure 4.3.10: column for 'subject' is gone"):
        figure("4.3.10", "Year,Newly funded companies\n2013,5\n")


@pytest.mark.parametrize(
    ("number", "text", "match"),
    [
        ("3.2.1", "Year,Number of AI incidents\n1/1/18,5\n", "no years or months"),
        ("3.2.1", "Year,Number of AI incidents\nPoint change 2023 vs. 2025,5\n", "no years or months"),
        ("3.2.1", "Year,Number of AI incidents\n2018,5\n2018,6\n", "repeats"),
        ("3.2.1", "Year,Number of AI incidents\n2018,-5\n", "out of range"),
        ("8.1.2", 'Country,Year,"% of respondents that ""Agree"""\nChina,2022,780%\n', "out of range"),
        ("8.1.2", 'Country,Year,"% of respondents that ""Agree"""\nChina,2022,most\n', "no numbers"),
    ],
)
def test_what_is_not_as_known_is_refused(number: str, text: str, match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        figure(number, text)


def test_a_byte_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(BadPayload, match="not a readable UTF-8 CSV"):
        parse(b"Year,Number of AI incidents\n20\x9f12,8\n", FILES["3.2.1"])


@pytest.mark.parametrize(
    ("number", "height", "unknown"),
    [("2.1.36", 28, 0), ("2.1.37", 22, 1), ("3.2.1", 13, 0), ("4.3.10", 36, 0), ("6.3.9", 143, 0), ("8.1.2", 105, 14), ("8.1.4", 66, 0)],
)
def test_every_figure_that_is_used_is_read_whole(captures: Path, number: str, height: int, unknown: int) -> None:
    file: File = FILES[number]
    rows = SOURCE.conform(parse((captures / "stanford_ai_index_2025" / "2025-09-29" / file.name).read_bytes(), file))
    assert (rows.height, rows["value"].null_count()) == (height, unknown)
    assert not [text for text in rows["subject"].drop_nulls() if text != text.strip() or "  " in text]
