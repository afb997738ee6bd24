"""What the audit asks of `capability_scores`: anchors, intervals, dates, countries, links. Only for that module."""

from indicators.model import Rule

RULES = (
    Rule(
        "Does the score lie inside its own interval?",
        "SELECT * FROM capability_scores WHERE score NOT BETWEEN score_low AND score_high",
    ),
    Rule("Are both bounds given, or neither?", "SELECT * FROM capability_scores WHERE (score_low IS NULL) <> (score_high IS NULL)"),
    Rule(
        "Are the anchors where the index fixes them (Claude 3.5 Sonnet 130, GPT-5 150)?",
        "SELECT * FROM capability_scores WHERE (model_name = 'Claude 3.5 Sonnet' AND abs(score - 130) > 0.01) "
        "OR (model_name = 'GPT-5' AND abs(score - 150) > 0.01)",
    ),
    Rule(
        "Does the index name both anchors (a renamed one is not held to its score)?",
        "SELECT model_name FROM (VALUES ('Claude 3.5 Sonnet'), ('GPT-5')) AS anchors(model_name) "
        "ANTI JOIN capability_scores USING (model_name)",
        is_warning=True,
    ),
    Rule(
        "Is no model dated before the month in its own name?",
        "SELECT model_name, release_date FROM capability_scores WHERE release_date < "
        "try_strptime(regexp_extract(model_name, '\\(([A-Z][a-z]{2} 20\\d\\d)\\)', 1), '%b %Y')",
        is_warning=True,
    ),
    Rule(
        "Is the index's date that of the version's release (previews, first versions and publications are listed)?",
        "SELECT model_name, release_date, version_date, release_date_kind_code FROM capability_scores "
        "WHERE release_date_kind_code IN ('preview', 'first_version', 'publication')",
        is_warning=True,
    ),
    Rule("Has every model a country?", "SELECT * FROM capability_scores WHERE country_code IS NULL", is_warning=True),
    Rule(
        "Are no countries filled by curation (Epoch leaves them blank)?",
        "SELECT model_name, organization_name, country_code FROM capability_scores WHERE country_basis_code = 'curated'",
        is_warning=True,
    ),
    Rule(
        "Has every model of a developer of five or more a country?",
        "SELECT organization_id, count(*) AS models, count(country_code) AS with_country FROM capability_scores "
        "WHERE organization_id IS NOT NULL AND country_basis_code <> 'several' "
        "GROUP BY ALL HAVING count(*) >= 5 AND count(country_code) < count(*)",
    ),
    Rule(
        "Have 95 in 100 models an organisation and a country?",
        "SELECT count(*) AS models, count(*) FILTER (organization_id IS NOT NULL AND country_code IS NOT NULL) AS placed "
        "FROM capability_scores HAVING placed < 0.95 * models",
    ),
    Rule(
        "Is the country that of the one developing organisation?",
        "SELECT model_name, c.organization_name, c.country_code, o.country_code AS headquarters FROM capability_scores c "
        "JOIN organizations o USING (organization_id) WHERE c.organization_name NOT LIKE '%,%' AND c.country_code <> o.country_code",
        is_warning=True,
    ),
    Rule(
        "Is every model linked to `models`?",
        "SELECT model_name, release_date FROM capability_scores WHERE model_id IS NULL",
        is_warning=True,
    ),
    Rule(
        "Are half of the models linked to `models`?",
        "SELECT count(*) AS models, count(model_id) AS linked FROM capability_scores HAVING linked < 0.5 * models",
        is_warning=True,
    ),
    Rule(
        "Has every model of the last release the same country?",
        "SELECT model_name, p.country_code AS was, c.country_code AS now FROM previous_capability_scores p "
        "JOIN capability_scores c USING (model_name) WHERE c.country_code IS DISTINCT FROM p.country_code",
        is_warning=True,
    ),
    Rule(
        "Is every model of the last release still there by name (a name that vanished may be a rename)?",
        "SELECT model_name, release_date FROM previous_capability_scores ANTI JOIN capability_scores USING (model_name)",
        is_warning=True,
    ),
    Rule(
        "Is every model dated no later than its source?",
        "SELECT * FROM capability_scores WHERE release_date > (SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_eci')",
    ),
)
