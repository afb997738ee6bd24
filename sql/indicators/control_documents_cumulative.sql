/* title: Export-control rules of the Bureau of Industry and Security, cumulative
   unit: documents
   method: rules published in the Federal Register since January 2018, up to each month's end, by kind (dimension all: every kind); a kind begins with its first document
   interval: none; what is missing is not known
   coverage: n counts the documents behind the value; coverage_share is the part of the months since January 2018 in which at least one document is known, and one is enough, so that it is an upper bound
   caveats: the baseline's copy is chosen by keywords and nearly whole only from January to April of 2020 and 2021 and from January 2022 to April 2024; other months hold a few rules or none, so every figure is a lower bound and a flat stretch may be a gap; kinds are classified here, mostly by title; a rule may be one line or a whole regime; measures without a document (letters, announcements) are not counted */
WITH bounds AS (
    SELECT coalesce((SELECT max(as_of_date) FROM sources WHERE source_id = 'federal_register_bis'), max(publication_date)) AS last_day
    FROM control_documents
), months AS (
    SELECT month_start::DATE AS period_start, last_day(month_start)::DATE AS period_end
    FROM bounds, generate_series(DATE '2018-01-01', last_day, INTERVAL 1 MONTH) AS steps(month_start)
    WHERE last_day(month_start) <= last_day
), covered AS (
    SELECT period_start, period_end,
           avg(CASE WHEN exists(FROM control_documents WHERE publication_date BETWEEN period_start AND period_end) THEN 1 ELSE 0 END)
               OVER (ORDER BY period_start) AS coverage_share
    FROM months
), counted AS (
    SELECT publication_date, unnest([kind_code, 'all']) AS dimension FROM control_documents
)
SELECT 'control_documents_cumulative' AS indicator_id, 'USA' AS subject_code, dimension, period_start, period_end,
       count(*)::DOUBLE AS value, NULL::DOUBLE AS lower, NULL::DOUBLE AS upper, count(*) AS n, round(any_value(coverage_share), 6) AS coverage_share
FROM covered JOIN counted ON publication_date <= period_end
GROUP BY ALL
ORDER BY ALL
