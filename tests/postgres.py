"""A PostgreSQL of our own for tests: a cluster in a temporary folder, on a free port of loopback, stopped at the end.

Know before editing: PostgreSQL refuses to run as root, so root starts it as the user `postgres`, which Debian's package makes.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import servers

PASSWORD = "of no worth"  # noqa: S105
SETTINGS = "-c listen_addresses=127.0.0.1 -c unix_socket_directories={place} -c fsync=off -p {port}"


@contextmanager
def cluster() -> Iterator[dict[str, str]]:
    """Start a PostgreSQL; yields the variables by which its programs, and `deploy/dagster.yaml`, reach it."""
    programs, port = _programs(), servers.free_port()
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as folder:
        place, data = Path(folder), f"{folder}/data"
        (place / "password").write_text(PASSWORD, encoding="utf-8")
        if os.geteuid() == 0:
            for path in (place, place / "password"):
                shutil.chown(path, "postgres")
        _run(programs / "initdb", "-D", data, "-U", "indicators", "-A", "scram-sha-256", f"--pwfile={folder}/password", "--no-sync")
        control = (programs / "pg_ctl", "-D", data, "-w", "-l", f"{folder}/log")
        _run(*control, "-o", SETTINGS.format(place=place, port=port), "start")
        try:
            reached = {"PGHOST": "127.0.0.1", "PGPORT": str(port), "PGDATABASE": "postgres", "PGUSER": "indicators"}
            yield reached | {"PGPASSWORD": PASSWORD}
        finally:
            _run(*control, "-m", "immediate", "stop")


def _programs() -> Path:
    """The folder of the newest server programs; skips the test where there are none, or fails it where CI promised them."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found += [Path(beside).resolve() for beside in (shutil.which("initdb"),) if beside]
    if not found:
        told = "needs PostgreSQL's server programs, which are not installed: apt-get install postgresql"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(told)
    return found[-1].parent


def _run(*command: str | Path) -> None:
    """Run a server program, as the user `postgres` where we are root; fails the test with what it said."""
    as_postgres = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    with tempfile.TemporaryFile() as said:  # the server keeps what it inherits: a pipe would never end
        ended = subprocess.run([*as_postgres, *command], stdout=said, stderr=said, check=False, cwd="/")
        said.seek(0)
        assert ended.returncode == 0, f"{command}:\n{said.read().decode(errors='replace')}"
