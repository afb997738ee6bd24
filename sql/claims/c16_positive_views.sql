/* claim: In developing markets 60 to 80% see AI in a good light
   indicators: ai_trust_share
   rule: three measures, each as the unweighted mean over the economies outside the IMF's advanced ones that a survey asked: people somewhat or very confident in AI systems, people who see more benefits than drawbacks, people whom AI excites. Supported where two or more means are 60% or above, contradicted where all three are below 50%, mixed otherwise; not measurable with fewer than two measures. A survey counts once its fieldwork has ended
   caveats: two of the three are Ipsos' in a report that may not be transformed (CC BY-ND); the third is UNDP's, whose terms are not confirmed, so it is empty until they are; large countries decide weighted means; some populous countries may lie far below the band, so the lowest and highest country bound the mean, and the part of countries inside the band stands beside it
   rule_version: 1
   reads: country_groups, indicator_values */
WITH evaluations AS (
    FROM (VALUES ('at_publication', DATE '2025-01-21'), ('latest', DATE '9999-12-31')) AS evaluations(evaluation_code, until)
), means AS (
    SELECT evaluation_code, subject_code, dimension, value, lower, upper, period_end, coverage_share
    FROM evaluations JOIN indicator_values ON period_end <= until
    WHERE indicator_id = 'ai_trust_share' AND subject_code IN ('EMD') AND dimension LIKE 'trust confident%weighted'
    QUALIFY period_end = max(period_end) OVER (PARTITION BY evaluation_code)
), evidence AS (
    SELECT evaluation_code, 1 AS place, 'Confident in AI systems, mean of other than advanced economies' AS criterion, 'supports' AS role_code, value, lower, upper,
           'share' AS unit, 0.6::DOUBLE AS threshold, '>=' AS comparison_code, value >= 0.6 AS is_met, period_end, coverage_share
    FROM evaluations LEFT JOIN (FROM means WHERE subject_code = 'EMD' AND dimension = 'trust confident unweighted') USING (evaluation_code)
    UNION ALL BY NAME
    SELECT evaluation_code, place, named || ' (the source may not be republished)' AS criterion, 'supports' AS role_code, NULL::DOUBLE AS value, 'share' AS unit,
           0.6::DOUBLE AS threshold, '>=' AS comparison_code, NULL::BOOLEAN AS is_met
    FROM evaluations, (VALUES (2, 'More benefits than drawbacks, mean of other than advanced economies'), (3, 'Excited by AI, mean of other than advanced economies')) AS theirs(place, named)
    UNION ALL BY NAME
    SELECT evaluation_code, 4 AS place, 'Confident in AI systems, weighted by population' AS criterion, 'context' AS role_code, value, lower, upper, 'share' AS unit,
           period_end, coverage_share
    FROM means WHERE dimension = 'trust confident population_weighted'
    UNION ALL BY NAME
    SELECT evaluation_code, 5 AS place, 'Countries with 60 to 80% confident in AI systems, of those asked' AS criterion, 'context' AS role_code,
           round(avg((v.value BETWEEN 0.6 AND 0.8)::INTEGER), 6) AS value, 'share' AS unit, m.period_end
    FROM means m JOIN indicator_values v ON v.indicator_id = 'ai_trust_share' AND v.dimension = 'trust confident' AND v.period_end = m.period_end
    JOIN country_groups g ON g.country_code = v.subject_code AND g.group_code = 'EMD'
    WHERE m.dimension = 'trust confident unweighted' GROUP BY ALL
)
SELECT 'C16' AS claim_id, evaluation_code,
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
