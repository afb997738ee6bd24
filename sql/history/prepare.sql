/* The empty history: which releases it holds, and how a version is compared. */
CREATE TABLE IF NOT EXISTS releases (version VARCHAR PRIMARY KEY, created VARCHAR NOT NULL, schema_version VARCHAR NOT NULL);

CREATE OR REPLACE MACRO release_number(version) AS
    split_part(version, '.', 1)::BIGINT * 100000000 + split_part(version, '.', 2)::BIGINT * 1000000 + split_part(version, '.', 3)::BIGINT;

CREATE OR REPLACE MACRO known_release(wanted) AS
    CASE WHEN wanted IN (SELECT version FROM releases) THEN wanted
         ELSE error('no release ' || wanted || ' in this history; ask: FROM releases') END;
