"""Epoch AI's GPU clusters: every vintage known or told of, repeated names, blanks, and what must stop a refresh."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from indicators.model import BadPayload
from indicators.sources.epoch_gpu_clusters import FLAGS, IGNORED, MEASURES, NAMES, SOURCE, parse

FILE = SOURCE.files[0]
SPELLINGS = {**NAMES, "first_operational_date": ["First Operational Date"], **MEASURES, **FLAGS}
NAMELESS = "Anonymized Chinese System"


def payload(*rows: dict[str, str], beside: tuple[str, ...] = ("Note", "Source 1")) -> bytes:
    """A file in the upstream format with the given cells (by our names, or theirs in `beside`), all others blank."""
    usual = {"cluster_name": "Cluster One", "status": "Existing", "certainty": "Confirmed"}
    cells = [
        {spellings[0]: (usual | row).get(ours, "") for ours, spellings in SPELLINGS.items()} | {name: row.get(name, "") for name in beside}
        for row in rows
    ]
    return pl.DataFrame(cells, schema=[*(spellings[0] for spellings in SPELLINGS.values()), *beside]).write_csv().encode()


def test_a_row_is_read_as_stated_and_blank_stays_unknown() -> None:
    row = parse(payload({"country_name": "Korea (Republic of)", "h100_equivalents": "12.5", "first_operational_date": "2024-05-06"}), FILE)
    told = row.row(0, named=True)
    assert (told["country_name"], told["h100_equivalents"], told["first_operational_date"]) == (
        "Korea (Republic of)",
        12.5,
        date(2024, 5, 6),
    )
    assert (told["owners"], told["power_mw"], told["primary_chip_name"], told["superseded_by_name"]) == (None, None, None, None)


def test_a_blank_country_is_kept_as_unknown() -> None:
    rows = parse(payload({"country_name": "China"}, {"country_name": " "}), FILE)
    assert rows["country_name"].to_list() == ["China", None]


def test_a_flag_is_yes_or_blank() -> None:
    rows = parse(payload({"is_in_standard_analysis": "True"}, {"is_possible_duplicate": "True"}, {"is_possible_duplicate": "False"}), FILE)
    assert rows.select(list(FLAGS)).rows() == [(True, False), (False, True), (False, False)]


@pytest.mark.parametrize("text", ["675000000", "675000000.0", "6.75e+8", "675000000.0000001"])
def test_every_way_of_writing_a_number_is_the_same_figure(text: str) -> None:
    assert parse(payload({"h100_equivalents": text}), FILE)["h100_equivalents"].to_list() == [pytest.approx(6.75e8, abs=1e-3)]


def test_line_breaks_and_quotes_in_cells_leave_rows_whole() -> None:
    note = 'First line,\n"second line"\n\nthird'
    rows = parse(payload({"Note": note, "owners": "A,B"}, {"cluster_name": '"Jupiter, Jülich"'}), FILE)
    assert rows.select("cluster_name", "owners").rows() == [("Cluster One", "A,B"), ("Jupiter, Jülich", None)]


def test_a_later_phase_in_quotes_bears_the_name_of_its_row() -> None:
    phases = parse(payload({"superseded_by_name": '"Site, Phase 2"'}, {"cluster_name": '"Site, Phase 2"'}), FILE)
    assert phases["superseded_by_name"][0] == phases["cluster_name"][1] == "Site, Phase 2"


def test_no_prose_and_no_link_is_kept() -> None:
    rows = parse(payload({"Note": "A long tale", "Source 1": "https://example.org/tale"}), FILE)
    assert not any("tale" in str(cell) for cell in rows.row(0))


def test_a_name_may_repeat() -> None:
    assert parse(payload(*[{"cluster_name": NAMELESS}] * 3), FILE)["cluster_name"].to_list() == [NAMELESS] * 3


def test_columns_of_a_map_and_another_order_change_nothing() -> None:
    plain = payload({"power_mw": "5"})
    header, row = payload({"power_mw": "5", "latitude": "1.5", "longitude": "-2"}, beside=("latitude", "longitude")).decode().splitlines()
    turned = "\n".join(",".join(reversed(line.split(","))) for line in (header, row))
    assert parse(turned.encode(), FILE).equals(parse(plain, FILE))


@pytest.mark.parametrize(("cells", "match"), [
    ({"status": "Rumoured"}, r"'status' holds unknown words \['Rumoured'\]"),
    ({"certainty": "Sure"}, "certainty"),
    ({"is_in_standard_analysis": "Maybe"}, "is_in_standard_analysis"),
    ({"h100_equivalents": "0"}, "zero or negative for \\['Cluster One'\\]"),
    ({"power_mw": "-1"}, "zero or negative"),
    ({"primary_chip_count": "many"}, "no numbers"),
    ({"first_operational_date": "2024-05"}, "no days"),
    ({"cluster_name": ""}, "'cluster_name' is blank in 1 of 1 rows"),
    ({"status": ""}, "'status' is blank"),
])  # fmt: skip
def test_a_cell_outside_the_known_world_is_refused(cells: dict[str, str], match: str) -> None:
    with pytest.raises(BadPayload, match=match):
        parse(payload(cells), FILE)


def test_a_file_without_rows_is_refused() -> None:
    with pytest.raises(BadPayload, match="0 of 0 rows"):
        parse(payload(), FILE)


def test_a_lost_flag_or_a_new_column_stops_the_refresh_and_says_what_to_do() -> None:
    whole = payload({}).decode()
    with pytest.raises(BadPayload, match=r"is_in_standard_analysis.*is gone.*add the new name to ALIASES"):
        parse(whole.replace("Include in Standard Analysis", "Standard").encode(), FILE)
    with pytest.raises(BadPayload, match=r"unknown columns \['Colour'\]"):
        parse(payload({}, beside=("Colour",)), FILE)


def test_no_column_is_both_read_and_ignored() -> None:
    assert not {name for spellings in SPELLINGS.values() for name in spellings} & set(IGNORED)


@pytest.mark.parametrize("day", ["2025-11-01", "2026-03-30"])
def test_every_capture_is_read_whole(captures: Path, day: str) -> None:
    rows = SOURCE.conform(parse((captures / "epoch_gpu_clusters" / day / "gpu_clusters.csv").read_bytes(), FILE))
    assert (rows.height, rows["is_in_standard_analysis"].sum(), rows["is_possible_duplicate"].sum()) == (786, 482, 94)
    assert dict(rows["status"].value_counts().iter_rows()) == {"Existing": 609, "Planned": 171, "Decommissioned": 6}
    assert [rows[name].null_count() for name in ("country_name", "first_operational_date", "h100_equivalents")] == [85, 178, 83]
    nameless = rows.filter(cluster_name=NAMELESS)
    assert (nameless.height, nameless.filter(country_name="Hong Kong").height) == (257, 4)
    assert set(rows.filter("is_in_standard_analysis")["status"]) == {"Existing"}


@pytest.mark.parametrize("day", ["2025-11-01", "2026-03-30"])
def test_a_file_of_the_standard_analysis_alone_reads_like_its_rows_in_the_whole(captures: Path, day: str) -> None:
    raw = pl.read_csv(captures / "epoch_gpu_clusters" / day / "gpu_clusters.csv", infer_schema=False)
    kept = raw.filter(pl.col("Include in Standard Analysis") == "True").write_csv().encode()
    whole = parse(raw.write_csv().encode(), FILE)
    assert parse(kept, FILE).equals(whole.filter("is_in_standard_analysis"))
