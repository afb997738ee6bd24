"""The release page: what it shows is what the release says, nothing is loaded from elsewhere, and everybody can read it."""

import json
import math
import re
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import gates
import ledger
import pages
import polars as pl
import pytest

from indicators.model import Column, Table
from indicators.quality import file_sha256
from indicators.release import Release
from indicators.release.edition import Edition
from indicators.release.site import FILES, marks, matrix, series, words
from indicators.release.site.controls import RuleVersion
from indicators.release.site.headlines import SECTIONS, Headline, Line

GAP = ("capability_gap", "USA-CHN", "as_dated")
NAMES = [Path(name).stem for name in FILES if name.endswith(".html")]


@pytest.fixture
def small(tmp_path: Path) -> Release:
    """A release without indicators, claims or chips."""
    return gates.published(tmp_path).release


@pytest.fixture
def gap(tmp_path: Path) -> Edition:
    """An edition that knows one line of one chart, whose newest month is unknown."""
    return pages.edition(tmp_path / "gap", pages.values(pages.months(*GAP, [3.0, 2.5, None, -0.53, 4.64, None])))


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_there_in_a_release_that_has_little_to_show(name: str, small: Release) -> None:
    page = pages.read(small.folder, name)
    assert page.get("lang") == "en"
    assert len(page.xpath("//h1")) == len(page.xpath("//main")) == len(page.xpath("//nav")) == 1
    assert page.xpath("//nav//a[@aria-current='page']/@href") == [f"{name}.html"]


def test_every_table_and_column_is_in_the_dictionary_and_every_file_in_the_downloads(small: Release) -> None:
    dictionary, data = (pages.read(small.folder, name) for name in ("dictionary", "data"))
    for table in gates.TABLES:
        (section,) = dictionary.xpath(f"//section[@id='{table.name}']")
        assert [row[0] for row in pages.lines(section)] == table.column_names
        rows, size = pl.read_parquet(small.tables / f"{table.name}.parquet").height, (small.tables / f"{table.name}.parquet").stat().st_size
        told = next(row for row in pages.lines(data) if row[0] == f"{table.name}.parquet")
        assert told[1:] == [table.title, str(rows), words.size(size), file_sha256(small.tables / f"{table.name}.parquet")]
    beside = {path.name for path in small.folder.iterdir() if path.is_file()}
    assert beside <= {row[0] for row in pages.lines(data)}


def test_every_warning_is_in_the_quality_report_with_its_question_and_rows(tmp_path: Path) -> None:
    release = gates.published(tmp_path, {"chips": gates.chips(speed=None)}).release
    assert ["chips", "Is every speed known?", "1"] in pages.lines(pages.read(release.folder, "quality"))


def test_a_source_is_shown_with_its_origin_day_terms_and_credit(small: Release) -> None:
    (source,) = pages.read(small.folder, "sources").xpath("//article")
    told = pages.words(source)
    for known in ("A small feed", "31 Dec 2025", "baseline", "stale: 1 of 1 file", "CC0-1.0", "Nobody"):
        assert known in told


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_loaded_from_elsewhere(name: str, small: Release) -> None:
    page = pages.read(small.folder, name)
    loaded = page.xpath("//script/@src | //link/@href | //img/@src | //iframe/@src | //source/@src | //object/@data | //use/@href")
    assert loaded
    assert not [address for address in loaded if re.match(r"(?i)(https?:)?//", address)]
    assert page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0].startswith("default-src 'none';")
    assert not page.xpath("//*[@onclick or @onload]") + page.xpath("//script[not(@src) and not(@type='application/json')]")


def test_the_style_sheet_loads_nothing() -> None:
    assert not re.search(r"url\(|@import|@font-face", style())


def test_every_link_into_the_release_leads_somewhere(small: Release) -> None:
    assert pages.astray(small.folder) == []


def test_what_a_source_says_is_shown_and_never_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(gates.SOURCES[0], "attribution", "</dd><script>alert(1)</script>")
    release = gates.published(tmp_path).release
    page = pages.read(release.folder, "sources")
    assert not page.xpath("//script")
    assert "<script>alert(1)</script>" in pages.words(page)


