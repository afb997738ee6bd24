"""doctorates: US research doctorates to holders of temporary visas, by citizenship, field and period, and who meant to stay.

Know before editing:
- One cell stands in several tables and editions. A row comes whole from one of them: a table with intentions before one without, the newest
  edition of it first; what the edition before said stands beside it. Tables of one edition must agree on recipients.
- An intention is no stay rate. A share is null where it, or the number of recipients, is suppressed, and where there is no recipient.
- What an `other` row holds changes with the edition, so it is never set beside the edition before.
"""

import polars as pl

from indicators.model import Column, ContractBroken, Rule, Table
from indicators.tables._countries import codes_by_name, country_code
from indicators.tables.researchers._citizenships import FIELD_CODES, KINDS, place

TABLES = ("2-8", "7-7", "1-7", "SLBR-28")
"""As NCSES numbers them, the preferred one first."""
KEY = ("citizenship_name", "field_code", "first_year", "last_year")
MEASURES = ("recipients", "staying_percent", "committed_percent")

TABLE = Table(
    name="doctorates",
    title="US doctorates to holders of temporary visas",
    description="One row per citizenship (or group of them), field and period: doctorates of US universities to holders of temporary "
    "visas, and the part of the recipients who said they intended to stay in the United States. From transformed copies of NCSES tables. "
    "China has a footnote whose text is not in the copies, and Hong Kong and Macao no row of their own; Taiwan has one.",
    key=KEY,
    row_bounds=(1_100, 2_600),
    columns=(
        Column("citizenship_name", pl.String, "Country or economy, region, rest or everybody, as printed without the mark of a footnote"),
        Column("citizenship_kind_code", pl.String, "Whether that is a country; all others are sums", values=KINDS),
        Column("country_code", pl.String,
               "Citizenship; null where it is no single country. CHN as far as the source's unread footnote goes",
               is_nullable=True, links_to="countries.country_code"),
        Column("has_footnote", pl.Boolean, "True where the name is printed with a footnote, whose text is not in the copies"),
        Column("field_code", pl.String, "Field of the doctorate; science_and_engineering is without health", values=FIELD_CODES),
        Column("first_year", pl.Int32, "First year of the period", unit="year", minimum=2000, maximum=2030),
        Column("last_year", pl.Int32, "Last year of the period", unit="year", minimum=2000, maximum=2030),
        Column("recipients", pl.Int32, "Doctorates to holders of temporary visas; null where suppressed",
               unit="doctorates", is_nullable=True, minimum=0, maximum=200_000),
        Column("stay_share", pl.Float64,
               "Part of the recipients who intended to stay in the United States, those who did not answer counted as not; null where "
               "suppressed or not in the table", unit="share", is_nullable=True, minimum=0, maximum=1),
        Column("commitment_share", pl.Float64,
               "Part of the recipients with a definite job or postdoctoral place in the United States; null where not in the table",
               unit="share", is_nullable=True, minimum=0, maximum=1),
        Column("table_code", pl.String, "Table of NCSES that the row is from", values=TABLES),
        Column("edition_year", pl.Int32, "Newest year of that table's edition", unit="year", minimum=2021, maximum=2030),
        Column("earlier_edition_year", pl.Int32, "Edition before with the same row; null where there is none",
               unit="year", is_nullable=True, minimum=2021, maximum=2030),
        Column("earlier_recipients", pl.Int32, "Recipients in the edition before", unit="doctorates",
               is_nullable=True, minimum=0, maximum=200_000),
        Column("earlier_stay_share", pl.Float64, "Part intending to stay in the edition before",
               unit="share", is_nullable=True, minimum=0, maximum=1),
    ),
    rules=(
        Rule("Is a share of nobody, or of a number that is suppressed, unknown?",
             "SELECT * FROM doctorates WHERE coalesce(recipients, 0) = 0 AND coalesce(stay_share, commitment_share) IS NOT NULL"),
        Rule("Has a country a code, and nothing else one?",
             "SELECT * FROM doctorates WHERE (citizenship_kind_code = 'country') <> (country_code IS NOT NULL)"),
        Rule("Are China and Taiwan told apart in every year, and still no row for Hong Kong or Macao (else read China's footnote)?",
             "SELECT first_year FROM doctorates WHERE citizenship_kind_code = 'country' AND field_code = 'all' GROUP BY ALL "
             "HAVING count(DISTINCT country_code) FILTER (country_code IN ('CHN', 'TWN')) < 2 OR bool_or(country_code IN ('HKG', 'MAC'))"),
        Rule("Do regions and unknown citizenships make everybody?",
             "SELECT first_year, last_year FROM doctorates WHERE field_code = 'all' GROUP BY ALL "
             "HAVING bool_or(citizenship_kind_code = 'region') AND sum(recipients) FILTER (citizenship_kind_code IN ('region', 'unknown')) "
             "<> any_value(recipients) FILTER (citizenship_kind_code = 'all')"),
        Rule("Do the fields of science and the others make all fields of a country (suppressed ones aside)?",
             "SELECT country_code, first_year FROM doctorates WHERE country_code IS NOT NULL AND first_year = last_year GROUP BY ALL "
             "HAVING count(recipients) FILTER (field_code LIKE '%science_and_engineering') = 2 "
             "AND sum(recipients) FILTER (field_code LIKE '%science_and_engineering') "
             "<> any_value(recipients) FILTER (field_code = 'all')"),
        Rule("Do single years make the period, where a citizenship and its years have all numbers?",
             "SELECT p.citizenship_name, p.first_year, p.last_year, p.recipients FROM doctorates p JOIN doctorates y ON "
             "y.citizenship_name = p.citizenship_name AND y.field_code = 'all' AND y.first_year = y.last_year "
             "AND y.first_year BETWEEN p.first_year AND p.last_year WHERE p.field_code = 'all' AND p.last_year > p.first_year GROUP BY ALL "
             "HAVING count(y.recipients) = p.last_year - p.first_year + 1 AND sum(y.recipients) <> p.recipients"),
        Rule("Do fewer have a definite place than intend to stay?", "SELECT * FROM doctorates WHERE commitment_share > stay_share"),
        Rule("Are intentions by field known for periods of several years only, and never by field and citizenship?",
             "SELECT * FROM doctorates WHERE stay_share IS NOT NULL AND field_code <> 'all' AND (first_year = last_year "
             "OR field_code <> 'science_engineering_and_health' AND citizenship_kind_code <> 'all')"),
        Rule("Did the newest edition leave the numbers of the one before as they were?",
             "SELECT citizenship_name, field_code, first_year, earlier_recipients, recipients, earlier_stay_share, stay_share "
             "FROM doctorates WHERE earlier_recipients <> recipients OR earlier_stay_share <> stay_share", is_warning=True),
        Rule("Does a revision change a country's recipients by no more than 15 %, or five (most so far: Spain's 129 of 2021, by 14)?",
             "SELECT * FROM doctorates WHERE citizenship_kind_code = 'country' "
             "AND abs(recipients - earlier_recipients) > greatest(5, 0.15 * earlier_recipients)"),
        Rule("Is every name printed without a footnote that nobody has read?",
             "SELECT DISTINCT citizenship_name, country_code FROM doctorates WHERE has_footnote", is_warning=True),
    ),
)  # fmt: skip


