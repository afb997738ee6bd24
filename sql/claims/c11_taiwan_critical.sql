/* claim: Taiwan and TSMC are critical in what AI is built on
   indicators: ic_export_share, taiwan_ic_destination_share, foundry_share
   rule: TSMC's share of the accelerators with a total processing performance of 4800 or more released in the latest complete year, among those with a stated foundry (a chip of two foundries counts half), 75% or more; Taiwan's share of the reported world's exports of integrated circuits in the latest year in which it reports, 10% or more: supported where both, mixed where one, contradicted where neither
   caveats: shares of value understate dependence on the leading edge; Hong Kong's re-exports are in the denominator; 2024 has no row of Taiwan and is null; each product counts one, whatever the number made, and seven to nine of a year have a stated foundry, so that one chip can turn the verdict; Taiwan's shares of fabrication and assembly come from a source that may not be republished
   rule_version: 1
   reads: accelerators, indicator_values, sources */
WITH evaluations AS (
    SELECT evaluation_code, least(until, coalesce((SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_ml_hardware'),
                                                  (SELECT max(release_date) FROM accelerators), until)) AS chips_until, until
    FROM (VALUES ('at_publication', DATE '2025-01-21'), ('latest', DATE '9999-12-31')) AS evaluations(evaluation_code, until)
), years AS (
    SELECT evaluation_code, make_date(year(release_date), 12, 31) AS period_end, count(*) AS n, count(foundry_names) AS stated,
           sum(len(list_filter(foundry_names, lambda name: name = 'TSMC')) / len(foundry_names)) AS parts
    FROM evaluations JOIN accelerators ON make_date(year(release_date), 12, 31) <= chips_until
    WHERE total_processing_performance >= 4800 AND NOT is_implausible
    GROUP BY ALL
), evidence AS (
    SELECT evaluation_code, 1 AS place, 'TSMC among accelerators of 4800 and more released in ' || year(period_end) AS criterion, 'supports' AS role_code,
           round(parts / stated, 6) AS value, round(parts / n, 6) AS lower, round((parts + n - stated) / n, 6) AS upper, 'share' AS unit,
           0.75::DOUBLE AS threshold, '>=' AS comparison_code, parts / stated >= 0.75 AS is_met, period_end, round(stated / n, 6) AS coverage_share
    FROM years WHERE stated > 0
    QUALIFY period_end = max(period_end) OVER (PARTITION BY evaluation_code)
    UNION ALL BY NAME
    SELECT evaluation_code, 2 AS place, 'Taiwan''s share of exports of integrated circuits in ' || year(period_end) AS criterion, 'supports' AS role_code,
           value, lower, upper, 'share' AS unit, 0.1::DOUBLE AS threshold, '>=' AS comparison_code, value >= 0.1 AS is_met, period_end, coverage_share
    FROM evaluations JOIN indicator_values ON period_end <= until
    WHERE indicator_id = 'ic_export_share' AND subject_code = 'TWN' AND dimension = 'reported' AND value IS NOT NULL
    QUALIFY period_end = max(period_end) OVER (PARTITION BY evaluation_code)
    UNION ALL BY NAME
    SELECT evaluation_code, CASE subject_code WHEN 'TWN-USA' THEN 4 ELSE 3 END AS place,
           'Taiwan''s exports of integrated circuits that go to ' || CASE subject_code WHEN 'TWN-USA' THEN 'the United States' ELSE 'China and Hong Kong' END
           || ' in ' || year(period_end) AS criterion, 'context' AS role_code, value, 'share' AS unit, period_end, coverage_share
    FROM evaluations JOIN indicator_values ON period_end <= until
    WHERE indicator_id = 'taiwan_ic_destination_share' AND subject_code IN ('TWN-USA', 'TWN-CHN+HKG') AND value IS NOT NULL
    QUALIFY period_end = max(period_end) OVER (PARTITION BY evaluation_code)
)
SELECT 'C11' AS claim_id, evaluation_code,
       CASE WHEN count(is_met) < 2 THEN 'not_measurable' WHEN count(*) FILTER (is_met) = 2 THEN 'supported' WHEN count(*) FILTER (is_met) = 1 THEN 'mixed'
            ELSE 'contradicted' END AS verdict_code,
       CASE WHEN count(is_met) < 2 THEN 'no foundry of a year''s accelerators is stated, or Taiwan''s exports are not reported' END AS reason,
       'products and not pieces; exports where they are shipped from' AS coverage_note,
       list(e ORDER BY place) FILTER (place IS NOT NULL) AS evidence
FROM evaluations LEFT JOIN evidence e USING (evaluation_code)
GROUP BY evaluation_code
ORDER BY ALL
