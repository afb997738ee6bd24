"""What the terms allow: a small world with one open, one share-alike and one private source, whose rows hold values found nowhere else."""

import functools
import inspect
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import polars as pl
import pytest
import small

from indicators import definitions
from indicators.model import BadPayload, Column, ContractBroken, File, Folders, IndicatorsError, NotFresh, Rule, Source, Table
from indicators.pipeline import Pipeline, permissions
from indicators.snapshots import Transport, baseline
from indicators.sources import sources
from indicators.tables import lineage, tables

SENTINEL, NUMBER = "sentinel-zanzibar", 987_654_321
CATALOGUE = ("indicators", "indicator_values", "sources")
PRIVATE = ("noncommercial", "no_derivatives", "unconfirmed")
TOTAL = """/* title: Total
   unit: points
   method: sum
   interval: none
   coverage: all
   caveats: none */
SELECT 'total' AS indicator_id, 'USA' AS subject_code, NULL::VARCHAR AS dimension, DATE '2026-01-01' AS period_start,
       DATE '2026-01-31' AS period_end, sum(value)::DOUBLE AS value, NULL::DOUBLE AS lower, NULL::DOUBLE AS upper,
       count(*) AS n, NULL::DOUBLE AS coverage_share FROM public_facts
"""
Builder = Callable[..., pl.DataFrame]


def parse(payload: bytes, _file: File) -> pl.DataFrame:
    """One row a line: a word and a number."""
    try:
        cells = [line.split() for line in payload.decode().splitlines()]
        return pl.DataFrame([(word, int(number)) for word, number in cells], schema={"word": pl.String, "value": pl.Int64}, orient="row")
    except ValueError as error:
        raise BadPayload(f"feed: {error}: {payload.decode()!r}") from error


def source(name: str, redistribution: Any, license_name: str = "CC-BY-4.0") -> Source:
    return Source(
        id=name,
        title=f"The {name}",
        publisher="Nobody",
        homepage="https://data.example.org/about",
        license=license_name,
        redistribution=redistribution,
        attribution="Nobody",
        cadence=timedelta(days=1),
        files=(File(f"{name}.csv", f"https://{small.HOST}/{name}.csv"),),
        schema={"word": pl.String, "value": pl.Int64},
        has_baseline=False,
    )


def table(name: str, **changes: Any) -> Table:
    columns = (Column("word", pl.String, "Word"), Column("value", pl.Int64, "Value", is_nullable=True))
    contract = Table(
        name=name, title=name, description=name, key=("word", "value"), row_bounds=(0, 10), columns=columns, max_loss_share=1.0
    )
    return replace(contract, **changes)


def module(contract: Table, build: Builder) -> Any:
    return SimpleNamespace(TABLE=contract, build=build, __name__=contract.name)


def of_open(open_feed: pl.DataFrame) -> pl.DataFrame:
    return open_feed.drop("file_name")


