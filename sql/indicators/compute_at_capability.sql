/* title: Least known training compute at each level of capability
   unit: FLOP
   method: least training compute known among the models of a country that score at or above a level of the Epoch Capabilities Index and are dated up to each month's end; levels 125, 130, 135, 139 and 145; dimension names the level and which estimates count: any, or confident (those that Epoch calls confident or likely, within a factor of 3 to 10)
   interval: the bounds of that model's compute, stated or by Epoch's confidence in it (models.training_compute_low_flop and _high_flop); not the chance that a model without an estimate took less
   coverage: n counts the models of the country at or above the level by then; coverage_share is the part of them with an estimate that counts, so 1 minus it is unknown compute; null value where there are models and no estimate; basis names the model
   caveats: compute is missing not at random and most of all for the best closed models, so read a value as an upper bound of the least; the index's score is of the model as released, its compute may leave out the training of what it was distilled from; models are linked by name, those not in models have no estimate; dates are Epoch's, previews included; the index is refitted at each update, so levels mean the same within one release only */
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
    WHERE c.country_code IS NOT NULL
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
)
SELECT 'compute_at_capability' AS indicator_id, country_code AS subject_code, dimension, period_start, period_end,
       flop AS value, low AS lower, high AS upper,
       count(*) OVER of_level AS n, round(count(flop) OVER of_level / count(*) OVER of_level, 6) AS coverage_share,
       CASE WHEN flop IS NOT NULL THEN [model_name] END AS basis
FROM reached
WINDOW of_level AS (PARTITION BY country_code, dimension, period_end)
QUALIFY row_number() OVER (PARTITION BY country_code, dimension, period_end ORDER BY flop NULLS LAST, model_name) = 1
ORDER BY ALL
