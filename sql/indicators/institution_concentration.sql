/* title: Share of papers from the ten largest institutions
   unit: share
   method: accepted main-track papers of a conference and year that the ten institutions with the most papers have, over papers with an institution named; fractional counting throughout: a paper's 1 is split over its author positions and their affiliations; an institution is one in all its countries; the subject is the world (WLD), dimension names the conference
   interval: worst cases over what has no institution named, from none of it being of the ten to all of it; not a confidence interval
   coverage: n counts the papers; coverage_share is the part of them, counted fractionally, with an institution named; basis names the ten, the largest first; no row where an institution too small to be named in institution_counts could be among the ten (small conferences up to 1999)
   caveats: an institution is what the source names so: units of one company stand apart where it prints them apart (Google DeepMind, Google), and spellings that nobody has joined count as several, more of them in the years whose files list names as authors wrote them (venue_coverage.layout_code listed_domain and listed_name), which understates these beside author_index; more conferences and papers spread over more institutions, so compare one conference over years of one layout */
WITH sizes AS (
    SELECT venue_code, year, institution_name, round(sum(paper_share_sum), 6) AS papers
    FROM institution_counts WHERE kind_code = 'institution' GROUP BY ALL
), largest AS (
    SELECT * FROM sizes
    QUALIFY row_number() OVER (PARTITION BY venue_code, year ORDER BY papers DESC, institution_name) <= 10
), ten AS (
    SELECT venue_code, year, sum(papers) AS papers, list(institution_name ORDER BY papers DESC, institution_name) AS basis
    FROM largest GROUP BY ALL
    HAVING count(*) = 10 AND min(papers) >= 2 -- an institution without a name here has two papers at most
), parts AS (
    SELECT venue_code, year, sum(paper_share_sum) AS every,
           sum(paper_share_sum) FILTER (kind_code <> 'unnamed') AS named
    FROM institution_counts GROUP BY ALL
)
SELECT 'institution_concentration' AS indicator_id, 'WLD' AS subject_code, venue_code AS dimension,
       make_date(year, 1, 1) AS period_start, make_date(year, 12, 31) AS period_end,
       round(papers / named, 6) AS value, round(papers / every, 6) AS lower, round((papers + every - named) / every, 6) AS upper,
       paper_count::BIGINT AS n, round(named / every, 6) AS coverage_share, basis
FROM ten JOIN parts USING (venue_code, year) JOIN venue_coverage USING (venue_code, year)
ORDER BY ALL
