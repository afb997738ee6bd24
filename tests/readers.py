"""Readers as they come: an older DuckDB with its HTTP extension and its command line, in an environment of its own; polars in ours.

Know before editing: the environment lies inside the one that runs the tests and is made once for each text of its requirements. It is
also the readers' HOME, where the extension stands as DuckDB itself would have put it: so what is printed for readers runs unchanged.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from filelock import FileLock
from servers import PATIENCE, Nginx

from indicators.release.companions.questions import Question
from indicators.release.companions.views import VIEW

REQUIREMENTS = Path(__file__).with_name("data") / "reader_requirements.txt"
ENVIRONMENT = Path(sys.prefix) / "reader"
INSTALL_EXTENSION = """
import duckdb, pathlib, duckdb_extension_httpfs
(file,) = pathlib.Path(duckdb_extension_httpfs.__path__[0]).rglob("httpfs.duckdb_extension")
duckdb.execute(f"INSTALL '{file}'")
"""
IN_DUCKDB = """
import duckdb
connection = duckdb.connect()
connection.execute("SET VARIABLE release = '{base}'")
connection.execute({view!r})
print(*connection.sql({sql!r}).fetchall(), sep="\\n")
"""
IN_POLARS = """
import polars as pl
print(*({lazily}).collect().iter_rows(), sep="\\n")
"""


@dataclass(frozen=True)
class Answer:
    """What a reader printed, and the requests that it took."""

    rows: list[str]
    requests: list[dict[str, Any]]

    @property
    def sent(self) -> int:
        """Bytes of all bodies, as nginx logged them."""
        return sum(request["sent"] for request in self.requests)


def program(name: str) -> str:
    """A program of the readers' environment, which is made first; the test is skipped where it cannot be, or fails where CI promised it."""
    with FileLock(f"{ENVIRONMENT}.lock"):
        stamp, wanted = ENVIRONMENT / ".installed", REQUIREMENTS.read_text(encoding="utf-8")
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
            try:
                _install()
            except subprocess.CalledProcessError as error:
                (pytest.fail if os.environ.get("CI") else pytest.skip)(f"needs {wanted.split()} from a package index: {error.stderr}")
            stamp.write_text(wanted, encoding="utf-8")
    return str(ENVIRONMENT / "bin" / name)


def run(command: Sequence[str], folder: Path | None = None) -> str:
    """What a reader's command prints; raises CalledProcessError."""
    environment = {"HOME": str(ENVIRONMENT), "PATH": f"{ENVIRONMENT / 'bin'}:{os.environ['PATH']}"}
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=True).stdout


def in_duckdb(question: Question, server: Nginx) -> Answer:
    """A question over HTTP in the readers' DuckDB, through the one line of `views.sql` that it needs."""
    code = IN_DUCKDB.format(base=server.address, view=VIEW.format(name=question.table), sql=question.sql)
    return _answer([program("python"), "-c", code], server)


def in_polars(question: Question, server: Nginx) -> Answer:
    """The same in polars."""
    code = IN_POLARS.format(lazily=question.polars.replace("BASE", server.address))
    return _answer([sys.executable, "-I", "-c", code], server)


ASK: dict[str, Callable[[Question, Nginx], Answer]] = {"duckdb": in_duckdb, "polars": in_polars}


def _answer(command: Sequence[str], server: Nginx) -> Answer:
    before = len(_requests(server))
    rows = run(command).splitlines()
    return Answer(rows, _requests(server)[before:])


def _requests(server: Nginx) -> list[dict[str, Any]]:
    """Every request so far but our own: nginx writes its log in order, so all are there once a last one of ours is."""
    mark = f"/mark-{time.monotonic_ns()}"
    requests.head(f"{server.address}{mark}", timeout=PATIENCE)
    while not any(request["uri"] == mark for request in server.requests()):
        time.sleep(0.01)
    return [request for request in server.requests() if not request["uri"].startswith("/mark-")]


def _install() -> None:
    """By uv where it is found, else by venv and pip, as the Makefile does; then the extension, where DuckDB looks for it."""
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    python, uv = str(ENVIRONMENT / "bin" / "python"), shutil.which("uv")
    if uv:
        commands = [[uv, "venv", "--python", sys.executable, str(ENVIRONMENT)], [uv, "pip", "install", "--python", python]]
    else:
        commands = [[sys.executable, "-m", "venv", str(ENVIRONMENT)], [python, "-m", "pip", "install"]]
    commands[1] += ["--quiet", "-r", str(REQUIREMENTS)]
    for command in commands:
        subprocess.run(command, capture_output=True, text=True, check=True)
    run([python, "-c", INSTALL_EXTENSION])
