/* claim: AI should be turned to problems that all share, such as climate, disease and poverty
   indicators: none
   rule: none: normative; shares of patents and investment in health, energy and agriculture would be published beside it
   caveats: fields overlap, and estimates of investment are rewritten between releases
   rule_version: 1
   reads: nothing */
SELECT 'C27' AS claim_id, evaluation_code, 'not_measurable' AS verdict_code,
       'normative, and the one source of patents and investment by field (ETO) is licensed for non-commercial use' AS reason,
       NULL::VARCHAR AS coverage_note, NULL AS evidence
FROM (VALUES ('at_publication'), ('latest')) AS evaluations(evaluation_code)
ORDER BY ALL
