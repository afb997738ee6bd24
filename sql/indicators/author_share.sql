/* title: Share of author positions by country of affiliation
   unit: share
   method: author positions of accepted main-track papers of a conference and year that name an affiliation in the country, over positions with any country known; dimension names conference and counting rule (whole: a position counts once for each country it names, so shares add up to more than 1; fractional: a position's 1 is split equally over the countries it names, so they add up to 1); a person with several papers has as many positions
   interval: worst cases over the stated positions without a country, from none of them being in the country to all of them; not a confidence interval; a second affiliation without a country, beside one that has a country, is left as it is
   coverage: n counts the positions with a country; coverage_share is the part of author positions with a country known
   caveats: affiliation is the place of work, not an origin; an organisation's seat, assumed where nothing names its laboratory (venue_coverage.seat_count), counts as known, in coverage and bounds too; a paper with many authors weighs more than in paper_share; where the source lists institutions and not authors (venue_coverage.layout_code listed_name, and listed_domain without authors who have no profile), positions are those it lists, and the others are outside the interval; layouts are resolved by different means (venue_coverage counts the reasons; an organisation with laboratories in several countries counts at its seat where nothing tells which it is) and what stays unresolved is not random, so compare venue-years of one layout; those without venue_coverage.is_trend_grade make no trend */
WITH counted AS (
    SELECT p.*, v.slot_count, v.slots_with_country, v.slot_coverage_share
    FROM paper_counts p JOIN venue_coverage v USING (venue_code, year)
), ruled AS (
    SELECT *, 'whole' AS rule, author_slot_count AS positions FROM counted
    UNION ALL
    SELECT *, 'fractional' AS rule, author_slot_share_sum AS positions FROM counted
)
SELECT 'author_share' AS indicator_id, country_code AS subject_code, venue_code || ' ' || rule AS dimension,
       make_date(year, 1, 1) AS period_start, make_date(year, 12, 31) AS period_end,
       round(positions / slots_with_country, 6) AS value,
       round(positions / slot_count, 6) AS lower,
       round((positions + slot_count - slots_with_country) / slot_count, 6) AS upper,
       slots_with_country::BIGINT AS n, slot_coverage_share AS coverage_share
FROM ruled
ORDER BY ALL
