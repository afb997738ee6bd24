/* title: Share of Chinese models trained on Chinese-designed hardware
   unit: share
   method: models with a developer in China whose named training hardware includes some that was designed in China, over those that name hardware, by the calendar year of publication; designed in China is what accelerators says so of, or what bears the name of a Chinese designer or product line; a model trained on both counts as trained on Chinese hardware; years from 2018 that ended before the source's day
   interval: lower as if all models that name no hardware were trained on none designed in China, upper as if all were trained on such
   coverage: n counts the models that name hardware; coverage_share is their part of the Chinese models of the year; value is null in a year in which none names any
   caveats: three of four models of 2024 and 2025 name no hardware, and whether one does may hang on what the hardware is, so read the interval; a handful of models moves the share (see n); each model counts one, whatever computing it took; a model made together with developers elsewhere counts as Chinese; hardware is what Epoch AI noted, as a firm told it; a Chinese chip under a name that neither accelerators nor the list in the SQL knows counts as foreign; the last year grows for a year or more */
WITH bounds AS (
    SELECT coalesce((SELECT max(as_of_date) FROM sources WHERE source_id = 'epoch_ai_models'), max(publication_date)) AS last_day FROM models
), designed AS (
    SELECT list(accelerator_name) AS names FROM accelerators WHERE designer_country_code = 'CHN'
), trained AS (
    SELECT DISTINCT model_id, year(publication_date) AS year, coalesce(len(training_hardware), 0) > 0 AS is_named,
           coalesce(len(list_filter(training_hardware, lambda name: list_contains(names, name) OR regexp_matches(
               name, 'Ascend|昇腾|Huawei|Kunlun|Hygon|Cambricon|MLU|MTT|Moore Threads|Biren|MetaX|Enflame|Sunway'))), 0) > 0 AS is_domestic
    FROM models JOIN model_organizations USING (model_id), designed
    WHERE country_code = 'CHN' AND publication_date >= DATE '2018-01-01'
), years AS (
    SELECT make_date(year, 1, 1) AS period_start, make_date(year, 12, 31) AS period_end,
           count(*) AS models, count(*) FILTER (is_named) AS n, count(*) FILTER (is_domestic) AS domestic
    FROM trained GROUP BY ALL
)
SELECT 'domestic_hardware_share' AS indicator_id, 'CHN' AS subject_code, NULL::VARCHAR AS dimension, period_start, period_end,
       round(CASE WHEN n > 0 THEN domestic / n END, 6) AS value,
       round(domestic / models, 6) AS lower, round((domestic + models - n) / models, 6) AS upper,
       n, round(n / models, 6) AS coverage_share
FROM years, bounds
WHERE period_end <= last_day
ORDER BY ALL
