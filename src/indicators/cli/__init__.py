"""`indicators`: the command line. Help answers at once, because every command imports what it needs when it runs.

What does not belong here: logic. `runs` runs the Dagster jobs in this process, `editions` fetches past ones, `show` draws with rich.
Exit codes: 0 done (or nothing to do), 1 refused or failed, 2 wrong usage, 3 not fresh although fresh was required.
"""

import sys
from datetime import datetime
from pathlib import Path

import click

DAY = click.DateTime(["%Y-%m-%d"])
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


@click.group(context_settings=CONTEXT)
@click.version_option(package_name="ai-competition-indicators", prog_name="indicators")
def cli() -> None:
    """Build, check, publish and read the AI-competition indicators.

    \b
    indicators release             build and publish from what is stored (offline)
    indicators refresh             fetch every source, keep what is good
    indicators backfill            fetch past editions, so that removals appear
    indicators query "FROM indicators"     ask the newest release with SQL
    indicators claims              the op-ed's claims, tested: verdicts then and now
    indicators publish --to URL    copy releases to where readers read them: a folder, a bucket

    State lies under data/, or where INDICATORS_DATA (an absolute path) says. INDICATORS_MIRROR (a base address or
    a folder) answers in place of the live hosts; INDICATORS_TIMEOUT sets the seconds to wait for a silent server.

    Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 not fresh although --require-fresh.
    """


@cli.command()
@click.option("--require-fresh", is_flag=True, help="Exit with 3 where any file could not be confirmed with its server.")
def refresh(*, require_fresh: bool) -> None:
    """Fetch every source; what cannot be had stays as it was and is named.

    Bytes are kept by their sha256 under data/snapshots, with a log of every check. Nothing stored is ever lost.
    Sources that may not be republished are fetched too, for `indicators cross-checks` alone; they never count as stale.
    """
    from indicators.cli import runs

    sys.exit(runs.refresh(require_fresh=require_fresh))


@cli.command()
@click.argument("source_ids", nargs=-1, metavar="[SOURCE]...")
@click.option("--since", type=DAY, metavar="DATE", show_default="2017-12-31", help="First day to ask for a quarter end of.")
@click.option("--until", type=DAY, metavar="DATE", help="Last day to ask for a quarter end of; today by default.")
@click.option("--as-of", "days", type=DAY, multiple=True, metavar="DATE", help="Ask for this very day, not for quarter ends; repeatable.")
@click.option("--again", is_flag=True, help="Ask also for days that are held already.")
def backfill(
    source_ids: tuple[str, ...], since: datetime | None, until: datetime | None, days: tuple[datetime, ...], *, again: bool
) -> None:
    """Fetch past editions of the sources whose servers keep them, so that entries which were removed appear.

    Without --as-of, the editions of quarter ends are asked for: from the last one before the indicators' first month to the newest.
    An edition never changes: a day that is held is not asked for again. The next release reads every edition there is.

    \b
    indicators backfill                           every quarter end since 2017-12-31
    indicators backfill --since 2023-01-01        fewer of them
    indicators backfill ecfr_entity_list --as-of 2022-10-07 --as-of 2023-10-17

    Past editions are served for ecfr_entity_list (the electronic CFR has days from about 2017 on). A day that the server
    does not have is named and stops nothing. Exit code 1 where an edition failed, or none of the days could be had.
    """
    from indicators.cli import editions

    first, last = (day.date() if day else None for day in (since, until))
    sys.exit(editions.backfill(source_ids, first, last, [day.date() for day in days], again=again))


@cli.command()
@click.option("--refresh", "first_refresh", is_flag=True, help="Fetch every source that a release rests on first.")
@click.option("--require-fresh", is_flag=True, help="Refuse (exit 3) where a source is stale or its check is overdue.")
def release(*, first_refresh: bool, require_fresh: bool) -> None:
    """Build every table, audit it, and publish a release unless nothing changed.

    Sources are read from the newest good snapshot, else from the project's baseline: this needs no network.
    """
    from indicators.cli import runs

    sys.exit(runs.release(first_refresh=first_refresh, require_fresh=require_fresh))


