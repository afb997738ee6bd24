"""models: one row a model whatever its spelling, figures as last stated, unknown as null."""

from datetime import date
from pathlib import Path
from typing import Any

import epoch
import polars as pl
import pytest

from indicators.model import ContractBroken
from indicators.tables._slugs import model_slug


def built(*rows: dict[str, Any], **given: Any) -> pl.DataFrame:
    return epoch.built(*rows, **given)["models"]


def model(**cells: Any) -> dict[str, Any]:
    return built(epoch.row("Model 1", **cells)).row(0, named=True)


def test_what_is_blank_stays_unknown() -> None:
    row = model()
    unknown = ("publication_date", "parameters", "training_compute_flop", "training_cost_usd_2023", "accessibility_code", "is_open_weights")
    assert [row[name] for name in unknown] == [None] * len(unknown)
    assert (row["compute_confidence_code"], row["domains"], row["country_codes"]) == ("unknown", None, ["CHN"])


@pytest.mark.parametrize(("confidence", "low", "high"), [
    ("Confident", 1e24, 9e24), ("Likely", 3e23, 3e25), ("Speculative", 1e23, 9e25), ("Unknown", None, None), (None, None, None),
])  # fmt: skip
def test_bounds_follow_from_confidence(confidence: str | None, low: float | None, high: float | None) -> None:
    row = model(training_compute_flop=3e24, compute_confidence=confidence)
    assert (row["training_compute_low_flop"], row["training_compute_high_flop"]) == (low, high)


def test_a_bound_that_epoch_states_counts_on_its_side_of_the_figure_only() -> None:
    stated = {"training_compute_low_flop": 2e24, "training_compute_high_flop": 2.5e24}
    row = model(training_compute_flop=3e24, compute_confidence="Confident", **stated)
    assert (row["training_compute_low_flop"], row["training_compute_high_flop"]) == (2e24, 9e24)


def test_a_bound_without_a_figure_is_not_kept() -> None:
    assert model(training_compute_low_flop=5.423)["training_compute_low_flop"] is None


def test_an_unknown_confidence_stops_the_build() -> None:
    with pytest.raises(ContractBroken, match=r"unknown confidence \['Certain'\]; add it to data/reference/compute_confidence\.csv"):
        model(compute_confidence="Certain")


@pytest.mark.parametrize(("accessibility", "open_weights", "is_open"), [
    ("Open weights (restricted use)", None, True), ("API access", None, False), ("Unreleased", "No", False), (None, None, None),
    (None, "Yes", True),
])  # fmt: skip
def test_weights_are_open_as_stated_else_as_the_way_of_access_says(
    accessibility: str | None, open_weights: str | None, is_open: Any
) -> None:
    assert model(accessibility=accessibility, open_weights=open_weights)["is_open_weights"] is is_open


def test_an_id_outlives_a_rename_upstream() -> None:
    aliases = epoch.curated("model_aliases", "GPT-4,epoch_ai_models,GPT-4 (Mar 2023),renamed")
    names = ("model_id", "model_name", "source_model_name")
    before, after = (built(epoch.row(name), model_aliases=aliases).select(names).row(0) for name in ("GPT-4", "GPT-4 (Mar 2023)"))
    assert before == ("gpt-4-mar-2023", "GPT-4 (Mar 2023)", "GPT-4")
    assert after == ("gpt-4-mar-2023", "GPT-4 (Mar 2023)", "GPT-4 (Mar 2023)")


def test_an_alias_of_another_source_renames_nothing() -> None:
    aliases = epoch.curated("model_aliases", "GPT-4,epoch_eci,GPT-4 (Mar 2023),theirs")
    assert built(epoch.row("GPT-4"), model_aliases=aliases)["model_id"].to_list() == ["gpt-4"]


def test_of_rows_with_one_name_the_one_that_states_most_counts_whole() -> None:
    ghost = epoch.row("Tulu 3", publication_date=date(2024, 11, 20), organizations=None, is_notable=False, parameters=7e10)
    full = epoch.row("Tulu 3", publication_date=date(2024, 11, 21), training_compute_flop=1e24, is_large_scale=True)
    for rows in ((ghost, full), (full, ghost)):
        (row,) = built(*rows).to_dicts()
        assert (row["publication_date"], row["parameters"], row["source_row_count"]) == (date(2024, 11, 21), None, 2)
        assert (row["is_notable"], row["is_large_scale"]) == (True, True)


