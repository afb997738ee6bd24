/* title: Closed models' lead over open ones
   unit: index points
   method: best Epoch Capabilities Index among models whose weights cannot be had minus the best among models whose weights can (on whatever terms), both dated up to each month's end; by country of the developer, and for the whole index, whose subject is WLD; dimension as_dated takes Epoch's day, release the day of the version itself where the two mean different events
   interval: from the 90% intervals of the two leading models, at their furthest (low minus high, high minus low); wider than a joint 90% interval; null where a leader is an anchor of the index
   coverage: n counts the models of the subject dated up to then whose accessibility is known; coverage_share is the part of its models dated up to then that these are; basis names the two models, the closed one first
   caveats: open means downloadable weights, not a free licence; a model counts as what it is today, so weights opened later count as open from the start; the index is refitted at each update, so compare months within one release only; models of unknown or several countries count for WLD alone */
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
), subjects AS (
    SELECT country_code AS subject_code, * FROM dated WHERE country_code IS NOT NULL
    UNION ALL SELECT 'WLD' AS subject_code, * FROM dated
), opened AS (
    SELECT *, CASE WHEN accessibility_code IN ('open_unrestricted', 'open_restricted', 'open_noncommercial') THEN 'open'
                   WHEN accessibility_code IN ('api', 'hosted', 'unreleased') THEN 'closed' END AS access
    FROM subjects
), known AS (
    SELECT subject_code, dimension, period_end, count(access) AS n, count(access) / count(*) AS coverage_share
    FROM months JOIN opened ON day <= period_end GROUP BY ALL
), leaders AS (
    SELECT subject_code, dimension, period_start, period_end, access, model_name, score, score_low, score_high
    FROM months JOIN opened ON day <= period_end
    WHERE access IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY subject_code, dimension, access, period_end ORDER BY score DESC, day, model_name) = 1
)
SELECT 'open_closed_gap' AS indicator_id, subject_code, dimension, closed.period_start, period_end,
       round(closed.score - opens.score, 2) AS value,
       round(closed.score_low - opens.score_high, 2) AS lower,
       round(closed.score_high - opens.score_low, 2) AS upper,
       n, round(coverage_share, 6) AS coverage_share, [closed.model_name, opens.model_name] AS basis
FROM leaders closed JOIN leaders opens USING (subject_code, dimension, period_end) JOIN known USING (subject_code, dimension, period_end)
WHERE closed.access = 'closed' AND opens.access = 'open'
ORDER BY ALL
