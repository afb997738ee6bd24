"""Two routes to the papers of a country: what a label means, what may be compared, and which difference blocks."""

from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from indicators.model import ContractBroken, Folders
from indicators.sources import country_codes, indiaml_tracker
from indicators.tables.researchers.paper_cross_checks import TABLE, build

REFERENCE = Folders(Path()).reference
LABELS = pl.read_csv(REFERENCE / "tracker_country_labels.csv", infer_schema=False)
NAMES = {
    "US": ("USA", "United States"), "CN": ("CHN", "China"), "GB": ("GBR", "UK"), "DE": ("DEU", "Germany"), "NA": ("NAM", "Namibia"),
    "HK": ("HKG", "Hong Kong SAR China"), "TW": ("TWN", "Taiwan"), "MO": ("MAC", "Macao SAR China"), "KR": ("KOR", "South Korea"),
    "AU": ("AUS", "Australia"), "SG": ("SGP", "Singapore"), "AI": ("AIA", "Anguilla"),
}  # fmt: skip
COUNTRIES = pl.DataFrame(
    [{"iso2_code": two, "iso3_code": three, "display_name": name} for two, (three, name) in NAMES.items()]
).with_columns(official_name=pl.lit(None, pl.String), un_short_name=pl.lit(None, pl.String))  # fmt: skip
ALIASES = pl.DataFrame(schema={"alias": pl.String, "country_code": pl.String})
WHOLE = ("UNK", 1, 100)
Label = tuple[str, int, int]


def tracker(*labels: Label, year: int = 2024, venue: str = "icml", accepted: int = 100) -> pl.DataFrame:
    rows = [(venue, year, accepted, 90, label, papers, slots) for label, papers, slots in labels]
    return pl.DataFrame(rows, schema=indiaml_tracker.SOURCE.schema, orient="row")


def built(theirs: pl.DataFrame, ours: dict[str, int] | None, coverage: float = 0.95, accepted: int = 100) -> pl.DataFrame:
    """The table beside our ICML 2024, or beside nothing."""
    counts = [("icml", 2024, code, papers) for code, papers in (ours or {}).items()]
    known = [] if ours is None else [("icml", 2024, accepted, coverage)]
    edition = {"venue_code": pl.String, "year": pl.Int32}
    paper_counts = pl.DataFrame(counts, schema=edition | {"country_code": pl.String, "paper_count": pl.Int32}, orient="row")
    schema = edition | {"paper_count": pl.Int32, "slot_coverage_share": pl.Float64}
    venue_coverage = pl.DataFrame(known, schema=schema, orient="row")
    return TABLE.conform(build(theirs, paper_counts, venue_coverage, COUNTRIES, ALIASES, LABELS))


def row(rows: pl.DataFrame, country: str | None) -> dict[str, Any]:
    (found,) = rows.filter(pl.col("country_code").eq_missing(pl.lit(country, pl.String))).to_dicts()
    return found


def failures(question: str, rows: pl.DataFrame) -> int:
    (rule,) = [rule for rule in TABLE.rules if rule.question.startswith(question)]
    with duckdb.connect() as database:
        database.register("paper_cross_checks", rows)
        return len(database.execute(rule.failing_rows).fetchall())


def test_both_shares_are_of_all_accepted_papers_and_differ_in_points() -> None:
    rows = built(tracker(("US", 50, 900), ("CN", 30, 500), ("UNK", 5, 20)), {"USA": 52, "CHN": 29})
    american = row(rows, "USA")
    assert (american["tracker_share"], american["our_share"], american["difference_points"]) == (0.5, 0.52, 2.0)
    assert (american["tolerance_points"], american["is_within_tolerance"], american["is_comparable"]) == (3.0, True, True)
    assert row(rows, "CHN")["difference_points"] == -1.0
    assert american["tracker_slot_coverage_share"] == round(1400 / 1420, 6)


def test_labels_of_one_country_are_a_range_and_never_a_sum() -> None:
    british = row(built(tracker(("GB", 8, 10), ("UK", 4, 5), WHOLE), {"GBR": 9}), "GBR")
    assert (british["tracker_paper_count"], british["tracker_paper_count_upper"], british["tracker_slot_count"]) == (8, 12, 15)
    assert (british["printed_labels"], british["difference_points"]) == (["GB", "UK"], 0.0)
    assert row(built(tracker(("GB", 8, 10), ("UK", 4, 5)), {"GBR": 15}), "GBR")["difference_points"] == 3.0
    assert row(built(tracker(("GB", 8, 10), ("UK", 4, 5)), {"GBR": 7}), "GBR")["difference_points"] == -1.0


def test_a_range_never_exceeds_the_accepted_papers() -> None:
    assert row(built(tracker(("US", 99, 900), ("USA", 2, 5)), None), "USA")["tracker_paper_count_upper"] == 100