def build(ncses_doctorates: pl.DataFrame, country_codes: pl.DataFrame, reference_country_aliases: pl.DataFrame) -> pl.DataFrame:
    """Return one row per citizenship, field and period; raises ContractBroken for labels nobody knows and tables that disagree."""
    wide = _wide(_placed(ncses_doctorates))
    _require_agreement(wide)
    order = pl.col("table_code").replace_strict({code: place for place, code in enumerate(TABLES)}, return_dtype=pl.Int32)
    ranked = wide.with_columns(order=order).sort(*KEY, "order", -pl.col("edition_year"))
    newest = ranked.unique(KEY, keep="first", maintain_order=True)
    names = newest["citizenship_name"].set(newest["citizenship_kind_code"] != "country", None)
    codes = country_code(names, codes_by_name(country_codes, reference_country_aliases), TABLE.name)
    coded = newest.with_columns(codes.alias("country_code"))
    return coded.join(_earlier(wide), on=[*KEY, "table_code", "edition_year"], how="left").select(TABLE.column_names)


def _placed(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows about holders of temporary visas, with what their labels stand for."""
    found = [place(*labels) for labels in rows.select("table_code", "path", "marks").iter_rows()]
    places = pl.DataFrame(
        [(one.citizenship_name, one.citizenship_kind_code, one.field_code, one.has_footnote) if one else (None,) * 4 for one in found],
        schema={"citizenship_name": pl.String, "citizenship_kind_code": pl.String, "field_code": pl.String, "has_footnote": pl.Boolean},
        orient="row",
    )
    return rows.hstack(places).filter(pl.col("citizenship_name").is_not_null())


def _wide(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per table, edition and key, with a column for each measure."""
    measures = {name: pl.col("value").filter(pl.col("measure_code") == name).first() for name in MEASURES}
    about = ("table_code", "edition_year", *KEY, "citizenship_kind_code")
    wide = rows.group_by(about, maintain_order=True).agg(pl.col("has_footnote").any(), **measures)
    recipients = pl.col("recipients").cast(pl.Int32)
    shares = [(pl.col(percent) / 100).round(6).alias(share) for percent, share in
              (("staying_percent", "stay_share"), ("committed_percent", "commitment_share"))]  # fmt: skip
    wide = wide.with_columns(recipients, *shares)
    return wide.with_columns(pl.when(recipients > 0).then(pl.col("stay_share", "commitment_share")))


def _require_agreement(wide: pl.DataFrame) -> None:
    """Raise ContractBroken where two tables of one edition give different recipients."""
    differ = wide.filter(pl.col("recipients").drop_nulls().n_unique().over(*KEY, "edition_year") > 1).sort(*KEY)
    if differ.height:
        told = differ.select(*KEY, "table_code", "recipients").head(4).to_dicts()
        raise ContractBroken(f"doctorates: tables of one edition disagree on recipients, e.g. {told}; read both tables' notes")


def _earlier(wide: pl.DataFrame) -> pl.DataFrame:
    """What the same table's edition before said, by key and the edition that followed it."""
    before = {name: pl.col(name).shift(1).over(*KEY, "table_code") for name in ("edition_year", "recipients", "stay_share")}
    earlier = {f"earlier_{name}": pl.when(pl.col("citizenship_kind_code") != "other").then(value) for name, value in before.items()}
    return wide.sort(*KEY, "table_code", "edition_year").select(*KEY, "table_code", "edition_year", **earlier)
