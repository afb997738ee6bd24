/* claim: Misuse ranges from misinformation to attacks on telecommunication, power, finance and networks
   indicators: misuse_share
   rule: shares of the three subdomains among all incidents of MIT risk domain 4 up to the end of the latest complete year: disinformation and surveillance (4.1), cyberattacks, weapons and mass harm (4.2), fraud and manipulation (4.3): supported where each is 5% or more, mixed where one is below, contradicted where two are
   caveats: successful large attacks are few by nature, so a low count does not measure their risk; the interval counts every incident without a label as of the kind; labels are single-choice; sectors of infrastructure are coded for 54 incidents only, and not here; derived from the AI Incident Database (CC BY-SA 4.0)
   rule_version: 1
   reads: indicator_values */
WITH evaluations AS (
    FROM (VALUES ('at_publication', DATE '2025-01-21'), ('latest', DATE '9999-12-31')) AS evaluations(evaluation_code, until)
), kinds AS (
    FROM (VALUES (3, '4.1 of misuse to date', 'Disinformation and surveillance among misuse'), (1, '4.2 of misuse to date', 'Cyberattacks, weapons and mass harm among misuse'),
                 (2, '4.3 of misuse to date', 'Fraud and manipulation among misuse')) AS kinds(place, dimension, named)
), evidence AS (
    SELECT evaluation_code, place, named || ', to the end of ' || year(period_end) AS criterion, 'supports' AS role_code, value, lower, upper, 'share' AS unit,
           0.05::DOUBLE AS threshold, '>=' AS comparison_code, value >= 0.05 AS is_met, period_end, coverage_share
    FROM evaluations JOIN indicator_values ON period_end <= until JOIN kinds USING (dimension)
    WHERE indicator_id = 'misuse_share' AND value IS NOT NULL
    QUALIFY period_end = max(period_end) OVER (PARTITION BY evaluation_code)
)
SELECT 'C10' AS claim_id, evaluation_code,
       CASE WHEN count(is_met) < 3 THEN 'not_measurable' WHEN count(*) FILTER (NOT is_met) = 0 THEN 'supported' WHEN count(*) FILTER (NOT is_met) = 1 THEN 'mixed'
            ELSE 'contradicted' END AS verdict_code,
       CASE WHEN count(is_met) < 3 THEN 'the three kinds of misuse are not known' END AS reason,
       'reported incidents with a label; attacks on infrastructure are rare and grave, which a share does not tell' AS coverage_note,
       list(e ORDER BY place) FILTER (place IS NOT NULL) AS evidence
FROM evaluations LEFT JOIN evidence e USING (evaluation_code)
GROUP BY evaluation_code
ORDER BY ALL
