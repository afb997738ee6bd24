"""accelerator_control_status: what each rule version says of each accelerator, for each group of destinations.

Four things stay apart: the paragraph an item meets (a property of the item), the licence requirement, the policy by which an application
is reviewed, and the days in the text and enforced. "Undecidable" is an answer, and `reason` names what would have to be known.

Know before editing:
- `_reading` and `_limbs` evaluate the rows of `control_thresholds`; nothing here knows a bound, a rule or a chip.
- For a day, read the newest version whose first day has come; its requirement holds in the text, or in practice, while that day
  lies within the dates of that kind. A null `enforced_from` means that it was never enforced.
- The rule of December 2024 (3A090.c) is about stacks of memory; memory packaged with processing logic is judged with its logic, so an
  accelerator reads there as before. Exceptions of the Diffusion text (AIA, ACM, LPP) and parties on the Entity List are not assessed.
- What decides a reading may be of an older rule than its version: the rows of October 2023 go on being enforced beside the Diffusion
  text. `in_text_rule_ids` and `enforced_rule_ids` name the rules of either kind.
- Letters are a kind of their own beside the versions: read them together with the regulation of the day, not in its place.
- A release after a rule does not matter to the paragraph: every chip is read under every version.
"""

from typing import Any

import polars as pl

from indicators.model import Column, Rule, Table
from indicators.tables.compute._limbs import Item, Quantity
from indicators.tables.compute._reading import LETTER, NONE, NOT_APPLICABLE, NOT_STATED, REGULATION, UNDECIDABLE, letters, read, versions
from indicators.tables.compute.control_thresholds import DEFINING_EFFECT, DESTINATION_GROUPS, EXEMPTING_EFFECTS, REVIEW_EFFECTS

ITEM = "integrated_circuit"
UNDECIDING_EVIDENCE = ("conflicting", "doubtful")

