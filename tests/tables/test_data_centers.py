"""Data centres and their timelines as tables: one id for every name of a site, projections apart, and rules that find what is wrong."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import gates
import polars as pl
import pytest

from indicators.model import SCHEMA_VERSION, ContractBroken, Folders
from indicators.quality import Previous
from indicators.sources import country_codes, epoch_data_center_timelines, epoch_data_centers
from indicators.tables.compute import data_center_timelines, data_centers

FILE = epoch_data_center_timelines.SOURCE.files[0].name
CODES = pl.DataFrame({name: ["China", "United States"] for name in ("official_name", "display_name", "un_short_name")}).with_columns(
    iso3_code=pl.Series(["CHN", "USA"])
)
ALIASES = pl.DataFrame({"alias": ["Cathay"], "country_code": ["CHN"]})
CURATED = pl.DataFrame({"printed_name": ["xAI Colossus 1 Memphis"], "data_center_id": ["colossus-1"], "country_code": ["USA"]})
COLOSSUS = {"site_name": "Colossus 1", "owner_name": "SpaceXAI", "owner_certainty": "confident", "country_name": "United States"}
HANDLE = {"site_name": "xAI Colossus 1 Memphis", "title": "xAI Colossus 1", "owner_name": "xAI", "owner_certainty": "confident"}
STATE = {"site_name": "Colossus 1", "status_date": date(2025, 6, 1), "power_mw": 5.0, "h100_equivalents": 50.0, "buildings_operational": 2.0,
         "capital_cost_busd": 2.5, "compute_cost_busd": 1.5, "construction_cost_busd": 1.0}  # fmt: skip
Row = dict[str, Any]


def frame(rows: tuple[Row, ...], schema: Any, file_name: str) -> pl.DataFrame:
    filled = [{name: row.get(name) for name in schema} for row in rows]
    return pl.DataFrame(filled, schema=dict(schema)).with_columns(file_name=pl.lit(file_name))


def timed(*rows: Row) -> pl.DataFrame:
    return frame(tuple(STATE | row for row in rows), epoch_data_center_timelines.SOURCE.schema, FILE)


def sites(*rows: Row, timeline: pl.DataFrame | None = None) -> pl.DataFrame:
    stated = frame(rows, epoch_data_centers.SOURCE.schema, "data_centers.csv")
    named = stated.select("site_name", "file_name") if timeline is None else timeline
    return data_centers.TABLE.conform(data_centers.build(stated, named, CODES, CURATED, ALIASES))


def provenance(day: date | None, retrieved_at: str = "") -> pl.DataFrame:
    rows = {"source_id": ["epoch_data_center_timelines", "epoch_data_centers"], "file_name": [FILE, FILE], "as_of_date": [day, date.min]}
    return pl.DataFrame(rows, schema_overrides={"as_of_date": pl.Date}).with_columns(retrieved_at=pl.lit(retrieved_at))


def timelines(*rows: Row, day: date | None = date(2025, 12, 17), retrieved_at: str = "") -> pl.DataFrame:
    return data_center_timelines.TABLE.conform(data_center_timelines.build(timed(*rows), CURATED, provenance(day, retrieved_at)))


def failures(question: str, found: pl.DataFrame, states: pl.DataFrame, day: date = date(2025, 12, 17)) -> int:
    rules = (*data_centers.TABLE.rules, *data_center_timelines.TABLE.rules)
    rule = next(rule for rule in rules if rule.question.startswith(question))
    with duckdb.connect() as database:
        database.register("data_centers", found.to_arrow())
        database.register("data_center_timelines", states.to_arrow())
        database.register("sources", provenance(day).to_arrow())
        return len(database.execute(rule.failing_rows).fetchall())


def test_a_site_keeps_its_id_when_it_is_renamed() -> None:
    assert sites(HANDLE)["data_center_id"].to_list() == sites(COLOSSUS)["data_center_id"].to_list() == ["colossus-1"]
    assert timelines({"site_name": HANDLE["site_name"]})["data_center_id"].to_list() == ["colossus-1"]


def test_a_country_is_as_stated_else_curated_else_unknown() -> None:
    rows = sites(HANDLE, {"site_name": "B", "country_name": "Cathay"}, {"site_name": "C"})
    assert dict(rows.select("data_center_id", "country_code").iter_rows()) == {"colossus-1": "USA", "b": "CHN", "c": None}
    assert failures("Is the country of every site known?", rows, timelines({})) == 1


def test_an_unknown_country_stops_the_build() -> None:
    with pytest.raises(ContractBroken, match=r"data_centers: unknown country names \['Atlantis'\]"):
        sites(COLOSSUS | {"country_name": "Atlantis"})


def test_a_site_that_only_the_timelines_name_is_a_row_without_an_owner() -> None:
    rows = sites(COLOSSUS, timeline=timed({}, {"site_name": "Site B, Ohio"}))
    assert rows.select("data_center_id", "owner_name").rows() == [("colossus-1", "SpaceXAI"), ("site-b-ohio", None)]
    assert failures("Is every site's owner known", rows, timelines({})) == 1


def test_days_that_are_moved_block_where_most_of_the_past_is_lost_and_projections_never_do(tmp_path: Path) -> None:
    past = [{"status_date": date(2020 + year, 1, 1)} for year in range(5)]
    future = [{"status_date": date(2030 + year, 1, 1)} for year in range(9)]
    table, beside = replace(data_center_timelines.TABLE, row_bounds=(1, 99), rules=()), {"data_centers": sites(COLOSSUS)}
    before = gates.write(tmp_path / "before", {table.name: timelines(*past, *future)})
    for kept, day, passed in ((past[:2], date(2025, 12, 17), True), (past[:2], None, True), (past[:1], date(2025, 12, 17), False)):
        now = gates.write(tmp_path / f"{len(kept)} {day}", beside | {table.name: timelines(*kept, day=day)})
        assert gates.audited(now, table, Previous("2026.01.1", SCHEMA_VERSION, before)).passed is passed


def test_two_names_of_one_site_in_one_file_are_refused() -> None:
    with pytest.raises(ContractBroken, match="'colossus-1'"):
        sites(COLOSSUS, HANDLE)


def test_days_after_the_day_of_the_file_are_projections() -> None:
    rows = timelines(*({"status_date": date(2025, 12, day)} for day in (16, 17, 18)))
    assert rows["is_projection"].to_list() == [False, False, True]
    assert timelines({}, day=None)["is_projection"].to_list() == [None]


def test_a_file_without_a_day_is_judged_by_the_day_it_was_fetched() -> None:
    days = [{"status_date": date(2026, 1, day)} for day in (9, 10)]
    assert timelines(*days, day=None, retrieved_at="2026-01-09T23:00:00+00:00")["is_projection"].to_list() == [False, True]
    assert timelines(*days, retrieved_at="2026-01-09T23:00:00+00:00")["is_projection"].to_list() == [True, True]


def test_a_projection_becomes_past_with_a_later_file() -> None:
    later = {"status_date": date(2026, 2, 1)}
    assert timelines(later)["is_projection"].to_list() == [True]
    assert timelines(later, day=date(2026, 3, 1))["is_projection"].to_list() == [False]


def test_zero_is_kept_and_blank_stays_unknown_and_billions_become_dollars() -> None:
    row = timelines({"power_mw": 0.0, "h100_equivalents": None, "capital_cost_busd": 2.4248485053}).row(0, named=True)
    assert (row["power_mw"], row["h100_equivalents"], row["capital_cost_usd_2025"]) == (0.0, None, 2424848505.0)


FUTURE = {"status_date": date(2027, 1, 1)}


@pytest.mark.parametrize(("question", "site", "states"), [
    ("Is Colossus 1 an American site", {"country_name": "China"}, [{}]),
    ("Is Colossus 1 an American site", {"owner_certainty": "likely"}, [{}]),
    ("Is Colossus 1 an American site", {"site_name": "Other"}, [{}]),
    ("Is every site's owner known", {"owner_certainty": None}, [{}]),
    ("Has every site a timeline?", {}, [{"site_name": "Other"}]),
    ("Are there days of the past", {}, [{}]),
    ("Are there days of the past", {}, [FUTURE]),
    ("Are all capital costs", {}, [{"capital_cost_busd": 2.6}]),
    ("Does nothing compute", {}, [{"power_mw": 0.0}]),
    ("Does every site's computing only grow?", {}, [{}, FUTURE | {"h100_equivalents": 49.0}]),
    ("Is the computing of every row known?", {}, [{"h100_equivalents": None}]),
])  # fmt: skip
def test_a_rule_finds_its_counterexample(question: str, site: Row, states: list[Row]) -> None:
    assert failures(question, sites(COLOSSUS | site), timelines(*states)) == 1


def test_a_projection_that_is_none_is_found() -> None:
    states = timelines({}, FUTURE)
    assert failures("Is a projection later", sites(COLOSSUS), states) == 0
    assert failures("Is a projection later", sites(COLOSSUS), states.with_columns(is_projection=False)) == 1
    assert failures("Is it known of every row", sites(COLOSSUS), timelines({}, FUTURE, day=None)) == 2


@pytest.mark.parametrize("rule", [rule.question for rule in (*data_centers.TABLE.rules, *data_center_timelines.TABLE.rules)])
def test_a_sound_site_breaks_no_rule(rule: str) -> None:
    assert failures(rule, sites(COLOSSUS), timelines({}, FUTURE)) == 0


def test_the_capture_passes_every_blocking_rule(captures: Path) -> None:
    folder, reference = captures / "epoch_data_centers" / "2025-12-17", Folders(Path()).reference
    listed = epoch_data_centers.parse((folder / "data_centers.csv").read_bytes(), epoch_data_centers.SOURCE.files[0])
    states = epoch_data_center_timelines.parse((folder / FILE).read_bytes(), epoch_data_center_timelines.SOURCE.files[0])
    states = states.with_columns(file_name=pl.lit(FILE))
    codes = (captures / "country_codes" / "2026-05-15" / "country-codes.csv").read_bytes()
    known = country_codes.parse(codes, country_codes.SOURCE.files[0])
    curated, aliases = (pl.read_csv(reference / f"{name}.csv", infer_schema=False) for name in ("data_center_sites", "country_aliases"))
    found = data_centers.TABLE.conform(data_centers.build(listed, states, known, curated, aliases))
    rows = data_center_timelines.TABLE.conform(data_center_timelines.build(states, curated, provenance(date(2025, 12, 17))))
    assert dict(found["country_code"].value_counts().iter_rows()) == {"USA": 15, "CHN": 1, "ARE": 1}
    assert (rows.height, rows["is_projection"].sum()) == (118, 35)
    rules = (*data_centers.TABLE.rules, *data_center_timelines.TABLE.rules)
    assert [rule.question for rule in rules if not rule.is_warning and failures(rule.question, found, rows)] == []
    assert set(curated["printed_name"]) == set(listed["site_name"])
