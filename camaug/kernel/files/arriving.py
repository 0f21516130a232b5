"""What is kept of a file that came: the paper in the picture, not where and by which telephone it was taken.

Of JPEG and PNG every byte of the picture stays as it was; of HEIC a JPEG is made. Other files are kept as they came.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from PIL import Image

from camaug.kernel.files.heic import as_jpeg
from camaug.kernel.files.limits import LIMITS, Limits
from camaug.kernel.files.pictures import END_OF_IMAGE, segments
from camaug.kernel.files.refusals import FileTooLarge
from camaug.kernel.files.sniffing import HEIC, JPEG, PNG, Sniffed, sniff

_ORIENTATION = 0x0112
_EXIF_OR_XMP, _MANY_PICTURES, _PHOTOSHOP, _COMMENT = 0xE1, 0xE2, 0xED, 0xFE
_NOTES = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
_PNG_HEAD = 8


@dataclass(frozen=True, slots=True)
class Arrived:
    """The bytes to keep and what they are. `converted`: they are no longer those that were sent."""

    content: bytes
    kind: Sniffed
    converted: bool = False


def arrive(content: bytes, file_name: str, *, limits: Limits = LIMITS) -> Arrived:
    """Check a file that came and make it ready to be kept. Refusals are `FileRefused`."""
    kind = sniff(content, file_name, limits=limits)
    if kind.media_type == HEIC:
        made = as_jpeg(content)
        name = f"{PurePosixPath(kind.file_name).stem}.jpg"
        if len(made) > limits.bytes:
            raise FileTooLarge(name=name, megabytes=limits.megabytes)
        return Arrived(made, Sniffed(JPEG, 1, name), converted=True)
    kept = _BARE[kind.media_type](content) if kind.media_type in _BARE else content
    return Arrived(kept, kind)


def bare_jpeg(octets: bytes) -> bytes:
    """The same picture without Exif (but which way is up), XMP, comments, and what follows its end."""
    out, done = bytearray(octets[:2]), 2
    if (up := _way_up(octets)) != 1:
        out += _saying_way_up(up)
    for marker, start, end in segments(octets):
        out += octets[done:start]
        if not _is_note(marker, octets[start + 4 : start + 8]):
            out += octets[start:end]
        done = end
        if marker == END_OF_IMAGE:
            break
    return bytes(out)


def bare_png(octets: bytes) -> bytes:
    """The same picture without Exif, texts, times, and what follows its end."""
    out, at = bytearray(octets[:_PNG_HEAD]), _PNG_HEAD
    while at + 12 <= len(octets):
        length, kind = struct.unpack(">I4s", octets[at : at + 8])
        if kind not in _NOTES:
            out += octets[at : at + length + 12]
        at += length + 12
        if kind == b"IEND":
            break
    return bytes(out)


_BARE: dict[str, Callable[[bytes], bytes]] = {JPEG: bare_jpeg, PNG: bare_png}


def _is_note(marker: int, begin: bytes) -> bool:
    return marker in (_EXIF_OR_XMP, _PHOTOSHOP, _COMMENT) or (marker == _MANY_PICTURES and begin == b"MPF\0")


def _way_up(octets: bytes) -> int:
    with Image.open(BytesIO(octets), formats=("JPEG",)) as picture:
        try:
            up = picture.getexif().get(_ORIENTATION, 1)
        except (OSError, ValueError, SyntaxError, struct.error):
            return 1
    return up if isinstance(up, int) and 1 <= up <= 8 else 1


def _saying_way_up(up: int) -> bytes:
    said = Image.Exif()
    said[_ORIENTATION] = up
    body = said.tobytes()
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
