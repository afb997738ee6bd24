/* title: Capability frontier by country
   unit: index points
   method: best Epoch Capabilities Index among the models of a country dated up to each month's end, from the country's first model to the last month that ended before the index was read; dimension as_dated takes Epoch's day (the preview where a model was shown before its release, the first version's for later versions), release the day of the version itself where the two mean different events
   interval: Epoch's 90% interval of that best model; null where it is an anchor of the index, which has none
   coverage: n counts the models of the country dated up to then; coverage_share is the part of all models dated up to then whose country is known; basis names the model
   caveats: the index is refitted at each update, so compare months within one release only; the day of a version is known only for models that the benchmarking hub lists (capability_scores.release_date_kind_code is unknown otherwise), so for the newest models the two dimensions are the same; a model of several countries counts for none */
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
    SELECT dimension, period_end, count(country_code) / count(*) AS coverage_share
    FROM months JOIN dated ON day <= period_end GROUP BY ALL
)
SELECT 'capability_frontier' AS indicator_id, country_code AS subject_code, dimension, period_start, period_end,
       score AS value, score_low AS lower, score_high AS upper,
       count(*) OVER of_country AS n, round(coverage_share, 6) AS coverage_share, [model_name] AS basis
FROM months JOIN dated ON day <= period_end JOIN known USING (dimension, period_end)
WHERE country_code IS NOT NULL
WINDOW of_country AS (PARTITION BY dimension, country_code, period_end)
QUALIFY row_number() OVER (PARTITION BY dimension, country_code, period_end ORDER BY score DESC, day, model_name) = 1
ORDER BY ALL
