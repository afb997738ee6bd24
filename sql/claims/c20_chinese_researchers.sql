/* claim: Progress as it is can hardly be imagined without Chinese researchers
   indicators: paper_share, collaboration_share, talent_origin_share, stay_share
   rule: none, for it is a counterfactual; the sizes are published beside it
   caveats: origin and affiliation are kept apart; intentions are those of new doctorates on temporary visas and no stay rates; figures of the study are of authors at one conference
   rule_version: 1
   reads: indicator_values, talent_origins */
WITH evaluations AS (
    FROM (VALUES ('at_publication', DATE '2025-01-21'), ('latest', DATE '9999-12-31')) AS evaluations(evaluation_code, until)
), series AS (
    FROM (VALUES (10, 'paper_share', 'CHN', '(neurips|icml|iclr) whole', 'Papers with an author position in China, '),
                 (20, 'collaboration_share', 'USA-CHN', 'neurips|icml|iclr', 'Papers of the United States or China that are of both, '),
                 (30, 'talent_origin_share', 'CHN', 'top_20', 'Undergraduate degree from China among top authors, '),
                 (40, 'stay_share', 'CHN', 'all intends_to_stay', 'Chinese doctorates on temporary visas who intend to stay in the United States, '))
        AS series(place, indicator_id, subject_code, pattern, named)
), figures AS (
    SELECT evaluation_code, place, named, dimension, value, lower, upper, period_end, coverage_share
    FROM evaluations JOIN indicator_values ON period_end <= until JOIN series USING (indicator_id, subject_code)
    WHERE regexp_full_match(dimension, pattern) AND value IS NOT NULL
    QUALIFY period_end = max(period_end) OVER (PARTITION BY evaluation_code, indicator_id, dimension)
), evidence AS (
    SELECT evaluation_code, place + row_number() OVER (PARTITION BY evaluation_code, place ORDER BY dimension)::INTEGER AS place,
           named || dimension || ', ' || year(period_end) AS criterion, 'context' AS role_code, value, lower, upper, 'share' AS unit, period_end, coverage_share
    FROM figures
    UNION ALL BY NAME
    SELECT evaluation_code, 50 + row_number() OVER (PARTITION BY evaluation_code ORDER BY cohort_year, tier_code, share)::INTEGER AS place,
           'Chinese origin among authors at US institutions, ' || tier_code || ', ' || cohort_year AS criterion, 'context' AS role_code,
           share AS value, 'share' AS unit, make_date(cohort_year, 12, 31) AS period_end
    FROM evaluations JOIN talent_origins ON make_date(cohort_year, 12, 31) <= until
    WHERE population_code = 'at_us_institutions' AND stage_code = 'undergraduate' AND country_code = 'CHN' AND variant = 1
)
SELECT 'C20' AS claim_id, evaluation_code, 'not_measurable' AS verdict_code, 'a counterfactual: what progress would be without them cannot be measured; the sizes stand beside it' AS reason,
       'affiliation is a place of work, origin an undergraduate degree' AS coverage_note,
       list(e ORDER BY place) FILTER (place IS NOT NULL) AS evidence
FROM evaluations LEFT JOIN evidence e USING (evaluation_code)
GROUP BY evaluation_code
ORDER BY ALL
