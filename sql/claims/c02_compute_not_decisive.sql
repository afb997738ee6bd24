/* claim: Large-scale computing power is no longer the advantage that decides and lasts
   indicators: training_compute_gap_ratio, capability_frontier
   rule: rank correlation of training compute with the Epoch Capabilities Index among the models of 24 months, in windows that end with each year from 2023 and on the evaluation day; the largest training compute known, United States over China, at the same ends. Supported where the newest window ends after 2024, its correlation is below 0.5, and the ratio is above 5 at the end of every window after 2024; contradicted where no window's correlation is below 0.7; mixed otherwise. Coverage: 30 models that have both figures and 40% of each country's scored models in every window; where one has fewer, the best verdict is mixed
   caveats: the window to the end of 2023 has 29 models, for scores begin in February of that year, and by this alone bars every verdict but mixed; training compute is not stated for most US frontier models since 2024, so those that have both figures are not like the rest; compute after training and at use is outside the figure; where countries differ beyond compute stands in the residuals; correlation is no proof that compute decides
   rule_version: 1
   reads: capability_scores, models, model_organizations, sources */
WITH evaluations AS (
    SELECT evaluation_code, least(until, coalesce((SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_eci'),
                                                  (SELECT max(release_date) FROM capability_scores))) AS until
    FROM (VALUES ('at_publication', DATE '2025-01-21'), ('latest', DATE '9999-12-31')) AS evaluations(evaluation_code, until)
), windows AS (
    SELECT evaluation_code, make_date(year::INTEGER, 12, 31) AS day, until FROM evaluations, range(2023, 2100) AS years(year)
    WHERE make_date(year::INTEGER, 12, 31) < until
    UNION ALL
    SELECT evaluation_code, until, until FROM evaluations
), scored AS (
    SELECT evaluation_code, day, until, c.country_code, c.score, m.training_compute_flop AS flop
    FROM windows LEFT JOIN capability_scores c ON release_date <= day AND release_date > day - INTERVAL 24 MONTH
    LEFT JOIN models m USING (model_id)
), ranked AS (
    SELECT *, rank() OVER by_flop + (count(*) OVER (PARTITION BY evaluation_code, day, flop) - 1) / 2 AS flop_rank,
           rank() OVER by_score + (count(*) OVER (PARTITION BY evaluation_code, day, score) - 1) / 2 AS score_rank
    FROM scored WHERE flop IS NOT NULL AND score IS NOT NULL
    WINDOW by_flop AS (PARTITION BY evaluation_code, day ORDER BY flop), by_score AS (PARTITION BY evaluation_code, day ORDER BY score)
), fitted AS (
    SELECT evaluation_code, day, count(*) AS n, round(corr(flop_rank, score_rank), 4) AS correlation,
           regr_slope(score, log10(flop)) AS slope, regr_intercept(score, log10(flop)) AS level
    FROM ranked GROUP BY ALL
), covered AS (
    SELECT evaluation_code, day, any_value(until) AS until,
           count(flop) FILTER (country_code = 'USA') / nullif(count(*) FILTER (country_code = 'USA'), 0) AS usa,
           count(flop) FILTER (country_code = 'CHN') / nullif(count(*) FILTER (country_code = 'CHN'), 0) AS chn
    FROM scored GROUP BY ALL
), largest AS (
    SELECT evaluation_code, day, country_code, max(training_compute_flop) AS flop, arg_max(model_name, training_compute_flop) AS model_name
    FROM windows JOIN (
        SELECT DISTINCT country_code, model_id, model_name, training_compute_flop,
               greatest(publication_date, try_strptime(regexp_extract(model_name, '\(([A-Z][a-z]{2} 20\d\d)\)', 1), '%b %Y')::DATE) AS published
        FROM models JOIN model_organizations USING (model_id) WHERE country_code IN ('USA', 'CHN') AND training_compute_flop IS NOT NULL
    ) ON published <= day
    GROUP BY ALL
), ratios AS (
    SELECT evaluation_code, day, round(usa.flop / chn.flop, 4) AS ratio, [usa.model_name, chn.model_name] AS names
    FROM largest usa JOIN largest chn USING (evaluation_code, day) WHERE usa.country_code = 'USA' AND chn.country_code = 'CHN'
), judged AS (
    SELECT c.*, n, correlation, slope, level, ratio, names, day = until AS is_newest,
           coalesce(n >= 30 AND usa >= 0.4 AND chn >= 0.4, false) AS is_covered,
           row_number() OVER (PARTITION BY evaluation_code ORDER BY day DESC)::INTEGER AS back
    FROM covered c LEFT JOIN fitted USING (evaluation_code, day) LEFT JOIN ratios USING (evaluation_code, day)
), residuals AS (
    SELECT evaluation_code, day, r.country_code, round(avg(score - level - slope * log10(flop)), 2) AS residual, count(*) AS n
    FROM ranked r JOIN judged USING (evaluation_code, day) WHERE is_newest AND r.country_code IN ('USA', 'CHN') GROUP BY ALL
), evidence AS (
    SELECT evaluation_code, back AS place, 'Rank correlation of compute with capability, 24 months to ' || day AS criterion,
           CASE WHEN is_newest THEN 'supports' ELSE 'contradicts' END AS role_code, correlation AS value, 'correlation' AS unit,
           CASE WHEN is_newest THEN 0.5 ELSE 0.7 END::DOUBLE AS threshold, CASE WHEN is_newest THEN '<' ELSE '>=' END AS comparison_code,
           CASE WHEN is_newest THEN correlation < 0.5 ELSE correlation >= 0.7 END AS is_met, day AS period_end,
           round(least(usa, chn), 6) AS coverage_share, NULL::VARCHAR[] AS names
    FROM judged
    UNION ALL BY NAME
    SELECT evaluation_code, 100 + back AS place, 'Largest training compute, United States over China, ' || day AS criterion,
           CASE WHEN day > DATE '2024-12-31' THEN 'supports' ELSE 'context' END AS role_code, ratio AS value, 'ratio' AS unit,
           CASE WHEN day > DATE '2024-12-31' THEN 5 END::DOUBLE AS threshold, CASE WHEN day > DATE '2024-12-31' THEN '>' END AS comparison_code,
           CASE WHEN day > DATE '2024-12-31' THEN ratio > 5 END AS is_met, day AS period_end, names
    FROM judged
    UNION ALL BY NAME
    SELECT evaluation_code, 200 + 3 * back AS place, 'Models with both figures, 24 months to ' || day AS criterion,
           'coverage' AS role_code, n::DOUBLE AS value, 'models' AS unit,
           30::DOUBLE AS threshold, '>=' AS comparison_code, coalesce(n, 0) >= 30 AS is_met, day AS period_end
    FROM judged
    UNION ALL BY NAME
    SELECT evaluation_code, 200 + 3 * back + (country = 'China')::INTEGER + 1 AS place,
           'Scored models of ' || country || ' with compute, 24 months to ' || day AS criterion,
           'coverage' AS role_code,
           round(CASE country WHEN 'China' THEN chn ELSE usa END, 6) AS value, 'share' AS unit, 0.4::DOUBLE AS threshold, '>=' AS comparison_code,
           coalesce(CASE country WHEN 'China' THEN chn ELSE usa END, 0) >= 0.4 AS is_met, day AS period_end
    FROM judged, (VALUES ('the United States'), ('China')) AS countries(country)
    UNION ALL BY NAME
    SELECT evaluation_code, 300 + (country_code = 'CHN')::INTEGER AS place, 'Capability beyond what compute predicts, mean of ' || country_code AS criterion,
           'context' AS role_code, residual AS value, 'index points' AS unit, day AS period_end
    FROM residuals
), verdicts AS (
    SELECT evaluation_code,
           coalesce(bool_or(is_newest AND day > DATE '2024-12-31' AND correlation < 0.5), false)
           AND coalesce(bool_and(coalesce(ratio > 5, false)) FILTER (day > DATE '2024-12-31'), false) AS is_supported,
           coalesce(bool_and(correlation >= 0.7), false) AS stays_high,
           bool_and(is_covered) AS is_covered, count(correlation) AS measured
    FROM judged GROUP BY ALL
)
SELECT 'C02' AS claim_id, evaluation_code,
       CASE WHEN measured = 0 THEN 'not_measurable' WHEN is_supported AND is_covered THEN 'supported'
            WHEN stays_high AND is_covered THEN 'contradicted' ELSE 'mixed' END AS verdict_code,
       CASE WHEN measured = 0 THEN 'no model has both a score and an estimate of its compute'
            WHEN NOT is_covered THEN 'coverage fails: compute is known of too few scored models in one of the windows, so the best verdict is mixed' END AS reason,
       'compute is missing not at random: most US frontier models since 2024 have no estimate' AS coverage_note,
       list(e ORDER BY place) AS evidence
FROM verdicts JOIN evidence e USING (evaluation_code)
GROUP BY evaluation_code, measured, is_supported, is_covered, stays_high
ORDER BY ALL