def test_names_that_differ_in_signs_only_get_ids_of_their_own_and_the_older_keeps_the_plain_one() -> None:
    rows = [epoch.row("Nova-2", publication_date=date(2023, 9, 19)), epoch.row("Nova 2", publication_date=date(2025, 12, 2))]
    for order in (rows, rows[::-1]):
        assert built(*order).select("model_id", "model_name").rows() == [("nova-2", "Nova-2"), ("nova-2-2025-12-02", "Nova 2")]


@pytest.mark.parametrize(("name", "slug"), [
    ("Qwen2.5-VL 7B", "qwen2.5-vl-7b"), ("Command R+", "command-r-plus"), ("PanGu-Σ", "pangu-sigma"), ("PanGu-α", "pangu-alpha"),
    ("NÜWA", "nuwa"), ("µFormer", "muformer"), ("Infinity (无涯)", "infinity"), ("(ensemble): AWD × 5", "ensemble-awd-5"),
])  # fmt: skip
def test_signs_that_tell_models_apart_stay_in_the_id(name: str, slug: str) -> None:
    assert pl.select(model_slug(pl.lit(name))).item() == slug


@pytest.mark.parametrize(("archive", "notable", "counts"), [
    ("live", "live", "archive"), ("snapshot", "live", "archive"), ("baseline", "live", "notable"), ("baseline", "baseline", "archive"),
])  # fmt: skip
def test_the_archive_counts_unless_only_the_notable_file_was_fetched(archive: str, notable: str, counts: str) -> None:
    rows = [epoch.row("archive"), epoch.row("notable", file_name=epoch.NOTABLE, member="notable", is_large_scale=None)]
    assert built(*rows, origins={epoch.ARCHIVE: archive, epoch.NOTABLE: notable})["model_id"].to_list() == [counts]


def test_multinational_is_no_country_and_is_told() -> None:
    row = model(countries=["Multinational", "China", "China"])
    assert (row["country_codes"], row["is_multinational"]) == (["CHN"], True)


ANCHORS = (
    epoch.row("GPT-4 (Mar 2023)", publication_date=date(2023, 3, 15), training_compute_flop=2.1e25, is_frontier=True,
              is_large_scale=True),
    epoch.row("DeepSeek-V3", publication_date=date(2024, 12, 24), training_compute_flop=3.3e24, parameters=671e9,
              is_large_scale=True, training_hardware=["NVIDIA H800 SXM5"]),
)  # fmt: skip
FAULTS = [
    (ANCHORS[:1], "Is DeepSeek-V3 of 2024-12-24"),
    ((ANCHORS[1], ANCHORS[0] | {"training_compute_flop": None}), "Is GPT-4 of 2023-03-15"),
    ((*ANCHORS, epoch.row("Of tomorrow", publication_date=date(2026, 5, 1))), "Is no model dated later than 31 days"),
    ((*ANCHORS, epoch.row("Marked", training_compute_flop=5.0000000000001e26)), "Is no figure of compute marked"),
    ((*ANCHORS, epoch.row("Odd", accessibility="API access", open_weights="Yes")), "Do open weights and the way of access"),
    ((*ANCHORS, epoch.row("We employ various filters.")), "Is every name a name"),
    ((*ANCHORS, epoch.row(("a title " * 19).strip())), "Is every name a name"),
    ((*ANCHORS, epoch.row(("a title " * 17).strip())), ""),
    ((*ANCHORS, epoch.row("Of Canada", countries=["Canada"])), ""),
]


@pytest.mark.parametrize(("rows", "question"), FAULTS)
def test_what_cannot_be_right_is_found_by_the_audit(rows: tuple[dict[str, Any], ...], question: str, tmp_path: Path) -> None:
    codes = epoch.curated("country_aliases", "Canada,CAN,epoch_ai_models,x")
    audit = epoch.audited(epoch.write(tmp_path, epoch.built(*rows, country_aliases=codes)), "models")
    found = [finding.question for finding in audit.findings if not finding.passed and not finding.is_warning]
    expected = ["Are there between 760", "Are there at least 750 notable", *([question] if question else [])]
    assert sorted(asked[:20] for asked in found) == sorted(asked[:20] for asked in expected)


