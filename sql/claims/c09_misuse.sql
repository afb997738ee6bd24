/* claim: The larger danger is misuse by malicious actors and not the rival state (tested: misuse is a large and growing part of reported incidents)
   indicators: misuse_share
   rule: on the part that can be measured, that misuse is a large and growing part of reported incidents: share of MIT risk domain 4 among labelled incidents of the latest complete year; supported where it is 25% or more and rose in each of the three years up to then, contradicted where it is below 10%, mixed otherwise; no verdict on the threat from a state
   caveats: counts of what was reported and entered, never of risk; incidents without a label are the newest; recent years fill up late; labels are single-choice; whether a state did it is not coded, so the comparison in the claim is not tested; derived from the AI Incident Database (CC BY-SA 4.0)
   rule_version: 1
   reads: indicator_values */
WITH evaluations AS (
    FROM (VALUES ('at_publication', DATE '2025-01-21'), ('latest', DATE '9999-12-31')) AS evaluations(evaluation_code, until)
), years AS (
    SELECT evaluation_code, period_end, value, lower, upper, coverage_share, row_number() OVER (PARTITION BY evaluation_code ORDER BY period_end DESC)::INTEGER AS back,
           lead(value) OVER (PARTITION BY evaluation_code ORDER BY period_end DESC) AS before,
           lead(period_end) OVER (PARTITION BY evaluation_code ORDER BY period_end DESC) AS day_before
    FROM evaluations JOIN indicator_values ON period_end <= until
    WHERE indicator_id = 'misuse_share' AND dimension = 'misuse' AND value IS NOT NULL
), evidence AS (
    SELECT evaluation_code, 1 AS place, 'Misuse among labelled incidents of ' || year(period_end) AS criterion, 'supports' AS role_code, value, lower, upper,
           'share' AS unit, 0.25::DOUBLE AS threshold, '>=' AS comparison_code, value >= 0.25 AS is_met, period_end, coverage_share
    FROM years WHERE back = 1
    UNION ALL BY NAME
    SELECT evaluation_code, 1 + back AS place, 'Rise on the year before, ' || year(period_end) AS criterion, 'supports' AS role_code, round(value - before, 6) AS value,
           'difference of shares' AS unit, 0.0::DOUBLE AS threshold, '>' AS comparison_code,
           coalesce(value > before AND year(day_before) = year(period_end) - 1, false) AS is_met, period_end, coverage_share
    FROM years WHERE back <= 3
    UNION ALL BY NAME
    SELECT evaluation_code, 5 AS place, 'Misuse below a tenth of labelled incidents of ' || year(period_end) AS criterion, 'contradicts' AS role_code, value,
           'share' AS unit, 0.1::DOUBLE AS threshold, '<' AS comparison_code, value < 0.1 AS is_met, period_end, coverage_share
    FROM years WHERE back = 1
    UNION ALL BY NAME
    SELECT evaluation_code, 6 AS place, 'Intended harm among labelled incidents of ' || year(period_end) AS criterion, 'context' AS role_code, value, lower, upper,
           'share' AS unit, period_end, coverage_share
    FROM evaluations JOIN indicator_values ON period_end <= until WHERE indicator_id = 'misuse_share' AND dimension = 'intentional' AND value IS NOT NULL
    QUALIFY period_end = max(period_end) OVER (PARTITION BY evaluation_code)
)
SELECT 'C09' AS claim_id, evaluation_code,
       CASE WHEN count(place) = 0 THEN 'not_measurable' WHEN bool_and(is_met) FILTER (role_code = 'supports') AND count(*) FILTER (role_code = 'supports') = 4
            THEN 'supported' WHEN bool_or(is_met) FILTER (role_code = 'contradicts') THEN 'contradicted' ELSE 'mixed' END AS verdict_code,
       CASE WHEN count(place) = 0 THEN 'no year of incidents is known'
            ELSE 'on the measurable part only, that misuse is large and grows among what is reported: the threat from a state is not measured' END AS reason,
       'labelled incidents of what was reported; who did it is not coded' AS coverage_note,
       list(e ORDER BY place) FILTER (place IS NOT NULL) AS evidence
FROM evaluations LEFT JOIN evidence e USING (evaluation_code)
GROUP BY evaluation_code
ORDER BY ALL
