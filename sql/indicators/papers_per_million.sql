/* title: Papers per million inhabitants
   unit: papers per million inhabitants
   method: accepted main-track papers of a conference and year with an author affiliated in the country, over the country's inhabitants in that year in millions; whole counting: a paper counts for each of its countries; where a year has no population yet, that of the latest year before; dimension names the conference; only countries with a paper there
   interval: none; the figure is a floor, for a position without a country may lie in any
   coverage: n counts the country's papers; coverage_share is the part of author positions with a country known
   caveats: affiliation is the place of work, not an origin; an organisation's seat, assumed where nothing names its laboratory (venue_coverage.seat_count), counts as known, in coverage and bounds too; there is no figure over all conferences, since the set of conferences differs from year to year; Taiwan and a few small territories have no population at the World Bank and no row; where n is small, one paper moves the figure far, most of all in small countries; inhabitants are everyone, not researchers; venue-years without venue_coverage.is_trend_grade make no trend */
WITH counted AS (
    SELECT p.venue_code, p.year, p.country_code, p.paper_count, i.population, v.slot_coverage_share
    FROM paper_counts p JOIN venue_coverage v USING (venue_code, year)
    ASOF JOIN populations i ON i.country_code = p.country_code AND i.year <= p.year
)
SELECT 'papers_per_million' AS indicator_id, country_code AS subject_code, venue_code AS dimension,
       make_date(year, 1, 1) AS period_start, make_date(year, 12, 31) AS period_end,
       round(paper_count * 1e6 / population, 6) AS value, NULL::DOUBLE AS lower, NULL::DOUBLE AS upper,
       paper_count::BIGINT AS n, slot_coverage_share AS coverage_share
FROM counted
ORDER BY ALL