def test_a_chart_shows_every_released_figure_in_its_table_and_the_newest_on_top(gap: Edition) -> None:
    (figure,) = pages.page(gap, "index").xpath("//figure")
    assert figure.get("id") == "capability_gap"
    (newest,) = pages.lines(figure.xpath("./table")[0])
    assert newest == ["models dated as Epoch AI dates them, previews included", "4.64", "3.64 to 5.64", "May 2024", "covers 50%"]
    table = pages.lines(figure.xpath("./details[@class='figures']//table")[0])
    assert [row[:3] for row in table[1:]] == [
        ["Jun 2024", "unknown", "unknown"],
        ["May 2024", "4.64", "3.64 to 5.64"],
        ["Apr 2024", "−0.53", "−1.53 to 0.47"],
        ["Mar 2024", "unknown", "unknown"],
        ["Feb 2024", "2.5", "1.5 to 3.5"],
        ["Jan 2024", "3", "2 to 4"],
    ]
    assert figure.xpath(".//details[@class='figures']//data/@value") == ["4.64", "-0.53", "2.5", "3.0"]


def test_a_chart_carries_its_figures_and_says_its_newest_to_those_who_do_not_see_it(gap: Edition) -> None:
    (figure,) = pages.page(pages.with_program(gap), "index").xpath("//figure")
    spec = json.loads(figure.xpath("./script[@type='application/json']")[0].text)
    assert [(row["d"], row["v"], row["r"]) for row in spec["data"]["values"]] == [
        ("2024-01-31", 3.0, 0), ("2024-02-29", 2.5, 0), ("2024-04-30", -0.53, 1), ("2024-05-31", 4.64, 1),
    ]  # fmt: skip
    (plot,) = figure.xpath("./div[@class='plot' and @role='img']")
    assert "4.64, interval 3.64 to 5.64, May 2024" in plot.get("aria-label")
    assert "(index points)" in plot.get("aria-label")


def test_without_the_program_tables_stand_open_in_place_of_charts(gap: Edition) -> None:
    page = pages.page(gap, "index")
    assert not page.xpath("//div[@class='plot']") + page.xpath("//script")
    assert page.xpath("//figure/details[@class='figures']/@open") == [""]
    assert not pages.page(gap, "data").xpath("//textarea")


def test_with_the_program_the_query_box_knows_every_table(gap: Edition) -> None:
    (box,) = pages.page(pages.with_program(gap), "data").xpath("//section[@id='query']")
    assert json.loads(box.get("data-tables")) == ["indicator_values"]
    assert len(box.xpath(".//textarea")) == len(box.xpath(".//button")) == len(box.xpath(".//output[@aria-live='polite']")) == 1


def test_a_line_stops_where_a_year_is_missing_and_where_places_are_told_by_other_means() -> None:
    rows = [ledger.value("paper_share", "USA", "icml whole", ledger.year_end(year), 0.5) for year in (2013, 2014, 2015, 2017)]
    chart = Headline("paper_share", "points", (Line("USA", "icml whole"),))
    known: series.Rows = {
        ("paper_share", "USA", "icml whole"): [row | {"lower": None, "upper": None, "coverage_share": None} for row in rows]
    }
    layouts = {("icml", 2013): "listed", ("icml", 2014): "stated", ("icml", 2015): "stated", ("icml", 2017): "stated"}
    (points,) = series.points(chart, known, {"USA": "United States"}, layouts).values()
    assert [point.run for point in points] == [0, 1, 1, 2]
    assert {point.label for point in points} == {"United States (USA)"}


def test_labels_of_rules_that_would_touch_stand_in_rows_of_their_own() -> None:
    days = (date(2022, 8, 26), date(2022, 10, 21), date(2023, 11, 17))
    found = [RuleVersion(f"{day:%Y-%m}", day, False, (), None) for day in days]
    placed = marks.placed(found, date(2024, 12, 31) - date(2021, 1, 1))
    assert [row for _, row in placed] == [0, 1, 0]
    assert marks.room(placed) > marks.room(placed[:1]) > marks.room([]) == 0