def of_both(open_feed: pl.DataFrame, private_feed: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([open_feed, private_feed]).drop("file_name")


def of_checks(private_checks: pl.DataFrame) -> pl.DataFrame:
    return private_checks


def of_shared(shared_feed: pl.DataFrame) -> pl.DataFrame:
    return shared_feed.drop("file_name")


def of_shared_facts(shared_facts: pl.DataFrame) -> pl.DataFrame:
    return shared_facts


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    """The registries hold this small world and the catalogue; returns how to add a table."""
    catalogue = {name: tables()[name] for name in CATALOGUE}
    for registry in (sources(), tables()):
        for name in list(registry):
            monkeypatch.delitem(registry, name)
    for feed in (
        source("open_feed", "open"),
        source("private_feed", "noncommercial"),
        source("shared_feed", "share_alike", "CC-BY-SA-4.0"),
    ):
        monkeypatch.setitem(sources(), feed.id, SimpleNamespace(SOURCE=feed, parse=parse))

    def add(contract: Table, build: Builder) -> None:
        monkeypatch.setitem(tables(), contract.name, module(contract, build))

    for contract, build in ((table("public_facts"), of_open), (table("mixed_facts"), of_both)):
        add(contract, build)
    add(table("private_checks", is_released=False, rules=(Rule("Is it empty?", "SELECT * FROM private_checks", is_warning=True),)), of_both)
    for name, found in catalogue.items():
        smaller = replace(found.TABLE, row_bounds=(0, 100), rules=())
        monkeypatch.setitem(tables(), name, SimpleNamespace(TABLE=smaller, build=found.build, __name__=name))
    (tmp_path / "project" / "sql" / "indicators").mkdir(parents=True)
    (tmp_path / "project" / "sql" / "history").mkdir()
    (tmp_path / "project" / "sql" / "indicators" / "total.sql").write_text(TOTAL)
    return add


@pytest.fixture
def pipeline(world: Callable[..., None], tmp_path: Path) -> Pipeline:  # noqa: ARG001 - the registries must be small first
    """A run over the small world, whose server is a folder."""
    served = tmp_path / "mirror" / small.HOST
    served.mkdir(parents=True)
    (served / "open_feed.csv").write_text("plain 1\nother 2\n")
    (served / "private_feed.csv").write_text(f"{SENTINEL} {NUMBER}\n")
    (served / "shared_feed.csv").write_text("alike 5\n")
    history = Folders(tmp_path).sql / "history"
    for path in history.glob("*"):
        (tmp_path / "project" / "sql" / "history" / path.name).write_bytes(path.read_bytes())
    folders = Folders(tmp_path / "data", tmp_path / "project")
    return Pipeline(folders, transport=functools.partial(Transport, mirror=str(tmp_path / "mirror")))


def refreshed(pipeline: Pipeline) -> Pipeline:
    for source_id in sources():
        assert [check.outcome for check in pipeline.refresh(source_id)] == ["new"]
    return pipeline


def released(pipeline: Pipeline) -> Path:
    """Build and judge what a release is made of, and publish it."""
    for name in permissions.public_tables():
        pipeline.build(name)
    for name in permissions.public_tables():
        assert pipeline.audit(name).passed, pipeline.audit(name).message()
    pipeline.assemble()
    folder = pipeline.publish().release.folder
    pipeline.record()
    return folder


def words(folder: Path) -> str:
    """Everything that the files of a folder say: texts, and every value of every Parquet file with its metadata."""
    said = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".parquet":
            said += [str(pl.read_parquet(path).to_dicts()), str(pl.read_parquet_metadata(path))]
        elif path.is_file():
            said.append(path.read_text(encoding="utf-8"))
    return "\n".join(said)


def remembered(file: Path) -> str:
    """Everything that a DuckDB file says."""
    with duckdb.connect(str(file), read_only=True) as connection:
        names = connection.sql("SELECT '\"' || schema_name || '\".\"' || table_name || '\"' FROM duckdb_tables()").fetchall()
        assert names
        return "\n".join(str(connection.sql(f"FROM {name}").fetchall()) for (name,) in names)


@pytest.mark.parametrize("redistribution", PRIVATE)
def test_no_value_of_a_private_source_reaches_a_release_or_the_history(
    redistribution: Any, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sources(), "private_feed", SimpleNamespace(SOURCE=source("private_feed", redistribution), parse=parse))
    release = released(refreshed(pipeline))
    pipeline.build("private_checks")
    audit = pipeline.audit("private_checks")
    assert (SENTINEL, NUMBER) in pl.read_parquet(pipeline.folders.private / "private_checks.parquet").rows()
    assert SENTINEL in str(audit.as_json())
    for place in (release, pipeline.folders.releases, pipeline.folders.candidate, pipeline.folders.working):
        said = words(place)
        assert SENTINEL not in said
        assert str(NUMBER) not in said
        assert "private_feed" not in said
    assert not [word for word in (SENTINEL, str(NUMBER), "private_feed") if word in remembered(pipeline.folders.history)]
    assert pl.read_parquet(release / "tables" / "mixed_facts.parquet").rows() == [("other", 2), ("plain", 1)]


def test_the_same_values_do_go_out_where_the_source_is_open(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sources(), "private_feed", SimpleNamespace(SOURCE=source("private_feed", "open"), parse=parse))
    release = released(refreshed(pipeline))
    assert SENTINEL in words(release)
    assert str(NUMBER) in words(release)
    assert SENTINEL in remembered(pipeline.folders.history)


def test_a_release_with_private_rows_on_the_machine_is_the_release_without_them(pipeline: Pipeline) -> None:
    for source_id in ("open_feed", "shared_feed"):
        pipeline.refresh(source_id)
    before = {path.name: path.read_bytes() for path in (released(pipeline) / "tables").iterdir()}
    pipeline.refresh("private_feed")
    (pipeline.folders.releases / "latest").unlink()
    after = {path.name: path.read_bytes() for path in (released(pipeline) / "tables").iterdir()}
    assert after == before


def test_a_table_in_parts_is_given_no_file_of_a_private_source(pipeline: Pipeline, world: Callable[..., None]) -> None:
    world(table("parted_facts", parts_of="private_feed"), lambda private_feed: private_feed.drop("file_name"))
    path = refreshed(pipeline).build("parted_facts")
    assert pl.read_parquet(path).height == 0
    assert SENTINEL not in words(pipeline.folders.data / "candidate")


def test_a_released_table_built_from_a_private_working_table_is_refused(pipeline: Pipeline, world: Callable[..., None]) -> None:
    world(table("leak"), of_checks)
    refreshed(pipeline).build("private_checks")
    with pytest.raises(ContractBroken, match=r"leak: it is released, and is built from a working table with rows of \['private_feed'\]"):
        pipeline.build("leak")
    assert not (pipeline.folders.candidate / "tables" / "leak.parquet").exists()
    assert "leak" not in permissions.public_tables()


def test_a_working_table_between_makes_no_difference(pipeline: Pipeline, world: Callable[..., None]) -> None:
    world(table("between", is_released=False), of_checks)
    world(table("leak"), lambda between: between)
    assert permissions.is_private("between")
    with pytest.raises(ContractBroken, match="leak: it is released"):
        pipeline.build("leak")


def test_a_rule_over_a_private_table_is_refused_because_its_samples_would_be_published(
    pipeline: Pipeline, world: Callable[..., None]
) -> None:
    world(table("curious", rules=(Rule("Same?", "SELECT * FROM private_checks"),)), of_open)
    with pytest.raises(ContractBroken, match=r"curious: its audit reads \['private_checks'\], which are private"):
        pipeline.build("curious")


def test_an_indicator_cannot_see_a_private_table(pipeline: Pipeline) -> None:
    refreshed(pipeline).build("private_checks")
    sql = pipeline.folders.sql / "indicators" / "total.sql"
    sql.write_text(TOTAL.replace("FROM public_facts", "FROM private_checks"))
    pipeline.build("public_facts")
    with pytest.raises(IndicatorsError, match="Table with name private_checks does not exist"):
        pipeline.build("indicator_values")


def test_a_table_that_is_no_longer_released_is_not_measured_from_its_old_file(pipeline: Pipeline) -> None:
    refreshed(pipeline).build("public_facts")
    forgotten = pipeline.folders.candidate / "tables" / "forgotten.parquet"
    pl.DataFrame({"value": [NUMBER]}).write_parquet(forgotten)
    (pipeline.folders.sql / "indicators" / "total.sql").write_text(TOTAL.replace("FROM public_facts", "FROM forgotten"))
    with pytest.raises(IndicatorsError, match="forgotten does not exist"):
        pipeline.build("indicator_values")


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"license": "CC-BY-SA-4.0"}, []),
        ({}, ["shared_feed"]),
        ({"is_aggregate": True}, ["shared_feed"]),
        ({"is_released": False}, []),
    ],
)
def test_share_alike_rows_go_out_under_their_own_licence_only(
    changes: dict[str, Any], refused: list[str], world: Callable[..., None]
) -> None:
    world(table("shared_facts", **changes), of_shared)
    assert permissions.refused(tables()["shared_facts"].TABLE) == refused


