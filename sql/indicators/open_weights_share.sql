/* title: Share of notable models with open weights, by country and year
   unit: share
   method: notable models whose weights can be had, on whatever terms, over notable models whose way of access is known, by the calendar year of publication and the country of their developers; a model counts once for each distinct country; years from 2018 that ended before the source's day
   interval: lower as if all models without a known way of access were closed, upper as if all were open
   coverage: n counts the country's notable models of the year whose way of access is known; coverage_share is their part of its notable models of the year
   caveats: open means downloadable, also under a non-commercial or restricted licence, and says nothing of training data or code; access is read at the source's day, so weights that were opened later count in the year of publication; a year with few models jumps (see n) */
WITH bounds AS (
    SELECT coalesce((SELECT as_of_date FROM sources WHERE source_id = 'epoch_ai_models' ORDER BY origin_code = 'baseline', file_name LIMIT 1),
                    max(publication_date)) AS last_day
    FROM models
), placed AS (
    SELECT DISTINCT model_id, country_code, is_open_weights,
           make_date(year(publication_date), 1, 1) AS period_start, make_date(year(publication_date), 12, 31) AS period_end
    FROM models JOIN model_organizations USING (model_id)
    WHERE is_notable AND country_code IS NOT NULL AND publication_date >= DATE '2018-01-01'
)
SELECT 'open_weights_share' AS indicator_id, country_code AS subject_code, NULL::VARCHAR AS dimension, period_start, period_end,
       round(count(*) FILTER (is_open_weights) / count(is_open_weights), 6) AS value,
       round(count(*) FILTER (is_open_weights) / count(*), 6) AS lower,
       round(count(*) FILTER (is_open_weights IS DISTINCT FROM false) / count(*), 6) AS upper,
       count(is_open_weights) AS n, round(count(is_open_weights) / count(*), 6) AS coverage_share
FROM placed, bounds
WHERE period_end <= last_day
GROUP BY ALL
HAVING count(is_open_weights) > 0
ORDER BY ALL
