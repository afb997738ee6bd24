"""Reading bytes in the encoding that a source declares, or an error that says which byte is in the way. Only for this package.

Know before editing: Mac Roman and Latin-1 give a sign for every byte, so reading them never fails by itself. What was saved in another
encoding shows as signs that no name holds (`√≥`, `Ã¤`, a control sign): those are refused, and so are bytes that are sound UTF-8 meanwhile.
"""

import csv
import io
from collections.abc import Sequence

from indicators.model import BadPayload

SINGLE_BYTE = ("mac_roman", "latin-1")
TYPOGRAPHY = "‘’“”–—"
REMEDY = "look at the newest snapshot, then change the declared encoding"


def decoded(payload: bytes, encoding: str, told: str) -> str:
    """Return the text of a payload; raises BadPayload naming the first byte that is not of the declared encoding."""
    try:
        text = payload.decode(encoding)
    except UnicodeDecodeError as error:
        wrong = f"byte 0x{payload[error.start]:02x} at {error.start:,} is not {encoding}"
        raise BadPayload(f"{told}: {wrong}; {REMEDY}") from error
    if encoding in SINGLE_BYTE and not payload.isascii():
        _require_single_byte(payload, text, encoding, told)
    return text


def comma_separated(rows: Sequence[Sequence[str]], told: str) -> bytes:
    """Return rows, the header first and wholly blank ones left out, as CSV in UTF-8; raises BadPayload where one is longer or shorter."""
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    uneven = [(number, len(row)) for number, row in enumerate(kept, start=1) if len(row) != len(kept[0])]
    if not kept or uneven:
        stated = f"rows with another number of fields than the header: {uneven[:3]} (row, fields)" if kept else "no rows"
        raise BadPayload(f"{told}: {stated}; look at the newest snapshot")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(kept)
    return text.getvalue().encode()


def cells(text: str, separator: str, told: str) -> list[list[str]]:
    """Return the rows of a text with separators; raises BadPayload where a quotation is not closed."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise BadPayload(f"{told}: not a readable table ({error}); look at the newest snapshot") from error


def _require_single_byte(payload: bytes, text: str, encoding: str, told: str) -> None:
    """Raise BadPayload where a text of one byte a sign was saved in another encoding."""
    try:
        payload.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        raise BadPayload(f"{told}: the bytes are UTF-8 and not {encoding}; {REMEDY}")
    for place, sign in enumerate(text):
        if not (sign.isascii() or sign.isalpha() or sign in TYPOGRAPHY):
            raise BadPayload(f"{told}: byte 0x{payload[place]:02x} at {place:,} is {sign!r} in {encoding}, no letter; {REMEDY}")
