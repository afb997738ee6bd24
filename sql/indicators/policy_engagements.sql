/* title: Engagements on AI that involve the United States or China, beside export-control rules
   unit: events
   method: engagements per calendar quarter since 2023 that this project's curated table lists, by who is a party: subject USA-CHN has dimension bilateral (the two alone), multilateral (both, with others) and any (either or both); subjects USA and CHN have without_china and without_usa; on the same axis subject USA has control_rules, rules of the Bureau of Industry and Security on advanced computing, semiconductor manufacturing or the Entity List published in the quarter, and chip_control_rules, the first two kinds alone; the series ends with the quarter of the newest engagement
   interval: none; what is missing is not known
   coverage: n repeats the count; coverage_share of rules is the part of the quarter's months in which any rule of the bureau is known, and the value is null where none is; of engagements it is null, for no register says how many there were; basis names the engagements
   caveats: no series says that one caused the other; only engagements that can be stated with certainty and have an official address are listed, so counts are lower bounds, most of all since 2025, and 0 says that none is listed; a party signed, endorsed, adopted without a vote, put forward or met, and presence alone is none; a summit declaration and a resolution count one each, whatever they weigh; rules about the Entity List are of all countries, Russia's among them; the baseline's copy of rules has gaps */
WITH quarters AS (
    SELECT quarter::DATE AS period_start, last_day(quarter + INTERVAL 2 MONTH)::DATE AS period_end
    FROM (SELECT max(engagement_date) AS newest FROM policy_engagements),
         generate_series(DATE '2023-01-01', newest, INTERVAL 3 MONTH) AS steps(quarter)
), involved AS (
    SELECT *, list_contains(parties, 'USA') AS has_usa, list_contains(parties, 'CHN') AS has_china FROM policy_engagements
), events AS (
    SELECT 'USA-CHN' AS subject_code, 'any' AS dimension, engagement_date AS event_date, engagement_id FROM involved
    UNION ALL
    SELECT 'USA-CHN', scope_code, engagement_date, engagement_id FROM involved WHERE has_usa AND has_china
    UNION ALL
    SELECT 'USA', 'without_china', engagement_date, engagement_id FROM involved WHERE NOT has_china
    UNION ALL
    SELECT 'CHN', 'without_usa', engagement_date, engagement_id FROM involved WHERE NOT has_usa
    UNION ALL
    SELECT 'USA', 'control_rules', publication_date, NULL FROM control_documents
    WHERE kind_code IN ('advanced_computing', 'semiconductor_manufacturing') OR changes_entity_list
    UNION ALL
    SELECT 'USA', 'chip_control_rules', publication_date, NULL FROM control_documents
    WHERE kind_code IN ('advanced_computing', 'semiconductor_manufacturing')
), series AS (
    FROM (VALUES ('USA-CHN', 'any'), ('USA-CHN', 'bilateral'), ('USA-CHN', 'multilateral'), ('USA', 'without_china'),
                 ('CHN', 'without_usa'), ('USA', 'control_rules'), ('USA', 'chip_control_rules')) AS named(subject_code, dimension)
), covered AS (
    SELECT period_start, period_end, count(DISTINCT date_trunc('month', publication_date)) / 3 AS coverage_share
    FROM quarters LEFT JOIN control_documents ON publication_date BETWEEN period_start AND period_end
    GROUP BY ALL
), counted AS (
    SELECT s.subject_code, s.dimension, period_start, period_end, count(event_date) AS n,
           any_value(coverage_share) AS rule_coverage,
           list(engagement_id ORDER BY engagement_id) FILTER (engagement_id IS NOT NULL) AS basis
    FROM series s CROSS JOIN covered
    LEFT JOIN events e ON e.subject_code = s.subject_code AND e.dimension = s.dimension AND event_date BETWEEN period_start AND period_end
    GROUP BY ALL
)
SELECT 'policy_engagements' AS indicator_id, subject_code, dimension, period_start, period_end,
       CASE WHEN rule_coverage > 0 OR NOT contains(dimension, 'control_rules') THEN n::DOUBLE END AS value,
       NULL::DOUBLE AS lower, NULL::DOUBLE AS upper, n,
       CASE WHEN contains(dimension, 'control_rules') THEN round(rule_coverage, 6) END AS coverage_share, basis
FROM counted
ORDER BY ALL
