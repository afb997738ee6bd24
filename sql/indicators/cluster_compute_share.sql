/* title: Share of known AI computing by country
   unit: share
   method: NVIDIA H100 equivalents of existing clusters of Epoch AI's standard analysis that had begun by each month's end, by the country they stand in, over those of all such clusters; a phase counts until the first day of the phase that takes it in; clusters without a stated country stay in the denominator, so the shares lack their part to one; from January 2019 to the month of the newest cluster
   interval: worst cases and no confidence interval; lower: none of the country's clusters counts unless confirmed, all others do; upper: all of the country's count, as do all without a country as if they were its own, and of the others only the confirmed ones
   coverage: n counts the country's clusters with a figure; coverage_share is the part of all such clusters with a country and a figure, where those without a first day, which enter no month, count as unknown
   caveats: the list holds perhaps 10 to 20 % of the world's AI computing, so these are shares of what is known and no totals; most Chinese clusters are nameless and what is kept secret is missing everywhere; announced clusters are left out, being sixty times the existing ones, undated and partly rumours; clusters that were shut down are not in the standard analysis, so earlier years lack them (Titan and Summit in the United States); Hong Kong is apart from China; countries whose clusters have no figure have no rows */
WITH standard AS (
    SELECT c.country_code, c.certainty_code = 'confirmed' AS is_confirmed, c.h100_equivalents AS h100,
           c.first_operational_date AS since, s.first_operational_date AS until
    FROM compute_clusters c
    LEFT JOIN compute_clusters s ON c.superseded_by_id = s.cluster_id AND s.is_in_standard_analysis AND s.status_code = 'existing'
    WHERE c.is_in_standard_analysis AND c.status_code = 'existing'
), bounds AS (
    SELECT least(last_day(max(since)), (SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_gpu_clusters')) AS final_day,
           count(*) FILTER (since IS NULL) AS undated
    FROM standard
), months AS (
    SELECT month_start::DATE AS period_start, last_day(month_start)::DATE AS period_end, undated
    FROM bounds, generate_series(DATE '2019-01-01', final_day, INTERVAL 1 MONTH) AS steps(month_start)
    WHERE last_day(month_start) <= final_day
), running AS (
    SELECT * FROM months JOIN standard ON since <= period_end AND (until IS NULL OR until > period_end)
), world AS (
    SELECT period_end, sum(h100) AS h100, coalesce(sum(h100) FILTER (is_confirmed AND country_code IS NOT NULL), 0) AS confirmed,
           coalesce(sum(h100) FILTER (country_code IS NULL), 0) AS nowhere,
           count(h100) FILTER (country_code IS NOT NULL) / (count(*) + any_value(undated)) AS coverage_share
    FROM running
    GROUP BY period_end
), country AS (
    SELECT country_code, period_start, period_end, sum(h100) AS h100, coalesce(sum(h100) FILTER (is_confirmed), 0) AS confirmed, count(h100) AS n
    FROM running
    WHERE country_code IS NOT NULL
    GROUP BY ALL
    HAVING count(h100) > 0
)
SELECT 'cluster_compute_share' AS indicator_id, country_code AS subject_code, 'existing' AS dimension, period_start, period_end,
       round(c.h100 / w.h100, 6) AS value,
       round(c.confirmed / (w.h100 - c.h100 + c.confirmed), 6) AS lower,
       round((c.h100 + w.nowhere) / (c.h100 + w.nowhere + w.confirmed - c.confirmed), 6) AS upper,
       n, round(coverage_share, 6) AS coverage_share
FROM country c JOIN world w USING (period_end)
ORDER BY ALL
