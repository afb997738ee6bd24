/* claim: Controls went along with tentative engagement, bilateral and multilateral
   indicators: policy_engagements, control_documents_cumulative
   rule: half-years in which a rule on advanced computing, semiconductor tools or the Entity List was published between January 2023 and January 2025: supported where each has an engagement up to the evaluation day (official talks, or a statement or instrument of two or more parties with the United States, China or both among them), contradicted where none has, mixed otherwise; not measurable without the curated table
   caveats: at publication the first half of 2025 had run for three weeks, with rules and without an engagement; in the newest verdict that half-year rests on the statement of Paris, which China signed and the United States did not, so that a reading that ends both series in January 2025, or asks for both countries, gives mixed; what is tentative is a judgement; only engagements that can be stated with certainty and have an official address are listed; those with both countries as parties stand beside it; the copy of rules has gaps, so a half-year without a known rule may have had one; no verdict on what led to what
   rule_version: 1
   reads: policy_engagements, control_documents */
WITH evaluations AS (
    FROM (VALUES ('at_publication', DATE '2025-01-21'), ('latest', DATE '9999-12-31')) AS evaluations(evaluation_code, until)
), halves AS (
    SELECT evaluation_code, until, row_number() OVER (PARTITION BY evaluation_code ORDER BY first_day)::INTEGER AS place, first_day::DATE AS first_day,
           (first_day + INTERVAL 6 MONTH - INTERVAL 1 DAY)::DATE AS final_day
    FROM evaluations CROSS JOIN generate_series(DATE '2023-01-01', DATE '2025-01-01', INTERVAL 6 MONTH) AS steps(first_day)
), controls AS (
    SELECT publication_date FROM control_documents
    WHERE (kind_code IN ('advanced_computing', 'semiconductor_manufacturing') OR changes_entity_list)
      AND publication_date BETWEEN DATE '2023-01-01' AND DATE '2025-01-31'
), engaged AS (
    SELECT engagement_id, engagement_date, list_has_all(parties, ['USA', 'CHN']) AS is_common FROM policy_engagements WHERE len(parties) >= 2
), counted AS (
    SELECT h.*, final_day <= until AS is_over, (SELECT count(*) FROM controls WHERE publication_date BETWEEN first_day AND least(final_day, until)) AS rules,
           count(engagement_id) AS engagements, count(*) FILTER (is_common) AS common,
           list(engagement_id ORDER BY engagement_date, engagement_id) FILTER (engagement_id IS NOT NULL) AS names
    FROM halves h LEFT JOIN engaged ON engagement_date BETWEEN first_day AND least(final_day, until)
    GROUP BY ALL
), evidence AS (
    SELECT evaluation_code, place, 'Engagements in the half-year from ' || first_day || ', which had ' || rules || ' rules' || CASE WHEN is_over THEN ''
           ELSE ' (not over)' END AS criterion, CASE WHEN rules > 0 THEN 'supports' ELSE 'context' END AS role_code,
           engagements::DOUBLE AS value, NULL::DOUBLE AS lower, NULL::DOUBLE AS upper, 'engagements' AS unit, 1.0::DOUBLE AS threshold,
           '>=' AS comparison_code, engagements >= 1 AS is_met, least(final_day, until) AS period_end, names
    FROM counted
    UNION ALL BY NAME
    SELECT evaluation_code, 10 + place AS place, 'Engagements with both countries as parties in the half-year from ' || first_day AS criterion, 'context' AS role_code,
           common::DOUBLE AS value, 'engagements' AS unit, least(final_day, until) AS period_end
    FROM counted
), verdicts AS (
    SELECT evaluation_code, (SELECT count(*) FROM policy_engagements) AS listed, count(*) FILTER (role_code = 'supports') AS halves,
           count(*) FILTER (role_code = 'supports' AND is_met) AS met
    FROM evidence GROUP BY ALL
), shown AS (
    FROM (SELECT * REPLACE (place + 1 AS place) FROM evidence)
    UNION ALL BY NAME
    SELECT evaluation_code, 1 AS place, 'Half-years with a rule that had an engagement' AS criterion, 'supports' AS role_code,
           round(met / nullif(halves, 0), 6) AS value, 'share' AS unit, 1.0::DOUBLE AS threshold, '>=' AS comparison_code,
           met / nullif(halves, 0) >= 1 AS is_met, (SELECT max(period_end) FROM evidence e WHERE e.evaluation_code = v.evaluation_code AND role_code = 'supports') AS period_end
    FROM verdicts v
)
SELECT 'C08' AS claim_id, evaluation_code,
       CASE WHEN listed = 0 OR halves = 0 THEN 'not_measurable' WHEN met = halves THEN 'supported' WHEN met = 0 THEN 'contradicted' ELSE 'mixed' END AS verdict_code,
       CASE WHEN listed = 0 THEN 'no engagement is listed yet' WHEN halves = 0 THEN 'no rule is known in the window' END AS reason,
       met || ' of ' || halves || ' half-years with a rule had an engagement; both lists are incomplete' AS coverage_note,
       list(e ORDER BY place) AS evidence
FROM verdicts JOIN shown e USING (evaluation_code)
GROUP BY evaluation_code, listed, halves, met
ORDER BY ALL
