"""A fresh clone without a network: release from the baseline, and read it as people do."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import descriptions
import duckdb
import house
import people
import polars as pl
import pytest

RELEASED = {
    "accelerator_control_status", "accelerators", "ai_diffusion", "ai_incidents", "arena_ratings", "benchmark_scores", "benchmarks",
    "capability_scores", "claim_evidence", "claims", "compute_clusters", "control_documents", "control_thresholds", "countries",
    "country_groups", "data_center_timelines", "data_centers", "doctorates", "entity_list_editions", "entity_listings",
    "indicator_values", "indicators", "institution_counts", "listing_cross_checks", "military_expenditure", "model_links",
    "model_organizations", "models", "organization_aliases", "organizations", "paper_collaborations", "paper_counts",
    "paper_cross_checks", "paper_pairs", "policy_engagements", "populations", "public_opinion", "publication_counts",
    "publication_pairs", "semiconductor_trade", "sources", "supercomputer_shares", "talent_origins", "venue_coverage",
}  # fmt: skip
INDICATORS = {
    "ai_adoption", "ai_article_share", "ai_international_share", "ai_job_change_share", "ai_optimism_share", "ai_trust_share",
    "arena_frontier", "arena_gap", "author_share", "benchmark_frontier", "benchmark_gap", "capability_frontier", "capability_gap",
    "capability_lag_months", "cluster_compute_share", "collaboration_share", "compute_at_capability", "compute_efficiency_ratio",
    "control_decidable_share", "control_documents_cumulative", "domestic_frontier_ratio", "domestic_hardware_share",
    "entity_listings_added", "entity_listings_in_force", "export_ceiling_memory_bandwidth", "export_ceiling_ratio",
    "export_ceiling_tpp", "foundry_share", "ic_export_share", "institution_concentration", "large_scale_models",
    "licence_required_share", "military_expenditure", "military_expenditure_gdp_share", "misuse_share", "notable_models",
    "open_closed_gap", "open_weights_share", "paper_share", "papers_per_million", "policy_engagements", "stay_share",
    "supercomputing_share", "taiwan_ic_destination_share", "talent_origin_share", "talent_work_share", "training_compute_frontier",
    "training_compute_gap_ratio", "training_cost_frontier",
}  # fmt: skip

DUCKDB_ALONE = """
import duckdb, pathlib, sys
con = duckdb.connect()
con.execute(pathlib.Path("views.sql").read_text())
def compare(computed, released):
    one = con.execute(f"SELECT count(*) FROM (FROM {computed} EXCEPT ALL FROM {released})").fetchone()[0]
    two = con.execute(f"SELECT count(*) FROM (FROM {released} EXCEPT ALL FROM {computed})").fetchone()[0]
    print(one, two, con.execute(f"SELECT count(*) FROM {computed}").fetchone()[0], "indicators" in sys.modules)
"""
"""What a reader has: DuckDB, the release's folder, and a way to compare what was computed with what was released."""
INDICATORS_AGAIN = """
con.execute("CREATE TABLE computed AS FROM indicator_values LIMIT 0")
for path in sorted(pathlib.Path("sql/indicators").glob("*.sql")):
    con.execute("INSERT INTO computed BY NAME FROM (" + path.read_text() + ")")
compare("computed", "indicator_values")
"""
CLAIMS_AGAIN = """
con.execute("CREATE VIEW ledger AS SELECT claim_id, evaluation_code, verdict_code, reason, coverage_note FROM claims")
con.execute("CREATE TABLE verdicts AS FROM ledger LIMIT 0")
con.execute("CREATE TABLE figures AS FROM claim_evidence LIMIT 0")
for path in sorted(pathlib.Path("sql/claims").glob("*.sql")):
    con.execute("CREATE OR REPLACE TABLE judged AS " + path.read_text())
    con.execute("INSERT INTO verdicts BY NAME SELECT * EXCLUDE (evidence) FROM judged")
    if "STRUCT" in con.execute("SELECT typeof(evidence) FROM judged").fetchone()[0]:
        con.execute("INSERT INTO figures BY NAME SELECT claim_id, unnest(evidence, max_depth := 2) FROM judged")
compare("verdicts", "ledger")
compare("figures", "claim_evidence")
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after one release from the baseline."""
    folder = tmp_path_factory.mktemp("offline") / "it's my data"
    folder.mkdir()
    told = house.indicators("release", data=folder)
    assert "published" in told.stdout
    return folder


@pytest.fixture
def release(data: Path) -> Path:
    return (data / "releases" / "latest").resolve()


def test_the_release_holds_the_promised_tables_and_indicators(release: Path) -> None:
    assert {path.stem for path in (release / "tables").iterdir()} == RELEASED
    assert set(pl.read_parquet(release / "tables" / "indicators.parquet")["indicator_id"]) == INDICATORS


