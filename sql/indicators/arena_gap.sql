/* title: Arena gap, United States minus China
   unit: points
   method: highest rating among US models minus the highest among Chinese models on each board of the text arena, all votes; positive where the United States leads; dimension is how ratings were made on that day (unweighted, reweighted since July 2025, style_controlled on boards read from the website in 2026); one row a board, none between boards
   interval: closed form for a difference of two independent estimates from their 95% intervals, each side on its own: value minus the root of (US rating - low)² + (Chinese high - rating)², value plus the root of (US high - rating)² + (Chinese rating - low)²
   coverage: n counts the US and Chinese models on the board; coverage_share is the part of the board's models whose country is known; basis names the US leader, then the Chinese one, as the board prints them
   caveats: the scale is Elo's: a gap of g points means that the US answer is expected to win 1 / (1 + 10^(-g / 400)) of the votes between the two leaders, so 10 points are 51%, 25 are 54%, 100 are 64%; style control moves the gap by more than its interval, so compare within one dimension only; the interval does not know that leaders were chosen for being highest, nor that two ratings of one fit are not independent; preliminary ratings are in, since the file does not tell them; ratings are whole points on boards without variances; boards are missing in the baseline's copy, August 2025 to July 2026 among them */
WITH boards AS (
    SELECT leaderboard_date, count(country_code) / count(*) AS coverage_share, count(*) FILTER (country_code IN ('USA', 'CHN')) AS n
    FROM arena_ratings WHERE category_code = 'overall' GROUP BY leaderboard_date
), leaders AS (
    SELECT leaderboard_date, method_code, country_code, model_name, rating, rating_low, rating_high
    FROM arena_ratings WHERE category_code = 'overall' AND country_code IN ('USA', 'CHN') AND rating IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY country_code, leaderboard_date ORDER BY rating DESC, votes DESC, model_name) = 1
)
SELECT 'arena_gap' AS indicator_id, 'USA-CHN' AS subject_code, usa.method_code AS dimension,
       leaderboard_date AS period_start, leaderboard_date AS period_end,
       round(usa.rating - chn.rating, 2) AS value,
       round(usa.rating - chn.rating - sqrt((usa.rating - usa.rating_low) ** 2 + (chn.rating_high - chn.rating) ** 2), 2) AS lower,
       round(usa.rating - chn.rating + sqrt((usa.rating_high - usa.rating) ** 2 + (chn.rating - chn.rating_low) ** 2), 2) AS upper,
       boards.n, round(coverage_share, 6) AS coverage_share, [usa.model_name, chn.model_name] AS basis
FROM leaders usa JOIN leaders chn USING (leaderboard_date) JOIN boards USING (leaderboard_date)
WHERE usa.country_code = 'USA' AND chn.country_code = 'CHN'
ORDER BY ALL
