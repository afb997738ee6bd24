"""Microsoft's AI Diffusion report: which share of the working-age population uses AI, by economy and wave.

Know before editing:
- Mac Roman bytes (0x9f in Türkiye) and CRLF line ends; `_text` refuses a file saved otherwise, UTF-8 among them.
- Wide by wave: one column a half-year or quarter (`H1 2025 AI Diffusion`). A new wave is a new column that `WAVE` knows, no surprise; any
  other column is. Each update has a file name of its own: its address joins `files` in front, and the older ones stay behind it.
- A copy of 2026-06-12 has the size of the one before and other bytes: only hashes tell that figures were restated.
- Modelled from the firm's own telemetry, without an interval. Neighbours share figures: 36 of 147
  economies stand in six groups whose figures are the same in every wave.
- Hong Kong and Macao are absent: unknown, never zero. States, metropolitan areas and counties of the US lie in other files, not read.
"""

import re
from datetime import timedelta

import polars as pl

from indicators.model import BadPayload, File, Source
from indicators.sources._csv import read_text_columns, require_unique
from indicators.sources._text import decoded

ENCODING = "mac_roman"
ECONOMY = "Economy"
WAVE = re.compile(r"([HQ][1-4]) (20\d\d) AI Diffusion")
WAVES = ("H1", "H2", "Q1", "Q2", "Q3", "Q4")
SHARE = r"^\d{1,2}\.\d\d%$|^100\.00%$"
FOLDER = "https://raw.githubusercontent.com/microsoft/ai-diffusion-report/main/data"

SOURCE = Source(
    id="ms_ai_diffusion",
    title="AI Diffusion: users of AI by economy",
    publisher="Microsoft, AI Economy Institute",
    homepage="https://github.com/microsoft/ai-diffusion-report",
    license="MIT",
    redistribution="open",
    attribution="Microsoft AI Economy Institute, 'AI Diffusion Report', MIT licence",
    cadence=timedelta(days=30),
    files=(File("AI_Diffusion_Q12026_Update.csv", f"{FOLDER}/AI_Diffusion_Q12026_Update.csv"),),
    schema={"economy_name": pl.String, "wave": pl.String, "year": pl.Int32, "ai_user_share": pl.Float64},
    max_bytes=1_000_000,
)


def parse(payload: bytes, file: File) -> pl.DataFrame:
    """Return one row per economy and wave: wave as H1 to H2 or Q1 to Q4 of a year, share of users from 0 to 1, null where blank."""
    told = f"{SOURCE.id}: {file.name}"
    text = decoded(payload, ENCODING, told)
    waves = _waves(text, told)
    aliases = {"economy_name": [ECONOMY]} | {column: [column] for column in waves}
    rows = read_text_columns(text.encode(), told, aliases)
    require_unique(rows, "economy_name", told)
    long = rows.unpivot(on=list(waves), index="economy_name", variable_name="column", value_name="share")
    return long.select(
        "economy_name",
        wave=pl.col("column").replace_strict({column: wave for column, (wave, _) in waves.items()}, return_dtype=pl.String),
        year=pl.col("column").replace_strict({column: year for column, (_, year) in waves.items()}, return_dtype=pl.Int32),
        ai_user_share=_shares(long["share"], told),
    )


def _waves(text: str, told: str) -> dict[str, tuple[str, int]]:
    """The columns of waves in a header, each with its part of a year and the year; raises BadPayload where there is none."""
    header = text.partition("\n")[0].strip().split(",")
    found = {name: (match[1], int(match[2])) for name in header if (match := WAVE.fullmatch(name)) and match[1] in WAVES}
    if not found:
        raise BadPayload(f"{told}: no column of a wave ('H1 2025 AI Diffusion') among {header[:5]}; adapt WAVE")
    return found


def _shares(texts: pl.Series, told: str) -> pl.Series:
    """Printed percentages with two decimals as shares; raises BadPayload for anything else."""
    odd = texts.filter(texts.is_not_null() & ~texts.str.contains(SHARE))
    if odd.len():
        raise BadPayload(f"{told}: {odd.head(3).to_list()} are no percentages like '59.40%'; look at the newest snapshot")
    return (texts.str.strip_suffix("%").cast(pl.Float64) / 100).round(6)