FIGURES = [
    ("capability_gap", "USA-CHN", "as_dated", "2025-01-31", 7.39),
    ("capability_gap", "USA-CHN", "release", "2025-01-31", 2.94),
    ("capability_gap", "USA-CHN", "as_dated", "2026-07-31", 4.64),
    ("capability_lag_months", "USA-CHN", "as_dated at_release", "2025-01-31", 1.51),
    ("arena_gap", "USA-CHN", "reweighted", "2025-08-04", 36.0),
    ("arena_gap", "USA-CHN", "style_controlled", "2026-08-21", 19.0),
    ("benchmark_gap", "USA-CHN", "gpqa_diamond", "2026-03-31", 0.067827),
    ("training_compute_frontier", "USA", None, "2025-06-30", 3.8e26),
    ("training_compute_frontier", "CHN", None, "2024-12-31", 2.505e25),
    ("training_cost_frontier", "USA", None, "2024-12-31", 52885433.95),
    ("notable_models", "USA", "any", "2023-12-31", 86.0),
    ("open_weights_share", "USA", None, "2024-12-31", 0.339286),
    ("entity_listings_in_force", "CHN", None, "2026-06-30", 1105.0),
    ("export_ceiling_tpp", "CHN", "in_text", "2022-09-30", 15832.0),
    ("export_ceiling_tpp", "CHN", "in_text", "2022-11-30", 4992.0),
    ("export_ceiling_tpp", "CHN", "enforced", "2023-12-31", 2368.0),
    ("export_ceiling_tpp", "CHN", "enforced_with_letters", "2025-04-30", 2080.0),
    ("domestic_frontier_ratio", "CHN-USA", "total_processing_performance", "2026-03-31", 0.273067),
    ("domestic_frontier_ratio", "CHN-USA", "memory_bandwidth", "2026-03-31", 0.5),
    ("foundry_share", "CHN", "SMIC", "2024-12-31", 0.75),
    ("foundry_share", "USA", "Intel", "2023-12-31", 0.272727),
    ("cluster_compute_share", "USA", "existing", "2025-07-31", 0.752834),
    ("control_documents_cumulative", "USA", "all", "2026-01-31", 149.0),
    ("collaboration_share", "USA-CHN", "neurips", "2018-12-31", 0.081361),
    ("collaboration_share", "USA-CHN+HKG+MAC", "neurips CHN+HKG+MAC", "2018-12-31", 0.088106),
    ("paper_share", "USA", "icml whole", "2023-12-31", 0.613473),
    ("author_share", "CHN", "ijcai fractional", "2024-12-31", 0.636151),
    ("institution_concentration", "WLD", "cvpr", "2023-12-31", 0.183546),
    ("papers_per_million", "CHE", "icml", "2024-12-31", 13.769238),
    ("stay_share", "CHN", "all intends_to_stay", "2023-12-31", 0.775),
    ("stay_share", "WLD", "computer_and_information_sciences has_commitment", "2021-12-31", 0.633),
    ("ai_article_share", "CHN", "whole", "2022-12-31", 0.344597),
    ("ai_international_share", "USA", None, "2022-12-31", 0.397661),
    ("talent_origin_share", "CHN", "top_20", "2022-12-31", 0.47),
    ("misuse_share", "WLD", "misuse", "2024-12-31", 0.386047),
    ("misuse_share", "WLD", "4.3 of misuse to date", "2024-12-31", 0.668790),
    ("ic_export_share", "TWN", "reported", "2023-12-31", 0.174939),
    ("ic_export_share", "TWN", "reported", "2024-12-31", None),
    ("ic_export_share", "CHN", "without_hong_kong", "2021-12-31", 0.193679),
    ("taiwan_ic_destination_share", "TWN-CHN+HKG", None, "2024-12-31", 0.516618),
    ("supercomputing_share", "CHN", "systems", "2018-11-30", 0.454),
    ("supercomputing_share", "USA", "rmax", "1993-06-30", 0.611132),
    ("ai_adoption", "CHN", None, "2026-03-31", 0.164),
    ("ai_adoption", "WLD", "unweighted", "2026-03-31", 0.190701),
    ("policy_engagements", "USA-CHN", "any", "2024-09-30", 4.0),
]
"""Computed again from the raw captures (engagements: from the curated list), without this project's code."""


@pytest.mark.parametrize(("indicator", "subject", "dimension", "day", "value"), FIGURES)
def test_a_figure_is_what_the_raw_files_say(
    indicator: str, subject: str, dimension: str | None, day: str, value: float | None, release: Path
) -> None:
    values = pl.read_parquet(release / "tables" / "indicator_values.parquet")
    is_asked = pl.col("dimension").eq_missing(pl.lit(dimension)) & (pl.col("period_end") == pl.lit(day).str.to_date())
    found = values.filter(is_asked, indicator_id=indicator, subject_code=subject)["value"].to_list()
    assert found == [value if value is None else pytest.approx(value, abs=1e-6)]