@cli.command()
@click.option("--to", "address", required=True, metavar="URL", help="A folder, or an address that fsspec writes to: s3://bucket/data.")
@click.option("--release", "versions", multiple=True, metavar="VERSION", help="Publish this one (or latest); repeatable. All, by default.")
def publish(address: str, versions: tuple[str, ...]) -> None:
    """Copy releases to where readers read them, each verified first, and the index last.

    \b
    indicators publish --to /srv/www/data                     a folder, as a web server serves it
    indicators publish --to s3://bucket/data                  pip install '.[s3]' first
    indicators publish --to gs://bucket/data                  pip install gcsfs first
    indicators publish --to abfs://container/data             pip install adlfs first
    indicators publish --to sftp://me@server/srv/www/data     pip install paramiko first

    Readers have the old index or the new one, and each release that it names, whole, at every moment. Run it again and
    nothing is copied twice; kill it, run it again, and what is missing is copied. A release there is never overwritten,
    and one that another machine published stays in the index. Withdrawn releases are marked there as they are here.

    Credentials come from the usual places alone: for S3, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or ~/.aws, and
    AWS_ENDPOINT_URL for a store that is not Amazon's. They need to read, list, write, and delete below .pending/.
    """
    from indicators.cli import publishing

    sys.exit(publishing.publish(address, versions))


@cli.command()
@click.argument("version", default="latest")
@click.option("-q", "--quiet", is_flag=True, help="Print only what is wrong.")
def verify(version: str, *, quiet: bool) -> None:
    """Check a release as a reader would: checksums, schema, every indicator and verdict computed again.

    VERSION is a release id such as 2026.11.1; without it, the newest.
    """
    from indicators.cli import reads

    sys.exit(reads.verify(version, quiet=quiet))


@cli.command()
@click.argument("before", default="previous")
@click.argument("after", default="latest")
@click.option("--table", help="Show every row and cell of one table that differs.")
@click.option("--rows", type=click.IntRange(min=1), default=50, show_default=True, help="Rows to print as a table.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV for programs.")
def diff(before: str, after: str, table: str | None, rows: int, *, as_json: bool, as_csv: bool) -> None:
    """Show what differs between two releases: rows added, removed and restated by table, and columns.

    \b
    indicators diff                                     the latest release and the one before it
    indicators diff 2026.11.1 2026.11.3                 any two
    indicators diff previous latest --table models      every cell that differs, before and after

    A release is named by its id, or as latest or previous, which pass over withdrawn ones. With --table, --csv and --json
    print what a release's changes.parquet holds of it, and FROM changes('2026.11.1', '2026.11.3') of data/indicators.duckdb.
    """
    if as_json and as_csv:
        raise click.UsageError("--json and --csv are two formats; give one of them")
    from indicators.cli import shelved

    sys.exit(shelved.diff(before, after, table, "json" if as_json else "csv" if as_csv else "table", rows))


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def releases(*, as_json: bool) -> None:
    """List every release: when it was made, its size, and whether it stands or was withdrawn, and why.

    The same, with the checksum of every file list and table, is in releases/index.json for readers.
    """
    from indicators.cli import shelved

    sys.exit(shelved.releases(as_json=as_json))


@cli.command()
@click.argument("version")
@click.option("--reason", required=True, metavar="TEXT", help="What is wrong with it, in a sentence that readers will see.")
def withdraw(version: str, reason: str) -> None:
    """Withdraw a release for good: readers' latest passes over it, and the index and the feed tell the reason.

    \b
    indicators withdraw 2026.11.2 --reason "Prices of 2025 were read as of 2024."

    Nothing is deleted: the folder stays byte for byte, since it may have been cited, and its id is never given again. There is
    no way back, so that a reader who was told once is never told otherwise: publish a corrected release instead.
    """
    from indicators.cli import shelved

    sys.exit(shelved.withdraw(version, reason))


