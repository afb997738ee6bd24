/* title: Benchmark gap, United States minus China
   unit: the benchmark's own, see benchmarks.unit (a share where it says share)
   method: best score among US model versions minus the best among Chinese ones, both dated up to each month's end, for every benchmark with a dated version of at least five different US and five different Chinese models; dimension is the benchmark; from the first month with both to the last that brought the benchmark a new version and ended before the scores were read; positive where the United States leads
   interval: closed form for a difference of two independent estimates, 90%: the gap minus and plus 1.645 times the root of the sum of the two squared standard errors; null where either is not stated, or stated as zero, as at the ends of a scale
   coverage: n counts the different US and Chinese models dated up to then; coverage_share is the part of all models dated up to then whose country is known; basis names the two versions, the US one first
   caveats: scores of external leaderboards come with unlike prompts, tools and effort, and each benchmark covers its own models: where few of a country's best models were tried, the gap is theirs and not the country's; a gap shrinks as a benchmark fills up; scores run after release count from the release; the interval does not know that the best of many was picked; hub_capabilities_index is an older fit of the index than capability_scores, with a version's own dates */
WITH dated AS (
    SELECT benchmark_id, country_code, coalesce(model_name, model_version) AS model, model_version, release_date AS day, score,
           nullif(standard_error, 0) AS standard_error
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
    SELECT benchmark_id, period_end, count(DISTINCT model) FILTER (country_code IN ('USA', 'CHN')) AS n,
           count(DISTINCT model) FILTER (country_code IS NOT NULL) / count(DISTINCT model) AS coverage_share
    FROM months JOIN dated USING (benchmark_id) WHERE day <= period_end GROUP BY ALL
), leaders AS (
    SELECT * FROM months JOIN dated USING (benchmark_id)
    WHERE day <= period_end AND country_code IN ('USA', 'CHN')
    QUALIFY row_number() OVER (PARTITION BY benchmark_id, country_code, period_end
                               ORDER BY score DESC, day, model_version, standard_error NULLS LAST) = 1
)
SELECT 'benchmark_gap' AS indicator_id, 'USA-CHN' AS subject_code, benchmark_id AS dimension, usa.period_start, period_end,
       round(usa.score - chn.score, 6) AS value,
       round(usa.score - chn.score - 1.645 * sqrt(usa.standard_error ** 2 + chn.standard_error ** 2), 6) AS lower,
       round(usa.score - chn.score + 1.645 * sqrt(usa.standard_error ** 2 + chn.standard_error ** 2), 6) AS upper,
       n, round(coverage_share, 6) AS coverage_share, [usa.model_version, chn.model_version] AS basis
FROM leaders usa JOIN leaders chn USING (benchmark_id, period_end) JOIN known USING (benchmark_id, period_end)
WHERE usa.country_code = 'USA' AND chn.country_code = 'CHN'
ORDER BY ALL
