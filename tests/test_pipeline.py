"""The steps as plain functions: what a table is made from, what may go out, what is judged together."""

import functools
import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from indicators.model import AuditFailed, ContractBroken, Folders
from indicators.pipeline import Pipeline, origins, permissions
from indicators.snapshots import Transport, baseline
from indicators.sources import sources
from indicators.tables import inputs, lineage, requires, seen_by, tables

BASELINE_LIMIT = 15_000_000


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(Folders(tmp_path))


def behind(name: str) -> set[str]:
    """The tables that must stand before a table is built and judged, the one asked for left out."""
    direct = requires(tables()[name]) & set(tables())
    return direct.union(*(behind(other) for other in direct)) - {name}


def build(pipeline: Pipeline, *names: str) -> None:
    """Build some tables after everything that they need, each once."""
    asked = set(names).union(*(behind(name) for name in names))
    for name in tables():
        if name in asked:
            pipeline.build(name)


def test_the_path_of_a_figure_is_known() -> None:
    assert lineage("accelerator_control_status") >= {"epoch_ml_hardware", "reference_control_thresholds"}
    assert lineage("paper_counts") >= {"paperlists", "country_codes"}


def test_tables_come_after_what_they_need() -> None:
    order = list(tables())
    for name, module in tables().items():
        assert all(order.index(other) < order.index(name) for other in requires(module) if other in order), name
    public = [name for name in order if not permissions.is_private(name)]
    assert {asked for name in public[-2:] for asked in inputs(tables()[name])} == {"verdicts"}
    assert seen_by("claims") >= {"indicator_values", "countries"}
    assert not seen_by("claims") & {"claims", "claim_evidence"}
    assert seen_by("countries") == set()


