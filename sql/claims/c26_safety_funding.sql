/* claim: Money for detecting and limiting misuse should rise
   indicators: none
   rule: none: normative, and no series of public spending on it was found
   caveats: articles on the safety of AI and federal contracts are proxies, and their sources may not be republished
   rule_version: 1
   reads: nothing */
SELECT 'C26' AS claim_id, evaluation_code, 'not_measurable' AS verdict_code,
       'normative, and no series of public spending on the safety of AI or on detecting misuse was found' AS reason,
       NULL::VARCHAR AS coverage_note, NULL AS evidence
FROM (VALUES ('at_publication'), ('latest')) AS evaluations(evaluation_code)
ORDER BY ALL
