/* title: Where Taiwan's integrated circuits go
   unit: share
   method: Taiwan's exports of HS 8542 (re-exports among them) to the second country of the subject over all of them, in US dollars, as Taiwan's Customs counts them; TWN-CHN+HKG is China and Hong Kong together, since much of what goes to Hong Kong goes on to China; a year that is not over has the months up to the period's end
   interval: none
   coverage: n counts the destinations of the year; coverage_share is the part of the exports with a named destination
   caveats: own shares; the destination is the first one, so what Hong Kong, Singapore or Malaysia send on, or build into devices for others, counts there; sent for packaging and coming back counts as well; exports to the United States understate its dependence, for most chips of its firms are built into devices in Asia; the last year is partial and preliminary (January to July 2025) */
WITH destinations AS (
    SELECT year, period_end, 'TWN-' || country_code AS subject_code, export_share, counterpart_count, coverage_share
    FROM semiconductor_trade
    WHERE flow_code = 'taiwan_exports'
    UNION ALL
    SELECT year, period_end, 'TWN-CHN+HKG', CASE WHEN count(export_share) = 2 THEN sum(export_share) END, any_value(counterpart_count),
           any_value(coverage_share)
    FROM semiconductor_trade
    WHERE flow_code = 'taiwan_exports' AND country_code IN ('CHN', 'HKG')
    GROUP BY ALL
)
SELECT 'taiwan_ic_destination_share' AS indicator_id, subject_code, NULL::VARCHAR AS dimension,
       make_date(year, 1, 1) AS period_start, period_end,
       round(export_share, 6) AS value, NULL::DOUBLE AS lower, NULL::DOUBLE AS upper,
       counterpart_count::BIGINT AS n, coverage_share
FROM destinations
ORDER BY ALL
