/* claim: Tensions around Taiwan are rising
   indicators: none
   rule: none: outside the subject of the dataset, and no series of it is held
   caveats: a count of incursions into the air-defence zone would measure one side of it
   rule_version: 1
   reads: nothing */
SELECT 'C12' AS claim_id, evaluation_code, 'not_measurable' AS verdict_code,
       'outside the subject of the dataset: no series of tension is held' AS reason,
       NULL::VARCHAR AS coverage_note, NULL AS evidence
FROM (VALUES ('at_publication'), ('latest')) AS evaluations(evaluation_code)
ORDER BY ALL
