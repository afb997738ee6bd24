/* claim: The United States has used choke points and packages of export controls without precedent
   indicators: control_documents_cumulative, entity_listings_added, entity_listings_in_force, licence_required_share
   rule: rules of the Bureau of Industry and Security a year on advanced computing, semiconductor tools or the Entity List, and Chinese entries first listed a year; and the share of accelerators with a total processing performance of 1600 or more, released by then, that need a licence for China under the newest version of the regulation in application. Supported where the yearly mean of 2022 to 2024 of the rules, or of the entries, is above every year from 2018 to 2021, and the licence share rose from 0 before the rule of October 2022 to above 25% after 2022; contradicted where neither; mixed otherwise
   caveats: that the mean of the three years is compared is our reading of the fixed rule, chosen with the data in view; the mean of the entries carries the verdict, for 2022 alone has fewer entries than 2020; the baseline's copy of rules has months of about half the time, fewest before 2022, so that an early year's count is a lower bound, and in the months that 2021 and 2024 have in common there are as many rules; entries are those still listed, so early additions are understated, and parties in Hong Kong stand under China before December 2020; rules on the Entity List are of all countries, Russia's among them; entries of Russia are not in the Chinese count; accelerators that cannot be decided are in the denominator, and the interval counts them both ways
   rule_version: 1
   reads: control_documents, entity_listings, accelerators, accelerator_control_status, control_thresholds, sources */
