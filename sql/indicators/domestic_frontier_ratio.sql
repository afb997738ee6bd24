/* title: Best Chinese-designed accelerator over the best designed in the United States
   unit: ratio
   method: highest figure among data-centre accelerators designed in China over the highest among those designed in the United States, both released up to each month's end, from the first month in which each has one; 1 means even; dimension total_processing_performance is our recomputed total (a lower bound counts at its bound), memory_bandwidth leaves out figures that are memory on the chip or slips of upstream; quarantined rows and chips without a day of release count for neither; basis names the best of China, then of the United States, each with those that equal it
   interval: not statistical; lower takes the smaller of our total and upstream's for Chinese chips and the larger for US chips, quarantined US rows as printed; upper is the reverse
   coverage: n counts the data-centre accelerators of both countries released by then; coverage_share is the part of them whose figure is known, read, and more than a lower bound
   caveats: one chip against one chip, not what a country has or can make; a chip counts from its day of release on, whether or not it was ever sold in number (the Biren BR100 is China's best from August 2022 to March 2026), and 8-bit operations for inference count like any (Alibaba's Hanguang 800 from September 2019 on), which is why performance stands above 1 in some of the months before December 2023; Chinese chips without a day of release (most variants of the Ascend 910B, and what is announced) are left out; those in no database are not there */
WITH bounds AS (
    SELECT coalesce((SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_ml_hardware'), max(release_date)) AS last_day FROM accelerators
), chips AS (
    SELECT accelerator_name, designer_country_code, release_date, is_implausible, is_tpp_lower_bound, upstream_total_processing_performance AS upstream_tpp,
           total_processing_performance AS tpp,
           CASE WHEN NOT coalesce(list_contains(excluded_columns, 'memory_bandwidth_gb_s'), false) THEN memory_bandwidth_gb_s END AS bandwidth
    FROM accelerators
    WHERE is_datacenter_marketed AND designer_country_code IN ('CHN', 'USA')
), figures AS (
    SELECT 'total_processing_performance' AS dimension, accelerator_name, designer_country_code, release_date, is_implausible, is_tpp_lower_bound AS is_open,
           tpp AS figure, least(tpp, upstream_tpp) AS low, greatest(tpp, upstream_tpp) AS high
    FROM chips
    UNION ALL
    SELECT 'memory_bandwidth' AS dimension, accelerator_name, designer_country_code, release_date, is_implausible, false AS is_open,
           bandwidth AS figure, bandwidth AS low, bandwidth AS high
    FROM chips
), months AS (
    SELECT month_start::DATE AS period_start, last_day(month_start)::DATE AS period_end
    FROM bounds, (SELECT min(release_date) AS first_day FROM chips),
         generate_series(date_trunc('month', first_day), last_day, INTERVAL 1 MONTH) AS steps(month_start)
    WHERE last_day(month_start) <= last_day
), best AS (
    SELECT dimension, period_start, period_end,
           max(figure) FILTER (designer_country_code = 'CHN' AND NOT is_implausible) AS chn,
           max(low) FILTER (designer_country_code = 'CHN' AND NOT is_implausible) AS chn_low,
           max(high) FILTER (designer_country_code = 'CHN') AS chn_high,
           max(figure) FILTER (designer_country_code = 'USA' AND NOT is_implausible) AS usa,
           max(low) FILTER (designer_country_code = 'USA' AND NOT is_implausible) AS usa_low,
           max(high) FILTER (designer_country_code = 'USA') AS usa_high,
           count(*) AS n,
           count(*) FILTER (figure IS NOT NULL AND NOT is_open AND NOT is_implausible) / count(*) AS coverage_share
    FROM months JOIN figures ON release_date <= period_end
    GROUP BY ALL
), holders AS (
    SELECT dimension, period_end, list(accelerator_name ORDER BY designer_country_code, accelerator_name) AS basis
    FROM best JOIN figures USING (dimension)
    WHERE release_date <= period_end AND NOT is_implausible AND figure = CASE designer_country_code WHEN 'CHN' THEN chn ELSE usa END
    GROUP BY ALL
)
SELECT 'domestic_frontier_ratio' AS indicator_id, 'CHN-USA' AS subject_code, dimension, period_start, period_end,
       round(chn / usa, 6) AS value, round(chn_low / usa_high, 6) AS lower, round(chn_high / usa_low, 6) AS upper,
       n, round(coverage_share, 6) AS coverage_share, basis
FROM best JOIN holders USING (dimension, period_end)
WHERE chn IS NOT NULL AND usa IS NOT NULL
ORDER BY ALL
