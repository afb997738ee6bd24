/* title: Who makes the new accelerators a country designs
   unit: share
   method: among data-centre accelerators designed in the subject country and released in a year, the part whose dies the foundry of the dimension makes, of those whose foundry is stated; a chip of two foundries counts half for each; calendar years that ended before the table was read; every foundry that the country's designers have used has a row for every year in which they released an accelerator
   interval: lower counts no chip of unstated foundry for the foundry, upper counts them all
   coverage: n counts the accelerators designed in the country and released in the year; coverage_share is the part of them whose foundry is stated; value is null where none is
   caveats: each product of the table counts one, whatever the number made; many are variants of one die; chips without a day of release are left out, and with them most variants of the Ascend 910B, all SMIC's; the foundries of Chinese chips are mostly unstated (before 2022 all of them), so read the interval; a foundry's country is where its firm sits (TSMC Taiwan, SMIC China, Samsung Korea, Intel United States), not where the plant stands */
WITH bounds AS (
    SELECT coalesce((SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_ml_hardware'), max(release_date)) AS last_day FROM accelerators
), chips AS (
    SELECT accelerator_id, designer_country_code AS subject_code, year(release_date) AS release_year, foundry_names
    FROM accelerators, bounds
    WHERE is_datacenter_marketed AND NOT is_implausible AND make_date(year(release_date), 12, 31) <= last_day
), years AS (
    SELECT subject_code, release_year, count(*) AS n, count(foundry_names) AS stated FROM chips GROUP BY ALL
), parts AS (
    SELECT subject_code, release_year, unnest(foundry_names) AS dimension, 1 / len(foundry_names) AS part FROM chips
), made AS (
    SELECT subject_code, release_year, dimension, sum(part) AS parts FROM parts GROUP BY ALL
), used AS (
    SELECT DISTINCT subject_code, dimension FROM parts
)
SELECT 'foundry_share' AS indicator_id, subject_code, dimension,
       make_date(release_year, 1, 1) AS period_start, make_date(release_year, 12, 31) AS period_end,
       round(CASE WHEN stated > 0 THEN coalesce(parts, 0) / stated END, 6) AS value,
       round(coalesce(parts, 0) / n, 6) AS lower,
       round((coalesce(parts, 0) + n - stated) / n, 6) AS upper,
       n, round(stated / n, 6) AS coverage_share
FROM years JOIN used USING (subject_code) LEFT JOIN made USING (subject_code, release_year, dimension)
ORDER BY ALL
