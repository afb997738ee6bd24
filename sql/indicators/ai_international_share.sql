/* title: Share of a country's articles on artificial intelligence written with other countries, official statistics
   unit: share
   method: articles on artificial intelligence with institutions in several countries, over those known to be either international or domestic, by year of publication; whole counting; the subject is a country, WLD the whole world (each article once)
   interval: worst cases over the articles whose addresses are incomplete, from none of them being international to all; not a confidence interval
   coverage: n counts the country's articles; coverage_share is the part of them known to be international or domestic; value is null where none is
   caveats: with which country is not told by year (publication_pairs has 2003-22 as a whole); small countries write abroad more, since most colleagues are there; journals and conference proceedings in Scopus that its classification calls artificial intelligence; Hong Kong and Macao have no row and seem to count as China, so that an article of both is domestic, though the source does not say so; Taiwan is apart; figures are of transformed copies of the official tables */
WITH counts AS (
    SELECT CASE area_kind_code WHEN 'world' THEN 'WLD' ELSE country_code END AS subject_code, first_year,
           sum(article_count) FILTER (attribute_code = 'total') AS total,
           sum(article_count) FILTER (attribute_code = 'international') AS international,
           sum(article_count) FILTER (attribute_code = 'domestic_only') AS domestic
    FROM publication_counts
    WHERE field_code = 'artificial_intelligence' AND first_year = last_year AND area_kind_code IN ('country', 'world')
    GROUP BY ALL
)
SELECT 'ai_international_share' AS indicator_id, subject_code, NULL::VARCHAR AS dimension,
       make_date(first_year, 1, 1) AS period_start, make_date(first_year, 12, 31) AS period_end,
       round(CASE WHEN international + domestic > 0 THEN international / (international + domestic) END, 6) AS value,
       round(international / total, 6) AS lower, round((total - domestic) / total, 6) AS upper,
       total::BIGINT AS n, round((international + domestic) / total, 6) AS coverage_share
FROM counts
WHERE total > 0
ORDER BY ALL
