/* title: Training compute for the same capability, United States over China
   unit: ratio
   method: least known training compute among US models at or above a level of the Epoch Capabilities Index, over the least among Chinese models, both dated up to each month's end; above 1 the Chinese model took less; levels 125, 130, 135, 139 and 145; dimension names the level and which estimates count: any, or confident (those that Epoch calls confident or likely, within a factor of 3 to 10)
   interval: the two bounds at their furthest (US low over Chinese high, US high over Chinese low), each stated or by Epoch's confidence; wider than a joint interval
   coverage: n counts the US and Chinese models at or above the level by then; coverage_share is the part of them with an estimate that counts; only months with an estimate on both sides; basis names the two models, the US one first
   caveats: compute is missing not at random (in 2025 about a quarter of US and two fifths of Chinese models have an estimate), and one small model without an estimate would change the least; a Chinese model distilled from a US one does not carry that compute; no measure of efficiency in general, only of the leanest model known; see compute_at_capability for each side */
WITH bounds AS (
    SELECT min(release_date) AS first_day, coalesce((SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_eci'), max(release_date)) AS last_day
    FROM capability_scores
), months AS (
    SELECT month_start::DATE AS period_start, last_day(month_start)::DATE AS period_end
    FROM bounds, generate_series(date_trunc('month', first_day), last_day, INTERVAL 1 MONTH) AS steps(month_start)
    WHERE last_day(month_start) <= last_day
), scored AS (
    SELECT c.model_name, c.country_code, c.release_date, c.score, m.compute_confidence_code,
           m.training_compute_flop AS flop, m.training_compute_low_flop AS low, m.training_compute_high_flop AS high
    FROM capability_scores c LEFT JOIN models m USING (model_id)
    WHERE c.country_code IN ('USA', 'CHN')
), reading AS (
    SELECT 'any' AS estimates, model_name, country_code, release_date, score, flop, low, high FROM scored
    UNION ALL
    SELECT 'confident' AS estimates, model_name, country_code, release_date, score,
           CASE WHEN is_counted THEN flop END AS flop, CASE WHEN is_counted THEN low END AS low, CASE WHEN is_counted THEN high END AS high
    FROM (SELECT *, coalesce(compute_confidence_code IN ('confident', 'likely'), false) AS is_counted FROM scored)
), reached AS (
    SELECT 'eci_' || level || ' ' || estimates AS dimension, period_start, period_end, country_code, model_name, flop, low, high
    FROM months, (VALUES (125), (130), (135), (139), (145)) AS levels(level), reading
    WHERE release_date <= period_end AND score >= level
), known AS (
    SELECT dimension, period_end, count(*) AS n, count(flop) / count(*) AS coverage_share FROM reached GROUP BY ALL
), least AS (
    SELECT * FROM reached WHERE flop IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY country_code, dimension, period_end ORDER BY flop, model_name) = 1
)
SELECT 'compute_efficiency_ratio' AS indicator_id, 'USA-CHN' AS subject_code, dimension, usa.period_start, period_end,
       round(usa.flop / chn.flop, 4) AS value, round(usa.low / chn.high, 4) AS lower, round(usa.high / chn.low, 4) AS upper,
       n, round(coverage_share, 6) AS coverage_share, [usa.model_name, chn.model_name] AS basis
FROM least usa JOIN least chn USING (dimension, period_end) JOIN known USING (dimension, period_end)
WHERE usa.country_code = 'USA' AND chn.country_code = 'CHN'
ORDER BY ALL
