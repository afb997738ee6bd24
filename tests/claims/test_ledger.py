"""The ledger as a whole: every claim of the facts is in it, headers are complete, and the tables and the command line tell it."""

import re
from pathlib import Path

import house
import polars as pl
import pytest
from ledger import CLAIMS, PROJECT, claim, frame

from indicators import claims
from indicators.model import EVALUATIONS, Claim, ContractBroken, IndicatorsError, figure
from indicators.pipeline import permissions
from indicators.release import Release, verify
from indicators.tables import tables
from indicators.tables.catalogue import claim_evidence
from indicators.tables.catalogue import claims as ledger_table

FACTS = PROJECT.parent / "shared" / "facts" / "claims.md"
KNOWN = claims.definitions(CLAIMS)
HEADER = "/* claim: Chips are counted\n indicators: none\n rule: supported where there are five\n caveats: none\n rule_version: 1\n reads: chips */\n"
COUNT = """SELECT 'C01' AS claim_id, evaluation_code, CASE WHEN n >= 5 THEN 'supported' ELSE 'contradicted' END AS verdict_code,
NULL::VARCHAR AS reason, 'all of them' AS coverage_note,
[{place: 2, criterion: 'Chips', role_code: 'supports', value: n, unit: 'chips', threshold: 5, comparison_code: '>=', is_met: n >= 5,
  period_end: DATE '2024-12-31', names: ['a', 'b']},
 {place: 1, criterion: 'Chips again', role_code: 'supports', value: n, unit: 'chips', threshold: 5, comparison_code: '>=', is_met: n >= 5,
  period_end: DATE '2024-12-31', names: NULL}] AS evidence
FROM (VALUES ('at_publication'), ('latest')) AS evaluations(evaluation_code), (SELECT count(*) AS n FROM chips)"""


def folder(place: Path, sql: str = HEADER + COUNT, name: str = "c01_chips", chips: int = 5) -> tuple[Path, Path]:
    """A folder with one claim, and one with the table that it reads."""
    for part in ("sql", "tables"):
        (place / part).mkdir(parents=True, exist_ok=True)
    (place / "sql" / f"{name}.sql").write_text(sql, encoding="utf-8")
    pl.DataFrame({"chip": range(chips)}).write_parquet(place / "tables" / "chips.parquet")
    return place / "sql", place / "tables"


def test_every_claim_of_the_facts_is_in_the_ledger_and_no_other() -> None:
    if not FACTS.exists():
        pytest.skip("needs ../shared/facts beside the checkout")
    stated = re.findall(r"^### (C\d\d)\b", FACTS.read_text(encoding="utf-8"), re.MULTILINE)
    assert [known.id for known in KNOWN] == stated
    assert len(stated) == 28


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.id)
def test_a_claim_reads_released_tables_of_the_projects_licence_and_names_indicators_that_there_are(known: Claim) -> None:
    permissions.require_ledger([known])
    assert {path.stem for path in (PROJECT / "sql" / "indicators").glob("*.sql")} >= set(known.indicators)
    assert known.reads == tuple(name for name in known.reads if re.search(rf"\b{name}\b", known.sql.partition("*/")[2])), (
        "it declares a table it does not read"
    )


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.id)
def test_over_empty_tables_every_claim_answers_that_it_is_not_measurable_and_why(known: Claim, tmp_path: Path) -> None:
    for name in known.reads:
        frame(name, []).write_parquet(tmp_path / f"{name}.parquet")
    rows = claims.judge(known, tmp_path)
    assert set(rows["verdict_code"]) == {"not_measurable"}
    assert rows["reason"].null_count() == 0


def test_thresholds_of_the_fixed_rules_stand_in_the_sql() -> None:
    told = {"C01": ["usa / chn >= 2"], "C02": ["0.5", "0.7", "> 5", "n >= 30", "0.4"], "C03": ["<= 3", "<= 0.05", "<= 25", "<= 2,"], "C04": [">= 5", "< 2", "0.5"],
            "C05": ["0.25", "1600"], "C06": ["0.6", "moved >= 3", "<= 1"], "C09": ["0.25", "0.1"], "C10": ["0.05"], "C11": ["0.75", ">= 0.1", "4800"],
            "C15": ["0.6", "0.5"], "C16": ["0.6", "0.5"], "C17": ["0.5", "0.05"], "C18": ["2e12", "1e12"], "C19": ["0.47"], "C21": ["> 3"], "C22": ["0.1"]}  # fmt: skip
    for claim_id, numbers in told.items():
        sql = claim(claim_id).sql.partition("*/")[2]
        assert not [number for number in numbers if number not in sql], claim_id
    assert {known.id for known in KNOWN if known.rule_version != 1} == {"C21"}, "the source of its fixed rule may not be republished"


