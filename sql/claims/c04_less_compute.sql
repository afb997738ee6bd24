/* claim: Chinese models come close to the same results with a small fraction of the computing power
   indicators: compute_at_capability, compute_efficiency_ratio
   rule: for index scores of 125, 130, 135, 139 and 145, training compute of the first US model at or above the score that has an estimate, over that of the first Chinese one. Supported where the median ratio is 5 or more over at least three levels whose two estimates Epoch calls confident or likely, half or more of each country's models at 125 or above have an estimate, and no US model within one index point of these Chinese models took no more compute; contradicted where the median over all levels is below 2 and the same half has an estimate; mixed otherwise
   caveats: estimates are restated between releases, by up to a third within 13 months, and one US estimate was withdrawn; a release holds one vintage, so the one of February 2025 stands in the history and not here; the final training run only, without experiments or what a model was distilled from; pairs of first models favour whoever follows; the least compute known at a level is another question (compute_efficiency_ratio)
   rule_version: 1
   reads: capability_scores, models, sources */
WITH evaluations AS (
    SELECT evaluation_code, least(until, coalesce((SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_eci'),
                                                  (SELECT max(release_date) FROM capability_scores))) AS until
    FROM (VALUES ('at_publication', DATE '2025-01-21'), ('latest', DATE '9999-12-31')) AS evaluations(evaluation_code, until)
), scored AS (
    SELECT evaluation_code, until, c.model_name, c.country_code, c.release_date, c.score, m.training_compute_flop AS flop,
           m.training_compute_low_flop AS low, m.training_compute_high_flop AS high,
           coalesce(m.compute_confidence_code IN ('confident', 'likely'), false) AS is_sure
    FROM evaluations LEFT JOIN capability_scores c ON release_date <= until AND country_code IN ('USA', 'CHN') LEFT JOIN models m USING (model_id)
), firsts AS (
    SELECT evaluation_code, until, level, scored.* EXCLUDE (evaluation_code, until)
    FROM scored JOIN (VALUES (125), (130), (135), (139), (145)) AS levels(level) ON score >= level
    WHERE flop IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY evaluation_code, level, country_code ORDER BY release_date, score DESC, model_name) = 1
), ratios AS (
    SELECT evaluation_code, until, level, round(u.flop / c.flop, 4) AS ratio, round(u.low / c.high, 4) AS low, round(u.high / c.low, 4) AS high,
           u.is_sure AND c.is_sure AS is_sure, [u.model_name, c.model_name] AS names, c.model_name AS chinese_name, c.score AS chinese_score, c.flop AS chinese_flop
    FROM firsts u JOIN firsts c USING (evaluation_code, until, level) WHERE u.country_code = 'USA' AND c.country_code = 'CHN'
), medians AS (
    SELECT evaluation_code, median(ratio) FILTER (is_sure) AS sure_ratio, median(low) FILTER (is_sure) AS low, median(high) FILTER (is_sure) AS high,
           count(*) FILTER (is_sure) AS sure_levels, median(ratio) AS ratio
    FROM ratios GROUP BY ALL
), rivals AS (
    SELECT evaluation_code, count(DISTINCT s.model_name) AS n, list(DISTINCT s.model_name ORDER BY s.model_name) AS names
    FROM ratios r JOIN scored s USING (evaluation_code) WHERE s.country_code = 'USA' AND abs(s.score - chinese_score) <= 1 AND s.flop <= chinese_flop
    GROUP BY ALL
), pairs AS (
    SELECT evaluation_code, avg((c.flop < u.flop)::INTEGER) AS lower_share, count(*) AS n
    FROM scored u JOIN scored c USING (evaluation_code)
    WHERE u.country_code = 'USA' AND c.country_code = 'CHN' AND abs(u.score - c.score) <= 1 AND u.flop IS NOT NULL AND c.flop IS NOT NULL
    GROUP BY ALL
), covered AS (
    SELECT evaluation_code, until, country_code, band, count(flop) / count(*) AS covered
    FROM scored JOIN (VALUES ('125 and above', 125, 999), ('125 to 135', 125, 135), ('135 to 145', 135, 145), ('145 and above', 145, 999))
        AS bands(band, from_score, to_score) ON score >= from_score AND score < to_score
    GROUP BY ALL
), evidence AS (
    SELECT evaluation_code, 1 AS place, 'Median ratio of compute, United States over China, confident or likely estimates' AS criterion,
           'supports' AS role_code, round(sure_ratio, 4) AS value, round(low, 4) AS lower, round(high, 4) AS upper, 'ratio' AS unit,
           5.0::DOUBLE AS threshold, '>=' AS comparison_code, coalesce(sure_ratio >= 5, false) AS is_met, until AS period_end,
           (SELECT round(min(covered), 6) FROM covered c WHERE c.evaluation_code = e.evaluation_code AND band = '125 and above') AS coverage_share,
           NULL::VARCHAR[] AS names
    FROM evaluations e LEFT JOIN medians USING (evaluation_code)
    UNION ALL BY NAME
    SELECT evaluation_code, 2 AS place, 'Levels with confident or likely estimates on both sides' AS criterion, 'supports' AS role_code,
           coalesce(sure_levels, 0)::DOUBLE AS value, 'levels' AS unit, 3.0::DOUBLE AS threshold, '>=' AS comparison_code,
           coalesce(sure_levels, 0) >= 3 AS is_met, until AS period_end
    FROM evaluations LEFT JOIN medians USING (evaluation_code)
    UNION ALL BY NAME
    SELECT evaluation_code, 3 AS place, 'US models of equal score with no more compute' AS criterion, 'supports' AS role_code,
           coalesce(n, 0)::DOUBLE AS value, 'models' AS unit, 0.0::DOUBLE AS threshold, '<=' AS comparison_code, coalesce(n, 0) = 0 AS is_met,
           until AS period_end, names
    FROM evaluations LEFT JOIN rivals USING (evaluation_code)
    UNION ALL BY NAME
    SELECT evaluation_code, 4 AS place, 'Median ratio of compute, United States over China, all estimates' AS criterion, 'contradicts' AS role_code,
           round(ratio, 4) AS value, 'ratio' AS unit, 2.0::DOUBLE AS threshold, '<' AS comparison_code, ratio < 2 AS is_met, until AS period_end
    FROM evaluations LEFT JOIN medians USING (evaluation_code)
    UNION ALL BY NAME
    SELECT evaluation_code, CASE country_code WHEN 'USA' THEN 10 ELSE 20 END + row_number() OVER (PARTITION BY evaluation_code, country_code ORDER BY band <> '125 and above', band)
           AS place, 'Models of ' || country_code || ' with an estimate, score of ' || band AS criterion,
           CASE band WHEN '125 and above' THEN 'coverage' ELSE 'context' END AS role_code, round(covered, 6) AS value, 'share' AS unit,
           0.5::DOUBLE AS threshold, '>=' AS comparison_code, covered >= 0.5 AS is_met, until AS period_end
    FROM covered
    UNION ALL BY NAME
    SELECT evaluation_code, 30 + row_number() OVER (PARTITION BY evaluation_code ORDER BY level) AS place,
           'Ratio of compute at ' || level || CASE WHEN is_sure THEN '' ELSE ', one estimate speculative' END AS criterion, 'context' AS role_code,
           ratio AS value, low AS lower, high AS upper, 'ratio' AS unit, until AS period_end, names
    FROM ratios
    UNION ALL BY NAME
    SELECT evaluation_code, 40 AS place, 'Pairs within one index point in which the Chinese model took less' AS criterion, 'context' AS role_code,
           round(lower_share, 6) AS value, 'share' AS unit, until AS period_end
    FROM evaluations JOIN pairs USING (evaluation_code)
), verdicts AS (
    SELECT evaluation_code, count(value) FILTER (place = 4) AS measured, bool_and(is_met) FILTER (role_code = 'supports') AS is_large,
           count(*) FILTER (role_code = 'coverage' AND is_met) = 2 AS is_covered, coalesce(bool_or(is_met) FILTER (place = 4), false) AS is_small
    FROM evidence GROUP BY ALL
)
SELECT 'C04' AS claim_id, evaluation_code,
       CASE WHEN measured = 0 THEN 'not_measurable' WHEN is_small AND is_covered THEN 'contradicted' WHEN is_large AND is_covered THEN 'supported' ELSE 'mixed' END AS verdict_code,
       CASE WHEN measured = 0 THEN 'no level has an estimate on both sides'
            WHEN NOT is_covered THEN 'coverage fails: fewer than half of a country''s models at these scores have an estimate, so the best verdict is mixed' END AS reason,
       'estimates are missing not at random, most of all for the best closed models' AS coverage_note,
       list(e ORDER BY place) AS evidence
FROM verdicts JOIN evidence e USING (evaluation_code)
GROUP BY evaluation_code, measured, is_small, is_large, is_covered
ORDER BY ALL
