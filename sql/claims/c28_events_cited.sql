/* claim: Statements and events that the text cites: a commission's report, a minister's remark on controls, the leaders' call of 17 January 2025, TikTok
   indicators: none
   rule: none: single events, not indicators
   caveats: events on AI with an official address stand in policy_engagements; the call is not among them, since whether it touched AI is not known with certainty
   rule_version: 1
   reads: nothing */
SELECT 'C28' AS claim_id, evaluation_code, 'not_measurable' AS verdict_code,
       'single statements and events, which are no measure of anything' AS reason,
       NULL::VARCHAR AS coverage_note, NULL AS evidence
FROM (VALUES ('at_publication'), ('latest')) AS evaluations(evaluation_code)
ORDER BY ALL