def test_a_verdict_is_computed_from_the_tables_and_turns_with_them(tmp_path: Path) -> None:
    for chips, verdict in ((5, "supported"), (4, "contradicted")):
        rows = claims.verdicts(*folder(tmp_path, chips=chips))
        assert set(rows["verdict_code"]) == {verdict}
        assert rows["value"].to_list() == [float(chips)] * 4


def test_the_tables_tell_the_first_criterion_and_keep_every_other(tmp_path: Path) -> None:
    rows = claims.verdicts(*folder(tmp_path))
    told = ledger_table.TABLE.conform(ledger_table.build(rows)).row(0, named=True)
    assert (told["value"], told["unit"], str(told["as_of_date"]), told["vintage_code"]) == (5.0, "chips", "2024-12-31", "as_known_now")
    assert told["observed"] == "Chips again: 5 chips, 2024-12-31; Chips: 5 chips, 2024-12-31 [a, b]"
    kept = claim_evidence.TABLE.conform(claim_evidence.build(rows))
    assert kept.select("evaluation_code", "place", "criterion").rows() == [
        (code, place, name) for code in EVALUATIONS for place, name in ((1, "Chips again"), (2, "Chips"))
    ]


def test_a_first_criterion_without_a_figure_leaves_the_place_to_the_next(tmp_path: Path) -> None:
    rows = claims.verdicts(*folder(tmp_path)).with_columns(value=pl.when(pl.col("place") > 1).then("value"))
    told = ledger_table.build(rows)
    assert (told["value"].to_list(), told["observed"].to_list()) == ([5.0, 5.0], ["Chips: 5 chips, 2024-12-31 [a, b]"] * 2)


def test_a_verdict_without_evidence_is_a_row_and_no_criterion(tmp_path: Path) -> None:
    silent = HEADER.replace("reads: chips", "reads: nothing") + (
        "SELECT 'C01' AS claim_id, evaluation_code, 'not_measurable' AS verdict_code, 'a norm' AS reason, NULL AS coverage_note, NULL AS evidence "
        "FROM (VALUES ('at_publication'), ('latest')) AS evaluations(evaluation_code)"
    )
    rows = claims.verdicts(*folder(tmp_path, silent))
    assert ledger_table.build(rows)["observed"].to_list() == [None, None]
    assert claim_evidence.build(rows).is_empty()


