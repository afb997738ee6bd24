/* title: Share of listed supercomputing by country
   unit: share
   method: by the country they stand in, the systems on a TOP500 list over its 500 (dimension systems), and their LINPACK performance over the list's (dimension rmax); the period is the month of the list, June and November from 1993 to 2018; a country without a row has no system on that list, and one with a single system has no figure of its performance, which would be that system's
   interval: none; a list names every one of its systems' countries
   coverage: n counts the country's systems on the list; coverage_share is the part of the list with a country, which is all of it; what is on no list is unknown
   caveats: ends in November 2018 and must not be prolonged as it is, since from about 2020 China hardly submits systems and its share, and with it everybody's, is biased; a list holds who ran and submitted one benchmark, so clouds, secret and many commercial systems are missing, an owner can list many systems that are alike, so counts and performance tell different stories; one benchmark in double precision says little of computing for AI; Hong Kong and Taiwan are apart from China; own aggregates over lists whose rows are not released */
WITH shares AS (
    SELECT list_month, country_code, system_count, unnest(['systems', 'rmax']) AS dimension, unnest([system_share, rmax_share]) AS value
    FROM supercomputer_shares
)
SELECT 'supercomputing_share' AS indicator_id, country_code AS subject_code, dimension,
       list_month AS period_start, last_day(list_month) AS period_end,
       round(value, 6) AS value, NULL::DOUBLE AS lower, NULL::DOUBLE AS upper,
       system_count::BIGINT AS n, 1.0::DOUBLE AS coverage_share
FROM shares
ORDER BY ALL
