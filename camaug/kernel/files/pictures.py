"""Pictures: whole, and not a bomb."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from camaug.kernel.files.limits import Limits
from camaug.kernel.files.png import walk_png
from camaug.kernel.files.refusals import FileBroken, FileHidesAnother, PictureTooLarge

FORMATS = ("JPEG", "PNG")
"""What Pillow may try; a JPEG of several pictures (MPO) is opened as JPEG, and by that name Pillow knows no opener."""
END_OF_IMAGE = 0xD9
_FILL = 0xFF
_WITHOUT_LENGTH = {0x00, 0x01, _FILL, *range(0xD0, 0xD9)}  # stuffed zero, TEM, fill, RST0 to RST7, SOI


def count_picture(octets: bytes, name: str, limits: Limits) -> int:
    """1. The size is read from the header before anything is unpacked."""
    try:
        with Image.open(BytesIO(octets), formats=FORMATS) as picture:
            if picture.width * picture.height > limits.pixels or max(picture.size) > limits.picture_side:
                raise PictureTooLarge(name=name)
            picture.verify()
        _read_to_the_end(octets)
    except Image.DecompressionBombError as bomb:
        raise PictureTooLarge(name=name) from bomb
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, zlib.error) as problem:
        raise FileBroken(name=name) from problem
    if zipfile.is_zipfile(BytesIO(octets)):
        raise FileHidesAnother(name=name)
    return 1


def _read_to_the_end(octets: bytes) -> None:
    """A PNG is unpacked row by row: right checksums say nothing of what they are of. A JPEG has none: walk to its end,
    decode it at an eighth of its size.
    """
    with Image.open(BytesIO(octets), formats=FORMATS) as picture:
        if picture.format == "PNG":
            walk_png(octets)
        else:
            _walk_jpeg(octets)
            picture.draft("L", (max(1, picture.width // 8), max(1, picture.height // 8)))
            picture.load()


def _walk_jpeg(octets: bytes) -> None:
    """Follow the markers to the end of the image; ValueError where the file ends before.

    Pillow alone does not tell: other libraries in the process may have made it lenient toward files cut short.
    """
    for _segment in segments(octets):
        pass


def segments(octets: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of each segment of a JPEG (ITU-T T.81 B.1); the last is the end of the image.

    What is read between them belongs to the picture. ValueError where the file ends before.
    """
    at = 2
    while True:
        at = octets.find(b"\xff", at)
        if at < 0 or at + 1 >= len(octets):
            raise ValueError("cut short")
        marker = octets[at + 1]
        if marker == END_OF_IMAGE:
            yield marker, at, at + 2
            return
        if marker in _WITHOUT_LENGTH:
            at += 1 if marker == _FILL else 2
        else:
            end = at + 2 + int.from_bytes(octets[at + 2 : at + 4])
            yield marker, at, end
            at = end
