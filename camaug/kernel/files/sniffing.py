"""What an uploaded file really is. The name and the browser's word are never believed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from camaug.kernel.files.heic import count_heic
from camaug.kernel.files.limits import LIMITS, Limits
from camaug.kernel.files.names import tidy
from camaug.kernel.files.office import count_office, office_kind
from camaug.kernel.files.pdf import count_pdf
from camaug.kernel.files.pictures import count_picture
from camaug.kernel.files.refusals import (
    FileBroken,
    FileEmpty,
    FileEncrypted,
    FileMisnamed,
    FileOldOffice,
    FileTooLarge,
    FileUnknown,
)

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
HEIC = "image/heic"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

ENDINGS = {
    PDF: ("pdf",),
    JPEG: ("jpg", "jpeg"),
    PNG: ("png",),
    HEIC: ("heic", "heif"),
    DOCX: ("docx",),
    XLSX: ("xlsx",),
}
KINDS = {PDF: "PDF", JPEG: "JPEG", PNG: "PNG", HEIC: "HEIC", DOCX: "DOCX", XLSX: "XLSX"}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}

type Count = Callable[[bytes, str, Limits], int | None]
_COUNTS: dict[str, Count] = {
    PDF: count_pdf,
    JPEG: count_picture,
    PNG: count_picture,
    HEIC: count_heic,
    DOCX: count_office,
    XLSX: count_office,
}


@dataclass(frozen=True, slots=True)
class Sniffed:
    """`pages` is 1 for a picture, None where it cannot be counted; `file_name` is safe to keep and to serve."""

    media_type: str
    pages: int | None
    file_name: str


def sniff(content: bytes | IO[bytes], file_name: str, *, limits: Limits = LIMITS) -> Sniffed:
    """What the bytes are, checked to their end; a stream is left at its start. Refusals are `FileRefused`."""
    name = tidy(file_name)
    octets = content if isinstance(content, bytes) else _read(content, limits)
    if not octets.strip(b"\x00 \t\r\n"):
        raise FileEmpty(name=name)
    if len(octets) > limits.bytes:
        raise FileTooLarge(name=name, megabytes=limits.megabytes)
    media_type = _media_type(octets, name)
    pages = _COUNTS[media_type](octets, name, limits)
    _check_ending(media_type, name)
    return Sniffed(media_type, pages, tidy(name, ending=ENDINGS[media_type][0]))


def _read(content: IO[bytes], limits: Limits) -> bytes:
    content.seek(0)
    octets = content.read(limits.bytes + 1)
    content.seek(0)
    return octets


def _media_type(octets: bytes, name: str) -> str:
    if octets.startswith(b"%PDF-"):
        return PDF
    if octets.startswith(b"\xff\xd8\xff"):
        return JPEG
    if octets.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if octets.startswith(b"PK\x03\x04"):
        return {"docx": DOCX, "xlsx": XLSX}[office_kind(octets, name)]
    if octets.startswith(_OLE):
        raise (FileEncrypted if _ENCRYPTED_OFFICE in octets else FileOldOffice)(name=name)
    if octets[4:8] == b"ftyp" and octets[8:12] in _HEIC_BRANDS:
        return HEIC
    if PurePosixPath(name).suffix[1:].lower() in sum(ENDINGS.values(), ()):
        raise FileBroken(name=name)
    raise FileUnknown(name=name)


def _check_ending(media_type: str, name: str) -> None:
    ending = PurePosixPath(name).suffix[1:].lower()
    if ending and ending not in ENDINGS[media_type]:
        raise FileMisnamed(name=name, kind=KINDS[media_type], ending=f".{ENDINGS[media_type][0]}")