def test_a_table_built_from_a_share_alike_table_needs_the_same_licence(world: Callable[..., None]) -> None:
    world(table("shared_facts", license="CC-BY-SA-4.0"), of_shared)
    world(table("onward"), of_shared_facts)
    assert permissions.refused(tables()["onward"].TABLE) == ["shared_feed"]
    assert permissions.refused(replace(tables()["onward"].TABLE, license="CC-BY-SA-4.0")) == []


def test_a_share_alike_table_holds_nothing_under_stricter_terms(world: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sources(), "open_feed", SimpleNamespace(SOURCE=source("open_feed", "aggregates_only"), parse=parse))
    joined = table("joined", license="CC-BY-SA-4.0", is_aggregate=True)
    world(joined, lambda open_feed, shared_feed: pl.concat([open_feed, shared_feed]))
    assert permissions.refused(joined) == ["open_feed"]


def test_a_share_alike_table_says_so_in_its_file_in_the_package_and_in_the_licences(pipeline: Pipeline, world: Callable[..., None]) -> None:
    world(table("shared_facts", license="CC-BY-SA-4.0"), of_shared)
    release = released(refreshed(pipeline))
    files = {path.stem: pl.read_parquet_metadata(path)["license"] for path in (release / "tables").iterdir()}
    assert {name for name, terms in files.items() if terms == "CC-BY-SA-4.0"} == {"shared_facts"}
    package = json.loads((release / "datapackage.json").read_text())
    own = {resource["name"]: resource["licenses"][0]["name"] for resource in package["resources"] if "licenses" in resource}
    assert own == {"shared_facts": "CC-BY-SA-4.0"}
    assert (
        "The table `shared_facts`, and what `audit.json` and `changes.parquet` quote of it, are published under Creative Commons Attribution-ShareAlike"
        in (release / "LICENSES.md").read_text()
    )


