/* title: US-China collaboration in papers
   unit: share
   method: accepted main-track papers of a conference and year with affiliations in the United States and in China together, over papers with an affiliation in either; whole counting; dimension names the conference; China is the mainland alone (Hong Kong, Macao and Taiwan are other places)
   interval: none; coverage says how much is unresolved
   coverage: n counts the papers with either country; coverage_share is the part of author positions with a country known
   caveats: affiliation is the place of work, not an origin; an unresolved position can hide a collaboration, so low coverage understates it, and years without venue_coverage.is_trend_grade make no trend with the others; an author with two affiliations can make a collaboration alone */
WITH either AS (
    SELECT venue_code, year,
           sum(paper_count) FILTER (country_code IN ('USA', 'CHN')) AS memberships,
           count(*) FILTER (country_code IN ('USA', 'CHN')) AS countries
    FROM paper_counts GROUP BY ALL
), pairs AS (
    SELECT venue_code, year, paper_count AS papers_together FROM paper_pairs WHERE country_code_a = 'CHN' AND country_code_b = 'USA'
), counted AS (
    SELECT venue_code, year, coalesce(papers_together, 0) AS together, memberships - together AS n, slot_coverage_share
    FROM either LEFT JOIN pairs USING (venue_code, year) JOIN venue_coverage USING (venue_code, year)
    WHERE countries > 0
)
SELECT 'collaboration_share' AS indicator_id, 'USA-CHN' AS subject_code, venue_code AS dimension,
       make_date(year, 1, 1) AS period_start, make_date(year, 12, 31) AS period_end,
       round(together / n, 6) AS value, NULL::DOUBLE AS lower, NULL::DOUBLE AS upper,
       n::BIGINT AS n, slot_coverage_share AS coverage_share
FROM counted
ORDER BY ALL
