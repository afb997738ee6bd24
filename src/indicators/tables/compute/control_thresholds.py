"""control_thresholds: what each export rule says, one row per rule version, paragraph, alternative limb and reach.

The rules are data: `accelerator_control_status` reads these rows and knows no chip. Curated, changed by review only.

Know before editing:
- A limb is met when all its bounds are met; a paragraph is met when any of its limbs is.
- The paragraph (what an item is), the licence requirement, the review policy and enforcement are four things:
  `paragraph_code` and `applies_to_paragraph_codes`, `effect_code`, `regime_code`, and the enforced dates.
- The text of the AI Diffusion rule stands in the CFR and its worldwide reach was never enforced; its dates say both.
- Five dates: legal start and replacement (`effective_*`), the last day in the CFR (`in_text_to`), and when BIS applied it.
- A letter to one firm stands in no regulation: it names products and an addressee, and its cut-offs are unpublished. Its rows bound
  what it refers to (the named product's own figures); what reaches them is undecided, never controlled by inference.
- TPP (Note 2 to ECCN 3A090) is 2 x MacTOPS x bit length, dense, at its maximum over bit lengths; performance density is TPP over
  the area of logic dies of a non-planar node.
"""

from datetime import date

import polars as pl

from indicators.model import Column, ContractBroken, Rule, Table

REGULATION_REGIMES = ("export_licence", "licence_review_policy")
LETTER_REGIME = "informed_letter"
DEFINING_EFFECT = "licence_required"
OUTSIDE_EFFECT = "outside"
UNPUBLISHED_EFFECT = "cut_off_unpublished"
EXEMPTING_EFFECTS = ("notify", "exception_eligible")
REVIEW_EFFECTS = ("presumption_of_denial", "case_by_case")
"""Strictest first: a reading takes the first that is met."""
READ_EFFECTS = (DEFINING_EFFECT, OUTSIDE_EFFECT, UNPUBLISHED_EFFECT, *EXEMPTING_EFFECTS, *REVIEW_EFFECTS)
DESTINATION_GROUPS = ("CHN", "MAC", "D1_D4", "D5_OTHER", "A5", "HQ_D5_IN_A5")

