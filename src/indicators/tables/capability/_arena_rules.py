"""Questions about Arena's boards, for the audit. Only for `arena_ratings`."""
# ruff: noqa: S608

from indicators.model import Rule

NEWEST = "FROM arena_ratings WHERE leaderboard_date = (SELECT max(leaderboard_date) FROM arena_ratings)"
TOP_100 = f"SELECT * {NEWEST} QUALIFY row_number() OVER (PARTITION BY category_code ORDER BY rating DESC NULLS LAST, model_name) <= 100"
BOARDS = """
WITH boards AS (
    SELECT category_code, leaderboard_date, list(DISTINCT lower(model_name)) AS names, count(*) AS models,
           sum(votes) AS votes, sum(rating) AS points
    FROM arena_ratings GROUP BY category_code, leaderboard_date
)
SELECT *, lag(leaderboard_date) OVER by_day AS before, lag(names) OVER by_day AS names_before, lag(models) OVER by_day AS models_before,
       lag(votes) OVER by_day AS votes_before, lag(points) OVER by_day AS points_before,
       len(list_filter(names_before, lambda name: NOT list_contains(names, name))) AS gone,
       len(list_filter(names, lambda name: NOT list_contains(names_before, name))) AS come
FROM boards WINDOW by_day AS (PARTITION BY category_code ORDER BY leaderboard_date)
"""
LEADERS = """
SELECT leaderboard_date, country_code, model_name, rating, votes FROM arena_ratings
WHERE country_code IN ('USA', 'CHN') AND rating IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY leaderboard_date, category_code, country_code ORDER BY rating DESC, votes DESC, model_name) = 1
"""

RULES = (
    Rule(
        "Does every rating lie inside its own interval (bounds, no half-widths)?",
        "SELECT * FROM arena_ratings WHERE rating NOT BETWEEN rating_low AND rating_high",
    ),
    Rule("Are both bounds given, or neither?", "SELECT * FROM arena_ratings WHERE (rating_low IS NULL) <> (rating_high IS NULL)"),
    Rule("Has every model a rating?", "SELECT * FROM arena_ratings WHERE rating IS NULL", is_warning=True),
    Rule(
        "Has every board since June 2024 between 90 and 1,000 models?",
        "SELECT category_code, leaderboard_date, count(*) AS models FROM arena_ratings WHERE leaderboard_date >= DATE '2024-06-01' "
        "GROUP BY ALL HAVING count(*) NOT BETWEEN 90 AND 1000 ORDER BY ALL",
    ),
    Rule(
        "Does the newest board have at least three quarters of the models of the one before, within two months?",
        f"SELECT leaderboard_date, models, models_before FROM ({BOARDS}) WHERE models < 0.75 * models_before "
        "AND leaderboard_date = (SELECT max(leaderboard_date) FROM arena_ratings) AND leaderboard_date - before <= 60",
    ),
    Rule(
        "Does no more than a tenth of the models join or leave from one board to the next, within two months?",
        f"SELECT leaderboard_date, before, models, gone, come FROM ({BOARDS}) "
        "WHERE leaderboard_date - before <= 60 AND greatest(gone, come) > 0.1 * models_before ORDER BY ALL",
        is_warning=True,
    ),
    Rule(
        "Is every board a new fit, not the one before under another day?",
        f"SELECT leaderboard_date, before, models FROM ({BOARDS}) "
        "WHERE models = models_before AND votes = votes_before AND points = points_before ORDER BY ALL",
        is_warning=True,
    ),
    Rule("Does every name stand on a board once?", "SELECT * FROM arena_ratings WHERE is_listed_twice", is_warning=True),
    Rule(
        "Have at least 90 of the first 100 models of the newest board an organisation and a country?",
        "SELECT category_code, count(*) AS models, count(organization_id) AS with_organization, count(country_code) AS with_country "
        f"FROM ({TOP_100}) "
        "GROUP BY category_code HAVING least(with_organization, with_country) < 0.9 * models",
    ),
    Rule(
        "Has every model an organisation and a country?",
        "SELECT model_name, organization_id, count(*) AS boards FROM arena_ratings WHERE country_code IS NULL GROUP BY ALL ORDER BY ALL",
        is_warning=True,
    ),
    Rule(
        "Is every model of the newest board linked to `models`?",
        f"SELECT category_code, count(*) AS models, count(model_id) AS linked {NEWEST} GROUP BY category_code HAVING linked < models",
        is_warning=True,
    ),
    Rule(
        "Is it known of every licence whether it opens the weights?",
        "SELECT license_name, count(*) AS entries FROM arena_ratings WHERE is_open_weights IS NULL AND license_name IS NOT NULL "
        "GROUP BY ALL ORDER BY ALL",
        is_warning=True,
    ),
    Rule(
        "Is no model open on one board and closed on another?",
        "SELECT lower(model_name) AS model, list_sort(list(DISTINCT license_name)) AS licenses FROM arena_ratings GROUP BY model "
        "HAVING count(DISTINCT is_open_weights) > 1 ORDER BY model",
        is_warning=True,
    ),
    Rule(
        "Is a model of one organisation on every board that says?",
        "SELECT lower(model_name) AS model, list_sort(list(DISTINCT organization_id)) AS organizations FROM arena_ratings GROUP BY model "
        "HAVING count(DISTINCT organization_id) > 1 ORDER BY model",
        is_warning=True,
    ),
    Rule(
        "Is Mercury, printed under Inception AI, the US laboratory's?",
        "SELECT * FROM arena_ratings WHERE model_name ILIKE 'mercury%' AND country_code IS DISTINCT FROM 'USA'",
    ),
    Rule(
        "Does a board list a Mercury (else nothing tells the laboratory from its namesake)?",
        "SELECT 'mercury' AS model_name WHERE NOT EXISTS (FROM arena_ratings WHERE model_name ILIKE 'mercury%')",
        is_warning=True,
    ),
    Rule(
        "Do the leading US and Chinese models rest on 3,000 votes or more (fewer are young, often preliminary)?",
        f"SELECT * FROM ({LEADERS}) WHERE votes < 3000 ORDER BY ALL",
        is_warning=True,
    ),
    Rule(
        "Is no board dated after its source was read?",
        "SELECT DISTINCT leaderboard_date FROM arena_ratings "
        "WHERE leaderboard_date > (SELECT max(as_of_date) FROM sources WHERE source_id = 'lmarena_text')",
    ),
)
