"""Several pictures of one paper become one PDF, a page each, as large as an A4 scan at 200 dpi."""

from collections.abc import Sequence
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps
from pypdf import PdfWriter

from camaug.kernel.files.pictures import FORMATS

DPI = 200
QUALITY = 80
MOST_PICTURES = 20
_SMALL = 320
_POINTS = 72
_A4 = (841.89, 595.28)  # long and short side, points


def joined(pictures: Sequence[bytes]) -> bytes:
    """The PDF, its pages in the order of the pictures (JPEG or PNG, checked before); the same pictures, the same bytes.

    Taking JPEGs over unchanged would keep a telephone's 12 million dots, ten times what a scanner gives.
    """
    pdf = PdfWriter()
    for picture in pictures:
        pdf.append(BytesIO(_page(picture)))
    out = BytesIO()
    pdf.write(out)
    return out.getvalue()


def miniature(content: IO[bytes]) -> bytes:
    """The picture, upright, as a JPEG of at most 320 dots a side."""
    with Image.open(content, formats=FORMATS) as opened:
        opened.draft(None, (2 * _SMALL, 2 * _SMALL))
        small = on_white(ImageOps.exif_transpose(opened))
    small.thumbnail((_SMALL, _SMALL))
    out = BytesIO()
    small.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _page(octets: bytes) -> bytes:
    with Image.open(BytesIO(octets), formats=FORMATS) as opened:
        wanted = [round(side * DPI / _dpi(opened.size)) for side in opened.size]
        opened.draft(None, (wanted[0], wanted[1]))
        upright = ImageOps.exif_transpose(opened)
    dpi = _dpi(upright.size)
    if dpi > DPI:
        size = [max(1, round(side * DPI / dpi)) for side in upright.size]
        upright = upright.resize((size[0], size[1]), Image.Resampling.LANCZOS, reducing_gap=2.0)
        dpi = DPI
    out = BytesIO()
    on_white(upright).save(out, "PDF", resolution=dpi, quality=QUALITY)
    return out.getvalue()


def _dpi(size: tuple[int, int]) -> float:
    """How many dots go on an inch where the picture fills an A4 sheet."""
    return max(max(size) * _POINTS / _A4[0], min(size) * _POINTS / _A4[1])


def on_white(picture: Image.Image) -> Image.Image:
    """The picture as it looks on white paper, in grey or in colours."""
    if picture.mode in ("L", "RGB"):
        return picture
    if picture.mode in ("1", "I", "I;16", "F"):
        return picture.convert("L")
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    return picture.convert("RGB")
