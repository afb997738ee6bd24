/* claim: The United States had an early lead in advanced GPU computing
   indicators: cluster_compute_share, supercomputing_share
   rule: US share of the world's H100 equivalents in existing clusters over the Chinese share, at the ends of 2022 and 2024, once over all rows and once over those of the standard analysis: supported where it is 2 or more in all four readings, contradicted where it is 1 or less in all four, mixed otherwise; the days are fixed, so that a later release moves the verdict by what becomes known alone
   caveats: known clusters hold perhaps a tenth to a fifth of the world's computing; those without a country stay in the world's sum; a cluster that was taken out of service since counts in no year, and with those the ratio of all rows at the end of 2022 is just above 2, which leaves the verdict as it is; phases of one cluster that take in earlier ones are counted as listed, as the rule says (cluster_compute_share counts them once, and its ratio of 2022 is lower still); many Chinese systems have no name; listed supercomputers end in 2018, before China stopped submitting
   rule_version: 1
   reads: compute_clusters, indicator_values */
WITH evaluations AS (
    FROM (VALUES ('at_publication', DATE '2025-01-21'), ('latest', DATE '9999-12-31')) AS evaluations(evaluation_code, until)
), readings AS (
    SELECT row_number() OVER (ORDER BY day, reading)::INTEGER AS place, day, reading
    FROM (VALUES (DATE '2022-12-31'), (DATE '2024-12-31')) AS days(day), (VALUES ('all rows'), ('standard analysis')) AS kinds(reading)
), running AS (
    SELECT place, day, reading, country_code, certainty_code = 'confirmed' AS is_confirmed, h100_equivalents AS h100
    FROM readings JOIN compute_clusters ON status_code = 'existing' AND first_operational_date <= day
    WHERE reading = 'all rows' OR is_in_standard_analysis
), sums AS (
    SELECT place, day, reading, sum(h100) AS world,
           sum(h100) FILTER (country_code = 'USA') AS usa, sum(h100) FILTER (country_code = 'CHN') AS chn,
           sum(h100) FILTER (country_code = 'USA' AND is_confirmed) AS usa_sure, sum(h100) FILTER (country_code = 'CHN' AND is_confirmed) AS chn_sure,
           coalesce(sum(h100) FILTER (country_code IS NULL), 0) AS nowhere,
           count(h100) FILTER (country_code IS NOT NULL) / count(*) AS coverage_share
    FROM running GROUP BY ALL
), ratios AS (
    SELECT place, 'US share over Chinese share, ' || reading || ', end of ' || year(day) AS criterion, 'supports' AS role_code,
           round(usa / chn, 4) AS value, round(usa_sure / (chn + nowhere), 4) AS lower, round((usa + nowhere) / chn_sure, 4) AS upper,
           'ratio' AS unit, 2.0::DOUBLE AS threshold, '>=' AS comparison_code, usa / chn >= 2 AS is_met, day AS period_end,
           round(coverage_share, 6) AS coverage_share
    FROM sums
), parts AS (
    SELECT 4 + 2 * place - (country = 'United States')::INTEGER AS place,
           'Share of ' || country || ', ' || reading || ', end of ' || year(day) AS criterion, 'context' AS role_code,
           round(CASE country WHEN 'China' THEN chn ELSE usa END / world, 6) AS value, 'share' AS unit, day AS period_end,
           round(coverage_share, 6) AS coverage_share
    FROM sums, (VALUES ('United States'), ('China')) AS countries(country)
), listed AS (
    SELECT 12 + row_number() OVER (ORDER BY subject_code DESC)::INTEGER AS place,
           'Share of listed supercomputing performance, ' || subject_code || ', last list' AS criterion, 'context' AS role_code,
           value, 'share' AS unit, period_end, coverage_share
    FROM indicator_values WHERE indicator_id = 'supercomputing_share' AND dimension = 'rmax' AND subject_code IN ('USA', 'CHN')
    QUALIFY period_end = max(period_end) OVER ()
), evidence AS (
    SELECT evaluation_code, figures.* FROM evaluations JOIN (FROM ratios UNION ALL BY NAME FROM parts UNION ALL BY NAME FROM listed) AS figures
    ON period_end <= until
)
SELECT 'C01' AS claim_id, evaluation_code,
       CASE WHEN count(value) FILTER (role_code = 'supports') < 4 THEN 'not_measurable'
            WHEN bool_and(is_met) FILTER (role_code = 'supports') THEN 'supported'
            WHEN bool_and(value <= 1) FILTER (role_code = 'supports') THEN 'contradicted'
            ELSE 'mixed' END AS verdict_code,
       CASE WHEN count(value) FILTER (role_code = 'supports') < 4 THEN 'no computing is known in one of the two countries at one of the days' END AS reason,
       'known clusters hold perhaps a tenth to a fifth of the world''s computing' AS coverage_note,
       list(e ORDER BY place) FILTER (place IS NOT NULL) AS evidence
FROM evaluations LEFT JOIN evidence e USING (evaluation_code)
GROUP BY evaluation_code
ORDER BY ALL
