/* What DuckDB says of the parts of the history that belong to no table. */
COMMENT ON TABLE releases IS 'The releases that this history holds';
COMMENT ON COLUMN releases.version IS 'Release id, year.month.number';
COMMENT ON COLUMN releases.created IS 'Moment of publishing, UTC';
COMMENT ON COLUMN releases.schema_version IS 'SemVer of the schema: a new first number may break queries';
COMMENT ON TABLE release_columns IS 'The columns that each table had in each release';
COMMENT ON COLUMN release_columns.version IS 'Release id';
COMMENT ON COLUMN release_columns.table_name IS 'The table';
COMMENT ON COLUMN release_columns.column_name IS 'Its column';
COMMENT ON COLUMN release_columns.column_type IS 'The type, as DuckDB names it';
COMMENT ON COLUMN release_columns.key_place IS 'Place in the key of the table, from 0; null where it is no part of it';
COMMENT ON MACRO TABLE release_keys IS 'The key of each table in a release, with its types';
COMMENT ON MACRO TABLE changes IS 'What differs between two releases, a row a restated cell, and a row an added or removed row';
COMMENT ON MACRO release_number IS 'A release id as a number, so that 2026.11.10 comes after 2026.11.9';
COMMENT ON MACRO is_held IS 'Whether a version of a row is in a release';
COMMENT ON MACRO known_release IS 'The release id itself, or an error where the history does not hold it';
