"""Real little files, made here."""

import zipfile
from io import BytesIO

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
