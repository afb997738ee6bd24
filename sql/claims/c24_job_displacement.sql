/* claim: Jobs displaced by AI are a growing issue at home
   indicators: ai_adoption, ai_job_change_share
   rule: none on displacement, for no series of it is held; use of AI is called rising in an economy where every wave is above the one before
   caveats: use is a model's estimate from one firm's telemetry; an expectation is no outcome, and its survey is empty until its terms are confirmed; postings are known for no Chinese jobs
   rule_version: 1
   reads: indicator_values */
WITH evaluations AS (
    FROM (VALUES ('at_publication', DATE '2025-01-21'), ('latest', DATE '9999-12-31')) AS evaluations(evaluation_code, until)
), waves AS (
    SELECT evaluation_code, subject_code, value, lower, upper, period_end, coverage_share,
           value > lag(value) OVER (PARTITION BY evaluation_code, subject_code ORDER BY period_end) AS is_up
    FROM evaluations JOIN indicator_values ON period_end <= until
    WHERE indicator_id = 'ai_adoption' AND value IS NOT NULL
      AND (subject_code IN ('USA', 'CHN') AND dimension IS NULL OR subject_code = 'WLD' AND dimension = 'unweighted')
), newest AS (
    SELECT *, bool_and(is_up) OVER (PARTITION BY evaluation_code, subject_code) AS is_rising FROM waves
    QUALIFY period_end = max(period_end) OVER (PARTITION BY evaluation_code, subject_code)
), evidence AS (
    SELECT evaluation_code, CASE subject_code WHEN 'USA' THEN 1 WHEN 'CHN' THEN 2 ELSE 3 END AS place,
           'People who use AI, ' || CASE subject_code WHEN 'WLD' THEN 'mean of all economies' ELSE subject_code END || ' (above every wave before: '
           || CASE WHEN is_rising THEN 'yes' ELSE 'no' END || ')' AS criterion, 'context' AS role_code, value, lower, upper, 'share' AS unit, period_end, coverage_share
    FROM newest
    UNION ALL BY NAME
    SELECT evaluation_code, CASE subject_code WHEN 'ADV' THEN 4 ELSE 5 END AS place,
           'Expecting AI to change or replace the own job, mean of ' || CASE subject_code WHEN 'ADV' THEN '' ELSE 'other than ' END || 'advanced economies' AS criterion,
           'context' AS role_code, value, lower, upper, 'share' AS unit, period_end, coverage_share
    FROM evaluations JOIN indicator_values ON period_end <= until
    WHERE indicator_id = 'ai_job_change_share' AND dimension = 'job_change likely unweighted' AND subject_code IN ('ADV', 'EMD') AND value IS NOT NULL
)
SELECT 'C24' AS claim_id, evaluation_code, 'not_measurable' AS verdict_code, 'no series of jobs displaced by AI is held: use is no displacement, and an expectation no outcome' AS reason,
       NULL::VARCHAR AS coverage_note, list(e ORDER BY place) FILTER (place IS NOT NULL) AS evidence
FROM evaluations LEFT JOIN evidence e USING (evaluation_code)
GROUP BY evaluation_code
ORDER BY ALL
