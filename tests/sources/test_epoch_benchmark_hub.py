"""Epoch AI's benchmarking hub: files by base name wherever they lie, planned columns, scores as printed, and a closed world."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from indicators.model import BadPayload
from indicators.sources.epoch_benchmark_hub import IGNORED, INDEX, NOT_SCORES, SOURCE, _plans, parse

FILE = SOURCE.files[0]
VERSION = {"Model version": "m-1_high", "Release date": "2025-04-16", "Organization": "Lab", "Country": "China"}
INDEX_ROWS = [{**VERSION, "ECI Score": "130.5", "Model name": "M 1"}]


def archive(files: dict[str, list[dict[str, str]]]) -> bytes:
    """An archive with the given tables, by path; the index is added where it is not among them."""
    whole = {f"{INDEX}.csv": INDEX_ROWS} | files
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        opened.writestr("README.md", "Licensing")
        for path, rows in whole.items():
            opened.writestr(path, pl.DataFrame(rows).write_csv())
    return packed.getvalue()


def read(files: dict[str, list[dict[str, str]]]) -> list[dict[str, Any]]:
    """The rows of every file but the index."""
    rows = SOURCE.conform(parse(archive(files), FILE))
    return rows.filter(pl.col("benchmark_file") != INDEX).to_dicts()


def test_a_run_of_epochs_own_is_read_as_printed() -> None:
    run = {
        **VERSION,
        "mean_score": "0.75",
        "Best score (across scorers)": "0.8",
        "stderr": "0.02",
        "Started at": "2025-06-06T23:18:34.911Z",
    }
    (row,) = read({"gpqa_diamond.csv": [run]})
    assert (row["benchmark_file"], row["model_version"], row["score"], row["standard_error"]) == ("gpqa_diamond", "m-1_high", 0.75, 0.02)
    assert (row["release_date"], row["evaluated_date"], row["organizations"]) == (date(2025, 4, 16), date(2025, 6, 6), "Lab")


def test_the_older_spelling_of_a_score_is_known() -> None:
    (row,) = read({"gpqa_diamond.csv": [{**VERSION, "Best score (across scorers)": "0.8"}]})
    assert row["score"] == 0.8
    averages = [read({"weirdml_external.csv": [{**VERSION, name: "0.5"}]})[0]["score"] for name in ("Average", "Accuracy")]
    assert averages == [0.5, 0.5]


@pytest.mark.parametrize("path", ["mmlu_external.csv", "benchmark_data/mmlu_external.csv", "epoch_capabilities_index/x/mmlu_external.csv"])
def test_a_file_is_known_by_base_name_wherever_it_lies(path: str) -> None:
    (row,) = read({path: [{**VERSION, "EM": "0.6", "Shots": "5", "Notes": "prose"}]})
    assert (row["benchmark_file"], row["setting"], row["score"]) == ("mmlu_external", "5", 0.6)


def test_scores_are_not_rescaled_here() -> None:
    (row,) = read({"aider_polyglot_external.csv": [{**VERSION, "Percent correct": "88.0"}]})
    assert row["score"] == 88.0


def test_the_index_names_models_and_may_leave_scores_blank() -> None:
    rows = parse(archive({f"{INDEX}.csv": [{**VERSION, "ECI Score": "", "Model name": "M 1"}]}), FILE)
    assert rows.select("model_name", "score").rows() == [("M 1", None)]


def test_a_row_without_a_version_is_kept_for_counting_and_its_name_is_not_read() -> None:
    (row,) = read({"terminalbench_external.csv": [VERSION | {"Model version": " ", "Accuracy mean": "0.2", "Agent": "an account"}]})
    assert (row["model_version"], row["score"], row["setting"]) == (None, 0.2, None)
    assert "account" not in str(row)


def test_every_unknown_file_is_named_with_the_remedy() -> None:
    with pytest.raises(BadPayload, match=r"unknown files \['new_bench', 'other_external'\].*data/reference/benchmarks\.csv"):
        read({"x/new_bench.csv": [VERSION], "other_external.csv": [VERSION]})


@pytest.mark.parametrize("name", NOT_SCORES)
def test_files_about_the_fit_are_known_and_not_read(name: str) -> None:
    assert read({f"additional_eci_data/{name}.csv": [{"anything": "1"}]}) == []


@pytest.mark.parametrize(("rows", "match"), [
    ([VERSION | {"EM": "0.5", "Colour": "red"}], r"mmlu_external\.csv, as data/reference/benchmarks\.csv plans it: unknown columns \['Colour'\]"),
    ([VERSION | {"Exact match": "0.5"}], r"mmlu_external.*column for 'score' is gone; known spellings: \['EM'\]"),
    ([VERSION | {"EM": "half"}], r"'score' holds \['half'\], which are no numbers"),
    ([VERSION | {"EM": "0.5", "Release date": "May 2024"}], "no days"),
    ([{name: cell for name, cell in VERSION.items() if name != "Country"} | {"EM": "0.5"}], "column for 'countries' is gone"),
])  # fmt: skip
def test_a_table_outside_its_plan_is_refused(rows: list[dict[str, str]], match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        read({"mmlu_external.csv": rows})


def test_an_archive_without_the_index_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        opened.writestr("mmlu_external.csv", pl.DataFrame([VERSION | {"EM": "0.5"}]).write_csv())
    with pytest.raises(BadPayload, match=f"{INDEX}.csv is gone"):
        parse(packed.getvalue(), FILE)


def test_a_version_twice_in_the_index_is_refused() -> None:
    with pytest.raises(BadPayload, match="repeats"):
        read({f"{INDEX}.csv": INDEX_ROWS * 2})


@pytest.mark.parametrize("payload", [b"", b"<html>no</html>", b"PK\x03\x04 torn", archive({})[:-30]])
def test_what_is_no_archive_is_refused(payload: bytes) -> None:
    with pytest.raises(BadPayload, match="epoch_benchmark_hub"):
        parse(payload, FILE)


def test_an_archive_that_unpacks_without_end_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("mmlu_external.csv", b"0" * 60_000_000)
    assert len(packed.getvalue()) < SOURCE.max_bytes
    with pytest.raises(BadPayload, match="epoch_benchmark_hub"):
        parse(packed.getvalue(), FILE)


def test_no_plan_reads_and_ignores_the_same_column() -> None:
    for name, plan in _plans().items():
        read_columns = {*plan.score_columns, *plan.optional.values()}
        assert not read_columns & {*IGNORED, *plan.ignored_columns}, name


@pytest.mark.parametrize(("day", "files", "rows", "versions"), [
    ("2025-11-02", 43, 3_336, 425), ("2025-12-23", 45, 3_638, 496), ("2026-04-29", 50, 4_441, 608),
])  # fmt: skip
def test_every_capture_is_read_whole(captures: Path, day: str, files: int, rows: int, versions: int) -> None:
    found = SOURCE.conform(parse((captures / "epoch_benchmark_hub" / day / "benchmark_data.zip").read_bytes(), FILE))
    assert (found["benchmark_file"].n_unique(), found.height, found.filter(benchmark_file=INDEX).height) == (files, rows, versions)


def test_known_good_facts_of_the_newest_capture_hold(captures: Path) -> None:
    found = parse((captures / "epoch_benchmark_hub" / "2026-04-29" / "benchmark_data.zip").read_bytes(), FILE)
    assert found.filter(benchmark_file="gpqa_diamond").height == 160
    index = found.filter(benchmark_file=INDEX)
    assert (index["score"].count(), index["organizations"].null_count()) == (369, 100)
    assert index.filter(model_name="o3")["release_date"].unique().to_list() == [date(2025, 4, 16)]
    assert index.filter(model_version="Kimi-K2-Instruct-0905")["release_date"].to_list() == [date(2025, 9, 5)]


def test_the_capture_of_december_dates_a_version_a_year_early_as_printed(captures: Path) -> None:
    found = parse((captures / "epoch_benchmark_hub" / "2025-12-23" / "benchmark_data.zip").read_bytes(), FILE)
    early = found.filter(benchmark_file=INDEX, model_version="Kimi-K2-Instruct-0905")
    assert early["release_date"].to_list() == [date(2024, 9, 5)]
