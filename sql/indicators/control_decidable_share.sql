/* title: Share of accelerators whose need of a licence for China can be decided
   unit: share of accelerators
   method: accelerators for which a rule version or a letter gives an answer for China, over all accelerators; dimension is the rule version; the period runs from its first day to the day before the next version of the regulation, or the source's day; a version that begins after the source's day has no row
   interval: none; every undecided accelerator is counted as undecided
   coverage: n counts accelerators, with a release date or not; coverage_share is the part of them with a performance figure
   caveats: what is missing stands in accelerator_control_status.reason; most undecided accelerators lack a die area, an interconnect, or a figure for their matrix units; a letter decides every accelerator of another firm than its addressee */
WITH bounds AS (
    SELECT coalesce((SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_ml_hardware'), max(release_date)) AS last_day FROM accelerators
), versions AS (
    SELECT rule_id, version_kind_code, min(coalesce(in_text_from, enforced_from)) AS period_start
    FROM accelerator_control_status WHERE destination_group_code = 'CHN' GROUP BY ALL
), periods AS (
    SELECT rule_id, period_start, last_day,
           CASE version_kind_code WHEN 'regulation' THEN lead(period_start) OVER (PARTITION BY version_kind_code ORDER BY period_start) END AS next_start
    FROM versions, bounds
    WHERE period_start <= last_day
)
SELECT 'control_decidable_share' AS indicator_id, 'CHN' AS subject_code, rule_id AS dimension,
       period_start, greatest(period_start, coalesce(next_start - 1, last_day)) AS period_end,
       round(count(*) FILTER (requirement_code <> 'undecidable') / count(*), 6) AS value,
       NULL::DOUBLE AS lower, NULL::DOUBLE AS upper,
       count(*) AS n, round(count(total_processing_performance) / count(*), 6) AS coverage_share
FROM periods JOIN accelerator_control_status USING (rule_id) JOIN accelerators USING (accelerator_id)
WHERE destination_group_code = 'CHN'
GROUP BY ALL
ORDER BY ALL
