/* title: Entries added to the Entity List by country and quarter
   unit: entries
   method: entries by the quarter of their earliest dated citation and the country heading they stand under, from 2018; without a dimension, entries of the newest edition of the list; dimension editions, entries of any edition, whether they left since or not, for quarters that are followed within 100 days by a past edition bearing evidence; there an entry that came later than its citation says (a party renamed, or moved to another heading) is the continuation of another and not counted
   interval: lower is the value; upper is null without a dimension, for whoever was removed since is not counted, and the value in dimension editions
   coverage: n counts the entries behind the value; coverage_share is the part of them whose Federal Register document is in control_documents; a country without a row in a quarter has no entry known from it
   caveats: without a dimension, additions are understated (survivor bias), those of parties that were renamed keep their first day, and those in Hong Kong before December 2020 are counted under China; dimension editions needs past editions (indicators backfill) and misses whoever came and went between two of them; the day is that of publication as the list prints it, misprints included; entries without a dated citation are in no quarter; one party can have several entries */
WITH bounds AS (
    SELECT max(edition_date) AS last_day FROM entity_list_editions
), quarters AS (
    SELECT quarter_start::DATE AS period_start, (quarter_start + INTERVAL 3 MONTH - INTERVAL 1 DAY)::DATE AS period_end
    FROM bounds, generate_series(DATE '2018-01-01', last_day, INTERVAL 3 MONTH) AS steps(quarter_start)
    WHERE quarter_start + INTERVAL 3 MONTH - INTERVAL 1 DAY <= last_day
), asked AS (
    SELECT NULL::VARCHAR AS dimension, period_start, period_end FROM quarters
    UNION ALL
    SELECT 'editions' AS dimension, period_start, period_end FROM quarters SEMI JOIN entity_list_editions
    ON is_removal_evidence AND NOT is_newest AND edition_date BETWEEN period_end AND period_end + 100
), additions AS (
    SELECT NULL::VARCHAR AS dimension, address_country_code, first_listed_date, document_number FROM entity_listings WHERE is_in_force
    UNION ALL
    SELECT 'editions' AS dimension, address_country_code, first_listed_date, document_number
    FROM entity_listings WHERE in_force_from_date = first_listed_date
)
SELECT 'entity_listings_added' AS indicator_id, address_country_code AS subject_code, asked.dimension, period_start, period_end,
       count(*)::DOUBLE AS value, count(*)::DOUBLE AS lower,
       CASE WHEN asked.dimension = 'editions' THEN count(*)::DOUBLE END AS upper,
       count(*) AS n, round(count(document_number) / count(*), 6) AS coverage_share
FROM asked
JOIN additions ON additions.dimension IS NOT DISTINCT FROM asked.dimension AND first_listed_date BETWEEN period_start AND period_end
GROUP BY address_country_code, asked.dimension, period_start, period_end
ORDER BY ALL