def test_rows_of_an_unlicensed_source_leave_only_through_aggregates(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tables()["paper_counts"]
    build(pipeline, "venue_coverage", "paper_counts")
    assert pipeline.audit("paper_counts").passed
    monkeypatch.setattr(module, "TABLE", replace(module.TABLE, is_aggregate=False))
    audit = pipeline.audit("paper_counts")
    assert not audit.passed
    assert "'source_id': 'paperlists'" in audit.message()


def test_no_released_table_is_made_from_single_papers() -> None:
    restricted = {source_id for source_id, module in sources().items() if module.SOURCE.redistribution == "aggregates_only"}
    for name, module in tables().items():
        if module.TABLE.is_released and lineage(name) & restricted:
            assert module.TABLE.is_aggregate, name


def test_an_unknown_country_stops_at_the_first_gate_with_the_remedy(pipeline: Pipeline) -> None:
    build(pipeline, *behind("capability_scores"))
    (part,) = pipeline.rows("epoch_eci")
    lost = part.frame.with_columns(countries=pl.lit("Atlantis"))
    pipeline.parts["epoch_eci"] = [replace(part, read=lost.clone)]
    with pytest.raises(ContractBroken, match=r"capability_scores: unknown country names \['Atlantis'\]; add each to data/reference"):
        pipeline.build("capability_scores")


def test_a_value_out_of_range_is_found_in_a_real_table(pipeline: Pipeline) -> None:
    (part,) = pipeline.rows("epoch_eci")
    absurd = part.frame.with_columns(eci=pl.when(pl.col("model_name") == "GPT-4o (Nov 2024)").then(9000.0).otherwise("eci"))
    pipeline.parts["epoch_eci"] = [replace(part, read=absurd.clone)]
    build(pipeline, "sources", "capability_scores")
    message = pipeline.audit("capability_scores").message()
    assert "capability_scores.score: score: is it between 0 and 300? No: 1 failing" in message
    assert "gpt-4o-nov-2024" in message


def test_a_table_judged_beside_another_version_of_its_neighbour_is_not_assembled(pipeline: Pipeline) -> None:
    audits = pipeline.folders.candidate / "audit"
    audits.mkdir(parents=True)
    for name in tables():
        beside = {"countries": "an older one"} if name == "capability_scores" else {}
        spent = {"seconds_loading": 0, "seconds_judging": 0, "seconds_measuring": 0}
        (audits / f"{name}.json").write_text(json.dumps({"table": name, "sha256": "x", "passed": True, "beside": beside} | spent))
    with pytest.raises(AuditFailed, match=r"capability_scores: \['countries'\] changed after its audit"):
        pipeline.assemble()


def test_a_table_without_an_audit_is_not_assembled(pipeline: Pipeline) -> None:
    with pytest.raises(AuditFailed, match="was not audited"):
        pipeline.assemble()


def test_the_baseline_covers_every_source_is_small_and_holds_no_prose_and_no_address() -> None:
    folder = Folders(Path("/unused")).baseline
    assert {entry.source_id for entry in baseline.index(folder)} == {
        source_id for source_id, module in sources().items() if not module.SOURCE.may_be_absent
    }
    assert sum(path.stat().st_size for path in folder.iterdir()) < BASELINE_LIMIT
    for path in folder.glob("*.parquet"):
        frame = pl.read_parquet(path)
        titles_of_papers = {"title"} if sources()[path.stem].SOURCE.redistribution != "open" else set()
        assert not ({"abstract", "author", "author_name", "email", "address", "notes"} | titles_of_papers) & set(frame.columns)
        texts = frame.select(pl.selectors.string())
        assert not [name for name in texts.columns if texts[name].str.contains(r"[\w.]+@[\w-]+\.\w").any()], path.name


def test_a_baseline_written_from_snapshots_reads_back_as_parsed(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (before,) = pipeline.rows("epoch_eci")
    monkeypatch.setattr(Folders, "baseline", property(lambda _self: tmp_path / "baseline"))
    pipeline.write_baseline("epoch_eci")
    (after,) = Pipeline(Folders(tmp_path)).rows("epoch_eci")
    assert after.frame.equals(before.frame)
    assert after.provenance == before.provenance


def test_what_stands_in_for_files_that_could_not_be_had_is_told_by_source(tmp_path: Path) -> None:
    run = Pipeline(Folders(tmp_path / "data"), transport=functools.partial(Transport, mirror=str(tmp_path)))
    assert run.standing_in() == {}
    held = {}
    for source_id in ("country_codes", "ecfr_entity_list", "federal_register_bis"):
        run.refresh(source_id)
        held[source_id] = [entry.as_of_date for entry in baseline.files(run.folders.baseline, source_id).values()]
    told = run.standing_in()
    assert told["country_codes"] == f"the baseline of {held['country_codes'][0]} stands in"
    assert told["ecfr_entity_list"] == f"the baseline of {held['ecfr_entity_list'][0]} stands in"
    listed = held["federal_register_bis"]
    assert told["federal_register_bis"] == f"the baseline of {max(listed)} stands in" + f" for {len(listed)} files" * (len(listed) > 1)


def test_older_snapshots_stand_in_before_the_baseline_and_what_nothing_stands_in_for_is_named(pipeline: Pipeline) -> None:
    (part,) = pipeline.rows("epoch_eci")
    one = replace(part.provenance, file_name="a.csv", as_of_date=None, retrieved_at="2026-02-05T01:00:00+00:00", origin_code="snapshot")
    found = [
        one,
        replace(one, file_name="b.csv", retrieved_at="2026-02-04T01:00:00+00:00"),
        replace(one, file_name="c.csv", origin_code="live"),
    ]
    base = replace(one, file_name="d.csv", retrieved_at="", origin_code="baseline")
    older = "an older snapshot of 2026-02-05 stands in for 2 files"
    assert origins.standing_in(found, {"a.csv", "b.csv"}) == older
    assert origins.standing_in([*found, base], {"d.csv", "e.csv"}) == (
        f"{older}; the baseline of an unknown day stands in; nothing stands in for e.csv"
    )


def test_a_new_conference_year_builds_its_own_part_and_no_other(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    module, names = sources()["paperlists"], ("papers", "paper_affiliations", "paper_counts")
    source = module.SOURCE
    build(pipeline, *behind("paper_counts") - set(names))
    for count, built in ((5, 5), (6, 1)):
        monkeypatch.setattr(module, "SOURCE", replace(source, files=source.files[:count]))
        pipeline.parts.clear()
        build(pipeline, *names)
        assert [pipeline.rebuilt[name] for name in names] == [built] * 3
        assert pl.read_parquet(pipeline.folders.working / "papers.parquet").unique(["venue_code", "year"]).height == count
