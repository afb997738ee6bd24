/* title: Capability frontier by country
   unit: index points
   method: best Epoch Capabilities Index among the models of a country released up to each month's end, from the country's first model to the last month that ended before the index was read
   interval: Epoch's 90% interval of that best model; null where it is an anchor of the index, which has none
   coverage: n counts the models of the country released by then; coverage_share is the part of all models released by then whose country is known
   caveats: the index is refitted at each update, so compare months within one release only; dates are previews where a model was shown before its release; a model of several countries counts for none */
WITH bounds AS (
    SELECT min(release_date) AS first_day, coalesce((SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_eci'), max(release_date)) AS last_day
    FROM capability_scores
), months AS (
    SELECT month_start::DATE AS period_start, last_day(month_start)::DATE AS period_end
    FROM bounds, generate_series(date_trunc('month', first_day), last_day, INTERVAL 1 MONTH) AS steps(month_start)
    WHERE last_day(month_start) <= last_day
), known AS (
    SELECT period_end, count(country_code) / count(*) AS coverage_share
    FROM months JOIN capability_scores ON release_date <= period_end GROUP BY period_end
)
SELECT 'capability_frontier' AS indicator_id, country_code AS subject_code, NULL::VARCHAR AS dimension, period_start, period_end,
       score AS value, score_low AS lower, score_high AS upper,
       count(*) OVER of_country AS n, round(coverage_share, 6) AS coverage_share
FROM months JOIN capability_scores ON release_date <= period_end JOIN known USING (period_end)
WHERE country_code IS NOT NULL
WINDOW of_country AS (PARTITION BY country_code, period_end)
QUALIFY row_number() OVER (PARTITION BY country_code, period_end ORDER BY score DESC, release_date, model_id) = 1
ORDER BY ALL
