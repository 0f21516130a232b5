"""HEIC, what iPhones take by default: looked at, and turned into the JPEG that every browser shows."""

import zipfile
from io import BytesIO

import pillow_heif
from PIL import Image

from camaug.kernel.files.limits import Limits
from camaug.kernel.files.refusals import FileBroken, FileHidesAnother, PictureTooLarge

QUALITY = 88  # no trace to be seen in writing; about twice the bytes of the HEIC
_BROKEN = (ValueError, EOFError, SyntaxError, RuntimeError, OSError, MemoryError)


def count_heic(octets: bytes, name: str, limits: Limits) -> int:
    """1. The size is read from the header before anything is unpacked, then the picture is unpacked to its end."""
    try:
        found = pillow_heif.open_heif(BytesIO(octets))
        if found.size[0] * found.size[1] > limits.pixels:
            raise PictureTooLarge(name=name)
        found.to_pillow().close()
    except _BROKEN as problem:
        raise FileBroken(name=name) from problem
    if zipfile.is_zipfile(BytesIO(octets)):
        raise FileHidesAnother(name=name)
    return 1


def as_jpeg(octets: bytes) -> bytes:
    """The main picture, upright, without what the phone noted beside it; ValueError where it cannot be read."""
    picture = pillow_heif.open_heif(BytesIO(octets)).to_pillow()
    out = BytesIO()
    with Image.new("RGB", picture.size, "white") as paper:
        paper.paste(picture, mask=picture.getchannel("A") if "A" in picture.getbands() else None)
        paper.save(out, "JPEG", quality=QUALITY, icc_profile=picture.info.get("icc_profile"))
    return out.getvalue()
