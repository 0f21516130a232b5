"""PDF: whole, open, not too long."""

import zipfile
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from camaug.kernel.files.limits import Limits
from camaug.kernel.files.refusals import FileBroken, FileEncrypted, FileHidesAnother, FileTooLong


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
        sizes = [page.mediabox.width * page.mediabox.height for page in reader.pages]
    except (
        PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
    ) as problem:
        raise FileBroken(name=name) from problem
    if not sizes or min(sizes) <= 0:
        raise FileBroken(name=name)
    if zipfile.is_zipfile(BytesIO(octets)):
        raise FileHidesAnother(name=name)
    return pages
