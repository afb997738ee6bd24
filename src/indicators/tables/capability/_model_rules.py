"""Questions about the table `models`: known figures, days, names, what is doubtful. Only for the modules of this package."""

from indicators.model import Rule

LAST_DAY = "(SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_ai_models')"
NAME_LENGTH = 150

RULES = (
    Rule("Is GPT-4 of 2023-03-15 with 1e25 to 5e25 FLOP (2.1e25 in every capture known)?",
         "SELECT 'GPT-4 (Mar 2023)' AS model_name WHERE NOT EXISTS (FROM models WHERE model_id = 'gpt-4-mar-2023' "
         "AND publication_date = DATE '2023-03-15' AND training_compute_flop BETWEEN 1e25 AND 5e25)"),
    Rule("Is DeepSeek-V3 of 2024-12-24 with 671e9 parameters and 1e24 to 1e25 FLOP on H800?",
         "SELECT 'DeepSeek-V3' AS model_name WHERE NOT EXISTS (FROM models WHERE model_id = 'deepseek-v3' "
         "AND publication_date = DATE '2024-12-24' AND parameters = 671e9 AND training_compute_flop BETWEEN 1e24 AND 1e25 "
         "AND list_contains(training_hardware, 'NVIDIA H800 SXM5'))"),
    Rule("Is no model dated later than 31 days after its source?",
         f"SELECT model_name, publication_date FROM models WHERE publication_date > {LAST_DAY} + 31"),  # noqa: S608
    Rule("Does the compute lie within its bounds?",
         "SELECT model_name, training_compute_low_flop, training_compute_flop, training_compute_high_flop FROM models "
         "WHERE training_compute_flop NOT BETWEEN training_compute_low_flop AND training_compute_high_flop"),
    Rule("Has no model bounds of compute without the figure?",
         "SELECT * FROM models WHERE training_compute_flop IS NULL "
         "AND (training_compute_low_flop IS NOT NULL OR training_compute_high_flop IS NOT NULL)"),
    Rule("Is no figure of compute marked by a last 1 after zeros?",
         "SELECT model_name, training_compute_flop FROM models "
         "WHERE regexp_matches(format('{:.14e}', training_compute_flop), '0{2,}10*e')"),
    Rule("Is every printed country a country, and Multinational none?",
         "SELECT model_id, code FROM (SELECT model_id, unnest(country_codes) AS code FROM models) "
         "WHERE code NOT IN (SELECT country_code FROM countries)"),
    Rule("Do open weights and the way of access say the same?",
         "SELECT model_name, accessibility_code, is_open_weights FROM models "
         "WHERE is_open_weights <> starts_with(accessibility_code, 'open_') OR (accessibility_code IS NULL AND is_open_weights)"),
    Rule("Are there at least 750 notable models, and 100 at the frontier?",
         "SELECT count(*) FILTER (is_notable) AS notable, count(*) FILTER (is_frontier) AS frontier FROM models "
         "HAVING count(*) FILTER (is_notable) < 750 OR count(*) FILTER (is_frontier) < 100"),
    Rule("Is every name a name (a sentence ends in a full stop or is longer; the longest, titles of papers, have 135 characters)?",
         f"SELECT model_name FROM models WHERE length(model_name) > {NAME_LENGTH} OR ends_with(model_name, '.') "  # noqa: S608
         f"OR length(source_model_name) > {NAME_LENGTH} OR ends_with(source_model_name, '.')"),
    Rule("Is every name given once (of several rows the one that states most counts)?",
         "SELECT model_name, source_row_count FROM models WHERE source_row_count > 1", is_warning=True),
    Rule("Is every model above 1e23 FLOP on the list of large-scale models (those it lacks count in large_scale_models all the same)?",
         "SELECT model_name, publication_date, training_compute_flop FROM models WHERE training_compute_flop > 1e23 AND NOT is_large_scale",
         is_warning=True),
    Rule("Is every model in the file of all models?",
         "SELECT model_name, source_member_code FROM models WHERE source_member_code <> 'all'", is_warning=True),
    Rule("Has every name an id to itself (of names that differ in signs only, the younger ones' ids end in their day)?",
         "SELECT model_id, model_name FROM models WHERE regexp_matches(model_id, '-(\\d{4}-\\d\\d-\\d\\d|undated)$') "
         "AND NOT regexp_matches(model_name, '\\d\\d$')", is_warning=True),
    Rule("Is no model dated before the month in its own name?",
         "SELECT model_name, publication_date FROM models WHERE publication_date < "
         "try_strptime(regexp_extract(model_name, '\\(([A-Z][a-z]{2} 20\\d\\d)\\)', 1), '%b %Y')", is_warning=True),
    Rule("Is the mark of frontier models kept up (newest within half a year of the source)?",
         "SELECT max(publication_date) AS newest_frontier FROM models WHERE is_frontier "  # noqa: S608
         f"HAVING max(publication_date) < {LAST_DAY} - 183", is_warning=True),
    Rule("Has every model a date?", "SELECT model_name FROM models WHERE publication_date IS NULL", is_warning=True),
)  # fmt: skip
