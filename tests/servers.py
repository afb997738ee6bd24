"""Real servers that tests start on loopback, each as a process of its own in a temporary folder, and stop again.

Know before editing:
- nginx runs from a configuration and a prefix of its own, so it needs no root and touches nothing of the machine's; `user root` counts
  only where root starts it (whose temporary folders are closed to others), and is passed over elsewhere.
- The S3-compatible server is nanio. It was chosen by what a PUT that breaks off in the middle leaves behind: there, as on Amazon's, the
  old object. rclone's `serve s3` (1.75) loses the object, s3rver (3.7) shows half of the new one, and moto's server lets everyone in.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import s3fs

NGINX = """
daemon off; user root; pid nginx.pid; worker_processes 1; error_log error.log;
events {{ worker_connections 64; }}
http {{
  types {{ application/json json; text/html html; text/css css; text/javascript js; application/wasm wasm; }}
  default_type application/octet-stream;
  log_format bytes escape=json '{{"method":"$request_method","uri":"$uri","status":$status,"sent":$body_bytes_sent,"range":"$http_range"}}';
  access_log access.log bytes;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  server {{ listen 127.0.0.1:{port}; root "{root}"; }}
}}
"""
PATIENCE = 120
KEY, SECRET = "a-key-of-the-tests", "a-secret-of-the-tests"


@dataclass(frozen=True)
class Nginx:
    """A folder served by nginx: its base address, and where it logs each request."""

    address: str
    log: Path

    def requests(self) -> list[dict[str, Any]]:
        """Every request so far: method, uri, status, bytes of the body sent, range asked for."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def sent(self) -> int:
        """Bytes of all bodies sent so far."""
        return sum(request["sent"] for request in self.requests())


@contextmanager
def nginx(root: Path) -> Iterator[Nginx]:
    """Serve a folder; nginx writes a line of its log when it has sent the last byte of an answer."""
    program, port = _program("nginx", "apt-get install nginx"), free_port()
    with tempfile.TemporaryDirectory(prefix="nginx-") as place:
        prefix = Path(place)
        (prefix / "nginx.conf").write_text(NGINX.format(port=port, root=root), encoding="utf-8")
        command = [program, "-p", f"{prefix}/", "-c", "nginx.conf", "-e", "stderr"]
        with _running(command, port, prefix / "nginx.out"):
            yield Nginx(f"http://127.0.0.1:{port}", prefix / "access.log")


@dataclass(frozen=True)
class ObjectStore:
    """A bucket of an S3-compatible server: where it is, on which folder of this machine it rests, what its clients find in the environment."""

    endpoint: str
    folder: Path
    log: Path
    bucket: str = "data"

    @property
    def environment(self) -> dict[str, str]:
        """Where every client of S3 looks."""
        return {"AWS_ENDPOINT_URL": self.endpoint, "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1"}

    @property
    def files(self) -> s3fs.S3FileSystem:
        """A client of its own, for what a test does itself; `sign` gives an address that any HTTP client reads."""
        signed = {"signature_version": "s3v4"}
        return s3fs.S3FileSystem(key=KEY, secret=SECRET, endpoint_url=self.endpoint, config_kwargs=signed, skip_instance_cache=True)


@contextmanager
def object_store() -> Iterator[ObjectStore]:
    """An S3-compatible server with one empty bucket; it checks signatures, and keeps objects as files."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="store-") as place:
        store = ObjectStore(f"http://127.0.0.1:{port}", Path(place) / "objects", Path(place) / "log")
        command = [sys.executable, "-m", "nanio", "serve", "--host", "127.0.0.1", "--port", str(port), "--data-dir", str(store.folder)]
        with _running(command, port, store.log, NANIO_ACCESS_KEY=KEY, NANIO_SECRET_KEY=SECRET):
            store.files.mkdir(store.bucket)
            yield store


def free_port() -> int:
    """A port of loopback that nothing listens on now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _program(name: str, remedy: str) -> str:
    """Where a program is; skips the test where it is absent, or fails it where CI promised it."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"needs {name}, which is not installed: {remedy}")
    return found


@contextmanager
def _running(command: Sequence[str], port: int, log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; it counts as up once its port answers."""
    with log.open("wb") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told, env=os.environ | environment)
        try:
            _await(process, port, log)
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _await(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until a port of loopback answers; fails the test with what the server said."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as tried:
            if not tried.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.02)
    pytest.fail(f"{process.args!r} did not come up on port {port}:\n{log.read_text(errors='replace')}")