def test_every_line_of_a_chart_has_a_colour_of_its_own_and_every_chart_an_id() -> None:
    headlines = [headline for found in SECTIONS.values() for headline in found]
    assert len({headline.id for headline in headlines}) == len(headlines)
    for headline in headlines:
        slots = [line.slot for line in headline.lines]
        assert headline.form == "dots" or len(set(slots)) == len(slots), headline.id


RULES = {"2022-10": date(2022, 10, 21), "2025-04-h20-letter": date(2025, 4, 9)}


def chips() -> pages.Frames:
    """Two accelerators under a rule and a letter: one decided, one whose figures are not known."""
    thresholds = [{"rule_id": rule, "effective_from": day, "citation": f"{day.year} FR 1"} for rule, day in RULES.items()]
    known: dict[str, Any] = {"designer_country_code": "CHN", "is_datacenter_marketed": True, "is_tpp_lower_bound": False}
    accelerators: list[dict[str, Any]] = [
        {"accelerator_id": "fast", "accelerator_name": "Fast", "designer_name": "A", "total_processing_performance": 15832.0} | known,
        {"accelerator_id": "dark", "accelerator_name": "Dark", "designer_name": "B", "is_datacenter_marketed": False} | known,
    ]
    readings = {("fast", "2022-10"): "licence_required", ("fast", "2025-04-h20-letter"): "none"}
    status = [
        {
            "accelerator_id": chip, "rule_id": rule, "version_kind_code": "letter" if "letter" in rule else "regulation",
            "destination_group_code": place, "requirement_code": readings.get((chip, rule), "undecidable") if place == "CHN" else "none", "reason": f"{chip} under {rule}",
        }
        for chip in ("fast", "dark")
        for rule in RULES
        for place in matrix.DESTINATIONS
    ]  # fmt: skip
    rows: dict[str, list[dict[str, Any]]] = {
        "control_thresholds": thresholds,
        "accelerators": accelerators,
        "accelerator_control_status": status,
    }
    return {name: ledger.frame(name, found) for name, found in rows.items()}


def test_the_matrix_has_a_word_for_every_chip_under_every_rule_and_says_why(tmp_path: Path) -> None:
    page = pages.page(pages.edition(tmp_path, chips()), "chips")
    (table,) = page.xpath("//table[@class='matrix']")
    heads = [pages.words(cell) for cell in table.xpath("./thead//th[@scope='col']")]
    assert heads[1:3] == ["Oct 2022 ruleregulation of 21 Oct 2022", "Apr 2025 H20 letterletter of 9 Apr 2025"]
    rows = {row[0]: row[1:] for row in pages.lines(table)}
    assert rows["Fast"] == ["licence", "nothing", "15,832", "unknown", rows["Fast"][-1]]
    assert rows["Dark"][:3] == ["undecided", "undecided", "unknown"]
    assert "Oct 2022 rule: fast under 2022-10" in rows["Fast"][-1]
    assert [pages.words(head) for head in table.xpath(".//th[@scope='rowgroup']")] == ["A, CHN: 1 chip", "B, CHN: 1 chip"]
    assert page.xpath("//select/option/@value") == ["all", "a", "b"]


def test_every_destination_is_counted_by_what_its_chips_need(tmp_path: Path) -> None:
    (table,) = pages.page(pages.edition(tmp_path, chips()), "chips").xpath("//details/div/table[caption[contains(., 'Number of')]]")
    counted = pages.lines(table)
    assert len([row for row in counted if len(row) == 1]) == len(matrix.DESTINATIONS)
    assert counted[:2] == [["China, with Hong Kong"], ["Oct 2022 rule", "1", "0", "0", "0", "1"]]
    assert counted.count(["Oct 2022 rule", "0", "0", "0", "2", "0"]) == len(matrix.DESTINATIONS) - 1


def test_rules_are_listed_with_their_first_day_and_citation(tmp_path: Path) -> None:
    (section,) = pages.page(pages.edition(tmp_path, chips()), "index").xpath("//section[@aria-labelledby='rules']")
    assert pages.lines(section) == [
        ["21 Oct 2022", "Oct 2022 rule", "regulation", "2022 FR 1"],
        ["9 Apr 2025", "Apr 2025 H20 letter", "letter to one firm", "2025 FR 1"],
    ]


