/* title: Share of papers by country of affiliation
   unit: share
   method: accepted main-track papers of a conference and year with an author affiliated in the country, over papers with any country known; dimension names conference and counting rule (whole: one for each country of a paper; fractional: a paper's 1 is split over its author positions)
   interval: whole counting only: worst cases over the papers with a position or affiliation without a country, or no position stated, from none of these having the country there to all of them; not a confidence interval
   coverage: n counts the papers with a country known; coverage_share is the part of author positions with a country known
   caveats: affiliation is the place of work, not an origin; an organisation's seat, assumed where nothing names its laboratory (venue_coverage.seat_count), counts as known, in coverage and bounds too; files tell it by different means (a stated country per author, an e-mail domain, a name alone: venue_coverage.layout_code, with its counts of reasons), an organisation with laboratories in several countries counts at its seat where nothing tells which it is, and what stays unresolved is not random, so compare venue-years of one layout; only those with venue_coverage.is_trend_grade make a trend */
WITH shares AS (
    SELECT p.*, v.paper_count AS all_papers, v.papers_with_country, v.fully_resolved_papers AS all_resolved, v.slot_coverage_share
    FROM paper_counts p JOIN venue_coverage v USING (venue_code, year)
), ruled AS (
    SELECT *, 'whole' AS rule, paper_count / papers_with_country AS value,
           paper_count / all_papers AS lower,
           (all_papers - all_resolved + fully_resolved_papers) / all_papers AS upper
    FROM shares
    UNION ALL
    SELECT *, 'fractional' AS rule, paper_share_sum / papers_with_country AS value, NULL AS lower, NULL AS upper FROM shares
)
SELECT 'paper_share' AS indicator_id, country_code AS subject_code, venue_code || ' ' || rule AS dimension,
       make_date(year, 1, 1) AS period_start, make_date(year, 12, 31) AS period_end,
       round(value, 6) AS value, round(lower, 6) AS lower, round(upper, 6) AS upper,
       papers_with_country::BIGINT AS n, slot_coverage_share AS coverage_share
FROM ruled
ORDER BY ALL
