"""organizations: who develops models, one row an organisation, with the country of its seat and where that is known from.

Know before editing:
- The curated `organizations.csv` wins. Else the country is the one that Epoch AI prints on the rows where an organisation stands alone,
  else the one on rows that it shares and that name a single country. Two countries are none, and `Multinational` is no country.
- Every file of the source counts, so that a name of an older capture is known as well; an organisation is read from the first file, in the
  order of the source, that names it.
- Epoch AI recodes: Google DeepMind was printed as United Kingdom and United States until 2025-11-01 and as United States on 2026-03-30.
  Curation keeps it in one country; `printed_country_codes` shows what is printed.
- Units of one company stay apart as Epoch AI prints them (Google, Google Brain, Google DeepMind). Their seats: Google DeepMind and Facebook
  AI Research have their parents'; DeepMind stays the United Kingdom's whatever the date of the model (eleven are younger than the merger);
  Microsoft Research Asia is China's and SenseTime Hong Kong's, as printed.
"""

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.sources.epoch_ai_models import SOURCE
from indicators.tables._printed import developers, printed_countries
from indicators.tables._slugs import slug

KINDS = {"Academia": "academia", "Government": "government", "Industry": "industry", "Research collective": "research_collective"}
BASES = {
    "own_models": "epoch_ai_models: the one country printed where it stands alone",
    "shared_models": "epoch_ai_models: the one country of models that it shares with others",
    "several": "epoch_ai_models: several countries are printed, none is chosen",
    "multinational": "epoch_ai_models: printed as Multinational",
    "unknown": "epoch_ai_models: no model says its country alone",
}

