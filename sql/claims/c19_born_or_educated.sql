/* claim: Almost half (47%) of the top researchers in AI were born or educated in China
   indicators: talent_origin_share, talent_work_share, author_share
   rule: the published share of NeurIPS authors of the top fifth whose undergraduate degree is from China, newest cohort: the figure fits where 47% lies within its 95% interval, else it contradicts the claim; where it fits the verdict is mixed and not supported as long as the wording goes beyond the definition (born is not measured, and one conference of one year stands for all); shares by affiliation measure another thing and never count
   caveats: that a figure which does not fit contradicts is our reading, for the fixed rule leaves it open; no rows of persons are published; authors cluster in papers, so the interval is too narrow; the elite tier has a far lower share; an undergraduate degree is neither birth nor citizenship; the study has ended
   rule_version: 1
   reads: indicator_values */
WITH evaluations AS (
    FROM (VALUES ('at_publication', DATE '2025-01-21'), ('latest', DATE '9999-12-31')) AS evaluations(evaluation_code, until)
), wording AS (
    SELECT true AS goes_beyond
), figures AS (
    SELECT evaluation_code, indicator_id, dimension, value, lower, upper, period_end, coverage_share
    FROM evaluations JOIN indicator_values ON period_end <= until
    WHERE subject_code = 'CHN' AND (indicator_id, dimension) IN (('talent_origin_share', 'top_20'), ('talent_origin_share', 'elite_2_percent'),
                                                                 ('talent_work_share', 'top_20'))
), evidence AS (
    SELECT evaluation_code, 1 AS place, 'Top fifth of NeurIPS authors with an undergraduate degree from China, ' || year(period_end) AS criterion, 'supports' AS role_code,
           value, lower, upper, 'share' AS unit, 0.47::DOUBLE AS threshold, 'within' AS comparison_code, 0.47 BETWEEN lower AND upper AS is_met, period_end, coverage_share
    FROM figures WHERE indicator_id = 'talent_origin_share' AND dimension = 'top_20' AND value IS NOT NULL
    QUALIFY period_end = max(period_end) OVER (PARTITION BY evaluation_code)
    UNION ALL BY NAME
    SELECT evaluation_code, 1 + row_number() OVER (PARTITION BY evaluation_code ORDER BY indicator_id, dimension, period_end)::INTEGER AS place,
           CASE indicator_id WHEN 'talent_work_share' THEN 'Working in China' ELSE 'Undergraduate degree from China' END || ', '
           || CASE dimension WHEN 'top_20' THEN 'top fifth' ELSE 'elite' END || ', ' || year(period_end) AS criterion, 'context' AS role_code,
           value, lower, upper, 'share' AS unit, period_end, coverage_share
    FROM figures WHERE value IS NOT NULL
    QUALIFY indicator_id <> 'talent_origin_share' OR dimension <> 'top_20'
            OR period_end < max(period_end) FILTER (indicator_id = 'talent_origin_share' AND dimension = 'top_20') OVER (PARTITION BY evaluation_code)
    UNION ALL BY NAME
    SELECT evaluation_code, 20 AS place, 'Author positions in China, another concept: ' || dimension || ', ' || year(period_end) AS criterion, 'context' AS role_code,
           value, lower, upper, 'share' AS unit, period_end, coverage_share
    FROM evaluations JOIN indicator_values ON period_end <= until
    WHERE indicator_id = 'author_share' AND subject_code = 'CHN' AND dimension = 'neurips whole' AND value IS NOT NULL
    QUALIFY period_end = max(period_end) OVER (PARTITION BY evaluation_code)
)
SELECT 'C19' AS claim_id, evaluation_code,
       CASE WHEN count(is_met) = 0 THEN 'not_measurable' WHEN NOT bool_and(is_met) THEN 'contradicted' WHEN goes_beyond THEN 'mixed' ELSE 'supported' END AS verdict_code,
       CASE WHEN count(is_met) = 0 THEN 'no figure on origins is published'
            WHEN bool_and(is_met) AND goes_beyond THEN 'the figure fits, the wording goes beyond it: born is not measured, and one conference stands for all' END AS reason,
       'authors of a sample of one conference''s papers' AS coverage_note,
       list(e ORDER BY place) FILTER (place IS NOT NULL) AS evidence
FROM evaluations CROSS JOIN wording LEFT JOIN evidence e USING (evaluation_code)
GROUP BY evaluation_code, goes_beyond
ORDER BY ALL
