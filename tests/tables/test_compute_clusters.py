"""Compute clusters as a table: ids that last, phases that count once, a loss outside the core, and rules that find what is wrong."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import gates
import polars as pl
import pytest

from indicators.model import SCHEMA_VERSION, ContractBroken, Folders
from indicators.quality import Previous
from indicators.sources import country_codes, epoch_gpu_clusters
from indicators.tables.compute.compute_clusters import TABLE, build

CODES = pl.DataFrame(
    {name: ["China", "Hong Kong", "United States of America"] for name in ("official_name", "display_name", "un_short_name")}
).with_columns(iso3_code=pl.Series(["CHN", "HKG", "USA"]))
ALIASES = pl.DataFrame({"alias": ["United States"], "country_code": ["USA"]})
CHIPS = pl.DataFrame(
    {
        "accelerator_name": ["NVIDIA H100 SXM5 80GB", "NVIDIA GB300 (Blackwell Ultra)"],
        "accelerator_id": ["h100", "gb300"],
        "total_processing_performance": [15832.0, 40000.0],
    }
)
NAMELESS = "Anonymized Chinese System"
H100, GB300 = CHIPS["accelerator_name"]


def stated(*clusters: dict[str, Any]) -> pl.DataFrame:
    usual = {"cluster_name": "Cluster", "status": "Existing", "certainty": "Confirmed", "country_name": "China"}
    known = {"first_operational_date": date(2024, 1, 1), "h100_equivalents": 1000.0, "is_in_standard_analysis": True}
    rows = [usual | known | {"is_possible_duplicate": False} | cluster for cluster in clusters]
    schema = dict(epoch_gpu_clusters.SOURCE.schema)
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def table(rows: pl.DataFrame) -> pl.DataFrame:
    return TABLE.conform(build(rows, CHIPS, CODES, ALIASES))


def built(*clusters: dict[str, Any]) -> pl.DataFrame:
    return table(stated(*clusters))


def failures(question: str, clusters: pl.DataFrame, as_of: date = date(2026, 3, 30)) -> int:
    rule = next(rule for rule in TABLE.rules if rule.question.startswith(question))
    with duckdb.connect() as database:
        database.register("compute_clusters", clusters.to_arrow())
        database.register("accelerators", CHIPS.to_arrow())
        database.register("sources", pl.DataFrame({"source_id": ["epoch_gpu_clusters"], "as_of_date": [as_of]}).to_arrow())
        return len(database.execute(rule.failing_rows).fetchall())


MANY = stated(
    *({"cluster_name": NAMELESS, "h100_equivalents": float(size), "first_operational_date": None} for size in (300, 200, 400)),
    *({"cluster_name": NAMELESS, "first_operational_date": date(2010 + year, 1, 1)} for year in (3, 1, 2)),
    *({"cluster_name": NAMELESS, "status": "Planned", "is_in_standard_analysis": False, "h100_equivalents": float(n)} for n in (9, 7, 8)),
)


def test_an_id_is_the_slug_and_the_ordinal_among_equals() -> None:
    rows = built({"cluster_name": "Petrobras Fênix Phase 1"}, {"cluster_name": "A/B, C"}, {"cluster_name": "a b (c)"})
    assert rows["cluster_id"].to_list() == ["a-b-c-1", "a-b-c-2", "petrobras-fenix-phase-1-1"]


def test_ids_do_not_depend_on_the_order_of_the_file_or_the_last_digits_of_a_float() -> None:
    noisy = MANY.with_columns(pl.col("h100_equivalents") * (1 + 1e-12)).sample(fraction=1, shuffle=True, seed=1)
    assert table(noisy).equals(table(MANY))


def test_ids_of_the_standard_analysis_outlive_the_loss_of_all_others() -> None:
    whole, kept = table(MANY), table(MANY.filter("is_in_standard_analysis"))
    assert (whole.height, kept.height) == (9, 6)
    assert whole.filter("is_in_standard_analysis").equals(kept)


def test_a_new_nameless_cluster_leaves_the_ids_of_earlier_ones() -> None:
    dated = MANY.filter(pl.col("first_operational_date").is_not_null(), "is_in_standard_analysis")
    newer = pl.concat([stated({"cluster_name": NAMELESS, "first_operational_date": date(2026, 1, 1)}), dated])
    assert table(newer).head(dated.height).equals(table(dated))


def test_hong_kong_is_apart_and_a_blank_country_is_unknown() -> None:
    rows = built({"country_name": "Hong Kong"}, {"country_name": None}, {"country_name": "United States of America"})
    assert sorted(rows["country_code"].fill_null("?")) == ["?", "HKG", "USA"]
    assert failures("Is the country of every cluster known?", rows) == 1


def test_an_unknown_country_stops_the_build() -> None:
    with pytest.raises(ContractBroken, match=r"compute_clusters: unknown country names \['Atlantis'\]"):
        built({"country_name": "Atlantis"})


def test_a_chip_is_linked_by_its_exact_name_alone() -> None:
    rows = built({"primary_chip_name": H100, "secondary_chip_name": GB300}, {"cluster_name": "Other", "primary_chip_name": "NVIDIA H100"})
    linked = rows.select("accelerator_name", "accelerator_id", "secondary_accelerator_id").rows()
    assert linked == [(H100, "h100", "gb300"), ("NVIDIA H100", None, None)]
    assert failures("Is every printed chip an accelerator?", rows) == 1


def test_a_count_with_the_noise_of_a_float_is_a_whole_number() -> None:
    rows = built({"primary_chip_count": 30000.000000000004, "total_chip_count": None})
    assert rows.select("accelerator_count", "total_accelerator_count").row(0) == (30000, None)


def test_a_phase_knows_the_phase_that_takes_it_in() -> None:
    rows = built({"cluster_name": "Phase 1", "superseded_by_name": "Phase 2"}, {"cluster_name": "Phase 2"})
    assert rows.select("cluster_id", "superseded_by_id").rows() == [("phase-1-1", "phase-2-1"), ("phase-2-1", None)]
    assert failures("Is every later phase listed?", rows) == 0


@pytest.mark.parametrize("others", [[], [{"cluster_name": "Phase 2"}] * 2])
def test_a_later_phase_that_is_absent_or_not_the_only_one_of_its_name_is_no_link(others: list[dict[str, Any]]) -> None:
    rows = built({"cluster_name": "Phase 1", "superseded_by_name": "Phase 2"}, *others)
    assert rows.filter(cluster_name="Phase 1")["superseded_by_id"].to_list() == [None]
    assert failures("Is every later phase listed?", rows) == 1


@pytest.mark.parametrize(("question", "cluster"), [
    ("Are there between 410 and 964", {}),
    ("Does every cluster of the standard analysis exist", {"status": "Planned"}),
    ("Does every cluster of the standard analysis exist", {"is_possible_duplicate": True}),
    ("Does no existing cluster begin", {"first_operational_date": date(2026, 4, 1)}),
    ("Does the table hold more", {}),
    ("Has every cluster of the standard", {"first_operational_date": None}),
    ("Has every cluster of the standard", {"h100_equivalents": None}),
    ("Is no cluster superseded", {"superseded_by_name": "Cluster"}),
    ("Is a chip's worth", {"primary_chip_name": GB300, "primary_chip_count": 12000.0}),
])  # fmt: skip
def test_a_rule_finds_its_counterexample(question: str, cluster: dict[str, Any]) -> None:
    assert failures(question, built(cluster)) == 1


def test_a_later_phase_that_begins_before_the_earlier_one_is_found() -> None:
    early = {"cluster_name": "Phase 2", "first_operational_date": date(2023, 12, 31)}
    assert failures("Is no cluster superseded", built({"cluster_name": "Phase 1", "superseded_by_name": "Phase 2"}, early)) == 1


@pytest.mark.parametrize("rule", [rule.question for rule in TABLE.rules if not rule.question.startswith("Are there between")])
def test_a_sound_list_breaks_no_rule(rule: str) -> None:
    planned = {"cluster_name": "Plan", "status": "Planned", "is_in_standard_analysis": False, "first_operational_date": None}
    assert failures(rule, built({"primary_chip_name": H100, "primary_chip_count": 1000.0}, planned)) == 0


def captured(captures: Path, day: str, *, is_whole: bool = True) -> pl.DataFrame:
    """The table of a capture, or of what the server sends since 2026: the rows of its standard analysis."""
    payload = (captures / "epoch_gpu_clusters" / day / "gpu_clusters.csv").read_bytes()
    rows = epoch_gpu_clusters.parse(payload, epoch_gpu_clusters.SOURCE.files[0])
    codes = (captures / "country_codes" / "2026-05-15" / "country-codes.csv").read_bytes()
    aliases = pl.read_csv(Folders(Path()).reference / "country_aliases.csv", infer_schema=False)
    known = country_codes.parse(codes, country_codes.SOURCE.files[0])
    return TABLE.conform(build(rows if is_whole else rows.filter("is_in_standard_analysis"), CHIPS, known, aliases))


@pytest.mark.parametrize("day", ["2025-11-01", "2026-03-30"])
def test_every_capture_passes_every_blocking_rule(captures: Path, day: str) -> None:
    rows = captured(captures, day)
    broken = [rule.question for rule in TABLE.rules if not rule.is_warning and failures(rule.question, rows, date.fromisoformat(day))]
    assert (rows.height, broken) == (786, [])
    assert rows.filter(pl.col("country_code") == "HKG").height == 4


def test_ids_are_the_same_in_every_capture(captures: Path) -> None:
    assert set(captured(captures, "2025-11-01")["cluster_id"]) == set(captured(captures, "2026-03-30")["cluster_id"])


def test_the_break_from_786_to_482_rows_is_told_and_passes_and_a_loss_in_the_core_blocks(captures: Path, tmp_path: Path) -> None:
    countries = pl.DataFrame({"country_code": captured(captures, "2026-03-30")["country_code"].unique().drop_nulls()})
    beside = {"countries": countries, "accelerators": CHIPS, "sources": pl.DataFrame({"source_id": [""], "as_of_date": [date.max]})}
    before = gates.write(tmp_path / "before", {TABLE.name: captured(captures, "2026-03-30")})
    core = captured(captures, "2026-03-30", is_whole=False)
    after = gates.write(tmp_path / "after", beside | {TABLE.name: core})
    audit = gates.audited(after, TABLE, Previous("2026.01.1", SCHEMA_VERSION, before))
    assert audit.passed, audit.message()
    told = next(finding for finding in audit.warnings if "rows of release 2026.01.1" in finding.question)
    assert told.sample[0] == {"rows_before": 786, "rows_now": 482, "rows_gone": 304, "core_rows_gone": 0}
    gates.write(tmp_path / "after", {TABLE.name: core.head(430)})
    assert gates.audited(after, TABLE, Previous("2026.01.1", SCHEMA_VERSION, before)).passed
    halved = gates.write(tmp_path / "halved", beside | {TABLE.name: captured(captures, "2026-03-30").slice(120)})
    assert "core rows (is_in_standard_analysis)" in gates.audited(halved, TABLE, Previous("2026.01.1", SCHEMA_VERSION, before)).message()