@pytest.mark.parametrize(("label", "countries"), [
    ("US", ["USA"]), ("USA", ["USA"]), ("UK", ["GBR"]), ("South Korea", ["KOR"]), ("Germany", ["DEU"]), ("US, DE", ["DEU", "USA"]),
    ("AU; SG", ["AUS", "SGP"]), ("NA", ["NAM"]), ("HK", ["HKG"]), ("TW", ["TWN"]), ("MO", ["MAC"]), ("UNK", [None]), ("EU", [None]),
    ("AI", [None]), ("IO", [None]), ("AC", [None]), ("TD", [None]), ("CX", [None]), ("KP", [None]), ("US, UNK", [None, "USA"]),
])  # fmt: skip
def test_a_label_means(label: str, countries: list[str | None]) -> None:
    rows = built(tracker((label, 3, 7)), None)
    assert rows["country_code"].to_list() == countries
    assert rows["printed_labels"].to_list() == [[label]] * len(countries)
    assert rows["tracker_paper_count"].to_list() == [3] * len(countries)


@pytest.mark.parametrize("label", ["QQ", "Atlantis", "US, Atlantis"])
def test_a_label_nobody_knows_stops_the_build_and_says_what_to_do(label: str) -> None:
    remedy = rf"paper_cross_checks: unknown labels \['{label}'\]; add each to data/reference/tracker_country_labels\.csv"
    with pytest.raises(ContractBroken, match=remedy):
        built(tracker((label, 3, 7)), None)


def test_labels_without_a_place_are_one_row_without_a_country_and_lower_coverage() -> None:
    rows = built(tracker(("US", 50, 800), ("UNK", 9, 100), ("AI", 5, 100)), {"USA": 50})
    nowhere = row(rows, None)
    assert (nowhere["tracker_paper_count"], nowhere["tracker_paper_count_upper"], nowhere["tracker_slot_count"]) == (9, 14, 200)
    assert (nowhere["our_paper_count"], nowhere["difference_points"], nowhere["is_within_tolerance"]) == (None, None, None)
    assert nowhere["tracker_slot_coverage_share"] == 0.8
    assert not rows["is_comparable"].any()


def test_a_file_that_tells_no_positions_without_a_country_has_unknown_coverage_and_is_not_judged() -> None:
    american = row(built(tracker(("US", 50, 900), ("CN", 10, 90)), {"USA": 1}), "USA")
    assert (american["tracker_slot_coverage_share"], american["is_comparable"]) == (None, False)
    assert american["is_within_tolerance"] is False


def test_a_conference_year_that_we_lack_is_unknown_and_not_zero() -> None:
    american = row(built(tracker(("US", 50, 900), WHOLE), None), "USA")
    ours = ("our_paper_count", "our_accepted_papers", "our_slot_coverage_share", "our_share", "difference_points", "is_within_tolerance")
    assert [american[name] for name in ours] == [None] * 6
    assert american["is_comparable"] is False
    assert failures("Can every conference year", built(tracker(("US", 50, 900), WHOLE), None)) == 1


def test_a_country_that_one_route_leaves_out_has_no_paper_there() -> None:
    rows = built(tracker(("US", 50, 900), ("CN", 4, 50), ("UNK", 1, 1)), {"USA": 50, "DEU": 4})
    german, chinese = row(rows, "DEU"), row(rows, "CHN")
    assert (german["tracker_paper_count"], german["printed_labels"], german["difference_points"]) == (0, [], 4.0)
    assert (chinese["our_paper_count"], chinese["difference_points"]) == (0, -4.0)
    assert failures("Do the two routes agree", rows) == 2


def test_our_other_conference_years_make_no_row() -> None:
    rows = built(tracker(("US", 50, 900), year=2025), {"USA": 52, "CHN": 29})
    assert rows.select("year", "country_code", "our_share").rows() == [(2025, "USA", None)]


@pytest.mark.parametrize(
    ("theirs", "ours", "coverage", "blocks", "warns"),
    [
        (50, 53, 0.95, 0, 0),
        (50, 54, 0.95, 1, 1),
        (50, 46, 0.95, 1, 1),
        (50, 46, 0.9, 1, 1),
        (50, 46, 0.89, 0, 1),
        (10, 12, 0.95, 0, 0),
        (10, 13, 0.95, 1, 1),
        (19, 22, 0.95, 0, 0),
        (1, 1, 0.95, 0, 0),
        (1, 4, 0.95, 1, 1),
    ],
)
def test_a_difference_beyond_the_tolerance_blocks_where_both_know_enough(
    theirs: int, ours: int, coverage: float, blocks: int, warns: int
) -> None:
    rows = built(tracker(("US", theirs, 900), ("UNK", 1, 10)), {"USA": ours}, coverage)
    assert failures("Do the two routes agree", rows) == blocks
    assert failures("Do they agree whatever", rows) == warns


def test_a_country_below_two_per_cent_is_not_judged() -> None:
    rows = built(tracker(("US", 15, 9000), ("UNK", 1, 10), accepted=1000), {"USA": 40}, accepted=1000)
    assert failures("Do the two routes agree", rows) == 1
    assert failures("Do the two routes agree", rows.with_columns(our_share=pl.lit(0.019))) == 0


