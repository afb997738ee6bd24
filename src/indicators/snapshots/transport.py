"""HTTP: the one way bytes enter the project, and the only module that imports requests.

Know before editing:
- urllib3 retries connections and statuses (it honours Retry-After); a body that breaks off is retried here.
- `INDICATORS_MIRROR`, a base URL or a folder, answers https://<host>/<path>?<query> from <mirror>/<host>/<path>?<query>.
- Nothing is kept unless the whole body arrived, in the promised kind, from the promised host or a domain its `File` names.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, ReadTimeoutError
from urllib3.util import Retry

from indicators import __version__
from indicators.model import PROJECT_NAME, BadPayload, FetchFailed, File, IndicatorsError

ATTEMPTS = 3
BACKOFF_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60
RETRY_STATUSES = (429, 500, 502, 503, 504)
CONNECT_SECONDS = 10.0
CHUNK = 1 << 16
USER_AGENT = f"{PROJECT_NAME}/{__version__} (open dataset pipeline; python-requests/{requests.__version__})"

Progress = Callable[[str, int, int | None], None]
"""Called with file name, bytes so far, and bytes in all where known: when a file begins (0, None), on its way, and at its end."""


def no_progress(_file: str, _done: int, _total: int | None) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Validators:
    """What the server gave with the bytes we hold, to ask whether they changed."""

    etag: str = ""
    last_modified: str = ""

    def headers(self) -> dict[str, str]:
        """Conditional request headers (RFC 9110, section 13)."""
        stated = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in stated.items() if value}


@dataclass(frozen=True)
class Answer:
    """A complete body in a temporary file, or the word that nothing changed (`path` is None)."""

    path: Path | None
    sha256: str = ""
    size: int = 0
    validators: Validators = Validators()


def _seconds() -> float:
    """How long to wait for a silent server; raises IndicatorsError where INDICATORS_TIMEOUT is no number of seconds."""
    stated = os.environ.get("INDICATORS_TIMEOUT", "20")
    try:
        return float(stated)
    except ValueError as error:
        raise IndicatorsError(f"INDICATORS_TIMEOUT={stated!r} is no number of seconds; give one, such as 20") from error


@dataclass
class Transport:
    """One session with its mirror, time limits and retries."""

    mirror: str = field(default_factory=lambda: os.environ.get("INDICATORS_MIRROR", "").rstrip("/"))
    read_seconds: float = field(default_factory=_seconds)
    whole_seconds: float = 600.0
    backoff_seconds: float = BACKOFF_SECONDS

    def __post_init__(self) -> None:
        """Open the session; retries with exponential backoff live in its adapter."""
        retry = Retry(
            total=ATTEMPTS - 1,
            backoff_factor=self.backoff_seconds,
            status_forcelist=RETRY_STATUSES,
            allowed_methods=("GET",),
            raise_on_status=False,
            respect_retry_after_header=True,
            retry_after_max=LONGEST_WAIT_SECONDS,
        )
        self.session = requests.Session()
        self.session.headers["User-Agent"] = USER_AGENT
        for scheme in ("http://", "https://"):
            self.session.mount(scheme, HTTPAdapter(max_retries=retry))

    def fetch(self, file: File, known: Validators, max_bytes: int, draft: Path, progress: Progress = no_progress) -> Answer:
        """Stream one address into `draft`; raises FetchFailed (not reached) or BadPayload (reached, but rubbish)."""
        if self.mirror and "://" not in self.mirror:
            return self._copy(file, max_bytes, draft)
        for attempt in range(ATTEMPTS):
            try:
                return self._get(file, known, max_bytes, draft, progress)
            except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError) as error:
                broken = error
                time.sleep(self.backoff_seconds * 2**attempt)
            except requests.exceptions.RequestException as error:
                raise FetchFailed(f"{file.url} could not be reached: {_reason(error)}") from error
        raise FetchFailed(f"{file.url} broke off {ATTEMPTS} times before its end: {_reason(broken)}") from broken

    def _get(self, file: File, known: Validators, max_bytes: int, draft: Path, progress: Progress) -> Answer:
        address = self._address(file.url)
        limits = (CONNECT_SECONDS, self.read_seconds)
        with self.session.get(address, headers=known.headers(), timeout=limits, stream=True) as response:
            if response.status_code == requests.codes.not_modified:
                return Answer(path=None)
            _require_promised(response, file, expected_host=urlsplit(address).netloc)
            total = int(response.headers["Content-Length"]) if response.headers.get("Content-Length", "").isdigit() else None
            answer = self._save(response.iter_content(CHUNK), file, max_bytes, draft, lambda done: progress(file.name, done, total))
            tags = Validators(response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
            return Answer(answer.path, answer.sha256, answer.size, tags)

    def _save(self, chunks: Iterator[bytes], file: File, max_bytes: int, draft: Path, told: Callable[[int], None]) -> Answer:
        digest, size, begun = hashlib.sha256(), 0, time.monotonic()
        with draft.open("wb") as out:
            for chunk in chunks:
                size += len(chunk)
                if size > max_bytes:
                    raise BadPayload(f"{file.url} is larger than {max_bytes:,} bytes; look at it, then raise max_bytes")
                if time.monotonic() - begun > self.whole_seconds:
                    raise FetchFailed(f"{file.url} was not complete after {self.whole_seconds:.0f} s ({size:,} bytes came)")
                digest.update(chunk)
                out.write(chunk)
                told(size)
        _require_data(draft, file)
        return Answer(draft, digest.hexdigest(), size)

    def _copy(self, file: File, max_bytes: int, draft: Path) -> Answer:
        """The same from a folder, laid out as <host>/<path>?<query>."""
        path = Path(self._address(file.url))
        if not path.is_file():
            raise FetchFailed(f"{file.url} is not in the mirror folder (INDICATORS_MIRROR)")
        with path.open("rb") as body:
            return self._save(iter(lambda: body.read(CHUNK), b""), file, max_bytes, draft, lambda _done: None)

    def _address(self, url: str) -> str:
        """Where to ask: the live address, or the mirror's."""
        return f"{self.mirror}/{url.partition('://')[2]}" if self.mirror else url


