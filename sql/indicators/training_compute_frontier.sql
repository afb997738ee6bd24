/* title: Largest known training compute by country
   unit: FLOP
   method: largest training compute known of any model with a developer in the country, notable or not, dated up to each month's end; month ends from January 2012 to the last before the source's day; a month in a model's name that is later than its day is taken for its day
   interval: lower is the highest lower bound among the country's models, upper the highest upper bound; a bound is Epoch's own where it states one, else the figure over and times 3 (confident), 10 (likely) or 30 (speculative); upper is null where the leading model has none
   coverage: n counts the country's models dated up to then whose compute is known; coverage_share is that part of its models of the twelve months up to then, or of all up to then where it had none in these; basis names the model
   caveats: figures are estimates, restated between releases, and are missing not at random: the largest models of several US developers since 2024 have none; a model counts for every country of its developers; compute behind distillation or data generation is not in it; an organisation counts for the country of its seat: Google DeepMind and Facebook AI Research for that of their parents, the United States; DeepMind, wherever Epoch AI prints it, for the United Kingdom, whatever the date; Microsoft Research Asia for China, SenseTime for Hong Kong */
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
    SELECT DISTINCT country_code, model_id, model_name, day, training_compute_flop AS flop,
           training_compute_low_flop AS low, training_compute_high_flop AS high
    FROM dated JOIN model_organizations USING (model_id) WHERE country_code IS NOT NULL
), placed AS (
    SELECT period_start, period_end, developed.*, day > period_end - INTERVAL 12 MONTH AS is_recent
    FROM months JOIN developed ON day <= period_end
)
SELECT 'training_compute_frontier' AS indicator_id, country_code AS subject_code, NULL::VARCHAR AS dimension, period_start, period_end,
       max(flop) AS value, max(low) AS lower,
       CASE WHEN count(high) FILTER (rank = 1) = 1 THEN max(high) END AS upper, count(flop) AS n,
       round(coalesce(count(flop) FILTER (is_recent) / nullif(count(*) FILTER (is_recent), 0), count(flop) / count(*)), 6) AS coverage_share,
       [arg_min(model_name, rank)] AS basis
FROM (SELECT *, row_number() OVER (PARTITION BY country_code, period_end ORDER BY flop DESC NULLS LAST, day, model_id) AS rank FROM placed)
GROUP BY country_code, period_start, period_end
HAVING count(flop) > 0
ORDER BY ALL
