/* title: Large-scale models by country and year
   unit: models
   method: models that Epoch AI lists as trained, surely or possibly, on more than 1e23 FLOP, and models that it does not list but whose training compute it gives above 1e23 FLOP, by the calendar year of their publication and the country of their developers; dimension any counts a model once for each distinct country, fractional gives each developer an equal share; where the list was not had, the latter alone; years that ended before the source's day; a country-year without a row has none
   interval: lower counts the models, listed or not, whose training compute is given above 1e23 FLOP, without the merely possible; upper adds to the value the year's counted models (or shares of them) whose developer's country is unknown, as if all were this country's
   coverage: n counts the models behind the value; coverage_share is the part of the year's counted models whose developers' countries are all known
   caveats: a fixed threshold that ever more models pass, so the count grows with the price of compute; more than a third of the listed models have no figure and are listed as possibly above; the list lacks several dozen models above the threshold by Epoch's own figures, so its count is lower than this one; an organisation counts for the country of its seat: Google DeepMind and Facebook AI Research for that of their parents, the United States; DeepMind, wherever Epoch AI prints it, for the United Kingdom, whatever the date; Microsoft Research Asia for China, SenseTime for Hong Kong */
WITH bounds AS (
    SELECT coalesce((SELECT as_of_date FROM sources WHERE source_id = 'epoch_ai_models' ORDER BY origin_code = 'baseline', file_name LIMIT 1),
                    max(publication_date)) AS last_day
    FROM models
), listed AS (
    SELECT model_id, make_date(year(publication_date), 1, 1) AS period_start, make_date(year(publication_date), 12, 31) AS period_end,
           coalesce(training_compute_flop > 1e23, false) AS is_sure
    FROM models, bounds
    WHERE (is_large_scale OR training_compute_flop > 1e23) AND make_date(year(publication_date), 12, 31) <= last_day
), developers AS (
    SELECT model_id, period_start, period_end, is_sure, country_code, coalesce(share, 1) AS share
    FROM listed LEFT JOIN model_organizations USING (model_id)
), places AS (
    SELECT model_id, period_start, period_end, is_sure, country_code, sum(share) AS share FROM developers GROUP BY ALL
), years AS (
    SELECT period_end, 1 - count(DISTINCT model_id) FILTER (country_code IS NULL) / count(DISTINCT model_id) AS coverage_share,
           coalesce(sum(share) FILTER (country_code IS NULL), 0) AS unplaced_share
    FROM places GROUP BY ALL
), counted AS (
    SELECT p.country_code, p.period_start, p.period_end, count(*) AS n, count(*) FILTER (is_sure) AS sure,
           sum(p.share) AS share, coalesce(sum(p.share) FILTER (is_sure), 0) AS sure_share,
           (SELECT count(*) FROM places u WHERE u.period_end = p.period_end AND u.country_code IS NULL) AS unplaced,
           count(*) FILTER (p.model_id IN (SELECT model_id FROM places WHERE country_code IS NULL)) AS half_placed
    FROM places p WHERE p.country_code IS NOT NULL GROUP BY ALL
)
SELECT 'large_scale_models' AS indicator_id, country_code AS subject_code, dimension, period_start, period_end,
       round(value, 6) AS value, round(low, 6) AS lower, round(value + open, 6) AS upper, n, round(coverage_share, 6) AS coverage_share
FROM counted JOIN years USING (period_end),
     LATERAL (VALUES ('any', n::DOUBLE, sure::DOUBLE, (unplaced - half_placed)::DOUBLE), ('fractional', share, sure_share, unplaced_share))
         AS rules(dimension, value, low, open)
ORDER BY ALL
