/* title: Trust in AI systems
   unit: share
   method: part of those who answered that are very or somewhat confident in AI systems (confident), or not very or not at all (not_confident), by country and, as means over the countries asked, by group: unweighted, or population_weighted by newest total population; dimension names the question (trust: question 18 of UNDP's survey; confidence: question 19), the side and, for groups, the weights; subject codes of groups are those of country_groups: ADV advanced economies (IMF, October 2024), EMD all others, HIC, UMC, LMC, LIC income groups (World Bank, July 2025), ENG advanced economies that speak English, WLD all
   interval: of a group, the lowest and highest of the countries behind its mean; of a country none, for neither sample sizes nor intervals are published
   coverage: n counts the countries behind the figure; coverage_share of a group is the part of its newest population that lives in them, null for a country
   caveats: who does not know is left out, so the two sides sum to 1; the file prints labels of its questions and no wording; confident and optimistic are different questions; one survey of 21 countries, few of them advanced; the days of its fieldwork are not in the file; large countries dominate weighted means, and the list of countries moves every mean by several points; no rows while the terms of the source are unconfirmed */
WITH views AS (
    FROM (VALUES ('trust', 'very_confident', 'confident'), ('trust', 'somewhat_confident', 'confident'),
                 ('trust', 'not_very_confident', 'not_confident'), ('trust', 'not_at_all_confident', 'not_confident'),
                 ('confidence', 'very_confident', 'confident'), ('confidence', 'somewhat_confident', 'confident'),
                 ('confidence', 'not_very_confident', 'not_confident'), ('confidence', 'not_at_all_confident', 'not_confident'))
        AS named(question_code, answer_code, view)
), figures AS (
    SELECT country_code, question_code || ' ' || view AS measure, fieldwork_start AS period_start, fieldwork_end AS period_end,
           round(sum(answer_share), 6) AS share
    FROM public_opinion JOIN views USING (question_code, answer_code)
    GROUP BY ALL
), members AS (
    SELECT group_code, country_code, population, sum(population) OVER (PARTITION BY group_code) AS group_population
    FROM country_groups JOIN countries USING (country_code)
), grouped AS (
    SELECT group_code, measure, period_start, period_end, weighting, avg(share) AS plain,
           sum(share * population) / sum(population) AS weighted, min(share) AS lower, max(share) AS upper, count(*) AS n,
           sum(population) / any_value(group_population) AS coverage_share
    FROM figures JOIN members USING (country_code), (VALUES ('unweighted'), ('population_weighted')) AS kinds(weighting)
    WHERE weighting = 'unweighted' OR population IS NOT NULL
    GROUP BY ALL
)
SELECT 'ai_trust_share' AS indicator_id, country_code AS subject_code, measure AS dimension, period_start, period_end,
       share AS value, NULL::DOUBLE AS lower, NULL::DOUBLE AS upper, 1::BIGINT AS n, NULL::DOUBLE AS coverage_share
FROM figures
UNION ALL
SELECT 'ai_trust_share', group_code, measure || ' ' || weighting, period_start, period_end,
       round(CASE weighting WHEN 'unweighted' THEN plain ELSE weighted END, 6), lower, upper, n, round(coverage_share, 6)
FROM grouped
ORDER BY ALL
