"""Real little files, made here."""

import zipfile
from io import BytesIO

import pillow_heif
from openpyxl import Workbook
from PIL import Image
from pypdf import PdfWriter

DOCX_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def pdf(pages: int = 1, *, password: str = "") -> bytes:
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=595, height=842)
    if password:
        writer.encrypt(password, algorithm="AES-256")
    return _bytes(writer.write)


def picture(kind: str = "PNG", size: tuple[int, int] = (640, 480)) -> bytes:
    image = Image.effect_noise(size, 60)
    return _bytes(lambda out: image.save(out, kind))


def plain_picture(size: tuple[int, int]) -> bytes:
    """One colour: few bytes, many pixels."""
    return _bytes(lambda out: Image.new("RGB", size).save(out, "PNG"))


def xlsx() -> bytes:
    return _bytes(Workbook().save)


def office(main: str, *, types: str = DOCX_TYPES, extra: dict[str, bytes] | None = None) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("[Content_Types].xml", f'<Types><Override ContentType="{types}"/></Types>')
        zipped.writestr(main, "<document/>")
        for name, content in (extra or {}).items():
            zipped.writestr(name, content)
    return out.getvalue()


def _bytes(write: object) -> bytes:
    out = BytesIO()
    write(out)  # type: ignore[operator]
    return out.getvalue()


def heic(size: tuple[int, int] = (640, 480), *, shade: int = 200) -> bytes:
    """A picture as an iPhone keeps it, with the place where it was taken."""
    image = Image.new("RGB", size, (shade, 60, 60))
    return _bytes(lambda out: pillow_heif.from_pillow(image).save(out, quality=50, exif=_whereabouts(1)))


def photograph(size: tuple[int, int] = (640, 480), *, way_up: int = 1, shade: int = 200, kind: str = "JPEG") -> bytes:
    """A picture as telephones send it: with place, make and way up in its Exif; the left third is dark."""
    image = Image.new("RGB", size, (shade, shade, shade))
    image.paste((20, 20, 20), (0, 0, size[0] // 3, size[1]))
    return _bytes(lambda out: image.save(out, kind, exif=_whereabouts(way_up), quality=90))


def _whereabouts(way_up: int) -> bytes:
    noted = Image.Exif()
    noted[0x0112] = way_up
    noted[0x010F] = "Telephone of Lan"
    noted.get_ifd(0x8825).update({1: "N", 2: (9.0, 10.0, 36.1), 3: "E", 4: (105.0, 9.0, 3.2)})
    return noted.tobytes()