@pytest.mark.parametrize(("accepted", "fails"), [(100, 0), (101, 0), (102, 1), (98, 1)])
def test_routes_with_other_papers_in_view_are_found(accepted: int, fails: int) -> None:
    assert failures("Have both routes", built(tracker(("US", 50, 900)), {"USA": 50}, accepted=accepted)) == fails


@pytest.mark.parametrize(("labels", "country", "question"), [
    ([], "USA", "Does the tracker give ICML"),
    (["UK"], "UKR", "Are GB and UK"),
    (["USA"], None, "Are GB and UK"),
    (["NA"], None, "Is NA Namibia"),
    (["AI"], "AIA", "Has no country"),
    (["UNK"], "USA", "Has no country"),
    (["US, DE"], "USA", "Does a label with two"),
])  # fmt: skip
def test_a_label_that_is_misread_is_found(labels: list[str], country: str | None, question: str) -> None:
    rows = built(tracker(("US", 50, 900), ("CN", 20, 100)), None)
    misread = rows.head(1).with_columns(country_code=pl.lit(country, pl.String), printed_labels=pl.lit(labels, pl.List(pl.String)))
    assert failures(question, misread) >= 1


def test_territories_that_are_folded_into_china_are_found() -> None:
    apart = [(code, 2, 50) for code in ("CN", "HK", "MO", "TW")]
    assert failures("Are China, Hong Kong", built(tracker(*apart), None)) == 0
    assert failures("Are China, Hong Kong", built(tracker(*apart[:3]), {"TWN": 2})) == 1


def test_a_sum_of_labels_in_place_of_a_range_and_persons_in_place_of_positions_are_found() -> None:
    rows = built(tracker(("GB", 8, 60), ("UK", 4, 50)), None)
    assert (failures("Are several labels", rows), failures("Are author counts", rows)) == (0, 0)
    assert failures("Are several labels", rows.with_columns(tracker_paper_count=pl.lit(13, pl.Int32))) == 1
    assert failures("Are author counts", rows.with_columns(tracker_stated_authors=pl.lit(110, pl.Int32))) == 1


@pytest.fixture
def captured(captures: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The tracker's rows, and the cross checks beside a conference year of ours that agrees with it."""
    folder = captures / "indiaml_tracker" / "2025-09-29"
    files = indiaml_tracker.SOURCE.files
    rows = pl.concat([indiaml_tracker.parse((folder / file.name).read_bytes(), file) for file in files])
    payload = (captures / "country_codes" / "2026-05-15" / "country-codes.csv").read_bytes()
    countries = country_codes.parse(payload, country_codes.SOURCE.files[0])
    names = pl.read_csv(REFERENCE / "country_aliases.csv", infer_schema=False)
    edition = {"venue_code": "icml", "year": 2024}
    ours = pl.DataFrame([edition | {"country_code": "USA", "paper_count": 1441}, edition | {"country_code": "CHN", "paper_count": 768}])
    coverage = pl.DataFrame([edition | {"paper_count": 2610, "slot_coverage_share": 0.96}])
    ours, coverage = (frame.with_columns(pl.col("year", "paper_count").cast(pl.Int32)) for frame in (ours, coverage))
    return rows, TABLE.conform(build(rows, ours, coverage, countries, names, LABELS))


def test_the_captured_tracker_is_read_with_every_label_in_its_place(captured: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    rows, checks = captured
    assert TABLE.row_bounds[0] <= checks.height <= TABLE.row_bounds[1]
    compared = ("Do the two routes agree", "Do they agree", "Can every conference year")
    assert [rule.question for rule in TABLE.rules if failures(rule.question, checks) and not rule.question.startswith(compared)] == []
    icml = checks.filter(venue_code="icml", year=2024)
    assert [row(icml, code)["tracker_share"] for code in ("USA", "CHN")] == [round(1417 / 2610, 6), round(772 / 2610, 6)]
    assert (row(icml, "GBR")["tracker_paper_count"], row(icml, "GBR")["tracker_paper_count_upper"]) == (213, 315)
    assert [row(icml, code)["is_within_tolerance"] for code in ("USA", "CHN")] == [True, True]
    assert row(checks.filter(venue_code="neurips"), "NAM")["printed_labels"] == ["NA"]
    assert set(LABELS["label"]) <= set(rows["country_label"])


def test_coverage_of_the_captured_tracker_is_known_but_for_one_file(captured: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    told = captured[1].select("venue_code", "year", "tracker_slot_coverage_share").unique().sort("venue_code", "year").rows()
    assert told == [("iclr", 2024, 0.947336), ("iclr", 2025, None), ("icml", 2024, 0.977522), ("icml", 2025, 0.985425),
                    ("neurips", 2024, 0.992146)]  # fmt: skip


def test_every_curated_label_has_a_kind_and_a_reason() -> None:
    assert LABELS.filter(pl.any_horizontal(pl.col("kind_code", "reason").is_null())).height == 0
    assert LABELS["label"].is_unique().all()
    assert set(LABELS.filter(pl.col("country_code").is_not_null())["kind_code"]) == {"spelling"}
