/* claim: In developed countries 60 to 70% of the public see AI in a bad light
   indicators: ai_trust_share
   rule: three measures, each as the unweighted mean over the advanced economies (IMF) that a survey asked: people not very or not at all confident in AI systems, people whom AI makes nervous, people who do not see more benefits than drawbacks. Supported where two or more means are 60% or above, contradicted where all three are below 50%, mixed otherwise; not measurable with fewer than two measures. A survey counts once its fieldwork has ended
   caveats: two of the three are Ipsos' in a report that may not be transformed (CC BY-ND); the third is UNDP's, whose terms are not confirmed, so it is empty until they are; nervous and negative are different questions; few advanced economies were asked, without sample sizes, and the list of countries and the weights move the mean by points
   rule_version: 1
   reads: indicator_values */
WITH evaluations AS (
    FROM (VALUES ('at_publication', DATE '2025-01-21'), ('latest', DATE '9999-12-31')) AS evaluations(evaluation_code, until)
), means AS (
    SELECT evaluation_code, subject_code, dimension, value, lower, upper, period_end, coverage_share
    FROM evaluations JOIN indicator_values ON period_end <= until
    WHERE indicator_id = 'ai_trust_share' AND subject_code IN ('ADV', 'ENG') AND dimension LIKE 'trust not_confident%weighted'
    QUALIFY period_end = max(period_end) OVER (PARTITION BY evaluation_code)
), evidence AS (
    SELECT evaluation_code, 1 AS place, 'Not confident in AI systems, mean of advanced economies' AS criterion, 'supports' AS role_code, value, lower, upper,
           'share' AS unit, 0.6::DOUBLE AS threshold, '>=' AS comparison_code, value >= 0.6 AS is_met, period_end, coverage_share
    FROM evaluations LEFT JOIN (FROM means WHERE subject_code = 'ADV' AND dimension = 'trust not_confident unweighted') USING (evaluation_code)
    UNION ALL BY NAME
    SELECT evaluation_code, place, named || ' (the source may not be republished)' AS criterion, 'supports' AS role_code, NULL::DOUBLE AS value, 'share' AS unit,
           0.6::DOUBLE AS threshold, '>=' AS comparison_code, NULL::BOOLEAN AS is_met
    FROM evaluations, (VALUES (2, 'Nervous about AI, mean of advanced economies'), (3, 'No more benefits than drawbacks, mean of advanced economies')) AS theirs(place, named)
    UNION ALL BY NAME
    SELECT evaluation_code, CASE subject_code WHEN 'ENG' THEN 5 ELSE 4 END AS place,
           'Not confident in AI systems, ' || CASE subject_code WHEN 'ENG' THEN 'mean of those that speak English' ELSE 'weighted by population' END AS criterion,
           'context' AS role_code, value, lower, upper, 'share' AS unit, period_end, coverage_share
    FROM means WHERE (subject_code, dimension) IN (('ADV', 'trust not_confident population_weighted'), ('ENG', 'trust not_confident unweighted'))
)
SELECT 'C15' AS claim_id, evaluation_code,
       CASE WHEN count(value) FILTER (role_code = 'supports') < 2 THEN 'not_measurable' WHEN count(*) FILTER (role_code = 'supports' AND is_met) >= 2 THEN 'supported'
            WHEN count(*) FILTER (role_code = 'supports' AND value < 0.5) = 3 THEN 'contradicted' ELSE 'mixed' END AS verdict_code,
       CASE WHEN count(value) FILTER (role_code = 'supports') = 0
            THEN 'no survey may be published: the terms of UNDP''s are not confirmed (or its fieldwork had not ended), those of Ipsos'' figures forbid it'
            WHEN count(value) FILTER (role_code = 'supports') < 2 THEN 'two of the three measures are needed, and the terms of their sources let out one at most' END AS reason,
       count(value) FILTER (role_code = 'supports') || ' of 3 measures are known' AS coverage_note,
       list(e ORDER BY place) AS evidence
FROM evidence e
GROUP BY evaluation_code
ORDER BY ALL
