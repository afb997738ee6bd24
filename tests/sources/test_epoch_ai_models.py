"""Epoch AI's models: four files of one archive, every drift between captures, and what must stop a refresh."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from indicators.model import BadPayload
from indicators.sources.epoch_ai_models import ALIASES, IGNORED, MAY_LACK, MEMBERS, SOURCE, parse

ARCHIVE, NOTABLE = SOURCE.files
NAMES = {ours: spellings[0] for ours, spellings in ALIASES.items()}
Row = dict[str, str]


def sheet(rows: list[Row], spellings: Row | None = None, lacking: tuple[str, ...] = (), further: Row | None = None) -> bytes:
    """A file in the upstream format with the given cells, all others blank."""
    names = {ours: theirs for ours, theirs in {**NAMES, **(spellings or {})}.items() if ours not in lacking}
    cells = [{theirs: row.get(ours, "") for ours, theirs in names.items()} | (further or {}) for row in rows]
    return pl.DataFrame(cells, schema=[*names.values(), *(further or {})]).write_csv().encode()


def archive(**sheets: bytes) -> bytes:
    """The four files; those not given hold no row."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as written:
        written.writestr("README.md", "Licensing")
        for member, name in MEMBERS.items():
            written.writestr(name, sheets.get(member, sheet([], lacking=MAY_LACK[member])))
    return held.getvalue()


def read(*rows: Row, **drift: Any) -> pl.DataFrame:
    """The rows of an archive whose file of all models holds these."""
    return SOURCE.conform(parse(archive(all=sheet(list(rows), **drift)), ARCHIVE))


def model(**cells: str) -> Row:
    return {"model_name": "Model 1", "organizations": "Lab", "countries": "China", **cells}


def test_a_row_is_read_as_stated_and_blank_stays_unknown() -> None:
    cells = {"publication_date": "2024-12-24", "training_compute_flop": "3.3e+24", "parameters": "671000000000.0", "open_weights": "Yes"}
    (row,) = read(model(compute_confidence="Confident", training_hardware="NVIDIA H800 SXM5", **cells)).to_dicts()
    assert (row["publication_date"], row["training_compute_flop"], row["parameters"]) == (date(2024, 12, 24), 3.3e24, 671e9)
    assert (row["training_hardware"], row["open_weights"], row["member"]) == (["NVIDIA H800 SXM5"], "Yes", "all")
    assert (row["training_cost_usd_2023"], row["domains"], row["accessibility"]) == (None, None, None)


@pytest.mark.parametrize(("ours", "theirs"), [("model_name", "System"), ("countries", "Country (from Organization)")])
def test_every_spelling_seen_is_the_same_column(ours: str, theirs: str) -> None:
    assert read(model(), spellings={ours: theirs}).select("model_name", "countries").rows() == [("Model 1", ["China"])]


@pytest.mark.parametrize("theirs", [
    "Hardware utilization", "Hardware utilization (MFU)", "Hardware utilization (HFU)", "Training dataset size (datapoints)",
    "Training dataset size (gradients)", "Training dataset size (total)", "Training compute cost (cloud)", "Training compute cost (upfront)",
    "Last modified",
])  # fmt: skip
def test_a_renamed_column_that_is_not_read_is_known_under_each_name(theirs: str) -> None:
    assert read(model(), further={theirs: "1"})["model_name"].to_list() == ["Model 1"]


def test_weights_are_unknown_in_captures_before_the_column_came() -> None:
    assert read(model(open_weights="Yes"), lacking=("open_weights",))["open_weights"].to_list() == [None]


def test_dollars_of_2020_are_no_dollars_of_2023() -> None:
    spelt = {"training_cost_usd_2023": "Training compute cost (2020 USD)"}
    assert read(model(training_cost_usd_2023="5e6"), spellings=spelt)["training_cost_usd_2023"].to_list() == [None]


def test_a_large_scale_file_without_organisation_kinds_or_cost_is_whole() -> None:
    large = sheet([model(training_compute_flop="5.8e24")], lacking=MAY_LACK["large_scale"])
    (row,) = parse(archive(large_scale=large), ARCHIVE).to_dicts()
    assert (row["training_compute_flop"], row["organization_kinds"], row["training_cost_usd_2023"]) == (5.8e24, None, None)


def test_the_files_of_the_archive_are_flags_and_what_all_lacks_is_added() -> None:
    some = {"all": ["A", "B"], "notable": ["B", "C"], "frontier": ["B"], "large_scale": ["C", "D", "A"]}
    sheets = {member: sheet([model(model_name=name) for name in names]) for member, names in some.items()}
    rows = parse(archive(**sheets), ARCHIVE).select("model_name", "member", "is_notable", "is_frontier", "is_large_scale")
    assert rows.rows() == [
        ("A", "all", False, False, True),
        ("B", "all", True, True, False),
        ("C", "notable", True, False, True),
        ("D", "large_scale", False, False, True),
    ]