def test_checksums_hold_for_the_readers_own_tool(release: Path) -> None:
    subprocess.run(["sha256sum", "--strict", "--quiet", "-c", "SHA256SUMS"], cwd=release, check=True)


def again(release: Path, script: str) -> list[list[str]]:
    """Rows missing, rows too many, rows computed, and whether this project was imported, as DuckDB alone finds them in a release."""
    command = [sys.executable, "-I", "-c", DUCKDB_ALONE + script]
    ended = subprocess.run(command, cwd=release, capture_output=True, text=True, check=True)
    return [line.split() for line in ended.stdout.splitlines()]


def test_duckdb_alone_computes_every_indicator_again(release: Path) -> None:
    ((missing, extra, computed, knows_us),) = again(release, INDICATORS_AGAIN)
    assert (missing, extra, knows_us) == ("0", "0", "False")
    assert int(computed) > 5_000


def test_duckdb_alone_gives_every_verdict_again(release: Path) -> None:
    verdicts, figures = again(release, CLAIMS_AGAIN)
    assert verdicts == ["0", "0", "56", "False"]
    assert (figures[:2], figures[3]) == (["0", "0"], "False")
    assert int(figures[2]) > 150


def test_the_ledger_is_printed_and_one_claim_with_its_figures(data: Path) -> None:
    told = house.indicators("claims", data=data).stdout
    assert all(f" C{number:02} " in told for number in range(1, 29))
    assert "mixed → supported" in told
    one = house.indicators("claims", "--claim", "c03", data=data).stdout
    assert "7.39 index points (4.36 to 11.35)" in one
    assert "<= 25 Arena points" in one


def test_the_release_is_valid_by_the_standards_that_it_follows(release: Path) -> None:
    assert descriptions.package_faults(house.document(release, "datapackage")) == []
    assert descriptions.row_faults(release) == []
    assert descriptions.citation_faults((release / "CITATION.cff").read_text()) == []
    command = [str(Path(sys.executable).with_name("mlcroissant")), "validate", "--jsonld", str(release / "croissant.json")]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    assert "Done." in told
    assert "warning" not in told.lower()


@pytest.mark.parametrize("table", ["claims", "accelerators", "sources"])
def test_mlcroissant_reads_a_table_from_the_folder_as_it_is(table: str, release: Path) -> None:
    assert descriptions.records(release, table) == pl.read_parquet(release / "tables" / f"{table}.parquet").to_dicts()