TABLE = Table(
    name="control_thresholds",
    title="Export-control thresholds for advanced computing, by rule version",
    description="One row per rule version, paragraph, alternative limb and reach: bounds, effect, destinations, dates in the text and"
    " dates enforced.",
    key=("rule_id", "paragraph_code", "limb", "destination_scope_code"),
    row_bounds=(34, 80),
    max_loss_share=0.05,
    columns=(
        Column("rule_id", pl.String, "Rule version: year and month of the document, and a word where one month has two",
               pattern=r"^\d{4}-\d{2}(?:-[a-z0-9-]+)?$"),
        Column("paragraph_code", pl.String, "Paragraph of the regulation in which the row stands"),
        Column("limb", pl.String, "Alternative within the paragraph; any one suffices"),
        Column("destination_scope_code", pl.String, "Reach as the document words it", pattern=r"^[a-z0-9_]+$"),
        Column("regime_code", pl.String, "What kind of measure the row belongs to", values=(*REGULATION_REGIMES, LETTER_REGIME,
               "import_tariff")),
        Column("item_code", pl.String, "What kind of item is judged", values=("integrated_circuit", "computer", "high_bandwidth_memory",
               "model_weights", "foundry_integrated_circuit")),
        Column("applies_to_paragraph_codes", pl.List(pl.String), "Paragraphs of items to which the effect attaches; null where the row"
               " attaches to none", is_nullable=True),
        Column("effect_code", pl.String, "What follows where every bound is met",
               values=(*READ_EFFECTS, "presumed_controlled", "import_duty", "scope_change")),
        Column("min_tpp", pl.Float64, "Lower bound of total processing performance", unit="TPP", is_nullable=True, minimum=0),
        Column("max_tpp", pl.Float64, "Upper bound of total processing performance", unit="TPP", is_nullable=True, minimum=0),
        Column("min_performance_density", pl.Float64, "Lower bound of performance density", unit="TPP/mm²", is_nullable=True, minimum=0),
        Column("max_performance_density", pl.Float64, "Upper bound of performance density", unit="TPP/mm²", is_nullable=True, minimum=0),
        Column("min_interconnect_gb_s", pl.Float64, "Lower bound of bidirectional transfer over all inputs and outputs except volatile"
               " memory", unit="GB/s", is_nullable=True, minimum=0),
        Column("min_memory_bandwidth_density", pl.Float64, "Lower bound of memory bandwidth over package area", unit="GB/s/mm²",
               is_nullable=True, minimum=0),
        Column("max_memory_bandwidth_density", pl.Float64, "Upper bound of memory bandwidth over package area", unit="GB/s/mm²",
               is_nullable=True, minimum=0),
        Column("min_memory_bandwidth_gb_s", pl.Float64, "Lower bound of total DRAM bandwidth", unit="GB/s", is_nullable=True, minimum=0),
        Column("max_memory_bandwidth_gb_s", pl.Float64, "Upper bound of total DRAM bandwidth", unit="GB/s", is_nullable=True, minimum=0),
        Column("min_transistors_billion", pl.Float64, "Lower bound of the transistor count", unit="billion", is_nullable=True, minimum=0),
        Column("is_minimum_inclusive", pl.Boolean, "Whether the lower bounds themselves are inside; null where there is none or it is"
               " not verified", is_nullable=True),
        Column("is_maximum_inclusive", pl.Boolean, "Whether the upper bounds themselves are inside; null where there is none or it is"
               " not verified", is_nullable=True),
        Column("is_datacenter_marketed", pl.Boolean, "True: only items designed or marketed for data centres; false: only others; null:"
               " any", is_nullable=True),
        Column("addressee_name", pl.String, "Designer to whom a letter is addressed, as in accelerators.designer_name; null for a published"
               " rule", is_nullable=True),
        Column("named_product_pattern", pl.String, "Regular expression of accelerator names: the products that a letter names; null where"
               " it names none", is_nullable=True),
        Column("other_condition", pl.String, "Conditions beyond the bounds, in our words", is_nullable=True),
        Column("destination_group_codes", pl.List(pl.String), "Groups of destinations that the reach covers, of those in"
               " accelerator_control_status; CHN includes Hong Kong", is_nullable=True),
        Column("effective_from", pl.Date, "Legal start", minimum=date(2022, 1, 1)),
        Column("effective_to", pl.Date, "Last day before another document replaced the thresholds", is_nullable=True, minimum=date(2022,
               1, 1)),
        Column("in_text_from", pl.Date, "First day on which this text and reach stood in the regulation; null for a letter, which never"
               " did", is_nullable=True, minimum=date(2022, 1, 1)),
        Column("in_text_to", pl.Date, "Last such day; null where it stood on 2026-09-01", is_nullable=True, minimum=date(2022, 1, 1)),
        Column("enforced_from", pl.Date, "First day on which it was applied; null where never", is_nullable=True, minimum=date(2022, 1, 1)),
        Column("enforced_to", pl.Date, "Last such day; null where it still is, or never was", is_nullable=True, minimum=date(2022, 1, 1)),
        Column("is_enforced", pl.Boolean, "Whether it was ever applied, or is due to be"),
        Column("is_effective_date_confirmed", pl.Boolean, "Whether the legal start was checked against the document"),
        Column("citation", pl.String, "Federal Register citation, or what stands in its place"),
        Column("document_number", pl.String, "Federal Register document; null for a letter or proclamation", is_nullable=True,
               pattern=r"^\d{4}-\d{5}$"),
        Column("url", pl.String, "Address of the document", is_nullable=True, pattern=r"^https://"),
        Column("evidence_code", pl.String, "How the wording is known: against the CFR, quoted, from others, in paraphrase, or by general"
               " knowledge", values=("verified", "quoted", "secondary", "paraphrase", "background")),
        Column("note", pl.String, "What a reader should know of the row", is_nullable=True),
    ),
    rules=(
        Rule("Does every interval run forward?",
             "SELECT * FROM control_thresholds WHERE in_text_to < in_text_from OR enforced_to < enforced_from OR effective_to <"
             " effective_from"),
        Rule("Is every lower bound below its upper bound?",
             "SELECT * FROM control_thresholds WHERE min_tpp >= max_tpp OR min_performance_density >= max_performance_density"
             " OR min_memory_bandwidth_density >= max_memory_bandwidth_density OR min_memory_bandwidth_gb_s >= max_memory_bandwidth_gb_s"),
        Rule("Has a row dates of enforcement exactly where it was enforced?",
             "SELECT * FROM control_thresholds WHERE is_enforced <> (enforced_from IS NOT NULL)"),
        Rule("Has a letter an addressee and no place in the regulation, and a published rule the reverse?",
             "SELECT * FROM control_thresholds WHERE (regime_code = 'informed_letter') <> (addressee_name IS NOT NULL)"
             " OR (regime_code = 'informed_letter') <> (in_text_from IS NULL)"),
        Rule("Is every addressee a designer of accelerators?",
             "SELECT * FROM control_thresholds WHERE addressee_name NOT IN (SELECT designer_name FROM accelerators)"),
        Rule("Does every row that is read say whether its bounds are inside?",
             "SELECT * FROM control_thresholds WHERE regime_code <> 'import_tariff' AND ("
             "(coalesce(min_tpp, min_performance_density, min_interconnect_gb_s, min_memory_bandwidth_density,"
             " min_memory_bandwidth_gb_s) IS NOT NULL AND is_minimum_inclusive IS NULL)"
             " OR (coalesce(max_tpp, max_performance_density, max_memory_bandwidth_density, max_memory_bandwidth_gb_s) IS NOT NULL AND"
             " is_maximum_inclusive IS NULL))"),
        Rule("Is the worldwide reach of the Diffusion text kept as never enforced?",
             "SELECT * FROM control_thresholds WHERE rule_id = '2025-01-diffusion' AND destination_scope_code = 'worldwide' AND"
             " (is_enforced OR in_text_to IS NOT NULL)"),
        Rule("Is every legal start checked against its document?", "SELECT * FROM control_thresholds WHERE NOT"
             " is_effective_date_confirmed", is_warning=True),
        Rule("Is a legal start called checked the day of effect that the Federal Register states, where it states one (the rule of October"
             " 2022 took effect in steps from 2022-10-07, its chip controls on 2022-10-21)?",
             "SELECT t.rule_id, t.paragraph_code, t.limb, t.effective_from, d.effective_date FROM control_thresholds t JOIN"
             " control_documents d USING (document_number) WHERE t.is_effective_date_confirmed AND t.effective_from <> d.effective_date"
             " AND NOT (t.rule_id = '2022-10' AND t.effective_from = DATE '2022-10-21' AND d.effective_date = DATE '2022-10-07')"),
        Rule("Is every document behind a threshold among the documents?",
             "SELECT DISTINCT rule_id, document_number FROM control_thresholds WHERE document_number IS NOT NULL AND document_number NOT IN"
             " (SELECT document_number FROM control_documents)", is_warning=True),
    ),
)  # fmt: skip


def build(reference_control_thresholds: pl.DataFrame, reference_control_destinations: pl.DataFrame) -> pl.DataFrame:
    """Return the curated rows, typed, each with the destination groups of its reach; raises ContractBroken for an unknown reach."""
    groups = reference_control_destinations.select("destination_scope_code", "destination_group_codes")
    unknown = sorted(set(reference_control_thresholds["destination_scope_code"]) - set(groups["destination_scope_code"]))
    if unknown:
        raise ContractBroken(f"{TABLE.name}: unknown reaches {unknown}; add each to data/reference/control_destinations.csv")
    rows = TABLE.typed(reference_control_thresholds.join(groups, on="destination_scope_code", how="left"))
    strange = sorted(set(rows["destination_group_codes"].explode().drop_nulls()) - set(DESTINATION_GROUPS))
    if strange:
        raise ContractBroken(f"{TABLE.name}: unknown destination groups {strange}; known: {DESTINATION_GROUPS}")
    return rows