def test_members_are_matched_without_outer_white_space() -> None:
    rows = parse(archive(all=sheet([model(model_name="Oryx 7B \t\n")]), notable=sheet([model(model_name="Oryx 7B")])), ARCHIVE)
    assert rows.select("model_name", "is_notable").rows() == [("Oryx 7B", True)]


def test_the_notable_file_alone_is_read_and_leaves_scale_unknown() -> None:
    (row,) = SOURCE.conform(parse(sheet([model(frontier="True")], lacking=MAY_LACK["notable"]), NOTABLE)).to_dicts()
    assert (row["member"], row["is_notable"], row["is_frontier"], row["is_large_scale"]) == ("notable", True, True, None)


def test_a_name_is_kept_without_line_breaks_and_a_repeated_name_keeps_its_rows() -> None:
    assert read(model(model_name=" Tulu 3\n70B "), model(model_name="Tulu 3 70B"))["model_name"].to_list() == ["Tulu 3 70B"] * 2


@pytest.mark.parametrize(("cell", "items"), [
    ("Lab,University", ["Lab", "University"]),
    ("Xinhua Zhiyun Technology Co., Ltd.,Alibaba", ["Xinhua Zhiyun Technology Co., Ltd.", "Alibaba"]),
    ("Thunder Software Technology Co.,Ltd.,Lab", ["Thunder Software Technology Co., Ltd.", "Lab"]),
    ("G42,Inception G42", ["G42", "Inception G42"]),
    ("Indraprastha Institute\nDelhi,Lab", ["Indraprastha Institute Delhi", "Lab"]),
    ("Massachusetts Institute of Technology (MIT), Genesis Therapeutics,Lab",
     ["Massachusetts Institute of Technology (MIT)", "Genesis Therapeutics", "Lab"]),
    ("hexgrad,Lab", ["Individual developer", "Lab"]),
    ("Lab", ["Lab"]),
])  # fmt: skip
def test_a_list_is_split_at_commas_that_belong_to_no_name(cell: str, items: list[str]) -> None:
    assert read(model(organizations=cell))["organizations"].to_list() == [items]


@pytest.mark.parametrize(("name", "cells", "rows"), [
    ("We employ various filters.", {}, 0), ("We employ various filters", {}, 1), ("Filters.", {}, 1),
    ("We employ various filters.", {"publication_date": "2024-12-24"}, 1), ("We employ various filters.", {"organizations": "Lab"}, 1),
    ("We employ various filters.", {"parameters": "7e9"}, 1),
])  # fmt: skip
def test_a_sentence_that_states_nothing_is_no_model(name: str, cells: Row, rows: int) -> None:
    assert read({"model_name": name, **cells}).height == rows


def test_countries_keep_their_repetitions_and_multinational_is_a_word_like_any_other() -> None:
    assert read(model(countries="China,China,Multinational"))["countries"].to_list() == [["China", "China", "Multinational"]]


@pytest.mark.parametrize(("text", "flop"), [
    ("5.0000000000001e+26", 5e26), ("9.0000000001e25", 9e25), ("1.001e+25", 1e25), ("4.020010000000001e+24", 4.02e24),
    ("1.4000000000000119e+19", 1.4e19), ("9.618950880000001e+21", 9.61895088e21), ("3.4078e+24", 3.4078e24), ("2.01e+22", 2.01e22),
    ("3300100000000010.0", 3.3e15), ("1e+25", 1e25),
])  # fmt: skip
def test_the_mark_on_a_figure_is_taken_off_and_its_digits_are_not(text: str, flop: float) -> None:
    assert read(model(training_compute_flop=text))["training_compute_flop"].to_list() == [flop]


def test_infinity_in_a_column_that_is_not_read_is_no_matter() -> None:
    assert read(model(), further={"FLOP/$": "Infinity", "Training dataset size": "1e9,2e9"}).height == 1