CLAIM: dict[str, Any] = {
    "claim_id": "C03", "vintage_code": "as_known_now", "claim": "The gap is gone", "indicator_ids": ["capability_gap"], "rule": "three of four",
    "rule_version": 1, "observed": "", "caveats": "one model turns it", "sql": "", "unit": "index points", "coverage_share": 1.0,
}  # fmt: skip


def test_both_verdicts_of_a_claim_are_printed_with_figure_rule_and_reason(tmp_path: Path) -> None:
    then = CLAIM | {"evaluation_code": ledger.THEN, "verdict_code": "contradicted", "value": 7.39, "as_of_date": date(2025, 1, 21)}
    now = CLAIM | {
        "evaluation_code": ledger.NOW,
        "verdict_code": "mixed",
        "value": -1.5,
        "lower": -2.0,
        "upper": 1.0,
        "reason": "coverage fails",
    }
    evidence = {
        "claim_id": "C03",
        "evaluation_code": ledger.NOW,
        "place": 1,
        "criterion": "Index gap",
        "role_code": "supports",
        "unit": "index points",
    }
    figures = [evidence | {"value": -1.5, "threshold": 3.0, "comparison_code": "<=", "is_met": True}]
    frames = {"claims": ledger.frame("claims", [then, now]), "claim_evidence": ledger.frame("claim_evidence", figures)}
    page = pages.page(pages.edition(tmp_path, frames), "claims")
    (claim,) = page.xpath("//article[@id='C03']")
    told = pages.words(claim)
    assert "○ contradicted → ◐ mixed" in told
    assert "7.39 index points, 21 Jan 2025 → −1.5 index points (−2 to 1), unknown" in told
    for known in ("The gap is gone", "Three of four", "One model turns it", "Coverage fails.", "Coverage 100%"):
        assert known in told
    assert pages.lines(claim)[0][:4] == ["Index gap", "−1.5 index points", "≤ 3 index points", "met"]
    assert ["◐ mixed", "0", "1"] in pages.lines(page.xpath("//table[@class='tally']")[0])


def test_a_headline_figure_that_moved_is_told_before_and_now(tmp_path: Path) -> None:
    last = pages.edition(tmp_path / "2026.01.1", pages.values(pages.months(*GAP, [3.0, 2.5])))
    still = pages.months("capability_frontier", "USA", "as_dated", [140.0])
    edition = pages.edition(tmp_path / "2026.02.1", pages.values(pages.months(*GAP, [3.0, 2.75]), still), Release("2026.01.1", last.folder))
    page = pages.page(edition, "changes")
    before, now = (row for row in pages.lines(page.xpath("//table")[0]))
    assert before[-2:] == ["2.5 (1.5 to 3.5), Feb 2024", "2.75 (1.75 to 3.75), Feb 2024"]
    assert now[-2:] == ["unknown", "140 (139 to 141), Jan 2024"]
    assert ["indicator_values", "3", "1", "0", "1", ""] in pages.lines(page.xpath("//table")[1])


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (None, "share", "unknown"), (0.386047, "share", "38.6%"), (0.5, "share of accelerators", "50.0%"), (0.0, "share", "0.0%"),
        (0.0004, "share", "0.04%"), (-0.001, "ratio", "−0.001"), (0.273067, "ratio", "0.27"), (2368.0, "", "2,368"), (5e26, "FLOP", "5 × 10²⁶"),
        (2.505e25, "FLOP", "2.5 × 10²⁵"), (100.0, "entries", "100"),
    ],
)  # fmt: skip
def test_amounts_are_written_as_people_read_them_and_nothing_known_as_zero(value: float | None, unit: str, shown: str) -> None:
    assert words.amount(value, unit) == shown


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2024-01-01", "2024-12-31", "2024"), ("2003-01-01", "2022-12-31", "2003–2022"), ("2026-07-01", "2026-07-31", "Jul 2026"),
        ("2025-01-01", "2025-06-30", "Jan–Jun 2025"), ("2026-08-21", "2026-08-21", "21 Aug 2026"),
        ("2025-11-15", "2026-02-03", "15 Nov 2025 to 3 Feb 2026"),
    ],
)  # fmt: skip
def test_periods_have_the_names_that_people_give_them(start: str, end: str, shown: str) -> None:
    assert words.period(date.fromisoformat(start), date.fromisoformat(end)) == shown