@pytest.mark.parametrize("flop", [0.5, 2e28])
def test_compute_beyond_any_machine_is_blocked(flop: float, tmp_path: Path) -> None:
    audit = epoch.audited(epoch.write(tmp_path, epoch.built(*ANCHORS, epoch.row("Odd", training_compute_flop=flop))), "models")
    assert "models.training_compute_flop: " in audit.message()


def test_a_quarter_of_the_models_gone_is_blocked(tmp_path: Path) -> None:
    rows = [*ANCHORS, *(epoch.row(f"M{number}") for number in range(38))]
    before = epoch.write(tmp_path / "before", epoch.built(*rows))
    for kept, passed in ((37, True), (30, False)):
        audit = epoch.audited(epoch.write(tmp_path / str(kept), epoch.built(*rows[:kept])), "models", before)
        (answer,) = [is_passed for question, is_passed in epoch.answers(audit).items() if "of the rows of release" in question]
        assert answer is passed


DOUBTS = [
    (epoch.row("GPT-4 (Jun 2023)", publication_date=date(2023, 3, 15)), "Is no model dated before the month in its own name?"),
    (
        epoch.row("Unlisted", training_compute_flop=2e23),
        "Is every model above 1e23 FLOP on the list of large-scale models (those it lacks count in large_scale_models all the same)?",
    ),
    (epoch.row("Kimi K2.5", member="large_scale"), "Is every model in the file of all models?"),
    (epoch.row("Undated"), "Has every model a date?"),
]


@pytest.mark.parametrize(("row", "question"), DOUBTS)
def test_what_is_doubtful_is_told_by_name(row: dict[str, Any], question: str, tmp_path: Path) -> None:
    audit = epoch.audited(epoch.write(tmp_path, epoch.built(*ANCHORS, row)), "models")
    (told,) = [finding for finding in audit.warnings if finding.question == question]
    assert [found["model_name"] for found in told.sample] == [row["model_name"]]


def test_a_stale_mark_of_frontier_models_and_a_repeated_name_are_told(tmp_path: Path) -> None:
    audit = epoch.audited(epoch.write(tmp_path, epoch.built(*ANCHORS, ANCHORS[1])), "models")
    told = " ".join(finding.question for finding in audit.warnings)
    assert "Is the mark of frontier models kept up" in told
    assert "Is every name given once" in told


VINTAGES = [
    ("2026-03-30", "2025-02-24", "baseline", 895, 4.56e24, 3.81e25),
    ("2025-11-01", "2025-02-24", "live", 3228, 3.4078e24, None),
    ("2025-11-01", "2026-01-20", "live", 3228, 3.4078e24, None),
    ("2026-03-30", "2026-01-20", "live", 3301, 3.3e24, None),
]


@pytest.mark.parametrize(("archive", "notable", "origin", "rows", "deepseek_v3", "gpt_4o"), VINTAGES)
def test_every_captured_vintage_gives_models_that_pass_their_audit(  # noqa: PLR0913, PLR0917
    archive: str, notable: str, origin: str, rows: int, deepseek_v3: float, gpt_4o: float | None, captures: Path, tmp_path: Path
) -> None:
    made = epoch.from_captures(captures, archive, notable, origin)
    assert made["models"].height == rows
    known = dict(made["models"].select("model_id", "training_compute_flop").iter_rows())
    assert [known[name] for name in ("gpt-4-mar-2023", "deepseek-v3", "gpt-4o")] == [2.1e25, deepseek_v3, gpt_4o]
    codes = pl.concat([made["organizations"]["country_code"].drop_nulls(), made["models"]["country_codes"].explode().drop_nulls()]).unique()
    day = notable if origin == "baseline" else archive
    folder = epoch.write(tmp_path, made, day, countries=codes.to_frame("country_code"))
    assert [audit.message() for audit in (epoch.audited(folder, name) for name in epoch.TABLES) if not audit.passed] == []
