/* claim: No credible research shows that AI grows more malevolent as it grows more capable
   indicators: none
   rule: none: a statement on what a literature says; no series decides it
   caveats: counts of articles on the safety of AI would tell how much is written, not what; their source may not be republished
   rule_version: 1
   reads: nothing */
SELECT 'C14' AS claim_id, evaluation_code, 'not_measurable' AS verdict_code,
       'a statement on the content of a literature, which no series measures' AS reason,
       NULL::VARCHAR AS coverage_note, NULL AS evidence
FROM (VALUES ('at_publication'), ('latest')) AS evaluations(evaluation_code)
ORDER BY ALL
