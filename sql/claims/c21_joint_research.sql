/* claim: Joint research of the United States and China matters and could speed up progress (tested: China is the first partner of the United States)
   indicators: collaboration_share
   rule: on the part that can be measured, that collaboration is large: the rank of China among the partners of the United States by papers at NeurIPS, ICML and ICLR with both, added up over those of the three that are known in a year, in every complete year since 2015: supported where it is first in every one, contradicted where it is below third in every one, mixed otherwise; the effect on progress is not measurable
   caveats: the fixed rule, version 1, asks for the yearly count of all articles on AI by pair of countries (ETO), which may not be republished, so three conferences stand for the field and the version is a new one; the official statistics of all articles rank China first, so that the two sources disagree, and three early years with one or two of the conferences decide; the official statistics count AI articles by pair for 2003 to 2022 as a whole only, and stand beside it; a year has one to three of the conferences, and no year of 2020; the place of work counts, so a coauthorship is no joint funding; the United Kingdom is apart from the rest of Europe
   rule_version: 2
   reads: paper_pairs, venue_coverage, publication_pairs */
WITH evaluations AS (
    FROM (VALUES ('at_publication', DATE '2025-01-21'), ('latest', DATE '9999-12-31')) AS evaluations(evaluation_code, until)
), pairs AS (
    SELECT year, CASE country_code_a WHEN 'USA' THEN country_code_b ELSE country_code_a END AS partner, sum(paper_count) AS papers
    FROM paper_pairs WHERE venue_code IN ('neurips', 'icml', 'iclr') AND year >= 2015 AND 'USA' IN (country_code_a, country_code_b) GROUP BY ALL
), covered AS (
    SELECT year, list(venue_code ORDER BY venue_code) AS names, round(sum(slots_with_country) / sum(slot_count), 6) AS coverage_share
    FROM venue_coverage WHERE venue_code IN ('neurips', 'icml', 'iclr') GROUP BY ALL
), ranked AS (
    SELECT year, partner, papers, rank() OVER (PARTITION BY year ORDER BY papers DESC) AS place, max(papers) OVER (PARTITION BY year) AS most FROM pairs
), china AS (
    SELECT years.year, coalesce(r.place, count(p.partner) + 1)::DOUBLE AS place, coalesce(any_value(r.papers), 0)::DOUBLE AS papers
    FROM (SELECT DISTINCT year FROM pairs) years JOIN pairs p USING (year) LEFT JOIN ranked r ON r.year = years.year AND r.partner = 'CHN'
    GROUP BY years.year, r.place
), official AS (
    SELECT last_year, partner_country_code, article_count, partner_share, rank() OVER (PARTITION BY first_year, last_year ORDER BY article_count DESC) AS place
    FROM publication_pairs WHERE field_code = 'artificial_intelligence' AND country_code = 'USA' AND article_count IS NOT NULL
), evidence AS (
    SELECT evaluation_code, (2100 - year)::INTEGER AS place, 'Rank of China among US partners at NeurIPS, ICML and ICLR, ' || year AS criterion, 'supports' AS role_code,
           c.place AS value, NULL::DOUBLE AS lower, NULL::DOUBLE AS upper, 'rank' AS unit, 1.0::DOUBLE AS threshold, '<=' AS comparison_code,
           c.place <= 1 AS is_met, make_date(year, 12, 31) AS period_end, coverage_share, names
    FROM evaluations JOIN china c ON make_date(year, 12, 31) <= until LEFT JOIN covered USING (year)
    UNION ALL BY NAME
    SELECT evaluation_code, (2300 - year)::INTEGER AS place, 'Papers of both at NeurIPS, ICML and ICLR, ' || year AS criterion, 'context' AS role_code, papers AS value,
           'papers' AS unit, make_date(year, 12, 31) AS period_end, coverage_share, names
    FROM evaluations JOIN china c ON make_date(year, 12, 31) <= until LEFT JOIN covered USING (year)
    UNION ALL BY NAME
    SELECT evaluation_code, 400 AS place, 'Rank of China among US partners in AI articles, official statistics, years to ' || last_year AS criterion, 'context' AS role_code,
           o.place::DOUBLE AS value, 'rank' AS unit, make_date(last_year, 12, 31) AS period_end
    FROM evaluations JOIN official o ON make_date(last_year, 12, 31) <= until WHERE partner_country_code = 'CHN'
    UNION ALL BY NAME
    SELECT evaluation_code, 401 AS place, 'China''s part of US international AI articles, official statistics, years to ' || last_year AS criterion, 'context' AS role_code,
           partner_share AS value, 'share' AS unit, make_date(last_year, 12, 31) AS period_end
    FROM evaluations JOIN official o ON make_date(last_year, 12, 31) <= until WHERE partner_country_code = 'CHN'
), verdicts AS (
    SELECT evaluation_code, count(is_met) AS years, count(*) FILTER (is_met) AS firsts, coalesce(bool_and(value > 3) FILTER (role_code = 'supports'), false) AS is_low,
           max(period_end) FILTER (role_code = 'supports') AS period_end, min(coverage_share) FILTER (role_code = 'supports') AS coverage_share
    FROM evaluations LEFT JOIN evidence USING (evaluation_code) GROUP BY ALL
), shown AS (
    FROM evidence
    UNION ALL BY NAME
    SELECT evaluation_code, 1 AS place, 'Years since 2015 in which China is the first partner of the United States' AS criterion, 'supports' AS role_code,
           round(firsts / nullif(years, 0), 6) AS value, 'share' AS unit, 1.0::DOUBLE AS threshold, '>=' AS comparison_code, firsts / nullif(years, 0) >= 1 AS is_met,
           period_end, coverage_share
    FROM verdicts
)
SELECT 'C21' AS claim_id, evaluation_code,
       CASE WHEN years = 0 THEN 'not_measurable' WHEN firsts = years THEN 'supported' WHEN is_low THEN 'contradicted' ELSE 'mixed' END AS verdict_code,
       CASE WHEN years = 0 THEN 'no year of the three conferences is known'
            ELSE 'on the measurable part only, that collaboration is large, and over three conferences; in all articles of 2003 to 2022 China is first by official statistics; the effect on progress is not measured' END AS reason,
       years || ' years known of three conferences, first in ' || firsts || ' of them' AS coverage_note,
       list(e ORDER BY place) AS evidence
FROM verdicts JOIN shown e USING (evaluation_code)
GROUP BY evaluation_code, years, firsts, is_low
ORDER BY ALL
