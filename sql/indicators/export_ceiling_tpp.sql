/* title: Best accelerator that needs no licence for China
   unit: total processing performance (tera-operations per second times bit length)
   method: highest total processing performance among data-centre accelerators designed outside China, released up to each month's end, for which the newest rule version of that day requires nothing for China; dimension in_text reads the rules as they stand in the regulation, enforced as they are applied; before 21 October 2022 no rule reads accelerators
   interval: lower is the value; upper is the highest among accelerators that need nothing or cannot be decided, those without a figure aside
   coverage: n counts data-centre accelerators designed outside China and released by then; coverage_share is the part of them with a performance figure and a decided requirement
   caveats: in_text and enforced differ only where a rule stands unenforced for China, which none has yet; letters to single firms are not read (NVIDIA's H20 has needed a licence since 9 April 2025 by letter, and so have A100 and H100 since August 2022), nor who the buyer is; exceptions count as a requirement; accelerators that their makers never sold to others (TPU, Trainium, Dojo) count; those in no database are not there */
WITH bounds AS (
    SELECT coalesce((SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_ml_hardware'), max(release_date)) AS last_day FROM accelerators
), months AS (
    SELECT month_start::DATE AS period_start, last_day(month_start)::DATE AS period_end
    FROM bounds, generate_series(DATE '2020-01-01', last_day, INTERVAL 1 MONTH) AS steps(month_start)
    WHERE last_day(month_start) <= last_day
), readings AS (
    SELECT 'in_text' AS dimension, accelerator_id, rule_id, requirement_code, in_text_from AS since
    FROM accelerator_control_status WHERE destination_group_code = 'CHN'
    UNION ALL
    SELECT 'enforced' AS dimension, accelerator_id, rule_id, requirement_code, enforced_from AS since
    FROM accelerator_control_status WHERE destination_group_code = 'CHN'
), released AS (
    SELECT dimension, period_start, period_end, period_end AS since, accelerator_id, total_processing_performance AS tpp
    FROM months, (VALUES ('in_text'), ('enforced')) AS kinds(dimension), accelerators
    WHERE release_date <= period_end AND is_datacenter_marketed AND designer_country_code <> 'CHN' AND NOT is_implausible
), decided AS (
    SELECT dimension, period_start, period_end, tpp, coalesce(requirement_code, 'none') AS requirement_code
    FROM released ASOF LEFT JOIN (FROM readings WHERE since IS NOT NULL) USING (dimension, accelerator_id, since)
)
SELECT 'export_ceiling_tpp' AS indicator_id, 'CHN' AS subject_code, dimension, period_start, period_end,
       max(tpp) FILTER (requirement_code = 'none') AS value,
       max(tpp) FILTER (requirement_code = 'none') AS lower,
       max(tpp) FILTER (requirement_code IN ('none', 'undecidable')) AS upper,
       count(*) AS n,
       round(count(*) FILTER (tpp IS NOT NULL AND requirement_code <> 'undecidable') / count(*), 6) AS coverage_share
FROM decided
GROUP BY ALL
ORDER BY ALL
