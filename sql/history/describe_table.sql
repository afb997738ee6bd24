/* What DuckDB says of a table, its columns and its macros, in duckdb_views(), duckdb_tables(), duckdb_columns() and duckdb_functions().
   {told} is the table's title and description, {columns} one COMMENT a column of the view and of the history. */
COMMENT ON VIEW {table} IS {told};
COMMENT ON TABLE {table}_history IS 'Every version of every row of {table}, with the releases that have it';
COMMENT ON COLUMN {table}_history.release_from IS 'First release that has this version of the row';
COMMENT ON COLUMN {table}_history.release_to IS 'First release that no longer has it; null where the newest has it';
COMMENT ON MACRO TABLE {table}_as_of IS 'The table {table} as a release had it';
COMMENT ON MACRO TABLE {table}_changes IS 'Rows of {table} that one of two releases has and the other has not';
{columns}
