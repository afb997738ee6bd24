"""`views.sql`: what a reader pastes into DuckDB to query a release, here or over HTTP."""

from indicators.release.edition import Edition

VIEWS = """\
-- Views over one release, for DuckDB. Run it inside the release's folder, or say where the release is first:
--   SET VARIABLE release = 'https://example.org/releases/{version}';   -- any folder or base address
-- Then run any file of sql/indicators/ or sql/claims/, or ask what you like (QUERIES.md has examples).
-- A view reads the end of its file when it is made: over HTTP, paste only the lines of the tables you need.
"""
PLACE = "coalesce(rtrim(getvariable('release'), '/'), '.')"
VIEW = f"CREATE OR REPLACE VIEW {{name}} AS FROM read_parquet({PLACE} || '/tables/{{name}}.parquet');"


def text(edition: Edition) -> str:
    """One view a table."""
    return VIEWS.format(version=edition.version) + "".join(f"{VIEW.format(name=table.name)}\n" for table in edition.tables)