WITH evaluations AS (
    SELECT evaluation_code, least(until, (SELECT max(as_of_date) FROM sources)) AS until
    FROM (VALUES ('at_publication', DATE '2025-01-21'), ('latest', DATE '9999-12-31')) AS evaluations(evaluation_code, until)
), events AS (
    SELECT 'Rules on chips, tools or the Entity List' AS series, 1 AS place, 'rules a year' AS unit, publication_date AS day FROM control_documents
    WHERE kind_code IN ('advanced_computing', 'semiconductor_manufacturing') OR changes_entity_list
    UNION ALL
    SELECT 'Chinese entries first listed', 2, 'entries a year', first_listed_date FROM entity_listings WHERE address_country_code = 'CHN'
), counted AS (
    SELECT evaluation_code, until, series, place, unit, year::INTEGER AS year, (SELECT count(*)::DOUBLE FROM events e
           WHERE e.series = named.series AND year(e.day) = years.year AND e.day <= until) AS n
    FROM evaluations CROSS JOIN range(2018, 2100) AS years(year)
    CROSS JOIN (SELECT DISTINCT series, place, unit FROM events) AS named
    WHERE years.year <= least(year(until), (SELECT max(year(day)) FROM events))
), periods AS (
    SELECT evaluation_code, series, place, unit, round(avg(n) FILTER (year BETWEEN 2022 AND 2024), 4) AS value, max(n) FILTER (year < 2022) AS threshold
    FROM counted GROUP BY ALL
), versions AS (
    SELECT evaluation_code, accelerator_id, requirement_code, enforced_from
    FROM evaluations JOIN accelerator_control_status ON enforced_from <= until
    WHERE destination_group_code = 'CHN' AND version_kind_code = 'regulation'
    QUALIFY dense_rank() OVER (PARTITION BY evaluation_code ORDER BY enforced_from DESC, rule_id DESC) = 1
), shares AS (
    SELECT evaluation_code, any_value(since) AS since, count(*) AS n, count(*) FILTER (requirement_code = 'licence_required') AS needing,
           count(*) FILTER (requirement_code = 'undecidable') AS open
    FROM evaluations JOIN accelerators ON release_date <= until AND total_processing_performance >= 1600 AND NOT is_implausible
    LEFT JOIN versions USING (evaluation_code, accelerator_id)
    LEFT JOIN (SELECT evaluation_code, max(enforced_from) AS since FROM versions GROUP BY ALL) USING (evaluation_code)
    GROUP BY ALL
), before AS (
    SELECT count(*) FILTER (requirement_code = 'licence_required') AS needing, count(DISTINCT accelerator_id) AS n
    FROM accelerators LEFT JOIN (
        FROM accelerator_control_status WHERE destination_group_code = 'CHN' AND version_kind_code = 'regulation' AND enforced_from < DATE '2022-10-01'
    ) USING (accelerator_id)
    WHERE release_date < DATE '2022-10-01' AND total_processing_performance >= 1600 AND NOT is_implausible
), evidence AS (
    SELECT evaluation_code, place + 2 AS place, series || ', yearly mean of 2022 to 2024, against the most in a year from 2018 to 2021' AS criterion, 'supports' AS role_code,
           value, unit, threshold, '>' AS comparison_code, coalesce(value > threshold, false) AS is_met, DATE '2024-12-31' AS period_end,
           NULL::DOUBLE AS lower, NULL::DOUBLE AS upper,
           CASE place WHEN 1 THEN (SELECT round(count(DISTINCT date_trunc('month', publication_date)) / 84, 6) FROM control_documents
                                   WHERE publication_date BETWEEN DATE '2018-01-01' AND DATE '2024-12-31') END AS coverage_share
    FROM periods
    UNION ALL BY NAME
    SELECT evaluation_code, 2 AS place, 'Accelerators that need a licence for China, end of September 2022' AS criterion, 'supports' AS role_code,
           round(needing / nullif(n, 0), 6) AS value, 'share' AS unit, 0.0::DOUBLE AS threshold, '<=' AS comparison_code,
           coalesce(needing / nullif(n, 0) <= 0, false) AS is_met, DATE '2022-09-30' AS period_end
    FROM evaluations, before
    UNION ALL BY NAME
    SELECT evaluation_code, 1 AS place, 'Accelerators that need a licence for China, newest version of the regulation' AS criterion, 'supports' AS role_code,
           round(needing / n, 6) AS value, round(needing / n, 6) AS lower, round((needing + open) / n, 6) AS upper, 'share' AS unit,
           0.25::DOUBLE AS threshold, '>' AS comparison_code, coalesce(needing / n > 0.25 AND since > DATE '2022-12-31', false) AS is_met,
           since AS period_end, round((n - open) / n, 6) AS coverage_share
    FROM shares
    UNION ALL BY NAME
    SELECT evaluation_code, (10 * place + year - 2008)::INTEGER AS place, series || ' in ' || year AS criterion, 'context' AS role_code, n AS value, unit,
           least(make_date(year, 12, 31), until) AS period_end
    FROM counted
    UNION ALL BY NAME
    SELECT evaluation_code, 60 AS place, 'Threshold rows of the regulation in application' AS criterion, 'context' AS role_code,
           count(rule_id)::DOUBLE AS value, 'rows' AS unit, least(until, max(enforced_from)) AS period_end
    FROM evaluations LEFT JOIN control_thresholds ON enforced_from <= until AND (enforced_to IS NULL OR enforced_to >= until) AND regime_code = 'export_licence'
    GROUP BY evaluation_code, until
), verdicts AS (
    SELECT evaluation_code, count(value) FILTER (place <= 4) AS measured, coalesce(bool_or(is_met) FILTER (place IN (3, 4)), false) AS is_more,
           count(*) FILTER (place <= 2 AND is_met) = 2 AS is_risen
    FROM evidence GROUP BY ALL
)
SELECT 'C05' AS claim_id, evaluation_code,
       CASE WHEN measured < 3 THEN 'not_measurable' WHEN is_more AND is_risen THEN 'supported' WHEN NOT is_more AND NOT is_risen THEN 'contradicted'
            ELSE 'mixed' END AS verdict_code,
       CASE WHEN measured < 3 THEN 'rules, entries or accelerators are not known' END AS reason,
       'rules are known in ' || (SELECT round(100 * any_value(coverage_share)) FROM evidence WHERE place = 3)::INTEGER
       || '% of the months of 2018 to 2024, fewest before 2022; entries are those still listed, so early years are understated' AS coverage_note,
       list(e ORDER BY place) AS evidence
FROM verdicts JOIN evidence e USING (evaluation_code)
GROUP BY evaluation_code, measured, is_more, is_risen
ORDER BY ALL
