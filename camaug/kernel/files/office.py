"""DOCX and XLSX: zip archives of known parts, without macros, without bombs. No XML is parsed here."""

import zipfile
import zlib
from io import BytesIO

from camaug.kernel.files.limits import Limits
from camaug.kernel.files.refusals import FileBroken, FileEncrypted, FileHasMacros, FileTooLarge, FileUnknown

_CHUNK = 1 << 16
_TYPES = "[Content_Types].xml"
_TYPES_LIMIT = 1 << 20
_MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


def office_kind(octets: bytes, name: str) -> str:
    """'docx' or 'xlsx', by the parts inside."""
    with _opened(octets, name) as archive:
        parts = set(archive.namelist())
        if _TYPES not in parts:
            raise FileUnknown(name=name)
        kind = next((kind for part, kind in _MAIN_PARTS.items() if part in parts), None)
        if kind is None:
            raise FileUnknown(name=name)
        return kind


def count_office(octets: bytes, name: str, limits: Limits) -> None:
    """Read every part to its end within the limits; the sizes that the archive claims are not believed."""
    with _opened(octets, name) as archive:
        entries = archive.infolist()
        if len(entries) > limits.entries:
            raise FileTooLarge(name=name, megabytes=limits.megabytes)
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise FileEncrypted(name=name)
        left = limits.unpacked_bytes
        for entry in entries:
            left = _read_part(archive, entry, left, name=name, limits=limits)
        if _has_macros(archive, entries):
            raise FileHasMacros(name=name)


def _opened(octets: bytes, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(BytesIO(octets))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
        raise FileBroken(name=name) from problem


def _read_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, *, name: str, limits: Limits) -> int:
    try:
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise FileTooLarge(name=name, megabytes=limits.megabytes)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as problem:
        raise FileBroken(name=name) from problem
    return left


def _has_macros(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> bool:
    if any("vbaproject" in entry.filename.lower() or "macrosheets/" in entry.filename.lower() for entry in entries):
        return True
    with archive.open(_TYPES) as types:
        return b"macroenabled" in types.read(_TYPES_LIMIT).lower()
