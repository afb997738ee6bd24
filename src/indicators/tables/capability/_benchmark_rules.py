"""What the audit asks of `benchmark_scores`: scales, dates, versions, links. Only for that module.

Know before editing: a score off its scale, or a scale read as another, stops the release; what upstream has wrong is listed and published.
"""

from indicators.model import Rule

FAR_DAYS = 90
"""Days by which the dates of one model in two tables may differ without being listed."""
FAR_DATES = f"""
    WITH linked AS (
        SELECT 'benchmark_scores' AS dated_by, model_id, min(release_date) AS earliest FROM benchmark_scores GROUP BY ALL
        UNION ALL SELECT 'capability_scores', model_id, min(release_date) FROM capability_scores GROUP BY ALL
    )
    SELECT m.model_name, dated_by, publication_date, earliest FROM models m JOIN linked USING (model_id)
    WHERE abs(earliest - publication_date) > {FAR_DAYS} ORDER BY ALL"""  # noqa: S608
"""Here, since this audit may wait for the three tables: neither of the other two asks about this one."""

RULES = (
    Rule(
        "Are linked models dated in `models` within 90 days of their earliest version in the hub, and of their day in the index?",
        FAR_DATES,
        is_warning=True,
    ),
    Rule(
        "Is every score on the scale of its benchmark?",
        "SELECT s.* FROM benchmark_scores s JOIN benchmarks USING (benchmark_id) WHERE score < scale_min OR score > scale_max",
    ),
    Rule(
        "Does the best of five or more scores of a share reach 0.02 (below, a scale of 0 to 100 was read as 0 to 1)?",
        "SELECT benchmark_id, max(score) AS best, count(*) AS scores FROM benchmark_scores JOIN benchmarks USING (benchmark_id) "
        "WHERE unit = 'share' GROUP BY ALL HAVING count(*) >= 5 AND max(score) < 0.02",
    ),
    Rule(
        "Is every standard error below a quarter of the scale (above, it stands on another scale than the score)?",
        "SELECT s.* FROM benchmark_scores s JOIN benchmarks USING (benchmark_id) WHERE standard_error > 0.25 * (scale_max - scale_min)",
    ),
    Rule(
        "Is every version dated no later than its source?",
        "SELECT * FROM benchmark_scores WHERE release_date > (SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_benchmark_hub')",
    ),
    Rule(
        "Has every version one date, one model and one country in all benchmarks?",
        "SELECT model_version FROM benchmark_scores GROUP BY ALL "
        "HAVING count(DISTINCT (release_date, model_name, organization_name, country_code)) > 1",
        is_warning=True,
    ),
    Rule(
        "Is no version dated a month or more before the version whose name it extends (as Kimi-K2-Instruct-0905 was in 2025-12)?",
        "SELECT DISTINCT later.model_version, later.release_date, base.model_version AS base, base.release_date AS base_date "
        "FROM benchmark_scores later JOIN benchmark_scores base ON later.model_name = base.model_name "
        "AND starts_with(later.base_version, base.base_version || '-') AND later.release_date < base.release_date - 30 "
        "AND NOT regexp_matches(later.base_version, '(?i)(preview|exp|beta)')",
        is_warning=True,
    ),
    Rule(
        "Is no version dated before the day in its own name?",
        "SELECT DISTINCT model_version, release_date FROM benchmark_scores WHERE release_date < try_strptime("
        "regexp_replace(regexp_extract(base_version, '20\\d\\d-?[01]\\d-?[0-3]\\d'), '-', '', 'g'), '%Y%m%d')",
        is_warning=True,
    ),
    Rule(
        "Was no version evaluated before its release?",
        "SELECT benchmark_id, model_version, release_date, evaluated_date FROM benchmark_scores WHERE evaluated_date < release_date",
        is_warning=True,
    ),
    Rule(
        "Is every ending of a version a known thinking effort?",
        "SELECT DISTINCT model_version FROM benchmark_scores WHERE effort_code IS NULL AND regexp_matches(model_version, '_[a-z]+$')",
        is_warning=True,
    ),
    Rule(
        "Has Epoch's own run of a benchmark one result for each version?",
        "SELECT s.* FROM benchmark_scores s JOIN benchmarks USING (benchmark_id) WHERE evaluator_code = 'own_runs' AND ordinal > 1",
        is_warning=True,
    ),
    Rule(
        "Is no score of a paper or leaderboard exactly zero (a zero can stand for unknown)?",
        "SELECT s.* FROM benchmark_scores s JOIN benchmarks USING (benchmark_id) WHERE evaluator_code = 'external' AND score = 0",
        is_warning=True,
    ),
    Rule(
        "Is the country that of the one developing organisation?",
        "SELECT DISTINCT model_version, s.organization_name, s.country_code, o.country_code AS headquarters FROM benchmark_scores s "
        "JOIN organizations o USING (organization_id) WHERE s.organization_name NOT LIKE '%,%' AND s.country_code <> o.country_code",
        is_warning=True,
    ),
    Rule(
        "Has every version a country?",
        "SELECT DISTINCT model_version, organization_name FROM benchmark_scores WHERE country_code IS NULL",
        is_warning=True,
    ),
    Rule(
        "Is every model that the hub names linked to `models`?",
        "SELECT DISTINCT model_name FROM benchmark_scores WHERE model_name IS NOT NULL AND model_id IS NULL",
        is_warning=True,
    ),
    Rule(
        "Are 90 in 100 of the hub's model names linked to `models`?",
        "SELECT count(DISTINCT model_name) AS named, count(DISTINCT model_name) FILTER (model_id IS NOT NULL) AS linked "
        "FROM benchmark_scores HAVING linked < 0.9 * named",
        is_warning=True,
    ),
)
