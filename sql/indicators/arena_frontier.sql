/* title: Arena frontier by country
   unit: points
   method: highest rating among the models of a country on each board of the text arena, all votes; the country is where the maker has its headquarters; dimension is how ratings were made on that day (unweighted, reweighted since July 2025, style_controlled on boards read from the website in 2026); one row a board, none between boards
   interval: Arena's 95% interval of that model; not of the maximum, which is likelier to have been lucky than the rest
   coverage: n counts the models of the country on the board; coverage_share is the part of the board's models whose country is known; basis names the leading model as the board prints it
   caveats: every board is a new fit with its own zero, so compare countries on one board, never boards; preliminary ratings are in, since the file does not tell them (the audit lists leaders with few votes); makers choose which variants to enter, and a model tested under several names shows its best; boards are missing in the baseline's copy, August 2025 to July 2026 among them, and none is made up */
WITH boards AS (
    SELECT leaderboard_date, count(country_code) / count(*) AS coverage_share
    FROM arena_ratings WHERE category_code = 'overall' GROUP BY leaderboard_date
)
SELECT 'arena_frontier' AS indicator_id, country_code AS subject_code, method_code AS dimension,
       leaderboard_date AS period_start, leaderboard_date AS period_end,
       round(rating, 2) AS value, round(rating_low, 2) AS lower, round(rating_high, 2) AS upper,
       count(*) OVER of_country AS n, round(coverage_share, 6) AS coverage_share, [model_name] AS basis
FROM arena_ratings JOIN boards USING (leaderboard_date)
WHERE category_code = 'overall' AND country_code IS NOT NULL AND rating IS NOT NULL
WINDOW of_country AS (PARTITION BY country_code, leaderboard_date)
QUALIFY row_number() OVER (PARTITION BY country_code, leaderboard_date ORDER BY rating DESC, votes DESC, model_name) = 1
ORDER BY ALL