def test_an_indicator_over_a_share_alike_table_gives_shares_and_neither_names_nor_counts(
    pipeline: Pipeline, world: Callable[..., None]
) -> None:
    world(table("shared_facts", license="CC-BY-SA-4.0"), of_shared)
    refreshed(pipeline).build("shared_facts")
    sql = pipeline.folders.sql / "indicators" / "total.sql"
    counted = TOTAL.replace("FROM public_facts", "FROM shared_facts")
    shared = counted.replace("count(*) AS n", "NULL::BIGINT AS n")
    sql.write_text(shared)
    assert pl.read_parquet(pipeline.build("indicator_values"))["value"].to_list() == [5.0]
    for telling in (counted, shared.replace("AS coverage_share", "AS coverage_share, list(word) AS basis")):
        sql.write_text(telling)
        with pytest.raises(ContractBroken, match=r"indicator_values: \['total'\] print names or counts from \['shared_facts'\]"):
            pipeline.build("indicator_values")


def test_an_audit_refuses_what_the_terms_do_not_allow(pipeline: Pipeline, world: Callable[..., None]) -> None:
    world(table("shared_facts"), of_shared)
    refreshed(pipeline).build("shared_facts")
    audit = pipeline.audit("shared_facts")
    assert not audit.passed
    assert "'source_id': 'shared_feed'" in audit.message()


def test_a_private_source_has_no_baseline_and_says_why(pipeline: Pipeline) -> None:
    refreshed(pipeline)
    with pytest.raises(IndicatorsError, match=r"private_feed: no baseline is made of it: its terms \(CC-BY-4.0: noncommercial\) keep"):
        pipeline.write_baseline("private_feed")
    assert not pipeline.folders.baseline.exists()


def test_a_source_that_was_never_fetched_and_has_no_baseline_has_no_rows(pipeline: Pipeline) -> None:
    path = pipeline.build("private_checks")
    assert pl.read_parquet_schema(path) == {"word": pl.String, "value": pl.Int64}
    assert pl.read_parquet(path).height == 0


