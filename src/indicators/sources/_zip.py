"""Reading a zip archive in a closed world: the members that are named, by base name, or an error that says what to do.

Only for the modules of this package. Folders inside an archive move between captures; base names do not.
Know before editing: sizes are read from the directory before anything is unpacked, so that a small archive cannot fill the memory.
"""

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from indicators.model import BadPayload

MAX_UNPACKED_BYTES = 200_000_000


def members(payload: bytes, source_id: str, max_bytes: int = MAX_UNPACKED_BYTES) -> dict[str, bytes]:
    """Return base name → bytes of every file of an archive; raises BadPayload where it is no sound archive or too large unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _require_sound(
                [PurePosixPath(info.filename).name for info in infos], sum(info.file_size for info in infos), source_id, max_bytes
            )
            return {PurePosixPath(info.filename).name: archive.read(info) for info in infos}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise BadPayload(f"{source_id}: not a readable zip archive ({error}); look at the newest snapshot") from error


def _require_sound(names: list[str], unpacked: int, source_id: str, max_bytes: int) -> None:
    """Raise BadPayload where base names repeat or the members together are larger than any healthy capture."""
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadPayload(f"{source_id}: the archive holds {twice} in several folders; upstream must be asked which one counts")
    if unpacked > max_bytes:
        raise BadPayload(
            f"{source_id}: the archive would unpack to {unpacked:,} bytes, more than {max_bytes:,}; see what it holds, then raise"
        )
