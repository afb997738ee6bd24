/* changes('<a>', '<b>'): rows added and removed between two releases, by table. A changed row is one removed and one added.
   {tables} is one SELECT a table, joined by UNION ALL. */
CREATE OR REPLACE MACRO changes(earlier, later) AS TABLE {tables};