def test_the_readme_of_the_release_is_short_and_its_query_answers(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (release / "README.md").read_text(encoding="utf-8")
    assert len(readme.splitlines()) < 100
    monkeypatch.chdir(release)
    with duckdb.connect() as connection:
        assert len(connection.sql(readme.split("```sql")[1].split("```")[0]).fetchall()) == 12


def test_every_heading_that_the_dictionary_points_to_is_there(release: Path) -> None:
    dictionary = (release / "DICTIONARY.md").read_text(encoding="utf-8")
    headings = {line.removeprefix("## ") for line in dictionary.splitlines() if line.startswith("## ")}
    assert {part.split(")")[0] for part in dictionary.split("](#")[1:]} == headings


def test_the_views_can_be_pointed_at_a_release_from_elsewhere(release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with duckdb.connect() as connection:
        connection.execute("SET VARIABLE release = $1", [str(release)])
        connection.execute((release / "views.sql").read_text())
        assert connection.sql("SELECT count(*) FROM countries").fetchall() == [(249,)]


def test_a_second_run_says_that_nothing_changed(data: Path) -> None:
    told = house.indicators("release", data=data)
    assert "nothing changed" in told.stdout
    assert len(json.loads((data / "releases" / "index.json").read_text())["releases"]) == 1


def test_a_release_from_an_empty_folder_has_the_same_bytes_and_touches_no_other_folder(data: Path, release: Path, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    other = tmp_path / "data"
    other.mkdir()
    house.indicators("release", data=other)
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before
    assert house.parquet(other / "releases" / "latest") == house.parquet(release)


def test_fresh_was_required_and_the_baseline_is_not(data: Path) -> None:
    told = house.indicators("release", "--require-fresh", data=data, expect=3)
    assert "epoch_eci/eci_scores.csv comes from baseline" in told.stderr


def test_every_source_is_named_as_stale_with_its_origin(data: Path, release: Path) -> None:
    sources = pl.read_parquet(release / "tables" / "sources.parquet")
    fetched = sources.filter(pl.col("source_id") != "reference")
    assert fetched["is_stale"].all()
    assert fetched["origin_code"].unique().to_list() == ["baseline"]
    assert "epoch_eci" in house.indicators("status", data=data).stdout


def test_verify_finds_a_release_as_published(data: Path) -> None:
    assert "as published" in house.indicators("verify", data=data).stdout


def test_verify_names_what_was_tampered_with(data: Path, tmp_path: Path) -> None:
    copy = tmp_path / "data"
    shutil.copytree(data / "releases", copy / "releases", symlinks=True)
    path = copy / "releases" / "latest" / "tables" / "capability_scores.parquet"
    pl.read_parquet(path).with_columns(pl.col("score") + 1).write_parquet(path)
    told = house.indicators("verify", "--quiet", data=copy, expect=1).stdout
    assert "FAIL tables/capability_scores.parquet" in told
    assert "FAIL indicator capability_frontier" in told


def test_verify_names_files_that_cannot_be_read(data: Path, tmp_path: Path) -> None:
    copy = tmp_path / "data"
    shutil.copytree(data / "releases", copy / "releases", symlinks=True)
    tables = copy / "releases" / "latest" / "tables"
    (tables / "countries.parquet").unlink()
    (tables / "accelerators.parquet").write_bytes(b"no parquet")
    told = house.indicators("verify", "--quiet", data=copy, expect=1)
    assert "FAIL schema of countries" in told.stdout
    assert "FAIL schema of accelerators" in told.stdout
    assert "Traceback" not in told.stderr


def test_brackets_in_an_answer_are_printed_as_they_are(data: Path) -> None:
    assert "[red]x[/foo]" in house.indicators("query", "SELECT '[red]x[/foo]' AS a", data=data).stdout


def test_query_and_history_answer(data: Path) -> None:
    told = house.indicators("query", "SELECT count(*) AS n FROM countries", "--format", "csv", data=data)
    assert told.stdout.split() == ["n", "249"]
    version = (data / "releases" / "latest").resolve().name
    with duckdb.connect(str(data / "indicators.duckdb"), read_only=True) as connection:
        assert connection.sql(f"SELECT count(*) FROM countries_as_of('{version}')").fetchall() == [(249,)]


def test_a_wrong_question_is_answered_with_the_tables_there_are(data: Path) -> None:
    told = house.indicators("query", "FROM nothing", data=data, expect=1)
    assert "capability_scores" in told.stderr


def test_no_address_no_profile_and_no_column_for_authors_is_in_any_released_file(release: Path) -> None:
    for path in (release / "tables").glob("*.parquet"):
        assert not [name for name in pl.read_parquet_schema(path) if "author_name" in name or "email" in name]
        assert not [text for text in people.texts(path) if people.ADDRESS.search(text) or people.PROFILE.search(text)], path.stem
    for path in (*release.glob("*.json"), *release.glob("*.md")):
        assert not people.ADDRESS.search(path.read_text()), path.name
        assert not people.PROFILE.search(path.read_text()), path.name


def test_no_author_of_the_raw_files_is_named_in_any_released_file(release: Path) -> None:
    """Only in `entity_listings`, which quotes an official list, do namesakes stand."""
    authors = people.named()
    assert len(authors) > 100_000
    for path in (release / "tables").glob("*.parquet"):
        found = {text for text in people.texts(path) if text.lower() in authors}
        assert not found or path.stem == "entity_listings", f"{path.stem}: {len(found)}"


def test_runs_of_the_command_line_appear_in_the_instance_of_the_page(data: Path) -> None:
    code = "import dagster as dg; print([run.job_name for run in dg.DagsterInstance.get().get_runs()])"
    environment = {"DAGSTER_HOME": str(data / "dagster"), "PATH": "/usr/bin:/bin"}
    ended = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert "release" in ended.stdout


def test_the_coverage_that_the_readme_prints_is_the_releases(release: Path) -> None:
    marks = {"author_index": "", "listed_domain": "ᵈ", "listed_name": "ⁿ"}
    coverage = pl.read_parquet(release / "tables" / "venue_coverage.parquet").sort("venue_code", "year")
    readme = (house.PROJECT / "README.md").read_text(encoding="utf-8")
    for (venue,), rows in coverage.group_by("venue_code"):
        cells = rows.sort("year").select("year", "slot_coverage_share", "layout_code").iter_rows()
        assert f"| `{venue}` | " + ", ".join(f"{year} {100 * share:.0f}{marks[layout]}" for year, share, layout in cells) + " |" in readme


def test_the_ledger_that_the_readme_prints_is_the_releases(data: Path) -> None:
    told = house.indicators("claims", "--format", "markdown", data=data).stdout.strip()
    assert told.count("\n| C") + told.count("\n- C") == 28
    assert told in (house.PROJECT / "README.md").read_text(encoding="utf-8")
