"""PDF: whole, open, not too long, and such that it can be shown."""

import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from camaug.kernel.files.limits import Limits
from camaug.kernel.files.refusals import FileBroken, FileEncrypted, FileHidesAnother, FileTooLong, PagesTooLarge

UNREADABLE = (
    PyPdfError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    OSError,
    zlib.error,
)
"""What pypdf raises where a file is not as it should be."""


def count_pdf(octets: bytes, name: str, limits: Limits) -> int:
    """The number of pages. A file that was cut short is refused though a lenient reader could guess the rest."""
    if b"%%EOF" not in octets[-2048:]:
        raise FileHidesAnother(name=name) if zipfile.is_zipfile(BytesIO(octets)) else FileBroken(name=name)
    try:
        reader = PdfReader(BytesIO(octets), strict=False)
        if reader.is_encrypted:
            raise FileEncrypted(name=name)
        pages = len(reader.pages)
        if pages > limits.pages:
            raise FileTooLong(name=name, pages=limits.pages)
        _check_pages(reader.pages, name, limits)
    except UNREADABLE as problem:
        raise FileBroken(name=name) from problem
    if not pages:
        raise FileBroken(name=name)
    if zipfile.is_zipfile(BytesIO(octets)):
        raise FileHidesAnother(name=name)
    return pages


def _check_pages(pages: Iterable[PageObject], name: str, limits: Limits) -> None:
    """Each has a size that paper can have, and all together draw no more than whoever opens them can wait for."""
    drawn = 0
    for page in pages:
        sides = [float(side) for box in (page.mediabox, page.cropbox) for side in (box.width, box.height)]
        if not min(sides) >= 1:
            raise FileBroken(name=name)
        if max(sides) > limits.page_side:
            raise PagesTooLarge(name=name)
        content = page.get_contents()
        drawn += len(content.get_data()) if content is not None else 0
        if drawn > limits.drawn_bytes:
            raise PagesTooLarge(name=name)
