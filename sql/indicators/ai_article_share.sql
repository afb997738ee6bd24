/* title: Share of the world's articles on artificial intelligence, official statistics
   unit: share
   method: articles on artificial intelligence with an author's institution in the country, over all such articles of the world as the source states them; dimension names the counting rule (whole: an article counts once for each of its countries, by year of publication; fractional: an article's 1 is split over its authors' countries, for 2003-22 as a whole only)
   interval: lower is the value; upper adds every article with an address that could not be assigned to a country; not a confidence interval
   coverage: n counts the world's articles; coverage_share is the part of them without such an address (whole), or not counted under one (fractional)
   caveats: whole shares add up to more than one; journals and conference proceedings in Scopus that its classification of journals calls artificial intelligence, so neither preprints nor every AI paper elsewhere; the world's number falls from 42,832 (2009) to 31,763 (2012), which the copies do not explain; place of the institution, not origin of the author; Hong Kong and Macao have no row and seem to count as China (articles of their own institutions only cannot be in the unassigned rest, which has none such), though the source does not say so, while Taiwan is apart; numbers of articles say nothing of their quality; figures are of transformed copies of the official tables */
WITH counts AS (
    SELECT 'whole' AS rule, first_year, last_year, area_kind_code, country_code, article_count AS articles
    FROM publication_counts WHERE field_code = 'artificial_intelligence' AND attribute_code = 'total' AND first_year = last_year
    UNION ALL
    SELECT 'fractional' AS rule, first_year, last_year, area_kind_code, country_code, article_share_sum AS articles
    FROM publication_counts WHERE field_code = 'artificial_intelligence' AND article_share_sum IS NOT NULL
), years AS (
    SELECT rule, first_year, last_year, sum(articles) FILTER (area_kind_code = 'world') AS world,
           coalesce(sum(articles) FILTER (area_kind_code = 'unassigned'), 0) AS unassigned
    FROM counts GROUP BY ALL
)
SELECT 'ai_article_share' AS indicator_id, country_code AS subject_code, rule AS dimension,
       make_date(first_year, 1, 1) AS period_start, make_date(last_year, 12, 31) AS period_end,
       round(articles / world, 6) AS value, round(articles / world, 6) AS lower,
       round(least(1, (articles + unassigned) / world), 6) AS upper,
       round(world)::BIGINT AS n, round(1 - unassigned / world, 6) AS coverage_share
FROM counts JOIN years USING (rule, first_year, last_year)
WHERE area_kind_code = 'country' AND articles IS NOT NULL AND world > 0
ORDER BY ALL
