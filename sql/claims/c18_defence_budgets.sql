/* claim: Defence budgets run to trillions of dollars a year
   indicators: military_expenditure, military_expenditure_gdp_share
   rule: the world's military expenditure in current US dollars in the latest year with a figure: supported at 2 trillion or more, mixed from 1 to 2 trillion, contradicted below 1 trillion
   caveats: figures of SIPRI as the World Bank publishes them; the world is its own figure and never summed here; Taiwan is missing; current dollars hold inflation and exchange rates; what the money might have bought instead is not tested
   rule_version: 1
   reads: indicator_values */
WITH evaluations AS (
    FROM (VALUES ('at_publication', DATE '2025-01-21'), ('latest', DATE '9999-12-31')) AS evaluations(evaluation_code, until)
), newest AS (
    SELECT evaluation_code, indicator_id, subject_code, value, period_end, coverage_share
    FROM evaluations JOIN indicator_values ON period_end <= until
    WHERE indicator_id IN ('military_expenditure', 'military_expenditure_gdp_share') AND value IS NOT NULL
    QUALIFY period_end = max(period_end) FILTER (subject_code = 'WLD' AND indicator_id = 'military_expenditure') OVER (PARTITION BY evaluation_code)
), evidence AS (
    SELECT evaluation_code, 1 AS place, 'Military expenditure of the world in ' || year(period_end) AS criterion, 'supports' AS role_code, value,
           NULL::DOUBLE AS lower, NULL::DOUBLE AS upper, 'US dollars' AS unit, 2e12::DOUBLE AS threshold, '>=' AS comparison_code, value >= 2e12 AS is_met,
           period_end, coverage_share
    FROM newest WHERE indicator_id = 'military_expenditure' AND subject_code = 'WLD'
    UNION ALL BY NAME
    SELECT evaluation_code, 1 + row_number() OVER (PARTITION BY evaluation_code ORDER BY indicator_id, subject_code)::INTEGER AS place,
           CASE indicator_id WHEN 'military_expenditure' THEN 'Military expenditure of ' ELSE 'The same as part of gross domestic product, ' END || subject_code AS criterion,
           'context' AS role_code, value, CASE indicator_id WHEN 'military_expenditure' THEN 'US dollars' ELSE 'share' END AS unit, period_end, coverage_share
    FROM newest WHERE (indicator_id, subject_code) <> ('military_expenditure', 'WLD')
)
SELECT 'C18' AS claim_id, evaluation_code,
       CASE WHEN count(is_met) = 0 THEN 'not_measurable' WHEN bool_or(is_met) THEN 'supported' WHEN max(value) FILTER (role_code = 'supports') >= 1e12 THEN 'mixed'
            ELSE 'contradicted' END AS verdict_code,
       CASE WHEN count(is_met) = 0 THEN 'the World Bank''s series is not in the baseline: `indicators refresh` fetches it' END AS reason,
       'as the source states it for the world; Taiwan is missing' AS coverage_note,
       list(e ORDER BY place) FILTER (place IS NOT NULL) AS evidence
FROM evaluations LEFT JOIN evidence e USING (evaluation_code)
GROUP BY evaluation_code
ORDER BY ALL
