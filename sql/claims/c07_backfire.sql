/* claim: The controls therefore backfire
   indicators: entity_listings_in_force, export_ceiling_ratio, foundry_share, domestic_frontier_ratio, ic_export_share, licence_required_share, domestic_hardware_share
   rule: none, for a cause cannot be read from series; the series of C05 and C06 are published on one axis beside the days of five rules (7 October 2022, 17 October 2023, 2 December 2024, 13 January 2025, 15 January 2026), monthly series as they stood at the end of the month after the day of the rule, so that a rule that applied a month later, as that of 17 October 2023, is in them; annual series in the year of the rule
   caveats: what happens after a rule need not come from it; figures at the end of the month after a rule hold whatever else fell between, another rule or a release among it (that of 13 January 2025 lies between the rule of 2 December 2024 and its figures), and where that end lies after the text there are none then; annual figures take in months before the rule, nearly all of them for one of December; anticipation, stockpiling and smuggling confound any reading of before and after
   rule_version: 1
   reads: indicator_values */
WITH evaluations AS (
    FROM (VALUES ('at_publication', DATE '2025-01-21'), ('latest', DATE '9999-12-31')) AS evaluations(evaluation_code, until)
), rules AS (
    FROM (VALUES (1, DATE '2022-10-07'), (2, DATE '2023-10-17'), (3, DATE '2024-12-02'), (4, DATE '2025-01-13'), (5, DATE '2026-01-15')) AS rules(place, day)
), series AS (
    FROM (VALUES (1, 'entity_listings_in_force', 'CHN', NULL, false, 'Chinese entries in force', 'entries'),
                 (2, 'domestic_frontier_ratio', 'CHN-USA', 'total_processing_performance', false, 'Best Chinese-designed accelerator over the best US one, performance', 'ratio'),
                 (3, 'domestic_frontier_ratio', 'CHN-USA', 'memory_bandwidth', false, 'Best Chinese-designed accelerator over the best US one, memory bandwidth', 'ratio'),
                 (4, 'export_ceiling_ratio', 'CHN', 'enforced', false, 'Best accelerator that needs no licence for China over the best anywhere', 'share'),
                 (5, 'foundry_share', 'CHN', 'SMIC', true, 'SMIC''s share of new Chinese-designed accelerators, that year', 'share'),
                 (6, 'ic_export_share', 'CHN', 'reported', true, 'China''s share of exports of integrated circuits, that year', 'share'),
                 (7, 'licence_required_share', 'CHN', NULL, false, 'Accelerators that need a licence for China', 'share'),
                 (8, 'domestic_hardware_share', 'CHN', NULL, true, 'Chinese models trained on Chinese hardware, of those naming hardware, that year', 'share'))
        AS series(place, indicator_id, subject_code, dimension, is_annual, named, unit)
), evidence AS (
    SELECT evaluation_code, (10 * r.place + s.place)::INTEGER AS place, named || ', rule of ' || day AS criterion, 'context' AS role_code,
           value, lower, upper, unit, period_end, coverage_share
    FROM evaluations JOIN rules r ON day <= until CROSS JOIN series s
    JOIN indicator_values v ON v.indicator_id = s.indicator_id AND v.subject_code = s.subject_code AND v.dimension IS NOT DISTINCT FROM s.dimension
         AND CASE WHEN is_annual THEN day ELSE last_day(day + INTERVAL 1 MONTH) END BETWEEN v.period_start AND v.period_end
    WHERE value IS NOT NULL AND v.period_end <= until
)
SELECT 'C07' AS claim_id, evaluation_code, 'not_measurable' AS verdict_code,
       'a cause: no series says what the controls brought about; the series stand beside the days of the rules' AS reason,
       NULL::VARCHAR AS coverage_note, list(e ORDER BY place) FILTER (place IS NOT NULL) AS evidence
FROM evaluations LEFT JOIN evidence e USING (evaluation_code)
GROUP BY evaluation_code
ORDER BY ALL
