/* title: Capability gap, United States minus China
   unit: index points
   method: best Epoch Capabilities Index among US models minus the best among Chinese models, both dated up to each month's end; positive where the United States leads; dimension as_dated takes Epoch's day (the preview where a model was shown before its release, the first version's for later versions), release the day of the version itself where the two mean different events
   interval: from the 90% intervals of the two leading models, at their furthest (low minus high, high minus low); wider than a joint 90% interval; null where a leader is an anchor of the index
   coverage: n counts the US and Chinese models dated up to then; coverage_share is the part of all models dated up to then whose country is known; basis names the two models, the US one first
   caveats: the index is refitted at each update, so compare months within one release only; one model's date can move the gap by points and the interval does not show it: o3 is dated from its preview of December 2024 in as_dated and from April 2025 in release, which takes 2.4 to 4.5 points off the months in between; the day of a version is known only for models that the benchmarking hub lists, so for the newest models the two dimensions are the same */
WITH dated AS (
    SELECT 'as_dated' AS dimension, release_date AS day, * FROM capability_scores
    UNION ALL
    SELECT 'release' AS dimension,
           CASE WHEN release_date_kind_code IN ('preview', 'first_version', 'publication') THEN coalesce(version_date, release_date)
                ELSE release_date END AS day, *
    FROM capability_scores
), bounds AS (
    SELECT min(day) AS first_day, coalesce((SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_eci'), max(day)) AS last_day
    FROM dated
), months AS (
    SELECT month_start::DATE AS period_start, last_day(month_start)::DATE AS period_end
    FROM bounds, generate_series(date_trunc('month', first_day), last_day, INTERVAL 1 MONTH) AS steps(month_start)
    WHERE last_day(month_start) <= last_day
), known AS (
    SELECT dimension, period_end, count(country_code) / count(*) AS coverage_share, count(*) FILTER (country_code IN ('USA', 'CHN')) AS n
    FROM months JOIN dated ON day <= period_end GROUP BY ALL
), leaders AS (
    SELECT dimension, period_start, period_end, country_code, model_name, score, score_low, score_high
    FROM months JOIN dated ON day <= period_end
    WHERE country_code IN ('USA', 'CHN')
    QUALIFY row_number() OVER (PARTITION BY dimension, country_code, period_end ORDER BY score DESC, day, model_name) = 1
)
SELECT 'capability_gap' AS indicator_id, 'USA-CHN' AS subject_code, dimension, usa.period_start, period_end,
       round(usa.score - chn.score, 2) AS value,
       round(usa.score_low - chn.score_high, 2) AS lower,
       round(usa.score_high - chn.score_low, 2) AS upper,
       known.n, round(coverage_share, 6) AS coverage_share, [usa.model_name, chn.model_name] AS basis
FROM leaders usa JOIN leaders chn USING (dimension, period_end) JOIN known USING (dimension, period_end)
WHERE usa.country_code = 'USA' AND chn.country_code = 'CHN'
ORDER BY ALL
