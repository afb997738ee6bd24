"""arena_ratings: one row a board and model, whose it is, how it was rated; and a question for every known trap."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from indicators.model import ContractBroken
from indicators.sources import lmarena_text
from indicators.tables._slugs import slug
from indicators.tables.capability.arena_ratings import TABLE, build

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
FULL, LATEST = (file.name for file in lmarena_text.SOURCE.files)
DAY, EARLIER = date(2026, 8, 21), date(2026, 8, 11)
ORGANIZATIONS = pl.DataFrame(
    {
        "organization_id": ["lab", "other-lab", "nobody"],
        "organization_name": ["Lab", "Other Lab", "Nobody"],
        "country_code": ["USA", "CHN", None],
    }
)
ALIASES = pl.DataFrame(
    {
        "alias": ["Lab", "Laboratory", "Other Lab", "Epoch's Lab"],
        "source_id": ["lmarena_text", "lmarena_text", "lmarena_text", "epoch_ai_models"],
        "organization_id": ["lab", "lab", "other-lab", "lab"],
    }
)
MODELS = pl.DataFrame({"model_id": ["model-1", "model-2"], "model_name": ["Model 1", "Model 2"]})
MODEL_ALIASES = pl.DataFrame({"alias": ["model-2-0821"], "source_id": ["lmarena_text"], "model_name": ["Model 2"], "reason": ["Same"]})
CURATED = pl.DataFrame({"model_name": ["blank-1", "blank-2"], "organization_name": ["Other Lab", "Nobody"], "basis": ["Why"] * 2})


def reference(name: str) -> pl.DataFrame:
    return pl.read_csv(REFERENCE / f"{name}.csv", infer_schema=False)


def made(rows: pl.DataFrame, **inputs: pl.DataFrame) -> pl.DataFrame:
    usual = {
        "organizations": ORGANIZATIONS,
        "organization_aliases": ALIASES,
        "models": MODELS,
        "reference_arena_organizations": CURATED,
        "reference_arena_licenses": reference("arena_licenses"),
        "reference_arena_breaks": reference("arena_breaks"),
        "reference_model_aliases": MODEL_ALIASES,
    }
    return TABLE.conform(build(lmarena_text=rows, **usual | inputs))


def built(*entries: dict[str, Any], **inputs: pl.DataFrame) -> pl.DataFrame:
    usual = {
        "leaderboard_date": DAY,
        "category_code": "overall",
        "model_name": "Model 1",
        "organization": "Lab",
        "license": "MIT",
        "rating": 1300.0,
        "rating_low": 1290.0,
        "rating_high": 1310.0,
        "rating_variance": None,
        "votes": 5_000,
        "rank": 1,
        "file_name": FULL,
    }
    return made(
        pl.DataFrame([usual | entry for entry in entries], schema=dict(lmarena_text.SOURCE.schema) | {"file_name": pl.String}), **inputs
    )


def one(**entry: Any) -> dict[str, Any]:
    return built(entry).row(0, named=True)


@pytest.mark.parametrize("spelling", ["Lab", "Laboratory", " Lab ", "Epoch's Lab"])
def test_every_known_spelling_is_the_same_organisation(spelling: str) -> None:
    row = one(organization=spelling)
    assert (row["organization_id"], row["organization_basis_code"], row["country_code"]) == ("lab", "source", "USA")


@pytest.mark.parametrize("spelling", ["Labs", "lab", "Nobody"])
def test_a_new_spelling_stops_the_build_and_says_where_to_add_it(spelling: str) -> None:
    with pytest.raises(ContractBroken, match=rf"arena_ratings: unknown organisations \['{spelling}'\].*organization_aliases\.csv"):
        one(organization=spelling)


def test_a_blank_organisation_is_filled_by_the_models_name_alone() -> None:
    given, countryless, unknown = (one(model_name=name, organization=None) for name in ("blank-1", "blank-2", "blank-3"))
    named = ("organization_id", "organization_basis_code", "country_code")
    assert tuple(given[name] for name in named) == ("other-lab", "curated", "CHN")
    assert tuple(countryless[name] for name in named) == ("nobody", "curated", None)
    assert tuple(unknown[name] for name in named) == (None, "unknown", None)


def test_what_is_printed_is_not_overruled_by_curation() -> None:
    assert one(model_name="blank-1", organization="Lab")["organization_id"] == "lab"


def test_curation_that_names_nobody_known_stops_the_build() -> None:
    wrong = pl.DataFrame({"model_name": ["x"], "organization_name": ["Atlantis Lab"], "basis": ["None"]})
    with pytest.raises(ContractBroken, match=r"arena_organizations\.csv names \['Atlantis Lab'\]"):
        built({}, reference_arena_organizations=wrong)


def test_a_board_of_both_files_comes_from_latest_whole_and_older_ones_from_full() -> None:
    rows = built(
        {"leaderboard_date": EARLIER, "rating": 1299.0},
        {"rating": 1301.0},
        {"model_name": "only in full"},
        {"rating": 1302.0, "file_name": LATEST},
    )
    assert rows.select("leaderboard_date", "model_name", "rating").rows() == [(EARLIER, "Model 1", 1299.0), (DAY, "Model 1", 1302.0)]


@pytest.mark.parametrize("files", [(FULL,), (LATEST,), (FULL, LATEST)])
def test_either_file_alone_is_enough_and_equal_files_count_once(files: tuple[str, ...]) -> None:
    assert built(*({"file_name": name} for name in files)).height == 1


def test_a_name_that_stands_twice_is_one_row_with_most_votes_then_the_better_rank() -> None:
    twice: list[dict[str, Any]] = [
        {"votes": 10_006, "rating": 1301.0, "rank": 19},
        {"votes": 10_472, "rank": 22},
        {"votes": 10_472, "rank": 23},
    ]
    for entries in (twice, twice[::-1]):
        assert built(*entries).select("votes", "rating", "rank", "is_listed_twice").rows() == [(10_472, 1300.0, 22, True)]
    assert one()["is_listed_twice"] is False


@pytest.mark.parametrize(("day", "variance", "method"), [
    (date(2024, 6, 19), None, "unweighted"),
    (date(2025, 7, 22), None, "unweighted"),
    (date(2025, 7, 23), None, "reweighted"),
    (date(2026, 7, 13), None, "style_controlled"),
    (date(2026, 7, 13), 9.0, "reweighted"),
    (date(2024, 6, 19), 9.0, "unweighted"),
])  # fmt: skip
def test_how_ratings_were_made_is_told_by_the_day_and_by_whose_board_it_is(day: date, variance: float | None, method: str) -> None:
    board: list[dict[str, Any]] = [
        {"leaderboard_date": day, "rating_variance": variance},
        {"leaderboard_date": day, "model_name": "Model 2"},
    ]
    assert built(*board)["method_code"].to_list() == [method, method]


def test_boards_of_several_days_in_any_order_keep_their_own_method() -> None:
    days = {date(2026, 7, 13): "style_controlled", date(2024, 6, 19): "unweighted", date(2025, 8, 4): "reweighted"}
    rows = built(*({"leaderboard_date": day, "model_name": f"Model {number}"} for number in range(20) for day in days))
    assert set(rows.select("leaderboard_date", "method_code").unique().iter_rows()) == set(days.items())


@pytest.mark.parametrize(("license_name", "is_open"), [
    ("MIT", True), ("CC-BY-NC-4.0", True), ("open", True), ("proprietary", False), ("Propretary", False), ("N/A", None), (None, None),
    ("Licence of tomorrow", None),
])  # fmt: skip
def test_weights_are_open_where_the_licence_is_known_to_open_them(license_name: str | None, is_open: bool | None) -> None:
    row = one(license=license_name)
    assert (row["license_name"], row["is_open_weights"]) == (license_name, is_open)


def test_a_model_is_linked_by_its_name_or_by_curation_and_never_guessed() -> None:
    names = ["Model 1", "model-2-0821", "model-1", "Model 3"]
    rows = built(*({"model_name": name} for name in names))
    assert dict(rows.select("model_name", "model_id").iter_rows()) == dict(zip(names, ["model-1", "model-2", None, None], strict=True))


HEALTHY = [
    {
        "leaderboard_date": day,
        "model_name": f"model {number}",
        "organization": "Lab" if number % 2 else "Other Lab",
        "rating": 1200.0 + number + shift,
        "rating_low": 1195.0 + number + shift,
        "rating_high": 1206.0 + number + shift,
        "votes": 5_000 + number,
        "rank": 101 - number,
    }
    for day, shift in ((EARLIER, 0), (DAY, 3))
    for number in range(1, 101)
]


def failing(*changes: tuple[int, dict[str, Any]], without: range = range(0), **altered: Any) -> set[str]:
    """Questions that fail on two healthy boards of 100 models, with entries changed, left out, or columns altered afterwards."""
    entries = [dict(entry) for number, entry in enumerate(HEALTHY) if number not in without]
    for number, change in changes:
        entries[number] |= change
    rows = built(*entries).with_columns(**altered)
    with duckdb.connect() as connection:
        connection.register("arena_ratings", rows)
        connection.execute("CREATE TABLE sources AS SELECT 'lmarena_text' AS source_id, DATE '2026-08-22' AS as_of_date")
        return {rule.question for rule in TABLE.rules if connection.sql(rule.failing_rows).fetchall()}


UNLINKED = "Is every model of the newest board linked to `models`?"
NO_MERCURY = "Does a board list a Mercury (else nothing tells the laboratory from its namesake)?"
EXPECTED = {UNLINKED, NO_MERCURY}
TRAPS: list[tuple[str, dict[str, Any]]] = [
    ("inside its own interval", {"rating_low": pl.lit(5.0), "rating_high": pl.lit(5.0)}),
    ("Are both bounds given", {"rating_low": pl.lit(None, pl.Float64)}),
    ("Has every model a rating", {"rating": pl.when(pl.col("model_name") != "model 3").then("rating")}),
    ("Does every name stand on a board once", {"is_listed_twice": pl.col("model_name") == "model 3"}),
    ("At least 90", {"country_code": pl.when(pl.col("rank") > 11).then("country_code")}),
    ("Has every model an organisation", {"country_code": pl.when(pl.col("model_name") != "model 3").then("country_code")}),
    ("whether it opens the weights", {"license_name": pl.lit("Licence of tomorrow"), "is_open_weights": pl.lit(None, pl.Boolean)}),
    ("open on one board and closed", {"is_open_weights": pl.col("leaderboard_date") == DAY}),
    ("of one organisation on every board", {"organization_id": pl.col("leaderboard_date").cast(pl.String)}),
    ("Is Mercury", {"model_name": pl.col("model_name").replace("model 2", "mercury-2")}),
    ("rest on 3,000 votes", {"votes": pl.when(pl.col("model_name") != "model 100").then("votes").otherwise(2_000)}),
    ("dated after its source was read", {"leaderboard_date": pl.col("leaderboard_date").replace({DAY: date(2026, 8, 23)})}),
    ("Is every board a new fit", {"rating": pl.col("rating") - pl.when(pl.col("leaderboard_date") == DAY).then(3).otherwise(0)}),
]  # fmt: skip


def test_healthy_boards_raise_no_question() -> None:
    assert failing() == EXPECTED


@pytest.mark.parametrize(("question", "altered"), TRAPS)
def test_every_trap_is_asked_about(question: str, altered: dict[str, Any]) -> None:
    assert [told for told in failing(**altered) if question.lower() in told.lower()]


def test_boards_without_a_mercury_are_told_of() -> None:
    assert NO_MERCURY not in failing((0, {"model_name": "mercury-2"}))


def test_a_board_that_loses_models_is_asked_about_and_a_quarter_blocks() -> None:
    few, many = failing(without=range(100, 111)), failing(without=range(100, 126))
    assert {question for question in few if "tenth" in question or "90 and 1,000" in question} == {
        "Has every board since June 2024 between 90 and 1,000 models?",
        "Does no more than a tenth of the models join or leave from one board to the next, within two months?",
    }
    blocking = {rule.question for rule in TABLE.rules if not rule.is_warning}
    assert any("three quarters" in question for question in many & blocking)
    assert not any("three quarters" in question for question in few)


def test_a_block_of_new_models_is_asked_about() -> None:
    assert any("join or leave" in question for question in failing(without=range(11)))


def test_other_letters_are_the_same_model_between_boards() -> None:
    assert failing(*((number, {"model_name": f"MODEL {number - 99}"}) for number in range(100, 200))) == EXPECTED


def test_a_new_board_after_a_gap_is_no_loss() -> None:
    changes = [(number, {"leaderboard_date": date(2026, 1, 1)}) for number in range(100)]
    assert failing(*changes, without=range(100, 104)) == EXPECTED


def captured(folder: Path) -> pl.DataFrame:
    files = lmarena_text.SOURCE.files
    parts = [(file.name, lmarena_text.parse((folder / file.url.rpartition("/")[2]).read_bytes(), file)) for file in files]
    organizations = reference("organizations").with_columns(organization_id=slug(pl.col("organization_name")))
    ids = organizations.select("organization_name", "organization_id")
    return made(
        pl.concat([rows.with_columns(file_name=pl.lit(name)) for name, rows in parts]),
        organizations=organizations,
        organization_aliases=reference("organization_aliases").join(ids, on="organization_name"),
        reference_arena_organizations=reference("arena_organizations"),
    )


@pytest.mark.parametrize(("day", "height", "twice"), [("2026-01-20", 12_839, 3), ("2026-08-22", 15_914, 4)])
def test_every_capture_gives_a_sound_table(captures: Path, day: str, height: int, twice: int) -> None:
    rows = captured(captures / "lmarena_text" / day)
    assert (rows.height, rows["is_listed_twice"].sum()) == (height, twice)
    assert rows["organization_id"].null_count() == 0
    assert set(rows.filter(pl.col("country_code").is_null())["organization_id"]) == {"openassistant", "openchat", "rwkv-foundation"}
    with duckdb.connect() as connection:
        connection.register("arena_ratings", rows)
        connection.execute("CREATE TABLE sources AS SELECT 'lmarena_text' AS source_id, DATE '2026-08-22' AS as_of_date")
        assert [rule.question for rule in TABLE.rules if not rule.is_warning and connection.sql(rule.failing_rows).fetchall()] == []


def test_the_first_hundred_of_the_newest_board_have_an_organisation_and_a_country(captures: Path) -> None:
    rows = captured(captures / "lmarena_text" / "2026-08-22").filter(pl.col("leaderboard_date") == DAY)
    assert rows.height == 394
    assert rows.sort("rating", descending=True).head(100).select("organization_id", "country_code").null_count().row(0) == (0, 0)
    assert rows["country_code"].null_count() == 4


def test_inception_is_the_us_laboratory(captures: Path) -> None:
    rows = captured(captures / "lmarena_text" / "2026-08-22").filter(pl.col("model_name").str.starts_with("mercury"))
    assert rows.select("organization_id", "country_code").unique().rows() == [("inception-labs", "USA")]


def test_curation_still_applies(captures: Path) -> None:
    rows = captured(captures / "lmarena_text" / "2026-08-22")
    curated = set(reference("arena_organizations")["model_name"])
    assert curated - set(rows.filter(pl.col("organization_basis_code") == "curated")["model_name"]) == {"inkling-small Thinky"}
    licenses = set(reference("arena_licenses")["license_name"])
    assert licenses == set(rows["license_name"].drop_nulls()) - {"N/A"}
    aliases = reference("model_aliases").filter(pl.col("source_id") == "lmarena_text")
    assert set(aliases["alias"]) <= set(rows["model_name"])


def test_every_curated_row_gives_its_reason_once() -> None:
    for name, key, reason in (("arena_organizations", "model_name", "basis"), ("arena_licenses", "license_name", "reason")):
        rows = reference(name)
        assert rows[key].is_unique().all()
        assert rows.null_count().sum_horizontal().item() == 0
        assert rows[reason].str.len_chars().min() > 5  # type: ignore[operator]
    assert set(reference("arena_breaks")["method_code"]) == set(TABLE.column("method_code").values)
