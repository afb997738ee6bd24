"""The questions that talent_origins must answer before a release, one trap of its sources each. Only for that table."""

from indicators.model import Rule

RULES = (
    Rule("Are China 47% and the United States 18% of the origins of 2022, by undergraduate degree?",
         "SELECT code, want, share FROM (VALUES ('CHN', 0.47), ('USA', 0.18)) AS known(code, want) LEFT JOIN talent_origins "
         "ON country_code = code AND study_code = 'macropolo' AND cohort_year = 2022 AND tier_code = 'top_20' "
         "AND population_code = 'all' AND stage_code = 'undergraduate' WHERE share IS DISTINCT FROM want"),
    Rule("Is the 47% of 2022 neither the workplace (28%) nor the elite (26%, 12% at work)?",
         "SELECT known.*, share FROM (VALUES ('top_20', 'work', 0.28), ('elite_2_percent', 'undergraduate', 0.26), "
         "('elite_2_percent', 'work', 0.12)) AS known(tier, stage, want) LEFT JOIN talent_origins ON tier_code = tier "
         "AND stage_code = stage AND country_code = 'CHN' AND cohort_year = 2022 AND population_code = 'all' "
         "WHERE share IS DISTINCT FROM want"),
    Rule("Does an origin say undergraduate degree, and nothing else say so of everybody?",
         "SELECT * FROM talent_origins "
         "WHERE (stage_code = 'undergraduate') <> starts_with(definition, 'Country of the undergraduate degree')"),
    Rule("Is a figure on several pages one row?",
         "SELECT study_code, edition, cohort_name, cohort_year, tier_code, population_code, stage_code, country_code, region_name, share, "
         "count, sample_size FROM talent_origins GROUP BY ALL HAVING count(*) > 1"),
    Rule("Are figures that differ between pages kept apart and marked?",
         "SELECT study_code, edition, cohort_name, cohort_year, tier_code, population_code, stage_code, country_code, region_name "
         "FROM talent_origins GROUP BY ALL HAVING bool_or(is_disputed) <> (count(*) > 1)"),
    Rule("Do all pages agree on each figure?", "SELECT * FROM talent_origins WHERE is_disputed", is_warning=True),
    Rule("Do the shares of one cohort, tier and stage make no more than one?",
         "SELECT study_code, edition, cohort_name, tier_code, population_code, stage_code, sum(share) AS total FROM talent_origins "
         "WHERE variant = 1 GROUP BY ALL HAVING sum(share) > 1 + 1e-9"),
    Rule("Are the elites of the two editions, which differ, different tiers?",
         "SELECT * FROM talent_origins WHERE (tier_code = 'elite_half_percent' AND edition <> '1.0') "
         "OR (tier_code = 'elite_2_percent' AND edition <> '2.0')"),
    Rule("Is every figure of MacroPolo about NeurIPS 2019 (edition 1.0) or 2022 (2.0), which are its only editions?",
         "SELECT * FROM talent_origins WHERE study_code = 'macropolo' AND (edition, cohort_year) NOT IN (('1.0', 2019), ('2.0', 2022))"),
    Rule("Is nothing quoted from the archive's domain, where unproven figures were added later?",
         "SELECT * FROM talent_origins WHERE len(list_filter(urls, lambda url: contains(url, 'archivemacropolo'))) > 0"),
    Rule("Is nothing quoted from the text that has China train 38%?",
         "SELECT * FROM talent_origins WHERE study_code = 'macropolo' AND country_code = 'CHN' AND share = 0.38"),
    Rule("Has a share of persons a country or a region, and never both, and a count of papers neither?",
         "SELECT * FROM talent_origins WHERE (country_code IS NOT NULL)::INT + (region_name IS NOT NULL)::INT <> "
         "(stage_code IN ('undergraduate', 'graduate_school', 'work', 'follow_up_work'))::INT"),
    Rule("Is the sample of a share the one that the study states, and is the follow-up complete?",
         "SELECT t.* FROM talent_origins t JOIN talent_origins s ON s.stage_code = 'sample_authors' "
         "AND (s.study_code, s.edition, s.tier_code) = (t.study_code, t.edition, t.tier_code) "
         "WHERE t.population_code = 'all' AND t.stage_code IN ('undergraduate', 'work') AND t.sample_size IS DISTINCT FROM s.count "
         "UNION ALL BY NAME SELECT study_code, stage_code, sum(count)::INT AS count, max(sample_size) AS sample_size FROM talent_origins "
         "WHERE stage_code = 'follow_up_work' GROUP BY ALL HAVING sum(count) <> max(sample_size)"),
    Rule("Is a half-width that of a binomial share of a known sample, and absent without one?",
         "SELECT * FROM talent_origins WHERE coalesce(abs(half_width - 1.96 * sqrt(share * (1 - share) / sample_size)) > 1e-6, false) "
         "OR (half_width IS NULL) <> (interval_code = 'none') OR (half_width IS NOT NULL) <> (share IS NOT NULL "
         "AND sample_size IS NOT NULL AND stage_code IN ('undergraduate', 'graduate_school', 'work', 'follow_up_work'))"),
    Rule("Is every coauthor count of WIRED marked, and nothing else?",
         "SELECT * FROM talent_origins WHERE (stage_code = 'us_china_coauthored_papers') <> (caveat_code IS NOT NULL)"),
    Rule("Do WIRED's coauthor counts still lie far below ours of every NeurIPS since 2017?",
         "SELECT p.year, p.paper_count / v.papers_with_country AS ours, t.cohort_year, t.share FROM talent_origins t, paper_pairs p "
         "JOIN venue_coverage v USING (venue_code, year) WHERE t.caveat_code = 'far_below_affiliation_counts' "
         "AND venue_code = 'neurips' AND year >= 2017 AND (country_code_a, country_code_b) = ('CHN', 'USA') "
         # Ours are 1.6 times WIRED's at least, so half as much again is a line that the gap does not cross by chance.
         "AND p.paper_count / v.papers_with_country < 1.5 * t.share", is_warning=True),
    Rule("Has every figure a page?", "SELECT * FROM talent_origins WHERE len(urls) = 0 OR len(source_kind_codes) = 0 "
         "OR len(list_filter(urls, lambda url: NOT regexp_matches(url, '^https?://'))) > 0"),
)  # fmt: skip
