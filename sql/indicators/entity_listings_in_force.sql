/* title: Entity List entries in force by country
   unit: entries
   method: entries in force on each month's end, by the country heading they stand under, from January 2018; without a dimension, entries of the newest edition of the list that were first listed by then; dimension editions, entries of any edition, each from in_force_from_date until the first edition without it, for months that lie between two editions bearing evidence at most 100 days apart, or end on the day of one
   interval: without a dimension, lower is the value and upper is null, for whoever was removed since is not counted; in dimension editions, lower counts an entry that left only until the last edition that holds it, for it left somewhere between the two, and upper is the value
   coverage: n counts the entries behind the value; coverage_share is the part of the country's entries that carry a dated citation
   caveats: without a dimension, earlier months are understated (survivor bias), and parties in Hong Kong, which stand under China since December 2020, are counted there throughout; dimension editions needs past editions (indicators backfill) and misses whoever came and went between two of them; a party that is renamed, or moves to another heading, leaves as one entry and comes as another with the first edition that holds it; one party can have several entries */
WITH bounds AS (
    SELECT max(edition_date) AS last_day FROM entity_list_editions
), evidence AS (
    SELECT edition_date, is_newest, lead(edition_date) OVER (ORDER BY edition_date) AS next_date FROM entity_list_editions WHERE is_removal_evidence
), months AS (
    SELECT month_start::DATE AS period_start, last_day(month_start)::DATE AS period_end
    FROM bounds, generate_series(DATE '2018-01-01', last_day, INTERVAL 1 MONTH) AS steps(month_start)
    WHERE last_day(month_start) <= last_day
), asked AS (
    SELECT NULL::VARCHAR AS dimension, period_start, period_end FROM months
    UNION ALL
    SELECT 'editions' AS dimension, period_start, period_end FROM months SEMI JOIN evidence
    ON (period_end = edition_date AND NOT is_newest) OR (period_end BETWEEN edition_date AND next_date AND next_date - edition_date <= 100)
), stays AS (
    SELECT NULL::VARCHAR AS dimension, address_country_code, first_listed_date, first_listed_date AS from_date,
           DATE 'infinity' AS gone_date, DATE 'infinity' AS last_date
    FROM entity_listings WHERE is_in_force
    UNION ALL
    SELECT 'editions' AS dimension, address_country_code, first_listed_date, coalesce(in_force_from_date, last_day) AS from_date,
           if(is_in_force, DATE 'infinity', coalesce(removed_by_date, last_day)) AS gone_date,
           if(is_in_force, DATE 'infinity', last_edition_date) AS last_date
    FROM entity_listings, bounds
), dated AS (
    SELECT dimension, address_country_code, count(first_listed_date) / count(*) AS coverage_share FROM stays GROUP BY ALL
)
SELECT 'entity_listings_in_force' AS indicator_id, stays.address_country_code AS subject_code, asked.dimension, period_start, period_end,
       count(*)::DOUBLE AS value,
       count(*) FILTER (period_end <= last_date)::DOUBLE AS lower,
       CASE WHEN asked.dimension = 'editions' THEN count(*)::DOUBLE END AS upper,
       count(*) AS n, round(any_value(coverage_share), 6) AS coverage_share
FROM asked
JOIN stays ON stays.dimension IS NOT DISTINCT FROM asked.dimension AND from_date <= period_end AND period_end < gone_date
JOIN dated ON dated.dimension IS NOT DISTINCT FROM asked.dimension AND dated.address_country_code = stays.address_country_code
GROUP BY stays.address_country_code, asked.dimension, period_start, period_end
ORDER BY ALL
