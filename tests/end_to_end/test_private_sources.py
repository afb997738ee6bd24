"""Captures that must stay hold planted values: they are fetched, read and compared, and no published byte knows of them."""

import io
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import house
import polars as pl
import pytest

from indicators.model import Source
from indicators.sources import sources
from indicators.sources.eto_agora import ALIASES as AGORA
from indicators.sources.undp_ai_survey import ITEMS, MEAN_AGE, PEOPLE

WORD, NUMBER, SHARE = "Sentinelia", 987_654_321, 97.3391
PLANTED = (WORD, str(NUMBER), "97.3391", "0.973391", "987654321")


def zipped(**members: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        for name, text in members.items():
            opened.writestr(f"folder/{name}.csv", text)
    return packed.getvalue()


def documents() -> str:
    header = {spellings[0]: "" for spellings in AGORA.values()}
    planted = {"AGORA ID": str(NUMBER), "Authority": WORD, "Collections": "U.S. federal laws", "Most recent activity": "Enacted"}
    flags = {spellings[0]: "true" for name, spellings in AGORA.items() if name.startswith("is_")}
    return pl.DataFrame([header | planted | flags | {"Most recent activity date": "2024-01-01"}]).write_csv()


def survey() -> str:
    header = "Country ISO,Country,Section,Question,Description,Value,Unit"
    items = [(item, "%" if item != MEAN_AGE else "years") for item in (*PEOPLE, *ITEMS)]
    return "\n".join([header, *(f'USA,{WORD},Any,"{item}",,{SHARE},{unit}' for item, unit in items)])


def payloads() -> dict[str, dict[str, bytes]]:
    """By source and file: a payload in the upstream format that holds nothing but planted values."""
    cat = {
        "publications_yearly_articles": f"country,field,year,num_articles,complete\n{WORD},All,2020,{NUMBER},True\n",
        "patents_yearly_applications": f"country,field,year,num_patent_applications,complete\n{WORD},All,2020,{NUMBER},True\n",
        "companies_yearly_estimated": f"country,field,year,estimated_investment,complete\nChina (mainland),All,2020,{NUMBER},True\n",
    }
    pair = "country1,country2,field,year,num_articles,complete\nChina,{word},{field},2020,{number},True\n"
    return {
        "eto_cat": {"cat.zip": zipped(**cat)},
        "eto_agora": {"agora.zip": zipped(documents=documents(), authorities=f"Name,Jurisdiction\n{WORD},China\n")},
        "eto_cross_border": {
            file.name: pair.format(word=WORD, field=file.name.removesuffix(".csv"), number=NUMBER).encode()
            for file in sources()["eto_cross_border"].SOURCE.files
        },
        "eto_semiconductor_supply_chain": {
            "providers.csv": f"provider_name,provider_id,provider_type\n{WORD},P1,country\n".encode(),
            "provision.csv": "provider_name,provider_id,provided_name,provided_id,share_provided,year\n"
                             f"{WORD},P1,Fabrication,S2,{SHARE},2022\n".encode(),
        },
        "owid_sipri_milex": {
            "sipri_military_expenditure.csv": "Entity,Year,military_expenditure,military_expenditure_share_gdp\n"
                                              f"{WORD},2019,{NUMBER},{SHARE}\n".encode(),
        },
        "stanford_ai_index": {"fig_3.2.1.csv": f"Year,Number of AI incidents\n2020,{NUMBER}\n".encode()},
        "undp_ai_survey": {"prism-AIHDS25_Survey-data-values.csv": survey().encode()},
    }  # fmt: skip


def plant(place: Path, source: Source, held: dict[str, bytes]) -> None:
    """Put payloads where a folder in place of the live hosts has them."""
    for file in source.files:
        if file.name in held:
            parts = urlsplit(file.url)
            path = place / parts.netloc / (parts.path.lstrip("/") + (f"?{parts.query}" if parts.query else ""))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(held[file.name])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose private sources were fetched with planted values, after a release and a comparison."""
    place = tmp_path_factory.mktemp("private")
    for name, held in payloads().items():
        plant(place / "mirror", sources()[name].SOURCE, held)
    house.indicators("refresh", data=place / "data", INDICATORS_MIRROR=str(place / "mirror"))
    assert "published" in house.indicators("release", data=place / "data").stdout
    (place / "data" / "told.txt").write_text(house.indicators("cross-checks", data=place / "data").stdout)
    return place / "data"


def said(path: Path) -> str:
    """What a file says: its text, or every value and all metadata of a Parquet file."""
    if path.suffix == ".parquet":
        return f"{pl.read_parquet(path).to_dicts()} {pl.read_parquet_metadata(path)}"
    return path.read_text(encoding="utf-8", errors="replace")


def test_planted_values_were_fetched_and_read(data: Path) -> None:
    private = {name for name, module in sources().items() if module.SOURCE.is_private}
    assert private == set(payloads())
    for name, held in payloads().items():
        log = (data / "snapshots" / name / "log.jsonl").read_text()
        good = {file for file in held if f'"file": "{file}", "url"' in log and '"outcome": "new"' in log}
        assert good == set(held), name
    told = pl.read_parquet(data / "private" / "private_cross_checks.parquet")
    assert {"incidents", "private_investment_usd", "military_documents_share"} <= set(told["check_code"])
    assert float(NUMBER) in told["their_value"].to_list()
    assert "private_cross_checks: for you alone" in (data / "told.txt").read_text()


@pytest.mark.parametrize("place", ["releases", "candidate", "working"])
def test_no_published_file_holds_a_planted_value(data: Path, place: str) -> None:
    files = [path for path in (data / place).rglob("*") if path.is_file()]
    assert files
    for path in files:
        text = said(path)
        assert not [value for value in PLANTED if value in text], path


def test_the_history_holds_none_either(data: Path) -> None:
    with duckdb.connect(str(data / "indicators.duckdb"), read_only=True) as history:
        names = history.sql("SELECT '\"' || schema_name || '\".\"' || table_name || '\"' FROM duckdb_tables()").fetchall()
        texts = [str(history.sql(f"FROM {name}").fetchall()) for (name,) in names]
    assert any("USA-CHN" in text for text in texts)
    assert not [value for value in PLANTED for text in texts if value in text]


def test_no_private_source_is_named_among_the_sources_of_the_release(data: Path) -> None:
    release = data / "releases" / "latest"
    named = {row["source_id"] for row in house.document(release.resolve(), "sources")}
    assert not named & set(payloads())
    assert "private" not in {path.stem.partition("_")[0] for path in (release / "tables").iterdir()}


def test_a_fresh_clone_compares_nothing_and_says_so(tmp_path: Path, data: Path) -> None:
    clone = tmp_path / "data"
    (clone / "candidate").mkdir(parents=True)
    (clone / "candidate" / "tables").symlink_to(data / "candidate" / "tables")
    assert "private_cross_checks" in house.indicators("cross-checks", data=clone).stdout
    assert pl.read_parquet(clone / "private" / "private_cross_checks.parquet").height == 0
