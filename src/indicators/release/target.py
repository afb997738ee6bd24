"""A place that readers read from, and how a file gets there: a folder, or whatever else fsspec has a driver for.

Know before editing:
- A reader must never meet half a file. An object store shows a file whole or not at all; in every other place a file is written
  under `.pending` and renamed.
- Drivers find credentials themselves, where their users expect them. An address is seen by everyone who can list processes, and is
  printed: one that carries a password is refused.
- Drivers raise errors of many kinds (OSError, botocore's, google's): `_doing` is the one place that catches them, and says what and where.
"""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import fsspec

from indicators.model import IndicatorsError

OBJECT_STORES = {"s3", "gs", "abfs", "memory"}
DRIVERS = {
    "s3": "'.[s3]'",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "az": "adlfs",
    "abfs": "adlfs",
    "abfss": "adlfs",
    "sftp": "paramiko",
    "ssh": "paramiko",
}
"""What pip installs for a scheme; the first is this project's own extra."""
HINTS = {
    "EndpointConnectionError": "is the address right (for S3, AWS_ENDPOINT_URL), and its server up?",
    "FileNotFoundError": "make the bucket, or the folder above it, first",
    "NoCredentialsError": "give credentials where its users have them: for S3, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or ~/.aws",
    "PermissionError": "the credentials are wrong, or do not allow this: for S3, see AWS_ACCESS_KEY_ID; for a folder, who may write there",
}
"""Where next, by the name of an error: the drivers that define them may not be installed."""
AGAIN = "mend that and run it again; what is there already is not sent twice"
PENDING = ".pending"


@dataclass(frozen=True)
class Target:
    """Where releases are published: paths are relative to it, like those of a folder of releases."""

    address: str
    files: fsspec.AbstractFileSystem
    root: str

    @classmethod
    def at(cls, address: str) -> Self:
        """The place behind an address; raises IndicatorsError where it cannot be one, or its driver is not installed."""
        parts = urlsplit(address)
        if parts.password:
            raise IndicatorsError("the address carries a password; give it without, and the password where its driver looks for it")
        if parts.scheme in ("http", "https"):
            raise IndicatorsError(f"{address} is where readers read; give --to the folder or the bucket behind it")
        try:
            files, root = fsspec.url_to_fs(address, skip_instance_cache=True)
        except ImportError as error:
            told = f"no driver for {parts.scheme}:// is installed; pip install {DRIVERS.get(parts.scheme, '')}".rstrip()
            raise IndicatorsError(f"{told} ({error})") from error
        except ValueError as error:
            raise IndicatorsError(
                f"{address} is no place that can be written to ({error}); give a folder, or such as s3://bucket/data"
            ) from error
        return cls(address, files, root.rstrip("/"))

    def read(self, name: str) -> bytes | None:
        """The bytes of a file, or None where there is none."""
        with self._doing(f"read {name}"):
            try:
                return bytes(self.files.cat_file(self._path(name)))
            except FileNotFoundError:
                return None

    def sizes(self, folder: str) -> dict[str, int]:
        """Every file below a folder (the whole place, for ""): its path from there, and its bytes."""
        with self._doing(f"list {folder}"):
            self.files.invalidate_cache()
            found: dict[str, dict[str, Any]] = self.files.find(self._path(folder), detail=True)
        start = len(self._path(folder)) + 1
        return {path[start:]: int(info["size"]) for path, info in found.items() if info["type"] == "file"}

    def folders(self) -> list[str]:
        """The names of what lies at its top."""
        with self._doing("list it"):
            self.files.invalidate_cache()
            try:
                return [str(path).rstrip("/").rpartition("/")[2] for path in self.files.ls(self.root, detail=False)]
            except FileNotFoundError:
                return []

    def put(self, source: Path, name: str) -> None:
        """Write a file, of which a reader sees all or nothing."""
        with self._doing(f"write {name}"):
            if self._is_store:
                self.files.put_file(str(source), self._path(name))
                return
            draft = self._path(f"{PENDING}/{name.partition('/')[0]}/{secrets.token_hex(8)}")
            for path in (draft, self._path(name)):
                self.files.makedirs(path.rpartition("/")[0], exist_ok=True)
            self.files.put_file(str(source), draft)
            self.files.mv(draft, self._path(name))

    def remove(self, name: str) -> None:
        """Remove a file."""
        with self._doing(f"remove {name}"):
            self.files.rm_file(self._path(name))

    def clear(self, names: Iterable[str]) -> None:
        """Remove what lies under `.pending` by these names, and that folder where nothing else is in it."""
        held = self.sizes(PENDING)
        for name in list(held):
            if name.partition("/")[0] in set(names):
                self.remove(f"{PENDING}/{name}")
                del held[name]
        with self._doing(f"clear {PENDING}"):
            if not held and not self._is_store and self.files.exists(self._path(PENDING)):
                self.files.rm(self._path(PENDING), recursive=True)

    @property
    def lanes(self) -> int:
        """How many files may be on their way at once; more than one pays where each costs a journey."""
        return 8 if self._is_store else 1

    @property
    def _is_store(self) -> bool:
        kinds = self.files.protocol
        return bool(OBJECT_STORES & ({kinds} if isinstance(kinds, str) else set(kinds)))

    def _path(self, name: str) -> str:
        return f"{self.root}/{name}".rstrip("/")

    @contextmanager
    def _doing(self, what: str) -> Iterator[None]:
        """Say what could not be done, where, in the driver's words."""
        try:
            yield
        except Exception as error:
            kind = type(error).__name__
            told = f"{self.address}: cannot {what} ({kind}: {error})"
            raise IndicatorsError(f"{told}; {HINTS.get(kind, AGAIN)}") from error
