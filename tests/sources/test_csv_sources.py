"""Sources that are plain CSV: closed-world reading, every error naming source, place and remedy."""

from pathlib import Path

import pytest

from indicators.model import BadPayload, File
from indicators.sources import country_codes, epoch_eci, sources, wb_gdp, wb_population

HEADER = "Model,Display name,eci,eci_ci_low,eci_ci_high,date,Organization,Country (of organization),Model accessibility,Accessibility group"
ROW = "GPT-X, GPT-X ,150.5,148.0,152.1,2025-08-07,OpenAI,United States of America,API access,Closed weights"


def eci(*lines: str, header: str = HEADER) -> list[dict[str, object]]:
    payload = "\n".join([header, *lines]).encode()
    return epoch_eci.SOURCE.conform(epoch_eci.parse(payload, epoch_eci.SOURCE.files[0])).to_dicts()


def test_a_row_is_read_in_the_sources_own_words() -> None:
    (row,) = eci(ROW)
    assert (row["model_name"], row["eci"], str(row["release_date"])) == ("GPT-X", 150.5, "2025-08-07")


def test_an_anchor_has_no_bounds() -> None:
    (row,) = eci(ROW.replace("148.0,152.1", ","))
    assert (row["eci_low"], row["eci_high"]) == (None, None)


def test_the_other_spelling_of_a_column_is_known() -> None:
    (row,) = eci(ROW, header=HEADER.replace("Country (of organization)", "Country"))
    assert row["countries"] == "United States of America"


FAULTS = [
    (HEADER.replace(",eci,", ",ECI (new),"), ROW, r"epoch_eci: column for 'eci' is gone; known spellings.*add the new name to ALIASES"),
    (HEADER + ",Surprise", ROW + ",x", r"epoch_eci: unknown columns \['Surprise'\]"),
    (HEADER, ROW.replace("150.5", "many"), r"epoch_eci: column 'eci' holds \['many'\]"),
    (HEADER, ROW.replace("2025-08-07", "7 Aug"), r"epoch_eci: column 'release_date' holds \['7 Aug'\]"),
    (HEADER, ROW.replace("API access", "By post"), r"epoch_eci: column 'accessibility' holds unknown words \['By post'\]"),
    (HEADER, f"{ROW}\n{ROW}", r"epoch_eci: key 'model_name' is blank in 0 rows and repeats for \['GPT-X'\]"),
    (HEADER, ROW.replace("150.5", ""), r"epoch_eci: no score or no date for \['GPT-X'\]"),
]


@pytest.mark.parametrize(("header", "row", "message"), FAULTS)
def test_rubbish_is_refused_with_place_and_remedy(header: str, row: str, message: str) -> None:
    with pytest.raises(BadPayload, match=message):
        eci(row, header=header)


@pytest.mark.parametrize("source_id", ["epoch_eci", "country_codes", "epoch_ml_hardware", "wb_gdp", "wb_population"])
@pytest.mark.parametrize("payload", [b"\xff\xfe\x00x", b"<html>no</html>", b"a,b\n1,2\n", b'"unclosed'])
def test_what_is_no_such_csv_is_refused(source_id: str, payload: bytes) -> None:
    module = sources()[source_id]
    with pytest.raises(BadPayload, match=source_id):
        module.parse(payload, module.SOURCE.files[0])


WORLD_BANK = b"Country Name,Country Code,Year,Value\nA,AAA,2022,1\nA,AAA,2024,\nA,AAA,2023,2\nW,WLD,2021,9\n"


def test_gdp_keeps_the_newest_known_year() -> None:
    assert wb_gdp.parse(WORLD_BANK, wb_gdp.SOURCE.files[0]).rows() == [("AAA", 2023, 2.0), ("WLD", 2021, 9.0)]


def test_population_keeps_every_known_year_and_no_unknown_one() -> None:
    found = wb_population.parse(WORLD_BANK, wb_population.SOURCE.files[0]).rows()
    assert found == [("AAA", 2022, 1.0), ("AAA", 2023, 2.0), ("WLD", 2021, 9.0)]


@pytest.mark.parametrize(("source_id", "rows"), [("epoch_eci", 222), ("country_codes", 249), ("wb_gdp", 262), ("wb_population", 17_195)])
def test_the_captured_file_has_its_known_rows(source_id: str, rows: int, captures: Path) -> None:
    module = sources()[source_id]
    (path,) = (captures / source_id).glob(f"*/{module.SOURCE.files[0].name}")
    assert module.SOURCE.conform(module.parse(path.read_bytes(), module.SOURCE.files[0])).height == rows


def test_namibia_is_no_missing_value(captures: Path) -> None:
    (path,) = (captures / "country_codes").glob("*/country-codes.csv")
    rows = country_codes.parse(path.read_bytes(), File("country-codes.csv", "https://x"))
    assert rows.filter(iso3_code="NAM")["iso2_code"].to_list() == ["NA"]