TABLE = Table(
    name="accelerator_control_status",
    title="Control status of accelerators by rule version and destination",
    description="One row per accelerator, rule version and group of destinations: paragraph, requirement, review policy, dates in text"
    " and enforced, and the inequality that decided. Letters to single firms are versions of a kind of their own, which a reader adds to"
    " the regulation of the day. Who the buyer is is not read.",
    key=("accelerator_id", "rule_id", "destination_group_code"),
    row_bounds=(7_140, 16_800),
    columns=(
        Column("accelerator_id", pl.String, "The accelerator", links_to="accelerators.accelerator_id"),
        Column("rule_id", pl.String, "Rule version: all rows that stood or were enforced on its first day; for a day, read the newest"
               " version that has begun",
               links_to="control_thresholds.rule_id"),
        Column("version_kind_code", pl.String, "A version of the regulation, or a letter to one firm", values=(REGULATION, LETTER)),
        Column("destination_group_code", pl.String, "CHN (with Hong Kong), MAC, other D:5, D:1 and D:4 outside D:5, A:5, and a consignee"
               " in A:5 with headquarters in D:5 or Macau", values=DESTINATION_GROUPS),
        Column("paragraph_code", pl.String, "Paragraph the item meets, wherever it goes; not_applicable under a letter, which has none",
               values=("3A090.a", "3A090.b", NONE, UNDECIDABLE, NOT_APPLICABLE)),
        Column("requirement_code", pl.String, "What a shipment needs: a licence, a notice under an exception, an exception (our facts"
               " state no notice), nothing, or not decidable",
               values=(DEFINING_EFFECT, *EXEMPTING_EFFECTS, NONE, UNDECIDABLE)),
        Column("review_policy_code", pl.String, "How an application is reviewed, by its figures alone; not_stated where our rows hold no"
               " policy, not_applicable where nothing is required",
               values=(*REVIEW_EFFECTS, NOT_STATED, NOT_APPLICABLE, UNDECIDABLE)),
        Column("in_text_from", pl.Date, "First day on which this stood in the regulation; null where it no longer did when the version"
               " began", is_nullable=True),
        Column("in_text_to", pl.Date, "Last such day; null where it still stands", is_nullable=True),
        Column("enforced_from", pl.Date, "First day on which it was applied; null where never", is_nullable=True),
        Column("enforced_to", pl.Date, "Last such day; null where it still is, or never was", is_nullable=True),
        Column("in_text_rule_ids", pl.List(pl.String), "Rules behind the answer that stood in the text on the version's first day or"
               " later: of the rows that reach the destination, those requiring a licence for the item's paragraph (for every paragraph"
               " where it is in none), and the exception and review policy that decided; empty where no row reaches. Each is a rule_id"
               " of control_thresholds"),
        Column("enforced_rule_ids", pl.List(pl.String), "The same, of those enforced on that day or later"),
        Column("reason", pl.String, "The inequalities that decided, with their numbers, or the figures that are missing;"
               " and the paragraph by which a destination is reached, where it is not the item's own"),
        Column("is_lower_bound", pl.Boolean, "Whether a figure that this version tests is known only as a lower bound"),
    ),
    rules=(
        Rule("Is the paragraph the same wherever the item goes?",
             "SELECT accelerator_id, rule_id FROM accelerator_control_status GROUP BY ALL HAVING count(DISTINCT paragraph_code) > 1"),
        Rule("Has every accelerator a reading for every version and destination?",
             "SELECT accelerator_id FROM accelerator_control_status GROUP BY ALL HAVING count(*) <> (SELECT count(DISTINCT rule_id) *"
             " count(DISTINCT destination_group_code) FROM accelerator_control_status)"),
        Rule("Is nothing required of an item outside every paragraph?",
             "SELECT * FROM accelerator_control_status WHERE paragraph_code = 'none' AND requirement_code <> 'none'"),
        Rule("Is a review policy given exactly where something is required?",
             "SELECT * FROM accelerator_control_status WHERE (requirement_code = 'none') <> (review_policy_code = 'not_applicable')"),
        Rule("Does a quarantined row decide nothing?",
             "SELECT s.* FROM accelerator_control_status s JOIN accelerators a USING (accelerator_id) WHERE a.is_implausible AND"
             " s.version_kind_code = 'regulation' AND s.paragraph_code <> 'undecidable'"),
        Rule("Does every undecided reading name what is missing?",
             "SELECT * FROM accelerator_control_status WHERE 'undecidable' IN (paragraph_code, requirement_code, review_policy_code)"
             " AND NOT contains(reason, 'unknown: ')"),
        Rule("Is every rule that decided a reading among the rules?",
             "SELECT * FROM (SELECT DISTINCT unnest(in_text_rule_ids || enforced_rule_ids) AS rule_id FROM accelerator_control_status)"
             " WHERE rule_id NOT IN (SELECT rule_id FROM control_thresholds)"),
        Rule("Does a rule stand behind every day of a requirement, in the text and as enforced?",
             "SELECT * FROM accelerator_control_status WHERE requirement_code <> 'none' AND ((in_text_from IS NULL) <>"
             " (len(in_text_rule_ids) = 0) OR (enforced_from IS NULL) <> (len(enforced_rule_ids) = 0))"),
        Rule("Has a letter no paragraph, and the regulation always one?",
             "SELECT * FROM accelerator_control_status WHERE (version_kind_code = 'letter') <> (paragraph_code = 'not_applicable')"
             " OR (version_kind_code = 'letter' AND in_text_from IS NOT NULL)"),
        Rule("Does the letter of April 2025 hold the H20 and bind no other designer's product?",
             "SELECT s.* FROM accelerator_control_status s JOIN accelerators a USING (accelerator_id) WHERE s.rule_id ="
             " '2025-04-h20-letter' AND s.destination_group_code = 'CHN' AND ((a.accelerator_name = 'NVIDIA HGX H20' AND"
             " s.requirement_code <> 'licence_required') OR (a.designer_name <> 'NVIDIA' AND s.requirement_code <> 'none'))"),
        Rule("Were A100 and H100 inside the rule of October 2022, and A800 and H800 outside?",
             "SELECT s.* FROM accelerator_control_status s JOIN accelerators a USING (accelerator_id) WHERE s.rule_id = '2022-10' AND"
             " s.paragraph_code <>"
             " CASE a.accelerator_name WHEN 'NVIDIA A100 SXM4 80 GB' THEN '3A090.a' WHEN 'NVIDIA H100 SXM5 80GB' THEN '3A090.a'"
             " WHEN 'NVIDIA A800 SXM' THEN 'none' WHEN 'NVIDIA H800 SXM5' THEN 'none' ELSE s.paragraph_code END"),
        Rule("Is the worldwide reach of the Diffusion text shown as never enforced?",
             "SELECT * FROM accelerator_control_status WHERE rule_id = '2025-01-diffusion' AND destination_group_code = 'A5' AND"
             " requirement_code <> 'none' AND enforced_from IS NOT NULL"),
        Rule("Is every accelerator decided for China under the thresholds of October 2023?",
             "SELECT * FROM accelerator_control_status WHERE rule_id = '2023-10' AND destination_group_code = 'CHN' AND paragraph_code ="
             " 'undecidable'", is_warning=True),
    ),
)  # fmt: skip