@cli.command()
@click.argument("sql")
@click.option("--release", "version", default="latest", help="Release to ask; the newest by default.")
@click.option("--format", "style", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--rows", type=click.IntRange(min=1), default=50, show_default=True, help="Rows to print as a table.")
def query(sql: str, version: str, style: str, rows: int) -> None:
    """Ask a release with SQL (DuckDB); every table is a view of its own name.

    \b
    indicators query "FROM indicator_values WHERE indicator_id = 'capability_gap' ORDER BY period_end DESC LIMIT 6"
    """
    from indicators.cli import reads

    sys.exit(reads.query(sql, version, style, rows))


@cli.command()
@click.option("--claim", "claim_id", metavar="ID", help="Show one claim with its rule and every figure behind its verdicts, such as C03.")
@click.option("--release", "version", default="latest", help="Release to read; the newest by default.")
@click.option("--format", "style", type=click.Choice(["table", "markdown", "csv", "json"]), default="table", show_default=True)
def claims(claim_id: str | None, version: str, style: str) -> None:
    """Print the ledger: what the founding op-ed claims, and what the data say, then (21 January 2025) and now.

    \b
    indicators claims                  every claim: verdicts, the figure with its interval, its coverage
    indicators claims --claim C03      one claim: the rule, and each figure against its threshold

    supported, mixed and contradicted come of thresholds that were fixed before the data were looked at; where a rule
    leaves room, its caveats say how it was read and what another reading gives. not_measurable always has its
    reason. Both verdicts are of facts as known now; an earlier release says what was known then.
    """
    from indicators.cli import ledger

    sys.exit(ledger.claims(claim_id, version, style))


@cli.command()
def status() -> None:
    """Show every source (origin, age, last check) and every release."""
    from indicators.cli import reads

    sys.exit(reads.status())


@cli.command()
@click.argument("source_ids", nargs=-1, metavar="[SOURCE]...")
@click.option("--note", default="", help="What to know of the bytes, where they are not what the server sends.")
def baseline(source_ids: tuple[str, ...], note: str) -> None:
    """Make the newest good snapshots the baseline of the project (all sources whose terms allow it, or those named).

    The baseline is parsed rows in data/baseline, from which a fresh clone releases without a network.
    """
    from indicators.cli import runs

    sys.exit(runs.baseline(source_ids, note))


@cli.command("cross-checks")
@click.option("--rows", type=click.IntRange(min=1), default=100, show_default=True, help="Rows to print.")
def cross_checks(*, rows: int) -> None:
    """Compare our figures with sources that may be read but not republished; what comes of it stays on this machine.

    \b
    indicators refresh             fetches those sources, too
    indicators release             builds our figures
    indicators cross-checks        sets one beside the other, in data/private

    Nothing of it enters a release, the baseline or the history. A source that was never fetched is not compared.
    """
    from indicators.cli import runs

    sys.exit(runs.cross_checks(rows))


@cli.group()
def history() -> None:
    """The DuckDB file with every version of every released row."""


@history.command("rebuild")
def history_rebuild() -> None:
    """Replay all release folders into a new history file."""
    from indicators.cli import runs

    sys.exit(runs.rebuild_history())


@cli.command()
@click.option("--port", default=3000, show_default=True, help="Port of the web page.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
def ui(port: int, host: str) -> None:
    """Open the pipeline in Dagster: the graph, its runs, its checks, its schedule. Ctrl-C ends it."""
    from indicators.cli import runs

    sys.exit(runs.ui(host, port))


@cli.command()
@click.argument("version", default="latest")
@click.option("--port", default=8000, show_default=True, help="Port of the page; 0 takes any that is free.")
def site(version: str, port: int) -> None:
    """Serve a release's page to this machine, with its query box. Ctrl-C ends it.

    VERSION is a release id such as 2026.11.1; without it, the newest.
    """
    from indicators.cli import page

    sys.exit(page.serve(version, port))


def main() -> None:
    """Run a command; an expected failure is one clear message and exit code 1."""
    try:
        cli(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except Exception as error:
        from indicators.model import IndicatorsError

        if not isinstance(error, IndicatorsError | OSError):
            raise
        click.echo(f"indicators: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    sys.argv[0] = Path(sys.argv[0]).name
    main()