def test_a_source_whose_baseline_was_lost_is_an_error_and_not_empty(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = replace(source("open_feed", "open"), has_baseline=True)
    monkeypatch.setitem(sources(), "open_feed", SimpleNamespace(SOURCE=lost, parse=parse))
    with pytest.raises(IndicatorsError, match="open_feed: neither a snapshot nor a baseline"):
        pipeline.build("public_facts")


def test_a_private_source_that_fails_does_not_make_a_release_stale(pipeline: Pipeline, tmp_path: Path) -> None:
    refreshed(pipeline).require_fresh()
    served = tmp_path / "mirror" / small.HOST
    (served / "private_feed.csv").unlink()
    assert [check.outcome for check in pipeline.refresh("private_feed")] == ["failed"]
    pipeline.require_fresh()
    (served / "open_feed.csv").unlink()
    pipeline.refresh("open_feed")
    with pytest.raises(NotFresh, match="open_feed"):
        pipeline.require_fresh()


def test_what_a_rejected_private_payload_says_is_not_published(pipeline: Pipeline, tmp_path: Path) -> None:
    refreshed(pipeline)
    (tmp_path / "mirror" / small.HOST / "private_feed.csv").write_text(f"{SENTINEL} no-number\n")
    (check,) = pipeline.refresh("private_feed")
    assert SENTINEL in check.error
    assert SENTINEL not in words(released(pipeline))


def test_only_what_was_built_from_is_credited(pipeline: Pipeline) -> None:
    release = released(refreshed(pipeline))
    assert {row["source_id"] for row in json.loads((release / "sources.json").read_text())} == {"open_feed"}
    assert "private_feed" not in (release / "LICENSES.md").read_text()


def test_private_assets_stand_apart_and_nothing_of_a_release_waits_for_them(tmp_path: Path) -> None:
    graph = definitions.build(Pipeline(Folders(tmp_path))).resolve_asset_graph()
    private = {key for key in graph.materializable_asset_keys if graph.get(key).group_name in ("private", "private_sources")}
    named = {key.path[-1] for key in private}
    kept = {name for name in tables() if permissions.is_private(name)}
    assert named == kept | {name for name, found in sources().items() if found.SOURCE.is_private}
    assert kept == {"private_cross_checks"}
    for key in graph.materializable_asset_keys - private:
        assert not (graph.get(key).parent_keys & private), key


def test_jobs_that_release_hold_nothing_private_and_a_refresh_fetches_it(tmp_path: Path) -> None:
    built = definitions.build(Pipeline(Folders(tmp_path)))
    steps = {job: {node.name for node in built.resolve_job_def(job).nodes} for job in ("refresh", "release", "refresh_and_release")}
    assert "source__eto_cat" in steps["refresh"]
    for job in ("release", "refresh_and_release"):
        assert not [step for step in steps[job] if "private" in step or "eto_" in step]


def test_no_column_of_a_released_table_has_a_private_source_behind_it() -> None:
    for name, found in tables().items():
        if found.TABLE.is_released:
            assert not [source_id for source_id in permissions.behind(name) if sources()[source_id].SOURCE.is_private], name
            assert permissions.refused(found.TABLE) == [], name
            assert all(permissions.is_withheld(found.TABLE, sources()[asked].SOURCE) for asked in lineage(name) & set(sources())
                       if sources()[asked].SOURCE.is_private), name  # fmt: skip


def test_no_indicator_reads_a_file_or_names_a_private_source() -> None:
    private = {name for name, found in sources().items() if found.SOURCE.is_private} - {"undp_ai_survey"}
    for path in sorted((Folders(Path("/unused")).sql / "indicators").glob("*.sql")):
        sql = path.read_text(encoding="utf-8").split("*/", maxsplit=1)[1].lower()
        assert not [word for word in ("read_parquet", "read_csv", "read_json", "attach", "private_", *private) if word in sql], path.name


def test_the_sources_that_must_stay_are_private_and_none_has_a_baseline() -> None:
    private = {name for name, found in sources().items() if found.SOURCE.is_private}
    assert private >= {
        "eto_agora", "eto_cat", "eto_cross_border", "eto_semiconductor_supply_chain", "owid_sipri_milex", "stanford_ai_index",
    }  # fmt: skip
    assert not private & {entry.source_id for entry in baseline.index(Folders(Path("/unused")).baseline)}
    assert "provenance" in inspect.signature(tables()["sources"].build).parameters
