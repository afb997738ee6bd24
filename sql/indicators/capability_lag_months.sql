/* title: Months by which the best Chinese model follows the United States
   unit: months
   method: of the best Chinese model at each month's end (Epoch Capabilities Index), the time from the first US model with at least its score; dimension at_release counts to the Chinese model's release, at_period_end to the month's end; negative where China was first; null where no US model has reached it
   interval: the same for the upper and the lower bound of the Chinese model's 90% interval (a higher score was reached later, so it gives the lower lag); null where the score is an anchor or no US model reached that bound
   coverage: n counts the US and Chinese models released by then; coverage_share is the part of all models released by then whose country is known
   caveats: the US models' own intervals are not carried, and an interval has no width where one US model passed both bounds; previews are dated before releases (o3 from December 2024), which lengthens the lag; only models the index covers; the index is refitted at each update, so compare months within one release only */
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
), best AS (
    SELECT period_start, period_end, release_date, score, score_low, score_high
    FROM months JOIN capability_scores ON release_date <= period_end
    WHERE country_code = 'CHN'
    QUALIFY row_number() OVER (PARTITION BY period_end ORDER BY score DESC, release_date, model_id) = 1
), usa AS (
    SELECT release_date AS usa_date, score AS usa_score FROM capability_scores WHERE country_code = 'USA'
), reached AS (
    SELECT period_start, period_end, release_date,
           min(usa_date) FILTER (usa_score >= score) AS score_date,
           min(usa_date) FILTER (usa_score >= score_low) AS low_date,
           min(usa_date) FILTER (usa_score >= score_high) AS high_date
    FROM best, usa WHERE usa_date <= period_end GROUP BY ALL
), counted AS (
    SELECT 'at_release' AS dimension, release_date AS until, * FROM reached
    UNION ALL SELECT 'at_period_end' AS dimension, period_end AS until, * FROM reached
)
SELECT 'capability_lag_months' AS indicator_id, 'USA-CHN' AS subject_code, dimension, period_start, period_end,
       round(date_diff('day', score_date, until) / 30.4375, 2) AS value,
       round(date_diff('day', high_date, until) / 30.4375, 2) AS lower,
       round(date_diff('day', low_date, until) / 30.4375, 2) AS upper,
       n, round(coverage_share, 6) AS coverage_share
FROM counted JOIN known USING (period_end)
ORDER BY ALL
