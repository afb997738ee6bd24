"""A small source and a small server of our own, so that fetching is exercised without anybody's captures."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import polars as pl

from indicators.model import BadPayload, File, Source

Respond = Callable[[BaseHTTPRequestHandler], None]
HOST = "data.example.org"

SOURCE = Source(
    id="small_feed",
    title="A small feed",
    publisher="Nobody",
    homepage="https://data.example.org/about",
    license="CC0-1.0",
    redistribution="open",
    attribution="Nobody",
    cadence=timedelta(days=1),
    files=(File("numbers.csv", f"https://{HOST}/numbers.csv?edition=1"),),
    schema={"number": pl.Int64},
    max_bytes=1_000,
)


def parse(payload: bytes, _file: File) -> pl.DataFrame:
    """One row a line; anything but whole numbers is rubbish."""
    try:
        return pl.DataFrame({"number": [int(line) for line in payload.split()]}, schema={"number": pl.Int64})
    except ValueError as error:
        raise BadPayload(f"small_feed: {error}; ask Nobody") from error


def body(handler: BaseHTTPRequestHandler, payload: bytes, status: int = 200, **headers: str) -> None:
    """Answer with a body and headers (underscores in names become hyphens)."""
    handler.send_response(status)
    for name, value in ({"Content_Type": "text/csv", "Content_Length": str(len(payload))} | headers).items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(payload)


@contextmanager
def serving(respond: Respond) -> Iterator[str]:
    """A server on this machine that answers every GET with `respond`; yields its base address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            respond(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
