/* title: Share of people who use AI
   unit: share
   method: part of people aged 15 to 64 who used AI in a wave (half a year, then quarters), as Microsoft estimates it; by economy (dimension null), and by group of economies as the mean over those with a figure: unweighted, or population_weighted by newest total population; subject codes of groups are those of country_groups: ADV advanced economies (IMF, October 2024), EMD all others, HIC, UMC, LMC, LIC income groups (World Bank, July 2025), ENG advanced economies that speak English, WLD all
   interval: of a group, the lowest and highest of the economies behind its mean; of an economy none, for the source gives none
   coverage: n counts the economies behind the figure; coverage_share of a group is the part of its newest population that lives in them, null for an economy
   caveats: a model's estimate from one firm's telemetry, in which use through other firms' tools is inferred; economies that share one regional estimate (ai_diffusion.same_figures_count) count once each in unweighted means; Taiwan has no population in the World Bank's series, so weighted means leave it out; Hong Kong and Macao are unknown; weights are people of all ages; use is no displacement of jobs */
WITH figures AS (
    SELECT country_code, period_start, period_end, ai_user_share AS share FROM ai_diffusion WHERE ai_user_share IS NOT NULL
), members AS (
    SELECT group_code, country_code, population, sum(population) OVER (PARTITION BY group_code) AS group_population
    FROM country_groups JOIN countries USING (country_code)
), grouped AS (
    SELECT group_code, period_start, period_end, weighting, avg(share) AS plain, sum(share * population) / sum(population) AS weighted,
           min(share) AS lower, max(share) AS upper, count(*) AS n, sum(population) / any_value(group_population) AS coverage_share
    FROM figures JOIN members USING (country_code), (VALUES ('unweighted'), ('population_weighted')) AS kinds(weighting)
    WHERE weighting = 'unweighted' OR population IS NOT NULL
    GROUP BY ALL
)
SELECT 'ai_adoption' AS indicator_id, country_code AS subject_code, NULL::VARCHAR AS dimension, period_start, period_end,
       share AS value, NULL::DOUBLE AS lower, NULL::DOUBLE AS upper, 1::BIGINT AS n, NULL::DOUBLE AS coverage_share
FROM figures
UNION ALL
SELECT 'ai_adoption', group_code, weighting, period_start, period_end,
       round(CASE weighting WHEN 'unweighted' THEN plain ELSE weighted END, 6), lower, upper, n, round(coverage_share, 6)
FROM grouped
ORDER BY ALL
