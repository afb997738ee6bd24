/* How a table is read: as it is now, as any release had it, and what changed between two releases. */
CREATE OR REPLACE VIEW {table} AS SELECT * EXCLUDE (release_from, release_to) FROM {table}_history WHERE release_to IS NULL;

CREATE OR REPLACE MACRO {table}_as_of(wanted) AS TABLE
    SELECT * EXCLUDE (release_from, release_to) FROM {table}_history
    WHERE release_number(release_from) <= release_number(known_release(wanted))
      AND (release_to IS NULL OR release_number(release_to) > release_number(wanted));

CREATE OR REPLACE MACRO {table}_changes(earlier, later) AS TABLE
    SELECT 'added' AS change, * FROM (FROM {table}_as_of(later) EXCEPT FROM {table}_as_of(earlier))
    UNION ALL
    SELECT 'removed' AS change, * FROM (FROM {table}_as_of(earlier) EXCEPT FROM {table}_as_of(later));
