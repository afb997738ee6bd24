/* title: Entity List entries in force by country
   unit: entries
   method: entries of the list as read for this release that were first listed up to each month's end, by the country heading they stand under, from January 2018
   interval: none; the list is a legal text
   coverage: n counts the entries behind the value; coverage_share is the part of the country's entries that carry a dated citation
   caveats: entries removed before the list was read are not in it, so earlier months are understated (survivor bias); parties in Hong Kong stand under China since December 2020 and are counted there throughout; one party can have several entries */
WITH bounds AS (
    SELECT coalesce((SELECT max(as_of_date) FROM sources WHERE source_id = 'ecfr_entity_list'), max(first_listed_date)) AS last_day
    FROM entity_listings
), months AS (
    SELECT month_start::DATE AS period_start, last_day(month_start)::DATE AS period_end
    FROM bounds, generate_series(DATE '2018-01-01', last_day, INTERVAL 1 MONTH) AS steps(month_start)
    WHERE last_day(month_start) <= last_day
), dated AS (
    SELECT address_country_code, count(first_listed_date) / count(*) AS coverage_share FROM entity_listings GROUP BY ALL
)
SELECT 'entity_listings_in_force' AS indicator_id, address_country_code AS subject_code, NULL::VARCHAR AS dimension, period_start, period_end,
       count(*)::DOUBLE AS value, NULL::DOUBLE AS lower, NULL::DOUBLE AS upper, count(*) AS n, round(any_value(coverage_share), 6) AS coverage_share
FROM months JOIN entity_listings ON first_listed_date <= period_end JOIN dated USING (address_country_code)
GROUP BY ALL
ORDER BY ALL
