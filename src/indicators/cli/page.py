"""`indicators site`: the page of a release in a browser, where its query box needs a server.

Know before editing: some machines' registries call programs plain text, and then no browser runs them.
"""

import mimetypes
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from indicators.cli import show
from indicators.model import Folders, IndicatorsError
from indicators.release import Shelf

HOST = "127.0.0.1"


class Files(SimpleHTTPRequestHandler):
    """The files of a folder."""

    def log_message(self, *_told: Any) -> None:
        """Say nothing of each request."""


def serve(version: str, port: int) -> int:
    """Serve a release's folder to this machine until Ctrl-C; returns the exit code."""
    release = Shelf(Folders.from_environment().releases).get(version)
    mimetypes.add_type("text/javascript", ".js")
    with _server(release.folder, port) as server, suppress(KeyboardInterrupt):
        show.out.print(f"Release {release.version} is on http://{HOST}:{server.server_port}/site/ (Ctrl-C ends it)")
        server.serve_forever()
    return 0


def _server(folder: Path, port: int) -> ThreadingHTTPServer:
    try:
        return ThreadingHTTPServer((HOST, port), partial(Files, directory=str(folder)))
    except OSError as error:
        raise IndicatorsError(f"port {port} of {HOST} cannot be had ({error.strerror}); give another with --port") from error
