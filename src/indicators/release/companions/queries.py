"""`QUERIES.md`: how to ask a release questions with DuckDB, Python, R and a browser, in its folder or over HTTP.

Know before editing: tests run every block of `sh`, `sql` and `python` from a release's own file, against its folder and over HTTP;
what is not run (R) says so to the reader.
"""

from indicators.release.companions.questions import Question, questions
from indicators.release.edition import Edition

HEAD = """\
# Queries

Release {version} is a folder of Parquet files: whatever reads Parquet reads it. In what follows `BASE` is that folder or the
address it is served from, such as `https://example.org/releases/{version}`. Over HTTP nothing need be downloaded first: DuckDB and
polars ask for the parts of a file that a question needs, from any server that answers range requests.

## DuckDB on the command line

In the folder, where each table then goes by its name:

```sh
duckdb -init views.sql -c "SELECT count(*) FROM {table}"
```

From elsewhere, with `views.sql` at hand and any folder or address:

```sh
duckdb -cmd "SET VARIABLE release = 'BASE'" -cmd ".read views.sql" -c "SELECT count(*) FROM {table}"
```

A view reads the end of its file when it is made; for one question over HTTP, paste the lines of the tables you need, or name the file:

```sql
SELECT count(*) FROM 'BASE/tables/{table}.parquet';
```

At the first `http` address DuckDB fetches its extension `httpfs` by itself.

## Python

```python
import duckdb

connection = duckdb.connect()
connection.execute("SET VARIABLE release = 'BASE'")
connection.execute(open("views.sql").read())
connection.sql("SELECT count(*) FROM {table}").show()
```

```python
import polars as pl

print(pl.scan_parquet("BASE/tables/{table}.parquet").select(pl.len()).collect())
```

```python
import pandas as pd  # downloads the whole file

print(len(pd.read_parquet("BASE/tables/{table}.parquet")))
```

polars begins with the last 256 KiB of a file, which is the whole of most of these; the setting
`POLARS_CLOUD_FOOTER_READ_SIZE=32768` in its environment takes less.

## R

These lines follow the packages' documentation; unlike the others on this page, they were not run for this release.

```r
connection <- DBI::dbConnect(duckdb::duckdb())
DBI::dbGetQuery(connection, "SELECT count(*) FROM 'BASE/tables/{table}.parquet'")

nrow(arrow::read_parquet("BASE/tables/{table}.parquet"))  # downloads the whole file
```

## A browser

The query box of the release's page, `site/index.html`, runs the SQL below in the page itself.
"""
ASKED = "\n### {title}\n\n```sql\n{sql};\n```\n"
LAZILY = "\nIn polars:\n\n```python\nimport polars as pl\n\nprint((\n{polars}\n).collect())\n```\n"


def text(edition: Edition) -> str:
    """Every client once, then every question that this release's tables answer."""
    asked = questions([table.name for table in edition.tables])
    listed = ["\n## Questions\n\nEach over the views of `views.sql`, in DuckDB.\n", *map(_asked, asked)] if asked else []
    return HEAD.format(version=edition.version, table=edition.tables[0].name) + "".join(listed)


def _asked(question: Question) -> str:
    lazily = "\n".join(f"    {line}" for line in question.polars.splitlines())
    return ASKED.format(title=question.title, sql=question.sql) + (LAZILY.format(polars=lazily) if lazily else "")
