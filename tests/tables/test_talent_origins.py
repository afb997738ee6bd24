"""Published figures: one row each, origin apart from work, and an interval that says what it lacks."""

from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from indicators.model import ContractBroken, Folders
from indicators.tables.researchers.talent_origins import TABLE, build

CURATED = pl.read_csv(Folders(Path()).reference / "talent_origins.csv", infer_schema=False)
ARCHIVE = "https://archivemacropolo.org/interactive/"
Row = dict[str, Any]


def figure(**cells: str | None) -> Row:
    usual = {
        "study_code": "macropolo", "edition": "2.0", "cohort_name": "NeurIPS 2022", "cohort_year": "2022", "tier_code": "top_20",
        "population_code": "all", "population_note": "Authors", "stage_code": "undergraduate", "country_code": "CHN", "share": "0.47",
        "sample_size": "867", "url": "https://example.org/a", "source_kind_code": "press",
    }  # fmt: skip
    return dict.fromkeys(CURATED.columns) | usual | cells


def built(*figures: Row) -> pl.DataFrame:
    return TABLE.conform(build(pl.DataFrame(list(figures), schema=dict.fromkeys(CURATED.columns, pl.String))))


def failures(question: str, rows: pl.DataFrame, ours: float = 0.06) -> int:
    (rule,) = [rule for rule in TABLE.rules if rule.question.startswith(question)]
    pairs = {"venue_code": ["neurips"], "year": [2018], "country_code_a": ["CHN"], "country_code_b": ["USA"], "paper_count": [ours * 1000]}
    with duckdb.connect() as database:
        database.register("talent_origins", rows)
        database.register("paper_pairs", pl.DataFrame(pairs))
        database.register("venue_coverage", pl.DataFrame({"venue_code": ["neurips"], "year": [2018], "papers_with_country": [1000]}))
        return len(database.execute(rule.failing_rows).fetchall())


REAL = TABLE.conform(build(CURATED))


def changed(condition: pl.Expr, **cells: Any) -> pl.DataFrame:
    """The real table with some cells of some rows replaced."""
    assert REAL.filter(condition).height
    values = {name: pl.when(condition).then(value).otherwise(pl.col(name)) for name, value in cells.items()}
    return REAL.with_columns(**values)


CHINA = (pl.col("country_code") == "CHN") & (pl.col("cohort_year") == 2022) & (pl.col("tier_code") == "top_20")
ORIGIN = CHINA & (pl.col("stage_code") == "undergraduate")


def test_the_curated_figures_are_all_there_and_answer_every_question() -> None:
    assert (CURATED.height, REAL.height) == (56, 54)
    assert TABLE.row_bounds[0] <= REAL.height <= TABLE.row_bounds[1]
    assert [rule.question for rule in TABLE.rules if failures(rule.question, REAL)] == []


def test_a_figure_on_two_pages_is_one_row_with_both() -> None:
    (row,) = built(figure(url="https://b.org"), figure(url="https://a.org", source_kind_code="publisher")).to_dicts()
    assert (row["urls"], row["source_kind_codes"]) == (["https://a.org", "https://b.org"], ["press", "publisher"])
    assert (row["variant"], row["is_disputed"]) == (1, False)
    assert REAL.filter(pl.col("urls").list.len() > 1).select("country_code", "share").sort("share").rows() == [("CHN", 0.29), ("CHN", 0.47)]


def test_pages_that_differ_are_kept_apart_and_marked() -> None:
    rows = built(figure(), figure(share="0.45", url="https://example.org/b"), figure(country_code="USA", share="0.18"))
    told = rows.select("country_code", "share", "variant", "is_disputed").rows()
    assert told == [("CHN", 0.45, 1, True), ("CHN", 0.47, 2, True), ("USA", 0.18, 1, False)]
    assert failures("Do all pages agree", rows) == 2
    assert failures("Are figures that differ", rows) == 0
    assert failures("Are figures that differ", rows.with_columns(is_disputed=pl.lit(value=False))) == 1


def test_a_figure_counted_twice_is_found() -> None:
    assert failures("Is a figure on several pages", pl.concat([REAL, REAL.filter(ORIGIN)])) == 1


def test_the_half_width_is_the_binomial_one_and_says_that_it_is_too_small() -> None:
    (row,) = built(figure()).to_dicts()
    assert row["half_width"] == pytest.approx(0.0332, abs=5e-5)
    assert row["interval_code"] == "binomial_design_effect_unknown"


@pytest.mark.parametrize("cells", [
    {"sample_size": None},
    {"stage_code": "us_china_coauthored_papers", "share": None, "count": "141", "sample_size": "5290", "country_code": None},
    {"stage_code": "sample_authors", "share": None, "count": "867", "sample_size": None, "country_code": None},
])  # fmt: skip
def test_without_a_sample_of_known_size_there_is_no_half_width(cells: dict[str, str | None]) -> None:
    assert built(figure(**cells)).select("half_width", "interval_code").rows() == [(None, "none")]


