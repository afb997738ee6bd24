/* title: US-China collaboration in papers
   unit: share
   method: accepted main-track papers of a conference and year with affiliations in the United States and in China together, over papers with an affiliation in either; whole counting; dimension names the conference, and there China is the mainland alone; with CHN+HKG+MAC behind the conference, Hong Kong and Macau count as China too, a paper of several of them once, and the subject is USA-CHN+HKG+MAC; Taiwan is in neither
   interval: worst cases over the papers with a position or affiliation without a country: lower counts none of these as a collaboration and each that has neither country as a paper of one, upper counts them all as collaborations; not a confidence interval
   coverage: n counts the papers with either country; coverage_share is the part of author positions with a country known; no row where no paper has either
   caveats: affiliation is the place of work, not an origin; an organisation's seat, assumed where nothing names its laboratory (venue_coverage.seat_count), counts as known, in coverage and bounds too; an unresolved position can hide a collaboration, so low coverage understates it; venue-years without venue_coverage.is_trend_grade make no trend; authors whom the source leaves out (files that list authors with a profile only) are outside the interval; an author with two affiliations can make a collaboration alone */
WITH counted AS (
    SELECT c.*, v.slot_coverage_share,
           CASE china_code WHEN 'CHN' THEN '' ELSE ' ' || china_code END AS named
    FROM paper_collaborations c JOIN venue_coverage v USING (venue_code, year)
    WHERE either_papers > 0
)
SELECT 'collaboration_share' AS indicator_id, 'USA-' || china_code AS subject_code, venue_code || named AS dimension,
       make_date(year, 1, 1) AS period_start, make_date(year, 12, 31) AS period_end,
       round(joint_papers / either_papers, 6) AS value,
       round(joint_papers / (either_papers + open_neither_papers), 6) AS lower,
       round((joint_papers + open_single_papers + open_neither_papers) / (either_papers + open_neither_papers), 6) AS upper,
       either_papers::BIGINT AS n, slot_coverage_share AS coverage_share
FROM counted
ORDER BY ALL
