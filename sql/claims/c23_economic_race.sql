/* claim: The contest is framed as an economic race to be won
   indicators: none
   rule: none on the framing; private investment, newly funded companies and patents of the United States and China would be published by provider
   caveats: providers of investment differ by more than half for one country and year, and history is rewritten between releases
   rule_version: 1
   reads: nothing */
SELECT 'C23' AS claim_id, evaluation_code, 'not_measurable' AS verdict_code,
       'a framing is no quantity, and every provider of private investment forbids to republish (ETO for commercial use, Quid and OECD altogether)' AS reason,
       NULL::VARCHAR AS coverage_note, NULL AS evidence
FROM (VALUES ('at_publication'), ('latest')) AS evaluations(evaluation_code)
ORDER BY ALL