def _require_promised(response: requests.Response, file: File, expected_host: str) -> None:
    """Refuse an error status, another host, or a page for people where data was promised."""
    arrived = urlsplit(response.url).netloc
    if arrived != expected_host and not file.may_come_from(response.url):
        raise BadPayload(f"{file.url} was redirected to another host, {arrived}; open it in a browser and see what it wants")
    if response.status_code != requests.codes.ok:
        raise FetchFailed(f"{file.url} answered {response.status_code} {response.reason}")
    if response.headers.get("Content-Type", "").partition(";")[0].strip().lower() == "text/html":
        raise BadPayload(f"{file.url} answered an HTML page where data was promised; the address may have moved")


def _require_data(path: Path, file: File) -> None:
    """Refuse an empty body, and HTML whatever the header says."""
    with path.open("rb") as body:
        start = body.read(512).lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if not start:
        raise BadPayload(f"{file.url} answered an empty body")
    if start.startswith((b"<!doctype html", b"<html")):
        raise BadPayload(f"{file.url} holds an HTML page where data was promised; the address may have moved")


def _reason(error: Exception) -> str:
    """What happened, in words that may be published: no host of a mirror, no folder."""
    if isinstance(error, requests.exceptions.Timeout):
        return "no answer in time"
    if isinstance(error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        return "the body is not complete"
    causes = _causes(error)
    if any(isinstance(cause, NameResolutionError) for cause in causes):
        return "its name is not known"
    if any(isinstance(cause, ReadTimeoutError | ConnectTimeoutError) for cause in causes):
        return "no answer in time"
    return f"the connection failed ({type(causes[-1]).__name__})"


def _causes(error: BaseException) -> list[BaseException]:
    """An error and what it wraps, outermost first."""
    causes = [error]
    while isinstance(inner := getattr(causes[-1], "reason", None) or next(iter(causes[-1].args), None), BaseException):
        causes.append(inner)
    return causes
