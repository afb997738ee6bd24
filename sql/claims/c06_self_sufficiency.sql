/* claim: China answers with self-sufficiency and technology of its own
   indicators: foundry_share, domestic_frontier_ratio, ic_export_share, domestic_hardware_share
   rule: five movements from 2021 to the latest complete year with a figure: SMIC's share of new Chinese-designed accelerators; the best Chinese-designed accelerator over the best US one, in performance and in memory bandwidth, both of which must move; China's share of the reported world's exports of integrated circuits; the share of Chinese models that were trained on Chinese hardware, among those that name hardware; China's share of the supply chain's inputs. Supported where three or more move toward China; contradicted where no more than one does, counting those without a figure as if they did; mixed otherwise. Coverage: 60% of new Chinese-designed accelerators with a stated foundry and of Chinese models with named hardware, in both years; where it fails, the best verdict is mixed and the other is not given
   caveats: how movements without a figure count, and that failing coverage bars either verdict, is our reading of the fixed rule, chosen with the data in view: taken by the letter, at most one known movement is contradicted, then and now; shares of the supply chain come from a source that may not be republished, so one of the five is never known here; the foundry of no Chinese-designed accelerator of 2021 is stated, and the best of them, against which performance has fallen, is one chip rated in INT8; announced chips without a day of release are left out; exports of 2024 lack Taiwan and Singapore and are null; assembly in China counts as its export; hardware is recognised by the designer's or the product line's name
   rule_version: 1
   reads: indicator_values */
WITH evaluations AS (
    FROM (VALUES ('at_publication', DATE '2025-01-21'), ('latest', DATE '9999-12-31')) AS evaluations(evaluation_code, until)
), named AS (
    FROM (VALUES (1, 'foundry_share', 'CHN', 'SMIC', 'SMIC''s share of new Chinese-designed accelerators', 'share'),
                 (2, 'domestic_frontier_ratio', 'CHN-USA', 'total_processing_performance', 'Best Chinese-designed accelerator over the best US one, performance', 'ratio'),
                 (3, 'domestic_frontier_ratio', 'CHN-USA', 'memory_bandwidth', 'Best Chinese-designed accelerator over the best US one, memory bandwidth', 'ratio'),
                 (4, 'ic_export_share', 'CHN', 'reported', 'China''s share of the reported world''s exports of integrated circuits', 'share'),
                 (5, 'domestic_hardware_share', 'CHN', NULL, 'Chinese models trained on Chinese hardware, of those naming hardware', 'share'),
                 (6, NULL, NULL, NULL, 'China''s share of the supply chain''s inputs (the source may not be republished)', 'share'))
        AS named(place, indicator_id, subject_code, dimension, criterion, unit)
), figures AS (
    SELECT evaluation_code, place, period_end, value, coverage_share
    FROM evaluations JOIN indicator_values v ON period_end <= until
    JOIN named n ON v.indicator_id = n.indicator_id AND v.subject_code = n.subject_code AND v.dimension IS NOT DISTINCT FROM n.dimension
    WHERE month(period_end) = 12
), moves AS (
    SELECT evaluation_code, n.place, criterion, unit,
           max(value) FILTER (period_end = DATE '2021-12-31') AS first_value, max(coverage_share) FILTER (period_end = DATE '2021-12-31') AS first_coverage,
           arg_max(value, period_end) FILTER (period_end > DATE '2021-12-31' AND value IS NOT NULL) AS last_value,
           arg_max(coverage_share, period_end) FILTER (period_end > DATE '2021-12-31' AND value IS NOT NULL) AS last_coverage,
           max(period_end) FILTER (period_end > DATE '2021-12-31' AND value IS NOT NULL) AS period_end
    FROM evaluations CROSS JOIN named n LEFT JOIN figures f USING (evaluation_code, place) GROUP BY ALL
), evidence AS (
    SELECT evaluation_code, place::INTEGER AS place, criterion || ', since 2021' AS criterion, 'supports' AS role_code,
           last_value AS value, NULL::DOUBLE AS lower, NULL::DOUBLE AS upper, unit, first_value AS threshold, '>' AS comparison_code,
           last_value > first_value AS is_met, period_end, least(first_coverage, last_coverage) AS coverage_share
    FROM moves
    UNION ALL BY NAME
    SELECT evaluation_code, (10 + place)::INTEGER AS place,
           CASE place WHEN 1 THEN 'New Chinese-designed accelerators with a stated foundry, the lower of both years'
                ELSE 'Chinese models with named hardware, the lower of both years' END AS criterion, 'coverage' AS role_code,
           coalesce(least(coalesce(first_coverage, 0), last_coverage), 0) AS value, 'share' AS unit, 0.6::DOUBLE AS threshold, '>=' AS comparison_code,
           coalesce(first_coverage >= 0.6 AND last_coverage >= 0.6, false) AS is_met, period_end
    FROM moves WHERE place IN (1, 5)
), items AS (
    SELECT evaluation_code, CASE place WHEN 3 THEN 2 ELSE place END AS item,
           CASE WHEN count(is_met) = count(*) THEN bool_and(is_met) WHEN bool_or(NOT is_met) THEN false END AS is_moved
    FROM evidence WHERE role_code = 'supports' GROUP BY ALL
), verdicts AS (
    SELECT evaluation_code, count(is_moved) AS measured, count(*) FILTER (is_moved) AS moved, count(*) FILTER (is_moved IS NULL) AS unknown,
           (SELECT bool_and(is_met) FROM evidence e WHERE e.evaluation_code = i.evaluation_code AND role_code = 'coverage') AS is_covered
    FROM items i GROUP BY ALL
), shown AS (
    FROM (SELECT * REPLACE (place + 1 AS place) FROM evidence)
    UNION ALL BY NAME
    SELECT evaluation_code, 1 AS place, 'Movements toward China since 2021, of five' AS criterion, 'supports' AS role_code, moved::DOUBLE AS value,
           moved::DOUBLE AS lower, (moved + unknown)::DOUBLE AS upper, 'movements' AS unit, 3.0::DOUBLE AS threshold, '>=' AS comparison_code, moved >= 3 AS is_met,
           (SELECT max(period_end) FROM evidence e WHERE e.evaluation_code = v.evaluation_code) AS period_end, (SELECT min(value) FROM evidence e WHERE e.evaluation_code = v.evaluation_code AND role_code = 'coverage') AS coverage_share
    FROM verdicts v
)
SELECT 'C06' AS claim_id, evaluation_code,
       CASE WHEN measured = 0 THEN 'not_measurable' WHEN moved >= 3 AND is_covered THEN 'supported'
            WHEN moved + unknown <= 1 AND is_covered THEN 'contradicted' ELSE 'mixed' END AS verdict_code,
       CASE WHEN measured = 0 THEN 'no movement since 2021 is known'
            WHEN NOT is_covered THEN 'coverage fails: too few foundries or hardware are stated in 2021 or now, so the best verdict is mixed' END AS reason,
       moved || ' of ' || measured || ' known movements are toward China; ' || unknown || ' of 5 are not known' AS coverage_note,
       list(e ORDER BY place) AS evidence
FROM verdicts JOIN shown e USING (evaluation_code)
GROUP BY evaluation_code, measured, moved, unknown, is_covered
ORDER BY ALL