def test_coverage_that_is_not_whole_is_never_written_as_whole() -> None:
    assert [words.percent(share) for share in (0.9996, 1.0, 0.074, None)] == ["99%", "100%", "7%", "unknown"]


def style() -> str:
    """The style sheet, which needs no edition to be what it is."""
    return (Path(series.__file__).parent / "site.css").read_text(encoding="utf-8")


def themes() -> dict[str, dict[str, str]]:
    """The colours of both themes by name; the dark one replaces all of the light one's."""
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{(.*?)\}", style(), re.DOTALL))
    assert set(light) == set(dark)
    return {"light": light, "dark": dark}


def linear(color: str) -> list[float]:
    """Light of the three primaries."""
    shares = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]


def times(matrix: list[list[float]], vector: list[float]) -> list[float]:
    """A matrix by a vector."""
    return [sum(one * other for one, other in zip(row, vector, strict=True)) for row in matrix]


def luminance(color: str) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    return times([[0.2126, 0.7152, 0.0722]], linear(color))[0]


TO_XYZ = [[0.4339, 0.3763, 0.1899], [0.2126, 0.7152, 0.0722], [0.0177, 0.1095, 0.8728]]
"""From primaries to CIE XYZ, over its white."""
VISION: dict[str, list[list[float]]] = {
    "usual": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
"""How each kind of colour vision changes the primaries (Machado, Oliveira and Fernandes 2009, complete)."""


def lab(color: str, vision: str) -> list[float]:
    """A colour in CIE Lab, as one kind of vision sees it."""
    seen = times(TO_XYZ, [min(1.0, max(0.0, light)) for light in times(VISION[vision], linear(color))])
    x, y, z = (light ** (1 / 3) if light > 0.008856 else 7.787 * light + 16 / 116 for light in seen)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_that_is_written_or_drawn_stands_out_from_its_ground(theme: str) -> None:
    colors = themes()[theme]
    written = ["ink", "muted", "link", *(f"series-{slot}" for slot in range(1, 7))]
    pairs = [(name, ground) for name in written for ground in ("paper", "panel")] + [
        ("ink", name) for name in colors if name.startswith("need-")
    ]
    weak = {pair: round(found, 2) for pair in pairs if (found := contrast(colors[pair[0]], colors[pair[1]])) < 4.5}
    assert not weak


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_any_two_series_are_told_apart_by_every_kind_of_colour_vision(theme: str, vision: str) -> None:
    series_of = {name: lab(color, vision) for name, color in themes()[theme].items() if name.startswith("series-")}
    apart = {pair: math.dist(series_of[pair[0]], series_of[pair[1]]) for pair in combinations(series_of, 2)}
    assert {pair: round(found, 1) for pair, found in apart.items() if found < 15} == {}


def test_the_measure_of_colour_vision_knows_red_from_green() -> None:
    red, green = "#b04300", "#775800"
    assert math.dist(lab(red, "protanopia"), lab(green, "protanopia")) < 15 < math.dist(lab(red, "usual"), lab(green, "usual"))


def test_the_measure_of_contrast_knows_black_from_grey() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") < 4.5


def test_a_table_under_terms_of_its_own_says_so_on_the_first_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    apart = Table(
        "countries",
        "Countries",
        "Countries.",
        ("country_code",),
        (Column("country_code", pl.String, "Code"),),
        (1, 5),
        license="CC-BY-SA-4.0",
    )
    monkeypatch.setattr(gates, "TABLES", (gates.CHIPS, apart))
    page = pages.read(gates.published(tmp_path).release.folder, "index")
    assert "the table countries under CC-BY-SA-4.0" in pages.words(page)
