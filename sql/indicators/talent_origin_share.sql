/* title: Origins of AI researchers, by country of the undergraduate degree
   unit: share
   method: published shares of MacroPolo's Global AI Talent Tracker: authors of a random sample of NeurIPS papers by the country of their undergraduate degree; dimension is the tier: top_20 (accepted papers), elite_2_percent (orals, 2022 only); shares of a part of a tier name it
   interval: 95%, binomial, as if authors were drawn one by one; they cluster in papers and the design effect was never published, so the interval is a lower bound of the uncertainty; where pages differ on a figure there is no value, and the bounds hold all of them
   coverage: n is the number of authors in the sample; coverage_share is the part of the accepted papers that was sampled, null where either number is not known; figures of an unknown sample (the elite of 2019, authors at US institutions) stand in talent_origins only
   caveats: origin is an undergraduate degree, neither birth nor citizenship, and never an affiliation (talent_work_share); two years, and no trend follows from them; the elite tiers of the two editions are not comparable; shares are printed in whole per cent; regions have no country code and are left out, so shares do not add up to one; the study has ended */
WITH papers AS (
    SELECT edition, cohort_year, max(count) FILTER (stage_code = 'sample_papers' AND tier_code = 'top_20')
           / max(count) FILTER (stage_code = 'accepted_papers' AND tier_code = 'all_accepted') AS sampled_share
    FROM talent_origins WHERE study_code = 'macropolo' GROUP BY ALL
), figures AS (
    SELECT *, tier_code || CASE population_code WHEN 'all' THEN '' ELSE ' ' || population_code END AS dimension
    FROM talent_origins
    WHERE study_code = 'macropolo' AND stage_code = 'undergraduate' AND country_code IS NOT NULL AND sample_size IS NOT NULL
)
SELECT 'talent_origin_share' AS indicator_id, country_code AS subject_code, dimension,
       make_date(cohort_year, 1, 1) AS period_start, make_date(cohort_year, 12, 31) AS period_end,
       CASE WHEN count(*) = 1 THEN any_value(share) END AS value,
       round(greatest(min(share - half_width), 0), 6) AS lower,
       round(least(max(share + half_width), 1), 6) AS upper,
       min(sample_size)::BIGINT AS n,
       CASE WHEN dimension = 'top_20' THEN round(any_value(sampled_share), 6) END AS coverage_share
FROM figures JOIN papers USING (edition, cohort_year)
GROUP BY country_code, dimension, cohort_year
ORDER BY ALL
