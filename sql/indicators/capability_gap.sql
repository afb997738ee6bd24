/* title: Capability gap, United States minus China
   unit: index points
   method: best Epoch Capabilities Index among US models minus the best among Chinese models, both released up to each month's end; positive where the United States leads
   interval: from the 90% intervals of the two leading models, at their furthest (low minus high, high minus low); wider than a joint 90% interval; null where a leader is an anchor of the index
   coverage: n counts the US and Chinese models released by then; coverage_share is the part of all models released by then whose country is known
   caveats: the index is refitted at each update, so compare months within one release only; one model's date can move the gap by points and the interval does not show it: o3 is dated from its preview of December 2024, from its release of April 2025 the gaps in between would be about 4.5 points smaller; later versions can carry the date of the first */
WITH bounds AS (
    SELECT min(release_date) AS first_day, coalesce((SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_eci'), max(release_date)) AS last_day
    FROM capability_scores
), months AS (
    SELECT month_start::DATE AS period_start, last_day(month_start)::DATE AS period_end
    FROM bounds, generate_series(date_trunc('month', first_day), last_day, INTERVAL 1 MONTH) AS steps(month_start)
    WHERE last_day(month_start) <= last_day
), known AS (
    SELECT period_end, count(country_code) / count(*) AS coverage_share, count(*) FILTER (country_code IN ('USA', 'CHN')) AS n
    FROM months JOIN capability_scores ON release_date <= period_end GROUP BY period_end
), leaders AS (
    SELECT period_start, period_end, country_code, score, score_low, score_high
    FROM months JOIN capability_scores ON release_date <= period_end
    WHERE country_code IN ('USA', 'CHN')
    QUALIFY row_number() OVER (PARTITION BY country_code, period_end ORDER BY score DESC, release_date, model_id) = 1
)
SELECT 'capability_gap' AS indicator_id, 'USA-CHN' AS subject_code, NULL::VARCHAR AS dimension, usa.period_start, period_end,
       round(usa.score - chn.score, 2) AS value,
       round(usa.score_low - chn.score_high, 2) AS lower,
       round(usa.score_high - chn.score_low, 2) AS upper,
       known.n, round(coverage_share, 6) AS coverage_share
FROM leaders usa JOIN leaders chn USING (period_end) JOIN known USING (period_end)
WHERE usa.country_code = 'USA' AND chn.country_code = 'CHN'
ORDER BY ALL
