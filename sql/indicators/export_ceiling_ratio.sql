/* title: Best accelerator that needs no licence for China, as a share of the best there is
   unit: share of total processing performance
   method: export_ceiling_tpp over the highest total processing performance of any data-centre accelerator released up to each month's end, wherever it was designed and whoever may buy it; dimension in_text reads the regulation as it stands, enforced as it is applied, enforced_with_letters adds the letters to single firms; before 21 October 2022 no rule reads accelerators, before 26 August 2022 no letter
   interval: lower is the value; upper has the undecided accelerators in the numerator, those without a usable figure aside
   coverage: n counts data-centre accelerators designed outside China, sold to others and released by then; coverage_share is the part of them with a performance figure and a decided requirement
   caveats: in_text and enforced differ only where a rule stands unenforced for China, which none has yet; the cut-offs of letters are unpublished, so chips of their addressee that reach the named products' figures, or may, are undecided; who the buyer is is not read; exceptions count as a requirement; accelerators that their makers never sold to others are left out (TPU, Trainium, Dojo …); a quarantined row (AMD's MI308X, whose printed figures are implausible) counts as undecided without a figure, so upper may be too low; days of release are upstream's; those in no database are not there; the denominator counts every accelerator, those kept by their makers and lower bounds among them */
WITH bounds AS (
    SELECT coalesce((SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_ml_hardware'), max(release_date)) AS last_day FROM accelerators
), months AS (
    SELECT month_start::DATE AS period_start, last_day(month_start)::DATE AS period_end
    FROM bounds, generate_series(DATE '2020-01-01', last_day, INTERVAL 1 MONTH) AS steps(month_start)
    WHERE last_day(month_start) <= last_day
), readings AS (
    SELECT unnest(['in_text', 'enforced', 'enforced_with_letters']) AS dimension, accelerator_id, requirement_code,
           unnest([in_text_from, enforced_from, enforced_from]) AS since
    FROM accelerator_control_status WHERE destination_group_code = 'CHN' AND version_kind_code = 'regulation'
), letters AS (
    SELECT 'enforced_with_letters' AS dimension, period_end, accelerator_id, min(requirement_code) AS letter_code
    FROM months JOIN accelerator_control_status ON enforced_from <= period_end AND coalesce(enforced_to, period_end) >= period_end
    WHERE destination_group_code = 'CHN' AND version_kind_code = 'letter' AND requirement_code <> 'none'
    GROUP BY ALL
), released AS (
    SELECT dimension, period_start, period_end, period_end AS since, accelerator_id, accelerator_name, is_implausible,
           CASE WHEN NOT is_implausible THEN total_processing_performance END AS figure,
           designer_country_code <> 'CHN' AND is_merchant AS is_exportable
    FROM months, (VALUES ('in_text'), ('enforced'), ('enforced_with_letters')) AS kinds(dimension), accelerators
    WHERE release_date <= period_end AND is_datacenter_marketed
), decided AS (
    SELECT dimension, period_start, period_end, accelerator_name, figure, is_exportable,
           CASE WHEN is_implausible THEN 'undecidable'
                WHEN letter_code = 'licence_required' OR coalesce(requirement_code, 'none') = 'none'
                THEN coalesce(letter_code, 'none') ELSE requirement_code END AS requirement_code
    FROM released ASOF LEFT JOIN (FROM readings WHERE since IS NOT NULL) USING (dimension, accelerator_id, since)
    LEFT JOIN letters USING (dimension, period_end, accelerator_id)
), ranked AS (
    SELECT *, max(figure) FILTER (is_exportable AND requirement_code = 'none') OVER (PARTITION BY dimension, period_end) AS best FROM decided
)
SELECT 'export_ceiling_ratio' AS indicator_id, 'CHN' AS subject_code, dimension, period_start, period_end,
       round(max(figure) FILTER (is_exportable AND requirement_code = 'none') / max(figure), 6) AS value,
       round(max(figure) FILTER (is_exportable AND requirement_code = 'none') / max(figure), 6) AS lower,
       round(max(figure) FILTER (is_exportable AND requirement_code IN ('none', 'undecidable')) / max(figure), 6) AS upper,
       count(*) FILTER (is_exportable) AS n,
       round(count(*) FILTER (is_exportable AND figure IS NOT NULL AND requirement_code <> 'undecidable') / count(*) FILTER (is_exportable), 6) AS coverage_share,
       list(accelerator_name ORDER BY accelerator_name) FILTER (is_exportable AND requirement_code = 'none' AND figure = best) AS basis
FROM ranked
GROUP BY ALL
ORDER BY ALL
