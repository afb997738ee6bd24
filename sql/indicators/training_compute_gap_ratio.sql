/* title: Largest known training compute, United States over China
   unit: ratio
   method: largest training compute known of any model with a US developer over the largest with a Chinese one, both dated up to each month's end; above one where the United States leads; month ends from January 2012, once both countries have a figure; a month in a model's name that is later than its day is taken for its day
   interval: lower is the highest US lower bound over the highest Chinese upper bound, upper the highest US upper bound over the highest Chinese lower bound; a bound is Epoch's own where it states one, else the figure over and times 3 (confident), 10 (likely) or 30 (speculative); null where a leading model has none; wider than the uncertainty of the ratio
   coverage: n counts the US and Chinese models dated up to then whose compute is known; coverage_share is that part of their models of the twelve months up to then; basis names the two models, the US one first
   caveats: figures are estimates, restated between releases, and are missing not at random: in 2025 about a quarter of the US models and two fifths of the Chinese ones have one, and the largest of several US developers have none, so the ratio may understate; a model with developers in both countries counts for both; an organisation counts for the country of its seat: Google DeepMind and Facebook AI Research for that of their parents, the United States; DeepMind, wherever Epoch AI prints it, for the United Kingdom, whatever the date; Microsoft Research Asia for China, SenseTime for Hong Kong */
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
    FROM dated JOIN model_organizations USING (model_id) WHERE country_code IN ('USA', 'CHN')
), placed AS (
    SELECT period_start, period_end, developed.*, day > period_end - INTERVAL 12 MONTH AS is_recent
    FROM months JOIN developed ON day <= period_end
), known AS (
    SELECT period_end, count(DISTINCT model_id) FILTER (flop IS NOT NULL) AS n,
           count(DISTINCT model_id) FILTER (is_recent AND flop IS NOT NULL) / nullif(count(DISTINCT model_id) FILTER (is_recent), 0) AS share
    FROM placed GROUP BY period_end
), leaders AS (
    SELECT period_start, period_end, country_code, arg_min(model_name, rank) AS model_name, max(flop) AS flop,
           CASE WHEN count(high) FILTER (rank = 1) = 1 THEN max(high) END AS high,
           CASE WHEN count(low) FILTER (rank = 1) = 1 THEN max(low) END AS low
    FROM (SELECT *, row_number() OVER (PARTITION BY country_code, period_end ORDER BY flop DESC, day, model_id) AS rank
          FROM placed WHERE flop IS NOT NULL)
    GROUP BY ALL
)
SELECT 'training_compute_gap_ratio' AS indicator_id, 'USA-CHN' AS subject_code, NULL::VARCHAR AS dimension, usa.period_start, period_end,
       round(usa.flop / chn.flop, 6) AS value, round(usa.low / chn.high, 6) AS lower, round(usa.high / chn.low, 6) AS upper,
       known.n, round(share, 6) AS coverage_share, [usa.model_name, chn.model_name] AS basis
FROM leaders usa JOIN leaders chn USING (period_end) JOIN known USING (period_end)
WHERE usa.country_code = 'USA' AND chn.country_code = 'CHN'
ORDER BY ALL
