/* title: Doctorates on temporary visas who intend to stay in the United States
   unit: share
   method: recipients of a doctorate from a US university who hold a temporary visa and said at the time that they intended to stay in the United States, over all such recipients of the citizenship, those who did not answer among them; the subject is the citizenship, WLD all citizenships together; dimension names the field of the doctorate and the answer (intends_to_stay, or has_commitment for a definite job or postdoctoral place there); all fields by single years from table 2-8 of the Survey of Earned Doctorates (2016 from the 2022 edition, later years from the 2023 edition), the sciences with engineering and health, and computer sciences, for periods of several years from table SLBR-28
   interval: none; shares are printed to a tenth of a per cent
   coverage: n counts the recipients; coverage_share is the part of all recipients on temporary visas in the period whose citizenship is known, 1 for all citizenships; value is null where the source suppresses it
   caveats: an intention at graduation, not a stay: nobody looked where these people lived later; over all recipients on temporary visas, so those who did not answer count as not staying (3.1% to 6.5% gave no plans over 2010-21), and permanent residents are not in it, and the 2022 edition describes its base as those who answered although its figures are mostly the same; computer sciences are known for all citizenships together only, in three periods, and the list of fields changed in 2021; China is printed with a footnote whose text is not in the copy, so it is not known here whether it says that Hong Kong, Macao or anything else is included, and neither has a row of its own, while Taiwan has; citizenship is no country of training or birth; a share of few recipients moves much, so read n; figures are of transformed copies of the official tables */
WITH chosen AS (
    SELECT *, CASE citizenship_kind_code WHEN 'all' THEN 'WLD' ELSE country_code END AS subject_code
    FROM doctorates
    WHERE (table_code = '2-8' AND first_year = last_year
           OR table_code = 'SLBR-28' AND field_code IN ('science_engineering_and_health', 'computer_and_information_sciences'))
      AND citizenship_kind_code IN ('all', 'country') AND recipients > 0
), known AS (
    SELECT field_code, first_year, last_year,
           1 - sum(recipients) FILTER (citizenship_kind_code = 'unknown') / sum(recipients) FILTER (citizenship_kind_code = 'all') AS part
    FROM doctorates GROUP BY ALL
), answers AS (
    SELECT *, 'intends_to_stay' AS answer, stay_share AS value FROM chosen
    UNION ALL
    SELECT *, 'has_commitment' AS answer, commitment_share AS value FROM chosen WHERE table_code = 'SLBR-28'
)
SELECT 'stay_share' AS indicator_id, subject_code, field_code || ' ' || answer AS dimension,
       make_date(first_year, 1, 1) AS period_start, make_date(last_year, 12, 31) AS period_end,
       round(value, 6) AS value, NULL::DOUBLE AS lower, NULL::DOUBLE AS upper,
       recipients::BIGINT AS n, round(CASE citizenship_kind_code WHEN 'all' THEN 1 ELSE part END, 6) AS coverage_share
FROM answers LEFT JOIN known USING (field_code, first_year, last_year)
ORDER BY ALL
