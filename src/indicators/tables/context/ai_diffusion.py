"""ai_diffusion: which share of an economy's people of working age uses AI, wave by wave.

Know before editing:
- A model's estimates from one firm's telemetry, without intervals: levels are uncertain, and a wave is half a year or a quarter long.
- Neighbours have the very same figures in every wave (`same_figures_count`): an estimate for a region, printed for each of its economies.
- Where two updates print a wave, the newer file counts; figures restated since the last release are listed by a warning.
"""

from datetime import date

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.sources.ms_ai_diffusion import SOURCE, WAVES
from indicators.tables._countries import codes_by_name, country_code

MONTHS = {"H1": (1, 6), "H2": (7, 6), "Q1": (1, 3), "Q2": (4, 3), "Q3": (7, 3), "Q4": (10, 3)}
"""Wave → its first month and how many it has."""

TABLE = Table(
    name="ai_diffusion",
    title="Users of AI by economy",
    description="One row per economy and wave: share of people aged 15 to 64 who used AI, as Microsoft estimates it. Hong Kong and Macao"
    " are not in it.",
    key=("country_code", "wave_code"),
    row_bounds=(375, 882),
    max_loss_share=0.05,
    columns=(
        Column("country_code", pl.String, "Economy", links_to="countries.country_code"),
        Column("economy_name", pl.String, "As the source prints it", pattern=r"^\S(?:.*\S)?$"),
        Column("wave_code", pl.String, "Wave: year, and half (H) or quarter (Q)", pattern=rf"^20\d\d-(?:{'|'.join(WAVES)})$"),
        Column("period_start", pl.Date, "First day of the wave", minimum=date(2025, 1, 1)),
        Column("period_end", pl.Date, "Last day of the wave", minimum=date(2025, 3, 31)),
        Column("ai_user_share", pl.Float64, "Part of the people of working age who used AI; null where not printed", "share",
               is_nullable=True, minimum=0.001, maximum=0.95),
        Column("same_figures_count", pl.Int32, "Economies with the very same figures in every wave, this one among them; 1: its own",
               "economies", minimum=1, maximum=30),
    ),
    rules=(
        Rule("Does every wave cover the economies that the newest covers, 125 at least?",
             "SELECT wave_code, count(ai_user_share) AS economies FROM ai_diffusion GROUP BY ALL HAVING economies < 125"),
        Rule("Does no share move by more than 15 points between two waves (a percentage is no share)?",
             "SELECT * FROM (SELECT *, lag(ai_user_share) OVER (PARTITION BY country_code ORDER BY period_end, wave_code) AS before "
             "FROM ai_diffusion) WHERE abs(ai_user_share - before) > 0.15"),
        Rule("Is a wave half a year or a quarter long?",
             "SELECT * FROM ai_diffusion WHERE date_diff('month', period_start, period_end) + 1 <> "
             "CASE wave_code[6] WHEN 'H' THEN 6 ELSE 3 END OR year(period_start) <> wave_code[1:4]::INTEGER"),
        Rule("Is Türkiye printed as it is written (bytes of another encoding show there first)?",
             "SELECT * FROM ai_diffusion WHERE country_code = 'TUR' AND economy_name NOT IN ('Türkiye', 'Turkey')"),
        Rule("Are the United States, China, Germany, India and the United Arab Emirates there in every wave?",
             "SELECT code, wave_code FROM (SELECT DISTINCT wave_code FROM ai_diffusion), (VALUES ('USA'), ('CHN'), ('DEU'), ('IND'), "
             "('ARE')) t(code) WHERE (code, wave_code) NOT IN (SELECT (country_code, wave_code) FROM ai_diffusion)"),
        Rule("Are China, Hong Kong, Macao and Taiwan there?",
             "SELECT code AS country_code FROM (VALUES ('CHN'), ('HKG'), ('MAC'), ('TWN')) t(code) "
             "WHERE code NOT IN (SELECT country_code FROM ai_diffusion)", is_warning=True),
        Rule("Has every economy figures of its own?",
             "SELECT count(*) AS economies, list(country_code ORDER BY country_code) AS country_codes FROM (SELECT country_code, "
             "list(ai_user_share ORDER BY wave_code) AS figures FROM ai_diffusion GROUP BY ALL) GROUP BY figures "
             "HAVING economies > 1 ORDER BY ALL", is_warning=True),
        Rule("Are the figures of the last release still the same (a file may change without changing its size)?",
             "SELECT p.country_code, p.wave_code, p.ai_user_share AS was, d.ai_user_share AS now FROM previous_ai_diffusion p "
             "JOIN ai_diffusion d USING (country_code, wave_code) WHERE p.ai_user_share IS DISTINCT FROM d.ai_user_share", is_warning=True),
    ),
)  # fmt: skip


def build(ms_ai_diffusion: pl.DataFrame, country_codes: pl.DataFrame, reference_country_aliases: pl.DataFrame) -> pl.DataFrame:
    """Return one row per economy and wave; raises ContractBroken for a name that no country has."""
    known = codes_by_name(country_codes, reference_country_aliases)
    placed = ms_ai_diffusion.with_columns(country_code=country_code(ms_ai_diffusion["economy_name"], known, TABLE.name))
    rows = _of_newest_file(placed).with_columns(wave_code=pl.format("{}-{}", "year", "wave"))
    first = pl.date(pl.col("year"), _month(0), 1)
    return rows.join(_same_figures(rows), on="country_code").select(
        "country_code",
        "economy_name",
        "wave_code",
        "ai_user_share",
        "same_figures_count",
        period_start=first,
        period_end=first.dt.offset_by(pl.format("{}mo", _month(1))).dt.offset_by("-1d"),
    )


def _month(part: int) -> pl.Expr:
    """First month (0) or number of months (1) of a wave."""
    return pl.col("wave").replace_strict({wave: months[part] for wave, months in MONTHS.items()}, return_dtype=pl.Int32)


def _of_newest_file(rows: pl.DataFrame) -> pl.DataFrame:
    """Of each economy and wave, the row of the first file, in the order of the source, that prints it."""
    places = {file.name: place for place, file in enumerate(SOURCE.files)}
    place = pl.col("file_name").replace_strict(places, default=len(places), return_dtype=pl.Int32)
    ordered = rows.with_columns(place=place).filter(pl.col("place") == pl.col("place").min().over("country_code", "year", "wave"))
    return ordered.drop("place")


def _same_figures(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per economy: how many have its figures in every wave."""
    printed = rows.sort("wave_code").group_by("country_code").agg(figures=pl.format("{}={}", "wave_code", "ai_user_share").str.join(";"))
    return printed.select("country_code", same_figures_count=pl.len().over("figures").cast(pl.Int32))
