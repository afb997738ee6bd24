/* title: Share of accelerators that need a licence for China
   unit: share
   method: of the accelerators with a total processing performance of 1600 or more that were released up to each month's end, the part that needs a licence for China under the newest version of the regulation in application on that day; 0 in the months before the first version that accelerator_control_status holds (October 2022), for none reads accelerators then; without any version there is no row; from January 2018
   interval: lower is the value; upper counts every undecidable accelerator as one that needs a licence
   coverage: n counts the accelerators; coverage_share is the part of them whose requirement is decided, which is all of them while no version is in application
   caveats: each product counts one, whatever the number sold, and goes on counting when it is no longer made; accelerators designed in China (a quarter of them in 2026, and most of the undecidable), kept by their makers or sold to consumers are among them; where an exception or a notification may take the place of a licence, and where only a letter to a single firm asks for one (from August 2022), no need is counted; a licence that is reviewed case by case is one that is needed; the share moves with what is released as well as with the rules, and counts a rule from the day of its application, not of its publication; 1600 is the lowest threshold of the rule of October 2023, applied to all months; rows without a day of release, and quarantined ones, are left out; controls that control_thresholds does not hold, such as those on whole computers before 2022, are not read */
WITH bounds AS (
    SELECT coalesce((SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_ml_hardware'), max(release_date)) AS last_day FROM accelerators
), months AS (
    SELECT month_start::DATE AS period_start, last_day(month_start)::DATE AS period_end
    FROM bounds, generate_series(DATE '2018-01-01', last_day, INTERVAL 1 MONTH) AS steps(month_start)
    WHERE last_day(month_start) <= last_day
), versions AS (
    SELECT accelerator_id, rule_id, requirement_code, enforced_from FROM accelerator_control_status
    WHERE destination_group_code = 'CHN' AND version_kind_code = 'regulation' AND enforced_from IS NOT NULL
), readings AS (
    SELECT period_end, accelerator_id, requirement_code FROM months JOIN versions ON enforced_from <= period_end
    QUALIFY dense_rank() OVER (PARTITION BY period_end ORDER BY enforced_from DESC, rule_id DESC) = 1
), counted AS (
    SELECT period_start, period_end, count(*) AS n, count(*) FILTER (requirement_code = 'licence_required') AS needing,
           count(*) FILTER (requirement_code = 'undecidable') AS open
    FROM months JOIN accelerators ON release_date <= period_end LEFT JOIN readings USING (period_end, accelerator_id)
    WHERE total_processing_performance >= 1600 AND NOT is_implausible AND EXISTS (FROM versions)
    GROUP BY ALL
)
SELECT 'licence_required_share' AS indicator_id, 'CHN' AS subject_code, NULL::VARCHAR AS dimension, period_start, period_end,
       round(needing / n, 6) AS value, round(needing / n, 6) AS lower, round((needing + open) / n, 6) AS upper,
       n, round((n - open) / n, 6) AS coverage_share
FROM counted
ORDER BY ALL
