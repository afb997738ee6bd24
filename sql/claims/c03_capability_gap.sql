/* claim: The gap in capability between the leading US and Chinese models has all but disappeared
   indicators: capability_gap, capability_lag_months, benchmark_gap, arena_gap
   rule: four tests of closeness on the evaluation day: index gap of 3 points or less, or 90% intervals of the two leaders that overlap; gap in GPQA Diamond of 5 percentage points or less; gap on the newest Arena board of 25 points or less (an expected 54% of votes); 2 months or less from the first US model with the score of the best Chinese one to that model. Supported where at least three are met, contradicted where none is, mixed otherwise; judged once with models dated as Epoch dates them, previews included, and once by each version's own day; mixed where the two disagree
   caveats: the two ways of dating differ by four points in January 2025, for o3 was shown in December and released in April; the index is refitted at each update, and the file holds one fit; preliminary Arena ratings cannot be told apart in the file, so both ways of reporting them are one; boards change their method (style control since 2026); each test stands for the newest day of its source, and benchmark scores are months older than the rest; a test of the index that is met with a gap above 3 points is met by intervals that overlap; benchmarks fill up; one release can turn the verdict, so the months before and after stand beside it; intervals of leaders do not know that the best of many was picked
   rule_version: 1
   reads: capability_scores, benchmark_scores, arena_ratings, sources */
