/* claim: Governance by cooperation should include China, whose exclusion is a risk
   indicators: policy_engagements
   rule: none, for it is normative; inclusion is described by counts of instruments and meetings on AI since 2023 with the United States and China both as parties, and with one of them alone
   caveats: only what can be stated with certainty and has an official address is listed, so counts are lower bounds; laws and standards by jurisdiction come from sources that may not be republished; parties that let a resolution pass without a vote count
   rule_version: 1
   reads: policy_engagements */
WITH evaluations AS (
    FROM (VALUES ('at_publication', DATE '2025-01-21'), ('latest', DATE '9999-12-31')) AS evaluations(evaluation_code, until)
), sides AS (
    SELECT engagement_id, engagement_date, CASE WHEN list_has_all(parties, ['USA', 'CHN']) THEN 1 WHEN list_contains(parties, 'USA') THEN 2 ELSE 3 END AS place
    FROM policy_engagements
), evidence AS (
    SELECT evaluation_code, kinds.place, 'Engagements since 2023 with ' || named AS criterion, 'context' AS role_code, count(engagement_id)::DOUBLE AS value,
           'engagements' AS unit, max(engagement_date) AS period_end, list(engagement_id ORDER BY engagement_date, engagement_id) FILTER (engagement_id IS NOT NULL) AS names
    FROM evaluations CROSS JOIN (VALUES (1, 'the United States and China'), (2, 'the United States without China'), (3, 'China without the United States')) AS kinds(place, named)
    LEFT JOIN sides s ON s.place = kinds.place AND engagement_date <= until
    GROUP BY ALL
)
SELECT 'C25' AS claim_id, evaluation_code, 'not_measurable' AS verdict_code, 'normative: what should be cannot be measured; common engagements are counted' AS reason,
       'a curated list of what is certain' AS coverage_note, list(e ORDER BY place) FILTER (place IS NOT NULL) AS evidence
FROM evaluations LEFT JOIN evidence e USING (evaluation_code)
GROUP BY evaluation_code
ORDER BY ALL
