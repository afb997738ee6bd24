/* claim: Thinking about national security dominates policy on AI
   indicators: none
   rule: share of enacted US federal documents on AI that are tagged as military and public safety, in 2023 and 2024: supported at 50% or more, contradicted below 20%, mixed otherwise; China has too few documents
   caveats: tags are a machine's until validated, proposed bills dilute the share, a tag describes a topic and no motive, and documents are not executive practice
   rule_version: 1
   reads: nothing */
SELECT 'C13' AS claim_id, evaluation_code, 'not_measurable' AS verdict_code,
       'the one collection of documents (ETO AGORA) is licensed for non-commercial use, so no figure of it is published; a private comparison is kept by whoever fetches it' AS reason,
       NULL::VARCHAR AS coverage_note, NULL AS evidence
FROM (VALUES ('at_publication'), ('latest')) AS evaluations(evaluation_code)
ORDER BY ALL