WITH limits AS (
    SELECT coalesce((SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_eci'), (SELECT max(release_date) FROM capability_scores)) AS eci_day,
           coalesce((SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_benchmark_hub'),
                    (SELECT max(release_date) FROM benchmark_scores)) AS hub_day,
           (SELECT max(leaderboard_date) FROM arena_ratings) AS board_day
), evaluations AS (
    SELECT 'at_publication' AS evaluation_code, DATE '2025-01-21' AS day, greatest(eci_day, hub_day, board_day) AS newest FROM limits
    UNION ALL
    SELECT 'latest', greatest(eci_day, hub_day, board_day), greatest(eci_day, hub_day, board_day) FROM limits
), points AS (
    SELECT evaluation_code, back, named, (day + step)::DATE AS day
    FROM evaluations, (VALUES (0, '', INTERVAL 0 DAY), (1, ', a month before', -INTERVAL 1 MONTH), (2, ', a month after', INTERVAL 1 MONTH),
                              (3, ', a year before', -INTERVAL 12 MONTH)) AS moments(back, named, step)
    WHERE back <> 2 OR (day + step)::DATE <= newest
), models AS (
    SELECT 'as Epoch dates them' AS dating, release_date AS released, model_name, country_code, score, score_low, score_high FROM capability_scores
    UNION ALL
    SELECT 'by each version''s own day', CASE WHEN release_date_kind_code IN ('preview', 'first_version', 'publication')
                                              THEN coalesce(version_date, release_date) ELSE release_date END,
           model_name, country_code, score, score_low, score_high
    FROM capability_scores
), known AS (
    SELECT evaluation_code, back, dating, round(count(country_code) / count(*), 6) AS coverage_share FROM points JOIN models ON released <= day GROUP BY ALL
), leaders AS (
    SELECT evaluation_code, back, named, day, dating, country_code, released, model_name, score, score_low, score_high
    FROM points JOIN models ON released <= day
    WHERE country_code IN ('USA', 'CHN')
    QUALIFY row_number() OVER (PARTITION BY evaluation_code, back, dating, country_code ORDER BY score DESC, released, model_name) = 1
), reached AS (
    SELECT c.evaluation_code, c.back, c.dating, min(m.released) AS first_day, arg_min(m.model_name, (m.released, m.model_name)) AS first_name
    FROM leaders c JOIN models m ON m.dating = c.dating AND m.country_code = 'USA' AND m.released <= c.day AND m.score >= c.score
    WHERE c.country_code = 'CHN' GROUP BY ALL
), gaps AS (
    SELECT evaluation_code, back, named, least(day, (SELECT eci_day FROM limits)) AS day, dating,
           round(u.score - c.score, 2) AS gap, round(u.score_low - c.score_high, 2) AS low, round(u.score_high - c.score_low, 2) AS high,
           u.score - c.score <= 3 OR coalesce(u.score_low <= c.score_high AND c.score_low <= u.score_high, false) AS is_close,
           [u.model_name, c.model_name] AS names, round(date_diff('day', first_day, c.released) / 30.4375, 2) AS lag,
           coalesce(date_diff('day', first_day, c.released) / 30.4375 <= 2, true) AS is_prompt,
           CASE WHEN first_name IS NULL THEN [c.model_name] ELSE [c.model_name, first_name] END AS followed, coverage_share
    FROM leaders u JOIN leaders c USING (evaluation_code, back, named, day, dating) JOIN known USING (evaluation_code, back, dating)
    LEFT JOIN reached USING (evaluation_code, back, dating)
    WHERE u.country_code = 'USA' AND c.country_code = 'CHN'
), answers AS (
    SELECT evaluation_code, back, named, least(day, (SELECT hub_day FROM limits)) AS day, country_code, score, nullif(standard_error, 0) AS se, model_version
    FROM points JOIN benchmark_scores ON release_date <= day
    WHERE benchmark_id = 'gpqa_diamond' AND country_code IN ('USA', 'CHN')
    QUALIFY row_number() OVER (PARTITION BY evaluation_code, back, country_code
                               ORDER BY score DESC, release_date, model_version, standard_error NULLS LAST) = 1
), boards AS (
    SELECT evaluation_code, back, named, leaderboard_date AS day, country_code, rating, rating_low, rating_high, model_name
    FROM points JOIN arena_ratings ON leaderboard_date <= day
    WHERE category_code = 'overall' AND country_code IN ('USA', 'CHN') AND rating IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY evaluation_code, back, country_code ORDER BY leaderboard_date DESC, rating DESC, votes DESC, model_name) = 1
), tests AS (
    SELECT evaluation_code, back, CASE dating WHEN 'as Epoch dates them' THEN 1 ELSE 3 END AS place, dating,
           'Index gap (or overlapping 90% intervals), models dated ' || dating || named AS criterion, gap AS value, low AS lower, high AS upper,
           'index points' AS unit, 3.0::DOUBLE AS threshold, is_close AS is_met, day AS period_end, names, coverage_share
    FROM gaps
    UNION ALL BY NAME
    SELECT evaluation_code, back, CASE dating WHEN 'as Epoch dates them' THEN 2 ELSE 4 END AS place, dating,
           'Lag of the best Chinese model, dated ' || dating || named AS criterion, lag AS value, 'months' AS unit, 2.0::DOUBLE AS threshold,
           is_prompt AS is_met, day AS period_end, followed AS names, coverage_share
    FROM gaps
    UNION ALL BY NAME
    SELECT evaluation_code, back, 5 AS place, 'Gap in GPQA Diamond' || named AS criterion, round(u.score - c.score, 6) AS value,
           round(u.score - c.score - 1.645 * sqrt(u.se ** 2 + c.se ** 2), 6) AS lower,
           round(u.score - c.score + 1.645 * sqrt(u.se ** 2 + c.se ** 2), 6) AS upper,
           'share' AS unit, 0.05::DOUBLE AS threshold, u.score - c.score <= 0.05 AS is_met, day AS period_end, [u.model_version, c.model_version] AS names
    FROM answers u JOIN answers c USING (evaluation_code, back, named, day) WHERE u.country_code = 'USA' AND c.country_code = 'CHN'
    UNION ALL BY NAME
    SELECT evaluation_code, back, 6 AS place, 'Gap on the newest Arena board' || named AS criterion, round(u.rating - c.rating, 2) AS value,
           round(u.rating - c.rating - sqrt((u.rating - u.rating_low) ** 2 + (c.rating_high - c.rating) ** 2), 2) AS lower,
           round(u.rating - c.rating + sqrt((u.rating_high - u.rating) ** 2 + (c.rating - c.rating_low) ** 2), 2) AS upper,
           'Arena points' AS unit, 25.0::DOUBLE AS threshold, u.rating - c.rating <= 25 AS is_met, day AS period_end, [u.model_name, c.model_name] AS names
    FROM boards u JOIN boards c USING (evaluation_code, back, named, day) WHERE u.country_code = 'USA' AND c.country_code = 'CHN'
), evidence AS (
    SELECT evaluation_code, (10 * back + place)::INTEGER AS place, criterion, CASE back WHEN 0 THEN 'supports' ELSE 'context' END AS role_code,
           value, lower, upper, unit, threshold, '<=' AS comparison_code, is_met, period_end, names, coverage_share
    FROM tests
), datings AS (
    SELECT evaluation_code, named.dating, count(*) AS measured, count(*) FILTER (is_met) AS met,
           CASE WHEN count(*) FILTER (is_met) >= 3 THEN 'supported' WHEN count(*) FILTER (is_met) = 0 AND count(*) = 4 THEN 'contradicted'
                ELSE 'mixed' END AS verdict_code
    FROM tests JOIN (VALUES ('as Epoch dates them'), ('by each version''s own day')) AS named(dating) ON coalesce(tests.dating, named.dating) = named.dating
    WHERE back = 0 GROUP BY ALL
), verdicts AS (
    SELECT evaluation_code, CASE WHEN count(DISTINCT verdict_code) = 1 THEN any_value(verdict_code) ELSE 'mixed' END AS verdict_code,
           string_agg(met || ' of ' || measured || ' tests are met, models dated ' || dating, '; ' ORDER BY dating) AS counted
    FROM datings GROUP BY ALL
)
SELECT 'C03' AS claim_id, codes.evaluation_code, coalesce(verdict_code, 'not_measurable') AS verdict_code,
       CASE WHEN verdict_code IS NULL THEN 'no models of both countries are scored' END AS reason,
       counted AS coverage_note, list(e ORDER BY place) FILTER (place IS NOT NULL) AS evidence
FROM (VALUES ('at_publication'), ('latest')) AS codes(evaluation_code) LEFT JOIN verdicts USING (evaluation_code) LEFT JOIN evidence e USING (evaluation_code)
GROUP BY codes.evaluation_code, verdict_code, counted
ORDER BY ALL