@pytest.mark.parametrize(("cells", "match"), [
    ({"model_name": " "}, r"epoch_ai_models \(all\): key 'model_name' is blank in 1 rows"),
    ({"training_compute_flop": "0"}, "'training_compute_flop' is zero or negative"),
    ({"parameters": "-1"}, "zero or negative"),
    ({"training_cost_usd_2023": "cheap"}, "no numbers"),
    ({"publication_date": "May 2024"}, "no days"),
    ({"accessibility": "By post"}, r"'accessibility' holds unknown words \['By post'\]"),
    ({"compute_confidence": "Sure"}, "compute_confidence"),
    ({"open_weights": "Perhaps"}, "open_weights"),
    ({"organization_kinds": "Industry,Guild"}, r"'organization_kinds' holds unknown words \['Guild'\]"),
    ({"compute_methods": "Dowsing"}, "compute_methods"),
    ({"domains": "Language,Cooking"}, "Cooking"),
])  # fmt: skip
def test_a_cell_outside_the_known_world_is_refused(cells: Row, match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        read(model(**cells))


def test_a_renamed_column_stops_the_refresh_and_says_what_to_do() -> None:
    with pytest.raises(BadPayload, match=r"training_compute_flop' is gone.*add the new name to ALIASES"):
        read(model(), spellings={"training_compute_flop": "Compute"})


def test_a_column_that_only_another_file_may_lack_stops_the_refresh() -> None:
    with pytest.raises(BadPayload, match=r"organization_kinds' is gone"):
        read(model(), lacking=("organization_kinds",))


def test_an_unknown_column_stops_the_refresh() -> None:
    with pytest.raises(BadPayload, match=r"unknown columns \['Colour'\]"):
        read(model(), further={"Colour": "red"})


def test_an_archive_without_one_of_its_files_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as written:
        written.writestr(MEMBERS["all"], sheet([model()]))
        written.writestr("tiny_ai_models.csv", "x")
    with pytest.raises(BadPayload, match=r"lacks \['frontier_ai_models\.csv', .* has unknown \['tiny_ai_models\.csv'\]; adapt MEMBERS"):
        parse(held.getvalue(), ARCHIVE)


@pytest.mark.parametrize("file", SOURCE.files)
@pytest.mark.parametrize("payload", [b"<html>Not found</html>", b"a,b\n1,2\n", b"\xff\xfe\x00x"])
def test_what_is_no_such_file_is_refused(file: Any, payload: bytes) -> None:
    with pytest.raises(BadPayload, match="epoch_ai_models"):
        parse(payload, file)


CAPTURED = [("2025-11-01", 3169, [942, 471, 131], 3.4078e24), ("2026-03-30", 3236, [981, 491, 137], 3.3e24)]


@pytest.mark.parametrize(("day", "rows", "listed", "deepseek_v3"), CAPTURED)
def test_every_captured_archive_is_read_whole(day: str, rows: int, listed: list[int], deepseek_v3: float, captures: Path) -> None:
    payload = (captures / "epoch_ai_models" / day / "ai_models.zip").read_bytes()
    frame = SOURCE.conform(parse(payload, ARCHIVE))
    assert frame.filter(pl.col("member") == "all").height == rows
    distinct = frame.unique("model_name")
    assert [distinct[f"is_{flag}"].sum() for flag in ("notable", "large_scale", "frontier")] == listed
    assert frame.filter(model_name="DeepSeek-V3")["training_compute_flop"].to_list() == [deepseek_v3]
    gpt_4 = frame.filter(pl.col("model_name").is_in(["GPT-4", "GPT-4 (Mar 2023)"])).select("publication_date", "training_compute_flop")
    assert gpt_4.rows() == [(date(2023, 3, 15), 2.1e25)]


@pytest.mark.parametrize(("day", "rows", "deepseek_v3"), [("2025-02-24", 895, 4.56e24), ("2026-01-20", 969, 3.4078e24)])
def test_every_captured_notable_file_is_read_whole(day: str, rows: int, deepseek_v3: float, captures: Path) -> None:
    frame = SOURCE.conform(parse((captures / "epoch_notable_models" / day / "notable_ai_models.csv").read_bytes(), NOTABLE))
    assert frame.height == rows
    assert frame.filter(model_name="DeepSeek-V3")["training_compute_flop"].to_list() == [deepseek_v3]


def test_a_withdrawn_figure_is_null_and_not_zero(captures: Path) -> None:
    before = parse((captures / "epoch_notable_models" / "2025-02-24" / "notable_ai_models.csv").read_bytes(), NOTABLE)
    after = parse((captures / "epoch_ai_models" / "2026-03-30" / "ai_models.zip").read_bytes(), ARCHIVE)
    withdrawn = [frame.filter(model_name="GPT-4o")["training_compute_flop"].to_list() for frame in (before, after)]
    assert withdrawn == [[3.81e25], [None]]


def test_no_column_is_both_read_and_ignored() -> None:
    assert not {name for spellings in ALIASES.values() for name in spellings} & set(IGNORED)