def test_a_printed_count_makes_a_share_that_says_it_is_computed() -> None:
    (row,) = built(
        figure(study_code="carnegie_follow_up", stage_code="follow_up_work", share=None, count="87", sample_size="100")
    ).to_dicts()
    assert (row["share"], row["share_basis_code"], row["count"]) == (0.87, "computed", 87)
    assert built(figure())["share_basis_code"].to_list() == ["published"]


def test_a_region_has_no_country() -> None:
    assert REAL.filter(pl.col("region_name") == "Europe")["country_code"].to_list() == [None] * 4
    assert failures("Has a share of persons", built(figure(region_name="Europe"))) == 1
    assert failures("Has a share of persons", built(figure(country_code=None))) == 1
    assert failures("Has a share of persons", built(figure(country_code=None, region_name="Europe"))) == 0


@pytest.mark.parametrize("cells", [{"share": "47%"}, {"cohort_year": "NeurIPS 2022"}, {"sample_size": "8x7"}])
def test_a_cell_that_is_no_number_stops_the_build_with_its_name(cells: dict[str, str]) -> None:
    (name,) = cells
    with pytest.raises(ContractBroken, match=rf"talent_origins: {name} is \['.*'\].*correct it"):
        built(figure(**cells))


def test_the_47_per_cent_is_asked_for_as_an_origin_and_nothing_else() -> None:
    assert failures("Are China 47%", REAL.filter(~ORIGIN)) == 1
    assert failures("Are China 47%", changed(ORIGIN, share=0.46)) == 1
    assert failures("Are China 47%", changed(ORIGIN, stage_code=pl.lit("work"))) == 1


def test_an_origin_that_is_taken_for_a_workplace_or_the_elite_is_found() -> None:
    assert failures("Is the 47% of 2022", changed(CHINA & (pl.col("stage_code") == "work"), share=0.47)) == 1
    assert failures("Is the 47% of 2022", changed(pl.col("tier_code") == "elite_2_percent", share=0.47)) == 2
    assert failures("Does an origin say", changed(pl.col("stage_code") == "work", stage_code=pl.lit("undergraduate"))) == 11


def test_shares_of_one_cohort_and_stage_never_make_more_than_one() -> None:
    most = [figure(country_code=code, share="0.5") for code in ("CHN", "USA")]
    assert failures("Do the shares of one", built(*most)) == 0
    assert failures("Do the shares of one", built(*most, figure(country_code="IND", share="0.01"))) == 1
    assert failures("Do the shares of one", built(*most, figure(country_code="IND", share="0.01", stage_code="work"))) == 0


def test_the_elite_of_one_edition_is_never_that_of_the_other() -> None:
    assert failures("Are the elites", built(figure(tier_code="elite_half_percent"))) == 1
    assert failures("Are the elites", built(figure(tier_code="elite_2_percent", edition="1.0"))) == 1
    assert set(REAL.filter(pl.col("tier_code").str.starts_with("elite")).select("edition", "tier_code").unique().rows()) == {
        ("1.0", "elite_half_percent"), ("2.0", "elite_2_percent"),
    }  # fmt: skip


@pytest.mark.parametrize(("question", "cells"), [
    ("Is every figure of MacroPolo", {"cohort_name": "NeurIPS 2024", "cohort_year": "2024"}),
    ("Is every figure of MacroPolo", {"edition": "1.0"}),
    ("Is nothing quoted from the archive", {"url": ARCHIVE}),
    ("Is nothing quoted from the text", {"share": "0.38"}),
    ("Has every figure a page", {"url": "a talk"}),
])  # fmt: skip
def test_a_figure_that_nobody_proved_is_found(question: str, cells: dict[str, str]) -> None:
    assert (failures(question, built(figure())), failures(question, built(figure(**cells)))) == (0, 1)


def test_another_sample_than_the_studys_and_a_follow_up_with_persons_missing_are_found() -> None:
    assert failures("Is the sample of a share", changed(ORIGIN, sample_size=955)) == 1
    assert failures("Is the sample of a share", changed(pl.col("count") == 87, count=86)) == 1


def test_a_half_width_of_another_sample_or_of_none_is_found() -> None:
    assert failures("Is a half-width", changed(ORIGIN, sample_size=100)) == 1
    assert failures("Is a half-width", changed(pl.col("tier_code") == "elite_half_percent", half_width=0.01)) == 8
    assert failures("Is a half-width", changed(ORIGIN, half_width=None)) == 1


def test_coauthor_counts_of_wired_are_marked_and_lie_far_below_ours() -> None:
    assert REAL.filter(pl.col("caveat_code").is_not_null())["count"].sort().to_list() == [134, 141]
    assert failures("Is every coauthor count", REAL.with_columns(caveat_code=pl.lit(None, pl.String))) == 2
    assert failures("Do WIRED's", REAL, ours=0.046) == 0
    assert failures("Do WIRED's", REAL, ours=0.042) == 1
