/* claim: People there hope for better education, health care and productivity
   indicators: ai_optimism_share
   rule: people somewhat or very likely to use AI for education and for medical advice, and people who hold it likely or very likely that AI raises their productivity, each as the unweighted mean over the economies outside the IMF's advanced ones that the survey asked: supported where all three are above 50% and 5 points or more above the mean of the advanced ones, contradicted where all three are below 50%, mixed otherwise. A survey counts once its fieldwork has ended
   caveats: an expectation is no benefit; no interval is published, so the lowest and highest country bound a mean; questions on use have no middle answer, that on productivity has one; the survey's terms are not confirmed, so it is empty until they are
   rule_version: 1
   reads: indicator_values */
WITH evaluations AS (
    FROM (VALUES ('at_publication', DATE '2025-01-21'), ('latest', DATE '9999-12-31')) AS evaluations(evaluation_code, until)
), questions AS (
    FROM (VALUES (1, 'expect_education likely unweighted', 'Likely to use AI for education'), (2, 'expect_medicine likely unweighted', 'Likely to use AI for medical advice'),
                 (3, 'productivity likely unweighted', 'Likely that AI raises productivity')) AS questions(place, dimension, named)
), grouped AS (
    SELECT evaluation_code, place, named, period_end, any_value(coverage_share) FILTER (subject_code = 'EMD') AS coverage_share,
           any_value(value) FILTER (subject_code = 'EMD') AS emerging, any_value(lower) FILTER (subject_code = 'EMD') AS low,
           any_value(upper) FILTER (subject_code = 'EMD') AS high, any_value(value) FILTER (subject_code = 'ADV') AS advanced
    FROM evaluations JOIN indicator_values ON period_end <= until JOIN questions USING (dimension)
    WHERE indicator_id = 'ai_optimism_share' AND subject_code IN ('ADV', 'EMD')
    GROUP BY ALL
), means AS (
    FROM grouped QUALIFY period_end = max(period_end) OVER (PARTITION BY evaluation_code)
), evidence AS (
    SELECT evaluation_code, place, named || ', mean of other than advanced economies' AS criterion, 'supports' AS role_code, emerging AS value, low AS lower,
           high AS upper, 'share' AS unit, 0.5::DOUBLE AS threshold, '>' AS comparison_code, emerging > 0.5 AS is_met, period_end, coverage_share
    FROM means
    UNION ALL BY NAME
    SELECT evaluation_code, 3 + place AS place, named || ', above the mean of advanced economies' AS criterion, 'supports' AS role_code,
           round(emerging - advanced, 6) AS value, 'difference of shares' AS unit, 0.05::DOUBLE AS threshold, '>=' AS comparison_code,
           round(emerging - advanced, 6) >= 0.05 AS is_met, period_end
    FROM means
)
SELECT 'C17' AS claim_id, evaluation_code,
       CASE WHEN count(value) < 6 THEN 'not_measurable' WHEN bool_and(is_met) THEN 'supported' WHEN bool_and(value < 0.5) FILTER (place <= 3) THEN 'contradicted'
            ELSE 'mixed' END AS verdict_code,
       CASE WHEN count(value) < 6 THEN 'no survey may be published: the terms of UNDP''s are not confirmed (or its fieldwork had not ended)' END AS reason,
       'one survey, few advanced economies; hopes and no benefits' AS coverage_note,
       list(e ORDER BY place) FILTER (place IS NOT NULL) AS evidence
FROM evaluations LEFT JOIN evidence e USING (evaluation_code)
GROUP BY evaluation_code
ORDER BY ALL
