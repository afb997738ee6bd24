/* changes('<a>', '<b>'): what differs between two releases, as a release's own changes.parquet tells it: a row a restated cell, and a row
   an added or removed row; key is null where a column, or without its name a table, came, went or became another.
   {rows} is one SELECT a table and key it ever had, joined by UNION ALL; a key counts where it is the key of both releases. */
CREATE OR REPLACE MACRO changes(earlier, later) AS TABLE
WITH before AS (SELECT * EXCLUDE (version) FROM release_columns WHERE version = known_release(earlier)),
     after AS (SELECT * EXCLUDE (version) FROM release_columns WHERE version = known_release(later)),
     columns AS (SELECT table_name, column_name, b.column_type AS was, a.column_type AS becomes
                 FROM before b FULL JOIN after a USING (table_name, column_name)),
     tables AS (SELECT table_name, b.key AS was, a.key AS becomes, b.key_types IS NOT DISTINCT FROM a.key_types AS is_matched
                FROM release_keys(earlier) b FULL JOIN release_keys(later) a USING (table_name))
SELECT table_name, change_code, key, column_name, value_before, value_after
FROM ({rows}) AS found JOIN tables USING (table_name) LEFT JOIN columns c USING (table_name, column_name)
WHERE is_matched AND found.key_columns = tables.becomes AND (column_name IS NULL OR c.was = c.becomes)
UNION ALL
SELECT table_name, CASE WHEN c.was IS NULL THEN 'added' WHEN c.becomes IS NULL THEN 'removed' ELSE 'restated' END, NULL, column_name, c.was, c.becomes
FROM columns c JOIN tables USING (table_name)
WHERE is_matched AND c.was IS DISTINCT FROM c.becomes
UNION ALL
SELECT table_name, CASE WHEN was IS NULL THEN 'added' WHEN becomes IS NULL THEN 'removed' ELSE 'restated' END, NULL, NULL,
       CASE WHEN becomes IS NOT NULL THEN to_json(was)::VARCHAR END, CASE WHEN was IS NOT NULL THEN to_json(becomes)::VARCHAR END
FROM tables WHERE NOT is_matched
ORDER BY ALL NULLS FIRST;
