"""The questions that paper_cross_checks must answer before a release, one trap of its source each. Only for that table."""

from indicators.model import Rule

RULES = (
    Rule("Do the two routes agree on every country with 2% of the papers, where both know the country of nine in ten positions?",
         "SELECT * FROM paper_cross_checks WHERE is_comparable AND greatest(our_share, tracker_share) >= 0.02 AND NOT is_within_tolerance"),
    Rule("Do they agree whatever is known of the positions?",
         "SELECT * FROM paper_cross_checks WHERE greatest(our_share, tracker_share) >= 0.02 AND NOT is_within_tolerance", is_warning=True),
    Rule("Have both routes the same papers in view (within 1%)?",
         "SELECT DISTINCT venue_code, year, tracker_accepted_papers, our_accepted_papers FROM paper_cross_checks "
         "WHERE abs(our_accepted_papers - tracker_accepted_papers) > 0.01 * tracker_accepted_papers"),
    Rule("Can every conference year of the tracker be compared?",
         "SELECT venue_code, year, any_value(our_slot_coverage_share) AS ours, any_value(tracker_slot_coverage_share) AS trackers "
         "FROM paper_cross_checks GROUP BY ALL HAVING NOT bool_or(is_comparable)", is_warning=True),
    Rule("Does the tracker give ICML 2024 54.3% of its papers to the United States and 29.6% to China?",
         "SELECT code, want, tracker_share FROM (VALUES ('USA', 0.543), ('CHN', 0.296)) AS known(code, want) "
         "LEFT JOIN paper_cross_checks ON country_code = code AND venue_code = 'icml' AND year = 2024 "
         "WHERE round(tracker_share, 3) IS DISTINCT FROM want"),
    Rule("Are China, Hong Kong, Macao and Taiwan told apart?",
         "SELECT code FROM (VALUES ('CHN'), ('HKG'), ('MAC'), ('TWN')) AS t(code) "
         "WHERE code NOT IN (SELECT country_code FROM paper_cross_checks WHERE tracker_paper_count > 0 AND country_code IS NOT NULL)"),
    Rule("Are GB and UK one country, and US and USA?",
         "SELECT * FROM paper_cross_checks WHERE (list_has_any(printed_labels, ['GB', 'UK']) AND country_code IS DISTINCT FROM 'GBR') "
         "OR (list_has_any(printed_labels, ['US', 'USA']) AND country_code IS DISTINCT FROM 'USA')"),
    Rule("Is NA Namibia, and no unknown?",
         "SELECT * FROM paper_cross_checks WHERE list_contains(printed_labels, 'NA') AND country_code IS DISTINCT FROM 'NAM'"),
    Rule("Has no country papers from what names none (UNK, EU) or from the last label of a domain sold worldwide (AI, IO, AC, …)?",
         "SELECT * FROM paper_cross_checks WHERE country_code IS NOT NULL "
         "AND list_has_any(printed_labels, ['UNK', 'EU', 'AI', 'IO', 'AC', 'CX', 'TD', 'ST', 'ML', 'CO'])"),
    Rule("Does a label with two countries count for both?",
         "SELECT venue_code, year, label FROM (SELECT venue_code, year, unnest(printed_labels) AS label FROM paper_cross_checks) "
         "WHERE regexp_matches(label, '[,;]') GROUP BY ALL HAVING count(*) < 2"),
    Rule("Are several labels of a country a range and no sum, within the accepted papers?",
         "SELECT * FROM paper_cross_checks WHERE tracker_paper_count > tracker_paper_count_upper "
         "OR tracker_paper_count_upper > tracker_accepted_papers "
         "OR (len(printed_labels) < 2 AND tracker_paper_count <> tracker_paper_count_upper)"),
    Rule("Are author counts positions, which are more than the stated authors?",
         "SELECT venue_code, year FROM paper_cross_checks GROUP BY ALL "
         "HAVING sum(tracker_slot_count) <= any_value(tracker_stated_authors)"),
)  # fmt: skip
