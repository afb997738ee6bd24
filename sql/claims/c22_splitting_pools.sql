/* claim: Splitting the pools of computing, data and talent would make progress harder
   indicators: collaboration_share, export_ceiling_ratio, stay_share
   rule: none, for it is a forecast under a condition. Whether decoupling is visible would be answered yes where coauthorship and a flow of scholars both fall 10% or more below their peak in complete years; no flow of scholars is held, so it is not answered; the fall of coauthorship is published
   caveats: official statistics print China's part of all US international articles for some years, of all fields; providers of flows disagree in sign and China is absent from one of them after 2019; the share of accelerators under licence stands in C05
   rule_version: 1
   reads: publication_pairs, indicator_values */
WITH evaluations AS (
    FROM (VALUES ('at_publication', DATE '2025-01-21'), ('latest', DATE '9999-12-31')) AS evaluations(evaluation_code, until)
), parts AS (
    SELECT evaluation_code, 1 AS place, 'China''s part of US international articles, all fields' AS named, make_date(last_year, 12, 31) AS period_end, partner_share AS value
    FROM evaluations JOIN publication_pairs ON make_date(last_year, 12, 31) <= until
    WHERE field_code = 'all' AND country_code = 'USA' AND partner_country_code = 'CHN' AND partner_share IS NOT NULL
    UNION ALL
    SELECT evaluation_code, 3, 'Chinese doctorates on temporary visas who intend to stay in the United States', period_end, value
    FROM evaluations JOIN indicator_values ON period_end <= until
    WHERE indicator_id = 'stay_share' AND subject_code = 'CHN' AND dimension = 'all intends_to_stay' AND value IS NOT NULL
), falls AS (
    SELECT evaluation_code, place, named, max(period_end) AS period_end, arg_max(value, period_end) AS newest, max(value) AS peak FROM parts GROUP BY ALL
), evidence AS (
    SELECT evaluation_code, place, named || ', newest year' AS criterion, 'context' AS role_code, newest AS value, 'share' AS unit, period_end,
           NULL::DOUBLE AS lower, NULL::DOUBLE AS upper, NULL::DOUBLE AS threshold, NULL::VARCHAR AS comparison_code, NULL::BOOLEAN AS is_met
    FROM falls
    UNION ALL BY NAME
    SELECT evaluation_code, 2 AS place, named || ', fall below its peak' AS criterion, 'context' AS role_code, round(1 - newest / peak, 6) AS value, 'share' AS unit, period_end,
           0.1::DOUBLE AS threshold, '>=' AS comparison_code, round(1 - newest / peak, 6) >= 0.1 AS is_met
    FROM falls WHERE place = 1
    UNION ALL BY NAME
    SELECT evaluation_code, 4 AS place, 'Flow of scholars, fall below its peak (no series is held)' AS criterion, 'context' AS role_code, NULL::DOUBLE AS value, 'share' AS unit,
           0.1::DOUBLE AS threshold, '>=' AS comparison_code, NULL::BOOLEAN AS is_met
    FROM evaluations
)
SELECT 'C22' AS claim_id, evaluation_code, 'not_measurable' AS verdict_code,
       'a forecast under a condition; whether decoupling is visible is not answered either, for no flow of scholars is held' AS reason,
       'coauthorship in official statistics, single years' AS coverage_note, list(e ORDER BY place) FILTER (place IS NOT NULL) AS evidence
FROM evaluations LEFT JOIN evidence e USING (evaluation_code)
GROUP BY evaluation_code
ORDER BY ALL
