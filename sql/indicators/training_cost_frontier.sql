/* title: Highest known cost of training compute by country
   unit: US dollars of 2023
   method: highest known cost of the compute of a training run among the models with a developer in the country, notable or not, dated up to each month's end; month ends from January 2012 to the last before the source's day; a month in a model's name that is later than its day is taken for its day
   interval: none; the source states no uncertainty of a cost, so lower and upper are null
   coverage: n counts the country's models dated up to then whose cost is known; coverage_share is that part of its models of the twelve months up to then, or of all up to then where it had none in these; basis names the model
   caveats: the amortised cost of chips, or the rent of them, with energy for the final run; staff, experiments and data are not in it; known of few models (about one in fifteen) and of very few Chinese ones, so the leaders by country compare what is known and not what was spent; estimates are restated between releases */
WITH bounds AS (
    SELECT coalesce((SELECT as_of_date FROM sources WHERE source_id = 'epoch_ai_models' ORDER BY origin_code = 'baseline', file_name LIMIT 1),
                    max(publication_date)) AS last_day
    FROM models
), months AS (
    SELECT month_start::DATE AS period_start, last_day(month_start)::DATE AS period_end
    FROM bounds, generate_series(DATE '2012-01-01', last_day, INTERVAL 1 MONTH) AS steps(month_start)
    WHERE last_day(month_start) <= last_day
), dated AS (
    SELECT *, greatest(publication_date, try_strptime(regexp_extract(model_name, '\(([A-Z][a-z]{2} 20\d\d)\)', 1), '%b %Y')::DATE) AS day
    FROM models
), developed AS (
    SELECT DISTINCT country_code, model_id, model_name, day, training_cost_usd_2023 AS cost
    FROM dated JOIN model_organizations USING (model_id) WHERE country_code IS NOT NULL
), placed AS (
    SELECT period_start, period_end, developed.*, day > period_end - INTERVAL 12 MONTH AS is_recent
    FROM months JOIN developed ON day <= period_end
)
SELECT 'training_cost_frontier' AS indicator_id, country_code AS subject_code, NULL::VARCHAR AS dimension, period_start, period_end,
       round(max(cost), 2) AS value, NULL::DOUBLE AS lower, NULL::DOUBLE AS upper,
       count(cost) AS n,
       round(coalesce(count(cost) FILTER (is_recent) / nullif(count(*) FILTER (is_recent), 0), count(cost) / count(*)), 6) AS coverage_share,
       [arg_min(model_name, rank)] AS basis
FROM (SELECT *, row_number() OVER (PARTITION BY country_code, period_end ORDER BY cost DESC NULLS LAST, day, model_id) AS rank FROM placed)
GROUP BY country_code, period_start, period_end
HAVING count(cost) > 0
ORDER BY ALL
