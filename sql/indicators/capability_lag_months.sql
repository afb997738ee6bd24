/* title: Months by which the best Chinese model follows the United States
   unit: months
   method: of the best Chinese model at each month's end (Epoch Capabilities Index), the time from the first US model with at least its score; dimension names the dates (as_dated: Epoch's day, previews included; release: the day of the version itself where the two mean different events) and until when is counted (at_release: the Chinese model's day; at_period_end: the month's end); negative where China was first; null where no US model has reached it
   interval: the same for the upper and the lower bound of the Chinese model's 90% interval (a higher score was reached later, so it gives the lower lag); null where the score is an anchor or no US model reached that bound
   coverage: n counts the US and Chinese models dated up to then; coverage_share is the part of all models dated up to then whose country is known; basis names the Chinese model and the first US model with at least its score
   caveats: the US models' own intervals are not carried, and an interval has no width where one US model passed both bounds; with as_dated a preview starts the clock (o3 in December 2024), which lengthens the lag; only models the index covers; the index is refitted at each update, so compare months within one release only */
WITH dated AS (
    SELECT 'as_dated' AS dates, release_date AS day, * FROM capability_scores
    UNION ALL
    SELECT 'release' AS dates,
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
    SELECT dates, period_end, count(country_code) / count(*) AS coverage_share, count(*) FILTER (country_code IN ('USA', 'CHN')) AS n
    FROM months JOIN dated ON day <= period_end GROUP BY ALL
), best AS (
    SELECT dates, period_start, period_end, day, model_name, score, score_low, score_high
    FROM months JOIN dated ON day <= period_end
    WHERE country_code = 'CHN'
    QUALIFY row_number() OVER (PARTITION BY dates, period_end ORDER BY score DESC, day, model_name) = 1
), usa AS (
    SELECT dates, day AS usa_day, score AS usa_score, model_name AS usa_name FROM dated WHERE country_code = 'USA'
), reached AS (
    SELECT dates, period_start, period_end, day, model_name,
           min(usa_day) FILTER (usa_score >= score) AS score_day,
           min(usa_day) FILTER (usa_score >= score_low) AS low_day,
           min(usa_day) FILTER (usa_score >= score_high) AS high_day,
           arg_min(usa_name, (usa_day, usa_name)) FILTER (usa_score >= score) AS usa_name
    FROM best JOIN usa USING (dates) WHERE usa_day <= period_end GROUP BY ALL
), counted AS (
    SELECT dates || ' at_release' AS dimension, day AS until, * FROM reached
    UNION ALL SELECT dates || ' at_period_end' AS dimension, period_end AS until, * FROM reached
)
SELECT 'capability_lag_months' AS indicator_id, 'USA-CHN' AS subject_code, dimension, period_start, period_end,
       round(date_diff('day', score_day, until) / 30.4375, 2) AS value,
       round(date_diff('day', high_day, until) / 30.4375, 2) AS lower,
       round(date_diff('day', low_day, until) / 30.4375, 2) AS upper,
       n, round(coverage_share, 6) AS coverage_share,
       list_filter([model_name, usa_name], lambda name: name IS NOT NULL) AS basis
FROM counted JOIN known USING (dates, period_end)
ORDER BY ALL
