/* The empty history: which releases it holds, and how a version is compared. */
CREATE TABLE IF NOT EXISTS releases (version VARCHAR PRIMARY KEY, created VARCHAR NOT NULL, schema_version VARCHAR NOT NULL);

CREATE TABLE IF NOT EXISTS release_columns (version VARCHAR, table_name VARCHAR, column_name VARCHAR, column_type VARCHAR, key_place INTEGER);

CREATE OR REPLACE MACRO release_number(version) AS
    split_part(version, '.', 1)::BIGINT * 100000000 + split_part(version, '.', 2)::BIGINT * 1000000 + split_part(version, '.', 3)::BIGINT;

CREATE OR REPLACE MACRO known_release(wanted) AS
    CASE WHEN wanted IN (SELECT version FROM releases) THEN wanted
         ELSE error('no release ' || wanted || ' in this history; ask: FROM releases') END;

CREATE OR REPLACE MACRO is_held(release_from, release_to, wanted) AS
    release_number(release_from) <= release_number(wanted) AND (release_to IS NULL OR release_number(release_to) > release_number(wanted));

CREATE OR REPLACE MACRO release_keys(wanted) AS TABLE
    SELECT table_name, list(column_name ORDER BY key_place) FILTER (key_place IS NOT NULL) AS key,
           list(column_type ORDER BY key_place) FILTER (key_place IS NOT NULL) AS key_types
    FROM release_columns WHERE version = known_release(wanted) GROUP BY table_name;
