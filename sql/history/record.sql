/* Record one table of one release: close the rows that are no longer true, open those that are new.
   A row is compared as a whole; null equals null. {table}, {path}, {version}, {same} and {columns} are filled in. */
UPDATE {table}_history SET release_to = '{version}'
WHERE release_to IS NULL AND rowid IN (
    SELECT o.rowid FROM {table}_history o
    WHERE o.release_to IS NULL AND NOT EXISTS (SELECT 1 FROM read_parquet({path}) n WHERE {same}));

INSERT INTO {table}_history BY NAME
SELECT '{version}' AS release_from, NULL AS release_to, n.* FROM read_parquet({path}) n
WHERE NOT EXISTS (SELECT 1 FROM {table}_history o WHERE o.release_to IS NULL AND {same});
