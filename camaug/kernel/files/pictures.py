"""Pictures: whole, and not a bomb."""

import zipfile
from io import BytesIO

from PIL import Image

from camaug.kernel.files.limits import Limits
from camaug.kernel.files.refusals import FileBroken, FileHidesAnother, PictureTooLarge


def count_picture(octets: bytes, name: str, limits: Limits) -> int:
    """1. The size is read from the header before anything is unpacked."""
    try:
        with Image.open(BytesIO(octets), formats=("JPEG", "PNG", "MPO")) as picture:
            if picture.width * picture.height > limits.pixels:
                raise PictureTooLarge(name=name)
            picture.verify()
        _read_to_the_end(octets)
    except Image.DecompressionBombError as bomb:
        raise PictureTooLarge(name=name) from bomb
    except (OSError, ValueError, SyntaxError, EOFError, IndexError) as problem:
        raise FileBroken(name=name) from problem
    if zipfile.is_zipfile(BytesIO(octets)):
        raise FileHidesAnother(name=name)
    return 1


def _read_to_the_end(octets: bytes) -> None:
    """JPEG has no checksum: decode it at an eighth of its size. PNG's parts were checked by `verify`."""
    with Image.open(BytesIO(octets), formats=("JPEG", "PNG", "MPO")) as picture:
        if picture.format != "PNG":
            picture.draft("L", (max(1, picture.width // 8), max(1, picture.height // 8)))
            picture.load()
