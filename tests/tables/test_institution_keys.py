"""institution_keys: what may be known of an affiliation, and what must not be."""

import csv

import duckdb
import polars as pl
import pytest
from institutions import CURATED, FOLDERS, baseline, keys, reference

from indicators.model import ContractBroken
from indicators.tables.researchers._names import plain
from indicators.tables.researchers.institution_keys import TABLE

KEYS = keys()


def found(kind: str, key: str) -> list[tuple[str | None, str | None]]:
    rows = KEYS.filter((pl.col("kind_code") == kind) & (pl.col("key") == key))
    return rows.select("institution_name", "country_code").rows()


def failing(frame: pl.DataFrame) -> list[str]:
    countries = baseline("country_codes").rename({"iso3_code": "country_code"})
    with duckdb.connect() as connection:
        connection.register("institution_keys", frame)
        connection.register("countries", countries)
        return [rule.question for rule in TABLE.rules if not rule.is_warning and connection.sql(rule.failing_rows).fetchall()]


def with_alias(alias: str, name: str, code: str) -> pl.DataFrame:
    rows = reference("institution_aliases")
    row = pl.DataFrame([(alias, name, code, "because")], schema=rows.columns, orient="row")
    return pl.concat([rows.filter(pl.col("alias").str.to_lowercase() != alias), row])


def test_the_curated_files_and_the_list_of_universities_pass_every_question() -> None:
    assert failing(KEYS) == []


@pytest.mark.parametrize(
    ("alias", "name", "code", "question"),
    [
        ("microsoft research", "Microsoft", "CHN", "trap 6"),
        ("microsoft research", "Microsoft", "USA", "trap 6"),
        ("google", "Google", "USA", "multinational an alias"),
        ("northeastern university", "Northeastern University", "USA", "two countries"),
    ],
)
def test_an_alias_that_hides_an_assumption_fails_the_table(alias: str, name: str, code: str, question: str) -> None:
    assert [asked for asked in failing(keys(institution_aliases=with_alias(alias, name, code))) if question in asked]


def test_a_seat_of_microsoft_in_china_fails_the_table() -> None:
    moved = reference("institution_seats").with_columns(
        country_code=pl.when(pl.col("organization_name") == "Microsoft").then(pl.lit("CHN")).otherwise("country_code")
    )
    assert [asked for asked in failing(keys(institution_seats=moved)) if "trap 6" in asked]


def test_a_domain_that_is_sold_worldwide_fails_the_table_once_it_tells_a_country() -> None:
    domains = reference("domain_countries").filter(pl.col("domain") != "ai")
    assert [asked for asked in failing(keys(domain_countries=domains)) if "sold worldwide" in asked]


def test_a_name_of_two_universities_in_two_countries_says_nothing() -> None:
    assert found("university", "northeastern university") == [("Northeastern University", None)]
    assert found("university", "southeast university")[0][1] is None


def test_a_domain_names_its_university_by_the_usual_name() -> None:
    assert found("domain", "ethz.ch") == [("ETH Zurich", "CHE")]
    assert found("domain", "illinois.edu") == found("domain", "uiuc.edu")


def test_a_curated_domain_overrules_the_list_of_universities() -> None:
    assert found("domain", "sustech.edu") == [("Southern University of Science and Technology", "CHN")]
    assert found("domain", "cuhk.edu.cn") == [("The Chinese University of Hong Kong, Shenzhen", "CHN")]
    assert found("domain", "ac") == [(None, None)]


def test_georgia_is_a_state_too_and_stands_for_no_country() -> None:
    assert found("country", "georgia") == []
    assert found("country", "germany") == [(None, "DEU")]


def test_two_curated_rows_of_one_spelling_stop_the_build() -> None:
    rows = reference("institution_aliases")
    twice = pl.concat([rows, rows.head(1).with_columns(alias=pl.col("alias").str.to_uppercase())])
    with pytest.raises(ContractBroken, match="two curated rows say what alias"):
        keys(institution_aliases=twice)


def test_every_curated_row_has_a_reason() -> None:
    reasons = {"institution_aliases": "evidence", "institution_places": "reason", "institution_seats": "citation"}
    for name, column in reasons.items():
        assert name in CURATED
        with (FOLDERS.reference / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert all(row[column].strip() for row in csv.DictReader(file))


def test_an_alias_is_evidenced_by_an_official_address_and_without_a_country_by_words() -> None:
    for row in reference("institution_aliases").iter_rows(named=True):
        assert (row["country_code"] is None) == (row["institution_name"] is None) == (not row["evidence"].startswith("https://")), row
        assert row["alias"].isascii() is False or plain(row["alias"]), row


def test_an_institution_has_one_country_unless_it_is_named_for_its_campus() -> None:
    named = reference("institution_aliases").drop_nulls("country_code").group_by("institution_name").agg(pl.col("country_code").n_unique())
    assert named.filter(pl.col("country_code") > 1)["institution_name"].to_list() == []