def build(accelerators: pl.DataFrame, control_thresholds: pl.DataFrame) -> pl.DataFrame:
    """Return every accelerator read under every rule version for every group of destinations."""
    thresholds = control_thresholds.to_dicts()
    known = versions(thresholds, ITEM) + letters(thresholds, ITEM)
    readings = [
        {"accelerator_id": chip["accelerator_id"], **read(version, item, group)}
        for chip in accelerators.iter_rows(named=True)
        for item in [item_of(chip)]
        for version in known
        for group in DESTINATION_GROUPS
    ]
    return pl.DataFrame(readings, schema={column.name: column.dtype for column in TABLE.columns})


def item_of(chip: dict[str, Any]) -> Item:
    """Return what a reading may use of an accelerator; quarantined, excluded and conflicting figures are missing, and say so."""
    if chip["is_implausible"]:
        gone = Quantity(missing="every figure (the row is quarantined as implausible)")
        names = ("tpp", "performance_density", "interconnect_gb_s", "memory_bandwidth_gb_s")
        return Item(dict.fromkeys(names, gone), chip["is_datacenter_marketed"], chip["accelerator_name"], chip["designer_name"])
    quantities = {
        "tpp": Quantity(chip["total_processing_performance"], chip["is_tpp_lower_bound"], "throughput"),
        "performance_density": Quantity(
            chip["performance_density"],
            chip["is_performance_density_lower_bound"],
            "throughput" if chip["applicable_die_area_mm2"] else "applicable die area",
        ),
        "interconnect_gb_s": _interconnect(chip),
        "memory_bandwidth_gb_s": _memory_bandwidth(chip),
    }
    return Item(quantities, chip["is_datacenter_marketed"], chip["accelerator_name"], chip["designer_name"])


def _interconnect(chip: dict[str, Any]) -> Quantity:
    evidence = chip["interconnect_evidence_code"]
    if evidence in UNDECIDING_EVIDENCE:
        return Quantity(missing=f"interconnect ({evidence} figures)")
    return Quantity(chip["interconnect_gb_s"], chip["is_interconnect_lower_bound"], "interconnect")


def _memory_bandwidth(chip: dict[str, Any]) -> Quantity:
    if "memory_bandwidth_gb_s" in (chip["excluded_columns"] or ()):
        return Quantity(missing="DRAM bandwidth (the published figure is excluded)")
    return Quantity(chip["memory_bandwidth_gb_s"], missing="DRAM bandwidth")
