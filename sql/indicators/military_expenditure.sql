/* title: Military expenditure
   unit: US dollars, current
   method: military expenditure at current prices and market exchange rates; United States, China, and the world as the source states it (WLD), by calendar year
   interval: none; the source gives none, although its figure for China is an estimate
   coverage: n counts the countries with a figure in the year; coverage_share of the world is the sum of its countries' figures in dollars over its own (1 at most), of a country 1; no row where nothing is stated, and none before the source was fetched
   caveats: figures of SIPRI as the World Bank publishes them, at current prices and rates: growth holds inflation and exchange rates; definitions of what is military differ between countries; Taiwan is not in the source; the world is never summed here; budgets do not say what they might have bought instead */
WITH world AS (
    SELECT year, count(expenditure_usd) FILTER (economy_code <> 'WLD') AS n,
           least(1, sum(expenditure_usd) FILTER (economy_code <> 'WLD') / any_value(expenditure_usd) FILTER (economy_code = 'WLD')) AS covered
    FROM military_expenditure GROUP BY year
)
SELECT 'military_expenditure' AS indicator_id, economy_code AS subject_code, NULL::VARCHAR AS dimension,
       make_date(year, 1, 1) AS period_start, make_date(year, 12, 31) AS period_end,
       expenditure_usd AS value, NULL::DOUBLE AS lower, NULL::DOUBLE AS upper, n,
       CASE economy_code WHEN 'WLD' THEN round(covered, 6) ELSE 1.0 END AS coverage_share
FROM military_expenditure JOIN world USING (year)
WHERE economy_code IN ('USA', 'CHN', 'WLD') AND expenditure_usd IS NOT NULL
ORDER BY ALL
