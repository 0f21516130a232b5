"""Copies that say across every page what they may be used for. What is stored stays as it is."""

import html
from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import product

from PIL import Image, ImageDraw, ImageFont, ImageOps
from pypdf import PageObject, PdfReader, PdfWriter, Transformation

from camaug.kernel.files.joining import on_white
from camaug.kernel.files.pdf import UNREADABLE
from camaug.kernel.files.pictures import FORMATS
from camaug.kernel.files.refusals import FileBroken
from camaug.kernel.files.sniffing import JPEG, PDF, PNG

MARKED = frozenset({PDF, JPEG, PNG})
_FONT = "Arimo-Regular.ttf"  # of fonts-croscore: all Vietnamese letters
_LONGEST_SIDE = 2339  # dots: A4 at 200 dpi
_TURNED = 30  # degrees
_QUALITY = 85
_INK, _HALO = (20, 40, 90, 120), (255, 255, 255, 110)


def marked_picture(octets: bytes, lines: Sequence[str]) -> bytes:
    """A JPEG of the picture, at most as large as an A4 scan, with the lines across it again and again."""
    with Image.open(BytesIO(octets), formats=FORMATS) as opened:
        opened.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
        picture = on_white(ImageOps.exif_transpose(opened)).convert("RGB")
    picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    block = _block(lines, size=max(10, round(min(picture.size) / 34)))
    for x, y in _places(picture.size, block.size):
        picture.paste(block, (round(x - block.width / 2), round(y - block.height / 2)), mask=block)
    out = BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def marked_pdf(octets: bytes, lines: Sequence[str], *, name: str = "") -> bytes:
    """The PDF with the lines across every page; FileBroken where a page cannot be written on."""
    try:
        writer = PdfWriter(clone_from=PdfReader(BytesIO(octets), strict=False))
        for page in writer.pages:
            page.transfer_rotation_to_content()
            box = page.cropbox
            stamp = _stamp(tuple(lines), round(float(box.width)), round(float(box.height)))
            page.merge_transformed_page(stamp, Transformation().translate(float(box.left), float(box.bottom)))
        out = BytesIO()
        writer.write(out)
    except UNREADABLE as problem:
        raise FileBroken(name=name) from problem
    return out.getvalue()


def _places(size: tuple[int, int], block: tuple[int, int]) -> Iterator[tuple[float, float]]:
    """Where the middles of the blocks come: rows close enough that no part of the page is free, every other shifted."""
    across, down = block[0] * 1.02, block[1] * 0.88
    rows = range(-1, int(size[1] / down) + 2)
    for row, column in product(rows, range(-1, int(size[0] / across) + 2)):
        yield (column + 0.5 * (row % 2)) * across + block[0] / 2, row * down + block[1] / 2


def _block(lines: Sequence[str], *, size: int) -> Image.Image:
    font = ImageFont.truetype(_FONT, size)
    text = "\n".join(lines)
    probe = ImageDraw.Draw(Image.new("L", (1, 1)))
    left, top, right, bottom = probe.multiline_textbbox((0, 0), text, font, align="center", stroke_width=2)
    block = Image.new("RGBA", (round(right - left) + 4, round(bottom - top) + 4))
    draw = ImageDraw.Draw(block)
    draw.multiline_text(
        (2 - left, 2 - top), text, _INK, font, align="center", stroke_width=max(1, size // 16), stroke_fill=_HALO
    )
    return block.rotate(_TURNED, resample=Image.Resampling.BICUBIC, expand=True)


@lru_cache(maxsize=16)
def _stamp(lines: tuple[str, ...], width: int, height: int) -> PageObject:
    """A page of that size (points) with nothing but the lines."""
    from weasyprint import HTML  # half a second to import, and only marking a PDF needs it

    size = max(6, min(width, height) / 40)
    broad, high = max(map(len, lines)) * size * 0.52, len(lines) * size * 1.3
    block = (round(0.87 * broad + 0.5 * high), round(0.5 * broad + 0.87 * high))
    written = "<br>".join(html.escape(line) for line in lines)
    blocks = "".join(
        f'<p class={ink} style="left:{x - broad / 2 + off:.1f}pt;top:{y - high / 2 + off:.1f}pt">{written}</p>'
        for x, y in _places((width, height), block)
        for ink, off in (("halo", size / 18), ("ink", 0))
    )
    style = (
        f"@page{{size:{width}pt {height}pt;margin:0}}"
        f"body{{margin:0;position:relative;width:{width}pt;height:{height}pt;overflow:hidden}}"
        f"p{{position:absolute;margin:0;width:{broad:.1f}pt;font:{size:.1f}pt/1.3 Arimo;text-align:center;"
        f"white-space:nowrap;transform:rotate(-{_TURNED}deg)}}"
        ".ink{color:rgba(20,40,90,.42)}.halo{color:rgba(255,255,255,.4)}"
    )
    pdf = HTML(string=f"<style>{style}</style><body>{blocks}").write_pdf()
    return PdfReader(BytesIO(pdf)).pages[0]
