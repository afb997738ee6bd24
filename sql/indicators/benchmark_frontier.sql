/* title: Best benchmark score by country
   unit: the benchmark's own, see benchmarks.unit (a share where it says share)
   method: best score among the model versions of a country dated up to each month's end, for every benchmark with a dated version of at least five different US and five different Chinese models; dimension is the benchmark; from the country's first version to the last month that brought the benchmark a new one and ended before the scores were read; the best of several results of one version counts
   interval: closed form, 90%: the score minus and plus 1.645 times its stated standard error, kept on the scale; null where none is stated, or one of zero, as at the ends of a scale
   coverage: n counts the country's different models dated up to then; coverage_share is the part of all models dated up to then whose country is known; basis names the version
   caveats: scores of external leaderboards come with unlike prompts, tools and effort, and each benchmark covers its own models: a benchmark that tried few of a country's best models understates it; scores run after release count from the release; versions without a date are left out; the interval does not know that the best of many was picked; hub_capabilities_index is an older fit of the index than capability_scores */
WITH dated AS (
    SELECT benchmark_id, scale_min, scale_max, country_code, coalesce(model_name, model_version) AS model, model_version, release_date AS day,
           score, nullif(standard_error, 0) AS standard_error
    FROM benchmark_scores JOIN benchmarks USING (benchmark_id)
    WHERE release_date IS NOT NULL AND is_higher_better
), chosen AS (
    SELECT benchmark_id, min(day) AS first_day,
           least(last_day(max(day)), coalesce((SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_benchmark_hub'), max(day))) AS end_day
    FROM dated GROUP BY ALL
    HAVING count(DISTINCT model) FILTER (country_code = 'USA') >= 5 AND count(DISTINCT model) FILTER (country_code = 'CHN') >= 5
), months AS (
    SELECT benchmark_id, month_start::DATE AS period_start, last_day(month_start)::DATE AS period_end
    FROM chosen, generate_series(date_trunc('month', first_day), end_day, INTERVAL 1 MONTH) AS steps(month_start)
    WHERE last_day(month_start) <= end_day
), known AS (
    SELECT benchmark_id, period_end, count(DISTINCT model) FILTER (country_code IS NOT NULL) / count(DISTINCT model) AS coverage_share
    FROM months JOIN dated USING (benchmark_id) WHERE day <= period_end GROUP BY ALL
), counted AS (
    SELECT benchmark_id, period_end, country_code, count(DISTINCT model) AS n
    FROM months JOIN dated USING (benchmark_id) WHERE day <= period_end GROUP BY ALL
), leaders AS (
    SELECT * FROM months JOIN dated USING (benchmark_id)
    WHERE day <= period_end AND country_code IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY benchmark_id, country_code, period_end
                               ORDER BY score DESC, day, model_version, standard_error NULLS LAST) = 1
)
SELECT 'benchmark_frontier' AS indicator_id, country_code AS subject_code, benchmark_id AS dimension, period_start, period_end,
       round(score, 6) AS value,
       round(greatest(score - 1.645 * standard_error, CASE WHEN standard_error IS NOT NULL THEN scale_min END), 6) AS lower,
       round(least(score + 1.645 * standard_error, CASE WHEN standard_error IS NOT NULL THEN scale_max END), 6) AS upper,
       n, round(coverage_share, 6) AS coverage_share, [model_version] AS basis
FROM leaders JOIN known USING (benchmark_id, period_end) JOIN counted USING (benchmark_id, period_end, country_code)
ORDER BY ALL
