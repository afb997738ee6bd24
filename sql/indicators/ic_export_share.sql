/* title: Share of the world's exports of integrated circuits
   unit: share
   method: exports of HS 8542 as the country reports them to UN Comtrade over those of all reporters of the year, in current US dollars, for the nine largest exporters; Taiwan is reporter 490 (Other Asia, nes); dimension reported takes every reporter, without_hong_kong leaves Hong Kong, whose exports are re-exports, out of the total
   interval: none
   coverage: n counts the reporters of the year; coverage_share is what these reporters exported of the last complete year (of the first year: of the next one); value is null for everybody in a year in which one of the nine does not report, as Taiwan and Singapore in 2024
   caveats: a share of value says nothing of how advanced a chip is; a chip counts where it is shipped from, so testing and packaging elsewhere move it and goods shipped twice count twice: Hong Kong's re-exports are a fifth of the total and a part of Singapore's are such, too; exports after assembly in a foreign firm's Chinese plant count as China's; own shares, for the values may not be passed on */
WITH shares AS (
    SELECT year, country_code, period_end, counterpart_count, coverage_share,
           unnest(['reported', 'without_hong_kong']) AS dimension, unnest([export_share, export_share_without_hkg]) AS value
    FROM semiconductor_trade
    WHERE flow_code = 'world_exports'
)
SELECT 'ic_export_share' AS indicator_id, country_code AS subject_code, dimension,
       make_date(year, 1, 1) AS period_start, period_end,
       round(value, 6) AS value, NULL::DOUBLE AS lower, NULL::DOUBLE AS upper,
       counterpart_count::BIGINT AS n, coverage_share
FROM shares
WHERE country_code <> 'HKG' OR dimension = 'reported'
ORDER BY ALL