@pytest.mark.parametrize(("sql", "words"), [
    (HEADER.replace("rule_version: 1\n", "") + COUNT, r"header lacks \['rule_version'\]"),
    (HEADER.replace("rule_version: 1", "rule_version: one") + COUNT, "rule_version is 'one'"),
    (HEADER + COUNT.replace("'C01'", "'C02'"), r"it must give C01 once for each of \['at_publication', 'latest'\]"),
    (HEADER + COUNT.replace("('at_publication'), ", ""), "it must give C01 once for each"),
    (HEADER + COUNT.replace("FROM chips", "FROM chops"), r"sql/claims/c01_chips\.sql failed"),
    (HEADER.replace("reads: chips", "reads: nothing") + COUNT, r"sql/claims/c01_chips\.sql failed"),
])  # fmt: skip
def test_a_claim_that_is_not_as_it_says_is_refused(sql: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(IndicatorsError, match=words):
        claims.verdicts(*folder(tmp_path, sql))


def test_two_files_of_one_claim_and_a_file_without_an_id_are_refused(tmp_path: Path) -> None:
    folder(tmp_path)
    with pytest.raises(IndicatorsError, match=r"several files of \['C01'\]"):
        claims.definitions(folder(tmp_path, name="c01_other")[0])
    with pytest.raises(IndicatorsError, match="named for its id"):
        claims.definitions(folder(tmp_path / "more", name="chips")[0])


@pytest.mark.parametrize("name", ["ai_incidents", "papers", "private_cross_checks", "nowhere"])
def test_a_claim_may_not_read_what_is_not_released_or_has_a_licence_of_its_own(name: str, tmp_path: Path) -> None:
    sql, _ = folder(tmp_path, HEADER.replace("reads: chips", f"reads: countries, {name}") + COUNT)
    with pytest.raises(ContractBroken, match=rf"reads \['{name}'\]"):
        permissions.require_ledger(claims.definitions(sql))


@pytest.mark.parametrize(("given", "words"), [
    ((0.47, 0.4368, 0.5032, "share"), "47% (43.68 to 50.32)"), ((2.4e12, None, None, "US dollars"), "2.4 trillion US dollars"),
    ((7.39, 4.36, 11.35, "index points"), "7.39 index points (4.36 to 11.35)"), ((1.976, 1.06, None, "ratio"), "1.976"),
    ((None, None, None, "share"), "unknown"), ((123456.0, None, None, "entries"), "123,456 entries"), ((0.5, 0.5, 0.5, "share"), "50%"),
    ((0.124302, None, None, "difference of shares"), "12.43 percentage points"), ((0.0, None, None, "models"), "0 models"),
])  # fmt: skip
def test_a_figure_is_told_with_its_interval_and_unit(given: tuple[float | None, float | None, float | None, str], words: str) -> None:
    assert figure(*given) == words


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """A data folder with one release that holds a ledger of one claim."""
    sql, source = folder(tmp_path / "made")
    rows = claims.verdicts(sql, source)
    place = tmp_path / "data" / "releases" / "2026.11.1"
    (place / "sql").mkdir(parents=True)
    sql.rename(place / "sql" / "claims")
    source.rename(place / "tables")
    for module in (ledger_table, claim_evidence):
        module.TABLE.write(module.build(rows), place / "tables")
    (place / "SHA256SUMS").write_text("")
    (place / "datapackage.json").write_text('{"resources": []}')
    return tmp_path / "data"


def test_the_command_prints_the_ledger_and_the_figures_of_one_claim(released: Path) -> None:
    told = house.indicators("claims", data=released).stdout
    assert re.search(r"C01\s+Chips are counted\s+supported → supported\s+Chips again", told)
    one = house.indicators("claims", "--claim", "c01", data=released).stdout
    assert "rule 1: supported where there are five" in one
    assert re.search(r"Chips\s+5 chips\s+>= 5 chips\s+met\s+2024-12-31\s+a, b", one)


def test_programs_get_json_or_csv_and_people_an_answer_to_a_wrong_id(released: Path) -> None:
    assert (
        pl.read_json(house.indicators("claims", "--format", "json", data=released).stdout.encode())["verdict_code"].to_list()
        == ["supported"] * 2
    )
    assert house.indicators("claims", "--claim", "C01", "--format", "csv", data=released).stdout.count("C01,at_publication") == 2
    assert "they are C01 to C01" in house.indicators("claims", "--claim", "C99", data=released, expect=1).stderr


def test_a_release_from_before_the_ledger_says_so(released: Path) -> None:
    (released / "releases" / "2026.11.1" / "tables" / "claims.parquet").unlink()
    assert "has no ledger of claims yet" in house.indicators("claims", data=released, expect=1).stderr


@pytest.mark.parametrize("table", ["claims", "claim_evidence"])
def test_verify_judges_every_claim_again(released: Path, table: str) -> None:
    place = released / "releases" / "2026.11.1"
    release = Release("2026.11.1", place)

    def again() -> list[tuple[str, bool]]:
        return [(found.subject, found.passed) for found in verify(release) if found.subject.startswith("claim")]

    assert again() == [("claim C01", True)]
    path = place / "tables" / f"{table}.parquet"
    column = pl.lit("mixed").alias("verdict_code") if table == "claims" else pl.col("value") + 1
    pl.read_parquet(path).with_columns(column).write_parquet(path)
    assert again() == [("claim C01", False)]


def test_the_ledger_is_built_after_everything_that_it_may_read() -> None:
    order = list(tables())
    assert max(map(order.index, ("claims", "claim_evidence"))) > order.index("indicator_values")
    assert all(order.index(name) < order.index("claims") for known in KNOWN for name in known.reads)