TABLE = Table(
    name="organizations",
    title="Organisations that develop models",
    description="One row per organisation, as Epoch AI tells them apart, with its country and the basis of it.",
    key=("organization_id",),
    row_bounds=(860, 2_070),
    max_loss_share=0.05,
    columns=(
        Column("organization_id", pl.String, "Slug of the canonical name", pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$"),
        Column("organization_name", pl.String, "Canonical name; other spellings are in `organization_aliases`", pattern=r"^\S(?:.*\S)?$"),
        Column("country_code", pl.String, "Country of the seat; null where unknown, several or none", is_nullable=True,
               links_to="countries.country_code"),
        Column("kind_code", pl.String, "What it is; null where no model says it alone", is_nullable=True, values=tuple(KINDS.values())),
        Column("country_basis_code", pl.String, "Where the country comes from, or why there is none", values=("curated", *BASES)),
        Column("basis", pl.String, "The same in words: the source or citation that says so", pattern=r"\S"),
        Column("printed_country_codes", pl.List(pl.String), "Countries Epoch AI prints on the rows where it stands alone; empty if none"),
    ),
    rules=(
        Rule("Is every developer of ten models or more in the last release still there, with the same country?",
             "SELECT p.organization_id, p.country_code AS was, o.country_code AS now, models FROM previous_organizations p "
             "JOIN (SELECT organization_id, count(*) AS models FROM previous_model_organizations GROUP BY ALL) USING (organization_id) "
             "LEFT JOIN organizations o USING (organization_id) "
             "WHERE models >= 10 AND p.country_code IS NOT NULL AND o.country_code IS DISTINCT FROM p.country_code"),
        Rule("Are Google, OpenAI and Anthropic in the United States, and DeepSeek, Alibaba and Huawei in China?",
             "SELECT organization_name, code, country_code FROM (VALUES ('Google', 'USA'), ('OpenAI', 'USA'), ('Anthropic', 'USA'), "
             "('DeepSeek', 'CHN'), ('Alibaba', 'CHN'), ('Huawei', 'CHN')) t(organization_name, code) "
             "LEFT JOIN organizations USING (organization_name) WHERE country_code IS DISTINCT FROM code"),
        Rule("Is Google DeepMind one organisation with one country, whatever capture is read?",
             "SELECT * FROM organizations WHERE organization_name = 'Google DeepMind' AND country_code IS DISTINCT FROM 'USA'"),
        Rule("Is a country given exactly where its basis says so?",
             "SELECT * FROM organizations WHERE country_basis_code <> 'curated' "
             "AND (country_code IS NOT NULL) <> (country_basis_code IN ('own_models', 'shared_models'))"),
        Rule("Is Multinational nobody's country?",
             "SELECT * FROM organizations WHERE country_basis_code = 'multinational' AND country_code IS NOT NULL"),
        Rule("Do what is curated and what Epoch AI prints agree?",
             "SELECT organization_name, country_code, printed_country_codes FROM organizations WHERE len(printed_country_codes) > 0 "
             "AND country_basis_code = 'curated' AND printed_country_codes IS DISTINCT FROM [country_code]", is_warning=True),
        Rule("Is every organisation of the last release still there (a new spelling goes to organization_aliases.csv)?",
             "SELECT list(p.organization_name ORDER BY p.organization_name) AS vanished, (SELECT list(n.organization_name ORDER BY "
             "n.organization_name) FROM organizations n ANTI JOIN previous_organizations USING (organization_id)) AS appeared "
             "FROM previous_organizations p ANTI JOIN organizations USING (organization_id) HAVING count(*) > 0", is_warning=True),
        Rule("Has every organisation a country?", "SELECT * FROM organizations WHERE country_code IS NULL", is_warning=True),
    ),
)  # fmt: skip


def build(
    epoch_ai_models: pl.DataFrame,
    reference_organizations: pl.DataFrame,
    reference_organization_aliases: pl.DataFrame,
    country_codes: pl.DataFrame,
    reference_country_aliases: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row per organisation of a model or of the curated file; raises ContractBroken for an unknown country name."""
    rows = epoch_ai_models.with_row_index("row")
    countries = printed_countries(rows, country_codes, reference_country_aliases, TABLE.name)
    stated = developers(rows, reference_organization_aliases).join(countries, on="row").join(_kinds(rows), on="row")
    printed = _derived(_of_first_file(stated.with_columns(is_alone=pl.col("row").is_unique())))
    curated = reference_organizations.rename({name: f"curated_{name}" for name in ("country_code", "kind_code", "basis")})
    joined = printed.join(curated, on="organization_name", how="full", coalesce=True)
    is_curated = pl.col("curated_basis").is_not_null()
    code = pl.when(is_curated).then(pl.lit("curated")).otherwise("country_basis_code")
    return joined.select(
        "organization_name",
        organization_id=slug(pl.col("organization_name")),
        country_code=pl.when(is_curated).then("curated_country_code").otherwise("country_code"),
        kind_code=pl.coalesce("curated_kind_code", "kind_code"),
        country_basis_code=code,
        basis=pl.coalesce("curated_basis", pl.col("country_basis_code").replace_strict(BASES, return_dtype=pl.String)),
        printed_country_codes=pl.col("printed_country_codes").fill_null([]),
    )


def _of_first_file(stated: pl.DataFrame) -> pl.DataFrame:
    """Of each organisation, the rows of the first file that names it."""
    order = pl.col("file_name").replace_strict({file.name: place for place, file in enumerate(SOURCE.files)})
    return stated.with_columns(place=order).filter(pl.col("place") == pl.col("place").min().over("organization_name"))


def _kinds(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per `row`: the kind of its organisations, where it is one."""
    kinds = pl.col("organization_kinds").list.unique()
    kind = pl.when(kinds.list.len() == 1).then(kinds.list.first())
    return rows.select("row", "file_name", kind=kind.replace_strict(KINDS, return_dtype=pl.String))


def _derived(stated: pl.DataFrame) -> pl.DataFrame:
    """One row per organisation with what its rows say: of rows where it stands alone first, of those that it shares next."""
    countries, is_single = pl.col("country_codes"), pl.col("country_codes").list.len() == 1
    own, shared = (countries.filter(which).explode().drop_nulls().unique().sort()
                   for which in (pl.col("is_alone"), ~pl.col("is_alone") & is_single & ~pl.col("is_multinational")))  # fmt: skip
    kinds = pl.col("kind").drop_nulls().unique()
    is_multinational = (pl.col("is_alone") & pl.col("is_multinational")).any()
    found = stated.group_by("organization_name").agg(
        own.alias("printed_country_codes"), shared.alias("shared"), is_multinational=is_multinational, kinds=kinds
    )
    counted = {name: pl.col(name).list.len() for name in ("printed_country_codes", "shared", "kinds")}
    basis = (
        pl.when("is_multinational").then(pl.lit("multinational"))
        .when(counted["printed_country_codes"] == 1).then(pl.lit("own_models"))
        .when(counted["printed_country_codes"] > 1).then(pl.lit("several"))
        .when(counted["shared"] == 1).then(pl.lit("shared_models"))
        .when(counted["shared"] > 1).then(pl.lit("several"))
        .otherwise(pl.lit("unknown"))
    )  # fmt: skip
    return found.with_columns(country_basis_code=basis).with_columns(
        country_code=pl.when(country_basis_code="own_models").then(pl.col("printed_country_codes").list.first())
        .when(country_basis_code="shared_models").then(pl.col("shared").list.first()),
        kind_code=pl.when(counted["kinds"] == 1).then(pl.col("kinds").list.first()),
    )  # fmt: skip
