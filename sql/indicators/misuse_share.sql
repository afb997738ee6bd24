/* title: Misuse among reported AI incidents
   unit: share
   method: reported incidents by calendar year of occurrence, the whole world (WLD); dimension misuse: those labelled with MIT risk domain 4 (malicious actors and misuse) over all with a label; intentional: those labelled as intended over all with a label; "4.1 of misuse" (disinformation, surveillance, influence), "4.2 of misuse" (cyberattacks, weapons, mass harm), "4.3 of misuse" (fraud, scams, manipulation): over those of domain 4, and with "to date" over all years up to the period's end; years that ended before the archive's day, with at least 20 incidents
   interval: worst cases over the incidents without a label, from none of them to all of them being of the kind; not a confidence interval
   coverage: coverage_share is the part of the period's incidents with a label; n is null, for the counts are under CC BY-SA in ai_incidents
   caveats: counts of what was reported and entered, which follows the news, never of risk: a share can grow because newspapers write more of one kind; those without a label are the newest entries and not random; recent years fill up for years, so compare the same year between releases (ai_incidents.archive_date is the day of the counts); labels are single-choice; who did it is not coded, so a state's misuse is not told from anybody's; large attacks that succeed are few by nature; derived from the AI Incident Database (CC BY-SA 4.0), whose counts are in ai_incidents under that licence */
WITH years AS (
    SELECT year(occurred_month) AS year, any_value(archive_date) AS archive_date, sum(incident_count)::BIGINT AS incidents,
           coalesce(sum(incident_count) FILTER (risk_domain_code <> 'unclassified'), 0)::BIGINT AS labelled,
           coalesce(sum(incident_count) FILTER (risk_domain_code = '4'), 0)::BIGINT AS misuse,
           coalesce(sum(incident_count) FILTER (intent_code = 'intentional'), 0)::BIGINT AS intentional,
           [coalesce(sum(incident_count) FILTER (risk_subdomain_code = '4.1'), 0)::BIGINT,
            coalesce(sum(incident_count) FILTER (risk_subdomain_code = '4.2'), 0)::BIGINT,
            coalesce(sum(incident_count) FILTER (risk_subdomain_code = '4.3'), 0)::BIGINT] AS by_kind
    FROM ai_incidents
    GROUP BY ALL
), kinds AS (
    SELECT unnest(['4.1', '4.2', '4.3']) AS code, year, unnest(by_kind) AS kind FROM years
), parts AS (
    SELECT 'misuse' AS dimension, year, year AS first_year, misuse AS part, labelled AS whole, incidents, labelled FROM years
    UNION ALL
    SELECT 'intentional', year, year, intentional, labelled, incidents, labelled FROM years
    UNION ALL
    SELECT code || ' of misuse', year, year, kind, misuse, incidents, labelled FROM kinds JOIN years USING (year)
    UNION ALL
    SELECT code || ' of misuse to date', year, min(year) OVER (), sum(kind) OVER so_far, sum(misuse) OVER so_far,
           sum(incidents) OVER so_far, sum(labelled) OVER so_far
    FROM kinds JOIN years USING (year)
    WINDOW so_far AS (PARTITION BY code ORDER BY year)
), told AS (
    SELECT p.*, p.incidents - p.labelled AS unlabelled
    FROM parts p JOIN years y USING (year)
    WHERE y.incidents >= 20 AND make_date(year, 12, 31) <= y.archive_date
)
SELECT 'misuse_share' AS indicator_id, 'WLD' AS subject_code, dimension,
       make_date(first_year, 1, 1) AS period_start, make_date(year, 12, 31) AS period_end,
       CASE WHEN whole > 0 THEN round(part / whole, 6) END AS value,
       CASE WHEN whole + unlabelled > 0 THEN round(part / (whole + unlabelled), 6) END AS lower,
       CASE WHEN whole + unlabelled > 0 THEN round((part + unlabelled) / (whole + unlabelled), 6) END AS upper,
       NULL::BIGINT AS n, round(labelled / incidents, 6) AS coverage_share
FROM told
ORDER BY ALL
